"""Advice that stays ready: made again when the vault, the posts, the feeds or the day have changed.

In: a project. Out: the newest `Advised` and what pages are made of, at once; progress of a running refresh as it
goes. Any thread may ask; one makes advice at a time, and one that waited takes what the other made meanwhile.
"""

from __future__ import annotations

import contextlib
import itertools
import threading
from collections.abc import Callable, Container, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from brandkit.app.advise import Advised, When, advise, facts_of, remember_shown
from brandkit.app.feeds.feed_entries import ask_feeds
from brandkit.app.feeds.refreshing import Reading, RefreshReport
from brandkit.app.own_day import when
from brandkit.app.project import Project
from brandkit.app.unchanged import private_inputs
from brandkit.app.words.journaling import open_desk
from brandkit.base.walls import EnvironmentProblem, Stop
from brandkit.engage.pages.page import Facts
from brandkit.engage.plan import plan
from brandkit.io import vault
from brandkit.io.net.fetch import Limits
from brandkit.io.scan import Scan

_NOW_AND_THEN = 30.0  # seconds
_MOMENT = 0.8  # seconds that somebody waits without noticing
Tell = Callable[[str, Mapping[str, Any]], None]


@dataclass(frozen=True)
class Ready:
    """Advice, what pages are made of, and the day and files that it rests on."""

    advised: Advised
    facts: Facts
    when: When
    inputs: Scan


class Adviser:
    """Keeps advice ready. `tell` hears of what is new: `advice`, and `feeds` while they are read."""

    def __init__(self, project: Project, today: date | None, offline: bool, tell: Tell) -> None:
        self.project, self.offline = project, offline
        self._today, self._tell = today, tell
        self._tickets = itertools.count(1)
        self._covered = 0
        self._answered: dict[str, int] = {}  # what was answered since advice was last begun, by ticket
        self._making, self._asking, self._changing = threading.Lock(), threading.Lock(), threading.Lock()
        self._ready: Ready | None = None
        self.trouble = ""  # why the last try gave nothing new

    @property
    def when(self) -> When:
        """The moment, now."""
        return when(self.project, self._today)

    @property
    def newest(self) -> Ready | None:
        """The newest advice, if there has been any; nothing is made."""
        return self._ready

    def ready(self) -> Ready:
        """The newest advice; the first is made when somebody asks. Raises Stop where there has been none."""
        return self._ready or self.again()

    def again(self) -> Ready:
        """Advice that knows all that was written before this call. Raises Stop where there has been none."""
        return self._cover(next(self._tickets))

    def soon(self, answered: str = "") -> None:
        """Make advice again, and wait a moment for it. Where it takes longer, what was answered goes at once."""
        self.ready()
        ticket = next(self._tickets)
        with self._changing:
            self._answered[answered] = ticket
        working = threading.Thread(target=self._cover_quietly, args=(ticket,), daemon=True)
        working.start()
        working.join(_MOMENT)
        with self._changing:
            if self._ready is not None and self._covered < ticket:
                self._ready = _without(self._ready, {answered})

    def _cover_quietly(self, ticket: int) -> None:
        with contextlib.suppress(Stop):  # the page says what is in the way
            self._cover(ticket)

    def _cover(self, ticket: int) -> Ready:
        """Advice that knows all that was written before the ticket was drawn."""
        with self._making:
            if self._covered < ticket:
                self._make(next(self._tickets))
            if self._ready is None:
                raise Stop(self.trouble)
            return self._ready

    def check(self) -> bool:
        """Make advice again where files or the day have changed since. Returns whether it did."""
        ready = self._ready
        if ready is not None and self.when.today == ready.when.today:
            seen = private_inputs(self.project, ready.inputs)
            if _digests(seen) == _digests(ready.inputs):
                return False
        self.again()
        return True

    def refresh(self) -> RefreshReport | None:
        """Ask the feeds that are due, telling how far it is; None where that is being done already."""
        if not self._asking.acquire(blocking=False):
            return None
        self._progress("", 0, 0)
        try:
            report = self._ask()
        finally:
            self._asking.release()
            self._tell("feeds", {"running": False})
        if report.remote or report.new:
            self.again()
        return report

    def refresh_soon(self) -> None:
        """Begin to ask, and do not wait."""
        threading.Thread(target=self._refresh_quietly, daemon=True).start()

    def _refresh_quietly(self) -> None:
        with self._going_on():
            self.refresh()

    @contextlib.contextmanager
    def _going_on(self) -> Iterator[None]:
        """Whatever happens is said on the page, and ends nothing."""
        try:
            yield
        except Exception as error:
            self.trouble = _in_words(error)
            self._tell("advice", {})

    def keep(self, wake: threading.Event, over: threading.Event) -> None:
        """Look again whenever `wake` is set, and now and then for what no event tells: the day. Ends with `over`."""
        while not over.is_set():
            wake.wait(_NOW_AND_THEN)
            wake.clear()
            if not over.is_set():
                with self._going_on():
                    self.check()

    def keep_feeds(self, over: threading.Event) -> None:
        """Ask feeds as they fall due. Ends with `over`."""
        while not self.offline and not over.is_set():
            with self._going_on():
                due = self.ready().advised.known.feeds.next_check_at
                if due is not None and due <= self.when.now:
                    self.refresh()
            over.wait(_NOW_AND_THEN)

    def _ask(self) -> RefreshReport:
        desk = open_desk(self.project)
        limits = Limits(allow=frozenset(desk.vault.me.settings.allow_hosts))
        reading = Reading(self.project.root, desk.folder, False, limits, self._progress)
        return ask_feeds(self.project.state / "entries.db", desk.vault, self.when.now, reading)

    def _progress(self, name: str, done: int, total: int) -> None:
        self._tell("feeds", {"running": True, "done": done, "total": total, "name": name})

    def _advise(self, moment: When) -> Advised:
        """Raises Stop where there is no vault any more: an empty week would be no advice."""
        folder = vault.locate(self.project.root)
        if not folder.is_dir():
            raise EnvironmentProblem(f"the vault is not there any more: {folder}")
        with self.project.state_locked():
            advised = advise(self.project, moment, True, None, None)
            remember_shown(self.project, advised.advice)
        return advised

    def _make(self, covers: int) -> None:
        """Keep what there was where it cannot be made anew: an evening's work needs no perfect disk."""
        moment = self.when
        try:
            advised = self._advise(moment)
        except Exception as error:  # a fault of ours, or of the disk, must not end the evening
            self.trouble, self._covered = _in_words(error), covers
            self._tell("advice", {})
            return
        ready = Ready(advised, facts_of(self.project, advised), moment, advised.known.inputs)
        with self._changing:
            self._answered = {id_: ticket for id_, ticket in self._answered.items() if ticket > covers}
            self._ready = _without(ready, self._answered) if self._answered else ready
            self.trouble, self._covered = "", covers
        self._tell("advice", {})


def _in_words(error: Exception) -> str:
    if isinstance(error, Stop):
        return str(error)
    if isinstance(error, OSError):
        return f"the vault could not be read: {error.strerror or error} ({error.filename})"
    return f"advice could not be made, which is a fault in brandkit: {error!r}"


def _without(ready: Ready, answered: Container[str]) -> Ready:
    """The same, but for these suggestions; their people have had their one thing."""
    advice = tuple(
        replace(one, suggestions=tuple(s for s in one.suggestions if s.id not in answered), rested=True)
        if any(s.id in answered for s in one.bare)
        else one
        for one in ready.facts.advice
    )
    planned = plan(advice, ready.facts.plan.budget)
    advised = replace(ready.advised, advice=advice, plan=planned)
    return replace(ready, advised=advised, facts=replace(ready.facts, advice=advice, plan=planned))


def _digests(scan: Scan) -> dict[str, str]:
    return {path: seen.digest for path, seen in scan.files.items()}
