"""Promises that are open: made in a line of the journal, and not yet kept in another one. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from brandkit.engage.model import Interaction, Promise


@dataclass(frozen=True)
class OpenPromise:
    """A promise, the line in which it was made, and the name under which it is kept."""

    promise: Promise
    line: Interaction
    number: int  # its place in the line, from one
    to: tuple[str, ...]  # those of the line to whom it was not kept yet

    @property
    def key(self) -> str:
        """The line's id; with a number where the line holds several."""
        return self.line.id if len(self.line.promises) == 1 else f"{self.line.id}/{self.number}"

    @property
    def is_mine(self) -> bool:
        """Whether you made it."""
        return self.promise.by == "me"


def open_promises(lines: Iterable[Interaction]) -> Iterator[OpenPromise]:
    """Those of these lines, in their order. A line that keeps another keeps all that was promised there.

    What you promised to several is kept to those whom the keeping line names; to all where it names nobody.
    """
    lines = tuple(lines)
    kept: dict[str, set[str]] = {}
    for line in lines:
        if line.type == "promise-kept" and line.keeps:
            kept.setdefault(line.keeps, set()).update(line.contacts or ("",))
    for line in lines:
        for number, promise in enumerate(line.promises, start=1):
            made = OpenPromise(promise, line, number, line.contacts)
            done = kept.get(line.id, set()) | kept.get(made.key, set())
            left = tuple(id_ for id_ in line.contacts if id_ not in done)
            if not done or ("" not in done and made.is_mine and left):
                yield OpenPromise(promise, line, number, left)
