"""Front matter: the block of settings at the head of a text, in YAML or TOML.

In: the text of a source. Out: `Front` (known keys in one spelling, everything else under `params`),
the body, the line on which the body starts, and every mistake with its place. Reads what people
coming from Hugo, Jekyll, Zola and Pelican have already written.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

from brandkit.base.diagnostics import Code, Diagnostic, Place
from brandkit.base.marked_yaml import SYNTAX, Marked, read_yaml
from brandkit.base.spelling import closest
from brandkit.base.text import fold

BAD_VALUE = Code(
    "BK140",
    "error",
    "a value in front matter cannot be read",
    "A key of the front matter is known, but what it holds is not of the kind that belongs there.",
    "see docs/reference/front-matter.md for what the key takes",
)
NEAR_KEY = Code(
    "BK141",
    "warning",
    "a key in front matter nearly spells a known one",
    "Keys that brandkit does not know are kept as params; this one looks like a slip of the pen.",
    "correct it, or move it below params if it is meant",
)

_FENCES = {"---": "yaml", "+++": "toml"}
# A day within what dates can hold, so that any zone can show them: 9999-12-31 is how some say never.
_FIRST, _LAST = datetime(1, 1, 2, tzinfo=UTC), datetime(9999, 12, 30, tzinfo=UTC)
# Tolerates what real archives hold: `2016-03-18 13:50:00 -5`, `2014-05-01 10:00 -0400`, `2014-05-01T10:00Z`.
_MOMENT = re.compile(
    r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]+(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?)?"
    r"\s*(?:(Z|UTC|GMT)|([+-])(\d{1,2}):?(\d{2})?)?\Z"
)


@dataclass(frozen=True)
class Block:
    """A source split in two. `syntax` is yaml, toml or none; lines count from 0."""

    syntax: str
    text: str
    first_line: int
    body: str
    body_line: int


def split(text: str) -> Block:
    """Separate the front matter from the body. A fence that is never closed is all front matter."""
    text = text.removeprefix("\ufeff")
    lines = text.splitlines(keepends=True)
    fence = lines[0].strip() if lines else ""
    if fence not in _FENCES:
        return Block("none", "", 0, text, 0)
    for number, line in enumerate(lines[1:], 1):
        if line.rstrip() == fence or (fence == "---" and line.rstrip() == "..."):
            return Block(_FENCES[fence], "".join(lines[1:number]), 1, "".join(lines[number + 1 :]), number + 1)
    return Block(_FENCES[fence], "".join(lines[1:]), 1, "", len(lines))


def read_moment(value: Any, zone: ZoneInfo) -> datetime:
    """A date or a date and time; without a zone it is meant in `zone`. Raises ValueError."""
    return min(max(_moment(value, zone), _FIRST), _LAST)


def _moment(value: Any, zone: ZoneInfo) -> datetime:
    if isinstance(value, datetime):
        return value if value.tzinfo else value.replace(tzinfo=zone)
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day, tzinfo=zone)
    match = _MOMENT.match(fold(str(value)))
    if not match:
        raise ValueError("is not a date; write it like 2026-03-01 or 2026-03-01T09:00")
    year, month, day, hour, minute, second = (int(part or 0) for part in match.groups()[:6])
    try:
        return datetime(year, month, day, hour, minute, second, tzinfo=_offset(match, zone))
    except ValueError as error:
        raise ValueError(f"is not a date: {error}") from None


def _offset(match: re.Match[str], zone: ZoneInfo) -> Any:
    if match[7]:
        return UTC
    if not match[8]:
        return zone
    offset = timedelta(hours=int(match[9]), minutes=int(match[10] or 0))
    return timezone(offset if match[8] == "+" else -offset)


def _text(value: Any, _zone: ZoneInfo) -> str:
    if isinstance(value, (dict, list)):
        raise ValueError("should be text")
    return fold(str(value))


def _flag(value: Any, _zone: ZoneInfo) -> bool:
    words = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}
    if isinstance(value, bool):
        return value
    if str(value).lower() not in words:
        raise ValueError("should be true or false")
    return words[str(value).lower()]


def _list(value: Any, _zone: ZoneInfo) -> tuple[str, ...]:
    """A list of words; a single text is split at commas, as in Pelican; a mapping gives its name."""
    items = value if isinstance(value, list) else str(value).split(",")
    if isinstance(value, dict):
        items = [value]
    names = (item.get("name", "") if isinstance(item, dict) else item for item in items)
    found = (fold(str(name)) for name in names if name is not None)
    return tuple(dict.fromkeys(name for name in found if name))


def _addresses(value: Any, zone: ZoneInfo) -> tuple[str, ...]:
    return tuple(item if item.startswith("/") else f"/{item}" for item in _list(value, zone))


def _number(value: Any, _zone: ZoneInfo) -> int:
    try:
        return int(value)
    except (TypeError, ValueError, OverflowError):
        raise ValueError("should be a whole number") from None


def _image(value: Any, zone: ZoneInfo) -> str:
    """A path; themes of other generators nest it as `src`, `path` or `feature`."""
    if isinstance(value, dict):
        value = next((value[key] for key in ("src", "path", "url", "feature") if key in value), "")
    return _text(value, zone)


def _mapping(value: Any, _zone: ZoneInfo) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise ValueError("should be a mapping of keys and values")
    return value


@dataclass(frozen=True)
class Key:
    """One key of front matter: its other spellings, most telling first, how it is read, what it means."""

    name: str
    spellings: tuple[str, ...]
    read: Callable[[Any, ZoneInfo], Any]
    doc: str
    gates: bool = False  # decides whether a page is published: if it cannot be read, the page is left out


KEYS: tuple[Key, ...] = (
    Key("title", (), _text, "The title; without one, the file's name stands in."),
    Key("date", (), read_moment, "When it was written; a day or a moment. A date to come schedules it.", True),
    Key("updated", ("lastmod", "last_modified_at", "modified"), read_moment, "When it was last changed."),
    Key("publish", ("publishDate", "publishdate"), read_moment, "Not to be shown before.", True),
    Key("expires", ("expiryDate", "expirydate"), read_moment, "Not to be shown from then on.", True),
    Key("draft", (), _flag, "Not to be published yet.", True),
    Key("published", (), _flag, "Jekyll's way of saying `draft: false`.", True),
    Key("slug", (), _text, "The last part of the address; else from the file's name."),
    Key("url", ("permalink",), _text, "The whole path of the address, from the root of the site."),
    Key("aliases", ("redirect_from",), _addresses, "Old paths that lead here."),
    Key("tags", ("tag",), _list, "What it is about."),
    Key("categories", ("category",), _list, "Another way of grouping."),
    Key("series", (), _text, "A series that it belongs to."),
    Key("description", ("summary", "excerpt"), _text, "One sentence for lists, feeds and search engines."),
    Key("image", (), _image, "A picture that stands for it."),
    Key("authors", ("author",), _list, "Who wrote it, if not the owner of the site."),
    Key("lang", ("language", "locale"), _text, "Its language, if not the site's."),
    Key("canonical", ("canonical_url",), _text, "The address of the original, if this is a copy."),
    Key("weight", (), _number, "Order among pages: small numbers first."),
    Key("template", ("layout",), _text, "A template of the theme other than the usual one."),
    Key("params", (), _mapping, "Anything of your own, for templates."),
)
_SPELLINGS = {spelling.lower(): key for key in KEYS for spelling in (key.name, *key.spellings)}


@dataclass
class Front:
    """What was said in the front matter: values by canonical name, and params."""

    values: dict[str, Any] = field(default_factory=dict)
    params: dict[str, Any] = field(default_factory=dict)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    usable: bool = True


def read(block: Block, whole: str, file: str, zone: ZoneInfo, taxonomies: tuple[str, ...]) -> Front:
    """The front matter of one source. `usable` is False where the page must be left out."""
    front = Front()
    data, place = _data(block, whole, file, front)
    if not front.usable:
        return front
    for spelling, value in data.items():
        key = _SPELLINGS.get(spelling.lower())
        if key is None and spelling in taxonomies:
            key = Key(spelling, (), _list, "")
        if key is None:
            _keep_as_param(front, spelling, value, place, taxonomies)
        elif value is not None and value != "":
            _take(front, key, spelling, value, zone, place)
    return front


def _take(
    front: Front, key: Key, spelling: str, value: Any, zone: ZoneInfo, place: Callable[[str, bool], Place]
) -> None:
    spellings = [s.lower() for s in (key.name, *key.spellings)]
    rank = spellings.index(spelling.lower())
    earlier = front.values.get("rank:" + key.name)
    if earlier is not None and earlier <= rank:
        return  # `description` says more than `excerpt`; both may stand there
    try:
        front.values[key.name] = key.read(value, zone)
        front.values["rank:" + key.name] = rank
    except ValueError as error:
        front.diagnostics.append(BAD_VALUE.at(place(spelling, False), f"'{spelling}' {error}"))
        front.usable = front.usable and not key.gates


def _keep_as_param(
    front: Front, spelling: str, value: Any, place: Callable[[str, bool], Place], taxonomies: tuple[str, ...]
) -> None:
    front.params[spelling] = plain_value(value)
    match = closest(spelling.lower(), [*_SPELLINGS, *taxonomies], cutoff=0.75)
    if match and abs(len(match) - len(spelling)) <= 2 and len(spelling) > 3:
        place_of_key = place(spelling, True)
        front.diagnostics.append(NEAR_KEY.at(place_of_key, f"unknown key '{spelling}'", f"did you mean '{match}'?"))


def plain_value(value: Any) -> Any:
    """A value as JSON can hold it: dates become their ISO text."""
    if isinstance(value, dict):
        return {str(key): plain_value(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain_value(item) for item in value]
    return value if value is None or isinstance(value, (str, int, float, bool)) else str(value)


def _data(block: Block, whole: str, file: str, front: Front) -> tuple[Mapping[str, Any], Callable[[str, bool], Place]]:
    """The raw mapping, and a function from a key to its place."""
    if block.syntax == "toml":
        return _toml(block, whole, file, front)
    marked = Marked(file, {})
    if block.syntax == "yaml":
        outcome = read_yaml(block.text, file, block.first_line, whole)
        front.diagnostics.extend(outcome.diagnostics)
        front.usable = outcome.value is not None
        marked = outcome.value or marked
    if marked.data is not None and not isinstance(marked.data, dict):
        front.diagnostics.append(SYNTAX.at(marked.place(), "front matter should be keys and values"))
        front.usable = False
    data = marked.data if isinstance(marked.data, dict) else {}
    return data, lambda key, of_key: marked.place((key,), key=of_key)


def _toml(block: Block, whole: str, file: str, front: Front) -> tuple[Mapping[str, Any], Callable[[str, bool], Place]]:
    lines = whole.splitlines()

    def place(key: str, of_key: bool) -> Place:
        for number, line in enumerate(lines[: block.body_line]):
            match = re.match(rf"\s*[\"']?{re.escape(key)}[\"']?\s*(=\s*)", line)
            if match:
                col = match.start() + 1 if of_key else match.end() + 1
                return Place(file, number + 1, col, len(key) if of_key else len(line) - match.end(), line)
        return Place(file, 1, 1)

    try:
        return tomllib.loads(block.text), place
    except (ValueError, RecursionError) as error:  # a number of 5,000 digits is a plain ValueError
        at = re.search(r"line (\d+), column (\d+)", str(error))
        line = int(at[1]) + block.first_line if at else 1
        excerpt = lines[line - 1] if line <= len(lines) else None
        where = Place(file, line, int(at[2]) if at else 1, 1, excerpt)
        front.diagnostics.append(SYNTAX.at(where, f"this TOML cannot be read: {str(error).partition(' (at')[0]}"))
        front.usable = False
        return {}, place
