"""What the private side reasons about: interactions, entries, suggestions. Frozen; no behaviour."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from brandkit.engage.config import Brief, Community, Event, Feed, Me, Mentorship, Organization
from brandkit.engage.contacts import Contact
from brandkit.engage.values import Rhythm


@dataclass(frozen=True)
class Promise:
    """Something promised in an interaction; `by` is `me` or the id of a contact."""

    by: str
    text: str
    due: date | None = None


@dataclass(frozen=True)
class Action:
    """Something to be done after a session."""

    text: str
    done: bool = False


@dataclass(frozen=True)
class Interaction:
    """Something that happened: one line of the journal."""

    id: str
    at: datetime
    type: str
    contacts: tuple[str, ...] = ()
    direction: str = ""
    summary: str = ""
    link: str = ""
    learned: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    promises: tuple[Promise, ...] = ()
    event: str = ""
    community: str = ""
    mentorship: str = ""
    actions: tuple[Action, ...] = ()
    reaction: str = ""
    reason: str = ""
    until: date | None = None
    move: str = ""
    item: str = ""
    every: Rhythm | None = None
    keeps: str = ""
    a: str = ""
    b: str = ""
    state: str = ""
    supersedes: str = ""
    row: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Vault:
    """Everything that people wrote on the private side, decoded. Contacts that could not be read are left out."""

    me: Me
    contacts: tuple[Contact, ...] = ()
    feeds: tuple[Feed, ...] = ()
    events: tuple[Event, ...] = ()
    organizations: tuple[Organization, ...] = ()
    communities: tuple[Community, ...] = ()
    mentorships: tuple[Mentorship, ...] = ()
    journal: tuple[Interaction, ...] = ()
    briefs: tuple[Brief, ...] = ()
    templates: Mapping[str, str] = field(default_factory=dict)

    def contact(self, id: str) -> Contact | None:
        """The contact of that id, or None."""
        return next((contact for contact in self.contacts if contact.id == id), None)


@dataclass(frozen=True)
class Entry:
    """An item of a followed feed, as plain text. `canonical` is the form under which links are compared."""

    guid: str
    feed: str
    url: str
    canonical: str
    title: str
    summary: str
    text: str
    published: datetime
    language: str
    author: str = ""


@dataclass(frozen=True)
class Item:
    """What a suggestion is about. `key` names it in the journal: a canonical link, an id, an id and a day.

    `kind` is one of entry, page, event, thread, membership, line, date, contact, mentorship, goal.
    """

    kind: str
    key: str
    title: str = ""
    url: str = ""
    feed: str = ""
    published: datetime | None = None


def item_of(entry: Entry, kind: str = "entry") -> Item:
    """An entry, own page or thread as the thing that a suggestion is about."""
    return Item(kind, entry.canonical, entry.title, entry.url, entry.feed, entry.published)


@dataclass(frozen=True)
class Evidence:
    """What a component rests on: a field of the contact, terms as they stand in the quote, a whole sentence."""

    field: str
    terms: tuple[str, ...] = ()
    quote: str = ""


@dataclass(frozen=True)
class Component:
    """A named part of a score."""

    name: str
    value: float
    evidence: Evidence | None = None


def reason_among(components: Iterable[Component]) -> Component | None:
    """The component that says most of those that quote something: the reason, and whose words stand below it."""
    quoting = (c for c in components if c.evidence and c.evidence.quote and c.value >= 0)
    return max(quoting, key=lambda c: c.value, default=None)


@dataclass(frozen=True)
class Gate:
    """A rule that may forbid a suggestion, what it decided, and why."""

    rule: str
    ok: bool
    reason: str = ""


@dataclass(frozen=True)
class Draft:
    """Words to start from. brandkit never sends them."""

    channel: str
    subject: str
    text: str


@dataclass(frozen=True)
class Suggestion:
    """Contact, move, evidence, score, draft: why now, and what to say.

    `contact` is empty where it is about yourself: a membership, an event, a thread. `words` is all that the
    draft may say beside the item: what the recipient knows already, or what is yours to tell.
    """

    id: str
    contact: str
    move: str
    why: str
    score: float | None
    components: tuple[Component, ...]
    minutes: int | None
    expires: date | None
    item: Item | None = None
    words: Mapping[str, object] = field(default_factory=dict)
    confirm: bool = False
    notes: tuple[str, ...] = ()
    gates: tuple[Gate, ...] = ()
    draft: Draft | None = None
    urgency: float = 0.0
    discreet: bool = False  # rests on something sensitive: it stays off the page of the week

    @property
    def allowed(self) -> bool:
        """Whether every gate agreed."""
        return all(gate.ok for gate in self.gates)

    @property
    def quote(self) -> str:
        """The sentence that shows the reason; empty where the title or the reason says it already."""
        reason = reason_among(self.components)
        quote = reason.evidence.quote if reason and reason.evidence else ""
        return "" if quote in self.why or (self.item and quote == self.item.title) else quote


@dataclass(frozen=True)
class Advice:
    """All suggestions for one person, the best first, and those that a gate refused. Without a contact: for you."""

    contact: Contact | None
    suggestions: Sequence[Suggestion]  # whose drafts are written when somebody asks for one
    refused: tuple[Suggestion, ...] = ()
    notes: tuple[str, ...] = ()
    rested: bool = False  # something was done for them this week already: one thing a person is enough

    @property
    def bare(self) -> Sequence[Suggestion]:
        """The same suggestions, for whoever does not look at their drafts, nor at the notes that tell of one."""
        return getattr(self.suggestions, "bare", self.suggestions)
