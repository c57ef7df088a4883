"""How long a text is: in signs as people see them, in columns of a terminal; cutting and wrapping by that. Pure.

Signs ("graphemes") follow Unicode's rules (UAX 29) where those join code points; the few rare joins that
are left out make a text count as longer, never as shorter.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache

_ZWJ, _ELLIPSIS = "\u200d", "…"
_FIRST_THAT_JOINS = "\u0300"  # of what comes before, only a line feed joins anything
_MAY_JOIN = re.compile(r"[\r\u0300-\u200f\u2028-\U0010ffff]")  # dashes, quotation marks and the ellipsis do not
# Spacing marks that begin a sign of their own all the same.
_APART = frozenset("\u102b\u102c\u1038\u1a61\u1a63\u1a64\uaa7b\uaa7d\U00011720\U00011721") | {
    chr(code)
    for first, last in ((0x1062, 0x1064), (0x1067, 0x106D), (0x1083, 0x1083), (0x1087, 0x108C), (0x108F, 0x108F))
    for code in range(first, last + 1)
}
_APART |= {"\u109a", "\u109b", "\u109c"}


def graphemes(text: str) -> list[str]:
    """The signs of a text."""
    if not _MAY_JOIN.search(text):
        return list(text)
    found: list[str] = []
    begin = 0
    for at, character in enumerate(text):
        if character < _FIRST_THAT_JOINS and character != "\n":
            joins = at == 0
        else:
            joins = at == 0 or _joins(text[begin], text[at - 1], at - begin == 1, character)
        if not joins:
            found.append(text[begin:at])
            begin = at
    return [*found, text[begin:]]


def _joins(first: str, last: str, alone: bool, character: str) -> bool:
    """Whether a character belongs to the sign before it: its first and last character, which are one if it is alone."""
    if character < _FIRST_THAT_JOINS:
        return character == "\n" and last == "\r"
    category = unicodedata.category(last)
    if category in ("Cc", "Zl", "Zp"):
        return False
    if _extends(character):
        return True
    if last == _ZWJ:
        return _is_pictograph(character) and _is_pictograph(first)
    if _is_flag_letter(character):
        return alone and _is_flag_letter(first)
    return category == "Lo" and _joins_hangul(last, character)


@lru_cache(maxsize=4096)
def _extends(character: str) -> bool:
    if character == _ZWJ or character == "\u200c" or 0x1F3FB <= ord(character) <= 0x1F3FF:
        return True
    if 0xE0020 <= ord(character) <= 0xE007F:
        return True
    category = unicodedata.category(character)
    return category in ("Mn", "Me") or (category == "Mc" and character not in _APART)


def _is_pictograph(character: str) -> bool:
    code = ord(character)
    return 0x1F300 <= code <= 0x1FAFF or 0x2600 <= code <= 0x2767 or code in (0x2194, 0x2195, 0x2B1B, 0x27A1)


def _is_flag_letter(character: str) -> bool:
    return 0x1F1E6 <= ord(character) <= 0x1F1FF


def _joins_hangul(last: str, character: str) -> bool:
    """Letters of one Korean syllable."""
    before, code = ord(last), ord(character)
    leads, vowels, tails = range(0x1100, 0x1160), range(0x1160, 0x11A8), range(0x11A8, 0x1200)
    syllable = 0xAC00 <= before <= 0xD7A3
    open_syllable = syllable and (before - 0xAC00) % 28 == 0
    if before in leads:
        return code in leads or code in vowels or 0xAC00 <= code <= 0xD7A3
    if before in vowels or open_syllable:
        return code in vowels or code in tails
    return (before in tails or syllable) and code in tails


def columns(text: str) -> int:
    """How many columns of a terminal a text fills: signs of East Asia and emoji take two."""
    return sum(_width(sign) for sign in graphemes(text))


def _width(sign: str) -> int:
    return 2 if is_wide(sign[0]) or "\ufe0f" in sign else int(not _extends(sign[0]))


def is_wide(character: str) -> bool:
    """Whether a character takes two columns; between such ones a line may break."""
    return unicodedata.east_asian_width(character) in "WF"


def shorten(text: str, fits: Callable[[str], bool]) -> str:
    """The longest beginning that fits, cut at a word and ended by an ellipsis; the text itself where that fits."""
    if fits(text):
        return text
    signs = graphemes(text)
    low, high = 0, len(signs)
    while low < high:  # the largest number of signs that fit
        middle = (low + high + 1) // 2
        low, high = (middle, high) if fits("".join(signs[:middle]) + _ELLIPSIS) else (low, middle - 1)
    for end in range(low, 0, -1):
        cut = _at_word(signs, end)
        if cut and fits(cut + _ELLIPSIS):
            return cut + _ELLIPSIS
    return ""


def _at_word(signs: list[str], end: int) -> str:
    """The first `end` signs, less a word that would be broken; scripts without spaces break anywhere."""
    cut, at_end = "".join(signs[:end]), end == len(signs) or signs[end].isspace()
    broken = not at_end and not is_wide(signs[end][0]) and not is_wide(signs[end - 1][0])
    whole = cut.rpartition(" ")[0] if broken else cut
    return (whole or cut).rstrip(" ,;:-–—.…、，")


def wrapped(text: str, width: int) -> list[str]:
    """Lines of at most `width` columns; addresses of the web are never broken."""
    lines: list[str] = [""]
    for word in text.split():
        for number, part in enumerate(_parts(word, width)):
            glued = lines[-1] + (" " if lines[-1] and not number else "") + part
            if lines[-1] and columns(glued) > width:
                lines.append(part)
            else:
                lines[-1] = glued
    return [line for line in lines if line]


def _parts(word: str, width: int) -> list[str]:
    """A word as it may be broken: not at all, between wide signs, or where it is too long for any line."""
    if "://" in word or (columns(word) <= width and not any(is_wide(c) for c in word)):
        return [word]
    parts = [""]
    for sign in graphemes(word):
        full = columns(parts[-1]) + _width(sign) > width
        if parts[-1] and (full or (is_wide(sign[0]) and sign not in "、。，．」』）！？")):
            parts.append(sign)
        else:
            parts[-1] += sign
    return parts
