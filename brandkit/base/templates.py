"""One sandboxed, strict template environment for both wings.

In: a mapping of names to template texts, and filters. Out: rendered text. A template sees what it
is given and nothing else: no globals, no clock, no file. A name that is not there is an error.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Mapping, Sized
from functools import lru_cache
from itertools import islice
from typing import Any

import jinja2
import jinja2.meta
from jinja2.sandbox import ImmutableSandboxedEnvironment

from brandkit.base.diagnostics import Code, Diagnostic, Place

TEMPLATE = Code(
    "BK110",
    "error",
    "a template cannot be used",
    "A template has a mistake in it, or asks for something that its page does not have.",
    "see docs/themes.md for what each template is given",
)


_MOST_PIECES = 3_000_000  # of one page: a loop within loops has to end
_LONGEST = 100_000_000  # of what one sign makes


class _Environment(ImmutableSandboxedEnvironment):
    """The sandbox; what it allows depends on the type alone, so each pair of type and name is judged once."""

    intercepted_binops = frozenset(("*", "**"))

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._safe: dict[tuple[type, str], bool] = {}

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Whether a template may ask for this attribute."""
        key = (type(obj), attr)
        known = self._safe.get(key)
        if known is None:
            known = self._safe[key] = super().is_safe_attribute(obj, attr, value)
        return known

    def _parse(self, source: str, name: str | None, filename: str | None) -> jinja2.nodes.Template:
        try:
            return super()._parse(source, name, filename)
        except RecursionError:
            raise jinja2.TemplateSyntaxError("this template is nested too deeply", 1, name, filename) from None

    def _compile(self, source: str, filename: str) -> Any:
        try:
            return super()._compile(source, filename)
        except (SyntaxError, RecursionError, MemoryError) as error:  # Python counts the loops within loops
            raise jinja2.TemplateSyntaxError(f"this template is nested too deeply ({error})", 1, filename) from None

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """A product or a power, unless it would fill the memory."""
        sizes = [len(side) if isinstance(side, Sized) else abs(side) for side in (left, right)]
        if operator == "**" and max(sizes) > 1000:
            raise jinja2.TemplateRuntimeError("this power is too large to be meant")
        if (
            operator == "*"
            and any(isinstance(side, Sized) for side in (left, right))
            and sizes[0] * sizes[1] > _LONGEST
        ):
            raise jinja2.TemplateRuntimeError("this repeats something more often than can be meant")
        return super().call_binop(context, operator, left, right)

    @staticmethod
    def concat(pieces: Iterable[str]) -> str:
        """What a template has made as one text, unless it makes more and more of it."""
        if not isinstance(pieces, Generator):
            return "".join(pieces)
        made = list(islice(pieces, _MOST_PIECES))
        if len(made) == _MOST_PIECES:
            pieces.throw(jinja2.TemplateRuntimeError("this template makes more than can be meant; does it end?"))
        return "".join(made)


def environment(
    texts: Mapping[str, str], filters: Mapping[str, Callable[..., Any]], kept: jinja2.BytecodeCache | None = None
) -> jinja2.Environment:
    """An environment over these texts. Autoescapes everything but plain-text templates (`.txt`). What they are
    compiled into is `kept`, which is only for environments of these same filters."""
    env = _Environment(
        # the name doubles as the file name, so that a failure can say which template it was
        loader=jinja2.FunctionLoader(lambda name: (texts[name], name, None) if name in texts else None),
        autoescape=lambda name: not (name or "").endswith(".txt"),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        cache_size=-1,
        auto_reload=False,
        bytecode_cache=kept,
    )
    env.globals.clear()
    del env.filters["random"]  # the same view gives the same bytes
    env.filters.update(filters)
    return env


def closure(env: jinja2.Environment, name: str, texts: Mapping[str, str]) -> frozenset[str]:
    """Every template that `name` extends, includes or imports, itself too.

    A name that is computed at run time could be any of them, so it depends on all.
    """
    found: set[str] = set()
    waiting = [name]
    while waiting:
        current = waiting.pop()
        if current in found or current not in texts:
            continue
        found.add(current)
        for reference in _references(env, texts[current]):
            if reference is None:
                return frozenset(texts)
            waiting.append(reference)
    return frozenset(found)


@lru_cache(maxsize=1024)
def _references(env: jinja2.Environment, text: str) -> tuple[str | None, ...]:
    """The names that a template names; None for one that is computed. Most are asked for many times."""
    try:
        return tuple(jinja2.meta.find_referenced_templates(env.parse(text)))
    except RecursionError:  # so deep that it can be parsed, and no more
        return (None,)


# What a template can provoke: jinja's own errors, and Python's where a value is not of the kind that was expected.
TEMPLATE_FAILURES = (
    *(jinja2.TemplateError, TypeError, ValueError, AttributeError, ArithmeticError, RecursionError, MemoryError),
)


def template_problem(error: Exception, place: Callable[[str], str], texts: Mapping[str, str]) -> Diagnostic:
    """A failed template as a finding, at the line of the template where it failed."""
    name, line = _where(error, texts)
    lines = texts.get(name, "").splitlines()
    excerpt = lines[line - 1] if line and line <= len(lines) else None
    hint = "the template does not exist" if isinstance(error, jinja2.TemplateNotFound) else None
    where = Place(place(name), line, 1 if excerpt else None, 1, excerpt)
    return TEMPLATE.at(where, f"{type(error).__name__}: {getattr(error, 'message', None) or error}", hint)


def _where(error: Exception, texts: Mapping[str, str]) -> tuple[str, int | None]:
    if isinstance(error, jinja2.TemplateSyntaxError):
        return error.name or "", error.lineno
    if isinstance(error, jinja2.TemplateNotFound):
        return str(error.name), None
    name, line = "", None
    trace = error.__traceback__
    while trace is not None:  # the innermost frame of a template; jinja gives these the template's lines
        if trace.tb_frame.f_code.co_filename in texts:
            name, line = trace.tb_frame.f_code.co_filename, trace.tb_lineno
        trace = trace.tb_next
    return name, line
