"""What a draft may see: the recipient's view, and nothing beside it. Frozen and pure.

In: an item and words, as a move gave them; the name, tone and channel of a contact; your name. Out: plain text
on one line each, of a length that a message can carry, without what could not be seen.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from urllib.parse import quote

from brandkit.base.lengths import shorten
from brandkit.base.text import fold
from brandkit.base.url import host_of, is_web
from brandkit.engage.model import Item, Suggestion

FORUM = "forum"  # the channel of what is said to a whole community
SHORT = frozenset({"sms", "whatsapp", "signal", "mastodon", "bluesky", "linkedin"})
_JOINERS = "\u200c\u200d"  # some scripts, and emoji, need them
_UNSEEN = ("Cc", "Cf", "Cs")  # controls, marks that change the direction of text, halves of signs
_TITLE, _TITLE_IN_SHORT = 120, 80
_WORDS, _WORDS_IN_SHORT = 300, 140
_NOBODY = {"name": "", "first_name": "", "title": "", "organization": ""}
# What the draft of each move may say beside the item, and what it says where nothing is known.
WORDS: Mapping[str, Mapping[str, object]] = {
    "offer": {"topic": ""},
    "update": {"first": False, "cited": False},
    "respond": {"quote": ""},
    "congratulate": {"occasion": "", "seen": False, "belated": False},
    "stand-by": {"again": False},
    "thank": {"favour": ""},
    "keep-promise": {"late": False},
    "answer": {"topic": "", "page": None},
    "find-mentor": {"topic": "", "through": False},
    "session": {"role": "mentee"},
    "ask-advice": {"topic": ""},
    "introduce": {"step": "ask", "other": _NOBODY},
    "reconnect": {"met": ""},
}


@dataclass(frozen=True)
class DraftItem:
    """What a draft may say of an entry or a page. `named` is title and address as they stand in a message."""

    title: str = ""
    url: str = ""
    host: str = ""
    date: date | None = None
    named: str = ""

    def __bool__(self) -> bool:
        return bool(self.named)


@dataclass(frozen=True)
class View:
    """All that a template is given; the words of the move stand beside these, by their names."""

    move: str
    first_name: str
    name: str
    formal: bool
    tone: str
    channel: str
    call: bool
    short: bool
    language: str
    me: str
    item: DraftItem = DraftItem()
    greeting: str = ""
    closing: str = ""
    words: Mapping[str, object] = field(default_factory=dict)

    def names(self) -> dict[str, Any]:
        """By name, for a template."""
        given = {name: getattr(self, name) for name in self.__dataclass_fields__ if name != "words"}
        return {**self.words, **given}


def seen_item(item: Item | None, channel: str) -> DraftItem:
    """An item as a message on this channel can name it; a falsy one where there is nothing to name."""
    if item is None:
        return DraftItem()
    return _item(item.title, item.url, channel, item.published.date() if item.published else None)


def untitled(item: DraftItem) -> DraftItem:
    """The same without its title."""
    return DraftItem("", item.url, item.host, item.date, item.url)


def seen_words(move: str, words: Mapping[str, object], channel: str) -> dict[str, object]:
    """The words of a move, each as one line; who the other is in an introduction only once both said yes."""
    known = {name: value for name, value in words.items() if value is not None}
    if move == "introduce" and known.get("step") != "made":
        known.pop("other", None)
    if isinstance(known.get("other"), Mapping):
        known["other"] = {**_NOBODY, **known["other"]}  # type: ignore[dict-item]
    return {name: _seen(value, channel) for name, value in {**WORDS.get(move, {}), **known}.items()}


def quoted(suggestion: Suggestion, channel: str) -> tuple[str, ...]:
    """What a draft takes over as it stands: titles, names, sentences of others."""
    words = seen_words(suggestion.move, suggestion.words, channel).values()
    return tuple(_texts((seen_item(suggestion.item, channel), *words)))


def _texts(values: Iterable[object]) -> Iterator[str]:
    for value in values:
        if isinstance(value, DraftItem):
            yield value.title
        elif isinstance(value, Mapping):
            yield from _texts(value.values())
        elif isinstance(value, str):
            yield value


def _seen(value: object, channel: str) -> object:
    if value is None or isinstance(value, (bool, int, float, date)):
        return value
    if isinstance(value, Item):
        return seen_item(value, channel)
    if isinstance(value, Mapping) and "url" in value:
        return _item(str(value.get("title") or ""), str(value["url"] or ""), channel, None)
    if isinstance(value, Mapping):
        return {str(name): _seen(inner, channel) for name, inner in value.items()}
    return one_line(str(value), _WORDS_IN_SHORT if channel in SHORT else _WORDS)


def _item(title: str, url: str, channel: str, day: date | None) -> DraftItem:
    title = one_line(title, _TITLE_IN_SHORT if channel in SHORT else _TITLE)
    url = _address(url)
    parts = [part for part in (title, url) if part]
    said = parts[:1] if channel == "call" else parts  # nobody reads an address aloud
    return DraftItem(title, url, host_of(url), day, (" " if channel in SHORT else "\n").join(said))


def _address(url: str) -> str:
    """A web address in which nothing hides; nothing where it is no such address."""
    shown = "".join(quote(c, errors="replace") if _hides(c) else c for c in url.strip())
    return shown if is_web(shown) else ""


def one_line(text: str, length: int) -> str:
    """A text as one line of at most so many characters, cut at a word, without what could not be seen."""
    folded = fold(text[: 8 * length])
    if not folded.isascii() or not folded.isprintable():
        folded = fold("".join(c for c in folded if not _hides(c)))
    return shorten(folded, lambda cut: len(cut) <= length)


def _hides(character: str) -> bool:
    return unicodedata.category(character) in _UNSEEN and character not in _JOINERS
