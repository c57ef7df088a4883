"""What an action is: a form that a person sent, turned into a line of the journal or a new file, and what to say."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

from brandkit.app.advise import When
from brandkit.app.adviser import Adviser
from brandkit.app.project import Project
from brandkit.app.words.journaling import Desk, open_desk
from brandkit.engage.pages.page import Told
from brandkit.web.forms import Form


@dataclass(frozen=True)
class Asked:
    """One thing that a person asked for."""

    adviser: Adviser
    form: Form

    @property
    def project(self) -> Project:
        """Where."""
        return self.adviser.project

    @cached_property
    def when(self) -> When:
        """The moment."""
        return self.adviser.when

    @cached_property
    def desk(self) -> Desk:
        """The vault as it is now, whatever the pages show."""
        return open_desk(self.project)


@dataclass(frozen=True)
class Answer:
    """What came of it, and the page to go to where it is another one. `is_news` where advice may be another now."""

    told: Told | None = field(default=None)
    go: str = ""
    is_news: bool = True


Action = Callable[[Asked], Answer]
