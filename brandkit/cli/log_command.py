"""brandkit log: write down that something happened with somebody, in plain words that are read and shown back."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from brandkit.cli.options import Day, print_json, project_at, shared

if TYPE_CHECKING:
    from brandkit.app.advise import When
    from brandkit.app.journaling import Desk
    from brandkit.engage.contacts import Contact
    from brandkit.engage.plain_words.heard import Heard

# Who gave to whom, where only a type was named.
_DIRECTIONS = {
    "call": "mutual", "meeting": "mutual", "session": "mutual", "ask": "asked", "referral": "received",
    "feedback": "received", "favour": "received", "replied": "mutual", "promotion": "received", "life-event": None,
}  # fmt: skip
_LEARNED = ("needs", "interests", "facts")
_KEYS = "Enter: write it down. e: say it differently. n: keep the plain words alone. q: leave it."

_AND = re.compile(r" and | und | & ")
_LATELY = 14  # days after an event in which its day is meant


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
    table = _Table(desk, tuple(contacts), when(here, today), {**said, "link": _web(said["link"])})
    asked = bool(text.strip()) and not (yes or as_json_) and sys.stdin.isatty()
    row = _agreed(table, text) if asked else _row(table, _read(table, text))
    if row is None:
        click.echo("Nothing was written.")
        return
    id_ = write_line(desk, table.when, row)
    if as_json_:
        print_json({"id": id_, **{key: value for key, value in row.items() if value}})
    else:
        click.echo("Written down." if asked else f"Written down: {_shown(table, row)}")
        click.echo("Take it back with: brandkit undo")


@dataclass(frozen=True)
class _Table:
    """What a line is made with: the vault, with whom it was, the moment, and what the options said."""

    desk: Desk
    contacts: tuple[Contact, ...]
    when: When
    said: Mapping[str, Any]


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


def _read(table: _Table, text: str) -> Heard:
    from brandkit.engage.plain_words.reading import read_words

    events = {event.id: event.name for event in table.desk.vault.events}
    return read_words(text, table.when.today, [contact.name for contact in table.contacts], events)


def _agreed(table: _Table, text: str) -> dict[str, Any] | None:
    """The line to which the person at the keyboard says yes; None where they leave it."""
    while True:
        heard = _read(table, text)
        row = _row(table, heard)
        click.echo(_shown(table, row))
        click.echo(_KEYS)
        match _key():
            case "\r" | "\n" | "y":
                return row
            case "e":
                text = _whole(click.prompt("In other words", default=text))
            case "n":
                return _row(table, _plain(heard))
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


def _row(table: _Table, heard: Heard) -> dict[str, Any]:
    """The line of the journal: what was heard, and over it what the options said."""
    from brandkit.base.url import is_web

    said = table.said
    type_ = _type(said, heard)
    reason = said["reason"] or (heard.reason if type_ == "life-event" else None)
    if type_ == "life-event":
        _check_reason(reason)
    return {
        **_moment(table, heard),
        "contacts": [contact.id for contact in table.contacts],
        "type": type_,
        "direction": _direction(said, heard, type_),
        "summary": heard.summary,
        "learned": _learned(table, heard) or None,
        "promises": _promises(table, heard) or None,
        "link": said["link"] or (heard.link if heard.link and is_web(heard.link) else None),
        "event": _event(table) or heard.event,
        "mentorship": _mentorship(table) if type_ == "session" else None,
        "reason": reason,
    }


def _type(said: Mapping[str, Any], heard: Heard) -> str:
    from brandkit.base.spelling import did_you_mean
    from brandkit.engage.journal import TYPES

    read = "share" if said["link"] and not heard.summary else heard.type
    if said["event"] and read == "message":  # at an event one meets
        read = "meeting"
    type_: str = said["type_"] or ("life-event" if said["reason"] else read)
    if type_ not in TYPES:
        raise click.UsageError(
            f"unknown type '{type_}'; {did_you_mean(type_, TYPES) or 'it is one of ' + ', '.join(TYPES)}"
        )
    return type_


def _direction(said: Mapping[str, Any], heard: Heard, type_: str) -> str | None:
    if said["received"]:
        return "received"
    if said["direction"]:
        return str(said["direction"])
    return heard.direction if heard.type == type_ else _DIRECTIONS.get(type_, "gave")


def _event(table: _Table) -> str | None:
    event: str | None = table.said["event"]
    if event and event not in {known.id for known in table.desk.vault.events}:
        raise click.UsageError(f"there is no event '{event}' in events.yaml")
    return event


def _mentorship(table: _Table) -> str | None:
    """The mentorship of a session, where there is one that it can be."""
    who, today = {contact.id for contact in table.contacts}, table.when.today
    theirs = [m for m in table.desk.vault.mentorships if m.with_ in who]
    running = [m.id for m in theirs if m.until is None or m.until >= today]
    return running[0] if len(running) == 1 else None


def _day_of_event(table: _Table) -> date | None:
    """The last day of an event that has just been: where one writes down the morning after."""
    from brandkit.engage.days.occurrences import comings, day_in, length_of

    today, zone = table.when.today, table.when.zone
    event = next((one for one in table.desk.vault.events if one.id == table.said["event"]), None)
    if event is None:
        return None
    found = comings(event, today - timedelta(days=_LATELY), today, zone)
    last_days = (day_in(moment + length_of(event, zone), zone) for moment in found)
    return max((min(day, today) for day in last_days), default=None)


def _moment(table: _Table, heard: Heard) -> dict[str, str]:
    """Noon of the day when it happened, where you live; nothing for today, which is now."""
    today = table.when.today
    day = table.said["day"] or (heard.on if heard.on != today else _day_of_event(table) or today)
    if day > today:
        raise click.UsageError(f"{day.isoformat()} is still to come; write down what has happened")
    if day.year < 1900 and table.said["day"]:
        raise click.UsageError(f"{day.isoformat()} is long ago; is the year right?")
    if day == today or day.year < 1900:
        return {}
    noon = datetime(day.year, day.month, day.day, 12, tzinfo=table.when.zone).astimezone(UTC)
    return {"at": noon.isoformat(timespec="seconds").replace("+00:00", "Z")}


def _promises(table: _Table, heard: Heard) -> list[dict[str, Any]]:
    """An option's promise stands for all that were read; what one of several people promised stays in the words."""
    said, them = table.said, table.contacts[0].id if len(table.contacts) == 1 else None
    if said["promise"]:
        return [_promise("me", said["promise"], said["due"])]
    mine = [promise for promise in heard.promises if promise.by == "me"]
    if said["due"] and len(mine) != 1:
        raise click.UsageError("--due says by when; say with --promise what you promised")
    who = {"me": "me", "them": them}
    return [
        _promise(by, promise.text, said["due"] if said["due"] and by == "me" else promise.due)
        for promise in heard.promises
        if (by := who[promise.by])
    ]


def _promise(by: str, text: str, due: date | None) -> dict[str, Any]:
    return {"by": by, "text": text, **({"due": due.isoformat()} if due else {})}


def _learned(table: _Table, heard: Heard) -> dict[str, list[str]]:
    """An option's for all that was read; of which of several people it was learned, words do not tell."""
    if not table.said["learned"]:
        return {name: list(texts) for name, texts in heard.learned.items()} if len(table.contacts) == 1 else {}
    learned: dict[str, list[str]] = {}
    for one in table.said["learned"]:
        name, _, text = (part.strip() for part in one.partition(":"))
        if name not in _LEARNED or not text:
            raise click.UsageError(f"'{one}' does not say what was learned; write it like 'needs: a platform lead'")
        learned.setdefault(name, []).append(text)
    return learned


def _check_reason(reason: str | None) -> None:
    """A hard time that is misspelt, or not said at all, would hold nothing back."""
    from brandkit.base.spelling import did_you_mean
    from brandkit.engage.ledger import HARD_TIMES

    known = ", ".join(sorted(HARD_TIMES))
    if not reason:
        raise click.UsageError(f"a life event wants --reason: {known}, or a word of your own like new-job")
    hint = did_you_mean(reason, HARD_TIMES) if reason not in HARD_TIMES else None
    if hint:
        raise click.UsageError(f"unknown reason '{reason}'; {hint}")


def _shown(table: _Table, row: Mapping[str, Any]) -> str:
    """What was understood, in a few plain lines."""
    from brandkit.app.journaling import names

    people, day = names(table.contacts), table.said["day"] or _day_of(table, row)
    happened = f"{row['type'].replace('-', ' ').capitalize()} with {people}"
    if row["type"] == "life-event":
        happened = f"{people}: {row['reason']}"
    event = next((event.name for event in table.desk.vault.events if event.id == row["event"]), None)
    lines = [
        ", ".join(part for part in (happened, event and f"at {event}", row["link"], _in_words(day, table)) if part)
    ]
    for promise in row["promises"] or ():
        who = "You" if promise["by"] == "me" else table.contacts[0].first_name
        due = promise.get("due")
        lines.append(f"{who} promised: {promise['text']}" + (f", by {_long(due, table.when.today)}" if due else ""))
    learned = [_as_said(name, text) for name, texts in (row["learned"] or {}).items() for text in texts]
    if learned:
        lines.append(f"Learned: {'; '.join(learned)}")
    return "\n".join(f"{line}." for line in lines)


def _day_of(table: _Table, row: Mapping[str, Any]) -> date:
    at = row.get("at")
    return datetime.fromisoformat(at).astimezone(table.when.zone).date() if at else table.when.today


def _in_words(day: date, table: _Table) -> str:
    days = (table.when.today - day).days
    return {0: "today", 1: "yesterday"}.get(days) or f"on {_long(day.isoformat(), table.when.today)}"


def _long(day: str, today: date) -> str:
    """`Friday 6 March`, with the year where it is another one."""
    then = date.fromisoformat(day)
    return f"{then:%A} {then.day} {then:%B}" + (f" {then.year}" if then.year != today.year else "")


def _as_said(name: str, text: str) -> str:
    return text if name == "facts" else f"{'needs' if name == 'needs' else 'is interested in'} {text}"


COMMANDS = {"log": log}
