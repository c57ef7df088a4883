"""The text of a feed, fit for a parser, out of whatever bytes came.

In: bytes, and the content type that came with them. Out: text in letters, without what no XML may hold; or the line
that says why it is not read. Knows no element, no entry and no parser.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable
from functools import partial
from html.entities import name2codepoint

# Codecs by the start of Python's name for them. Left out on purpose: utf-7, punycode, idna and the
# escapes, which hide markup or take quadratic time, and everything that is no text encoding.
_ENCODINGS = re.compile(
    "utf-8|utf-16|utf-32|ascii|iso8859|cp|koi8|mac|gb|hz|big5|euc|shift_jis|iso2022|johab|tis-620|ptcp154|kz1048"
)
# What calls itself ASCII or Latin-1 is often UTF-8 and never passes for it by accident; else it is CP1252.
_MEANT = {"gb2312": "gb18030", "gbk": "gb18030", "iso8859-1": "utf-8", "cp1252": "utf-8", "ascii": "utf-8"}
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (b"\x00\x00\x00<", "utf-32-be"),
    (b"<\x00\x00\x00", "utf-32-le"),
    (b"\x00<", "utf-16-be"),
    (b"<\x00", "utf-16-le"),
    (b"\x4c\x6f\xa7\x94", "cp037"),
)
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:+-]{1,40})", re.IGNORECASE)
_DECLARATION = re.compile(r"<\?xml\b[^>]*?\?>", re.IGNORECASE)
_DECLARED = re.compile(r"<\?xml\b[^>]*?\bencoding\s*=\s*[\"']([\w.:+-]{1,40})[\"']", re.IGNORECASE)
_DOCTYPE = re.compile(r"<!DOCTYPE[^>\[]*(?:\[[^\]]*\]\s*)?>", re.IGNORECASE)
_REFERENCE = re.compile(r"&#(x[0-9a-fA-F]+|[0-9]+);?", re.IGNORECASE)
_NAMED = re.compile(r"&([A-Za-z]{2,8}[0-9]{0,2});")
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
# What a parser holds of one element, all at once: each value takes fifty times its letters.
_LOADED = re.compile(r"""<[A-Za-z_](?:[^<>"']{1000000}|[^<>"']*+(?:(?:"[^"<]*+"|'[^'<]*+')[^<>"']*+){2000})""")
_PART = 100_000
_ROOT = re.compile(r"(?:\s+|<\?.*?\?>|<!--.*?-->|<![^>]*>)*+<([A-Za-z_][\w.:-]*)", re.DOTALL)


def decode(body: bytes, content_type: str | None = None) -> str:
    """The text of a feed: by its byte order mark, the server's charset, its declaration; else by guess."""
    marked = next((codec for mark, codec in _MARKS if body.startswith(mark)), None)
    head = body[:1024].decode(marked or "latin-1", "replace")
    found = (_CHARSET.search(content_type or ""), _DECLARED.search(head))
    # What has a mark of two or four bytes a letter is not in the eight-bit encoding that it may declare.
    wide = [marked] if marked and marked != "cp037" else []
    names = [*wide, *(match[1] for match in found if match), marked, "utf-8"]
    is_narrow = not wide and b"\0" not in body[:100]  # whatever it calls itself: some programs always say UTF-16
    for codec in dict.fromkeys(filter(None, map(_codec, names))):
        if is_narrow and codec.startswith(("utf-16", "utf-32")):
            continue
        try:
            return body.decode(codec)
        except (UnicodeError, LookupError):
            continue
    return _guess(body)


def _guess(body: bytes) -> str:
    """UTF-8 with few mistakes, else CP1252, else Latin-1, which fits any bytes."""
    text = body.decode("utf-8", "replace")
    foreign = len(text) - len(text.encode("ascii", "ignore"))
    if text.count("\ufffd") * 5 < foreign:
        return text
    try:
        return body.decode("cp1252")
    except UnicodeDecodeError:
        return body.decode("latin-1")


def _codec(name: str | None) -> str | None:
    try:
        known = codecs.lookup(name or "").name
    except (LookupError, ValueError):
        return None
    return _MEANT.get(known, known) if _ENCODINGS.match(known) else None


def objection(text: str) -> str | None:
    """Why this text is not read at all; None where it is."""
    start = text[:100_000]
    if not start:
        return "the feed is empty"
    if text.count("\0") > len(text) / 100:
        return "this is binary data, not a feed"
    if start[:15].upper() == "BEGIN:VCALENDAR":
        return "this is a calendar, not a feed"
    root = _ROOT.match(start)
    return {
        **dict.fromkeys(("html", "head", "body"), "this is a web page, not a feed"),
        "opml": "this is a list of feeds (OPML), not a feed",
    }.get(root[1].lower() if root else "")


def xml_objection(text: str) -> str | None:
    """Why this XML is not given to a parser; None where it is."""
    if _LOADED.search(text):
        return "this feed holds an element with more attributes than any feed needs"
    if "<!entity" in text.lower():
        return "this feed defines XML entities of its own, which brandkit does not expand"
    return None


def without_forbidden(text: str) -> str:
    """The text without control characters and other letters that neither XML nor JSON may hold."""
    return _by_parts(text, partial(_FORBIDDEN.sub, ""))


def mended(text: str) -> str:
    """The text without what no XML may hold, and with HTML's names of letters as letters."""
    return _by_parts(text, lambda part: _NAMED.sub(_as_character, _REFERENCE.sub(_lawful, _FORBIDDEN.sub("", part))))


def _by_parts(text: str, mend: Callable[[str], str]) -> str:
    """The same as to mend it at once, which would hold a million small pieces of a text that needs much mending."""
    parts, start = [], 0
    while start < len(text):
        end = start + _PART
        if end < len(text):  # no reference is cut in two
            end = max(text.rfind("&", end - 20, end), end - 20)
        parts.append(mend(text[start:end]))
        start = end
    return "".join(parts)


def without_prolog(text: str) -> str:
    """The text without declaration and document type; lines keep their numbers."""
    declaration = _DECLARATION.match(text)
    text = text[declaration.end() :] if declaration else text
    # Looked for once, and near the top: a search for many half ones would take quadratic time.
    start = text[:100_000].lower().find("<!doctype")
    doctype = _DOCTYPE.match(text, start) if start >= 0 else None
    if doctype is None:
        return text
    return text[:start] + "\n" * doctype[0].count("\n") + " " + text[doctype.end() :]


def _as_character(reference: re.Match[str]) -> str:
    # HTML's names are unknown to XML: one &nbsp; would make the whole feed broken.
    code = name2codepoint.get(reference[1], 60)
    return chr(code) if code > 127 else reference[0]


def _lawful(reference: re.Match[str]) -> str:
    digits = reference[1].lower()
    if len(digits) > 9:
        return ""
    code = int(digits[1:], 16) if digits[0] == "x" else int(digits)
    lawful = code in (9, 10, 13) or 32 <= code < 0xD800 or 0xE000 <= code < 0xFFFE or 0x10000 <= code < 0x110000
    return reference[0] if lawful else ""
