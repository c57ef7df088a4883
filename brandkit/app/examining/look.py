"""What a look at a project gives: findings, and for some of them what mends them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from brandkit.app.project import Project
from brandkit.base.diagnostics import Diagnostic


@dataclass(frozen=True)
class Found:
    """A finding. `mend` does what can be done without a person's judgement, and says what that was in one line.

    It deletes nothing that a person wrote; what it takes away, it puts aside.
    """

    diagnostic: Diagnostic
    mend: Callable[[], str] | None = None


class Look(Protocol):
    """One thing to look at. Changes nothing, and goes on where something cannot be read."""

    def __call__(self, project: Project, now: datetime, /) -> Iterator[Found]: ...
