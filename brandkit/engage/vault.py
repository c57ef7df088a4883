"""The files of the vault to one frozen `Vault`, strictly, with every mistake in one run.

In: (path, text) of each file, paths from the vault's own root, and the folder to name them by.
Out: `Vault`, and findings. A contact that cannot be read is left out; the others are still advised.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from brandkit.base.decode import WRONG_VALUE, decode, decode_leniently
from brandkit.base.diagnostics import Diagnostic, Outcome, Place
from brandkit.base.marked_yaml import Marked, Path, read_yaml
from brandkit.base.spelling import did_you_mean
from brandkit.engage.config import Brief, Community, Event, Feed, Me, Mentorship, Organization
from brandkit.engage.contacts import Contact, Need
from brandkit.engage.journal import TWICE, UNKNOWN_CONTACT, read_journal
from brandkit.engage.model import Interaction, Vault
from brandkit.engage.reread import Reread
from brandkit.engage.rhythm import day_of
from brandkit.engage.sources.printable import visible
from brandkit.engage.values import Rhythm

T = TypeVar("T")
_YAML = (".yaml", ".yml")
SORTED_OUT = "not mine"  # the reason of a sorted line that takes a person out of every list


@dataclass
class _Reading:
    """The files still to be read, and what was found in those that were."""

    files: Mapping[str, str]
    folder: str
    reread: Reread
    found: list[Diagnostic] = field(default_factory=list)

    def place(self, name: str, path: Path) -> Place:
        """Where a value of a file without findings stands."""
        read = read_yaml(self.files[name], f"{self.folder}/{name}").value
        return read.place(path) if read is not None else Place(f"{self.folder}/{name}", 1, 1)

    def marked(self, name: str) -> Marked | None:
        """A YAML file, or None where it is absent, empty or unreadable."""
        if name not in self.files:
            return None
        read = read_yaml(self.files[name], f"{self.folder}/{name}")
        if read.value is None:
            self.found.extend(read.diagnostics)
        if read.value is None or read.value.data is None:
            return None
        return replace(read.value, data=visible(read.value.data))

    def items(self, name: str, one_is_enough: bool = False) -> Iterator[tuple[Marked, Path]]:
        """Each item of a file that holds a list; where `one_is_enough` a single mapping counts as one."""
        marked = self.marked(name)
        if marked is None:
            return
        if isinstance(marked.data, dict) and one_is_enough:
            yield marked, ()
        elif isinstance(marked.data, list):
            yield from ((marked, (index,)) for index in range(len(marked.data)))
        else:
            self.found.append(WRONG_VALUE.at(marked.place(), f"{name} should hold a list; begin each item with '- '"))


@dataclass
class _Written:
    """An item, and where it stands: for what can be checked only when all are known.

    A spoilt item is left out of the vault, but what could be read of it is checked, and its id known.
    """

    value: Any
    place: Callable[[Path], Place]  # of a value within it
    raw_id: str | None = None
    spoilt: bool = False


def read_vault(files: Mapping[str, str], folder: str = "content/vault", reread: Reread | None = None) -> Outcome[Vault]:
    """Decode every file of the vault. Files that brandkit does not know are ignored.

    `reread` knows what texts without findings said the last time.
    """
    reading = _Reading(files, folder, reread or Reread())
    me = _me(reading)
    names = ["contacts.yaml", *sorted(n for n in files if n.startswith("contacts/") and n.endswith(_YAML))]
    contacts = _unique(reading, Contact, names)
    feeds = _unique(reading, Feed, ["feeds.yaml", "feeds-added.yaml"])
    events = _unique(reading, Event, ["events.yaml"])
    organizations = _unique(reading, Organization, ["organizations.yaml"])
    communities = _unique(reading, Community, ["communities.yaml"])
    mentorships = _unique(reading, Mentorship, ["mentorships.yaml"])
    briefs = _unique(reading, Brief, [n for n in sorted(files) if n.startswith("briefs/") and n.endswith(_YAML)])
    earlier = _earlier(contacts)
    known, event_ids = _ids(contacts) | earlier.keys(), _ids(events)
    for written in (*contacts, *events, *communities, *mentorships, *briefs):
        reading.found.extend(_strangers(written, known, event_ids))
    journal_files = [(f"{folder}/{n}", t) for n, t in sorted(files.items()) if _is_journal(n)]
    journal = read_journal(journal_files, known, reading.reread)
    vault = Vault(
        me=me,
        contacts=_values(contacts),
        feeds=_values(feeds),
        events=_values(events),
        organizations=_values(organizations),
        communities=_values(communities),
        mentorships=_values(mentorships),
        journal=tuple(_under_new_ids(line, earlier) for line in journal.value),
        briefs=_values(briefs),
        templates={n.removeprefix("templates/"): t for n, t in files.items() if n.startswith("templates/")},
    )
    return Outcome(vault, (*reading.found, *journal.diagnostics))


def _is_journal(name: str) -> bool:
    return name.startswith("journal/") and name.endswith(".jsonl")


def _values(written: Sequence[_Written]) -> tuple[Any, ...]:
    return tuple(item.value for item in written if not item.spoilt)


def _ids(written: Sequence[_Written]) -> set[str]:
    return {id_ for item in written if (id_ := getattr(item.value, "id", None) or item.raw_id)}


def _raw_id(marked: Marked, at: Path) -> str | None:
    """The id of an item of which nothing else could be read."""
    data: Any = marked.data
    for step in at:
        data = data[step]
    return data["id"] if isinstance(data, dict) and isinstance(data.get("id"), str) else None


def _me(reading: _Reading) -> Me:
    marked = reading.marked("me.yaml")
    if marked is None:
        return Me()
    decoded = decode_leniently(Me, marked)
    reading.found.extend(decoded.diagnostics)
    return decoded.value or Me()


def _unique(reading: _Reading, shape: type[Any], names: Sequence[str]) -> list[_Written]:
    """Every item of these files; those that cannot be read, or share an id, are spoilt."""
    items: list[_Written] = []
    taken: dict[str, list[_Written]] = {}
    for name in names:
        for written in _written(reading, shape, name):
            items.append(written)
            if written.spoilt:
                continue
            if written.value.id in taken:
                message = f"the id '{written.value.id}' is used already"
                reading.found.append(TWICE.at(written.place(("id",)), message))
            taken.setdefault(written.value.id, []).append(written)
    # which of two was meant is anybody's guess, and one of them may say do_not_contact: neither is used
    for same in taken.values():
        for written in same:
            written.spoilt = len(same) > 1
    return items


def _written(reading: _Reading, shape: type[Any], name: str) -> list[_Written]:
    """The items of a file; of one that was without findings the last time, without reading it again."""
    if name not in reading.files:
        return []
    one_is_enough = "/" in name
    key = reading.reread.key(f"{shape.__name__} {one_is_enough}", reading.files[name])
    known = reading.reread.get(key)
    if known is not None:
        return [_Written(value, partial(_place_in, reading, name, at)) for at, value in known]
    before, items, kept = len(reading.found), [], []
    for marked, at in reading.items(name, one_is_enough):
        decoded = decode(shape, marked, at)
        reading.found.extend(decoded.diagnostics)
        kept.append((at, decoded.value))
        value = decode_leniently(shape, marked, at).value if decoded.value is None else decoded.value
        place, is_spoilt = partial(_place_of, marked, at), decoded.value is None
        items.append(_Written(value, place, _raw_id(marked, at), is_spoilt))
    if len(reading.found) == before and not any(item.spoilt for item in items):
        reading.reread.put(key, tuple(kept))
    return items


def _place_of(marked: Marked, at: Path, path: Path) -> Place:
    return marked.place((*at, *path))


def _place_in(reading: _Reading, name: str, at: Path, path: Path) -> Place:
    return reading.place(name, (*at, *path))


def _strangers(written: _Written, contacts: Collection[str], events: Collection[str]) -> Iterator[Diagnostic]:
    """A finding for each id that names nobody."""
    for path, id_, known, noun in _references(written.value, contacts, events):
        if id_ not in known:
            yield UNKNOWN_CONTACT.at(written.place(path), f"there is no {noun} '{id_}'", did_you_mean(id_, known))


def _references(
    value: Any, contacts: Collection[str], events: Collection[str]
) -> Iterator[tuple[Path, str, Collection[str], str]]:
    if isinstance(value, Contact):
        for name in ("knows", "competes_with"):
            yield from (((name, i), id_, contacts, "contact") for i, id_ in enumerate(getattr(value, name)))
        if value.met and value.met.via:
            yield ("met", "via"), value.met.via, contacts, "contact"
        if value.met and value.met.at:
            yield ("met", "at"), value.met.at, events, "event"
    elif isinstance(value, Event):
        for index, attendee in enumerate(value.attendees):
            if attendee.contact:
                yield ("attendees", index), attendee.contact, contacts, "contact"
    elif isinstance(value, Community):
        yield from ((("members", id_), id_, contacts, "contact") for id_ in value.members)
    elif isinstance(value, Mentorship):
        yield ("with",), value.with_, contacts, "contact"
    elif isinstance(value, Brief):
        yield from ((("for", index), id_, contacts, "contact") for index, id_ in enumerate(value.for_))


def _earlier(contacts: Sequence[_Written]) -> dict[str, str]:
    """The ids that people had before they were merged, and those that stand for them now."""
    return {old: item.value.id for item in contacts if not item.spoilt for old in item.value.formerly}


def _under_new_ids(line: Interaction, earlier: Mapping[str, str]) -> Interaction:
    """The line with every merged person under the id of today, so that one ledger holds what two held."""
    if not earlier or not {*line.contacts, line.a, line.b} & earlier.keys():
        return line
    contacts = tuple(dict.fromkeys(earlier.get(id_, id_) for id_ in line.contacts))
    return replace(line, contacts=contacts, a=earlier.get(line.a, line.a), b=earlier.get(line.b, line.b))


def with_learned(vault: Vault, today: date, zone: ZoneInfo) -> Vault:
    """The same vault, with what was learned in conversations added to the contacts it was learned of.

    A rhythm that was chosen by sorting counts where the contact has none; whoever was sorted out last is left out.
    Lines to come do not count.
    """
    heard: dict[str, list[tuple[str, str, Any]]] = {}
    rhythms: dict[str, Rhythm] = {}
    left_out: set[str] = set()
    for line in vault.journal:
        day = day_of(line.at, zone)
        for contact in line.contacts if day <= today else ():
            if line.type == "sorted":
                (left_out.add if line.reason == SORTED_OUT else left_out.discard)(contact)
                rhythms |= {contact: line.every} if line.every else {}
            for name, texts in line.learned.items():
                heard.setdefault(contact, []).extend((name, text, day) for text in texts)
    kept = (contact for contact in vault.contacts if contact.id not in left_out)
    return replace(vault, contacts=tuple(_with_heard(c, heard.get(c.id, []), rhythms.get(c.id)) for c in kept))


def _with_heard(contact: Contact, heard: Sequence[tuple[str, str, Any]], rhythm: Rhythm | None) -> Contact:
    if not heard and rhythm is None:
        return contact
    needs = {need.text: need for need in contact.needs}
    interests, facts = dict.fromkeys(contact.interests), dict.fromkeys(contact.facts)
    for name, text, day in heard:
        if name == "needs":
            known = needs.get(text, Need(text, day))
            needs[text] = replace(known, since=day) if known.since and known.since < day else known
        elif name == "interests":
            interests.setdefault(text)
        elif name == "facts":
            facts.setdefault(text)
    return replace(
        contact,
        needs=tuple(needs.values()),
        interests=tuple(interests),
        facts=tuple(facts),
        every=contact.every or rhythm,
    )
