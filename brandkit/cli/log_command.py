"""brandkit log: write down that something happened with somebody."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import click

from brandkit.cli.options import Day, print_json, project_at, shared

# The first word of a text says what it was; everything else is a message.
_FIRST_WORDS = {
    "call": "call", "called": "call", "phoned": "call", "spoke": "call", "met": "meeting", "meeting": "meeting",
    "lunch": "meeting", "coffee": "meeting", "shared": "share", "sent": "message", "wrote": "message",
    "thanked": "thank", "helped": "help", "asked": "ask", "offered": "offer", "congratulated": "congratulate",
}  # fmt: skip
_DIRECTIONS = {
    "call": "mutual", "meeting": "mutual", "session": "mutual", "ask": "asked", "referral": "received",
    "feedback": "received", "favour": "received", "replied": "received", "promotion": "received", "life-event": None,
}  # fmt: skip


@click.command()
@shared
@click.argument("who")
@click.argument("text", required=False, default="")
@click.option("--type", "type_", metavar="TYPE", help="call, meeting, share, thank, referral, life-event, ...")
@click.option("--direction", type=click.Choice(["gave", "asked", "received", "mutual"]), help="Who gave to whom.")
@click.option("--received", is_flag=True, help="The same as --direction received.")
@click.option("--at", "event", metavar="EVENT", help="The id of the event where it happened.")
@click.option("--link", metavar="URL", help="What was shared.")
@click.option("--promise", metavar="TEXT", help="What you promised.")
@click.option("--due", type=Day(), metavar="DATE", help="By when.")
@click.option("--reason", metavar="TEXT", help="For a life event: bereavement, illness, job-loss, hard-time.")
def log(
    project: Path | None,
    today: date | None,
    offline: bool,
    as_json_: bool,
    who: str,
    text: str,
    **said: Any,
) -> None:
    """Write down what happened with WHO (an id or a name; several with commas).

    \b
      brandkit log ada "call, looks for a platform lead"
      brandkit log ada,grace --type meeting --at ev1
      brandkit log mika --type share --link https://example.org/good-read
    """
    from brandkit.app.journaling import find_contact, names, open_desk, write_line
    from brandkit.app.own_day import when

    here = project_at(project)
    desk = open_desk(here)
    contacts = list({c.id: c for c in (find_contact(desk, one) for one in who.split(",") if one.strip())}.values())
    if not contacts:
        raise click.UsageError("say with whom: an id or a name")
    said["link"] = _web(said["link"])
    row = _row([contact.id for contact in contacts], text, said)
    if row["event"] and row["event"] not in {event.id for event in desk.vault.events}:
        raise click.UsageError(f"there is no event '{row['event']}' in events.yaml")
    id_ = write_line(desk, when(here, today), row)
    if as_json_:
        print_json({"id": id_, **{key: value for key, value in row.items() if value}})
    else:
        click.echo(f"Written down: {row['type']} with {names(contacts)}" + (f", {text}" if text else "") + ".")
        click.echo("Take it back with: brandkit undo")


def _web(link: str | None) -> str | None:
    """A link as it can be compared later: whole, and an address of the web."""
    from brandkit.base.url import is_web

    if not link:
        return None
    whole = link if "://" in link else f"https://{link}"
    if not is_web(whole) or "." not in whole:
        raise click.UsageError(f"'{link}' is not a web address; write it whole, like https://example.org/page")
    return whole


def _row(contacts: list[str], text: str, said: dict[str, Any]) -> dict[str, Any]:
    from brandkit.base.spelling import did_you_mean
    from brandkit.engage.journal import TYPES

    type_ = said["type_"] or _guess(text, said["link"])
    if type_ not in TYPES:
        raise click.UsageError(
            f"unknown type '{type_}'; {did_you_mean(type_, TYPES) or 'it is one of ' + ', '.join(TYPES)}"
        )
    if type_ == "life-event":
        _check_reason(said["reason"])
    direction = "received" if said["received"] else said["direction"] or _DIRECTIONS.get(type_, "gave")
    due = said["due"].isoformat() if said["due"] else None
    promise = {"by": "me", "text": said["promise"], **({"due": due} if due else {})}
    return {
        "contacts": contacts,
        "type": type_,
        "direction": direction,
        "summary": text,
        "link": said["link"],
        "event": said["event"],
        "promises": [promise] if said["promise"] else None,
        "reason": said["reason"],
    }


def _check_reason(reason: str | None) -> None:
    """A hard time that is misspelt, or not said at all, would hold nothing back."""
    from brandkit.base.spelling import did_you_mean
    from brandkit.engage.gates import HARD_TIMES

    known = ", ".join(sorted(HARD_TIMES))
    if not reason:
        raise click.UsageError(f"a life event wants --reason: {known}, or a word of your own like new-job")
    hint = did_you_mean(reason, HARD_TIMES) if reason not in HARD_TIMES else None
    if hint:
        raise click.UsageError(f"unknown reason '{reason}'; {hint}")


def _guess(text: str, link: str | None) -> str:
    words = text.casefold().replace(",", " ").replace(":", " ").split()
    return _FIRST_WORDS.get(words[0], "message") if words else ("share" if link else "message")


COMMANDS = {"log": log}
