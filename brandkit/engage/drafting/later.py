"""Suggestions whose drafts are written when somebody looks at one: most are never looked at. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import overload

from brandkit.engage.model import Suggestion


class WithDrafts(Sequence[Suggestion]):
    """Suggestions, each with its draft; `bare` are the same before any was written. A draft is written once."""

    def __init__(self, bare: Sequence[Suggestion], write: Callable[[Suggestion], Suggestion]) -> None:
        self.bare, self._write = tuple(bare), write
        self._written: dict[int, Suggestion] = {}

    def __len__(self) -> int:
        return len(self.bare)

    @overload
    def __getitem__(self, at: int) -> Suggestion: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Suggestion, ...]: ...
    def __getitem__(self, at: int | slice) -> Suggestion | tuple[Suggestion, ...]:
        if isinstance(at, slice):
            return tuple(self[one] for one in range(*at.indices(len(self))))
        number = range(len(self))[at]
        if number not in self._written:
            self._written[number] = self._write(self.bare[number])
        return self._written[number]

    def __iter__(self) -> Iterator[Suggestion]:
        return (self[at] for at in range(len(self)))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, (tuple, WithDrafts)) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(self.bare)

    def __repr__(self) -> str:
        return repr(tuple(self))
