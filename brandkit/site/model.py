"""What a public site is made of, from a parsed source to a planned route. Frozen; decides nothing.

What stands on one page alone, and views of which there are thousands, are had from memo or maker when somebody asks.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any, Literal

from brandkit.base.walls import CopyOf, Forgotten, Memo, Source
from brandkit.site.data import Data

Status = Literal["published", "draft", "scheduled", "expired"]


@dataclass(frozen=True)
class Heading:
    """A heading of a text: level 1 to 6, the anchor, the words."""

    level: int
    id: str
    text: str


@dataclass(frozen=True)
class Link:
    """An address in a text, as it was written, and the line of the file on which it first stands."""

    target: str
    line: int
    picture: bool = False


@dataclass(frozen=True)
class Foreign:
    """Something that another generator would have replaced: its name, the line of its first use, how often."""

    name: str
    line: int
    count: int


@dataclass(frozen=True)
class Body:
    """The HTML of a document, known by digest; the text itself is loaded only when rendered."""

    digest: str
    memo: Memo = field(repr=False, compare=False)

    def html(self) -> str:
        """The HTML. Raises Forgotten if the memo lost it since it was parsed."""
        return _row(self.memo, "bodies", self.digest)


def _row(memo: Memo, table: str, key: str) -> str:
    found = memo.get_many(table, [key])
    if key not in found:
        raise Forgotten(f"{table} {key}")
    return found[key]


@dataclass(frozen=True)
class Inside:
    """What of a document stands on its own page alone, or is only checked. Lines count from 1, in the file.

    `external` leads elsewhere, `anchors` to the text itself; `unnamed` are pictures without words.
    """

    headings: tuple[Heading, ...]
    heading_lines: tuple[int, ...]
    external: tuple[Link, ...]
    anchors: tuple[Link, ...]
    unnamed: tuple[Link, ...]
    ids: tuple[str, ...]
    params: Mapping[str, Any]
    syndication: tuple[str, ...]


def read_inside(stored: str) -> Inside:
    """The inside of a document, of the JSON that the memo keeps."""
    data = json.loads(stored)
    return Inside(
        headings=tuple(Heading(*heading) for heading in data["headings"]),
        heading_lines=tuple(data["heading_lines"]),
        external=tuple(Link(*link) for link in data["external"]),
        anchors=tuple(Link(*link) for link in data["anchors"]),
        unnamed=tuple(Link(*link) for link in data["unnamed"]),
        ids=tuple(data["ids"]),
        params=data["params"],
        syndication=tuple(data["syndication"]),
    )


@dataclass(frozen=True)
class Document:
    """A parsed source: what its front matter and its text say, before anything about the site is known.

    `facts` are the values of the kind's own keys, None where absent. `links` lead to this site; their lines
    count from 1, in the file. `telling` are the words that the text uses most, with spaces between.

    `face` is the digest of all that other pages may show of it, `inner` that of what its own page shows beside;
    `key` names the source as it was parsed. What stands only on its own page is loaded when somebody asks.
    """

    key: str
    face: str
    inner: str
    path: str
    kind: str
    title: str
    slug: str
    date: datetime | None
    updated: datetime | None
    publish: datetime | None
    expires: datetime | None
    draft: bool
    url: str | None
    aliases: tuple[str, ...]
    terms: Mapping[str, tuple[str, ...]]
    series: str | None
    description: str
    image: str | None
    image_alt: str
    authors: tuple[str, ...]
    language: str | None
    translation: str | None
    canonical: str | None
    reply_to: Mapping[str, str] | None
    weight: int
    template: str | None
    facts: Mapping[str, Any]
    body: Body
    text_digest: str
    excerpt: str
    word_count: int
    minutes: int
    links: tuple[Link, ...]
    scripts: tuple[int, ...]
    foreign: tuple[Foreign, ...]
    telling: str

    @cached_property
    def inside(self) -> Inside:
        """The rest. Raises Forgotten if the memo lost it since it was parsed."""
        return read_inside(_row(self.body.memo, "insides", self.key))


@dataclass(frozen=True)
class Page:
    """A document with its place on the site."""

    document: Document
    permalink: str
    path: str
    status: Status


@dataclass(frozen=True)
class Term:
    """A tag, or a term of another taxonomy, with the posts that bear it, newest first."""

    taxonomy: str
    name: str
    slug: str
    pages: tuple[Page, ...]


@dataclass(frozen=True)
class Image:
    """A picture among the sources: its size as shown, and whether it bears what should not be published."""

    source: str
    digest: str
    width: int
    height: int
    format: str
    animated: bool
    private: bool


@dataclass(frozen=True)
class Site:
    """Everything that is shown, and what is held back.

    `sections` are the shown pages of each kind's folder, in their own order; `posts` is what the site
    itself streams, newest first. `intros` are the `_index.md` of sections. `files` are output paths
    of everything that is copied, with its source; `images` the pictures among them, by source.
    """

    pages: tuple[Page, ...]
    posts: tuple[Page, ...]
    sections: Mapping[str, tuple[Page, ...]]
    intros: Mapping[str, Page]
    terms: Mapping[str, tuple[Term, ...]]
    held_back: tuple[Page, ...]
    files: Mapping[str, Source]
    images: Mapping[str, Image]
    data: Data
    once_published: tuple[tuple[str, int], ...]
    moment: datetime
    valid_until: datetime | None
    root: str


Read = Callable[[str], bytes]


@dataclass(frozen=True)
class Route:
    """An output path, the template or writer that fills it, and all that it may see.

    `view` is a frozen dataclass; its fields are the names that the template sees. A `writer` takes
    the view and returns text. A `painter` takes the view and a way to read sources, and returns bytes
    that are worth keeping. `copy` names a source that is copied as it is, or a file that io made.

    Where there may be thousands of a sort, `seen` is a function that makes the view when somebody needs it, and
    `made_of` names everything that the view can differ by: equal parts, equal view. Else `seen` is the view itself.
    `origin` is a digest of the sources that it was planned from, where one was taken: equal origin, equal parts.
    `links` are those of the text that the page shows, as written, with the path that each leads to; None without one.
    """

    path: str
    seen: Any
    template: str | None = None
    writer: Callable[[Any], str] | None = None
    painter: Callable[[Any, Read], bytes] | None = None
    copy: str | CopyOf | None = None
    source: str | None = None
    made_of: Callable[[], Mapping[str, Any]] | None = None
    origin: str = ""
    links: tuple[tuple[str, str], ...] | None = None

    @property
    def view(self) -> Any:
        """All that the template, writer or painter may see."""
        return self.seen if self.made_of is None else self.seen()

    def __getstate__(self) -> dict[str, Any]:
        """For another process the view is made first: what makes it holds the whole site."""
        return {**self.__dict__, "seen": self.view, "made_of": None}
