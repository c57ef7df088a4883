"""A person from elsewhere to the YAML of a new contact file, or to the lines that an existing contact lacks.

In: `NewContact`, plain values of any origin. Out: text that the vault's own reader reads back without a finding,
and the names of what could not be kept. Pure; nothing here changes what a person wrote.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Any

from brandkit.base.text import fold, slugify
from brandkit.base.url import canonical
from brandkit.engage.contacts import Contact
from brandkit.engage.values import read_address, read_day, read_day_of_year, read_id, read_language, read_web

_NO_TEXT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff\ufeff]")
_TO_ESCAPE = re.compile("[\x7f-\xa0\u2028\u2029\U000e0000-\U0010ffff]")
_LINES = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_NOT_A_BLOCK = re.compile(
    r"[ \t]|.*[^\n\x20-\x7e\xa1-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U000dffff]", re.DOTALL
)
_ZONE = re.compile(r"[A-Za-z][A-Za-z0-9_+-]*(?:/[A-Za-z0-9_+-]+){0,2}\Z")
_PLAIN_ID = re.compile(r"[a-z]+(?:-[a-z0-9]+)+")  # no word that YAML takes for something else
_NEVER_IDS = ("me", "index", "con", "prn", "aux", "nul")  # a word of the journal, a page, names that Windows keeps


@dataclass(frozen=True)
class NewContact:
    """What is known of a person who is not in the vault yet."""

    name: str
    pronouns: str = ""
    organization: str = ""
    title: str = ""
    roles: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    profiles: Mapping[str, str] = field(default_factory=dict)
    links: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    timezone: str = ""
    birthday: str = ""
    dates: tuple[tuple[str, str], ...] = ()
    met_on: str = ""
    deceased: bool = False
    notes: str = ""


def cleaned(new: NewContact) -> tuple[NewContact, tuple[str, ...]]:
    """The same person with only what a contact may hold, and the fields of which something was left out.

    The name is empty where nothing of it is text.
    """
    lost: list[str] = []

    def valid(name: str, values: Iterable[str], read: Callable[[Any], Any]) -> tuple[str, ...]:
        texts = [(value, _line(value)) for value in values]
        kept = [text for value, text in texts if _is_valid(text, read)]
        lost.extend(f"{name} (not valid)" for value, text in texts if value.strip() and not _is_valid(text, read))
        return tuple({text.casefold(): text for text in reversed(kept)}.values())[::-1]

    def one(name: str, value: str, read: Callable[[Any], Any]) -> str:
        return next(iter(valid(name, (value,), read)), "")

    result = NewContact(
        name=_line(new.name),
        pronouns=_line(new.pronouns),
        organization=_line(new.organization),
        title=_line(new.title),
        roles=valid("roles", new.roles, str),
        emails=valid("emails", new.emails, read_address),
        phones=valid("phones", new.phones, str),
        profiles={_line(key)[:40] or "profile": _line(text) for key, text in new.profiles.items() if _line(text)},
        links=valid("links", new.links, read_web),
        languages=valid("languages", new.languages, read_language),
        timezone=one("timezone", new.timezone, _read_zone),
        birthday=one("birthday", new.birthday, read_day_of_year),
        dates=tuple(dict.fromkeys((_line(kind) or "date", day) for kind, day in new.dates if _is_day_of_year(day))),
        met_on=one("met", new.met_on, read_day),
        deceased=new.deceased,
        notes=_notes(new.notes),
    )
    lost.extend("dates (not valid)" for _, day in new.dates if not _is_day_of_year(day))
    return result, tuple(lost)


def _line(text: str) -> str:
    """One line of text, without what is no text."""
    return fold(_NO_TEXT.sub("", _LINES.sub(" ", text)))


def _notes(text: str) -> str:
    lines = _NO_TEXT.sub("", _LINES.sub("\n", text)).split("\n")
    return "\n".join(line.rstrip() for line in lines).strip()


def _is_valid(text: str, read: Callable[[Any], Any]) -> bool:
    try:
        return bool(text) and bool(read(text))
    except ValueError:
        return False


def _is_day_of_year(text: str) -> bool:
    return _is_valid(text, read_day_of_year)


def _read_zone(text: str) -> str:
    return text if _ZONE.match(text) else ""


def free_id(name: str, taken: Set[str]) -> str:
    """An id of this name that nobody has; `taken` are ids in lower case."""
    slug = slugify(name, "person")
    if not _is_valid(slug, read_id) or slug in _NEVER_IDS:
        slug = slugify(f"person-{slug}")
        slug = slug if _is_valid(slug, read_id) else "person"
    if slug.casefold() not in taken:
        return slug
    return next(numbered for n in count(2) if (numbered := f"{slug[:70]}-{n}").casefold() not in taken)


def contact_source(id_: str, new: NewContact) -> str:
    """The text of a contact file, for somebody who is `cleaned`."""
    rows = {"id": id_ if _PLAIN_ID.fullmatch(id_) else quoted(id_), **_rows(new)}
    return "".join(f"{key}: {value}\n" for key, value in rows.items())


def _rows(new: NewContact) -> dict[str, str]:
    """Every key that says something, with its value as YAML."""
    rows = {
        "name": quoted(new.name),
        "pronouns": _if(new.pronouns),
        "organization": _if(new.organization),
        "title": _if(new.title),
        "roles": _list(new.roles),
        "emails": _list(new.emails),
        "phones": _list(new.phones),
        "channel": "linkedin" if "linkedin" in new.profiles and not new.emails else "",
        "profiles": _mapping(new.profiles),
        "links": _list(new.links),
        "languages": _list(new.languages),
        "timezone": _if(new.timezone),
        "birthday": new.birthday,
        "dates": _dates(new.dates),
        "met": f"{{on: {new.met_on}}}" if new.met_on else "",
        "deceased": "true" if new.deceased else "",
        "notes": _block(new.notes),
    }
    return {key: value for key, value in rows.items() if value}


def quoted(text: str) -> str:
    """A text as YAML reads it back, whatever stands in it: `NO`, `012`, colons, any alphabet."""
    plain = json.dumps(_NO_TEXT.sub("", text), ensure_ascii=False)
    return _TO_ESCAPE.sub(lambda found: _escaped(ord(found[0])), plain)


def _escaped(code: int) -> str:
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def _if(text: str) -> str:
    return quoted(text) if text else ""


def _list(texts: Iterable[str]) -> str:
    inside = ", ".join(quoted(text) for text in texts)
    return f"[{inside}]" if inside else ""


def _mapping(texts: Mapping[str, str]) -> str:
    inside = ", ".join(f"{quoted(key)}: {quoted(text)}" for key, text in texts.items())
    return f"{{{inside}}}" if inside else ""


def _dates(dates: Iterable[tuple[str, str]]) -> str:
    inside = ", ".join(f"{{kind: {quoted(kind)}, date: {day}}}" for kind, day in dates)
    return f"[{inside}]" if inside else ""


def _block(text: str) -> str:
    """Notes as lines below their key where YAML gives them back unchanged; else in quotes."""
    if "\n" not in text or _NOT_A_BLOCK.match(text):
        return _if(text)
    return "|-\n" + "\n".join(f"  {line}" if line else "" for line in text.split("\n"))


# What an existing contact lacks


def additions(contact: Contact, new: NewContact) -> str:
    """Lines that add to a contact what is new, none where nothing is. Each key is new, or replaces the one there."""
    return "".join(f"{line}\n" for line in _additions(contact, new))


def _additions(contact: Contact, new: NewContact) -> Iterator[str]:
    for key, value in _rows(replace(_lacking(contact, new), name="-")).items():
        if key not in ("name", "channel"):
            if getattr(contact, key):
                yield f"# instead of the {key} that stand there:"
            yield f"{key}: {value}"
    for name in ("organization", "title"):
        old, said = getattr(contact, name), getattr(new, name)
        if old and said and not _means(said, old):
            yield f"# {name}: {quoted(said)}  # where you have {quoted(old)}"


def _lacking(contact: Contact, new: NewContact) -> NewContact:
    """What the import says and the contact does not; lists come whole, since a key can stand only once."""
    notes = _line(new.notes) not in _line(contact.notes)
    return NewContact(
        name=new.name,
        pronouns="" if contact.pronouns else new.pronouns,
        organization="" if contact.organization else new.organization,
        title="" if contact.title else new.title,
        roles=_joined(contact.roles, new.roles, str.casefold),
        emails=_joined(contact.emails, new.emails, str.casefold),
        phones=_joined(contact.phones, new.phones, same_number),
        profiles={**contact.profiles, **new.profiles} if _has_new_profile(contact, new) else {},
        links=_joined(contact.links, new.links, lambda link: canonical(link).casefold()),
        languages=_joined(contact.languages, new.languages, str.casefold),
        timezone="" if contact.timezone else new.timezone,
        birthday="" if contact.birthday else new.birthday,
        dates=_new_dates(contact, new),
        met_on="" if contact.met else new.met_on,
        deceased=new.deceased and not contact.deceased,
        notes="\n\n".join(part for part in (contact.notes.strip(), new.notes) if part) if notes else "",
    )


def _joined(old: Iterable[str], new: Iterable[str], key: Callable[[str], str]) -> tuple[str, ...]:
    """The old values and what is new, or nothing where nothing is new."""
    old = tuple(old)
    known = {key(value) for value in old}
    fresh = tuple(value for value in new if key(value) not in known)
    return (*old, *fresh) if fresh else ()


def _has_new_profile(contact: Contact, new: NewContact) -> bool:
    known = {network.casefold() for network in contact.profiles}
    return any(network.casefold() not in known for network in new.profiles)


def _new_dates(contact: Contact, new: NewContact) -> tuple[tuple[str, str], ...]:
    old = tuple((known.kind, day_text(known.date)) for known in contact.dates)
    return _whole(old, tuple(pair for pair in new.dates if pair[1] not in {day for _, day in old}))


def _whole(old: tuple[tuple[str, str], ...], fresh: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    return (*old, *fresh) if fresh else ()


def day_text(day: Any) -> str:
    """`1971-11-03`, or `--11-03` where the year is unknown."""
    return f"{'-' if day.year is None else f'{day.year:04d}'}-{day.month:02d}-{day.day:02d}"


def same_number(phone: str) -> str:
    """The digits of a phone number that stay the same however it is written."""
    return "".join(c for c in phone if c.isdecimal())[-9:]


def _means(said: str, known: str) -> bool:
    """Whether two texts say the same; a question mark may be a letter that an export could not write."""
    pattern = "".join("." if c == "?" else re.escape(c) for c in fold(said).casefold())
    return re.fullmatch(pattern, fold(known).casefold()) is not None
