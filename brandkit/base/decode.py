"""Plain data into frozen dataclasses, with every mistake at once and a place for each.

In: a dataclass (its fields declare key, type, default, doc and constraint) and `Marked` data.
Out: an instance, or None where it cannot be made; each mistake with file:line:col and a hint.
"""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, TypeVar, cast

from pydantic import TypeAdapter, ValidationError

from brandkit.base.diagnostics import Code, Diagnostic, Outcome
from brandkit.base.marked_yaml import Marked, Path
from brandkit.base.spelling import did_you_mean

T = TypeVar("T")

UNKNOWN_KEY = Code(
    "BK104",
    "error",
    "unknown key",
    "The key is not one that brandkit knows here; most often it is a slip of the pen.",
    "see the reference page for the keys that stand here",
)
WRONG_VALUE = Code(
    "BK105",
    "error",
    "a value of the wrong kind",
    "The key is known, but its value is not of the kind that belongs there.",
    "see the reference page for what the key takes",
)
MISSING_KEY = Code(
    "BK106",
    "error",
    "a required key is missing",
    "Something that brandkit can not do without was not written.",
    "add the key",
)

_PLAIN_WORDS = {
    "string_type": "should be text",
    "int_type": "should be a whole number",
    "int_parsing": "should be a whole number",
    "int_from_float": "should be a whole number",
    "float_type": "should be a number",
    "float_parsing": "should be a number",
    "bool_type": "should be true or false",
    "bool_parsing": "should be true or false",
    "tuple_type": "should be a list",
    "list_type": "should be a list",
    "dict_type": "should be a mapping of keys and values",
    "mapping_type": "should be a mapping of keys and values",
    "dataclass_type": "should be a mapping of keys and values",
    "dataclass_exact_type": "should be a mapping of keys and values",
    "date_type": "should be a date like 2026-03-01",
    "date_parsing": "is not a date",
    "date_from_datetime_parsing": "is not a date",
    "date_from_datetime_inexact": "should be a date without a time",
    "datetime_type": "should be a date and time like 2026-03-01T09:00",
    "datetime_parsing": "is not a date and time",
    "datetime_from_date_parsing": "is not a date and time",
}


def decode(shape: type[T], marked: Marked, at: Path = ()) -> Outcome[T | None]:
    """Decode the data at `at`; any mistake within it gives None, and says why.

    Raises nothing for bad data.
    """
    data = _value_at(marked.data, at)
    found = _known_problems(marked, at)
    try:
        value = _adapter(cast(Any, shape)).validate_python(data)
    except ValidationError as error:
        return Outcome(None, (*found, *_diagnostics(shape, marked, at, error, found)))
    return Outcome(None if found else value, tuple(found))


def decode_leniently(shape: type[T], marked: Marked, at: Path = ()) -> Outcome[T | None]:
    """Like `decode`, but what is wrong is left out and the rest kept, so that a typo stops little.

    None only where what remains lacks something required.
    """
    found = _known_problems(marked, at)
    data = _copied(_value_at(marked.data, at))
    reported: list[Diagnostic] = list(found)
    for _ in range(4):  # leaving something out can uncover a second mistake, hardly a fourth
        try:
            return Outcome(_adapter(cast(Any, shape)).validate_python(data), tuple(reported))
        except ValidationError as error:
            reported = list(dict.fromkeys([*reported, *_diagnostics(shape, marked, at, error, reported)]))
            for path in _spoilt(data, error):
                _leave_out(data, path)
    return Outcome(None, tuple(reported))


@cache
def _adapter(shape: Any) -> TypeAdapter[Any]:
    return TypeAdapter(shape)


def _known_problems(marked: Marked, at: Path) -> list[Diagnostic]:
    """What the reader of the file already found within `at` (duplicate keys, misread values)."""
    return [p.diagnostic for p in marked.problems if p.path[: len(at)] == at]


def _diagnostics(
    shape: Any, marked: Marked, at: Path, error: ValidationError, known: Sequence[Diagnostic]
) -> list[Diagnostic]:
    """One finding per spoilt value: unions and readers report the same value more than once."""
    seen = {d.place for d in known}
    found: list[Diagnostic] = []
    for item in error.errors(include_url=False):
        diagnostic = _diagnostic(shape, marked, at, item)
        if diagnostic.place not in seen or diagnostic.code == MISSING_KEY.id:
            seen.add(diagnostic.place)
            found.append(diagnostic)
    return found


def _diagnostic(shape: Any, marked: Marked, at: Path, item: Any) -> Diagnostic:
    path = at + _data_path(_value_at(marked.data, at), item["loc"])
    kind, name = item["type"], str(item["loc"][-1]) if item["loc"] else ""
    if kind in ("extra_forbidden", "unexpected_keyword_argument"):
        keys = keys_of(shape, item["loc"][:-1])
        hint = did_you_mean(name, keys) or f"known here: {', '.join(sorted(keys))}"
        return UNKNOWN_KEY.at(marked.place(path, key=True), f"unknown key '{name}'", hint)
    if kind == "missing":
        return MISSING_KEY.at(marked.place(path[:-1] if path and path[-1] == name else path), f"'{name}' is missing")
    label = next((str(step) for step in reversed(path) if isinstance(step, str)), "this")
    message, advice = _in_plain_words(kind, item, label)
    return WRONG_VALUE.at(marked.place(path), message, advice)


def _in_plain_words(kind: str, item: Any, label: str) -> tuple[str, str | None]:
    """(message, hint). Our own validators raise ValueError("message | hint")."""
    if kind == "value_error":
        message, _, hint = str(item["ctx"]["error"]).partition(" | ")
        return f"'{label}' {message}", hint or None
    if kind in ("literal_error", "enum"):
        expected = str(item["ctx"]["expected"])
        words = [word.strip(" '") for word in expected.replace(" or ", ", ").split(",")]
        return f"'{label}' should be one of {expected}", did_you_mean(str(item["input"]), words)
    words_of_kind = _PLAIN_WORDS.get(kind)
    if words_of_kind is None:
        return f"'{label}': {item['msg'][:1].lower()}{item['msg'][1:]}", None
    shown = f"'{label}' {words_of_kind}"
    if kind == "string_type" and isinstance(item["input"], (int, float, bool)):
        return shown, f'put it in quotes: "{item["input"]}"'
    if kind.endswith("parsing") and isinstance(item["input"], str):
        return f"{shown}: {item['input'][:60]}", None
    return shown, None


def keys_of(shape: Any, loc: Sequence[str | int] = ()) -> set[str]:
    """The keys that may stand in the mapping at `loc` of a value of type `shape`."""
    for step in loc:
        shape = _inner(shape, step)
    shape = _dataclass_in(shape)
    return {key_of(f) for f in dataclasses.fields(shape)} if shape is not None else set()


def key_of(f: dataclasses.Field[Any]) -> str:
    """The key under which people write a field: its name, without the underscore that Python needs."""
    return f.name.rstrip("_")


def _inner(shape: Any, step: str | int) -> Any:
    found = _dataclass_in(shape)
    if found is not None and isinstance(step, str):
        hints = _hints(found)
        return hints.get(step, hints.get(step + "_", Any))
    for part in _parts(shape):
        origin, arguments = typing.get_origin(part), typing.get_args(part)
        if origin in (tuple, list) and arguments:
            return arguments[0]
        if isinstance(origin, type) and issubclass(origin, Mapping) and len(arguments) == 2:
            return arguments[1]
    return Any


@cache
def _hints(shape: Any) -> dict[str, Any]:
    return typing.get_type_hints(shape, include_extras=True)


def _dataclass_in(shape: Any) -> Any:
    return next((p for p in _parts(shape) if isinstance(p, type) and dataclasses.is_dataclass(p)), None)


def _parts(shape: Any) -> list[Any]:
    """A type without `Annotated`, and the members of a union."""
    origin = typing.get_origin(shape)
    if origin is typing.Annotated:
        return _parts(typing.get_args(shape)[0])
    if origin in (typing.Union, types.UnionType):
        return [part for argument in typing.get_args(shape) for part in _parts(argument)]
    return [shape]


def _data_path(data: Any, loc: Sequence[str | int]) -> Path:
    """`loc` without the names of types that pydantic puts between the keys for unions."""
    path: list[str | int] = []
    for index, step in enumerate(loc):
        if isinstance(data, dict) and (step in data or index == len(loc) - 1):
            path.append(step)
            data = data.get(step) if isinstance(step, str) else None
        elif isinstance(data, list) and isinstance(step, int) and step < len(data):
            path.append(step)
            data = data[step]
    return tuple(path)


def _value_at(data: Any, path: Path) -> Any:
    for step in path:
        data = data[step]
    return data


def _copied(data: Any) -> Any:
    if isinstance(data, dict):
        return {key: _copied(value) for key, value in data.items()}
    return [_copied(value) for value in data] if isinstance(data, list) else data


def _spoilt(data: Any, error: ValidationError) -> list[Path]:
    """What has to go: wrong values, and what lacks something. The last of a list first, so that places hold."""
    paths: set[Path] = set()
    for item in error.errors(include_url=False, include_context=False, include_input=False):
        path = _data_path(data, item["loc"])
        paths.add(path[:-1] if item["type"] == "missing" else path)
    return sorted(paths, key=lambda path: [(isinstance(step, str), step) for step in path], reverse=True)


def _leave_out(data: Any, path: Path) -> None:
    """Remove the value at `path`, if it is still there."""
    for step in path[:-1]:
        try:
            data = data[step]
        except (KeyError, IndexError, TypeError):
            return
    if isinstance(data, dict) and path:
        data.pop(path[-1], None)
    elif isinstance(data, list) and path and isinstance(path[-1], int) and path[-1] < len(data):
        data.pop(path[-1])
