"""Folders and files watched for what changes in them; editors save in many ways, and each save is told once.

In: folders (all that is below them), single files, whom to tell. Out: batches of changed paths, told on a thread
of the watch. A batch waits until things are quiet: hardly at all after a file was closed or renamed into place,
longer while one is missing or still being written, never longer than a second, so that a flood makes few batches.
"""

from __future__ import annotations

import contextlib
import errno
import logging
import os
import re
import threading
import time
import warnings
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from watchdog.events import (
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
    FileClosedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver
from watchdog.observers.polling import PollingObserver

Tell = Callable[[frozenset[Path]], None]
Say = Callable[[str], None]

_QUIET = 0.025  # seconds without an event after which a save is whole
_MISSING = 0.12  # a file that is gone: editors put the new one in its place in a moment
_OPEN = 0.5  # a file that was begun and not closed
_OPEN_UNSEEN = 0.1  # the same where the system does not tell of closing
_LONGEST = 1.0  # from the first event of a batch to its end, whatever else happens
_POLL = 1.0

# What is never read or written in between: files being only looked at make no event at all.
_EVENTS: list[type[FileSystemEvent]] = [
    *(FileCreatedEvent, FileModifiedEvent, FileClosedEvent, FileMovedEvent, FileDeletedEvent),
    *(DirCreatedEvent, DirMovedEvent, DirDeletedEvent),
]
_SCRATCH = re.compile(
    r"""
    4913                              # vim asks whether it may write here
    | .*~ | .*\.(sw[a-z]|un~|tmp|bak~|crswap|kate-swp)
    | \.\#.* | \#.*\#                 # emacs: locks, and what was not saved yet
    | .*___jb_(tmp|old)___            # JetBrains
    | \.goutputstream-.* | \.~lock\..*\#? | \.sb-[0-9a-f]+-.*
    | \.DS_Store | Thumbs\.db | \.git
    """,
    re.VERBOSE | re.DOTALL,
)


def is_scratch(path: str) -> bool:
    """Whether a path is an editor's or the system's own: a swap file, a lock, a backup, something of git."""
    name = path.rpartition(os.sep)[2]
    return _SCRATCH.fullmatch(name) is not None or f"{os.sep}.git{os.sep}" in path


class Settling:
    """The events of one batch, and until when it should wait for more. Knows no clock and no disk."""

    def __init__(self, closes: bool = True) -> None:
        self._open = _OPEN if closes else _OPEN_UNSEEN
        self._changed: set[str] = set()
        self._unsettled: dict[str, float] = {}  # path: until when to wait for it
        self._born: set[str] = set()  # what was not there when the batch began
        self._first = self._last = 0.0

    def made(self, path: str, now: float) -> None:
        """A file was made, and is being written."""
        if path not in self._changed:
            self._born.add(path)
        self._note(path, now, self._open)

    def begun(self, path: str, now: float) -> None:
        """A file is being written."""
        self._note(path, now, self._open)

    def gone(self, path: str, now: float) -> None:
        """A file is not there any more; perhaps only for a moment. One that came in this batch was never there."""
        if path in self._born:
            self._forget(path, now)
        else:
            self._note(path, now, _MISSING)

    def left(self, path: str, now: float) -> None:
        """A file has another name now."""
        if path in self._born:
            self._forget(path, now)
        else:
            self._note(path, now, None)

    def _forget(self, path: str, now: float) -> None:
        self._last = now
        self._born.discard(path)
        self._changed.discard(path)
        self._unsettled.pop(path, None)

    def whole(self, path: str, now: float) -> None:
        """A file stands there as it should: closed, or renamed into place."""
        self._note(path, now, None)

    def _note(self, path: str, now: float, wait: float | None) -> None:
        if is_scratch(path):
            return
        self._first = self._first if self._changed else now
        self._last = now
        self._changed.add(path)
        if wait is None:
            self._unsettled.pop(path, None)
        else:
            self._unsettled[path] = now + wait

    def due(self) -> float | None:
        """When the batch is ready, if nothing else happens; None where there is none."""
        if not self._changed:
            return None
        return min(max([self._last + _QUIET, *self._unsettled.values()]), self._first + _LONGEST)

    def take(self) -> frozenset[Path]:
        """The batch; from here on the next one is gathered."""
        batch = frozenset(map(Path, self._changed))
        for gathered in (self._changed, self._unsettled, self._born):
            gathered.clear()
        return batch


class Watch:
    """Watches until it is closed. Folders and files may come, go and come back."""

    def __init__(self, folders: Sequence[Path], files: Sequence[Path], tell: Tell, say: Say = lambda _: None) -> None:
        self._folders = [os.path.realpath(folder) for folder in folders]
        self._files = {os.path.realpath(file) for file in files}
        self._tell, self._say = tell, say
        self._settling = Settling()
        self._changed = threading.Condition()
        self._closed = False
        self._observer: BaseObserver | None = None
        self._watched: dict[str, Any] = {}
        self._thread = threading.Thread(target=self._gather, name="watch", daemon=True)

    def start(self) -> None:
        """Begin to watch; what happens from here on is told."""
        logging.getLogger("watchdog").setLevel(logging.CRITICAL)  # it speaks of floods, which are no news to us
        # it warns where a folder within a new one came while both were added, and then does what is right
        warnings.filterwarnings("ignore", "Callback with id", RuntimeWarning)
        try:
            self._begin(Observer())
        except OSError as error:
            if error.errno not in (errno.ENOSPC, errno.EMFILE):
                raise
            self._say("This system has no watches left (see fs.inotify.max_user_watches): looking every second instead")
            self._settling = Settling(closes=False)
            self._begin(PollingObserver(timeout=_POLL))
        self._thread.start()

    def close(self) -> None:
        """Stop watching."""
        with self._changed:
            self._closed = True
            self._changed.notify()
        if self._observer is not None:
            self._observer.stop()
            with contextlib.suppress(RuntimeError):
                self._observer.join(2)
        if self._thread.is_alive() and self._thread is not threading.current_thread():
            self._thread.join(2)

    def _begin(self, observer: BaseObserver) -> None:
        self._observer, self._watched = observer, {}
        if "inotify" not in type(observer).__module__:
            self._settling = Settling(closes=False)
        observer.start()
        try:
            for above in sorted({os.path.dirname(path) for path in (*self._folders, *self._files)}):
                if os.path.isdir(above):
                    observer.schedule(_Hand(self._heard_above), above, recursive=False, event_filter=_EVENTS)
            for folder in self._folders:
                self._watch_folder(folder)
        except OSError:
            observer.stop()
            raise

    def _watch_folder(self, folder: str) -> None:
        """Watch a folder anew: it may be another one of the same name, or none."""
        assert self._observer is not None
        before = self._watched.pop(folder, None)
        if before is not None:
            with contextlib.suppress(KeyError, OSError):
                self._observer.unschedule(before)
        if os.path.isdir(folder):
            self._watched[folder] = self._observer.schedule(
                _Hand(self._heard), folder, recursive=True, event_filter=_EVENTS
            )

    def _heard_above(self, event: FileSystemEvent) -> None:
        """Something happened beside what we watch: only our own files and folders matter."""
        paths = {os.fsdecode(path) for path in (event.src_path, event.dest_path) if path}
        for folder in paths.intersection(self._folders):
            with contextlib.suppress(OSError):
                self._watch_folder(folder)
            self._heard(event, only=frozenset({folder}))
        if ours := paths & self._files:
            self._heard(event, only=frozenset(ours))

    def _heard(self, event: FileSystemEvent, only: frozenset[str] | None = None) -> None:
        source, target, now = os.fsdecode(event.src_path), os.fsdecode(event.dest_path), time.monotonic()
        with self._changed:
            for path, happened in _told(event, source, target, self._settling):
                if only is None or path in only:
                    happened(path, now)
            self._changed.notify()

    def _gather(self) -> None:
        while True:
            with self._changed:
                while not self._closed:
                    due = self._settling.due()
                    if due is not None and due <= time.monotonic():
                        break
                    self._changed.wait(None if due is None else due - time.monotonic())
                if self._closed:
                    return
                batch = self._settling.take()
            self._tell(batch)


def _told(
    event: FileSystemEvent, source: str, target: str, settling: Settling
) -> Iterable[tuple[str, Callable[[str, float], None]]]:
    """What an event says of each path."""
    if isinstance(event, (FileMovedEvent, DirMovedEvent)):  # what is moved aside as a backup comes back in a moment
        return ((source, settling.gone if is_scratch(target) else settling.left), (target, settling.whole))
    if isinstance(event, (FileDeletedEvent, DirDeletedEvent)):
        return ((source, settling.gone),)
    if isinstance(event, FileCreatedEvent):
        return ((source, settling.made),)
    if isinstance(event, FileModifiedEvent):
        return ((source, settling.begun),)
    return ((source, settling.whole),)


class _Hand(FileSystemEventHandler):
    """Hands every event on."""

    def __init__(self, hear: Callable[[FileSystemEvent], None]) -> None:
        self._hear = hear

    def on_any_event(self, event: FileSystemEvent) -> None:
        self._hear(event)
