"""Changes to builds: the site in a folder of its own, kept as the sources are while somebody writes.

In: the paths that a watch saw change. Out: a `Built` for each build, told to whoever listens. One thread owns
the memo and builds with the same `publish` as everything else; what fails is told, and the next save tries
again. It must never know the vault.
"""

from __future__ import annotations

import gc
import os
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path
from urllib.parse import unquote

from brandkit.app.ahead import Ahead, show_ahead
from brandkit.app.project import Project
from brandkit.app.publish import Published, publish
from brandkit.app.running import open_memo, patiently
from brandkit.base.diagnostics import Diagnostic, Report
from brandkit.base.url import folder_of
from brandkit.base.walls import EnvironmentProblem, OutputDir, PublicRoot, Stop
from brandkit.io import clock, disk, manifest
from brandkit.io.lock import lock
from brandkit.io.memo import DiskMemo
from brandkit.io.pool import abandon, pool_map
from brandkit.site.model import Page

_SOON = 0.7  # seconds of waiting for another brandkit, after which we say that we do
_PATIENCE = 0.8  # seconds for a build to end by itself, when all ends
_LONGEST_SLEEP = 3600.0  # a clock can be set
_COLLECTED = 10  # builds without a pause between them, after which it is looked for anyway
_IDLE = 0.7  # seconds after a build before its garbage is looked for: until then browsers ask for pages

Hear = Callable[["Built"], None]


@dataclass(frozen=True)
class Built:
    """One build, as the terminal and the browser tell of it. Paths are those of the output, with forward slashes.

    `held`: what was found is new and grave, so the folder stands as the last good build left it. `edited` is the
    address of the page whose source changed; `moved` the old addresses and the new; `statuses` what is shown and
    not published yet, by decoded address. `trouble` says in a line why there was no build at all; `waiting` that
    there is none yet, since another brandkit is at work, and that all else is as it was; `ahead` that only the page
    that is being written was, and a build follows. `published` belongs to
    the thread that builds: its memo can be asked only there, while this is heard.
    """

    root: str = "/"
    why: tuple[str, ...] = ()
    written: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    findings: tuple[Diagnostic, ...] = ()
    held: bool = False
    edited: str | None = None
    moved: Mapping[str, str] = field(default_factory=dict)
    statuses: Mapping[str, str] = field(default_factory=dict)
    seconds: float = 0.0
    trouble: str | None = None
    waiting: bool = False
    ahead: bool = False
    published: Published | None = field(default=None, repr=False, compare=False)


class Preview:
    """Builds when something changed or the time has come, on a thread of its own, until it is closed."""

    def __init__(self, project: Project, wanted: PublicRoot, hear: Hear) -> None:
        self._place = ExitStack()
        self.out = self._place.enter_context(_free_place(project))
        self._project, self._root, self._hear = project, replace(wanted, indexed=False), hear
        self._waiting: set[str] = set()
        self._woken = threading.Condition()
        self._closed = False
        self._last = Built()
        self._due: float | None = None
        self._uncollected = 0
        self._known: Counter[tuple[str, str, str]] = Counter()
        self._unwritten: set[str] = set()
        self._shown_ahead: dict[Ahead, str | None] = {}
        self._thread = threading.Thread(target=self._run, name="preview", daemon=True)

    @property
    def last(self) -> Built:
        """The last build, or what came of trying."""
        return self._last

    def start(self) -> None:
        """Begin with a build of everything; whoever listens hears of it."""
        self._waiting.add("")
        self._thread.start()

    def changed(self, paths: Iterable[Path]) -> None:
        """Build soon, if one of these paths is of any concern to the public site. Returns at once."""
        names = {name for path in paths if (name := self._concern(path))}
        if names:
            with self._woken:
                self._waiting |= names
                self._woken.notify()

    def close(self) -> None:
        """No build begins from here on; one that has begun is waited for, a moment. A later run finishes its commit."""
        with self._woken:
            self._closed = True
            self._woken.notify()
        if self._thread.is_alive():
            self._thread.join(_PATIENCE)
            abandon()
            self._thread.join(_PATIENCE)
        self._place.close()

    def _concern(self, path: Path) -> str | None:
        """The path from the root, if it is, or holds, or lies in, something public."""
        try:
            name = path.relative_to(os.path.realpath(self._root.path)).as_posix()
        except ValueError:
            return None
        public = disk.places(self._root)
        near = any(f"{name}/".startswith(f"{place}/") or place.startswith(f"{name}/") for place in public)
        return name if near or (name.count("/") == 1 and name.startswith("content/")) else None

    def _run(self) -> None:
        memo = open_memo(self._project)
        gc.disable()  # what a build makes lives to its end; see _next
        try:
            while (changed := self._next()) is not None:
                self._one(memo, changed)
        finally:
            gc.enable()
            memo.close()

    def _next(self) -> frozenset[str] | None:
        """What changed since the last build, once something did; the empty set when only time has passed."""
        with self._woken:
            busy = self._closed or bool(self._waiting) or self._woken.wait(_IDLE)
        self._uncollected = self._uncollected + 1 if busy else 0
        if self._uncollected % _COLLECTED == 0:
            gc.collect()
        gc.enable()  # others work in this process while we wait
        with self._woken:
            while not self._waiting and not self._closed:
                left = None if self._due is None else self._due - clock.now().timestamp()
                if left is not None and left <= 0:
                    self._due = None
                    gc.disable()
                    return frozenset()
                self._woken.wait(None if left is None else min(left, _LONGEST_SLEEP))
            changed, self._waiting = frozenset(self._waiting), set()
            gc.disable()
            return None if self._closed else changed

    def _one(self, memo: DiskMemo, changed: frozenset[str]) -> None:
        """One build, whatever comes of it."""
        self._unwritten |= changed
        began = time.monotonic()
        try:
            with ExitStack() as held:
                if not self._alone(held, changed):
                    return
                began = time.monotonic()
                self._show_ahead(memo, changed, began)
                built = self._build(memo, changed)
                if built.held:
                    for page in self._shown_ahead:
                        page.take_back(self.out)
                written = tuple(sorted({*built.written, *(page.path for page in self._shown_ahead)}))
                edited = built.edited or next(filter(None, self._shown_ahead.values()), None)
                built = replace(built, written=written, edited=edited)
                self._shown_ahead.clear()
        except Stop as problem:
            built = self._failed(changed, str(problem))
        except Exception as error:  # a fault of ours must not end the evening of somebody who writes
            built = self._failed(changed, f"the build failed, which is a fault in brandkit: {error!r}")
        self._tell(replace(built, seconds=time.monotonic() - began, waiting=False, ahead=False))

    def _show_ahead(self, memo: DiskMemo, changed: frozenset[str], began: float) -> None:
        """The page of the one text that changed, shown before all else where that can be."""
        published = self._last.published
        if published is None or self._last.held or self._last.trouble or len(changed) != 1:
            return
        try:
            page = show_ahead(published.planned, memo, self.out, next(iter(changed)))
        except Exception:  # whatever it was, the build that follows says it, if it is worth saying
            return
        if page is not None:
            edited = _edited(changed, published.site.pages, (page.path,), published.settings.config.url)
            self._shown_ahead[page] = edited
            news = replace(self._last, why=_named(changed), written=(page.path,), removed=(), edited=edited, moved={})
            self._tell(replace(news, seconds=time.monotonic() - began, waiting=False, ahead=True))

    def _alone(self, held: ExitStack, changed: frozenset[str]) -> bool:
        """Hold the project, however long another brandkit is at work in it; that is said soon. False: all ends."""
        idle = replace(self._last, why=_named(changed), written=(), removed=(), edited=None, moved={}, waiting=True)
        say = threading.Timer(_SOON, self._tell, [idle])
        say.daemon = True
        say.start()
        try:
            while not self._closed:
                with suppress(EnvironmentProblem):  # it is held for longer than a command would wait
                    held.enter_context(self._project.site_locked())
                    return True
            return False
        finally:
            say.cancel()
            say.join()

    def _tell(self, built: Built) -> None:
        self._last = built
        if not self._closed:
            self._hear(built)

    def _failed(self, changed: frozenset[str], words: str) -> Built:
        return replace(self._last, why=_named(changed), written=(), removed=(), edited=None, moved={}, trouble=words)

    def _build(self, memo: DiskMemo, changed: frozenset[str]) -> Built:
        before = self._last.published.site.pages if self._last.published else ()
        held = False

        def may_write(report: Report) -> bool:
            nonlocal held
            held = self._last.published is not None and self._is_grave(report)
            return not held

        published = patiently(memo, lambda: self._publish(memo, may_write))
        findings = tuple(published.report.sorted())
        if held or (self._last.published is not None and not published.settings.usable):
            kept = replace(self._last, why=_named(changed), written=(), removed=(), edited=None, moved={})
            errors = tuple(d for d in findings if d.severity == "error")  # the rest may only follow from them
            return replace(kept, findings=errors, held=True, trouble=None)
        site, committed = published.site, published.committed
        self._known, self._unwritten = Counter(map(_identity, published.report.diagnostics)), set()
        self._due = site.valid_until.timestamp() if site.valid_until else None
        return Built(
            root=folder_of(published.settings.config.url) if published.settings.usable else "/",
            why=_named(changed) or (("the time has come",) if before else ()),
            written=committed.written,
            removed=committed.removed,
            findings=findings,
            edited=_edited(changed, site.pages, committed.written, published.settings.config.url),
            moved=_moved(before, site.pages),
            statuses={unquote(page.path): page.status for page in site.pages if page.status != "published"},
            published=published,
        )

    def _publish(self, memo: DiskMemo, may_write: Callable[[Report], bool]) -> Published:
        seen = disk.look(self._root, manifest.load(self.out).inputs)
        return publish(self._root, seen, self.out, clock.now(), memo, pool_map, may_write)

    def _is_grave(self, report: Report) -> bool:
        """Whether an error is new, and of something that was just changed.

        What breaks elsewhere (an address that is gone, a menu item that leads nowhere) is meant to be seen.
        """
        new = Counter(_identity(d) for d in report.diagnostics if d.severity == "error") - self._known
        return any(file in self._unwritten or file.startswith("themes/") for _, file, _ in new)


@contextmanager
def _free_place(project: Project) -> Iterator[OutputDir]:
    """A folder that no other preview fills: two may show one project, each with flags of its own.

    The first that is free, so that there are never more of them than there were previews at the same time.
    Raises Refused where something stands in it that is no output.
    """
    for number in count(1):
        name = "preview" if number == 1 else f"preview-{number}"
        project.guard((project.cache / name).resolve())
        with ExitStack() as held:
            try:
                held.enter_context(lock(project.cache / f"{name}.lock", 0))
            except EnvironmentProblem:
                continue
            yield OutputDir(project.cache / name, project.cache)
            return


def _identity(finding: Diagnostic) -> tuple[str, str, str]:
    """The same problem is still the same on another line."""
    return finding.code, finding.place.file, finding.message


def _named(changed: frozenset[str]) -> tuple[str, ...]:
    return tuple(sorted(changed - {""}))


def _edited(changed: frozenset[str], pages: Iterable[Page], written: Iterable[str], url: str) -> str | None:
    """The address of the page that was edited: the one whose source changed, or a file of whose folder did."""
    root, new = folder_of(url), set(written)
    folders = {name.rpartition("/")[0] for name in changed}
    for page in pages:
        source = page.document.path
        bundle = source.rpartition("/")[2].startswith("index.") and source.rpartition("/")[0] in folders
        if (source in changed or bundle) and _file_of(page.path, root) in new:
            return page.path
    return None


def _file_of(path: str, root: str) -> str:
    relative = unquote(path.removeprefix(root))
    return f"{relative}index.html" if not relative or relative.endswith("/") else relative


def _moved(before: Iterable[Page], pages: Iterable[Page]) -> dict[str, str]:
    """Old address to new: of a source that has another address now, or a text that has another source."""
    old = {page.path: page for page in before}
    now = {page.path: page for page in pages}
    gone = [page for path, page in old.items() if path not in now]
    if not gone:
        return {}
    come = [page for path, page in now.items() if path not in old]
    sources = {page.document.path: page.path for page in come}
    texts = {page.document.text_digest: page.path for page in come}
    found = ((p.path, sources.get(p.document.path) or texts.get(p.document.text_digest)) for p in gone)
    return {path: to for path, to in found if to}
