"""What was heard in a line, and the form that a language's table has. Frozen; no behaviour."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

By = Literal["me", "them"]


@dataclass(frozen=True)
class HeardPromise:
    """Something promised: by you or by them, and by when."""

    by: By
    text: str
    due: date | None = None


@dataclass(frozen=True)
class Heard:
    """A line of plain words, as it was understood. The summary holds all the words."""

    type: str
    direction: str | None
    on: date
    summary: str
    promises: tuple[HeardPromise, ...] = ()
    learned: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    event: str | None = None
    link: str | None = None
    reason: str | None = None


@dataclass(frozen=True)
class Kind:
    """Words at the beginning of a clause that say what happened, and who gave to whom."""

    pattern: re.Pattern[str]
    type: str
    direction: str | None


@dataclass(frozen=True)
class Language:
    """What one language says with which words; every pattern meets a clause from its beginning.

    A promise pattern gives groups `verb`, `rest` or `thing`, which `wording` makes a promise's text.
    Needs and interests give `thing`; a fact is the clause without its subject, `fact`.
    """

    unsure: re.Pattern[str]  # negation, doubt and condition: such a clause is left alone
    kinds: tuple[Kind, ...]
    life: tuple[tuple[re.Pattern[str], str], ...]
    promises: tuple[tuple[re.Pattern[str], By], ...]
    needs: tuple[re.Pattern[str], ...]
    interests: tuple[re.Pattern[str], ...]
    facts: tuple[re.Pattern[str], ...]
    wording: Callable[[re.Match[str], By, bool], str | None]  # match, by whom, whether a day was named
