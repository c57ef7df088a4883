"""What a target is: one input of brandkit, where its seeds come from, and what must be true of every outcome.

`judge` takes bytes and returns nothing. Whatever it raises is a finding: the declared outcomes (values, diagnostics,
one line that says why) raise nothing, and an assertion says which promise was broken.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Target:
    """`seeds` yields from the folder of corpora; `words` are the pieces that its language is made of."""

    name: str
    judge: Callable[[bytes], None]
    seeds: Callable[[Path], Iterable[bytes]]
    words: tuple[str, ...] = ()


def files(folder: str, *endings: str) -> Callable[[Path], Iterator[bytes]]:
    """The files of a corpus as seeds."""

    def read(corpora: Path) -> Iterator[bytes]:
        for path in sorted((corpora / folder).rglob("*")):
            if (
                path.is_file()
                and path.name.endswith(endings or ("",))
                and not path.name.startswith(("MANIFEST", "LICENSE"))
            ):
                yield path.read_bytes()

    return read


def texts(*written: str) -> Callable[[Path], Iterator[bytes]]:
    """Seeds that are written here."""
    return lambda _: (text.encode() for text in written)


def together(*sources: Callable[[Path], Iterable[bytes]]) -> Callable[[Path], Iterator[bytes]]:
    """The seeds of several places."""
    return lambda corpora: (seed for source in sources for seed in source(corpora))
