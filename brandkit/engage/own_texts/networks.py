"""Texts for networks: a post of one's own in as many characters as each of them takes, ready to paste. Pure.

Each network counts in its own way; where a way is unclear, ours counts more, so that no text is too long.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from brandkit.base.lengths import graphemes, shorten
from brandkit.base.text import fold, sentences
from brandkit.base.walls import OwnPage

_LINK = re.compile(r"https?://\S+", re.IGNORECASE)
# A name can only begin where a label does, and not after "label."; or else long words would be read from each letter.
_NAME_BEGINS = r"(?<![\w-])(?<![\w-]\.)"
_LINK_LIKE = re.compile(rf"https?://\S+|{_NAME_BEGINS}(?:[\w-]+\.)+[a-z]{{2,}}(?:/\S*)?", re.IGNORECASE)
_LINK_COUNTS = 23
# What X counts once; everything else, East Asian scripts and emoji among it, counts twice.
_LIGHT = re.compile(r"[\0-\u10ff\u2000-\u200d\u2010-\u201f\u2032-\u2037]+")
_UNPASTABLE = re.compile(r"[\0-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff]+")  # controls but for white space; halves
_LEAST = 24  # a shorter piece of a summary says nothing
_BLUESKY_BYTES = 3000


@dataclass(frozen=True)
class Network:
    """A place to post: how many characters it takes as it counts them, and how many hashtags are usual there."""

    name: str
    limit: int
    measure: Callable[[str], int]
    hashtags: int

    def takes(self, text: str) -> bool:
        """Whether a text is short enough."""
        return self.measure(text) <= self.limit


def mastodon_length(text: str) -> int:
    """Code points; a link is 23."""
    return sum(_LINK_COUNTS if _LINK.fullmatch(part) else len(part) for part in _around(text, _LINK))


def x_length(text: str) -> int:
    """Weighted code points; a link is 23, and so is at least what X takes for one."""
    return sum(_x_part(part) for part in _around(text, _LINK_LIKE))


def bluesky_length(text: str) -> int:
    """Signs as people see them; a text with too many bytes is too long as well."""
    return len(graphemes(text)) if len(text.encode("utf-8", "replace")) <= _BLUESKY_BYTES else _BLUESKY_BYTES


def linkedin_length(text: str) -> int:
    """UTF-16 units."""
    return len(text.encode("utf-16-le", "replace")) // 2


NETWORKS = (
    Network("mastodon", 500, mastodon_length, 5),
    Network("bluesky", 300, bluesky_length, 3),
    Network("linkedin", 3000, linkedin_length, 5),
    Network("x", 280, x_length, 2),
)


def network_text(page: OwnPage, network: Network) -> str:
    """What to paste: title, as much of the summary as fits, the link, hashtags."""
    lead, rest = _lead(page), _clean(page.summary)
    rest = "" if lead.casefold().startswith(rest.casefold()) else rest
    tags = hashtags(page.tags)[: network.hashtags]
    for count in range(len(tags), -1, -1):
        tail = [_clean(page.url), *([" ".join(tags[:count])] if count else [])]
        head = _head(lead, rest, tail, network)
        if head:
            return _joined([*head, *tail])
    if network.takes(_clean(page.url)):
        return _clean(page.url) + "\n"
    return shorten(lead, lambda text: network.takes(_joined([text])))  # half an address would lead nowhere


def hashtags(tags: Sequence[str]) -> list[str]:
    """Tags as one word each: `build systems` is #BuildSystems. What would say something else (C++) is left out."""
    found = []
    for tag in tags:
        parts = "".join(c if _is_tag_letter(c) else " " for c in _clean(tag).replace("'", "").replace("’", "")).split()
        word = "".join(part[:1].upper() + part[1:] for part in parts) if len(parts) > 1 else "".join(parts)
        if word and not re.search(r"[+#]", tag) and not word.isdigit():
            found.append(f"#{word}")
    return list(dict.fromkeys(found))


def _is_tag_letter(character: str) -> bool:
    """Letters, digits, and the marks that stand on them."""
    return unicodedata.category(character)[0] in "LNM"


def _lead(page: OwnPage) -> str:
    """The title, or else how the text begins."""
    first = next(iter(sentences(page.text)), "") or page.summary
    return _clean(page.title) or _clean(first)


def _head(lead: str, rest: str, tail: Sequence[str], network: Network) -> list[str]:
    """Title and summary, cut to what is left beside the tail; nothing where there is no room at all."""

    def fits(*head: str) -> bool:
        return network.takes(_joined([*head, *tail]))

    if rest and fits(lead, rest):
        return [lead, rest]
    if rest and fits(lead, "x" * _LEAST):
        cut = shorten(rest, lambda text: fits(lead, text))
        return [lead, cut] if cut else [lead]
    cut = shorten(lead, fits)
    return [cut] if cut else []


def _joined(parts: Sequence[str]) -> str:
    return "\n\n".join(part for part in parts if part) + "\n"


def _clean(text: str) -> str:
    """One line, composed as networks compose it, without what could not be pasted."""
    return fold(unicodedata.normalize("NFC", _UNPASTABLE.sub("", text)))


def _around(text: str, pattern: re.Pattern[str]) -> list[str]:
    """The pieces of a text: what the pattern matches, and what stands between."""
    found, start = [], 0
    for match in pattern.finditer(text):
        found += [text[start : match.start()], match[0]]
        start = match.end()
    return [*found, text[start:]]


def _x_part(part: str) -> int:
    if _LINK.fullmatch(part):
        return _LINK_COUNTS
    weight = len(part) + len(_LIGHT.sub("", part))
    return max(weight, _LINK_COUNTS) if _LINK_LIKE.fullmatch(part) else weight
