"""brandkit log: write down that something happened with somebody, in plain words that are read and shown back."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from brandkit.cli.journal_row import Table, journal_row
from brandkit.cli.options import Day, print_json, project_at, shared

if TYPE_CHECKING:
    from brandkit.app.journaling import Desk
    from brandkit.engage.contacts import Contact
    from brandkit.engage.plain_words.heard import Heard

_KEYS = "Enter: write it down. e: say it differently. n: keep the plain words alone. q: leave it."

_AND = re.compile(r" and | und | & ")


@click.command()
@shared
@click.argument("who")
@click.argument("text", required=False, default="")
@click.option("--type", "type_", metavar="TYPE", help="call, meeting, share, thank, referral, life-event, ...")
@click.option("--direction", type=click.Choice(["gave", "asked", "received", "mutual"]), help="Who gave to whom.")
@click.option("--received", is_flag=True, help="The same as --direction received.")
@click.option("--on", "day", type=Day(), metavar="DATE", help="When it happened; today if absent.")
@click.option("--at", "event", metavar="EVENT", help="The id of the event where it happened.")
@click.option("--link", metavar="URL", help="What was shared.")
@click.option(
    "--reaction",
    type=click.Choice(["liked", "disliked"]),
    help="What they made of --link, or of what you sent last; later suggestions learn from it.",
)
@click.option("--promise", metavar="TEXT", help="What you promised.")
@click.option("--due", type=Day(), metavar="DATE", help="By when.")
@click.option("--learned", multiple=True, metavar="TEXT", help="Like 'needs: a platform lead'; also interests, facts.")
@click.option("--reason", metavar="TEXT", help="For a life event: bereavement, illness, job-loss, hard-time.")
@click.option("--yes", is_flag=True, help="Write it down as it was read, without asking.")
def log(
    project: Path | None,
    today: date | None,
    offline: bool,
    as_json_: bool,
    who: str,
    text: str,
    yes: bool,
    **said: Any,
) -> None:
    """Write down what happened with WHO (an id or a name; several with commas).

    What is in the words (the day, promises, needs, interests) is read from them and shown back.

    \b
      brandkit log ada "call yesterday, looks for a platform lead; I promised the list by Friday"
      brandkit log ada,grace --type meeting --at ev1
      brandkit log mika --type share --link https://example.org/good-read
    """
    from brandkit.app.journaling import open_desk, write_line
    from brandkit.app.own_day import when

    here = project_at(project)
    desk, text, said = open_desk(here), _whole(text), {name: _whole(value) for name, value in said.items()}
    contacts = list({contact.id: contact for contact in _people(desk, who)}.values())
    if not contacts:
        raise click.UsageError("say with whom: an id or a name")
    table = Table(desk, tuple(contacts), when(here, today), {**said, **_about(desk, contacts, said)})
    asked = bool(text.strip()) and not (yes or as_json_) and sys.stdin.isatty()
    row = _agreed(table, text) if asked else journal_row(table, _read(table, text))
    if row is None:
        click.echo("Nothing was written.")
        return
    id_ = write_line(desk, table.when, row)
    if as_json_:
        print_json({"id": id_, **{key: value for key, value in row.items() if value}})
    else:
        click.echo("Written down." if asked else f"Written down: {_shown(table, row)}")
        click.echo("Take it back with: brandkit undo")


def _about(desk: Desk, contacts: Sequence[Contact], said: Mapping[str, Any]) -> dict[str, Any]:
    """The link; for a reaction without one, to what was sent last, and that it is an answer. Raises UsageProblem."""
    from brandkit.app.journaling import last_sent

    link = _web(said["link"])
    if not said["reaction"]:
        return {"link": link}
    link = link or last_sent(desk, [contact.id for contact in contacts])
    return {"link": link, "type_": said["type_"] or "replied"}


def _people(desk: Desk, who: str) -> Iterator[Contact]:
    """Those who are named, with commas or as one says it: `Ada and Grace`. Raises UsageProblem."""
    from brandkit.app.journaling import find_contact
    from brandkit.base.walls import UsageProblem

    for part in filter(str.strip, who.split(",")):
        try:
            yield find_contact(desk, part)
        except UsageProblem:
            if len(several := _AND.split(part)) == 1:
                raise
            yield from (find_contact(desk, one) for one in several)


def _whole(value: Any) -> Any:
    """What a terminal of another encoding sent, without halves of characters, which no file can hold."""
    if isinstance(value, tuple):
        return tuple(_whole(one) for one in value)
    return value.encode("utf-8", "replace").decode("utf-8") if isinstance(value, str) else value


def _read(table: Table, text: str) -> Heard:
    from brandkit.engage.plain_words.reading import read_words

    events = {event.id: event.name for event in table.desk.vault.events}
    return read_words(text, table.when.today, [contact.name for contact in table.contacts], events)


def _agreed(table: Table, text: str) -> dict[str, Any] | None:
    """The line to which the person at the keyboard says yes; None where they leave it."""
    while True:
        heard = _read(table, text)
        row = journal_row(table, heard)
        click.echo(_shown(table, row))
        click.echo(_KEYS)
        match _key():
            case "\r" | "\n" | "y":
                return row
            case "e":
                text = _whole(click.prompt("In other words", default=text))
            case "n":
                return journal_row(table, _plain(heard))
            case "q" | "\x1b" | "":
                return None


def _key() -> str:
    try:
        return click.getchar().casefold()
    except EOFError:
        return ""


def _plain(heard: Heard) -> Heard:
    """The words alone: what happened and when, without what was promised and learned."""
    kept = replace(heard, promises=(), learned={}, reason=None)
    return replace(kept, type="message", direction="gave") if heard.type == "life-event" else kept


def _web(link: str | None) -> str | None:
    """A link as it can be compared later: whole, and an address of the web."""
    from brandkit.base.url import is_web

    if not link:
        return None
    whole = link if "://" in link else f"https://{link}"
    if not is_web(whole) or "." not in whole:
        raise click.UsageError(f"'{link}' is not a web address; write it whole, like https://example.org/page")
    return whole


def _shown(table: Table, row: Mapping[str, Any]) -> str:
    """What was understood, in a few plain lines."""
    from brandkit.app.journaling import names

    people, day = names(table.contacts), table.said["day"] or _day_of(table, row)
    happened = f"{row['type'].replace('-', ' ').capitalize()} with {people}"
    if row["type"] == "life-event":
        happened = f"{people}: {row['reason']}"
    event = next((event.name for event in table.desk.vault.events if event.id == row["event"]), None)
    link = None if row["reaction"] else row["link"]
    lines = [", ".join(part for part in (happened, event and f"at {event}", link, _in_words(day, table)) if part)]
    for promise in row["promises"] or ():
        who = "You" if promise["by"] == "me" else table.contacts[0].first_name
        due = promise.get("due")
        lines.append(f"{who} promised: {promise['text']}" + (f", by {_long(due, table.when.today)}" if due else ""))
    if row["reaction"]:
        lines.append(f"{'Liked' if row['reaction'] == 'liked' else 'Not for them'}: {row['link']}")
    learned = [_as_said(name, text) for name, texts in (row["learned"] or {}).items() for text in texts]
    if learned:
        lines.append(f"Learned: {'; '.join(learned)}")
    return "\n".join(f"{line}." for line in lines)


def _day_of(table: Table, row: Mapping[str, Any]) -> date:
    at = row.get("at")
    return datetime.fromisoformat(at).astimezone(table.when.zone).date() if at else table.when.today


def _in_words(day: date, table: Table) -> str:
    days = (table.when.today - day).days
    return {0: "today", 1: "yesterday"}.get(days) or f"on {_long(day.isoformat(), table.when.today)}"


def _long(day: str, today: date) -> str:
    """`Friday 6 March`, with the year where it is another one."""
    then = date.fromisoformat(day)
    return f"{then:%A} {then.day} {then:%B}" + (f" {then.year}" if then.year != today.year else "")


def _as_said(name: str, text: str) -> str:
    return text if name == "facts" else f"{'needs' if name == 'needs' else 'is interested in'} {text}"


COMMANDS = {"log": log}
