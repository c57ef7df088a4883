"""What you had in mind with a post that is written for somebody, as the text of `briefs/SLUG.yaml`. Pure.

The post itself names nobody; this file stays in the vault. It holds what helps to write: what they look for
and like, what was said last, what was promised. What is sensitive stays out.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from brandkit.engage.contacts import Need
from brandkit.engage.discretion import touches_secret
from brandkit.engage.people import Person
from brandkit.engage.promises import open_promises
from brandkit.engage.rhythm import SILENT, day_of
from brandkit.engage.sources.printable import printable
from brandkit.engage.world import World


def brief_source(slug: str, people: Sequence[Person], world: World) -> str:
    """The text of the file: the post's slug, whom it is for, and a few lines on each."""
    ids = ", ".join(_quoted(person.contact.id) for person in people)
    lines = (line for person in people for line in _about(person, world))
    about = [f"  {printable(line)}" for line in lines]
    return "\n".join([f"id: {_quoted(slug)}", f"for: [{ids}]", "about: |", *about, ""])


def _about(person: Person, world: World) -> Iterator[str]:
    contact = person.contact
    yield contact.name + ":"
    oldest = world.today - timedelta(days=world.setting.settings.need_days)
    for need in contact.needs:
        if not need.sensitive and (need.since is None or need.since >= oldest):
            yield f"- looks for: {need.text}{_since(need)}"
    if contact.interests:
        yield f"- likes to read about: {', '.join(contact.interests)}"
    if contact.prefers:
        yield f"- prefers: {', '.join(contact.prefers)}"
    if contact.avoid:
        yield f"- not to bring up: {', '.join(contact.avoid)}"
    yield from _last_words(person, world)
    yield from _promises(person, world)


def _last_words(person: Person, world: World) -> Iterator[str]:
    """What was last said, where words were written down."""
    for line in reversed(person.history):
        day = day_of(line.at, world.zone)
        said = line.summary and line.type not in SILENT and day <= world.today
        if said and not touches_secret(line.summary, person.contact):
            yield f"- last words, {_day(day)}: {line.summary}"
            return


def _promises(person: Person, world: World) -> Iterator[str]:
    lines = [line for line in person.history if day_of(line.at, world.zone) <= world.today]
    for promised in open_promises(lines):
        text, who = promised.promise.text, promised.promise.by
        if who in ("me", person.contact.id) and not touches_secret(text, person.contact):
            due = f", by {_day(promised.promise.due)}" if promised.promise.due else ""
            yield f"- {'you' if promised.is_mine else 'they'} promised: {text}{due}"


def _since(need: Need) -> str:
    return f" (since {_day(need.since)})" if need.since else ""


def _day(day: date) -> str:
    return f"{day.day} {day:%b} {day.year}"


def _quoted(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)
