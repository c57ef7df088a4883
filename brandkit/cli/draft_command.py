"""brandkit draft: the words of a suggestion, as files to edit."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from brandkit.cli.options import print_json, project_at, shared

if TYPE_CHECKING:
    from brandkit.app.project import Project
    from brandkit.app.words.drafting import Written

_CHANNELS = ("email", "sms", "whatsapp", "signal", "call", "mastodon", "bluesky", "linkedin")


@click.command()
@shared
@click.argument("id_", metavar="ID")
@click.option("--channel", type=click.Choice(_CHANNELS), help="Another channel than the person's usual one.")
@click.option("--override", metavar="REASON", help="Write it although a rule says no; the reason is logged.")
def draft(
    project: Path | None,
    today: date | None,
    id_: str,
    channel: str | None,
    override: str | None,
    as_json_: bool,
    **_: Any,
) -> None:
    """Write the words for the suggestion ID to private/drafts/, to be edited and sent by you.

    A mail is also written as an .eml file, which opens in your mail program. What you edited is never
    overwritten.
    """
    from brandkit.app.own_day import when
    from brandkit.app.words.drafting import write_draft

    here = project_at(project)
    moment = when(here, today)
    with here.locked():
        written = write_draft(here, moment, id_, channel, override)
    if as_json_:
        print_json(_as_json(here, written))
    else:
        _print(here, written)


def _print(here: Project, written: Written) -> None:
    if written.draft.subject:
        click.echo(f"Subject: {written.draft.subject}\n")
    click.echo(written.draft.text)
    click.echo(f"It stands in {_named(here, written.files)}.")
    if written.kept:
        click.echo(f"You edited {_named(here, written.kept)}, so yours is kept.")
    for note in written.notes:
        click.echo(f"note: {note}")
    click.echo(f"Once you have sent it: brandkit done {written.suggestion.id}")


def _as_json(here: Project, written: Written) -> dict[str, Any]:
    return {
        "id": written.suggestion.id,
        "contact": written.suggestion.contact,
        "move": written.suggestion.move,
        "channel": written.draft.channel,
        "subject": written.draft.subject,
        "text": written.draft.text,
        "files": [_shown(here, path) for path in written.files],
        "kept": [_shown(here, path) for path in written.kept],
        "notes": list(written.notes),
    }


def _named(here: Project, paths: Sequence[Path]) -> str:
    return " and ".join(_shown(here, path) for path in paths)


def _shown(here: Project, path: Path) -> str:
    return path.relative_to(here.root).as_posix() if path.is_relative_to(here.root) else str(path)


COMMANDS = {"draft": draft}
