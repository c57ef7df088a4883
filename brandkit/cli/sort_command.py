"""brandkit sort: people who came with an import, one key each."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from brandkit.base.text import plural
from brandkit.base.walls import UsageProblem
from brandkit.cli.options import print_json, project_at, shared

if TYPE_CHECKING:
    from brandkit.app.people.sorting import Waiting
    from brandkit.app.words.journaling import Desk
    from brandkit.engage.contacts import Contact

_KEYS = "m monthly · q quarterly · y yearly · k just keep · n not mine · s skip · u undo · Enter stop"
_SAID = {"m": "about monthly", "q": "about every three months", "y": "about once a year", "k": "kept", "n": "not yours"}


@click.command("sort")
@shared
@click.option("--limit", type=click.IntRange(1), default=10, show_default=True, help="How many at a time.")
def sort_(project: Path | None, today: date | None, limit: int, as_json_: bool, **_: Any) -> None:
    """Go through imported people, ten at a time: one key each, then what they like to read about.

    \b
      m  monthly       k  just keep, no nudge        s  skip, ask another time
      q  quarterly     n  not mine: no suggestions   u  undo the last answer
      y  yearly        Enter or Esc stops; nothing is lost

    Every answer is written down at once. Without a terminal, keys and interests are read as lines.
    """
    from brandkit.app.own_day import when
    from brandkit.app.people.sorting import places_of, waiting
    from brandkit.app.words.journaling import open_desk

    here = project_at(project)
    desk = open_desk(here)
    queue = waiting(desk)
    sitting = _Sitting(desk, when(here, today), queue, limit, err=as_json_)
    sitting.run()
    places = places_of(desk, [contact.id for contact, key, _ in sitting.answers if key == "n"])
    left = len(queue.people) - len(sitting.answers)
    if as_json_:
        answers = [{"contact": contact.id, "answer": key, "line": line} for contact, key, line in sitting.answers]
        print_json({"sorted": answers, "left": left, "not_mine": places})
    else:
        _close(sitting, left, places)


class _Sitting:
    """One sitting: the people of it, what was answered, and where we are."""

    def __init__(self, desk: Desk, when: Any, queue: Waiting, limit: int, *, err: bool) -> None:
        self.desk, self.when, self.queue, self.err = desk, when, queue, err
        self.people = queue.people[:limit]
        self.before = queue.imported - len(queue.people)
        self.answers: list[tuple[Contact, str, str]] = []

    def run(self) -> None:
        if self.people:
            self.say(_KEYS)
        at = 0
        while 0 <= at < len(self.people):
            step = self.one(at)
            if step is None:
                break
            at = step

    def one(self, at: int) -> int | None:
        """Ask about one person. Returns whom to ask about next, None to stop."""
        from brandkit.app.people.sorting import ANSWERS, told
        from brandkit.io.keys import read_key

        contact = self.people[at]
        about = told(contact)
        self.say(f"\n{at + 1} of {len(self.queue.people)}  {contact.name}{f'  ({about})' if about else ''}")
        key = read_key()
        if not key:
            return None
        if key == "u":
            return self.undo(at)
        if key == "s":
            self.say("  another time")
            return at + 1
        if key not in ANSWERS:
            self.say(f"  '{key}' is none of these: {_KEYS}")
            return at
        return self.answer(at, contact, key)

    def answer(self, at: int, contact: Contact, key: str) -> int | None:
        from brandkit.app.people.sorting import interests_in, sort_one
        from brandkit.io.keys import NoKeys, read_line

        line, ended = "", False
        self.say(f"  {_SAID[key]}")
        if key != "n":
            click.echo("  Likes to read about (commas; Enter for nothing): ", nl=False, err=self.err)
            try:
                line = read_line()
            except (NoKeys, KeyboardInterrupt, click.Abort):  # the key was pressed, and counts
                ended = True
        try:
            id_ = sort_one(self.desk, self.when, contact, key, interests_in(line))
            self.answers.append((contact, key, id_))
        except UsageProblem as problem:  # in another window, meanwhile
            self.say(f"  {problem}")
        return None if ended else at + 1

    def undo(self, at: int) -> int:
        from brandkit.app.people.sorting import take_back

        if not self.answers:
            self.say("  nothing to take back in this sitting; brandkit undo takes back what came before")
            return at
        contact, _, line = self.answers.pop()
        take_back(self.desk, self.when, line)
        self.say(f"  taken back: {contact.name}")
        return self.people.index(contact)

    def say(self, text: str) -> None:
        click.echo(text, err=self.err)


def _close(sitting: _Sitting, left: int, places: list[str]) -> None:
    if not sitting.people:
        click.echo("Nobody is waiting to be sorted. People come in with: brandkit import")
        return
    more = f" {plural(left, 'person is', 'people are')} left for another time." if left else " That was everybody."
    click.echo(f"\n{plural(len(sitting.answers), 'person', 'people')} sorted.{more}")
    if places:
        click.echo("Not yours: they stand in no list, and nothing is suggested for them. They are kept in:")
        for place in places:
            click.echo(f"  {place}")
        click.echo("To forget one altogether, journal and all: brandkit person erase NAME")


COMMANDS = {"sort": sort_}
