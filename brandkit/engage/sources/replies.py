"""Replies: a post of one's own that answers an entry, as the text of a new public source.

The private side offers it, a person reads and publishes it. It says only what stands in the entry
itself: no feed, no contact, no suggestion. Pure.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

from brandkit.base.text import clip, fold, sentences, slugify, words
from brandkit.base.url import host_of

_SHORTEST, _LONGEST = 40, 280  # characters of a sentence that can stand for a text
_FEWEST_WORDS = 6
_MARKS = re.compile(r"[\\`*_\[\]<>&#~|$^={}!]")
_LINE_START = re.compile(r"^(\d+)?([-+.):])")
_LONGEST_TITLE = 200
_CONTROLS = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029]")
_WIDE = re.compile("[\u3040-\u30ff\u3400-\u9fff]")
_WIDE_END = re.compile("(?<=[。！？])")
_UNFIT_IN_YAML = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")


@dataclass(frozen=True)
class Answered:
    """What a reply answers: only its address is sure to be known."""

    url: str
    title: str = ""
    author: str = ""
    text: str = ""

    @property
    def called(self) -> str:
        """What to call it: its title, else the site where it stands."""
        return clip(_clean(self.title), _LONGEST_TITLE) or host_of(self.url)


def reply_slug(answered: Answered) -> str:
    """The name of the file, without its ending."""
    return f"re-{slugify(answered.called, 'a-post')}"


def reply_source(answered: Answered, day: str) -> str:
    """The text of the new post: front matter, a sentence to begin from, and room for an answer."""
    known = {"url": answered.url, "title": answered.title, "author": answered.author}
    reply_to = ", ".join(f"{key}: {_quoted(value)}" for key, value in known.items())
    front = [
        f"title: {_quoted('Re: ' + answered.called)}",
        f"date: {day}",
        "draft: true",
        f"reply_to: {{{reply_to}}}",
        "tags: []",
        "description:      # one sentence, for lists, feeds and search engines",
    ]
    sentence = good_sentence(answered.text)
    quote = [f"> {as_markdown(sentence)}", ">"] if sentence else []
    by = f", {as_markdown(_clean(answered.author))}" if answered.author else ""
    link = f"> [{as_markdown(answered.called)}](<{_in_brackets(answered.url)}>){by}"
    return "\n".join(["---", *front, "---", "", *quote, link, "", "Your answer.", ""])


def good_sentence(text: str) -> str:
    """The first sentence that is long enough to say something and short enough to quote; else empty."""
    whole = (part for sentence in sentences(_CONTROLS.sub(" ", text)) for part in _WIDE_END.split(sentence))
    return next((fold(sentence) for sentence in whole if _is_good(fold(sentence))), "")


def _is_good(sentence: str) -> bool:
    if not sentence.rstrip("\"'”’»)]").endswith((".", "!", "?", "…", "。", "！", "？")) or len(sentence) > _LONGEST:
        return False
    if _WIDE.search(sentence):  # scripts that put no spaces between words say as much in half the room
        return len(sentence) >= _SHORTEST // 2
    return len(sentence) >= _SHORTEST and len(words(sentence)) >= _FEWEST_WORDS


def as_markdown(text: str) -> str:
    """Plain text as Markdown that shows just this text: whatever could mean something is escaped."""
    escaped = _MARKS.sub(lambda mark: "\\" + mark[0], fold(text))
    return _LINE_START.sub(lambda start: f"{start[1] or ''}\\{start[2]}", escaped)


def _quoted(value: str) -> str:
    return json.dumps(_clean(value), ensure_ascii=False)


def _clean(value: str) -> str:
    return fold(_UNFIT_IN_YAML.sub(" ", value))


def _in_brackets(address: str) -> str:
    return address.replace("<", "%3C").replace(">", "%3E").replace("\\", "%5C").replace("&", "&amp;")
