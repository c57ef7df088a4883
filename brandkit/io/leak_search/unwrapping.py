"""The ways in which a text may be wrapped, taken off: entities, percent signs, escapes of scripts, markup, base64.

In: a text as it stands in a file. Out: the readings of it.
"""

from __future__ import annotations

import base64
import html
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from string import ascii_letters, digits

import numpy as np

from brandkit.io.leak_search.folding import TAG
from brandkit.io.leak_search.printed import printed, rows

_DEEPEST = 3  # wrappings around each other
_LONGEST_SHIFTED = 200_000  # characters of base64 that are tried from each of four beginnings
_ONE = r"(?:<!--.*?(?:-->|\Z)|<[^<>]*>)"  # a comment without an end goes on to the end, as browsers have it
_MARKUP = re.compile(f"{_ONE}(?:{_ONE})*", re.DOTALL)
_LINK = re.compile(r"\]\((?:[^()\n]++|\([^()\n]*+\))*+\)|\]\[[^\[\]\n]*+\]")  # of Markdown, from where its text ends
_PERCENT = re.compile(r"%[0-9A-Fa-f]{2}(?:%[0-9A-Fa-f]{2})*")
_QUOTED = re.compile(r"=(?:[0-9A-F]{2}|\r?\n)(?:=(?:[0-9A-F]{2}|\r?\n))*")
_ESCAPE = re.compile(r"\\(?:u\{([0-9A-Fa-f]{1,6})\}|u([0-9A-Fa-f]{4})|x([0-9A-Fa-f]{2})|([nrt])|([/\"'\\]))")
_FOLDED = re.compile(r"\r?\n[ \t]")
_OFTEN_REPEATED = 500  # characters: links and names, which stand on every page, are decoded once
_FILE = re.compile("H4sI|UEsD|QlpoO|/Td6WF|iVBORw|/9j/|R0lGOD|UklGR|JVBERi")  # how packed files and pictures begin
_SHORTEST, _LONG_LINE = 11, 32  # characters of base64
_LINE_ENDS = ("\n", "\r\n", "\\n", "\\r\\n")
_ALPHABET = np.isin(np.arange(256), np.frombuffer(b"+/-_" + (ascii_letters + digits).encode(), np.uint8))


def layers(text: str) -> list[str]:
    """The text, and what it is with each of its wrappings taken off one after the other."""
    found = [text]
    while len(found) <= _DEEPEST and (inner := _unwrap(found[-1])) != found[-1]:
        found.append(inner)
    return found


def has_markup(text: str) -> bool:
    """Whether tags, comments or links of Markdown may stand in it."""
    return "<" in text or "](" in text or "][" in text


def without_markup(text: str) -> str:
    """The text with a mark for each tag and comment, or for some in a row, and for where a link of Markdown leads."""
    plain = _MARKUP.sub(TAG, text) if "<" in text else text
    return _LINK.sub(TAG, plain) if "](" in plain or "][" in plain else plain


def _unwrap(text: str) -> str:
    """One layer of every wrapping taken off."""
    for sign, unwrap in _WRAPPINGS:
        if sign in text:
            text = unwrap(text)
    return text


def _without_entities(text: str) -> str:
    """However often they were escaped: percent signs are read when all of their digits are there."""
    for _ in range(_DEEPEST):
        plain = html.unescape(text)
        if plain == text:
            break
        text = plain
    return text


def _bytes_of(pairs: str, run: str) -> str:
    """The letters behind `%C3%A9`, also where they were written before UTF-8."""
    raw = bytes.fromhex("".join(re.findall(f"{pairs}([0-9A-Fa-f]{{2}})", run)))
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")


def _escaped(found: re.Match[str]) -> str:
    number = found[1] or found[2] or found[3]
    if number:
        code = int(number, 16)
        return chr(code) if code < 0x110000 else " "
    return found[5] or "\n"


def _from_script(text: str) -> str:
    plain = _ESCAPE.sub(_escaped, text)
    return plain if plain.isascii() else plain.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _unfolded(text: str) -> str:
    """Calendars and cards break their lines within words."""
    return _FOLDED.sub("", text)


_WRAPPINGS: tuple[tuple[str, Callable[[str], str]], ...] = (
    ("BEGIN:V", _unfolded),
    ("&", _without_entities),
    ("%", lambda text: _PERCENT.sub(lambda run: _bytes_of("%", run[0]), text)),
    ("\\", _from_script),
    ("=", lambda text: _QUOTED.sub(lambda run: _bytes_of("=", run[0]), text)),
)


@dataclass(frozen=True)
class Coded:
    """What a run of base64 may stand for: a file, if one begins in it, and what can be read from each beginning."""

    file: bytes | None
    said: tuple[str, ...]


def base64_in(text: str) -> Iterator[Coded]:
    """Whatever could be base64, each once."""
    for run in dict.fromkeys(run.translate(_TO_STANDARD) for run in _runs(text)):
        yield _decoded_once(run) if len(run) < _OFTEN_REPEATED else _decoded(run)


def _runs(text: str) -> Iterator[str]:
    """Long rows of letters that base64 consists of; and what rows of long lines are together, indented or not."""
    allowed = _ALPHABET[np.frombuffer(text.encode("ascii", "replace"), np.uint8)]
    lines: list[str] = []
    last = 0
    for begin, end in rows(allowed, _SHORTEST):
        if lines and text[last:begin].strip(" \t") not in _LINE_ENDS:
            yield from _together(lines)
            lines = []
        lines.append(text[begin:end])
        last = end
        if end - begin < _LONG_LINE:
            yield from _together(lines)
            lines = []
    yield from _together(lines)


def _together(lines: list[str]) -> Iterator[str]:
    yield from lines
    if len(lines) > 1:
        yield "".join(lines)


def _decoded(run: str) -> Coded:
    """The bytes of a run; other letters may stand before it, so it is read from each of its first four characters."""
    read = [_decode(run[skipped:]) for skipped in range(4 if len(run) < _LONGEST_SHIFTED else 1)]
    said = (said.decode("utf-8", "replace") for part in read for said in printed(part))
    file = _FILE.search(run)
    return Coded(_decode(run[file.start() :]) if file else None, tuple(said))


_decoded_once = lru_cache(50_000)(_decoded)
_TO_STANDARD = str.maketrans("-_", "+/")


def _decode(run: str) -> bytes:
    length = len(run) // 4 * 4
    rest = run[length:]
    return base64.b64decode(run[:length] + (rest + "=" * (4 - len(rest)) if len(rest) > 1 else ""))
