"""Plain words about what happened with somebody, heard: with whom, the journal's line, and the same in plain words.

In: the vault, the moment, words, and what was said beside them. Out: a `HeardLine` for a person to look at, which
`write_heard` writes down. Everything that does not fit is a UsageProblem, and nothing is written.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from brandkit.app.advise import When
from brandkit.app.words.journal_row import Table, journal_row
from brandkit.app.words.journaling import Desk, find_contact, last_sent, names, write_again
from brandkit.base.text import clip, slugify
from brandkit.base.url import is_web
from brandkit.base.walls import UsageProblem
from brandkit.engage.contacts import Contact
from brandkit.engage.plain_words.heard import Heard
from brandkit.engage.plain_words.reading import read_words

# What can be said beside the words, and what stands where it was not.
_SAID: Mapping[str, Any] = {
    **dict.fromkeys(("type_", "direction", "day", "event", "link", "reaction", "promise", "due", "reason")),
    "received": False,
    "learned": (),
}
_CHOICES = {"direction": ("gave", "asked", "received", "mutual"), "reaction": ("liked", "disliked")}
_AND = re.compile(r" and | und | & ")
_ANOTHER = re.compile(r"\s*(?:,|(?:and|und|&)(?=\s))\s*", re.IGNORECASE)
_OF = re.compile(r"['’]s\Z")
_LONGEST_NAME = 12  # words
_MARKS = ",;:.-–— "
_BEGIN = "begin with whom it was with, like 'ada: call yesterday'"


@dataclass(frozen=True)
class HeardLine:
    """What was heard, and the line that it makes; nothing is written yet."""

    table: Table
    heard: Heard
    row: Mapping[str, Any]

    @property
    def contacts(self) -> tuple[Contact, ...]:
        """With whom it was."""
        return self.table.contacts

    @property
    def lines(self) -> list[str]:
        """What was understood, in a few plain lines."""
        return [f"{line}." for line in _account(self.table, self.row)]


def hear(desk: Desk, when: When, who: str, text: str, said: Mapping[str, Any]) -> HeardLine:
    """What TEXT says of WHO (ids or names, several with commas). Raises UsageProblem.

    `said` holds what was said beside the words, which wins over them: type_, direction, received, day, event, link,
    reaction, promise, due, learned, reason; days are dates. What is missing was not said.
    """
    return _heard(desk, when, _people(desk, _whole(who)), text, said)


def hear_line(desk: Desk, when: When, line: str) -> HeardLine:
    """What one line says that begins with whom it is about: `ada: call yesterday`, `Ada, Grace call yesterday`.

    What stands before a colon, if it names people; else the longest beginning that is an id, a whole name, or a first
    name that one person alone has. Raises UsageProblem where there is none.
    """
    line = _whole(line).strip()
    contacts, rest = _before_colon(desk, line)
    if contacts:
        return _heard(desk, when, contacts, rest, {})
    contacts, rest = _beginning(desk, line)
    if not contacts:
        raise _nobody(desk, line)
    note = _heard(desk, when, contacts, rest.lstrip(_MARKS), {})
    if rest.strip()[:1] in _MARKS:  # or nothing stands there
        return note
    return _clearer(_heard(desk, when, contacts, line, {}), note)


def words_alone(line: HeardLine) -> HeardLine:
    """What happened and when, without what was promised and learned."""
    kept = replace(line.heard, promises=(), learned={}, reason=None)
    return _line(line.table, replace(kept, type="message", direction="gave") if kept.type == "life-event" else kept)


def in_other_words(line: HeardLine, text: str) -> HeardLine:
    """The same people and all that was said beside the words, with other words. Raises UsageProblem."""
    return _line(line.table, _read(line.table, _whole(text)))


def write_heard(desk: Desk, when: When, heard: HeardLine) -> tuple[str, bool]:
    """Write the line down. Returns its id once it is on the disk, and whether the same had been written already."""
    return write_again(desk, when, heard.row)


def _heard(desk: Desk, when: When, contacts: Sequence[Contact], text: str, options: Mapping[str, Any]) -> HeardLine:
    if not contacts:
        raise UsageProblem("say with whom: an id or a name")
    said = {**_SAID, **{name: _whole(value) for name, value in options.items()}}
    for name, known in _CHOICES.items():
        if said[name] and said[name] not in known:
            raise UsageProblem(f"'{said[name]}' is no {name}; it is one of {', '.join(known)}")
    table = Table(desk, tuple(contacts), when, {**said, **_about(desk, contacts, said)})
    return _line(table, _read(table, _whole(text)))


def _line(table: Table, heard: Heard) -> HeardLine:
    return HeardLine(table, heard, journal_row(table, heard))


def _read(table: Table, text: str) -> Heard:
    events = {event.id: event.name for event in table.desk.vault.events}
    return read_words(text, table.when.today, [contact.name for contact in table.contacts], events)


def _whole(value: Any) -> Any:
    """What came in another encoding, without halves of characters, which no file can hold."""
    if isinstance(value, (tuple, list)):
        return tuple(_whole(one) for one in value)
    return value.encode("utf-8", "replace").decode("utf-8") if isinstance(value, str) else value


# Beside the words


def _about(desk: Desk, contacts: Sequence[Contact], said: Mapping[str, Any]) -> dict[str, Any]:
    """The link; for a reaction without one, to what was sent last, and that it is an answer. Raises UsageProblem."""
    link = _web(said["link"])
    if not said["reaction"]:
        return {"link": link}
    link = link or last_sent(desk, [contact.id for contact in contacts])
    return {"link": link, "type_": said["type_"] or "replied"}


def _web(link: str | None) -> str | None:
    """A link as it can be compared later: whole, and an address of the web."""
    if not link:
        return None
    whole = link if "://" in link else f"https://{link}"
    if not is_web(whole) or "." not in whole:
        raise UsageProblem(f"'{link}' is not a web address; write it whole, like https://example.org/page")
    return whole


# With whom


def _people(desk: Desk, who: str) -> list[Contact]:
    """Those who are named, each once. Raises UsageProblem."""
    return list({contact.id: contact for contact in _named(desk, who)}.values())


def _named(desk: Desk, who: str) -> Iterator[Contact]:
    """Those who are named, with commas or as one says it: `Ada and Grace`."""
    for part in filter(str.strip, who.split(",")):
        try:
            yield find_contact(desk, part)
        except UsageProblem:
            if len(several := _AND.split(part)) == 1:
                raise
            yield from (find_contact(desk, one) for one in several)


def _before_colon(desk: Desk, line: str) -> tuple[list[Contact], str]:
    """Those who are named before the first colon, and what stands after it; nobody where it is no such colon."""
    who, colon, rest = line.partition(":")
    try:
        return (_people(desk, who) if colon else []), rest
    except UsageProblem:
        return [], line


def _beginning(desk: Desk, line: str) -> tuple[list[Contact], str]:
    """Those whose names a line begins with, one after the other, and the rest of it."""
    called, rest, after = _called(desk.vault.contacts), line, line
    found: dict[str, Contact] = {}
    while named := _first_name(called, after):
        contact, end = named
        found[contact.id] = contact
        rest = after[end:]
        joint = _ANOTHER.match(rest)
        after = rest[joint.end() :] if joint else ""
    return list(found.values()), rest


def _first_name(called: Mapping[str, Contact], line: str) -> tuple[Contact, int] | None:
    """Who is named at the beginning of a line, by as many words of it as can be, and where the name ends."""
    words = list(re.finditer(r"\S*\w", line.partition(",")[0]))[:_LONGEST_NAME]
    for word in reversed(words):
        contact = called.get(slugify(_OF.sub("", line[: word.end()])))
        if contact:
            return contact, word.end()
    return None


def _called(contacts: Iterable[Contact]) -> dict[str, Contact]:
    """Everybody by id, by whole name and by first name, where nobody else is called so."""
    every, found = list(contacts), dict[str, Contact]()
    for name in ("id", "name", "first_name"):
        same: dict[str, list[Contact]] = {}
        for contact in every:
            same.setdefault(slugify(getattr(contact, name)), []).append(contact)
        found = {**{key: alike[0] for key, alike in same.items() if key and len(alike) == 1}, **found}
    return found


def _nobody(desk: Desk, line: str) -> UsageProblem:
    """Why nobody was found, and how to begin."""
    who, colon, _ = line.partition(":")
    try:
        find_contact(desk, clip(who if colon else next(iter(line.split()), ""), 40))
    except UsageProblem as problem:
        return type(problem)(f"{_BEGIN}; {problem}", problem.hint)
    return UsageProblem(_BEGIN)


def _clearer(sentence: HeardLine, note: HeardLine) -> HeardLine:
    """`Ada promised to call` is a sentence; of `ada call yesterday` only the words after the name say what happened."""
    heard, noted = sentence.heard, note.heard
    nothing = (heard.type, heard.direction) == ("message", "mutual")
    return note if nothing and (noted.type, noted.direction) != (heard.type, heard.direction) else sentence


# What was understood


def _account(table: Table, row: Mapping[str, Any]) -> Iterator[str]:
    people, day = names(table.contacts), table.said["day"] or _day_of(table, row)
    happened = f"{row['type'].replace('-', ' ').capitalize()} with {people}"
    if row["type"] == "life-event":
        happened = f"{people}: {row['reason']}"
    event = next((event.name for event in table.desk.vault.events if event.id == row["event"]), None)
    link = None if row["reaction"] else row["link"]
    yield ", ".join(part for part in (happened, event and f"at {event}", link, _in_words(day, table)) if part)
    for promise in row["promises"] or ():
        who = "You" if promise["by"] == "me" else table.contacts[0].first_name
        due = promise.get("due")
        yield f"{who} promised: {promise['text']}" + (f", by {_long(due, table.when.today)}" if due else "")
    if row["reaction"]:
        yield f"{'Liked' if row['reaction'] == 'liked' else 'Not for them'}: {row['link']}"
    learned = [_as_said(name, text) for name, texts in (row["learned"] or {}).items() for text in texts]
    if learned:
        yield f"Learned: {'; '.join(learned)}"


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
