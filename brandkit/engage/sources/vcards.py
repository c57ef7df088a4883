"""Contacts as vCard 4.0 (RFC 6350, 9554) or 3.0: names, ways to reach them, where they work, days. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from brandkit.engage.contacts import Contact
from brandkit.engage.sources.contact_source import day_text

_OCTETS = 75
_TO_ESCAPE = re.compile(r"[\\,;\n]")


def vcards(contacts: Iterable[Contact], version: str) -> str:
    """Every contact as a card; `version` is 4.0 or 3.0."""
    return "".join(_folded(line) for contact in contacts for line in _card(contact, version))


def _card(contact: Contact, version: str) -> Iterator[str]:
    given, _, family = contact.name.rpartition(" ")
    name = (family, given) if given else ("", family)
    yield "BEGIN:VCARD"
    yield f"VERSION:{version}"
    yield f"FN:{_text(contact.name)}"
    yield f"N:{_text(name[0])};{_text(name[1])};;;"
    yield from (f"PRONOUNS:{_text(said)}" for said in (contact.pronouns,) if said and version == "4.0")
    yield from (f"ORG:{_text(firm)}" for firm in (contact.organization,) if firm)
    yield from (f"TITLE:{_text(title)}" for title in (contact.title,) if title)
    yield from _channels(contact, version)
    yield from _days(contact, version)
    if contact.timezone:
        yield f"TZ{'' if version == '4.0' else ';VALUE=text'}:{_text(contact.timezone)}"
    if contact.roles:
        yield f"CATEGORIES:{','.join(_text(role) for role in contact.roles)}"
    yield "END:VCARD"


def _channels(contact: Contact, version: str) -> Iterator[str]:
    new = version == "4.0"
    for index, mail in enumerate(contact.emails):
        preferred = "" if index or len(contact.emails) == 1 else ";PREF=1" if new else ";TYPE=pref"
        yield f"EMAIL{preferred}:{_text(mail)}"
    yield from (f"TEL:{_text(phone)}" for phone in contact.phones)
    yield from (f"URL:{link}" for link in contact.links)
    for network, account in contact.profiles.items():
        word = re.sub(r"[^\w .-]", "", network) or "profile"
        if new:
            kind = "" if re.match(r"https?://", account) else ";VALUE=text"
            yield f'SOCIALPROFILE;SERVICE-TYPE="{word}"{kind}:{_text(account) if kind else account}'
        else:
            yield f'X-SOCIALPROFILE;TYPE="{word}":{_text(account)}'
    if new:
        yield from (f"LANG;PREF={min(index, 100)}:{language}" for index, language in enumerate(contact.languages, 1))


def _days(contact: Contact, version: str) -> Iterator[str]:
    if contact.birthday:
        yield _day("BDAY", day_text(contact.birthday), version)
    for index, known in enumerate(contact.dates, 1):
        day = day_text(known.date)
        if version == "4.0" and known.kind == "anniversary":
            yield _day("ANNIVERSARY", day, version)
        else:
            yield _day(f"day{index}.X-ABDATE", day, version)
            yield f"day{index}.X-ABLabel:{_text(known.kind)}"


def _day(name: str, day: str, version: str) -> str:
    """A day; version 3.0 has none without a year, and address books have agreed on 1604 for that."""
    if version == "4.0":
        return f"{name}:{day.replace('-', '') if not day.startswith('--') else '--' + day[2:].replace('-', '')}"
    return f"{name};X-APPLE-OMIT-YEAR=1604:1604-{day[2:]}" if day.startswith("--") else f"{name}:{day}"


def _text(text: str) -> str:
    lines = re.sub(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]", "\n", text)
    return _TO_ESCAPE.sub(lambda found: "\\n" if found[0] == "\n" else f"\\{found[0]}", lines)


def _folded(line: str) -> str:
    """A line in pieces of at most 75 bytes, no letter cut in two."""
    pieces, piece, size = [], "", 0
    for char in line:
        width = len(char.encode())
        if size + width > _OCTETS:
            pieces.append(piece)
            piece, size = "", 1
        piece, size = piece + char, size + width
    return "\r\n ".join([*pieces, piece]) + "\r\n"
