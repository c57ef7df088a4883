"""Where the parts of a project stand, and what every run of brandkit in it needs."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from brandkit.base.walls import OutputDir, PublicRoot, Refused
from brandkit.io.lock import is_held, lock
from brandkit.site.kinds.registry import SECTIONS


def _unheard(_: str) -> None:
    pass


@dataclass(frozen=True)
class Project:
    """The folders of one project, and who is told in one line that a run waits for another."""

    root: Path
    hear: Callable[[str], None] = field(default=_unheard, compare=False, repr=False)

    @property
    def cache(self) -> Path:
        """What can be computed again: public, safe to delete."""
        return self.root / ".brandkit" / "cache"

    @property
    def state(self) -> Path:
        """What cannot: entries, and how feeds are doing. Private, worth a backup."""
        return self.root / ".brandkit" / "state"

    @property
    def restoring(self) -> Path:
        """Where a backup is unpacked, and what is still to be done of a restore that was stopped."""
        return self.root / ".brandkit" / "restoring"

    @property
    def public(self) -> OutputDir:
        """Where the site goes."""
        return OutputDir(self.root / "public", self.cache)

    @property
    def private(self) -> OutputDir:
        """Where the private pages go. What is remembered of them is private too. Drafts are edited there."""
        return OutputDir(self.root / "private", self.state, kept=("drafts",), mode=0o700)

    def public_root(self, **flags: object) -> PublicRoot:
        """The project as the public build may see it."""
        return PublicRoot(self.root, sections=SECTIONS, **flags)  # type: ignore[arg-type]

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the project against a second run. Raises EnvironmentProblem."""
        with self.site_locked(), self.state_locked():
            yield

    @contextmanager
    def site_locked(self) -> Iterator[None]:
        """Hold what the public side computes: a preview and the advice beside it wait for no one of them."""
        with lock(self.root / ".brandkit" / "lock", hear=self.hear):
            yield

    @contextmanager
    def state_locked(self) -> Iterator[None]:
        """Hold what the private side keeps. Raises EnvironmentProblem."""
        with lock(self.root / ".brandkit" / "state.lock", hear=self.hear):
            yield

    @contextmanager
    def journal_locked(self) -> Iterator[None]:
        """Hold the journal for one line: logging never waits for a build. Raises EnvironmentProblem."""
        with lock(self.root / ".brandkit" / "journal.lock", hear=self.hear):
            yield

    def is_busy(self) -> bool:
        """Whether a run holds any of this just now."""
        return any(is_held(self.root / ".brandkit" / name) for name in ("lock", "state.lock", "journal.lock"))

    def guard(self, output: Path) -> None:
        """Refuse an output folder in which, or above which, something stands that is no output. Raises Refused."""
        kept = [self.root / name for name in ("content", "themes", "private", ".brandkit/state", "site.yaml")]
        elsewhere = os.environ.get("BRANDKIT_VAULT")
        kept += [Path(elsewhere).expanduser().resolve()] if elsewhere else []
        for path in kept:
            if output == path or path in output.parents or output in path.parents:
                raise Refused(f"{output} holds, or lies in, {path}; a build would remove what stands there")


def find_project(start: Path) -> Project:
    """The project at `start` or in the nearest folder above it; `start` itself where there is none."""
    for folder in (start, *start.parents):
        if (folder / "site.yaml").is_file():
            return Project(folder)
    return Project(start)
