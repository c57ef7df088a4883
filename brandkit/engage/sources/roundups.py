"""Roundups: entries that you starred, as one draft post, each used once. Pure.

The private side offers the text, a person reads and publishes it. It says only what stands in the entries
themselves: no contact, no suggestion, not the words of a journal line.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from zoneinfo import ZoneInfo

from brandkit.base.url import canonical, host_of, is_web
from brandkit.base.walls import OwnPage
from brandkit.engage.model import Interaction
from brandkit.engage.rhythm import day_of
from brandkit.engage.sources.printable import printable
from brandkit.engage.sources.replies import Answered, as_markdown, good_sentence

_OPENING, _ROOM = "What these have in common, in your words.", "Why it is worth reading, in your words."


def roundup_title(today: date) -> str:
    """What a roundup is called where nothing was said."""
    return f"Worth reading, {today.day} {today:%B} {today.year}"


def starred(journal: Iterable[Interaction], pages: Iterable[OwnPage], today: date, zone: ZoneInfo) -> tuple[str, ...]:
    """The links that you starred and no page of yours holds yet, drafts too; each once, in the order of starring."""
    used = {canonical(link) for page in pages for link in (page.url, *page.links)}
    stars = (line for line in journal if line.type == "star" and day_of(line.at, zone) <= today)
    links = {canonical(line.link): line.link for line in stars if is_web(line.link)}
    return tuple(link for key, link in links.items() if key not in used)


def roundup_source(title: str, entries: Sequence[Answered], day: str) -> str:
    """The text of the new post: each entry as a heading that links to it, a sentence of it, and room for yours."""
    front = [
        f"title: {json.dumps(printable(title), ensure_ascii=False)}",
        f"date: {day}",
        "draft: true",
        "tags: []",
        "description:      # one sentence, for lists, feeds and search engines",
    ]
    body = (line for entry in entries for line in _section(entry))
    return "\n".join(["---", *front, "---", "", _OPENING, "", *body])


def _section(entry: Answered) -> Iterator[str]:
    yield f"## [{as_markdown(entry.called)}](<{_in_brackets(entry.url)}>)"
    yield ""
    by = as_markdown(", ".join(part for part in (printable(entry.author), host_of(entry.url)) if part))
    sentence = good_sentence(entry.text)
    if sentence:
        yield f"> {as_markdown(sentence)}"
        yield ">"
        yield f"> {by}"
    else:
        yield by
    yield ""
    yield _ROOM
    yield ""


def _in_brackets(address: str) -> str:
    """An address as it stands between angle brackets; `is_web` has seen to the brackets themselves."""
    return address.replace("\\", "%5C").replace("&", "&amp;")
