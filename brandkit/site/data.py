"""content/data/: public facts that pages are made of, each file's shape declared once.

In: the sources. Out: `Data`, and every mistake with its place. Files with another name than those
below are the brand's own: templates find them as `site.data`. Everything here is public.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Annotated, Any, ClassVar

from pydantic import ConfigDict, Field

from brandkit.base.decode import decode
from brandkit.base.diagnostics import Code, Diagnostic, Outcome, Place
from brandkit.base.marked_yaml import SYNTAX, Marked, read_yaml, unfit
from brandkit.base.walls import Source, Sources
from brandkit.site.front_matter import plain_value
from brandkit.site.values import STRICT, Text, WebAddress

FOLDER = "content/data"
TWICE = Code(
    "BK185",
    "error",
    "two files of data have one name",
    "Templates find a file of data by its name without ending, `-` and folders as `_`: only one file can have it.",
    "give one of them another name, or make them one file",
)


@dataclass(frozen=True)
class Portrait:
    """A picture for the press."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    file: Annotated[Text, Field(description="A picture below content/static/.")]
    credit: Annotated[Text, Field(description="Who took it.")] = ""
    note: Annotated[Text, Field(description="What it is good for.")] = ""


@dataclass(frozen=True)
class Topic:
    """Something to speak about."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    title: Text
    text: Text = ""


@dataclass(frozen=True)
class Speaking:
    """speaking.yaml: the press kit, shown at /speaking/."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    long_bio: Annotated[Text, Field(description="The biography in a few paragraphs; the short one is author.bio.")] = ""
    portraits: tuple[Portrait, ...] = ()
    topics: tuple[Topic, ...] = ()
    formats: Annotated[tuple[Text, ...], Field(description="What you offer: a talk of 30 minutes, a workshop.")] = ()
    travel: Annotated[Text, Field(description="From where, and how far.")] = ""
    languages: Annotated[tuple[Text, ...], Field(description="The languages that you speak on a stage.")] = ()
    needs: Annotated[Text, Field(description="What the stage needs.")] = ""


@dataclass(frozen=True)
class Service:
    """Something to be hired for."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    name: Text
    text: Text = ""
    price: Text = ""
    url: WebAddress | None = None


@dataclass(frozen=True)
class OfficeHours:
    """When anybody may come."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    when: Text
    text: Text = ""
    url: WebAddress | None = None


@dataclass(frozen=True)
class Work:
    """work.yaml: what you can be hired or asked for, shown at /work-with-me/."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    intro: Text = ""
    services: tuple[Service, ...] = ()
    mentoring: Text = ""
    office_hours: OfficeHours | None = None


@dataclass(frozen=True)
class Thank:
    """Somebody to thank in public. A line of thanks.yaml, shown at /thanks/."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    name: Text
    url: WebAddress | None = None
    for_: Annotated[Text, Field(alias="for", description="For what.")] = ""


@dataclass(frozen=True)
class Blog:
    """Somebody worth reading. A line of blogroll.yaml, shown at /blogroll/ and as OPML."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    title: Text
    url: WebAddress
    feed: WebAddress | None = None
    author: Text = ""
    note: Text = ""


@dataclass(frozen=True)
class Person:
    """Somebody who writes here too. A line of authors.yaml."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    name: Text
    id: Annotated[Text, Field(description="A short name for front matter; the name itself works too.")] = ""
    url: WebAddress | None = None
    bio: Text = ""
    portrait: Annotated[Text, Field(description="A picture below content/static/.")] = ""


@dataclass(frozen=True)
class Data:
    """Everything below content/data/. `own` holds the files of other names, by name."""

    speaking: Speaking | None = None
    work: Work | None = None
    thanks: tuple[Thank, ...] = ()
    blogroll: tuple[Blog, ...] = ()
    authors: tuple[Person, ...] = ()
    own: Mapping[str, Any] = field(default_factory=dict)


SHAPES: Mapping[str, Any] = {
    "speaking": Speaking,
    "work": Work,
    "thanks": tuple[Thank, ...],
    "blogroll": tuple[Blog, ...],
    "authors": tuple[Person, ...],
}


def load_data(sources: Sources) -> Outcome[Data]:
    """Read every file of data. One that cannot be used is left out, and said so."""
    known: dict[str, Any] = {}
    own: dict[str, Any] = {}
    found: list[Diagnostic] = []
    files: dict[str, str] = {}
    for source in sources.below(FOLDER):
        name, _, ending = source.path.removeprefix(f"{FOLDER}/").rpartition(".")
        if ending not in ("yaml", "yml", "json", "toml"):
            continue
        first = files.setdefault(_key(name), source.path)
        if first != source.path:
            found.append(TWICE.at(Place(source.path, 1, 1), f"{first} has the same name, '{_key(name)}', and is used"))
            continue
        read = _read(source, ending, sources.read(source.path).decode("utf-8", "replace"))
        found.extend(read.diagnostics)
        if read.value is not None and read.value.data is not None:
            found.extend(_take(name, read.value, known, own))
    return Outcome(Data(**known, own=own), tuple(found))


def _take(name: str, marked: Marked, known: dict[str, Any], own: dict[str, Any]) -> Sequence[Diagnostic]:
    """Keep what a file says: in its shape where the name is a known one, in whatever syntax it was written."""
    if name not in SHAPES:
        own[_key(name)] = _frozen(marked.data)
        return ()
    decoded = decode(SHAPES[name], marked)
    if decoded.value is not None:
        known[name] = decoded.value
    return decoded.diagnostics


def _read(source: Source, ending: str, text: str) -> Outcome[Marked | None]:
    """The data of a file. Only YAML knows the place of each part; elsewhere it is the file."""
    if ending in ("yaml", "yml"):
        return read_yaml(text, source.path)
    try:
        data = json.loads(text) if ending == "json" else tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        said = re.search(r"\(at line (\d+)", str(error))
        line = getattr(error, "lineno", int(said[1]) if said else 1)
        return Outcome(None, (SYNTAX.at(Place(source.path, line, 1), f"this file cannot be read: {error}"),))
    reason = unfit(data)
    if reason is not None:
        return Outcome(None, (SYNTAX.at(Place(source.path, 1, 1), f"this file {reason}"),))
    return Outcome(Marked(source.path, plain_value(data)))


def _key(name: str) -> str:
    """`talks/2026` is `site.data.talks_2026`: a name that a template can write."""
    return "_".join(PurePosixPath(name).parts).replace("-", "_").replace(".", "_")


def _frozen(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): _frozen(item) for key, item in value.items()}
    if isinstance(value, list):
        return tuple(_frozen(item) for item in value)
    return value if value is None or isinstance(value, (str, int, float, bool)) else str(value)
