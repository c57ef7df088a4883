"""brandkit new: start a post, a page, any other kind, a reply, a roundup or a contact. Never overwrites anything."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from brandkit.app.project import Project
from brandkit.base.text import slugify, words
from brandkit.cli.options import print_json, project_at, shared

if TYPE_CHECKING:
    from brandkit.app.advise import When

_WORDS_IN_NAME = 6  # of a note, which has no title


class _Kind(click.ParamType[str]):
    """A kind of content, `reply`, `roundup` or `contact`. What kinds there are is asked only when somebody needs it."""

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

    return (*(kind.name for kind in KINDS), "reply", "roundup", "contact")


@dataclass(frozen=True)
class _Begun:
    """New files, none written yet, what to say about them, and what --json says beside."""

    files: tuple[tuple[Path, str], ...]
    told: Sequence[str] = ()
    more: Mapping[str, Any] = field(default_factory=dict)


@click.command()
@shared
@click.argument("kind", type=_Kind(), metavar="KIND")
@click.argument("title", metavar="TITLE", required=False)
@click.option("--met", metavar="EVENT", help="For a contact: the event where you met.")
@click.option("--for", "for_", metavar="WHO", help="For a post: whom you write it for. The post does not say so.")
def new(
    project: Path | None,
    today: date | None,
    kind: str,
    title: str | None,
    met: str | None,
    for_: str | None,
    as_json_: bool,
    **_: Any,
) -> None:
    """Start a post, page, note, talk, event, project or testimonial with TITLE, a reply, a roundup, or a contact.

    \b
      brandkit new post "What I learned from a year of on-call"
      brandkit new post "Finding a platform lead" --for ada,grace
      brandkit new note "The whole text of a note, which needs no title"
      brandkit new testimonial "Who said it"
      brandkit new reply https://example.org/good-read
      brandkit new roundup
      brandkit new contact "Ada Example" --met ev1

    A reply takes a web address, or the id of a suggestion that offers an entry. A roundup gathers what
    you starred. With --for, a brief in the vault keeps what you had in mind. Nothing is fetched.
    """
    from brandkit.app.own_day import when

    here = project_at(project)
    if met and kind != "contact":
        raise click.UsageError("--met is for a contact")
    if for_ is not None and kind != "post":
        raise click.UsageError("--for is for a post")
    if kind != "roundup" and title is None:
        raise click.UsageError("say what to call it: brandkit new KIND TITLE")
    if title is not None and not slugify(title):
        raise click.UsageError("the title should hold a letter or a digit")
    begun = _begin(here, kind, title, (met, for_), when(here, today))
    shown = _write(here, begun.files)
    if as_json_:
        print_json({"written": shown, **begun.more})
        return
    for line in (*(f"Written: {path}" for path in shown), *begun.told):
        click.echo(line)


def _begin(here: Project, kind: str, title: str | None, said: tuple[str | None, str | None], when: When) -> _Begun:
    """The new files, and what to say about them."""
    met, for_ = said
    day = when.today.isoformat()
    if kind == "roundup":
        return _roundup(here, title, when)
    assert title is not None
    if kind == "contact":
        from brandkit.app.people.new_person import new_person

        person = new_person(here, when, {"name": title, "met": met})
        return _Begun(((person.path, person.text),))
    if kind == "reply":
        return _reply(here, title, day)
    path, text = _source(here.root, kind, title, day)
    if for_ is not None:
        return _for_somebody(here, path, text, for_, when)
    return _Begun(((path, text),), _hints(text))


def _write(here: Project, files: Sequence[tuple[Path, str]]) -> list[str]:
    """Write all of them, or none where one stands there already. Returns the paths as people say them."""
    from brandkit.base.walls import UsageProblem
    from brandkit.io import vault

    for path, _ in files:
        if path.exists():
            raise UsageProblem(f"{path} is there already; it was left as it is")
    for path, text in files:
        vault.create(path, text)
    return [os.fspath(p.relative_to(here.root)) if p.is_relative_to(here.root) else os.fspath(p) for p, _ in files]


def _for_somebody(here: Project, path: Path, text: str, who: str, when: When) -> _Begun:
    """The post as it would be for anybody, and a brief in the vault."""
    from brandkit.app.words.writing_for import brief_for

    with here.locked():
        brief = brief_for(here, when, path.stem, who)
    told = f"Whom it is for stands in the vault alone. When it is out, it is suggested to {brief.names} first."
    return _Begun(((path, text), (brief.path, brief.text)), [*_hints(text), told])


def _roundup(here: Project, title: str | None, when: When) -> _Begun:
    """What you starred, as a post, and whom an entry of it would suit."""
    from brandkit.app.words.rounding_up import begin_roundup
    from brandkit.base.text import plural

    with here.locked():
        roundup = begin_roundup(here, when, title)
    told = [f"It holds {plural(len(roundup.entries), 'entry', 'entries')} that you starred.", *_hints(roundup.text)]
    if roundup.unknown:
        told.append(f"No feed that you follow has {roundup.unknown} of them: their titles are for you to fill in.")
    told.append(f"The text for a newsletter stands in private/posts/{roundup.path.stem}/ after the next build.")
    if roundup.shares:
        told.append("Worth sending to:")
        told += [f"  {share.name}: {share.title}  ({share.id})" for share in roundup.shares]
        told.append("The words for each: brandkit draft ID")
    shares = [{"contact": share.contact, "id": share.id, "url": share.url} for share in roundup.shares]
    more = {"entries": [entry.url for entry in roundup.entries], "shares": shares}
    return _Begun(((roundup.path, roundup.text),), told, more)


def _hints(text: str) -> list[str]:
    found = []
    if "\ndraft: true\n" in text:
        found.append("It is a draft: remove 'draft: true' to publish it, or see it with brandkit build --drafts.")
    if "\nconsent:" in text:
        found.append("It is shown when 'consent' says when, or how, they agreed to be quoted.")
    return found


def _reply(here: Project, wanted: str, day: str) -> _Begun:
    from brandkit.app.words.replying import begin_reply

    reply = begin_reply(here, wanted, day)
    unknown = "No feed that you follow has this page, and nothing was fetched: title and author are for you to fill in."
    return _Begun(((reply.path, reply.text),), [*([] if reply.known else [unknown]), *_hints(reply.text)])


def _source(root: Path, kind: str, title: str, day: str) -> tuple[Path, str]:
    from brandkit.site.kinds.registry import kind_named

    found = kind_named(kind)
    name = slugify(title)
    if kind == "note":
        name = f"{day}-{slugify(' '.join(words(title)[:_WORDS_IN_NAME])) or name}"
    return root / "content" / found.folder / f"{name}.md", found.archetype(title, day)


COMMANDS = {"new": new}
