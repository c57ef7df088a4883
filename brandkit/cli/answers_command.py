"""Answers to a suggestion: done, dismiss, snooze, replied, undo, star. Each is a line of the journal."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import click

from brandkit.cli.options import Day, print_json, project_at, shared


@click.command()
@shared
@click.argument("id_", metavar="ID")
def done(project: Path | None, today: date | None, id_: str, as_json_: bool, **_: Any) -> None:
    """The suggestion ID was carried out: log it. The link is never offered to that person again."""
    from brandkit.app.words.journaling import done_row, write_answer

    desk, when = _desk(project, today)
    found = _suggestion(desk, id_)
    row = done_row(found)
    _tell(write_answer(desk, when, found, row), row, as_json_, "Written down")


@click.command()
@shared
@click.argument("id_", metavar="ID")
@click.option("--why", metavar="TEXT", help="For you: what was not right about it.")
def dismiss(project: Path | None, today: date | None, id_: str, why: str | None, as_json_: bool, **_: Any) -> None:
    """The suggestion ID is not for this person: it does not come back."""
    from brandkit.app.words.journaling import answer_of, write_answer

    desk, when = _desk(project, today)
    found = _suggestion(desk, id_)
    row = answer_of(found, "dismissed", reason=why)
    _tell(write_answer(desk, when, found, row), row, as_json_, "Set aside")


@click.command()
@shared
@click.argument("id_", metavar="ID")
@click.option("--until", type=Day(), metavar="DATE", help="Until this day; two weeks if absent.")
def snooze(project: Path | None, today: date | None, id_: str, until: date | None, as_json_: bool, **_: Any) -> None:
    """The suggestion ID can wait."""
    from brandkit.app.words.journaling import answer_of, write_answer

    desk, when = _desk(project, today)
    day = until or when.today + timedelta(days=14)
    if day <= when.today:
        raise click.UsageError(f"{day.isoformat()} is not to come; say a later day, or leave --until out for two weeks")
    found = _suggestion(desk, id_)
    row = answer_of(found, "snoozed", until=day.isoformat())
    _tell(write_answer(desk, when, found, row), row, as_json_, f"Put off until {day.isoformat()}")


@click.command()
@shared
@click.argument("who")
@click.argument("text", required=False, default="")
@click.option("--liked", "reaction", flag_value="liked", help="They liked what you sent last.")
@click.option("--disliked", "reaction", flag_value="disliked", help="It was not for them.")
def replied(
    project: Path | None, today: date | None, who: str, text: str, reaction: str | None, as_json_: bool, **_: Any
) -> None:
    """WHO answered; what they wrote is read like any line of `log`."""
    from brandkit.cli.log_command import log

    click.get_current_context().invoke(
        log, project=project, today=today, offline=True, as_json_=as_json_, who=who, text=text, type_="replied",
        reaction=reaction, yes=True,
    )  # fmt: skip


@click.command()
@shared
def undo(project: Path | None, today: date | None, as_json_: bool, **_: Any) -> None:
    """Take the last line of the journal back, by a line that supersedes it; again takes back the one before."""
    from brandkit.app.words.journaling import take_back

    id_, line = take_back(*_desk(project, today))
    what = f"{line.type} with {', '.join(line.contacts) or 'nobody'} of {line.at.date().isoformat()}"
    _tell(id_, {"supersedes": line.id}, as_json_, f"Taken back: {what}")


@click.command()
@shared
@click.argument("link", metavar="ENTRY")
def star(project: Path | None, today: date | None, link: str, as_json_: bool, **_: Any) -> None:
    """Keep an entry (the link of one, or the id of a suggestion that offers it)."""
    from brandkit.app.words.journaling import write_line

    desk, when = _desk(project, today)
    item = {"url": link, "title": None} if "://" in link else (_suggestion(desk, link).get("item") or {})
    if not item.get("url"):
        raise click.UsageError("that suggestion is not about an entry")
    row = {"type": "star", "link": item["url"]}
    _tell(write_line(desk, when, row), row, as_json_, f"Kept: {item.get('title') or item['url']}")


def _desk(project: Path | None, today: date | None) -> tuple[Any, Any]:
    from brandkit.app.own_day import when
    from brandkit.app.words.journaling import open_desk

    here = project_at(project)
    return open_desk(here), when(here, today)


def _suggestion(desk: Any, id_: str) -> dict[str, Any]:
    from brandkit.app.words.journaling import find_suggestion

    return find_suggestion(desk, id_)


def _tell(id_: str, row: dict[str, Any], as_json_: bool, said: str) -> None:
    if as_json_:
        print_json({"id": id_, **{key: value for key, value in row.items() if value}})
        return
    about = row.get("summary")
    click.echo(f"{said}{f': {about}' if about else ''}.")
    if "supersedes" not in row:
        click.echo("Take it back with: brandkit undo")


COMMANDS = {"done": done, "dismiss": dismiss, "snooze": snooze, "replied": replied, "undo": undo, "star": star}
