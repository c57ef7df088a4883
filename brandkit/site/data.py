"""content/data/: public facts that pages are made of, each file's shape declared once.

In: the sources. Out: `Data`, and every mistake with its place. Files with another name than those
below are the brand's own: templates find them as `site.data`. Everything here is public.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Annotated, Any, ClassVar

from pydantic import ConfigDict, Field

from brandkit.base.decode import decode
from brandkit.base.diagnostics import Diagnostic, Outcome, Place
from brandkit.base.marked_yaml import SYNTAX, read_yaml
from brandkit.base.walls import Source, Sources
from brandkit.site.values import STRICT, Text, WebAddress

FOLDER = "content/data"


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
    for source in sources.below(FOLDER):
        name, _, ending = source.path.removeprefix(f"{FOLDER}/").rpartition(".")
        text = sources.read(source.path).decode("utf-8", "replace")
        if ending in ("yaml", "yml"):
            found.extend(_yaml(source, name, text, known, own))
        elif ending in ("json", "toml"):
            found.extend(_other(source, name, text, own))
    return Outcome(Data(**known, own=own), tuple(found))


def _yaml(source: Source, name: str, text: str, known: dict[str, Any], own: dict[str, Any]) -> list[Diagnostic]:
    read = read_yaml(text, source.path)
    if read.value is None or read.value.data is None:
        return list(read.diagnostics)
    shape = SHAPES.get(name)
    if shape is None:
        own[_key(name)] = _frozen(read.value.data)
        return list(read.diagnostics)
    decoded = decode(shape, read.value)
    if decoded.value is not None:
        known[name] = decoded.value
    return [*read.diagnostics, *decoded.diagnostics]


def _other(source: Source, name: str, text: str, own: dict[str, Any]) -> list[Diagnostic]:
    try:
        own[_key(name)] = _frozen(json.loads(text) if source.path.endswith(".json") else tomllib.loads(text))
    except (ValueError, RecursionError) as error:
        said = re.search(r"\(at line (\d+)", str(error))
        line = getattr(error, "lineno", int(said[1]) if said else 1)
        return [SYNTAX.at(Place(source.path, line, 1), f"this file cannot be read: {error}")]
    return []


def _key(name: str) -> str:
    """`talks/2026` is `site.data.talks_2026`: a name that a template can write."""
    return "_".join(PurePosixPath(name).parts).replace("-", "_").replace(".", "_")


def _frozen(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): _frozen(item) for key, item in value.items()}
    if isinstance(value, list):
        return tuple(_frozen(item) for item in value)
    return value if value is None or isinstance(value, (str, int, float, bool)) else str(value)
