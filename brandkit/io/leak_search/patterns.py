"""How a needle is recognised in folded text: its letters in a row, and what may stand between and around them.

In: a needle with its style. Out: a `Pattern`, or None where it has too few letters to be searched for at all.
What is private, and which style suits it, is decided elsewhere.

- `words`: any punctuation and markup between the words (a sentence).
- `near`: white space, markup, or one of - _ + . / and the like between them; or nothing, where each word has its
  capital or they are many letters; an s of possession, or digits, after them (a name).
- `listed`: the same with a comma where there is one (a name as lists have it), but not of two people in a row, as in
  "Mary Lovelace, Ada Brown".
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

Style = Literal["words", "near", "listed", "exact", "handle", "digits"]
Capitals = Literal["any", "even", "all"]  # whatever they are; all words with theirs or none; all words with theirs
FEWEST = 6  # letters, counted in bytes: one of Chinese is three

_LETTER = r"0-9A-Za-z\x80-\xff"
_NO_DIGIT = r"A-Za-z\x80-\xff"
_GLUED = 10  # letters: of so many a name is known by its small letters alone, in a row (adalovelace)
_LETTERS = frozenset(b"0123456789" + bytes(range(0x80, 0x100))) | frozenset(map(ord, ascii_letters))
_WORD = re.compile(rb"[0-9A-Za-z\x80-\xff]+")
_SPACE = rf"[{TAG}\s]"
_ANY = rf"[^{_LETTER}{WALL}]{{1,60}}"
_MARKED = rf"[{TAG}\s*_~`\[\]]*+"  # Markdown's marks too: a push carries sources
_NEAR = rf"(?=[^{_LETTER}]){_MARKED}(?:[-+/'\"(|]|\.(?!\s))?{_MARKED}"
_IN_NUMBERS = rf"(?:{TAG}*[\s()./+-]){{0,4}}{TAG}*"
_AFTER = {"handle": rf"(?<=[@/])|(?<=[@/]{TAG})", "digits": r"(?<![0-9][.,])"}
_OF_NAMES = ("near", "listed")
_REACH = 60  # letters before a name that are looked at
_GIVEN_NAME = rf"(?<![{_LETTER}])(?:[A-Z\x80-\xff][{_LETTER}'-]*|[A-Z]\.)"
_GIVEN = re.compile(rf"{_GIVEN_NAME}[ \t]+\Z".encode("latin-1"))
_GIVEN_ABOVE = re.compile(rf"{_GIVEN_NAME}[ \t]*\n[ \t]*\Z".encode("latin-1"))
# "By Lovelace, Ada", "Frau Lovelace, Ada": what begins a sentence has a capital anyway, and a title is no given name
_NO_GIVEN = re.compile(
    rf"(?:(?:\A|[.!?:;>()\[\]\"\n{TAG}])[ \t]*{_GIVEN_NAME}|\b(?:Dr|Prof|Frau|Herr|Mrs?|Ms|Mx|Sir)\.?)[ \t]+\Z".encode(
        "latin-1"
    )
)
_FAMILY = re.compile(rb"[ \t]+[A-Z\x80-\xff]")
# "Anna, Thomas, Martin and Paul": a row of given names
_ROW_BEFORE = re.compile(rf"(?<![{_LETTER}])[A-Z\x80-\xff][{_LETTER}'-]*,\s*\Z".encode("latin-1"))
_ROW_AFTER = re.compile(
    rf"\s*,?\s*(?:and|or|und|oder|&)\s+[A-Z\x80-\xff][{_LETTER}'-]*(?!\s*,|[{_LETTER}'-])".encode("latin-1")
)
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
    heads: tuple[bool, ...]  # which words have a capital: "van" of van Gogh has none

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
        parts += [self._owning, self._around("!", -1), _BEFORE.get(self.style, "")]
        return re.compile("".join(f"(?:{part})" for part in parts if part).encode("latin-1"), re.IGNORECASE)

    @cached_property
    def in_capitals(self) -> re.Pattern[bytes]:
        """The words with nothing between them but their capitals, among others that are written so: photoAdaLovelace.

        The first may be small where nothing stands before it (adaLovelace), but not one that is an ordinary word.
        """
        words = [re.escape(word.decode("latin-1")) for word in self.words]
        joined = r"(?-i:(?<=[a-z0-9\x80-\xff])(?=[A-Z\x80-\xff]))".join(words)
        first = rf"(?<![{_LETTER}])|" if self.capitals == "any" else ""
        before = rf"{first}(?-i:(?<![A-Z\x80-\xff])(?=[A-Z]))"
        after = rf"(?![{_NO_DIGIT}])|(?-i:(?=[A-Z]))"
        return re.compile(f"(?:{before}){joined}(?:{self._owning})(?:{after})".encode("latin-1"), re.IGNORECASE)

    @property
    def _owning(self) -> str:
        """Ada Lovelace's, and Ada Lovelaces, as Germans write it; what follows an apostrophe is another word anyway."""
        return f"(?:{TAG}*s)?" if self.style in _OF_NAMES and not self.open_ended[1] else ""

    def _around(self, sign: str, end: int) -> str:
        if self.open_ended[end]:
            return ""
        is_name = self.style in _OF_NAMES and not self.words[end][end:][:1].isdigit()
        return f"(?{sign}[{_NO_DIGIT if is_name else _LETTER}])"

    def _gap(self, between: bytes) -> str:
        if self.style == "words":
            return _ANY
        if self.style == "listed" and b"," in between:
            return f"{_MARKED},{_MARKED}"
        own = f"{_SPACE}*".join(re.escape(chr(byte)) for byte in b"".join(between.split()))
        exactly = f"{_SPACE}*{own}{_SPACE}*" if own else rf"(?:{_SPACE}|\+)+"
        return f"(?:{_NEAR}|{exactly}|{TAG}*)" if self.style in _OF_NAMES else exactly

    def stands_at(self, text: bytes, at: int) -> bool:
        """Whether it stands in a text from there on."""
        found = self.expression.match(text, at)
        if found is None or not self._as_meant(found[0]):
            return self._may_be_glued and self.in_capitals.match(text, at) is not None
        return self.style != "listed" or not _is_of_two(text, *found.span())

    @property
    def _may_be_glued(self) -> bool:
        return self.style == "near" and len(self.words) > 1 and not any(self.open_ended)

    def _as_meant(self, found: bytes) -> bool:
        """Whether the capitals are those of a name, and there is something between its words, or it is long."""
        few = len(self.flat) < _GLUED or self.capitals == "all"
        if self._may_be_glued and few and _LETTERS.issuperset(found):
            return False
        if self.capitals == "any":
            return True
        bare, at_word, small = bytes(byte for byte in found if byte in _LETTERS), 0, []
        for word, counts in zip(self.words, self.heads, strict=True):
            if counts:
                small.append(bare[at_word : at_word + 1].islower())
            at_word += len(word)
        return not any(small) or (self.capitals == "even" and all(small))


def _is_of_two(text: bytes, begin: int, end: int) -> bool:
    """Whether a family's name and the given name after it belong to two people: one more name stands before them, or
    they stand in a row of given names."""
    before = text[max(0, begin - _REACH) : begin]
    if _ROW_BEFORE.search(before) or _ROW_AFTER.match(text, end):
        return True
    has_family = _FAMILY.match(text, end) is not None
    if _GIVEN.search(before):
        return has_family or not _NO_GIVEN.search(before)
    return has_family and _GIVEN_ABOVE.search(before) is not None


def pattern_of(needle: Needle) -> Pattern | None:
    """The pattern of a needle; None where it is too short."""
    cased = fold(needle.text)
    encoded = cased.lower()
    found = list(_WORD.finditer(encoded))
    if sum(len(word[0]) for word in found) < FEWEST:
        return None
    words = [word[0] for word in found]
    between = [encoded[a.end() : b.start()] for a, b in pairwise(found)]
    heads = [not cased[word.start() : word.start() + 1].islower() for word in found]
    if needle.style == "digits":
        words, between, heads = [b"".join(words)], [], [True]
    first, last = words[0].decode()[0], words[-1].decode()[-1]
    ends = bool(_UNSPACED.match(first)), bool(_UNSPACED.match(last))
    return Pattern(
        tuple(words),
        tuple(between),
        needle.style,
        needle.capitals,
        ends,
        tuple(heads if any(heads) else map(bool, words)),
    )


def patterns_of(needles: list[Needle]) -> Iterator[tuple[int, Pattern]]:
    """Every needle that is long enough, by its number."""
    for number, needle in enumerate(needles):
        pattern = pattern_of(needle)
        if pattern is not None:
            yield number, pattern
