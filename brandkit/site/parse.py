"""Sources to documents: a pure function of (bytes, path, settings), remembered by digest.

In: the public sources. Out: every document, and what is wrong in each. A source that was parsed
before in the same form is not read again. The memo belongs to one version of this code, so the
version is no part of the keys.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from errno import ENOENT
from functools import cached_property, partial
from pathlib import PurePosixPath
from typing import Any
from zoneinfo import ZoneInfo

from brandkit.base.diagnostics import Code, Diagnostic, Outcome, Place
from brandkit.base.digest import digest_bytes, digest_text
from brandkit.base.text import clip, slugify
from brandkit.base.walls import Mapper, Memo, Source, Sources
from brandkit.site import front_matter
from brandkit.site.config import Settings
from brandkit.site.data import Data, load_data
from brandkit.site.find_images import find_images
from brandkit.site.keys import read_moment
from brandkit.site.kinds.kind import Kind
from brandkit.site.kinds.registry import kind_of
from brandkit.site.languages import LANGUAGES
from brandkit.site.model import Document, Image
from brandkit.site.rows import Parsed, from_row, to_rows

NOT_TEXT = Code(
    "BK142",
    "error",
    "a source is not UTF-8 text",
    "The file holds bytes that are not UTF-8: another encoding, or no text at all.",
    "save the file as UTF-8",
)
NO_TITLE = Code(
    "BK143",
    "warning",
    "a page has no title",
    "Neither the front matter nor a first heading names the page, so its file name had to.",
    "add a title to the front matter",
)
NO_DATE = Code(
    "BK144",
    "warning",
    "a post has no date",
    "Neither the front matter nor the file name says when the post was written; it stands last in lists.",
    "add a date to the front matter",
)

LACKING = Code(
    "BK145",
    "error",
    "something is missing without which it cannot be shown",
    "An event without a start, a testimonial without a name or without the consent of who said it: it is left out.",
    "add the key to the front matter",
)

UNREADABLE = Code(
    "BK146",
    "error",
    "a text cannot be read as Markdown",
    "The reader of Markdown lost its way, as it may over half an address in square brackets, or over thousands of "
    "lines without an empty one that begin lists and definitions: the page is left out.",
    "take out, or write in another way, what you wrote last",
)

_LANGUAGE = re.compile(r"(.+)\.([a-z]{2}(?:-[a-zA-Z]{2,4})?)\Z")
_MANY = 200  # sources
_AT_ONCE = 10_000  # sources; their texts are held until they are kept
_DATED = re.compile(r"(\d{4}-\d{2}-\d{2})[-_]?(.*)\Z")
# a text with a little of what is compiled when it is first met
_WARMING = """---
title: A
date: 2026-03-01
tags: [a]
---
# A

*a* <b>b</b> https://example.org/a [a](/b?c)

    c
"""


@dataclass(frozen=True)
class Choice:
    """The settings that parsing depends on, and nothing else."""

    timezone: str
    raw_html: bool
    math: bool
    taxonomies: tuple[str, ...]

    @cached_property
    def digest(self) -> str:
        """Stands for the choice in keys."""
        return digest_text(repr(self))


@dataclass(frozen=True)
class Content:
    """Everything below content/ as read: documents by path, pictures by path, data."""

    documents: tuple[Document, ...]
    images: Mapping[str, Image]
    data: Data


def parse(settings: Settings, sources: Sources, memo: Memo, map: Mapper) -> Outcome[Content]:
    """Everything below content/, from the memo or newly parsed, ordered by path.

    Raises FileNotFoundError where a text is no longer what was looked at: somebody is saving.
    """
    choice = _choice(settings)
    wanted = [source for source in sources.below("content") if kind_of(source.path)]
    keys = {source.path: _key(choice, source) for source in wanted}
    rows = dict(memo.get_many("documents", keys.values()))
    missing = [source for source in wanted if keys[source.path] not in rows]
    for start in range(0, len(missing), _AT_ONCE):  # so that no more than these are held at once
        rows.update(_parse_missing(missing[start : start + _AT_ONCE], keys, choice, sources, memo, map))
    stored = json.loads(f"[{','.join(rows[keys[source.path]] for source in wanted)}]")
    read = [from_row(keys[source.path], row, memo) for source, row in zip(wanted, stored, strict=True)]
    data = load_data(sources)
    content = Content(
        tuple(document for document, _ in read if document is not None), find_images(sources, memo, map), data.value
    )
    return Outcome(content, (*(d for _, found in read for d in found), *data.diagnostics))


def parse_again(settings: Settings, memo: Memo, path: str, data: bytes) -> Outcome[Document | None]:
    """One text as it is now, remembered for the next `parse`."""
    choice = _choice(settings)
    source = Source(path, digest_bytes(data))
    key = _key(choice, source)
    _keep(memo, {key: parse_source(choice, (path, data))})
    return Outcome(*from_row(key, json.loads(memo.get_many("documents", [key])[key]), memo))


def _choice(settings: Settings) -> Choice:
    config = settings.config
    return Choice(config.timezone, config.markdown.raw_html, config.markdown.math, config.taxonomies)


def _key(choice: Choice, source: Source) -> str:
    return digest_text(f"{choice.digest} {source.digest} {source.path}")


def _keep(memo: Memo, parsed: Mapping[str, Parsed]) -> None:
    """Remember what was parsed, by key: the documents last, since they count on the rest."""
    memo.put_many("bodies", {digest_text(each.html): each.html for each in parsed.values()})
    memo.put_many("texts", {digest_text(each.text): each.text for each in parsed.values()})
    memo.put_many("insides", {key: each.inside for key, each in parsed.items()})
    memo.put_many("documents", {key: each.row for key, each in parsed.items()})


def _parse_missing(
    missing: Sequence[Source], keys: dict[str, str], choice: Choice, sources: Sources, memo: Memo, map: Mapper
) -> dict[str, str]:
    if len(missing) >= _MANY:  # once for all the processes that are going to be forked
        warm(choice)
    results = map(partial(_read_and_parse, choice, sources), missing)
    parsed = {keys[source.path]: result for source, (result, _) in zip(missing, results, strict=True)}
    # a file that changed between the look and the reading is not what it was: not in the memo, and not on the site
    false = {keys[source.path]: source.path for source, (_, same) in zip(missing, results, strict=True) if not same}
    _keep(memo, {key: each for key, each in parsed.items() if key not in false})
    if false:
        raise FileNotFoundError(ENOENT, "changed while it was read", min(false.values()))
    return {key: each.row for key, each in parsed.items()}


def _read_and_parse(choice: Choice, sources: Sources, source: Source) -> tuple[Parsed, bool]:
    """A source parsed, and whether its bytes are those that were looked at."""
    data = sources.read(source.path)
    return parse_source(choice, (source.path, data)), digest_bytes(data) == source.digest


def parse_source(choice: Choice, job: tuple[str, bytes]) -> Parsed:
    """Parse one source. Never raises for bad input: what cannot be used says so in its diagnostics."""
    from brandkit.site.markdown import reader, rendering

    path, data = job
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        return _unusable([NOT_TEXT.at(Place(path, line, 1), "this file is not UTF-8 text")])
    kind = kind_of(path)
    assert kind is not None
    block = front_matter.split(text)
    front = front_matter.read(block, text, path, ZoneInfo(choice.timezone), choice.taxonomies, kind.keys)
    if not front.usable:
        return _unusable(front.diagnostics)
    try:
        rendered = rendering.render(block.body, reader.Dialect(choice.raw_html, choice.math))
    except (RuntimeError, IndexError) as error:  # what the reader of Markdown raises where it loses its way
        place = Place(path, block.body_line + 1, 1)
        return _unusable([*front.diagnostics, UNREADABLE.at(place, f"this text cannot be read as Markdown ({error})")])
    document = _document(path, kind, front, rendered, choice)
    problem = None if document["draft"] or is_intro(path) else kind.problem(document["facts"])
    if problem:
        return _unusable([*front.diagnostics, LACKING.at(Place(path, 1, 1), problem)])
    document |= _in_the_file(rendered, block.body_line + 1)
    return to_rows(document, front.diagnostics, rendered.html, rendered.text)


def warm(choice: Choice, languages: Iterable[str] = ()) -> None:
    """Load what parsing needs once in a process, with the lexers of these languages: best before forking."""
    from brandkit.site.markdown.highlighting import highlighted

    parse_source(choice, ("content/posts/warm.md", _WARMING.encode()))
    for language in languages:
        highlighted("x", language)


def _unusable(found: Sequence[Diagnostic]) -> Parsed:
    return to_rows(None, found, "", "")


def _document(path: str, kind: Kind, front: front_matter.Front, rendered: Any, choice: Choice) -> dict[str, Any]:
    """The document as plain data, in the shape of `Document` but for its body and its lines."""
    values = front.values
    stem, dated, language = _stem(path)
    date = values.get("date") or (read_moment(dated, ZoneInfo(choice.timezone)) if dated else None)
    title = values.get("title") or rendered.title
    intro = is_intro(path)
    if kind.titled and not title and not intro:
        front.diagnostics.append(NO_TITLE.at(Place(path, 1, 1), "this page has no title"))
    if kind.dated and date is None and not intro:
        front.diagnostics.append(NO_DATE.at(Place(path, 1, 1), f"this {kind.name} has no date"))
    names = dict.fromkeys(("tags", "categories", *choice.taxonomies))
    first_words = "" if kind.titled else values.get("by") or clip(rendered.excerpt, 60)
    return {
        "path": path,
        "kind": kind.name,
        "title": title or first_words or stem.replace("-", " ").replace("_", " ").capitalize(),
        "slug": slugify(values.get("slug") or stem, "untitled"),
        "date": date,
        "updated": values.get("updated"),
        "publish": values.get("publish"),
        "expires": values.get("expires"),
        "draft": values.get("draft", False) or not values.get("published", True) or _is_hidden(kind, values),
        "url": values.get("url"),
        "aliases": values.get("aliases", ()),
        "terms": {name: _terms(values[name]) for name in names if values.get(name)},
        "series": values.get("series"),
        "description": values.get("description", ""),
        "image": values.get("image"),
        "image_alt": values.get("image_alt", ""),
        "authors": values.get("authors", ()),
        "language": values.get("lang") or language,
        "translation": values.get("translation") or (_untranslated(path) if language else None),
        "canonical": values.get("canonical"),
        "syndication": values.get("syndication", ()),
        "reply_to": values.get("reply_to"),
        "weight": values.get("weight", 0),
        "template": values.get("template"),
        "facts": {key.name: values.get(key.name) for key in kind.keys},
        "params": {**front.params, **values.get("params", {})},
        "body": digest_text(rendered.html),
        "text_digest": digest_text(rendered.text),
        "excerpt": rendered.excerpt,
        "word_count": rendered.word_count,
        "headings": [(heading.level, heading.id, heading.text) for heading in rendered.headings],
        "ids": rendered.ids,
        "telling": rendered.telling,
    }


def _is_hidden(kind: Kind, values: Mapping[str, Any]) -> bool:
    """Pelican says `status: draft`; a kind with a status of its own means something else by it."""
    own = any(key.name == "status" for key in kind.keys)
    return not own and str(values.get("status", "")).lower() in ("draft", "hidden")


def _in_the_file(rendered: Any, first: int) -> dict[str, Any]:
    """What bears a line: of the file, where the text knows only its own. `first` is the line where it begins."""
    found: dict[str, Any] = {
        name: [[link.target, link.line + first, link.picture] for link in getattr(rendered, name)]
        for name in ("links", "external", "anchors", "unnamed")
    }
    found["heading_lines"] = [line + first for line in rendered.heading_lines]
    found["scripts"] = [line + first for line in rendered.scripts]
    found["foreign"] = [[each.name, each.line + first, each.count] for each in rendered.foreign]
    return found


def is_intro(path: str) -> bool:
    """Whether a source introduces a section: `_index.md`, or `index.md` right in the section's folder."""
    folder, _, name = path.rpartition("/")
    stem = name.partition(".")[0]
    return stem == "_index" or (stem == "index" and folder.count("/") == 1 and folder != "content/pages")


def _terms(value: Any) -> tuple[str, ...]:
    """A key that is one word by itself, like `series`, may be a taxonomy too."""
    return value if isinstance(value, tuple) else (str(value),)


def _stem(path: str) -> tuple[str, str | None, str | None]:
    """The name of a file without its ending, the day before it in Jekyll's manner, the language after it in Hugo's."""
    *_, folder, name = path.split("/")
    stem = name.rpartition(".")[0] or name
    named = _LANGUAGE.match(stem)
    stem, language = (named[1], named[2]) if named and named[2][:2] in LANGUAGES else (stem, None)
    if stem in ("index", "_index"):
        stem = folder
    match = _DATED.match(stem)
    day = match[1] if match and _is_day(match[1]) else None
    return (match[2] or stem if match and day else stem), day, language


def _untranslated(path: str) -> str:
    """What `about.de.md` shares with `about.md`: where it stands, and its name."""
    return PurePosixPath(path).with_suffix("").with_suffix("").as_posix().removeprefix("content/")


def _is_day(text: str) -> bool:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True
