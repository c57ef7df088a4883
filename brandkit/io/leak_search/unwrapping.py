"""The ways in which a text may be wrapped, taken off: entities, percent signs, escapes of scripts, folded lines, base64.

In: a text as it stands in a file. Out: one text that has every reading of it, with walls between them.
"""

from __future__ import annotations

import base64
import html
import re
from collections.abc import Callable, Iterator
from functools import lru_cache

from brandkit.io.leak_search.folding import TAG, WALL

_DEEPEST = 3  # wrappings around each other
_LONGEST_SHIFTED = 200_000  # characters of base64 that are tried from each of four beginnings
_BETWEEN = f"\n{WALL}\n"
_MARKUP = re.compile(r"<(?:!--.*?--|[^<>]*)>", re.DOTALL)
_PERCENT = re.compile(r"%[0-9A-Fa-f]{2}(?:%[0-9A-Fa-f]{2})*")
_QUOTED = re.compile(r"=(?:[0-9A-F]{2}|\r?\n)(?:=(?:[0-9A-F]{2}|\r?\n))*")
_ESCAPE = re.compile(r"\\(?:u\{([0-9A-Fa-f]{1,6})\}|u([0-9A-Fa-f]{4})|x([0-9A-Fa-f]{2})|([nrt])|([/\"'\\]))")
_FOLDED = re.compile(r"\r?\n[ \t]")
_OFTEN_REPEATED = 500  # characters: links and names, which stand on every page, are decoded once
_SAID = re.compile(rb"(?:[\t\n\r\x20-\x7e]|[\xc2-\xf4][\x80-\xbf]{1,3}){6,}")
_BASE64 = re.compile(r"(?<![A-Za-z0-9+/_-])[A-Za-z0-9+/_-]{11,}")
_BASE64_LINES = re.compile(r"(?<=[A-Za-z0-9+/]{60})(?:\\r|\\n|[\r\n])+(?=[A-Za-z0-9+/])")


def readings(text: str, depth: int = _DEEPEST) -> str:
    """The text, each of its wrappings taken off one after the other, and the same without markup; what stands in
    base64 too."""
    layers = [text]
    while len(layers) <= _DEEPEST and (inner := _unwrap(layers[-1])) != layers[-1]:
        layers.append(inner)
    found = [*layers, *(_MARKUP.sub(TAG, layer) for layer in layers[1:] or layers if "<" in layer)]
    if depth and (coded := WALL.join(_decoded(layers[-1]))):
        found.append(readings(coded, depth - 1))
    return _BETWEEN.join(found)


def _unwrap(text: str) -> str:
    """One layer of every wrapping taken off."""
    for sign, unwrap in _WRAPPINGS:
        if sign in text:
            text = unwrap(text)
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
    ("&", html.unescape),
    ("%", lambda text: _PERCENT.sub(lambda run: _bytes_of("%", run[0]), text)),
    ("\\", _from_script),
    ("=", lambda text: _QUOTED.sub(lambda run: _bytes_of("=", run[0]), text)),
)


def base64_runs(text: str) -> Iterator[str]:
    """Whatever could be base64, each once."""
    whole = _BASE64_LINES.sub("", text)
    yield from dict.fromkeys(run.translate(_TO_STANDARD) for run in _BASE64.findall(whole))


_TO_STANDARD = str.maketrans("-_", "+/")


def decode_base64(run: str, skipped: int = 0) -> bytes:
    """The bytes of a run from one of its first four characters on."""
    length = (len(run) - skipped) // 4 * 4
    rest = run[skipped + length :]
    padded = run[skipped : skipped + length] + (rest + "=" * (4 - len(rest)) if len(rest) > 1 else "")
    return base64.b64decode(padded)


def _decoded(text: str) -> Iterator[str]:
    """What is wrapped in base64, also where other letters stand before it."""
    for run in base64_runs(text):
        yield from _said_by(run) if len(run) < _OFTEN_REPEATED else _said_by.__wrapped__(run)


@lru_cache(50_000)
def _said_by(run: str) -> tuple[str, ...]:
    shifts = range(4 if len(run) < _LONGEST_SHIFTED else 1)
    return tuple(
        said.decode("utf-8", "replace") for skipped in shifts for said in _SAID.findall(decode_base64(run, skipped))
    )
