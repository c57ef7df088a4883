"""feeds-added.yaml: the feeds that a command follows for a person, beside feeds.yaml, which is theirs alone. Pure.

In: the text of the file as it is, and what changes. Out: its text as it should be, None where that cannot be told.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from itertools import count
from typing import Any

from brandkit.base.marked_yaml import read_yaml
from brandkit.base.text import slugify
from brandkit.base.url import host_of
from brandkit.engage.sources.patches import Gone, changed
from brandkit.engage.sources.printable import printable
from brandkit.engage.sources.yaml_values import flow
from brandkit.engage.values import read_id

FILE = "feeds-added.yaml"
_HEAD = "# Written by brandkit feeds add; remove with brandkit feeds remove\n"
_LONGEST_ID = 40
_COMMON = ("home", "blog", "feed", "feeds", "rss", "atom", "news", "posts", "untitled", "recent-content", "calendar")


@dataclass(frozen=True)
class AddedFeed:
    """A feed to be followed from now on."""

    id: str
    url: str
    title: str = ""
    kind: str = "feed"


def with_feed(text: str, feed: AddedFeed) -> str | None:
    """The file with one feed more, at its end. None where it holds something else than a list of lines."""
    row = {"id": feed.id, "url": feed.url, "title": printable(feed.title), "kind": feed.kind}
    said = {key: value for key, value in row.items() if value and (key, value) != ("kind", "feed")}
    before = text.removeprefix("\ufeff").rstrip() or _HEAD.rstrip()
    after = f"{before}\n- {flow(said)}\n"
    held, now = _rows(text), _rows(after)
    return after if held is not None and now == [*held, said] else None


def without_feed(text: str, id_: str) -> str | None:
    """The file without one feed. None where it is not in there, or only a person can take it out."""
    rows = _rows(text) or []
    found = [n for n, row in enumerate(rows) if isinstance(row, dict) and row.get("id") == id_]
    if len(found) != 1:
        return None
    return _HEAD if len(rows) == 1 else changed(text, [Gone((found[0],))])


def _rows(text: str) -> list[Any] | None:
    """What the file holds; None where that is no list."""
    read = read_yaml(text.removeprefix("\ufeff"), FILE).value
    if read is None or read.problems:
        return None if text.strip() else []
    if read.data is None:
        return []
    return read.data if isinstance(read.data, list) else None


def free_feed_id(title: str, url: str, taken: Collection[str]) -> str:
    """A short id that a person could have chosen and nobody has: by the title, or by the host of the address."""
    host = slugify(host_of(url), "feed")
    named = slugify(title)
    id_ = _cut(f"{host}-{named}" if named in _COMMON else named or host)
    id_ = id_ if _is_valid(id_) else _cut(f"feed-{id_}")
    id_ = id_ if _is_valid(id_) else "feed"
    low = {one.casefold() for one in taken}
    numbered = (f"{id_}-{n}" for n in count(2))
    return id_ if id_.casefold() not in low else next(name for name in numbered if name.casefold() not in low)


def _cut(slug: str) -> str:
    if len(slug) <= _LONGEST_ID:
        return slug
    return slug[: _LONGEST_ID + 1].rpartition("-")[0] or slug[:_LONGEST_ID]


def _is_valid(id_: str) -> bool:
    try:
        read_id(id_)
    except ValueError:
        return False
    return True
