"""What people wrote and should know about: problems as values, collected, never the first alone.

In: codes declared by each wing, places in files. Out: `Diagnostic`s in a `Report`, and their
renderings for a terminal, as JSON and as GitHub annotations. Knows no domain noun.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Generic, Literal, TypeVar

Severity = Literal["error", "warning", "note"]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a file: line and column count from 1; `excerpt` is the whole line, for display."""

    file: str
    line: int | None = None
    col: int | None = None
    length: int = 1
    excerpt: str | None = None

    def __str__(self) -> str:
        return ":".join(str(part) for part in (self.file, self.line, self.col) if part is not None)


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding: a code, where, what, and what to do about it."""

    code: str
    severity: Severity
    message: str
    place: Place
    hint: str | None = None

    def as_json(self) -> dict[str, Any]:
        """The shape that `--json` promises."""
        return {
            "code": self.code,
            "severity": self.severity,
            "message": self.message,
            "hint": self.hint,
            "file": self.place.file,
            "line": self.place.line,
            "col": self.place.col,
        }


_OBEYED = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def _shown(text: str) -> str:
    return _OBEYED.sub(lambda sign: sign[0].encode("unicode_escape").decode(), text)


@dataclass(frozen=True, slots=True)
class Code:
    """A kind of finding, declared once, with the cause and cure that the reference page prints."""

    id: str
    severity: Severity
    title: str
    cause: str
    cure: str

    def at(self, place: Place, message: str, hint: str | None = None) -> Diagnostic:
        """This finding at `place`; without a hint of its own the code's cure is the hint.

        What it quotes was written by anybody: signs that a terminal would obey are shown, not sent.
        """
        return Diagnostic(self.id, self.severity, _shown(message), place, _shown(hint or self.cure))


@dataclass(frozen=True, slots=True)
class Outcome(Generic[T]):
    """A value together with what was found while making it."""

    value: T
    diagnostics: tuple[Diagnostic, ...] = ()


@dataclass
class Report:
    """Collects findings over one run, in a stable order and without repeats, and how long each step of it took.

    `clock` tells seconds from any beginning; without one no time is taken. `steps` are seconds by name, in order.
    """

    diagnostics: list[Diagnostic] = field(default_factory=list)
    clock: Callable[[], float] | None = None
    steps: dict[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._since = self.clock() if self.clock else 0.0

    def take(self, outcome: Outcome[T], step: str = "") -> T:
        """Keep what was found, hand on the value; `step` names what was done since the last one ended."""
        self.add(outcome.diagnostics)
        self.lap(step)
        return outcome.value

    def lap(self, step: str) -> None:
        """A step ends here; without a name it is part of the next one."""
        if self.clock and step:
            now = self.clock()
            self.steps[step] = self.steps.get(step, 0.0) + now - self._since
            self._since = now

    def add(self, diagnostics: Iterable[Diagnostic]) -> None:
        """Keep each finding once."""
        known = set(self.diagnostics)
        for diagnostic in diagnostics:
            if diagnostic not in known:
                known.add(diagnostic)
                self.diagnostics.append(diagnostic)

    def sorted(self) -> list[Diagnostic]:
        """By file and line, as a person walks through them."""
        return sorted(self.diagnostics, key=lambda d: (d.place.file, d.place.line or 0, d.place.col or 0, d.code))

    def count(self, severity: Severity) -> int:
        """How many findings of this severity."""
        return sum(1 for d in self.diagnostics if d.severity == severity)

    def failed(self, strict: bool = False) -> bool:
        """Whether the run should exit 1: any error, or any warning when `strict`."""
        return bool(self.count("error") or (strict and self.count("warning")))


def prefixed(diagnostics: Iterable[Diagnostic], folder: str) -> tuple[Diagnostic, ...]:
    """The same findings, their files named from the project's root."""
    return tuple(replace(d, place=replace(d.place, file=f"{folder}/{d.place.file}")) for d in diagnostics)


def as_text(diagnostics: Sequence[Diagnostic]) -> str:
    """For a terminal: `file:line:col: error BK104: message`, the line, a caret, a hint."""
    return "\n".join(line for d in diagnostics for line in _text_lines(d))


def _text_lines(d: Diagnostic) -> list[str]:
    lines = [f"{_shown(str(d.place))}: {d.severity} {d.code}: {d.message}"]
    if d.place.excerpt is not None and d.place.line is not None:
        number = str(d.place.line)
        excerpt, indent, carets = _window(d.place)
        lines.append(f"    {number} | {excerpt}")
        if carets:
            lines.append(f"    {' ' * len(number)} | {' ' * indent}{'^' * carets}")
    if d.hint:
        lines.append(f"  hint: {d.hint}")
    return lines


def _window(place: Place, width: int = 100) -> tuple[str, int, int]:
    """The part of a long line around the column: (text, indent of the caret, carets)."""
    excerpt = "".join(c if c.isprintable() else " " for c in (place.excerpt or ""))
    start = max(0, (place.col or 1) - 1 - width // 2) if len(excerpt) > width else 0
    shown = excerpt[start : start + width]
    if place.col is None:
        return shown, 0, 0
    indent = min(place.col - 1 - start, len(shown))
    return shown, indent, max(1, min(place.length, len(shown) - indent))


def as_json(diagnostics: Sequence[Diagnostic]) -> list[dict[str, Any]]:
    """The `diagnostics` of every `--json` document."""
    return [d.as_json() for d in diagnostics]


def as_github(diagnostics: Sequence[Diagnostic]) -> str:
    """Workflow commands that GitHub shows beside the line in a pull request."""
    kind = {"error": "error", "warning": "warning", "note": "notice"}
    return "\n".join(
        f"::{kind[d.severity]} {_properties(d)}::{_escape_github(d.message + (f' ({d.hint})' if d.hint else ''))}"
        for d in diagnostics
    )


def _properties(d: Diagnostic) -> str:
    pairs = {"file": d.place.file, "line": d.place.line, "col": d.place.col, "title": d.code}
    return ",".join(
        f"{key}={_escape_github(str(value)).replace(':', '%3A').replace(',', '%2C')}"
        for key, value in pairs.items()
        if value is not None
    )


def _escape_github(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def dump_json(value: Any) -> str:
    """JSON as every command prints it: readable, UTF-8, stable."""
    return json.dumps(value, ensure_ascii=False, indent=2, sort_keys=False)
