"""brandkit new: start a post, a page, any other kind, a reply or a contact. Never overwrites anything."""

from __future__ import annotations

import json
import os
from datetime import date
from pathlib import Path
from typing import Any

import click

from brandkit.app.project import Project
from brandkit.base.text import slugify, words
from brandkit.cli.options import print_json, project_at, shared

_WORDS_IN_NAME = 6  # of a note, which has no title


class _Kind(click.ParamType[str]):
    """A kind of content, `reply` or `contact`. What kinds there are is asked only when somebody needs it."""

    name = "kind"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        from brandkit.base.spelling import did_you_mean

        wanted = str(value).lower()
        if wanted not in kinds():
            hint = did_you_mean(wanted, kinds())
            self.fail(f"there is no kind '{value}'; {hint or 'it is one of ' + ', '.join(kinds())}", param, ctx)
        return wanted


def kinds() -> tuple[str, ...]:
    """Everything that can be started."""
    from brandkit.site.kinds.registry import KINDS

    return (*(kind.name for kind in KINDS), "reply", "contact")


@click.command()
@shared
@click.argument("kind", type=_Kind(), metavar="KIND")
@click.argument("title", metavar="TITLE")
@click.option("--met", metavar="EVENT", help="For a contact: the event where you met.")
def new(
    project: Path | None,
    today: date | None,
    kind: str,
    title: str,
    met: str | None,
    as_json_: bool,
    **_: Any,
) -> None:
    """Start a post, page, note, talk, event, project or testimonial with TITLE, a reply, or a contact.

    \b
      brandkit new post "What I learned from a year of on-call"
      brandkit new note "The whole text of a note, which needs no title"
      brandkit new testimonial "Who said it"
      brandkit new reply https://example.org/good-read
      brandkit new contact "Ada Example" --met ev1

    A reply takes a web address, or the id of a suggestion that offers an entry. Nothing is fetched.
    """
    from brandkit.app.own_day import when
    from brandkit.io import vault

    here = project_at(project)
    day = when(here, today).today.isoformat()
    if met and kind != "contact":
        raise click.UsageError("--met is for a contact")
    if not slugify(title):
        raise click.UsageError("the title should hold a letter or a digit")
    path, text, told = _start(here, kind, title, met, day)
    vault.create(path, text)
    shown = os.fspath(path.relative_to(here.root)) if path.is_relative_to(here.root) else os.fspath(path)
    if as_json_:
        print_json({"written": [shown]})
        return
    click.echo(f"Written: {shown}")
    for line in told:
        click.echo(line)


def _start(here: Project, kind: str, title: str, met: str | None, day: str) -> tuple[Path, str, list[str]]:
    """Path and text of the new file, and what to say about it."""
    if kind == "contact":
        from brandkit.io import vault

        _check_contact(here, slugify(title), met)
        return (*_contact(vault.locate(here.root), title, met, day), [])
    if kind == "reply":
        return _reply(here, title, day)
    path, text = _source(here.root, kind, title, day)
    return path, text, _hints(text)


def _hints(text: str) -> list[str]:
    found = []
    if "\ndraft: true\n" in text:
        found.append("It is a draft: remove 'draft: true' to publish it, or see it with brandkit build --drafts.")
    if "\nconsent:" in text:
        found.append("It is shown when 'consent' says when, or how, they agreed to be quoted.")
    return found


def _reply(here: Project, wanted: str, day: str) -> tuple[Path, str, list[str]]:
    from brandkit.app.replying import begin_reply

    reply = begin_reply(here, wanted, day)
    unknown = "No feed that you follow has this page, and nothing was fetched: title and author are for you to fill in."
    return reply.path, reply.text, [*([] if reply.known else [unknown]), *_hints(reply.text)]


def _source(root: Path, kind: str, title: str, day: str) -> tuple[Path, str]:
    from brandkit.site.kinds.registry import kind_named

    found = kind_named(kind)
    name = slugify(title)
    if kind == "note":
        name = f"{day}-{slugify(' '.join(words(title)[:_WORDS_IN_NAME])) or name}"
    return root / "content" / found.folder / f"{name}.md", found.archetype(title, day)


def _check_contact(here: Project, slug: str, met: str | None) -> None:
    """An id that is taken, or an event that is not there, would be a mistake in the new file."""
    from brandkit.app.journaling import open_desk
    from brandkit.base.spelling import did_you_mean

    people = open_desk(here).vault
    if people.contact(slug) is not None:
        raise click.UsageError(f"there is a contact '{slug}' already; add a second name, or an initial")
    events = [event.id for event in people.events]
    if met and met not in events:
        hint = did_you_mean(met, events)
        raise click.UsageError(f"there is no event '{met}' in events.yaml{f'; {hint}' if hint else ''}")


def _contact(vault: Path, name: str, met: str | None, day: str) -> tuple[Path, str]:
    slug = slugify(name)
    lines = [
        f"id: {slug}",
        f"name: {json.dumps(name, ensure_ascii=False)}",
        "roles: []             # client customer partner peer collaborator mentor mentee supporter friend family",
        "every: 3 months       # the rhythm you wish; remove it for no nudge",
        "emails: []",
        "languages: []         # what they read, as [en, de]; any, if empty",
        "interests: []         # what they like to read about, as [hiring, developer experience]",
        "needs: []             # what they look for, as [{text: find a platform lead, since: 2026-02-01}]",
        f"met: {{on: {day}{f', at: {met}' if met else ''}}}",
    ]
    return vault / "contacts" / f"{slug}.yaml", "\n".join(lines) + "\n"


COMMANDS = {"new": new}
