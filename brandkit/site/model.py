"""What a public site is made of, from a parsed source to a planned route. Frozen; no behaviour."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from brandkit.base.walls import Memo

Status = Literal["published", "draft", "scheduled", "expired"]


@dataclass(frozen=True)
class Heading:
    """A heading of a text: level 1 to 6, the anchor, the words."""

    level: int
    id: str
    text: str


@dataclass(frozen=True)
class Body:
    """The HTML of a document, known by digest; the text itself is loaded only when rendered."""

    digest: str
    memo: Memo = field(repr=False, compare=False)

    def html(self) -> str:
        """The HTML. Raises KeyError if the memo lost it between parsing and rendering."""
        return self.memo.get_many("bodies", [self.digest])[self.digest]


@dataclass(frozen=True)
class Document:
    """A parsed source: what its front matter and its text say, before anything about the site is known."""

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
    authors: tuple[str, ...]
    language: str | None
    canonical: str | None
    weight: int
    template: str | None
    params: Mapping[str, Any]
    body: Body
    text_digest: str
    excerpt: str
    word_count: int
    headings: tuple[Heading, ...]
    links: tuple[str, ...]
    link_lines: tuple[int, ...] = ()


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
class Site:
    """Everything that is shown, and what is held back."""

    pages: tuple[Page, ...]
    posts: tuple[Page, ...]
    terms: Mapping[str, tuple[Term, ...]]
    held_back: tuple[Page, ...]
    static: Mapping[str, str]
    moment: datetime
    valid_until: datetime | None


@dataclass(frozen=True)
class Route:
    """An output path, the template or writer that fills it, and all that it may see.

    `view` is a frozen dataclass; its fields are the names that the template sees. A `writer` takes
    the view and returns text. `copy` names a source that is copied as it is.
    """

    path: str
    view: Any
    template: str | None = None
    writer: Callable[[Any], str] | None = None
    copy: str | None = None
    source: str | None = None
