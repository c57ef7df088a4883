"""Bytes of an export to text: UTF-8, UTF-16 with or without its mark, else what Windows wrote. Pure; never raises."""

from __future__ import annotations

import codecs
import re

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def read_text(body: bytes) -> str:
    """The text, without a byte order mark and without characters that no text holds."""
    return clean(in_utf8(body).decode("utf-8", "replace") if _is_wide(body) else _narrow(body))


def in_utf8(body: bytes) -> bytes:
    """Wide encodings as UTF-8; all else as it is, without a byte order mark."""
    for mark, codec in _MARKS:
        if body.startswith(mark):
            rest = body[len(mark) :]
            return rest if codec == "utf-8" else rest.decode(codec, "replace").encode("utf-8", "replace")
    codec = _wide_without_mark(body)
    return body.decode(codec, "replace").encode("utf-8", "replace") if codec else body


def decode_line(line: bytes, declared: str = "") -> str:
    """One line, in UTF-8 where it can be, else in what it declares, else in what Windows wrote."""
    for codec in ("utf-8", declared, "cp1252"):
        try:
            if codec:
                return clean(line.decode(codec))
        except (LookupError, ValueError):
            continue
    return clean(line.decode("latin-1"))


def clean(text: str) -> str:
    """The text without what is no character of a text."""
    return _FORBIDDEN.sub("", text)


def _is_wide(body: bytes) -> bool:
    return body.startswith(tuple(mark for mark, _ in _MARKS)) or bool(_wide_without_mark(body))


def _wide_without_mark(body: bytes) -> str:
    """UTF-16 that lost its mark: every second byte of the beginning is empty."""
    head = body[:200]
    if len(head) < 4 or len(head) % 2:
        head = head[: len(head) // 2 * 2]
    odd, even = head[1::2].count(0), head[0::2].count(0)
    half = max(1, len(head) // 2)
    if odd > 0.6 * half and not even:
        return "utf-16-le"
    return "utf-16-be" if even > 0.6 * half and not odd else ""


def _narrow(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        return "\n".join(decode_line(line) for line in body.split(b"\n"))
