"""Front matter: the block of settings at the head of a text, in YAML or TOML.

In: the text of a source. Out: `Front` (known keys in one spelling, everything else under `params`),
the body, the line on which the body starts, and every mistake with its place. Reads what people
coming from Hugo, Jekyll, Zola and Pelican have already written.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

from brandkit.base.diagnostics import Code, Diagnostic, Place
from brandkit.base.marked_yaml import SYNTAX, Marked, read_yaml, unfit
from brandkit.base.spelling import closest
from brandkit.site import keys
from brandkit.site.keys import Key

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


@dataclass
class Front:
    """What was said in the front matter: values by canonical name, and params."""

    values: dict[str, Any] = field(default_factory=dict)
    params: dict[str, Any] = field(default_factory=dict)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    usable: bool = True


def read(
    block: Block, whole: str, file: str, zone: ZoneInfo, taxonomies: tuple[str, ...], own: Sequence[Key] = ()
) -> Front:
    """The front matter of one source, whose kind has `own` keys. `usable` is False where the page must be left out."""
    front = Front()
    data, place = _data(block, whole, file, front)
    if not front.usable:
        return front
    of_kind = _by_spelling(own)
    for spelling, value in data.items():
        key = of_kind.get(spelling.lower())
        if key is None or (key.only and not key.only(value)):
            key = _SPELLINGS.get(spelling.lower())
        if key is None and spelling in taxonomies:
            key = Key(spelling, (), keys.names, "")
        if key is None:
            _keep_as_param(front, spelling, value, place, [*of_kind, *_SPELLINGS, *taxonomies])
        elif value is not None and value != "":
            _take(front, key, spelling, value, zone, place)
            if key.name == "image" and isinstance(value, dict) and value.get("alt"):
                _take_alt(front, spelling, value["alt"], zone, place)
    return front


def _by_spelling(table: Sequence[Key]) -> dict[str, Key]:
    return {spelling.lower(): key for key in table for spelling in (key.name, *key.spellings)}


_SPELLINGS = _by_spelling(keys.KEYS)


def _take(
    front: Front, key: Key, spelling: str, value: Any, zone: ZoneInfo, place: Callable[[str, bool], Place]
) -> None:
    rank = 0 if spelling == key.name else [s.lower() for s in (key.name, *key.spellings)].index(spelling.lower())
    earlier = front.values.get("rank:" + key.name)
    if earlier is not None and earlier <= rank:
        return  # `description` says more than `excerpt`; both may stand there
    try:
        front.values[key.name] = key.read(value, zone)
        front.values["rank:" + key.name] = rank
    except ValueError as error:
        front.diagnostics.append(BAD_VALUE.at(place(spelling, False), f"'{spelling}' {error}"))
        front.usable = front.usable and not key.gates


def _take_alt(front: Front, spelling: str, alt: Any, zone: ZoneInfo, place: Callable[[str, bool], Place]) -> None:
    """What `image: {src: ..., alt: ...}` says of the picture."""
    try:
        front.values.setdefault("image_alt", keys.text(alt, zone))
    except ValueError as error:
        front.diagnostics.append(BAD_VALUE.at(place(spelling, False), f"the 'alt' of '{spelling}' {error}"))


def _keep_as_param(
    front: Front, spelling: str, value: Any, place: Callable[[str, bool], Place], known: Sequence[str]
) -> None:
    front.params[spelling] = plain_value(value)
    match = closest(spelling.lower(), known, cutoff=0.75)
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
        return _fit(tomllib.loads(block.text), place, front), place
    except (ValueError, RecursionError) as error:  # a number of 5,000 digits is a plain ValueError
        at = re.search(r"line (\d+), column (\d+)", str(error))
        line = int(at[1]) + block.first_line if at else 1
        excerpt = lines[line - 1] if line <= len(lines) else None
        where = Place(file, line, int(at[2]) if at else 1, 1, excerpt)
        front.diagnostics.append(SYNTAX.at(where, f"this TOML cannot be read: {str(error).partition(' (at')[0]}"))
        front.usable = False
        return {}, place


def _fit(data: dict[str, Any], place: Callable[[str, bool], Place], front: Front) -> dict[str, Any]:
    """What of the data can be used; the rest is said, and where it might keep the page back, it does."""
    reasons = {key: unfit(value) for key, value in data.items()}
    for key, reason in reasons.items():
        if reason:
            front.diagnostics.append(BAD_VALUE.at(place(key, False), f"'{key}' {reason}"))
            known = _SPELLINGS.get(key.lower())
            front.usable = front.usable and not (known is not None and known.gates)
    return {key: value for key, value in data.items() if not reasons[key]}
