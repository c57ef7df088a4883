"""me.yaml, feeds.yaml, events.yaml and the other short files of the vault, each key declared once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BeforeValidator, ConfigDict, Field

from brandkit.engage.contacts import STRICT
from brandkit.engage.days.recurrence import read_rule
from brandkit.engage.values import (
    Day,
    Every,
    FeedPlace,
    Id,
    LanguageTag,
    MailAddress,
    WebAddress,
    read_day,
    read_host_port,
)


@dataclass(frozen=True)
class Goal:
    """Something that you want."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    text: str
    topics: tuple[str, ...] = ()
    by: Day | None = None


@dataclass(frozen=True)
class Voice:
    """How your messages begin and end. `{first_name}` and `{name}` stand for the contact's."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    greeting: str = "Hi {first_name},"
    closing: str = "Best"


def _off(value: Any) -> Any:
    """YAML reads off as false."""
    return "off" if value is False else value


@dataclass(frozen=True)
class Settings:
    """Thresholds; each has a default that suits most people."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    need_days: Annotated[int, Field(ge=1, le=36500, description="How long a need counts.")] = 180
    ask_days: Annotated[int, Field(ge=0, le=36500, description="The least time between two asks.")] = 90
    update_days: Annotated[
        int, Field(ge=0, le=36500, description="The least time between two updates to one person.")
    ] = 30
    thank_days: Annotated[int, Field(ge=0, le=36500, description="How soon thanks are due.")] = 7
    hold_days: Annotated[int, Field(ge=1, le=36500, description="How long a hold lasts unless said.")] = 90
    share_days: Annotated[int, Field(ge=1, le=36500, description="How old an entry may be to be shared.")] = 90
    leap_birthday: Annotated[Literal["02-28", "03-01"], Field(description="29 February in other years.")] = "02-28"
    threshold: Annotated[float, Field(ge=0, le=1, description="How strong the evidence for an entry must be.")] = 0.5
    semantic: Annotated[
        str, BeforeValidator(_off), Field(description="A language model for ranking: a package, a folder, or off.")
    ] = ""
    allow_hosts: Annotated[
        tuple[Annotated[str, BeforeValidator(read_host_port)], ...],
        Field(description="Feeds in your own network: exact host:port pairs that may be private."),
    ] = ()
    minutes: Annotated[Mapping[str, int], Field(description="What each kind of suggestion costs.")] = field(
        default_factory=dict
    )

    def cost(self, move: str, usual: int) -> int:
        """Minutes that a suggestion of this move takes."""
        return self.minutes.get(move, usual)


@dataclass(frozen=True)
class Me:
    """me.yaml: you."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    name: str = ""
    email: MailAddress | None = None
    languages: tuple[LanguageTag, ...] = ()
    expertise: tuple[str, ...] = ()
    goals: tuple[Goal, ...] = ()
    hours_a_week: Annotated[float, Field(ge=0, le=168)] = 1
    state: Literal["fine", "hard_time"] = "fine"
    voice: Voice = Voice()
    settings: Settings = Settings()


@dataclass(frozen=True)
class Feed:
    """A followed feed."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    id: Id
    url: Annotated[FeedPlace, Field(description="A web address, or a path beside this file.")]
    title: str = ""
    kind: Literal["feed", "calendar"] = "feed"
    tags: tuple[str, ...] = ()
    weight: Annotated[float, Field(ge=0, le=10, description="How much you trust it; 1 is usual.")] = 1.0
    include: Annotated[tuple[str, ...], Field(description="Only entries that hold one of these words.")] = ()
    exclude: Annotated[tuple[str, ...], Field(description="No entry that holds one of these words.")] = ()


def _attendee(value: Any) -> Any:
    return {"contact": value} if isinstance(value, str) else value


@dataclass(frozen=True)
class Attendee:
    """Somebody at an event: a contact, or a name."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    contact: str | None = None
    name: str = ""


def _moment(value: Any) -> Any:
    if isinstance(value, str) and len(value) == 10:
        return read_day(value)
    return value


Moment = Annotated[datetime, BeforeValidator(_moment)]


def _rule(value: Any) -> Any:
    if not isinstance(value, str) or read_rule(value) is None:
        raise ValueError(f"is no rule of recurrence: {value} | write it like FREQ=MONTHLY;BYDAY=1TH or FREQ=WEEKLY")
    return value


@dataclass(frozen=True)
class Event:
    """An event that you, or people you know, will be at."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    id: Id
    name: str
    start: Moment
    end: Moment | None = None
    location: str = ""
    url: WebAddress | None = None
    status: Literal["confirmed", "tentative", "postponed", "cancelled"] = "confirmed"
    repeats: Annotated[
        Annotated[str, BeforeValidator(_rule)] | None, Field(description="A recurrence rule: FREQ=MONTHLY;BYDAY=1TH.")
    ] = None
    role: Annotated[str, Field(description="What you are there: speaker, host, guest.")] = ""
    meet: Annotated[int, Field(ge=0, description="How many people you wish to talk to.")] = 3
    attendees: Annotated[
        tuple[Annotated[Attendee, BeforeValidator(_attendee)], ...],
        Field(description="Who will be there: ids of contacts, or {name: Somebody New}."),
    ] = ()


@dataclass(frozen=True)
class Membership:
    """Being a member."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    since: Day | None = None
    until: Day | None = None
    renews: Day | None = None
    notice: Every | None = None


@dataclass(frozen=True)
class Committee:
    """A committee that you sit on."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    name: str
    role: str = ""
    until: Day | None = None
    meets: Annotated[
        Annotated[str, BeforeValidator(_rule)] | None, Field(description="A recurrence rule: FREQ=MONTHLY;BYDAY=1TU.")
    ] = None


@dataclass(frozen=True)
class Organization:
    """A professional organization."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    id: Id
    name: str
    url: WebAddress | None = None
    member: Membership | None = None
    committees: tuple[Committee, ...] = ()


@dataclass(frozen=True)
class Community:
    """A place where people talk."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    id: Id
    name: str
    url: WebAddress | None = None
    feed: FeedPlace | None = None
    self_promotion: Annotated[bool, Field(description="Whether links to one's own work are welcome there.")] = False
    help_ratio: Annotated[float, Field(ge=0, le=1, description="How much of what you do there should be help.")] = 0.8
    members: Annotated[Mapping[str, str], Field(description="Handles there, by contact.")] = field(default_factory=dict)


@dataclass(frozen=True)
class Mentorship:
    """Learning from somebody, or the other way round."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    id: Id
    role: Literal["mentee", "mentor"]
    with_: Annotated[str, Field(alias="with", description="The id of a contact.")]
    since: Day | None = None
    until: Day | None = None
    every: Every | None = None
    goals: tuple[str, ...] = ()


@dataclass(frozen=True)
class Brief:
    """What you had in mind with a post that is written for somebody: `briefs/SLUG.yaml`, made by `new post --for`."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    id: Annotated[Id, Field(description="The slug of the post.")]
    for_: Annotated[tuple[str, ...], Field(alias="for", description="Ids of the contacts whom it is for.")]
    about: Annotated[str, Field(description="What they need, in your words. It never leaves the vault.")] = ""
