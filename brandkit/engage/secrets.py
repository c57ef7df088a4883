"""The private strings of a vault: what must not stand in anything that is published, and by which spellings. Pure.

In: the vault. Out: each private string as a `Secret`, and its `Spelling`s, which say how it is to be searched for.

Private are: names (of contacts, and of others who come to an event), mail addresses, phone numbers, handles with the
profiles that they stand for, web addresses of people that say more than a host, and everything that was written down:
needs, facts, notes, briefs, goals, the journal with what was learned and promised. Names of organizations and
events, what somebody is interested in, and the feeds that one follows are no secrets.

What is too short or too common to be searched for:

- fewer than six letters or digits (a Chinese one counts three), eight digits of a phone number, a name of one word;
- a handle without a host, but where it stands behind an @ or a slash;
- a name all of whose words are ordinary ones (Will Grant), but with its capitals; one with an ordinary word among
  others (Ada Page), but with all of its capitals or none;
- a text of fewer than three words, or with fewer than two that carry a meaning, in any language that brandkit knows
  the small words of. Of a longer one every part of six words in a row is searched for, or of more where fewer than
  three of them carry a meaning.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, product
from typing import Literal

from brandkit.base.stopwords import STOPWORDS
from brandkit.base.text import sentences, words
from brandkit.base.url import is_web
from brandkit.engage.contacts import Contact
from brandkit.engage.model import Interaction, Vault
from brandkit.engage.ordinary_words import ORDINARY
from brandkit.engage.titles import without_titles

Kind = Literal["name", "mail", "phone", "handle", "link", "text"]
NAMEABLE: tuple[Kind, ...] = ("name", "handle", "link")  # what a person may be spoken of by, on purpose
_FEWEST_WORDS, _TELLING = 3, 2
_PART, _TELLING_PART = 6, 3  # words
_FEWEST_DIGITS = 8
_TWO_DIGITS = "20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 60 61 62 63 64 65 66 81 82"
_COUNTRIES = frozenset(f"1 7 {_TWO_DIGITS} 84 86 90 91 92 93 94 95 98".split())
_BEHIND = frozenset("phd md mba msc bsc jr sr".split())
_NO_SECRETS = ("interests", "expertise", "offers")  # of what was learned of somebody
_LONGEST_FAMILY = 3  # words of a family's name: van der Berg
_SPELT_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ø": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ø": "Oe", "Ü": "Ue"})
_SPELT = re.compile("([aou])e", re.IGNORECASE)
_MOST_WAYS = 16  # of one name
_PROFILES = {"mastodon": "{host}/@{name}", "bluesky": "bsky.app/profile/{name}"}


@dataclass(frozen=True)
class Secret:
    """A private string. `file`, `id`, `path`: where in the vault it was written; `agreed`: why it may be public."""

    text: str
    kind: Kind
    file: str
    id: str
    path: tuple[str | int, ...]
    agreed: str = ""

    @property
    def field(self) -> str:
        """Where it stands, in one word: `ada.phones[0]`."""
        steps = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in self.path)
        return f"{self.id}{steps}" if self.file in ("contacts", "me") else f"{self.file} {self.id}{steps}"


@dataclass(frozen=True)
class Spelling:
    """One way in which a secret may be written, and what may stand between its letters."""

    text: str
    style: Literal["words", "near", "listed", "exact", "handle", "digits"]
    capitals: Literal["any", "even", "all"] = "any"


def secrets_of(vault: Vault) -> list[Secret]:
    """Everything in the vault that must stay private."""
    quoted = {contact.id for contact in vault.contacts if "quote" in contact.consent.publish}
    found = [secret for contact in vault.contacts for secret in _of_contact(contact)]
    found += [secret for line in vault.journal for secret in _of_line(line, quoted)]
    found += _of_the_rest(vault)
    own = vault.me.name.casefold()
    return [secret for secret in found if secret.text.strip() and secret.text.casefold() != own]


def _of_contact(contact: Contact) -> Iterator[Secret]:
    def secrets(kind: Kind, field: str, values: Iterable[str], agreed: str = "") -> Iterator[Secret]:
        for index, value in enumerate(values):
            path = (field,) if field in ("name", "notes") else (field, index)
            yield Secret(value, kind, "contacts", contact.id, path, agreed)

    agreed = "agreed to be named" if "name" in contact.consent.publish else ""
    yield from secrets("name", "name", (contact.name,), agreed)
    yield from secrets("mail", "emails", contact.emails)
    yield from secrets("phone", "phones", contact.phones)
    for network, handle in contact.profiles.items():
        yield Secret(handle, "handle", "contacts", contact.id, ("profiles", network))
    yield from secrets("link", "links", contact.links)
    yield from secrets("text", "facts", contact.facts)
    for index, need in enumerate(contact.needs):
        yield Secret(need.text, "text", "contacts", contact.id, ("needs", index))
    yield from secrets("text", "notes", sentences(contact.notes))


def _of_line(line: Interaction, quoted: Collection[str]) -> Iterator[Secret]:
    """A line of the journal; the words of an answer, a share or a reply tell of something that is public itself."""
    said = {"summary": [] if _is_no_secret(line, quoted) else sentences(line.summary)}
    said |= {f"learned.{name}": list(texts) for name, texts in line.learned.items() if name not in _NO_SECRETS}
    said |= {"promises": [promise.text for promise in line.promises]}
    said |= {"actions": [action.text for action in line.actions], "reason": sentences(line.reason)}
    for name, texts in said.items():
        yield from (Secret(text, "text", "journal", line.id, (name,)) for text in texts)


def _is_no_secret(line: Interaction, quoted: Collection[str]) -> bool:
    """The title of what an answer was about; words that they gave you and agreed to see in public."""
    consented = line.type in ("feedback", "promotion") and bool(line.contacts) and set(line.contacts) <= set(quoted)
    return consented or bool(line.move and line.link)


def _of_the_rest(vault: Vault) -> Iterator[Secret]:
    if vault.me.email:
        yield Secret(vault.me.email, "mail", "me", "me", ("email",))
    for index, goal in enumerate(vault.me.goals):
        yield Secret(goal.text, "text", "me", "me", ("goals", index))
    for event in vault.events:
        for index, guest in enumerate(event.attendees):
            if guest.name:
                yield Secret(guest.name, "name", "events", event.id, ("attendees", index))
    for community in vault.communities:
        for contact, handle in community.members.items():
            yield Secret(handle, "handle", "communities", community.id, ("members", contact))
    for mentorship in vault.mentorships:
        for index, wish in enumerate(mentorship.goals):
            yield Secret(wish, "text", "mentorships", mentorship.id, ("goals", index))
    for brief in vault.briefs:
        yield from (Secret(text, "text", "briefs", brief.id, ("about",)) for text in sentences(brief.about))


def spellings(secret: Secret) -> list[Spelling]:
    """The ways in which a secret is searched for; none where it is too short or too common."""
    return {
        "name": _names,
        "mail": _mails,
        "phone": _phones,
        "handle": _handles,
        "link": _links,
        "text": _texts,
    }[secret.kind](secret)


def _names(secret: Secret) -> list[Spelling]:
    """As it is written and said, in letters that every file system has, and as lists have it."""
    said = _as_said(secret.text)
    ways = dict.fromkeys(way for text in (secret.text, said) for way in _in_other_letters(text))
    listed = dict.fromkeys(turned for way in _in_other_letters(said) for turned in _turned(way))
    return [
        *(Spelling(way, "near", _capitals(way)) for way in ways if _is_long_enough(way)),
        *(Spelling(way, "listed", "all") for way in listed),
    ]


def _in_other_letters(name: str) -> Iterator[str]:
    """A name with ü, ue or u in each of its words, if it has one of the first two: people mix them."""
    words = name.split()
    spelt = [dict.fromkeys((word, word.translate(_SPELT_OUT), _SPELT.sub(r"\1", word))) for word in words]
    yield from (" ".join(way) for way in islice(product(*spelt), _MOST_WAYS))


def _turned(name: str) -> Iterator[str]:
    """Family, Given: whichever of the last words are the family's."""
    parts = name.split()
    for at in range(max(1, len(parts) - _LONGEST_FAMILY), len(parts)):
        yield f"{' '.join(parts[at:])}, {' '.join(parts[:at])}"


def _as_said(name: str) -> str:
    """A name without titles and what stands in brackets; one that was written as in a list, the given name first."""
    parts = [_untitled(part) for part in re.sub(r"\([^()]*\)", " ", name).split(",")]
    family, *given = [part for part in parts if part] or [name]
    return f"{given[0]} {family}" if given else family


def _untitled(text: str) -> str:
    parts = without_titles(text.split())
    return " ".join(word for word in parts if word.casefold().replace(".", "") not in _BEHIND)


def _is_long_enough(name: str) -> bool:
    return len(words(name)) > 1 or not name.isascii()


def _capitals(name: str) -> Literal["any", "even", "all"]:
    ordinary = [part.casefold() in ORDINARY for part in words(name)]
    return "all" if all(ordinary) else "even" if any(ordinary) else "any"


def _mails(secret: Secret) -> list[Spelling]:
    name, _, host = secret.text.partition("@")
    hidden = [f"{name} at {host}", f"{name} at {host.replace('.', ' dot ')}"]
    return [Spelling(secret.text, "exact"), *(Spelling(text, "words") for text in hidden)]


def _phones(secret: Secret) -> list[Spelling]:
    """The number as it is dialled from afar and from near, with and without the zeros that are dialled first."""
    written = re.sub(r"\(0\)", "", secret.text)
    digits = re.sub(r"\D", "", written)
    is_whole = written.strip().startswith(("+", "00"))
    country, core = _split_number(digits.lstrip("0")) if is_whole else ("", digits.lstrip("0"))
    ways = [core, f"0{core}", *(f"{prefix}{country}{zero}{core}" for prefix in ("", "00") for zero in ("", "0"))]
    return [Spelling(way, "digits") for way in dict.fromkeys(ways) if len(way) >= _FEWEST_DIGITS]


def _split_number(digits: str) -> tuple[str, str]:
    """Country and the rest: countries have one, two or three digits, and none begins like another."""
    length = next((size for size in (1, 2) if digits[:size] in _COUNTRIES), 3)
    return digits[:length], digits[length:].lstrip("0")


def _handles(secret: Secret) -> list[Spelling]:
    if is_web(secret.text):
        return _links(secret)
    name, _, host = secret.text.strip().lstrip("@").partition("@")
    if not host:
        return [Spelling(name, "handle")]
    profile = Spelling(_PROFILES["mastodon"].format(host=host, name=name), "exact")
    return [Spelling(f"{name}@{host}", "exact"), profile]


def _links(secret: Secret) -> list[Spelling]:
    """A web address without what any address begins with; a host alone stands for whoever writes there, publicly."""
    rest = re.sub(r"^https?://(www\.)?", "", secret.text, flags=re.IGNORECASE).rstrip("/")
    return [Spelling(rest, "exact")] if re.search(r"[/?#]", rest) else []


def _texts(secret: Secret) -> list[Spelling]:
    parts = words(secret.text)
    if len(parts) < _FEWEST_WORDS or _telling(parts) < _TELLING:
        return []
    whole = [Spelling(secret.text, "words")]
    return [*whole, *(Spelling(part, "words") for part in _parts(parts))] if len(parts) > _PART else whole


def _parts(parts: Sequence[str]) -> Iterator[str]:
    """Some words in a row, from each word on: as few as can be meant."""
    for start in range(len(parts) - _PART + 1):
        for end in range(start + _PART, len(parts) + 1):
            if _telling(parts[start:end]) >= _TELLING_PART:
                yield " ".join(parts[start:end])
                break


def _telling(parts: Sequence[str]) -> int:
    """How many of the words carry a meaning."""
    return len({part.casefold() for part in parts} - STOPWORDS)
