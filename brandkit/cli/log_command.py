"""brandkit log: write down that something happened with somebody, in plain words that are read and shown back."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from brandkit.cli.options import Day, print_json, project_at, shared

if TYPE_CHECKING:
    from brandkit.app.words.hearing import HeardLine

_AGAIN = "The same words stood there already, and now stand twice. If it happened once, take one back with"
_KEYS = "Enter: write it down. e: say it differently. n: keep the plain words alone. q: leave it."


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
    from brandkit.app.own_day import when
    from brandkit.app.words.hearing import hear, write_heard
    from brandkit.app.words.journaling import open_desk

    here = project_at(project)
    desk, moment = open_desk(here), when(here, today)
    line = hear(desk, moment, who, text, said)
    asked = bool(text.strip()) and not (yes or as_json_) and sys.stdin.isatty()
    agreed = _agreed(line) if asked else line
    if agreed is None:
        click.echo("Nothing was written.")
        return
    id_, again = write_heard(desk, moment, agreed)
    if as_json_:
        said = {key: value for key, value in agreed.row.items() if value}
        print_json({"id": id_, **said, **({"again": True} if again else {})})
    else:
        click.echo("Written down." if asked else f"Written down: {_shown(agreed)}")
        click.echo(f"{_AGAIN if again else 'Take it back with'}: brandkit undo")


def _shown(line: HeardLine) -> str:
    return "\n".join(line.lines)


def _agreed(line: HeardLine) -> HeardLine | None:
    """The line to which the person at the keyboard says yes; None where they leave it."""
    from brandkit.app.words.hearing import in_other_words, words_alone

    while True:
        click.echo(_shown(line))
        click.echo(_KEYS)
        match _key():
            case "\r" | "\n" | "y":
                return line
            case "e":
                line = in_other_words(line, click.prompt("In other words", default=line.heard.summary))
            case "n":
                return words_alone(line)
            case "q" | "\x1b" | "":
                return None


def _key() -> str:
    try:
        return click.getchar().casefold()
    except EOFError:
        return ""


COMMANDS = {"log": log}
