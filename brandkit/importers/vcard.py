"""vCard 2.1, 3.0 and 4.0, as address books, phones and mail programs export them.

In: bytes. Out: people, and a finding for each card that is not whole; one broken card spoils no other. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from brandkit.base.diagnostics import Diagnostic, Place
from brandkit.base.text import fold
from brandkit.importers.card_lines import Card, Field, read_cards
from brandkit.importers.days import read_day
from brandkit.importers.person import NO_PERSON, NOT_READABLE, ImportedPeople, ImportedPerson, counted, once, whole_name

# What describes the file or the card, not the person: nothing of a person is lost with it.
_ABOUT_THE_CARD = ("VERSION", "PRODID", "REV", "PROFILE", "KIND", "X-ADDRESSBOOKSERVER-KIND", "X-ABSHOWAS")
_ANNIVERSARIES = (
    "ANNIVERSARY",
    "X-ANNIVERSARY",
    "X-MS-ANNIVERSARY",
    "X-EVOLUTION-ANNIVERSARY",
    "X-KADDRESSBOOK-X-ANNIVERSARY",
)
_MESSENGERS = (
    *("AIM", "ICQ", "JABBER", "MSN", "YAHOO", "SKYPE", "SKYPE-USERNAME", "GTALK", "GOOGLE-TALK", "QQ", "TWITTER"),
    *("MASTODON", "BLUESKY", "LINKEDIN", "GITHUB", "SIGNAL", "TELEGRAM", "WHATSAPP", "MATRIX", "GADUGADU"),
)
_SAYS_NOTHING = frozenset("internet pref voice msg work home cell mobile main other iphone text x-internet".split())
_KINDS = frozenset("work home cell mobile main other iphone".split())
_LABEL = re.compile(r"_\$!<(.*)>!\$_\Z")
_ZONE = re.compile(r"[A-Z][A-Za-z_]+(?:/[A-Za-z0-9_+-]+){1,2}\Z")


def read_vcard(body: bytes, file: str) -> ImportedPeople:
    """Every person of a vCard file."""
    cards, found = read_cards(body, file)
    people: list[ImportedPerson] = []
    findings: list[Diagnostic] = list(found)
    for card in cards:
        kind = _kind(card)
        person = _person(card, file)
        if kind not in ("", "individual"):
            findings.append(NO_PERSON.at(Place(file, card.line), f"this card is a {kind}, not a person; left out"))
        elif not person.name:
            findings.append(NO_PERSON.at(Place(file, card.line), "this card names nobody; left out"))
        else:
            people.append(person)
    if not cards:
        findings.append(NOT_READABLE.at(Place(file, 1), "there is no card in this file"))
    return ImportedPeople(tuple(people), tuple(findings))


def _kind(card: Card) -> str:
    for known in card.fields:
        if known.name in ("KIND", "X-ADDRESSBOOKSERVER-KIND"):
            return known.text.lower()
        if known.name == "X-ABSHOWAS" and known.text.upper() == "COMPANY":
            return "firm"
    return ""


@dataclass
class _Taken:
    """What has been read of a card."""

    labels: Mapping[str, str]
    dated: frozenset[str]  # groups whose label says what a day is
    texts: dict[str, str] = field(default_factory=dict)
    emails: list[tuple[int, str]] = field(default_factory=list)
    phones: list[tuple[int, str]] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    profiles: dict[str, str] = field(default_factory=dict)
    dates: list[tuple[str, str]] = field(default_factory=list)
    languages: list[tuple[int, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    categories: list[str] = field(default_factory=list)
    name_parts: tuple[str, ...] = ()
    lost: list[str] = field(default_factory=list)

    def first(self, key: str, value: str, known: Field) -> None:
        """Keep the first value of what there can be one of."""
        if value and self.texts.setdefault(key, value) != value:
            self.lost.append(known.name)


def _person(card: Card, file: str) -> ImportedPerson:
    labels = {f.group: f.text for f in card.fields if f.group and f.name == "X-ABLABEL"}
    taken = _Taken(labels, frozenset(f.group for f in card.fields if f.group and f.name == "X-ABDATE"))
    for known in card.fields:
        if known.raw.strip() or known.name.startswith("("):
            _take(known, taken)
    name = _name(taken)
    emails = once(value for _, value in sorted(taken.emails, key=lambda pair: pair[0]))
    lost_name = ["N"] if any(p and p.lower() not in name.lower() for p in taken.name_parts) else []
    return ImportedPerson(
        name=name or (emails[0] if emails else ""),
        pronouns=taken.texts.get("pronouns", ""),
        emails=emails,
        phones=once(value for _, value in sorted(taken.phones, key=lambda pair: pair[0])),
        organization=taken.texts.get("organization", ""),
        title=taken.texts.get("title", "") or taken.texts.get("role", ""),
        links=once(taken.links),
        profiles=taken.profiles,
        birthday=taken.texts.get("birthday", ""),
        dates=tuple(dict.fromkeys(taken.dates)),
        languages=once(value for _, value in sorted(taken.languages, key=lambda pair: pair[0])),
        timezone=taken.texts.get("timezone", ""),
        notes="\n\n".join(taken.notes),
        categories=once(taken.categories),
        deceased="died" in taken.texts,
        file=file,
        line=card.line,
        lost=counted([*lost_name, *_unused_role(taken), *taken.lost]),
    )


def _unused_role(taken: _Taken) -> list[str]:
    both = taken.texts.get("title") and taken.texts.get("role")
    return ["ROLE"] if both and taken.texts["role"] != taken.texts["title"] else []


def _name(taken: _Taken) -> str:
    """The whole name in the order in which it is said; a nickname or nothing where there is none."""
    family, given, middle, _, suffix = (*taken.name_parts, "", "", "", "", "")[:5]
    whole = taken.texts.get("name", "")
    if whole and family and given and whole.replace(" ", "") == f"{family},{given}":
        return f"{given} {family}"
    return whole or fold(whole_name(given, middle, family, suffix)) or taken.texts.get("nickname", "")


def _take(known: Field, taken: _Taken) -> None:
    """One field to where it belongs; what has no place is counted."""
    text, name = known.text, known.name
    if name in _ABOUT_THE_CARD or (name == "X-ABLABEL" and known.group in taken.dated):
        return
    if name in _TEXTS:
        taken.first(_TEXTS[name], fold(text), known)
    elif name in _TAKERS:
        _TAKERS[name](known, taken)
    elif name in _ANNIVERSARIES or name in ("BDAY", "X-ABDATE"):
        _take_day(known, taken)
    elif name in ("IMPP", "SOCIALPROFILE", "X-SOCIALPROFILE", "X-MS-IMADDRESS") or name[2:] in _MESSENGERS:
        _take_profile(known, taken)
    else:
        taken.lost.append(name)


def _take_n(known: Field, taken: _Taken) -> None:
    taken.name_parts = tuple(fold(part.replace(",", " ")) for part in known.parts()[:5])


def _take_nickname(known: Field, taken: _Taken) -> None:
    taken.texts.setdefault("nickname", fold(known.text))
    taken.lost.append("NICKNAME")


def _take_firm(known: Field, taken: _Taken) -> None:
    firm, *units = (fold(part) for part in known.parts())
    taken.first("organization", firm, known)
    taken.lost.extend("ORG (department)" for unit in units if unit)


def _take_email(known: Field, taken: _Taken) -> None:
    taken.emails.append((_preference(known), known.text.removeprefix("mailto:")))
    taken.lost.extend(_kinds_of(known))


def _take_phone(known: Field, taken: _Taken) -> None:
    if known.types & {"fax", "pager"}:
        taken.lost.append("TEL (fax or pager)")
        return
    number = re.sub(r"\Atel:", "", known.text, flags=re.IGNORECASE)
    taken.phones.append((_preference(known), number.replace(";ext=", " ext. ")))
    taken.lost.extend(_kinds_of(known))


def _kinds_of(known: Field) -> Iterator[str]:
    """That an address is for work or for home has no place here."""
    if known.types & _KINDS or known.types - _SAYS_NOTHING:
        yield f"{known.name} (work, home, ...)"


def _take_url(known: Field, taken: _Taken) -> None:
    taken.links.append(known.text)


def _take_note(known: Field, taken: _Taken) -> None:
    taken.notes.append("\n".join(line.rstrip() for line in known.text.split("\n")).strip())


def _take_categories(known: Field, taken: _Taken) -> None:
    taken.categories.extend(fold(part) for part in known.text.split(","))


def _take_language(known: Field, taken: _Taken) -> None:
    taken.languages.append((_preference(known), known.text))


def _take_zone(known: Field, taken: _Taken) -> None:
    if _ZONE.match(known.text):
        taken.first("timezone", known.text, known)
    else:
        taken.lost.append("TZ")


def _take_day(known: Field, taken: _Taken) -> None:
    day = read_day(known.text)
    omitted = known.values_of("X-APPLE-OMIT-YEAR")
    if day and (day[:4] in omitted or day.startswith("1604-")):
        day = f"--{day[5:]}"
    if not day:
        taken.lost.append(f"{known.name} (not a whole day)")
    elif known.name == "BDAY":
        taken.first("birthday", day, known)
    else:
        taken.dates.append((_date_kind(known, taken), day))


def _date_kind(known: Field, taken: _Taken) -> str:
    """What a day is: its label, else an anniversary."""
    label = taken.labels.get(known.group, "")
    if known.name != "X-ABDATE" or not label:
        return "date" if known.name == "X-ABDATE" else "anniversary"
    wrapped = _LABEL.match(label)
    return fold(wrapped[1] if wrapped else label).lower()


def _take_profile(known: Field, taken: _Taken) -> None:
    """An account; of two on one network the second has no place."""
    scheme, colon, rest = known.text.partition(":")
    network, handle = known.name.removeprefix("X-").lower(), known.text
    if known.name == "IMPP" and colon:
        network, handle = next(iter(known.values_of("X-SERVICE-TYPE")), scheme), rest
    elif known.name == "X-MS-IMADDRESS":
        network = "im"
    elif known.name.endswith("SOCIALPROFILE"):
        named = [*known.values_of("SERVICE-TYPE"), *(t for t in known.values_of("TYPE") if t.lower() != "pref")]
        network = named[0] if named else _host(known.text) or "profile"
    if re.match(r"x-apple:", handle, re.IGNORECASE):
        handle = handle[8:]
    network = "skype" if network.startswith("skype") else fold(network).lower()
    if taken.profiles.setdefault(network, handle) != handle:
        taken.lost.append(known.name)


def _host(address: str) -> str:
    found = re.match(r"https?://(?:www\.)?([^/:.]+)\.", address)
    return found[1].lower() if found else ""


def _preference(known: Field) -> int:
    """The smaller, the more preferred; 101 where nothing is said."""
    if "pref" in known.types:
        return 1
    said = [value for value in known.values_of("PREF") if value.isdecimal()]
    return int(said[0]) if said else 101


_TEXTS = {"FN": "name", "TITLE": "title", "ROLE": "role", "PRONOUNS": "pronouns", "DEATHDATE": "died"}
_TAKERS = {
    "N": _take_n,
    "NICKNAME": _take_nickname,
    "ORG": _take_firm,
    "EMAIL": _take_email,
    "TEL": _take_phone,
    "URL": _take_url,
    "NOTE": _take_note,
    "CATEGORIES": _take_categories,
    "LANG": _take_language,
    "TZ": _take_zone,
}
