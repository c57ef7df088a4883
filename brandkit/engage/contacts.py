"""A contact: a person, as you wrote them down. Each field declared once; the reference page is made from here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BeforeValidator, ConfigDict, Field

from brandkit.engage.titles import without_titles
from brandkit.engage.values import Day, Every, FeedPlace, Id, LanguageTag, MailAddress, WebAddress, YearDay

STRICT = ConfigDict(extra="forbid", arbitrary_types_allowed=True)
Channel = Literal["email", "sms", "whatsapp", "signal", "call", "mastodon", "bluesky", "linkedin"]


def _need(value: Any) -> Any:
    """A need may be written as a plain text."""
    return {"text": value} if isinstance(value, str) else value


@dataclass(frozen=True)
class Need:
    """Something that a person looks for."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    text: Annotated[str, Field(min_length=1, description="In their words, or yours.")]
    since: Annotated[Day | None, Field(description="When you learned of it; it fades after half a year.")] = None
    sensitive: Annotated[bool, Field(description="Keeps it off the page of the week.")] = False


@dataclass(frozen=True)
class KeyDate:
    """A day worth remembering."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    kind: Annotated[str, Field(min_length=1, description="What it is: work-anniversary, wedding, ...")]
    date: Annotated[YearDay, Field(description="The day; the year may be missing, as in --05-01.")]


@dataclass(frozen=True)
class Met:
    """How you met."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    on: Day | None = None
    at: Annotated[str | None, Field(description="The id of an event.")] = None
    via: Annotated[str | None, Field(description="The id of the contact who introduced you.")] = None


@dataclass(frozen=True)
class Consent:
    """What a person has agreed to."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    publish: Annotated[tuple[str, ...], Field(description="What may be public: name, quote, photo.")] = ()
    promote: Annotated[Day | None, Field(description="When they agreed to speak for you.")] = None
    introduce: Annotated[Literal["ask", "yes", "no"], Field(description="Introductions: ask each time.")] = "ask"


@dataclass(frozen=True)
class Hold:
    """A time in which nothing is asked, sold or joked."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    reason: Literal["bereavement", "illness", "job-loss", "hard-time"]
    until: Annotated[Day | None, Field(description="The last day of it; until you remove it if absent.")] = None


@dataclass(frozen=True)
class Contact:
    """A person. Only `id` and `name` are required; five lines make a good contact."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    id: Annotated[Id, Field(description="Stable and unique: the journal refers to it.")]
    name: Annotated[str, Field(min_length=1, description="The whole name.")]
    pronouns: Annotated[str, Field(description="she/her, they/them, ...")] = ""
    organization: Annotated[str, Field(description="Where they work.")] = ""
    title: Annotated[str, Field(description="What they do there.")] = ""
    roles: Annotated[tuple[str, ...], Field(description="client, mentor, friend, ... or words of your own.")] = ()
    circle: Annotated[str, Field(description="A group that knows each other.")] = ""
    every: Annotated[Every | None, Field(description="The rhythm you wish: 30 days, 1 month. None, no nudge.")] = None
    emails: Annotated[tuple[MailAddress, ...], Field(description="The first is preferred.")] = ()
    phones: Annotated[tuple[str, ...], Field(description='In quotes, with the country: "+49 30 ...".')] = ()
    channel: Annotated[Channel, Field(description="How you usually talk.")] = "email"
    profiles: Annotated[Mapping[str, str], Field(description="Accounts, by network.")] = field(default_factory=dict)
    links: Annotated[tuple[WebAddress, ...], Field(description="Their sites.")] = ()
    feeds: Annotated[tuple[FeedPlace, ...], Field(description="What they publish themselves.")] = ()
    languages: Annotated[tuple[LanguageTag, ...], Field(description="What they read; any, if absent.")] = ()
    timezone: Annotated[str, Field(description="Like Europe/Berlin.")] = ""
    birthday: Annotated[YearDay | None, Field(description="The year may be missing: --02-29.")] = None
    dates: Annotated[tuple[KeyDate, ...], Field(description="Days worth remembering.")] = ()
    interests: Annotated[tuple[str, ...], Field(description="What they like to read about.")] = ()
    expertise: Annotated[tuple[str, ...], Field(description="What they know well.")] = ()
    needs: Annotated[tuple[Annotated[Need, BeforeValidator(_need)], ...], Field(description="What they look for.")] = ()
    offers: Annotated[tuple[str, ...], Field(description="feedback, introductions, mentoring, or a topic.")] = ()
    prefers: Annotated[tuple[str, ...], Field(description="What they favour: data, stories, ...")] = ()
    avoid: Annotated[tuple[str, ...], Field(description="Topics never to bring up.")] = ()
    facts: Annotated[tuple[str, ...], Field(description="For your memory; shown in briefs.")] = ()
    tone: Annotated[Literal["warm", "plain", "formal"], Field(description="How you write to them.")] = "warm"
    met: Annotated[Met | None, Field(description="How you met.")] = None
    knows: Annotated[tuple[str, ...], Field(description="Ids of contacts they know.")] = ()
    competes_with: Annotated[tuple[str, ...], Field(description="Ids of contacts not to introduce.")] = ()
    consent: Annotated[Consent, Field(description="What they have agreed to.")] = Consent()
    hold: Annotated[Hold | None, Field(description="A hard time: nothing but kindness.")] = None
    do_not_contact: Annotated[bool, Field(description="Never suggest anything.")] = False
    deceased: Annotated[bool, Field(description="Never suggest anything.")] = False
    notes: Annotated[str, Field(description="Anything else.")] = ""
    formerly: Annotated[
        tuple[Id, ...], Field(description="Ids that were merged into this one: their lines count.")
    ] = ()

    @property
    def at_rest(self) -> bool:
        """Whether they are not to be written to, nor to stand in any list: they asked for that, or have died."""
        return self.do_not_contact or self.deceased

    @property
    def first_name(self) -> str:
        """The word to greet with; a title before the name is none."""
        family, comma, given = self.name.partition(",")
        words = without_titles((given if comma and given.strip() else family).split())
        return words[0] if words else self.id
