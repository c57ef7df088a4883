"""brandkit new: start a post, a page or a contact. Never overwrites anything."""

from __future__ import annotations

import json
import os
from datetime import date
from pathlib import Path
from typing import Any

import click

from brandkit.app.project import Project
from brandkit.base.text import slugify
from brandkit.cli.options import print_json, project_at, shared

_KINDS = ("post", "page", "contact")


@click.command()
@shared
@click.argument("kind", type=click.Choice(_KINDS))
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
    """Start a post or page with TITLE, or a contact with that name.

    \b
      brandkit new post "What I learned from a year of on-call"
      brandkit new contact "Ada Example" --met ev1
    """
    from brandkit.app.own_day import when
    from brandkit.io import vault

    here = project_at(project)
    day = when(here, today).today.isoformat()
    if not slugify(title):
        raise click.UsageError("the title should hold a letter or a digit")
    if kind == "contact":
        _check_contact(here, slugify(title), met)
        path, text = _contact(vault.locate(here.root), title, met, day)
    else:
        path, text = _source(here.root, kind, title, day)
    vault.create(path, text)
    shown = os.fspath(path.relative_to(here.root)) if path.is_relative_to(here.root) else os.fspath(path)
    if as_json_:
        print_json({"written": [shown]})
    else:
        click.echo(f"Written: {shown}")
        if kind == "post":
            click.echo("It is a draft: remove 'draft: true' to publish it, or see it with brandkit build --drafts.")


def _source(root: Path, kind: str, title: str, day: str) -> tuple[Path, str]:
    from brandkit.site.kinds.registry import kind_named

    found = kind_named(kind)
    return root / "content" / found.folder / f"{slugify(title)}.md", found.archetype(title, day)


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
