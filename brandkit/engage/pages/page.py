"""What a private page is: a path, a template, and all that the template may see. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from brandkit.engage.contacts import Contact
from brandkit.engage.days.occasions import Occasion
from brandkit.engage.model import Advice, Draft, Suggestion, Vault
from brandkit.engage.own_texts.own_texts import OwnTexts
from brandkit.engage.plan import Plan
from brandkit.engage.world import World


@dataclass(frozen=True)
class FeedHealth:
    """How a followed feed is doing; `handle` is what to type for it."""

    id: str
    kind: str
    status: str
    entries: int
    new: int = 0
    problem: str = ""
    handle: str = ""
    checked: datetime | None = None
    paused: bool = False


@dataclass(frozen=True)
class Told:
    """What has just come of something, said once at the top of the page. `line` is what can be taken back."""

    text: str
    details: tuple[str, ...] = ()
    line: str = ""
    is_problem: bool = False
    typed: Mapping[str, str] = field(default_factory=dict)  # what was typed and could not be used, to be mended
    unknown: str = ""  # a name that nobody has yet
    patch: str = ""  # what a person has to change in a file of theirs
    offers: tuple[tuple[str, str], ...] = ()  # (address, title) to choose from


@dataclass(frozen=True)
class Live:
    """What makes a page one that can be answered: on the dashboard, and nowhere else."""

    asked: Mapping[str, str] = field(default_factory=dict)  # what is searched for, and how it is filtered
    told: Told | None = None
    problems: Sequence[str] = ()  # findings in the vault
    unsorted: Sequence[Contact] = ()  # people who came with an import, still to be sorted
    edited: Callable[[Suggestion], Draft | None] = lambda _: None  # the words as a person left them
    places: Callable[[Contact], Sequence[str]] = lambda _: ()  # where a person's own words about them stand
    newest: int = 0  # the last event that the page may know of
    trouble: str = ""  # why advice could not be made anew


@dataclass(frozen=True)
class Facts:
    """What private pages are made of."""

    world: World
    advice: Sequence[Advice]
    plan: Plan
    occasions: Sequence[Occasion] = ()
    feeds: Sequence[FeedHealth] = ()
    own: Sequence[OwnTexts] = ()
    written: Vault | None = None  # the vault as people wrote it, before what was learned joined it
    live: Live | None = None

    def shown(self) -> list[tuple[Contact, Advice]]:
        """The people who stand in lists and have a page: not who asked for peace, nor who has died."""
        people = [(one.contact, one) for one in self.advice if one.contact is not None]
        return [(who, one) for who, one in people if not who.at_rest]


@dataclass(frozen=True)
class PageView:
    """One page that can be written. What it holds is gathered when it is."""

    path: str
    template: str
    values: Callable[[], Mapping[str, object]] = dict
