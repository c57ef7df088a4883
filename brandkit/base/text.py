"""Words, sentences, slugs: text as both wings need it. Pure."""

from __future__ import annotations

import html
import re
import unicodedata

_TAG = re.compile(r"<[^<>]*>")
_NOT_SLUG = re.compile(r"[^\w-]+")
_DASHES = re.compile(r"[-_]{2,}|_")
_ASCII = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "þ": "th", "ð": "d", "ı": "i"})
# A sentence ends at . ! ? or … with closing quotes, before white space and what can start another one.
_SENTENCE_END = re.compile(r"(?<=[.!?…])[\"'”’»)\]]*\s+(?=[\"'“‘«(\[]*[A-ZÀ-ÖØ-ÞА-ЯΑ-Ω0-9])|\n+")
_ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|Sr|Jr|St|vs|etc|e\.g|i\.e|cf|approx|No|Fig|Inc|Ltd|Co|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Sept|"
    r"Oct|Nov|Dec|bzw|z\.\s?B|d\.\s?h|u\.\s?a|usw|ca|Nr)|\b[^\W\d_])\.$"
)
_LONGEST_ABBREVIATION = 12
_WORD = re.compile(r"[^\W_]++(?:[-'’.+#][^\W_]++)*+[+#]*+")
_ASCII_WORD = re.compile(r"[A-Za-z0-9]++(?:[-'.+#][A-Za-z0-9]++)*+[+#]*+")  # the same, in half the time
_COMMENT = re.compile(r"(?:^|[^\S\n])#.*$", re.MULTILINE)


def slugify(text: str, fallback: str = "") -> str:
    """A name fit for a URL and a file: lower case, words joined by hyphens, at most 80 characters (240 bytes).

    Latin letters lose their accents; other scripts keep their letters. `fallback` where nothing is left.
    """
    latin = _latin(text)
    is_latin = _is_ascii(latin)
    composed = unicodedata.normalize("NFC", latin if is_latin else text.lower())
    slug = _cut(_DASHES.sub("-", _NOT_SLUG.sub("-", composed)).strip("-."), 80).strip("-")
    if not is_latin and not slug.isascii() and _is_ascii(_latin(slug)):  # what was of another script did not stay
        return slugify(slug, fallback)
    return slug or fallback


def _latin(text: str) -> str:
    """Lower case, without accents and ligatures."""
    if text.isascii():
        return text.lower()
    folded = unicodedata.normalize("NFKD", text.lower().translate(_ASCII)).lower()
    return "".join(c for c in folded if not unicodedata.combining(c))


def _is_ascii(text: str) -> bool:
    return text.isascii() or all(c.isascii() for c in text if c.isalnum())


def _cut(slug: str, length: int) -> str:
    cut = slug if len(slug) <= length else slug[: length + 1].rpartition("-")[0] or slug[:length]
    return cut.encode()[: 3 * length].decode("utf-8", "ignore")  # a file's name is measured in bytes


def plain(markup: str) -> str:
    """Markup without its tags, entities resolved, white space folded. For display, not for safety."""
    return fold(html.unescape(_TAG.sub(" ", markup)))


def fold(text: str) -> str:
    """White space of any kind and length as single spaces, none at the ends."""
    return " ".join(text.split())


def clip(text: str, length: int) -> str:
    """At most `length` characters, cut at a word, with an ellipsis where something was cut."""
    text = fold(text)
    if len(text) <= length:
        return text
    cut = text[: length - 1].rpartition(" ")[0] or text[: length - 1]
    return cut.rstrip(" ,;:-–—") + "…"


def sentences(text: str) -> list[str]:
    """The sentences of a text, each exactly as it stands there but for folded white space.

    A line break ends a sentence; a full stop after a common abbreviation or an initial does not.
    """
    found: list[str] = []
    start = 0
    for end in _SENTENCE_END.finditer(text):
        before = text[max(start, end.start() - _LONGEST_ABBREVIATION) : end.start()]
        if "\n" not in end.group() and _ABBREVIATION.search(before):
            continue
        closing = end.group().strip()
        found.append(fold(text[start : end.start()] + closing))
        start = end.end()
    found.append(fold(text[start:]))
    return [sentence for sentence in found if sentence]


def words(text: str) -> list[str]:
    """The words of a text as written, without punctuation."""
    return (_ASCII_WORD if text.isascii() else _WORD).findall(text)


def without_comments(text: str) -> str:
    """A text without what stands behind a `#` that begins a line or a word, as in YAML; lines keep their numbers."""
    return _COMMENT.sub("", text)


def plural(count: int, one: str, many: str | None = None) -> str:
    """`1 page`, `2 pages`."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"
