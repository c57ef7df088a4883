"""The layout of a social card: its measures, and how a title is set into its column. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from brandkit.site.painting.typesetting import Type

WIDTH, HEIGHT, MARGIN = 1200, 630, 80
ROOM = WIDTH - 2 * MARGIN
RIBBON = (48, 102)
TITLE_TOP, RULE_Y, FOOT = 162, 508, 570  # top of the capitals, the line, the baseline of the foot
ARCH = (256, 320)  # four to five, as in the theme
GAP, AIR = 56, 24  # beside a text, and below the title
SIZES = (100, 95, 90, 85, 80, 76, 72, 68, 64, 60, 57, 54, 51, 48)
BREAKS_WORDS = 64  # from this size on a word that is too long is broken rather than set smaller
LINES, LEADING = 4, 1.13
CAPITALS, DESCENT = 0.727, 0.2  # heights of Inter, in sizes of the type


def fit(text: str, faces: tuple[bytes, ...], width: float) -> tuple[Type, list[str]]:
    """The largest type in which the title has few enough lines, and these lines, of about one length."""
    for size in SIZES:
        type_ = Type(faces, size, -0.024)  # Inter is spaced for texts; at the size of a title it needs less
        words = [piece for word in text.split() for piece in _break(word, type_, width)]
        lines = _wrap(words, type_, width)
        high = size * (CAPITALS + (len(lines) - 1) * LEADING + DESCENT)
        if (
            len(lines) <= LINES
            and high <= RULE_Y - TITLE_TOP - AIR
            and all(type_.width(word) <= width for word in words)
        ):
            return type_, _balance(words, type_, width)
    return type_, [*lines[: LINES - 1], shorten(" ".join(lines[LINES - 1 :]), type_, width)]


def _wrap(words: Sequence[str], type_: Type, width: float) -> list[str]:
    lines: list[str] = []
    left, space = 0.0, type_.width(" ")
    for word in words:
        needs = type_.width(word)
        if lines and needs + space <= left:
            lines[-1] += " " + word
            left -= needs + space
        else:
            lines.append(word)
            left = width - needs
    return lines


def _balance(words: Sequence[str], type_: Type, width: float) -> list[str]:
    """The same number of lines in the narrowest column that holds them."""
    count, low, high = len(_wrap(words, type_, width)), max(map(type_.width, words), default=0.0), width
    while high - low > 4:
        middle = (low + high) / 2
        low, high = (low, middle) if len(_wrap(words, type_, middle)) <= count else (middle, high)
    return _wrap(words, type_, high)


def _break(word: str, type_: Type, width: float) -> list[str]:
    """The word; at small sizes in pieces, if it is too long: after its own hyphens and slashes, or else anywhere."""
    if type_.width(word) <= width or type_.size > BREAKS_WORDS:
        return [word]
    parts = re.split(r"(?<=[-‐–—/_.:@&=])(?=\w)", word)
    if all(type_.width(part) <= width for part in parts):
        pieces = [""]
        for part in parts:
            if type_.width(pieces[-1] + part) > width:
                pieces.append("")
            pieces[-1] += part
        return pieces
    hyphen = "-" if word.isalpha() and unicodedata.bidirectional(word[0]) == "L" else ""
    for long in range(int(len(word) * width / type_.width(word)), 1, -1):
        even = -(-len(word) // -(-len(word) // long))  # as many pieces, but of one length
        pieces = [word[at : at + even] for at in range(0, len(word), even)]
        pieces = [piece + hyphen for piece in pieces[:-1]] + pieces[-1:]
        if all(type_.width(piece) <= width for piece in pieces):
            return pieces
    return [word]


def shorten(text: str, type_: Type, width: float) -> str:
    """The text, with an ellipsis where it is cut, so that it fits."""
    if not text or type_.width(text) <= width:
        return text
    cut = len(text)
    while cut and type_.width(text[:cut] + "…") > width:
        cut -= 1
    kept = text[:cut] if text[cut] == " " else text[:cut].rpartition(" ")[0] or text[:cut]  # whole words, if any fits
    return kept.rstrip(" ,;:.·–—-") + "…"
