"""Sources to documents: a pure function of (bytes, path, settings), remembered by digest.

In: the public sources. Out: every document, and what is wrong in each. A source that was parsed
before in the same form is not read again. The memo belongs to one version of this code, so the
version is no part of the keys.
"""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
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
from brandkit.site.keys import read_moment, when
from brandkit.site.kinds.kind import Kind
from brandkit.site.kinds.registry import kind_named, kind_of
from brandkit.site.languages import LANGUAGES
from brandkit.site.model import Body, Document, Foreign, Heading, Image, Link

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

_LANGUAGE = re.compile(r"(.+)\.([a-z]{2}(?:-[a-zA-Z]{2,4})?)\Z")
_DATED = re.compile(r"(\d{4}-\d{2}-\d{2})[-_]?(.*)\Z")


@dataclass(frozen=True)
class Choice:
    """The settings that parsing depends on, and nothing else."""

    timezone: str
    raw_html: bool
    math: bool
    taxonomies: tuple[str, ...]


@dataclass(frozen=True)
class Parsed:
    """One parsed source as rows for the memo: a document without its body, the body, the plain text."""

    row: str
    html: str
    text: str


@dataclass(frozen=True)
class Content:
    """Everything below content/ as read: documents by path, pictures by path, data."""

    documents: tuple[Document, ...]
    images: Mapping[str, Image]
    data: Data


def parse(settings: Settings, sources: Sources, memo: Memo, map: Mapper) -> Outcome[Content]:
    """Everything below content/, from the memo or newly parsed, ordered by path."""
    config = settings.config
    choice = Choice(config.timezone, config.markdown.raw_html, config.markdown.math, config.taxonomies)
    wanted = [source for source in sources.below("content") if kind_of(source.path)]
    salt = digest_text(repr(choice))
    keys = {source.path: digest_text(f"{salt} {source.digest} {source.path}") for source in wanted}
    rows = dict(memo.get_many("documents", keys.values()))
    missing = [source for source in wanted if keys[source.path] not in rows]
    rows.update(_parse_missing(missing, keys, choice, sources, memo, map))
    read = [_from_row(rows[keys[source.path]], memo) for source in wanted]
    data = load_data(sources)
    content = Content(
        tuple(document for document, _ in read if document is not None), find_images(sources, memo, map), data.value
    )
    return Outcome(content, (*(d for _, found in read for d in found), *data.diagnostics))


def _parse_missing(
    missing: Sequence[Source], keys: dict[str, str], choice: Choice, sources: Sources, memo: Memo, map: Mapper
) -> dict[str, str]:
    jobs = [(source.path, sources.read(source.path)) for source in missing]
    parsed = map(partial(parse_source, choice), jobs)
    rows = {keys[source.path]: result.row for source, result in zip(missing, parsed, strict=True)}
    memo.put_many("bodies", {digest_text(result.html): result.html for result in parsed})
    memo.put_many("texts", {digest_text(result.text): result.text for result in parsed})
    # a file that changed between the look at it and its reading must not be remembered as what it was
    true = {keys[s.path] for s, (_, data) in zip(missing, jobs, strict=True) if digest_bytes(data) == s.digest}
    memo.put_many("documents", {key: row for key, row in rows.items() if key in true})
    return rows


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
    rendered = rendering.render(block.body, reader.Dialect(choice.raw_html, choice.math))
    document = _document(path, kind, front, rendered, choice)
    problem = None if document["draft"] or is_intro(path) else kind.problem(document["facts"])
    if problem:
        return _unusable([*front.diagnostics, LACKING.at(Place(path, 1, 1), problem)])
    document |= _in_the_file(rendered, block.body_line + 1)
    return Parsed(_to_row(document, front.diagnostics), rendered.html, rendered.text)


def _unusable(found: Sequence[Diagnostic]) -> Parsed:
    return Parsed(_to_row(None, found), "", "")


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
        "headings": [dataclasses.astuple(heading) for heading in rendered.headings],
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
    name = PurePosixPath(path)
    stem = name.name.split(".")[0]
    return stem == "_index" or (stem == "index" and len(name.parts) == 3 and name.parts[1] != "pages")


def _terms(value: Any) -> tuple[str, ...]:
    """A key that is one word by itself, like `series`, may be a taxonomy too."""
    return value if isinstance(value, tuple) else (str(value),)


def _stem(path: str) -> tuple[str, str | None, str | None]:
    """The name of a file without its ending, the day before it in Jekyll's manner, the language after it in Hugo's."""
    stem = PurePosixPath(path).stem
    named = _LANGUAGE.match(stem)
    stem, language = (named[1], named[2]) if named and named[2][:2] in LANGUAGES else (stem, None)
    if stem in ("index", "_index"):
        stem = PurePosixPath(path).parent.name
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


def _to_row(document: dict[str, Any] | None, found: Sequence[Diagnostic]) -> str:
    row = {"document": document, "diagnostics": [dataclasses.asdict(d) for d in found]}
    return json.dumps(row, ensure_ascii=False, default=str)


def _from_row(row: str, memo: Memo) -> tuple[Document | None, tuple[Diagnostic, ...]]:
    """A document and its findings; a source that could not be used has findings alone."""
    stored = json.loads(row)
    found = tuple(Diagnostic(**{**d, "place": Place(**d["place"])}) for d in stored["diagnostics"])
    data = stored["document"]
    if data is None:
        return None, found
    for name in ("date", "updated", "publish", "expires"):
        data[name] = datetime.fromisoformat(data[name]) if data[name] else None
    for name in ("aliases", "authors", "syndication", "ids", "telling", "heading_lines", "scripts"):
        data[name] = tuple(data[name])
    for name in ("links", "external", "anchors", "unnamed"):
        data[name] = tuple(Link(*link) for link in data[name])
    data["terms"] = {name: tuple(terms) for name, terms in data["terms"].items()}
    data["headings"] = tuple(Heading(*heading) for heading in data["headings"])
    data["foreign"] = tuple(Foreign(*each) for each in data["foreign"])
    data["facts"] = _facts(kind_named(data["kind"]), data["facts"])
    data["body"] = Body(data["body"], memo)
    return Document(**data), found


def _facts(kind: Kind, stored: Mapping[str, Any]) -> dict[str, Any]:
    """The values of a kind's own keys; days and moments were stored as text."""
    return {
        key.name: _day_or_moment(stored[key.name]) if key.read is when and stored[key.name] else stored[key.name]
        for key in kind.keys
    }


def _day_or_moment(text: str) -> date:
    return date.fromisoformat(text) if len(text) == 10 else datetime.fromisoformat(text)
