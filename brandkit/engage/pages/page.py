"""What a private page is: a path, a template, and all that the template may see. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from brandkit.engage.contacts import Contact
from brandkit.engage.days.occasions import Occasion
from brandkit.engage.model import Advice, Vault
from brandkit.engage.own_texts.own_texts import OwnTexts
from brandkit.engage.plan import Plan
from brandkit.engage.world import World


@dataclass(frozen=True)
class FeedHealth:
    """How a followed feed is doing."""

    id: str
    kind: str
    status: str
    entries: int
    new: int = 0
    problem: str = ""


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

    def shown(self) -> list[tuple[Contact, Advice]]:
        """The people who stand in lists and have a page: not who asked for peace, nor who has died."""
        people = [(one.contact, one) for one in self.advice if one.contact is not None]
        return [(who, one) for who, one in people if not who.at_rest]


@dataclass(frozen=True)
class PageView:
    """One page to be written."""

    path: str
    template: str
    values: Mapping[str, object] = field(default_factory=dict)
