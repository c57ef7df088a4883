"""Changes of YAML that a person wrote, as a patch for that person to apply: text in, unified diff out. Pure.

Only the lines and the parts of lines that a change is about are touched: comments between items, quotes, order and
line ends stay. Every change is read back; where the result is not exactly what was meant, there is no patch.
"""

from __future__ import annotations

import copy
import difflib
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from brandkit.base.marked_yaml import Path, read_yaml
from brandkit.engage.sources.yaml_values import flow, flow_or_block

_BOM = "\ufeff"
_NO_NEWLINE = "\\ No newline at end of file\n"
_COMMENT = re.compile(r"([ ]*)#")


@dataclass(frozen=True)
class Gone:
    """An item of a list, or a key with its value, goes. What would be left empty goes with it."""

    path: Path


@dataclass(frozen=True)
class Put:
    """A key has this value from now on, whether it stood there or not."""

    path: Path
    value: Any


@dataclass(frozen=True)
class Added:
    """These values stand at the end of the list that is there already."""

    path: Path
    values: tuple[Any, ...]


Change = Gone | Put | Added


class _ByHand(Exception):
    """A change that has no place that can be told apart from what must stay."""


@dataclass(frozen=True)
class _Edit:
    start: int
    end: int
    text: str = ""


def changed(text: str, changes: Iterable[Change]) -> str | None:
    """The text with these changes and nothing else changed; None where only a person can make them."""
    mark, body = (_BOM, text[1:]) if text.startswith(_BOM) else ("", text)
    read = read_yaml(body, "")
    if read.value is None or read.value.node is None:
        return None
    try:
        wanted = _with_emptied(read.value.data, tuple(changes))
        edits = _joined([edit for change in wanted for edit in _Editing(body, read.value.node).edits(change, wanted)])
        expected = _applied(read.value.data, wanted)
    except (_ByHand, LookupError, TypeError, ValueError, RuntimeError):  # no such place, or YAML that nobody types
        return None
    for edit in reversed(edits):
        body = body[: edit.start] + edit.text + body[edit.end :]
    again = read_yaml(body, "").value
    same = again is not None and (again.data or None) == (expected or None)
    return mark + body if same and len(again.problems if again else ()) <= len(read.value.problems) else None


def unified(file: str, before: str, after: str | None) -> str:
    """A diff that `patch -p1` takes; without an `after` the file itself goes. Nothing where nothing changes."""
    if before == after:
        return ""
    end = "\t" if " " in file else ""
    to = f"b/{file}{end}" if after is not None else "/dev/null"
    lines = difflib.unified_diff(_lines(before), _lines(after or ""), f"a/{file}{end}", to)
    return "".join(line if line.endswith("\n") else f"{line}\n{_NO_NEWLINE}" for line in lines)


def _lines(text: str) -> list[str]:
    return [line for line in re.split(r"(?<=\n)", text) if line]


# What the changes mean for the data


def _with_emptied(data: Any, changes: tuple[Change, ...]) -> tuple[Change, ...]:
    """The same changes, where a list or mapping of which all goes, goes as a whole; what lies within goes with it."""
    paths = {change.path for change in changes if isinstance(change, Gone)}
    filled = {
        change.path[:size] for change in changes if not isinstance(change, Gone) for size in range(len(change.path))
    }
    filled |= {change.path for change in changes if isinstance(change, Added)}
    while True:
        parents = {path[:-1] for path in paths if len(path) > 1} - filled
        emptied = {parent for parent in parents if parent not in paths and _keys(data, parent) <= paths}
        if not emptied:
            break
        paths |= emptied
    kept = {path for path in paths if not any(path[:size] in paths for size in range(1, len(path)))}
    others = (c for c in changes if not isinstance(c, Gone) and not any(c.path[: len(path)] == path for path in kept))
    return (*map(Gone, sorted(kept, key=repr)), *others)


def _keys(data: Any, path: Path) -> set[Path]:
    inside = _at(data, path)
    return {(*path, step) for step in (inside if isinstance(inside, dict) else range(len(inside)))}


def _at(data: Any, path: Path) -> Any:
    for step in path:
        data = data[step]
    return data


def _applied(data: Any, changes: Sequence[Change]) -> Any:
    """The data as it should be read afterwards."""
    # written out anew, so that what an alias repeats is not changed in two places
    data = json.loads(json.dumps(data)) if not isinstance(data, str) else copy.copy(data)
    for change in (c for c in changes if not isinstance(c, Gone)):
        parent = _at(data, change.path[:-1])
        if isinstance(change, Put):
            parent[change.path[-1]] = json.loads(json.dumps(change.value))
        elif isinstance(there := parent[change.path[-1]], list):
            there.extend(json.loads(json.dumps(change.values)))
        else:
            raise _ByHand
    removed = [change.path for change in changes if isinstance(change, Gone)]
    for path in sorted(removed, key=lambda p: [(isinstance(step, str), step) for step in p], reverse=True):
        del _at(data, path[:-1])[path[-1]]
    return data


# What they mean for the text


@dataclass(frozen=True)
class _Element:
    """A key with its value, or an item of a list: from its first sign (a dash, too) to its last."""

    step: str | int
    start: int
    end: int
    value: Any


@dataclass(frozen=True)
class _Editing:
    text: str
    root: Any

    def edits(self, change: Change, all_: Sequence[Change]) -> Iterator[_Edit]:
        gone = {c.path for c in all_ if isinstance(c, Gone)}
        if isinstance(change, Gone):
            yield self.removal(self.node(change.path[:-1]), change.path, gone)
        elif isinstance(change, Put):
            yield self.put(self.node(change.path[:-1]), change, gone)
        else:
            yield self.addition(self.node(change.path), change, gone)

    def node(self, path: Path) -> Any:
        node = self.root
        for step in path:
            node = next(element.value for element in self.elements(node) if element.step == step)
        return node

    def elements(self, node: Any) -> list[_Element]:
        """The parts of a list or mapping, in order."""
        if node.id == "mapping":
            pairs = ((key.value, key, value) for key, value in node.value)
            return [
                _Element(step, key.start_mark.index, max(_after(key), self.end(value)), value)
                for step, key, value in pairs
            ]
        if node.id != "sequence":
            raise _ByHand
        start = (lambda item: item.start_mark.index) if node.flow_style else (lambda item: self.dash(node, item))
        return [_Element(n, start(item), self.end(item), item) for n, item in enumerate(node.value)]

    def dash(self, node: Any, item: Any) -> int:
        """Where the dash of an item stands: in the column of its list, at the item or above it."""
        column, first = node.start_mark.column, node.start_mark.index
        at = item.start_mark.index
        while at >= first:
            line = self.line_start(at)
            there = line + int(column)
            if self.text[there : there + 1] == "-" and there >= first:
                return there
            at = line - 1
        raise _ByHand

    def end(self, node: Any) -> int:
        """Where the last sign of a value stands; the marks of a block reach to whatever comes next."""
        if node.id == "scalar" or node.flow_style:
            start, end = node.start_mark.index, _after(node)
            return int(start + len(self.text[start:end].rstrip())) if node.id == "scalar" else end
        last = node.value[-1]
        return self.end(last) if node.id == "sequence" else max(_after(last[0]), self.end(last[1]))

    def line_start(self, at: int) -> int:
        return self.text.rfind("\n", 0, at) + 1

    def line_end(self, at: int) -> int:
        """The end of the line, its line feed included."""
        end = self.text.find("\n", at)
        return len(self.text) if end < 0 else end + 1

    def removal(self, parent: Any, path: Path, gone: set[Path]) -> _Edit:
        elements = self.elements(parent)
        index = next(n for n, element in enumerate(elements) if element.step == path[-1])
        one = elements[index]
        following = elements[index + 1] if index + 1 < len(elements) else None
        alone = not self.text[self.line_start(one.start) : one.start].strip()
        if not parent.flow_style:
            if alone:
                return self.whole_lines(one)
            if following is None:
                raise _ByHand
            return _Edit(one.start, following.start)
        if alone and re.match(r" *,? *(#[^\n]*)?\r?\n", self.text[one.end :]):
            return _Edit(self.line_start(one.start), self.line_end(one.end))
        if following is not None:
            return _Edit(one.start, following.start)
        kept = [element for element in elements if (*path[:-1], element.step) not in gone]
        return _Edit(kept[-1].end if kept else elements[0].start, one.end)

    def whole_lines(self, one: _Element) -> _Edit:
        """All lines of an element, the comments within it too, and a blank line where two would meet."""
        start, end = self.line_start(one.start), self.line_end(max(one.end - 1, one.start))
        column, at = one.start - start, end
        while at < len(self.text):
            line = self.text[at : self.line_end(at)]
            comment = _COMMENT.match(line)
            if comment and len(comment[1]) > column:
                end = at + len(line)
            elif line.strip():
                break
            at += len(line)
        if not self.text[self.line_start(max(start - 1, 0)) : start].strip():
            while end < len(self.text) and not self.text[end : self.line_end(end)].strip():
                end = self.line_end(end)
        return _Edit(start, end)

    def put(self, parent: Any, change: Put, gone: set[Path]) -> _Edit:
        elements, key, value = self.elements(parent), change.path[-1], change.value
        known = next((element for element in elements if element.step == key), None)
        column = None if parent.flow_style else parent.start_mark.column
        if known is None:
            kept = [one for one in elements if (*change.path[:-1], one.step) not in gone]
            return self.insertion(parent, kept, f"{flow(str(key))}: {flow_or_block(value, column)}")
        start = known.value.start_mark.index
        if parent.id == "mapping" and (start >= known.end or "\n" in self.text[known.start : start]):
            start = self.text.index(":", self.key_end(parent, key)) + 1
            return _Edit(start, max(start, known.end), f" {flow_or_block(value, column)}")
        return _Edit(start, known.end, flow_or_block(value, column))

    def key_end(self, parent: Any, key: str | int) -> int:
        return next(_after(node) for node, _ in parent.value if node.value == key)

    def addition(self, node: Any, change: Added, gone: set[Path]) -> _Edit:
        kept = [element for element in self.elements(node) if (*change.path, element.step) not in gone]
        if node.flow_style:
            return self.insertion(node, kept, ", ".join(map(flow, change.values)))
        lines = [f"- {flow(value)}" for value in change.values]
        return self.insertion(node, kept, f"\n{' ' * node.start_mark.column}".join(lines))

    def insertion(self, node: Any, kept: Sequence[_Element], text: str) -> _Edit:
        """Something new behind the last part of a list or mapping that stays."""
        if node.flow_style:
            at = kept[-1].end if kept else node.start_mark.index + 1
            return _Edit(at, at, f", {text}" if kept else text)
        if not kept and self.text[self.line_start(node.start_mark.index) : node.start_mark.index].strip():
            raise _ByHand
        at = self.line_end(kept[-1].end - 1) if kept else self.line_start(node.start_mark.index)
        line = f"{' ' * node.start_mark.column}{text}\n"
        if "\r\n" in self.text:
            line = line.replace("\n", "\r\n")
        return _Edit(at, at, line if self.text[:at].endswith("\n") else f"\n{line.rstrip()}")


def _after(node: Any) -> int:
    """Where a node ends, by its mark."""
    return int(node.end_mark.index)


def _joined(edits: Iterable[_Edit]) -> list[_Edit]:
    """The edits in the order of the text; removals that touch become one."""
    joined: list[_Edit] = []
    for edit in sorted(edits, key=lambda e: (e.start, e.end)):
        last = joined[-1] if joined else None
        if last is None or (edit.start >= last.end and (edit.start, edit.end) != (last.start, last.end)):
            joined.append(edit)
        elif edit.start == edit.end == last.end:
            joined[-1] = _Edit(last.start, last.end, last.text + edit.text)
        elif not edit.text and not last.text:
            joined[-1] = _Edit(last.start, max(last.end, edit.end))
        else:
            raise _ByHand
    return joined
