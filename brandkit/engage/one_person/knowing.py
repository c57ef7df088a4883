"""What is kept about one person, as a page that could be shown to that person. Pure.

In: the vault, one contact. Out: plain values: what was written down about them, when you were in touch, what was
said. Nothing about anybody else: sentences that name another person are left out and only counted; of an
introduction only what they themselves were asked and said. No scores, no ranking.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields, is_dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from brandkit.base.text import sentences, words
from brandkit.engage.contacts import Contact
from brandkit.engage.model import Interaction, Vault
from brandkit.engage.one_person.mentions import names_of, single_names
from brandkit.engage.rhythm import day_of
from brandkit.engage.sources.contact_source import day_text
from brandkit.engage.values import DayOfYear, Rhythm

_OF_OTHERS = ("knows", "competes_with")  # ids of other people: only how many
_TEXTS = ("notes", "circle")
# What a line of the journal says in plain words, by type and direction; by type alone where that is enough.
_HAPPENED = {
    "message": "A message", "call": "A call", "meeting": "You met", "share": "Something to read was sent",
    "update": "News was sent", "respond": "An answer to what they wrote", "thank": "Thanks",
    "congratulate": "Congratulations",
    "stand-by": "A few words in a hard time", "ask": "A question or a request", "offer": "Help was offered",
    "help": "Help", "promotion": "A good word in public", "gift": "A gift", "favour": "A favour",
    "referral": "A recommendation", "feedback": "Feedback", "life-event": "Something in their life",
    "session": "A session",
    "promise-kept": "A promise was kept", "replied": "They answered", "imported": "Their card was read in",
    "sorted": "How often to be in touch was chosen", "done": "An idea was carried out",
    "dismissed": "An idea was set aside", "snoozed": "An idea was put off", "edited": "A draft was edited",
    "override": "A rule was overridden for them", "star": "Something was kept",
}  # fmt: skip
_FROM_THEM = frozenset(
    {"message", "share", "thank", "help", "gift", "favour", "referral", "feedback", "promotion", "offer"}
)
_ASKED = "They were asked whether they would like an introduction"
_INTRODUCTION = {"asked": _ASKED, "yes": "They said yes to an introduction", "no": "They said no to an introduction"}


@dataclass(frozen=True)
class Happening:
    """Something that happened, as far as it is theirs."""

    day: date
    kind: str
    in_words: str
    words: tuple[str, ...] = ()
    link: str = ""
    learned: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    promises: tuple[Mapping[str, Any], ...] = ()
    reaction: str = ""
    every: str = ""  # the rhythm that was chosen
    others: int = 0  # how many more were part of it


@dataclass(frozen=True)
class Known:
    """All that is kept about one person. `fields` are those of the contact, as plain values."""

    name: str
    first_name: str
    fields: Mapping[str, Any]
    history: tuple[Happening, ...] = ()
    events: tuple[Mapping[str, Any], ...] = ()
    communities: tuple[Mapping[str, Any], ...] = ()
    mentorships: tuple[Mapping[str, Any], ...] = ()
    posts: tuple[Mapping[str, Any], ...] = ()
    others: Mapping[str, int] = field(default_factory=dict)
    left_out: int = 0


def what_is_known(vault: Vault, contact: Contact, zone: ZoneInfo, everybody: Everybody | None = None) -> Known:
    """Gather it. `vault` as it was written: what was learned stands with the line in which it was heard.

    Whoever asks for several people gives `everybody`, who are gathered once.
    """
    everybody = everybody or everybody_in(vault)
    telling = _Telling(vault, contact, zone, everybody)
    return Known(
        name=contact.name,
        first_name=contact.first_name,
        fields=telling.fields(),
        history=tuple(
            found for line in everybody.lines.get(contact.id, ()) if (found := telling.happening(line)) is not None
        ),
        events=tuple(telling.events()),
        communities=tuple(
            {"name": c.name, "handle": c.members[contact.id]} for c in vault.communities if contact.id in c.members
        ),
        mentorships=tuple(telling.mentorships()),
        posts=tuple(telling.posts()),
        others=telling.others(),
        left_out=telling.left_out,
    )


@dataclass(frozen=True)
class Everybody:
    """What has to be known of all people to tell what is about somebody else, and whose each line is."""

    names: frozenset[str]
    dense: tuple[str, ...]  # of scripts without capitals, in which names stand without spaces
    addresses: Counter[str]  # by how many people each is used
    starts: Mapping[str, Sequence[str]]  # the addresses by how they begin
    lines: Mapping[str, Sequence[Interaction]]
    known_by: Counter[str]

    def addresses_in(self, text: str) -> Iterator[str]:
        """Those that stand in a text."""
        beginnings = {text[at : at + size] for size in range(1, _BEGINNING + 1) for at in range(len(text) - size + 1)}
        for beginning in beginnings & self.starts.keys():
            yield from (one for one in self.starts[beginning] if one in text)


_BEGINNING = 3  # letters


def everybody_in(vault: Vault) -> Everybody:
    """Gather all people once."""
    guests = [a.name for event in vault.events for a in event.attendees if a.name]
    names = {word for name in (*(c.name for c in vault.contacts), *guests) for word in single_names(name)}
    names |= {id_ for c in vault.contacts for id_ in (c.id, *c.formerly)}
    addresses = Counter(one for c in vault.contacts for one in _addresses(c))
    starts: dict[str, list[str]] = {}
    for one in addresses:
        starts.setdefault(one[:_BEGINNING], []).append(one)
    lines: dict[str, list[Interaction]] = {}
    for line in vault.journal:
        for id_ in dict.fromkeys((*line.contacts, *(promise.by for promise in line.promises))):
            lines.setdefault(id_, []).append(line)
    dense = tuple(name for name in names if not name.isascii() and name.upper() == name.lower())
    known_by = Counter(id_ for c in vault.contacts for id_ in set(c.knows))
    return Everybody(frozenset(names), dense, addresses, starts, lines, known_by)


def _addresses(contact: Contact) -> frozenset[str]:
    return frozenset(text.casefold() for text in (*contact.emails, *contact.phones, *contact.profiles.values()) if text)


@dataclass
class _Telling:
    """Tells what is theirs from what is about others; counts what is left out."""

    vault: Vault
    contact: Contact
    zone: ZoneInfo
    everybody: Everybody
    left_out: int = 0
    own_names: frozenset[str] = frozenset()  # of nobody else, whoever else may be called so
    addresses: frozenset[str] = frozenset()  # where this person is reached

    def __post_init__(self) -> None:
        own = {*single_names(self.contact.name), self.contact.id, *self.contact.formerly}
        self.own_names = frozenset(own | {word for name in own for word in words(name)})
        self.addresses = _addresses(self.contact)

    def about_others(self, text: str) -> bool:
        """Whether a text names somebody else."""
        low = text.casefold()
        held = self.everybody.addresses
        if any(held[one] > (one in self.addresses) for one in self.everybody.addresses_in(low)):
            return True
        said = {part for word in words(text) for part in (word, *word.replace("’", "'").replace("-", "'").split("'"))}
        said |= {word[:-1] for word in said if word.endswith("s")} | {
            w.capitalize() for w in said if w.isupper() and len(w) > 1
        }
        if (said & self.everybody.names) - self.own_names:
            return True
        return any(name in text for name in self.everybody.dense if name not in self.own_names)

    def own(self, text: str) -> str:
        """A text without the sentences that name somebody else."""
        found = sentences(text)
        kept = [sentence for sentence in found if not self.about_others(sentence)]
        self.left_out += len(found) - len(kept)
        return text.strip() if len(kept) == len(found) else " ".join(kept)

    def owned(self, texts: Sequence[str]) -> tuple[str, ...]:
        """Those of some texts that are about nobody else."""
        kept = tuple(text for text in texts if not self.about_others(text))
        self.left_out += len(texts) - len(kept)
        return kept

    def fields(self) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for one in fields(self.contact):
            value = getattr(self.contact, one.name)
            if one.name in _OF_OTHERS or value in (None, "", (), False) or value == {}:
                continue
            found[one.name] = self._field(one.name, value)
        met = {key: value for key, value in found.pop("met", {}).items() if key != "via"}
        met = {**met, "at": self._event(met["at"])} if met.get("at") else met
        consent = {key: value for key, value in found.get("consent", {}).items() if value not in (None, [])}
        rhythm = None if self.contact.every else self._chosen_rhythm()
        return {
            **{key: value for key, value in found.items() if value not in ("", [])},
            **({"every": rhythm} if rhythm else {}),
            **({"met": met} if met else {}),
            "consent": consent,
        }

    def _chosen_rhythm(self) -> str:
        """What was chosen when they were sorted, which counts where their file says nothing."""
        lines = reversed(self.everybody.lines.get(self.contact.id, ()))
        return next((str(line.every) for line in lines if line.type == "sorted" and line.every), "")

    def _field(self, name: str, value: Any) -> Any:
        if name in _TEXTS:
            return self.own(value)
        if name == "needs":
            return [plain(need) for need in value if self.owned((need.text,))]
        if isinstance(value, tuple) and all(isinstance(item, str) for item in value):
            return list(value if name in ("emails", "phones", "links", "feeds", "formerly") else self.owned(value))
        return plain(value)

    def _event(self, id_: str) -> str:
        name = next((event.name for event in self.vault.events if event.id == id_), id_)
        return "an event" if self.about_others(name) else name

    def happening(self, line: Interaction) -> Happening | None:
        """A line of the journal as far as it is theirs; None where it is not."""
        me = self.contact.id
        promised = [p for p in line.promises if p.by == me]
        if me not in line.contacts and not promised:
            return None
        day = day_of(line.at, self.zone)
        if line.type == "introduction":
            return self._introduction(line, day)
        alone = line.contacts == (me,)
        texts = self._said(line, alone)
        learned = {name: self.owned(said) for name, said in line.learned.items()} if alone else {}
        self.left_out += 0 if alone else sum(map(len, line.learned.values()))
        promises = line.promises if alone else promised
        return Happening(
            day=day,
            kind=line.type,
            in_words=_happened(line),
            words=texts,
            link=line.link,
            learned={name: said for name, said in learned.items() if said},
            promises=tuple(self._promise(p) for p in promises if p.by in ("me", me) and self.owned((p.text,))),
            reaction=line.reaction,
            every=str(line.every) if line.every else "",
            others=len(set(line.contacts) - {me}),
        )

    def _said(self, line: Interaction, alone: bool) -> tuple[str, ...]:
        """The words of a line. Where several were there, only sentences that name this person and nobody else."""
        texts = (line.summary, line.reason, *(action.text for action in line.actions))
        if line.move == "introduce":  # the words name both
            return ()
        if alone:
            return tuple(kept for text in texts if (kept := self.own(text)))
        found = [sentence for text in texts for sentence in sentences(text)]
        mine = names_of(self.contact)
        hers = tuple(s for s in found if mine.stand_in(s) and not self.about_others(s))
        self.left_out += len(found) - len(hers)
        return hers

    def _introduction(self, line: Interaction, day: date) -> Happening | None:
        """What they were asked and said. What the other side said is not theirs to hear."""
        if line.state == "made":
            return Happening(day, line.type, "They were introduced to somebody")
        if line.contacts != (self.contact.id,) and line.state != "asked":
            return None
        return Happening(day, line.type, _INTRODUCTION.get(line.state, "An introduction"))

    def _promise(self, promise: Any) -> Mapping[str, Any]:
        by = "you" if promise.by == self.contact.id else "me"
        return {"by": by, "text": promise.text, **({"due": promise.due.isoformat()} if promise.due else {})}

    def events(self) -> Iterator[Mapping[str, Any]]:
        for event in self.vault.events:
            if any(attendee.contact == self.contact.id for attendee in event.attendees):
                yield {"name": self._event(event.id), "start": event.start.isoformat(timespec="minutes")}

    def mentorships(self) -> Iterator[Mapping[str, Any]]:
        for one in self.vault.mentorships:
            if one.with_ == self.contact.id:
                said = {"your_role": "mentor" if one.role == "mentee" else "mentee", "since": plain(one.since)}
                said |= {"until": plain(one.until), "every": plain(one.every), "goals": list(self.owned(one.goals))}
                yield {key: value for key, value in said.items() if value}

    def posts(self) -> Iterator[Mapping[str, Any]]:
        """Posts that are written with this person in mind; what for, where it is theirs alone."""
        for brief in self.vault.briefs:
            if self.contact.id in brief.for_:
                about = self.own(brief.about) if len(brief.for_) == 1 else ""
                yield {"post": brief.id, **({"about": about} if about else {})}

    def others(self) -> dict[str, int]:
        """How many other people are written down with this person."""
        contact = self.contact
        counts = {
            "knows": len(contact.knows),
            "competes_with": len(contact.competes_with),
            "introduced_by": 1 if contact.met and contact.met.via else 0,
            "known_by": self.everybody.known_by[contact.id],
        }
        return {name: count for name, count in counts.items() if count}


def _happened(line: Interaction) -> str:
    said = _HAPPENED.get(line.type, line.type.replace("-", " ").capitalize())
    return f"{said}, from them" if line.direction == "received" and line.type in _FROM_THEM else said


def plain(value: Any) -> Any:
    """A value of the vault as JSON can hold it."""
    if isinstance(value, DayOfYear):
        return day_text(value)
    if isinstance(value, Rhythm):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if is_dataclass(value) and not isinstance(value, type):
        found = {one.name: plain(getattr(value, one.name)) for one in fields(value)}
        return {name: inner for name, inner in found.items() if inner not in (None, "", [], {}, False)}
    if isinstance(value, (tuple, list)):
        return [plain(item) for item in value]
    if isinstance(value, Mapping):
        return {key: plain(item) for key, item in value.items()}
    return value


def known_json(known: Known) -> dict[str, Any]:
    """All of it, for a machine."""
    history = ({key: plain(value) for key, value in asdict(one).items() if value} for one in known.history)
    return {
        "person": dict(known.fields),
        "history": list(history),
        **{name: list(getattr(known, name)) for name in ("events", "communities", "mentorships", "posts")},
        "others": dict(known.others),
        "left_out": known.left_out,
    }
