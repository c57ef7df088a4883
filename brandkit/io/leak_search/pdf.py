"""What a PDF says: the file as it is, its streams with their filters taken off, the strings that are drawn.

In: the bytes of a file. Out: the parts of it in which words can stand. A filter that is not known here is named.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Iterator

from brandkit.io.leak_search.folding import TAG
from brandkit.io.leak_search.inflating import Limits, inflate

_BEGINS = re.compile(rb"(?<!end)stream\r?\n")
_FILTER = re.compile(rb"/Filter\s*(\[[^\]]*\]|/[^\s/<>\[\]()]+|[^/]{1,20})")
_NAME = re.compile(rb"/([^\s/<>\[\]()]+)")
_LONGEST_ENTRY = 4096  # bytes before a stream that tell of it
_SIGNS = re.compile(rb"\\.|[()]|<[0-9A-Fa-f\s]{4,}>", re.DOTALL)
_LONGEST_STRING = 1 << 15  # bytes; what is longer are brackets that have nothing to do with each other
_LONG, _ASCII = 64, bytes(range(0x80))
_OCTAL = re.compile(rb"\\([0-7]{1,3})|\\(.)", re.DOTALL)


def parts_of_pdf(data: bytes, limits: Limits) -> Iterator[tuple[str, bytes]]:
    """The file and what its streams hold, each with its strings one after the other, as they are drawn."""
    if b"/Encrypt" in data:
        limits.give_up("it is an encrypted PDF")
    yield from _with_strings(data[5:])
    for entry, body in _streams(data):
        yield from _with_strings(_plain(entry, body, limits))


def _with_strings(text: bytes) -> Iterator[tuple[str, bytes]]:
    yield "", text
    drawn = [_string(text[begin:end]) for begin, end in _strings(text)]
    yield "", b"\n\n".join((TAG.encode().join(drawn), b"".join(drawn)))


def _streams(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Each stream, and what is said of it before."""
    end = 0
    while begins := _BEGINS.search(data, end):
        before, begin = max(end, begins.start() - _LONGEST_ENTRY), begins.end()
        end = data.find(b"endstream", begin)
        if end < 0:
            end = len(data)
        yield data[before : begins.start()].rpartition(b"obj")[2], data[begin:end]


def _plain(entry: bytes, body: bytes, limits: Limits) -> bytes:
    """A stream without its filters, outermost first; empty for pixels, and for what is not packed."""
    told = _FILTER.search(entry)
    names = _NAME.findall(told[1]) or [b"that is named elsewhere"] if told else [b"FlateDecode"] * (body[:1] == b"\x78")
    for name in names:
        if name in _PIXELS:
            return body if name == b"DCTDecode" else b""
        if name not in _FILTERS:
            limits.give_up(f"a stream of this PDF is packed in a way that is not known here: {_readable(name)}")
            return b""
        try:
            body = _FILTERS[name](body, limits)
        except ValueError:
            limits.give_up("a stream of this PDF is damaged")
            return b""
    return body if names else b""


def _readable(name: bytes) -> str:
    return "".join(sign for sign in name.decode("latin-1")[:40] if sign.isprintable())


def _from_85(body: bytes, _: Limits) -> bytes:
    return base64.a85decode(body.strip().removeprefix(b"<~").partition(b"~")[0], ignorechars=b" \t\n\r\x0b\x0c\0")


def _from_hex(body: bytes, _: Limits) -> bytes:
    digits = b"".join(body.partition(b">")[0].split())
    return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode("ascii"))


_FILTERS: dict[bytes, Callable[[bytes, Limits], bytes]] = {
    b"FlateDecode": inflate,
    b"Fl": inflate,
    b"ASCII85Decode": _from_85,
    b"A85": _from_85,
    b"ASCIIHexDecode": _from_hex,
    b"AHx": _from_hex,
}
_PIXELS = (b"DCTDecode", b"JPXDecode", b"CCITTFaxDecode", b"JBIG2Decode")


def _strings(text: bytes) -> list[tuple[int, int]]:
    """Where strings stand, in one pass: `(Ada \\(A.\\) Example)`, with brackets within, and `<416461>`."""
    found: list[tuple[int, int]] = []
    opened: list[int] = []
    for sign in _SIGNS.finditer(text):
        begin, end = sign.span()
        if text[begin] == ord("("):
            opened.append(begin)
            continue
        if text[begin] == ord(")"):
            if not opened or end - (begin := opened.pop()) > _LONGEST_STRING:
                continue
            while found and found[-1][0] > begin:
                found.pop()  # was within this one
        elif text[begin] == ord("\\"):
            continue
        found.append((begin, end))
    return found


def _string(written: bytes) -> bytes:
    if written[:1] == b"<":
        digits = b"".join(written[1:-1].split())
        raw = bytes.fromhex(digits[: len(digits) // 2 * 2].decode("ascii"))
    else:
        raw = _OCTAL.sub(lambda o: bytes([int(o[1], 8) & 255]) if o[1] else o[2], written[1:-1])
    if raw.startswith(b"\xfe\xff"):
        return raw[2:].decode("utf-16-be", "replace").encode("utf-8", "replace")
    if len(raw) > _LONG and 3 * len(raw.translate(None, _ASCII)) > len(raw):
        return b""  # pixels and fonts hold brackets too
    return raw.replace(b"\0", b"").decode("latin-1").encode()
