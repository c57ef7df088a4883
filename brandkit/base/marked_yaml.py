"""YAML as people write it: data and, for every part of it, where it stands.

In: text. Out: `Marked`: plain data (mappings, lists, strings, ints, floats, bools, None) plus
the node tree, from which the place of any path is read only when somebody asks.

YAML 1.1 turns `NO` into false, `012` into ten and `12:30` into 750. Here such a scalar stays the
text that was written, and `surprises` reports it: an error in strict files, silent in front matter.
Dates stay text too; the field that they belong to decides.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import yaml

from brandkit.base.diagnostics import Code, Diagnostic, Outcome, Place

SYNTAX = Code(
    "BK101",
    "error",
    "this YAML, TOML or JSON cannot be read",
    "A quote or bracket that is not closed, a tab used for indentation, or a colon inside an unquoted value.",
    "put the value in quotes, and indent with spaces",
)
DUPLICATE_KEY = Code(
    "BK102",
    "error",
    "a key stands twice",
    "The same key is given twice in one mapping; YAML would silently keep the last.",
    "keep one of the two",
)
SURPRISE = Code(
    "BK103",
    "error",
    "YAML would misread this value",
    "Unquoted `NO`, `on`, `012`, `1_000` or `12:30` mean something else in YAML than what they look like.",
    "put it in quotes, or write true or false",
)

MAX_BYTES = 20_000_000
MAX_DEPTH = 60
MAX_REPEATED = 100_000  # parts that stand in the data only because an alias repeats them
MAX_NUMBER = 2**63 - 1
_BOTTOMLESS = 200  # the reader in C recurses without a limit, and takes the process with it
Path = tuple[str | int, ...]

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_INT = re.compile(r"[-+]?(0|[1-9][0-9]*)\Z")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+\.[0-9]*)([eE][-+]?[0-9]+)?\Z|[-+]?\.(inf|nan)\Z", re.IGNORECASE)
_BRACKET = re.compile(r"[\[\]{}]")
_BLOCKS = re.compile(rf"^(?:[ \t]|[-?:][ \t]){{{_BOTTOMLESS}}}", re.MULTILINE)
_TAG = "tag:yaml.org,2002:"


@dataclass(frozen=True)
class Problem:
    """A finding and the path of the data that it spoils."""

    path: Path
    diagnostic: Diagnostic


@dataclass(frozen=True)
class Marked:
    """Data with places. `line_offset` and `lines` let a block inside a larger file name its own lines."""

    file: str
    data: Any
    node: Any = None
    lines: tuple[str, ...] = field(default=(), repr=False)
    line_offset: int = 0
    problems: tuple[Problem, ...] = ()

    def place(self, path: Path = (), key: bool = False) -> Place:
        """The place of the value at `path` (of its key, with `key`); of the nearest parent if it is absent."""
        node, shown = self.node, self.node
        for step in path:
            pair = _child(node, step)
            if pair is None:
                break
            shown, node = pair
        target = shown if key else node
        if target is None:
            return Place(self.file, 1, 1, 1, self.lines[0] if self.lines else None)
        return self._at(target.start_mark, target.end_mark)

    def _at(self, start: Any, end: Any) -> Place:
        line = start.line + self.line_offset
        excerpt = self.lines[line] if line < len(self.lines) else None
        length = end.column - start.column if end.line == start.line else len(excerpt or "") - start.column
        return Place(self.file, line + 1, start.column + 1, max(1, length), excerpt)


def read_yaml(text: str, file: str, line_offset: int = 0, whole: str | None = None) -> Outcome[Marked | None]:
    """Read one YAML document.

    `line_offset` and `whole` say that `text` is a block of a larger file. None means that the
    text could not be read; the diagnostics then say why and where.
    """
    lines = tuple((whole if whole is not None else text).splitlines())
    empty = Marked(file, None, None, lines, line_offset)
    if len(text) > MAX_BYTES:
        return Outcome(None, (SYNTAX.at(Place(file, 1, 1), "this file is too large to be meant"),))
    try:
        if _looks_bottomless(text) and _is_bottomless(text):
            raise RecursionError
        node = yaml.compose(text.removeprefix("\ufeff"), Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        return Outcome(None, (_syntax_error(error, empty),))
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        reason = "is nested too deeply" if isinstance(error, RecursionError) else "holds a forbidden character"
        return Outcome(None, (SYNTAX.at(Place(file, line_offset + 1, 1), f"this text {reason}"),))
    if node is None:
        return Outcome(empty)
    marked = Marked(file, None, node, lines, line_offset)
    reader = _Reader(marked)
    try:
        data = reader.construct(node, ())
    except _Repeated as error:
        message, hint = "aliases repeat this more often than can be meant", "write out what is needed"
        return Outcome(None, (SYNTAX.at(error.place, message, hint),))
    result = Marked(file, data, node, lines, line_offset, tuple(reader.problems))
    return Outcome(result, tuple(p.diagnostic for p in reader.problems if p.diagnostic.code != SURPRISE.id))


def _looks_bottomless(text: str) -> bool:
    """Whether brackets or indentation may go very deep; brackets in comments and quotes count too."""
    depth = 0
    for bracket in _BRACKET.finditer(text):
        depth = depth + 1 if bracket[0] in "[{" else max(0, depth - 1)
        if depth > _BOTTOMLESS:
            return True
    return _BLOCKS.search(text) is not None


def _is_bottomless(text: str) -> bool:
    depth = 0
    for event in yaml.parse(text, Loader=_LOADER):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > _BOTTOMLESS:
            return True
    return False


class _Repeated(Exception):
    """Aliases multiply. `place` is what they repeat."""

    def __init__(self, place: Place) -> None:
        super().__init__(str(place))
        self.place = place


class _Done(NamedTuple):
    """A node that was read: its value, how large it is when written out without aliases, and how deep."""

    value: Any
    size: int
    depth: int


class _Reader:
    """Turns nodes into data, once per node; counts what aliases repeat, since whoever walks the data walks it all."""

    def __init__(self, marked: Marked) -> None:
        self.marked = marked
        self.problems: list[Problem] = []
        self.done: dict[int, _Done] = {}
        self.open: set[int] = set()
        self.repeated = 0

    def construct(self, node: Any, path: Path) -> Any:
        this = id(node)
        if this in self.done:
            return self.again(node, path)
        if this in self.open or len(path) > MAX_DEPTH:
            return self.too_deep(node, path)
        if isinstance(node, yaml.ScalarNode):
            value = self.scalar(node, path)
            self.done[this] = _Done(value, 1 + len(node.value) // 100, 0)
            return value
        self.open.add(this)
        if isinstance(node, yaml.MappingNode):
            value = self.mapping(node, path)
        else:
            value = [self.construct(child, (*path, i)) for i, child in enumerate(node.value)]
        self.open.discard(this)
        self.done[this] = self.measured(node, value)
        return value

    def again(self, node: Any, path: Path) -> Any:
        """The value of a node that was read before."""
        known = self.done[id(node)]
        self.repeated += known.size
        if self.repeated > MAX_REPEATED:
            raise _Repeated(self.marked._at(node.start_mark, node.end_mark))
        return known.value if len(path) + known.depth <= MAX_DEPTH else self.too_deep(node, path)

    def too_deep(self, node: Any, path: Path) -> None:
        self.problem(SYNTAX, node, path, "this is nested too deeply, or inside itself")

    def measured(self, node: Any, value: Any) -> _Done:
        pairs = node.value if isinstance(node, yaml.MappingNode) else [(child, child) for child in node.value]
        inside = [self.done[id(child)] for _, child in pairs if id(child) in self.done]
        return _Done(value, 1 + sum(d.size for d in inside), 1 + max((d.depth for d in inside), default=0))

    def mapping(self, node: Any, path: Path) -> dict[str, Any]:
        result: dict[str, Any] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                self.problem(SYNTAX, key_node, path, "a key has to be a word")
                continue
            key = key_node.value
            if key in result:
                self.problem(DUPLICATE_KEY, key_node, (*path, key), f"the key '{key}' stands twice")
                continue
            result[key] = self.construct(value_node, (*path, key))
        return result

    def scalar(self, node: Any, path: Path) -> Any:
        text, kind = node.value, node.tag.removeprefix(_TAG)
        if node.style or kind in ("str", "timestamp"):  # plain style is None, or "" from the C loader
            return text
        if kind == "null":
            return None
        if kind == "bool" and text.lower() in ("true", "false"):
            return text.lower() == "true"
        if kind == "int" and _INT.match(text):
            if len(text) < 30 and abs(int(text)) <= MAX_NUMBER:
                return int(text)
            self.problem(SYNTAX, node, path, "this number is too large; put it in quotes if it is a name")
            return text
        if kind == "float" and _FLOAT.match(text):
            number = float(text.lower().replace(".inf", "inf").replace(".nan", "nan"))
            return number if math.isfinite(number) else text
        if kind in ("bool", "int", "float"):
            self.problem(SURPRISE, node, path, f"YAML reads {text} as {_misreading(kind, text)}")
        elif kind not in ("value", "merge"):
            self.problem(SYNTAX, node, path, f"the tag {node.tag} means nothing here")
        return text

    def problem(self, code: Code, node: Any, path: Path, message: str) -> None:
        self.problems.append(Problem(path, code.at(self.marked._at(node.start_mark, node.end_mark), message)))


def unfit(data: Any) -> str | None:
    """Why plain data of another reader (TOML, JSON) cannot be used: "holds ..." or "is ..."; None where it can."""
    todo = [(data, 0)]
    while todo:
        value, depth = todo.pop()
        if isinstance(value, int) and abs(value) > MAX_NUMBER:
            return "holds a number that is too large; put it in quotes if it is a name"
        if depth > MAX_DEPTH:
            return "is nested too deeply"
        children = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
        todo.extend((child, depth + 1) for child in children)
    return None


def _misreading(kind: str, text: str) -> str:
    if kind == "bool":
        return "true" if text.lower() in ("yes", "on", "y") else "false"
    return "a time in seconds" if ":" in text else "another number"


def _child(node: Any, step: str | int) -> tuple[Any, Any] | None:
    """(key node, value node) of one step down, or None. A list item is its own key node."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == step:
                return key, value
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and 0 <= step < len(node.value):
        return node.value[step], node.value[step]
    return None


def _syntax_error(error: yaml.MarkedYAMLError, marked: Marked) -> Diagnostic:
    """An unclosed quote is reported where it opens, everything else where the reader stumbled."""
    unclosed = "quoted scalar" in (error.context or "") and error.context_mark is not None
    mark = error.context_mark if unclosed else (error.problem_mark or error.context_mark)
    if mark is None:
        return SYNTAX.at(Place(marked.file, marked.line_offset + 1, 1), str(error.problem))
    if unclosed:
        return SYNTAX.at(marked._at(mark, mark), "this quote is never closed", "add the closing quote")
    line = mark.line + marked.line_offset
    before = marked.lines[line] if line < len(marked.lines) else ""
    if "\t" in before[: mark.column + 1] and not before[: mark.column].strip():
        return SYNTAX.at(marked._at(mark, mark), "a tab stands where YAML wants spaces", "indent with spaces")
    return SYNTAX.at(marked._at(mark, mark), f"this YAML cannot be read: {error.problem}")
