"""How a needle is recognised in folded text: its letters in a row, and what may stand between and around them.

In: a needle with its style. Out: a `Pattern`, or None where it has too few letters to be searched for at all.
What is private, and which style suits it, is decided elsewhere.

- `words`: any punctuation and markup between the words (a sentence).
- `near`: white space, markup, or one of - _ + . / and the like between them (a name).
- `exact`: the same punctuation, whatever white space or markup (an address).
- `handle`: exact, and after an @ or a slash.
- `digits`: digits with anything between them that people write in phone numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from string import ascii_letters
from typing import Literal, Protocol

from brandkit.io.leak_search.folding import TAG, WALL, fold

Style = Literal["words", "near", "exact", "handle", "digits"]
Capitals = Literal["any", "even", "all"]  # whatever they are; all words with one or none; all words with one
FEWEST = 6  # letters, counted in bytes: one of Chinese is three

_LETTER = r"0-9A-Za-z\x80-\xff"
_LETTERS = frozenset(b"0123456789" + bytes(range(0x80, 0x100))) | frozenset(map(ord, ascii_letters))
_WORD = re.compile(rb"[0-9A-Za-z\x80-\xff]+")
_SPACE = rf"[{TAG}\s]"
_ANY = rf"[^{_LETTER}{WALL}]{{1,60}}"
_MARKED = rf"[{TAG}\s*_~`]*"  # Markdown's marks too: a push carries sources
_NEAR = rf"(?=[^{_LETTER}]){_MARKED}(?:[-+/'\"(|]|\.(?!\s))?{_MARKED}"
_IN_NUMBERS = rf"(?:{TAG}*[\s()./+-]){{0,4}}{TAG}*"
_AFTER = {"handle": rf"(?<=[@/])|(?<=[@/]{TAG})", "digits": r"(?<![0-9][.,])"}
_BEFORE = {"digits": r"(?![.,][0-9])"}
# Chinese, Japanese and Thai set no spaces between words, so a word may begin and end anywhere.
_UNSPACED = re.compile("[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\U00020000-\U0003ffff]")


class Needle(Protocol):
    """What is searched for."""

    @property
    def text(self) -> str: ...
    @property
    def style(self) -> Style: ...
    @property
    def capitals(self) -> Capitals: ...


@dataclass(frozen=True)
class Pattern:
    """A needle, folded: `flat` is all its letters without anything between them."""

    words: tuple[bytes, ...]
    between: tuple[bytes, ...]
    style: Style
    capitals: Capitals
    open_ended: tuple[bool, bool]

    @cached_property
    def flat(self) -> bytes:
        return b"".join(self.words)

    @cached_property
    def expression(self) -> re.Pattern[bytes]:
        """What the letters have to look like where they stand."""
        inside = _IN_NUMBERS if self.style == "digits" else f"{TAG}*"
        parts = [self._around("<!", 0), _AFTER.get(self.style, "")]
        for word, gap in zip(self.words, (*map(self._gap, self.between), ""), strict=True):
            parts += [inside.join(re.escape(chr(byte)) for byte in word), gap]
        parts += [self._around("!", -1), _BEFORE.get(self.style, "")]
        return re.compile("".join(f"(?:{part})" for part in parts if part).encode("latin-1"), re.IGNORECASE)

    def _around(self, sign: str, end: int) -> str:
        return "" if self.open_ended[end] else f"(?{sign}[{_LETTER}])"

    def _gap(self, between: bytes) -> str:
        if self.style == "words":
            return _ANY
        own = f"{_SPACE}*".join(re.escape(chr(byte)) for byte in b"".join(between.split()))
        exactly = f"{_SPACE}*{own}{_SPACE}*" if own else rf"(?:{_SPACE}|\+)+"
        return exactly if self.style != "near" else f"(?:{_NEAR}|{exactly})"

    def stands_at(self, text: bytes, at: int) -> bool:
        """Whether it stands in a text from there on."""
        found = self.expression.match(text, at)
        if found is None or self.capitals == "any":
            return found is not None
        bare, at_word, small = [byte for byte in found[0] if byte in _LETTERS], 0, []
        for word in self.words:
            small.append(bytes(bare[at_word : at_word + 1]).islower())
            at_word += len(word)
        return not any(small) or (self.capitals == "even" and all(small))


def pattern_of(needle: Needle) -> Pattern | None:
    """The pattern of a needle; None where it is too short."""
    encoded = fold(needle.text).lower()
    found = list(_WORD.finditer(encoded))
    if sum(len(word[0]) for word in found) < FEWEST:
        return None
    words = [word[0] for word in found]
    between = [encoded[a.end() : b.start()] for a, b in pairwise(found)]
    if needle.style == "digits":
        words, between = [b"".join(words)], []
    first, last = words[0].decode()[0], words[-1].decode()[-1]
    ends = bool(_UNSPACED.match(first)), bool(_UNSPACED.match(last))
    return Pattern(tuple(words), tuple(between), needle.style, needle.capitals, ends)


def patterns_of(needles: list[Needle]) -> Iterator[tuple[int, Pattern]]:
    """Every needle that is long enough, by its number."""
    for number, needle in enumerate(needles):
        pattern = pattern_of(needle)
        if pattern is not None:
            yield number, pattern
