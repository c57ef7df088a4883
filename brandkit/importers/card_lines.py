"""The lines of a vCard file as fields: unfolded, unquoted, decoded, each card for itself.

In: bytes of vCard 2.1, 3.0 or 4.0. Out: `Card`s, and a finding for each that is not whole. Pure; never raises.
"""

from __future__ import annotations

import quopri
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from brandkit.base.diagnostics import Diagnostic, Place
from brandkit.importers.encodings import clean, decode_line, in_utf8
from brandkit.importers.person import BROKEN, RAGGED

_NAME = re.compile(rb"(?:([\w-]{1,60})\.)?([\w-]{1,60})(?=[;:])")
_PARAMETER = re.compile(rb";([^;:=\"]*)(?:=((?:\"[^\"]*\"|[^;:\"])*))?")
_QUOTED_PRINTABLE = re.compile(rb"[^:]{0,500};(?:ENCODING=)?QUOTED-PRINTABLE[;:]", re.IGNORECASE)
_BASE64 = re.compile(rb"[A-Za-z0-9+/=\s]+\Z")
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_ESCAPED_IN_2_1 = re.compile(r"\\([;,:\\])")


@dataclass(frozen=True)
class Field:
    """One field of a card. `raw` still has its backslashes; parameters are in upper case, with all their values."""

    name: str
    raw: str
    group: str = ""
    parameters: tuple[tuple[str, str], ...] = ()
    version: str = "3.0"

    def values_of(self, name: str) -> tuple[str, ...]:
        """Every value of a parameter."""
        return tuple(v for key, value in self.parameters if key == name for v in value.split(",") if v)

    @property
    def types(self) -> frozenset[str]:
        """What the field is said to be, in lower case."""
        return frozenset(value.lower() for value in self.values_of("TYPE"))

    @property
    def text(self) -> str:
        """The value as one text."""
        return self._plain(self.raw).strip()

    def parts(self, divider: str = ";") -> tuple[str, ...]:
        """The value in its parts."""
        pieces = re.split(rf"(?<!\\){divider}", self.raw)
        return tuple(self._plain(piece).strip() for piece in pieces)

    def _plain(self, text: str) -> str:
        if self.version == "2.1":
            return _ESCAPED_IN_2_1.sub(r"\1", text)
        return _ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], text)


@dataclass(frozen=True)
class Card:
    """The fields of a card, and the line where it begins."""

    line: int
    fields: tuple[Field, ...]


@dataclass
class _Reading:
    """Where the reader stands: the card that is open, and what was found."""

    file: str
    cards: list[Card] = field(default_factory=list)
    found: list[Diagnostic] = field(default_factory=list)
    begun: int = 0
    inner: int = 0  # cards within this card: an agent's
    version: str = "3.0"
    fields: list[Field] = field(default_factory=list)

    def close(self, whole: bool) -> None:
        if self.begun and not whole:
            message = "this card is not ended; what stands in it is read"
            self.found.append(BROKEN.at(Place(self.file, self.begun), message))
        if self.begun:
            self.cards.append(Card(self.begun, tuple(replace(f, version=self.version) for f in self.fields)))
        self.begun, self.inner, self.version, self.fields = 0, 0, "3.0", []


def read_cards(body: bytes, file: str) -> tuple[tuple[Card, ...], tuple[Diagnostic, ...]]:
    """Every card of a file, and what is wrong with it."""
    reading = _Reading(file)
    for line, content in _whole_lines(in_utf8(body)):
        _take(reading, line, content)
    reading.close(whole=False)
    return tuple(reading.cards), tuple(reading.found)


def _take(reading: _Reading, line: int, content: bytes) -> None:
    """One whole line: it begins a card, ends one, or is a field of the one that is open."""
    word = content.strip().upper().replace(b" ", b"")
    if word == b"BEGIN:VCARD":
        if reading.fields and reading.fields[-1].name == "AGENT" and not reading.fields[-1].raw:
            reading.inner += 1
            return
        reading.close(whole=False)
        reading.begun = line
    elif word == b"END:VCARD" and reading.inner:
        reading.inner -= 1
    elif word == b"END:VCARD":
        reading.close(whole=True)
    elif word and reading.begun and not reading.inner:
        _take_field(reading, line, content)


def _take_field(reading: _Reading, line: int, content: bytes) -> None:
    taken = _field(content)
    if taken is None:
        last = reading.fields[-1] if reading.fields else None
        if last is not None and _is_binary(last) and _BASE64.match(content):
            return
        reading.found.append(RAGGED.at(Place(reading.file, line), "this line of a card is no field"))
        taken = Field("(a line that is no field)", "")
    if taken.name == "VERSION":
        reading.version = taken.raw.strip()
    reading.fields.append(taken)


def _is_binary(known: Field) -> bool:
    return any(value.upper() in ("B", "BASE64") for _, value in known.parameters)


def _whole_lines(body: bytes) -> Iterator[tuple[int, bytes]]:
    """Every line with what was folded onto the next ones, and the number of its first."""
    lines = body.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")
    number, old, quoted = 0, False, False
    parts: list[bytes] = []
    start = 1
    for number, line in enumerate(lines, 1):
        if parts and quoted and parts[-1].endswith(b"="):
            parts[-1] = parts[-1][:-1]
            parts.append(line)
            continue
        if parts and line[:1] in (b" ", b"\t") and line.strip():
            parts.append(line if old else line[1:])
            continue
        if parts:
            yield start, b"".join(parts)
        parts, start, quoted = [line], number, _QUOTED_PRINTABLE.match(line) is not None
        if line.upper().startswith(b"VERSION:"):
            old = line.strip().endswith(b"2.1")
    if parts:
        yield start, b"".join(parts)


def _field(content: bytes) -> Field | None:
    head = _NAME.match(content)
    if head is None:
        return None
    at = head.end()
    parameters: list[tuple[str, str]] = []
    while content[at : at + 1] == b";":
        found = _PARAMETER.match(content, at)
        if found is None:
            return None
        parameters.extend(_parameter(decode_line(found[1]), decode_line(found[2]) if found[2] is not None else None))
        at = found.end()
    if content[at : at + 1] != b":":
        return None
    raw = _value(content[at + 1 :], parameters)
    group, name = (decode_line(part or b"") for part in (head[1], head[2]))
    return Field(name.upper(), raw, group.lower(), tuple(parameters))


def _parameter(key: str, value: str | None) -> Iterator[tuple[str, str]]:
    """A parameter; version 2.1 writes the value of some without their names."""
    if value is not None:
        yield key.strip().upper(), value.strip().replace('"', "")
    elif key.strip().upper() in ("QUOTED-PRINTABLE", "BASE64", "8BIT", "7BIT"):
        yield "ENCODING", key.strip()
    elif key.strip():
        yield "TYPE", key.strip()


def _value(raw: bytes, parameters: Sequence[tuple[str, str]]) -> str:
    named = dict(parameters)
    charset = named.get("CHARSET", "")
    if named.get("ENCODING", "").upper() in ("QUOTED-PRINTABLE", "Q"):
        raw = quopri.decodestring(raw)
        text = decode_line(raw, charset) if charset.lower().replace("-", "") not in _NARROW else _narrow(raw, charset)
        return clean(text.replace("\r\n", "\n").replace("\r", "\n"))
    return decode_line(raw, charset)


_NARROW = ("iso88591", "iso885915", "windows1252", "cp1252", "latin1")


def _narrow(raw: bytes, charset: str) -> str:
    """Quoted-printable bytes mean what their charset says, even where they could be UTF-8 too."""
    try:
        return raw.decode(charset)
    except (LookupError, ValueError):
        return decode_line(raw)
