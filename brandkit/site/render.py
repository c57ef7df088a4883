"""Stale routes to files: templates, writers and painters run here and nowhere else. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from brandkit.base.diagnostics import Code, Diagnostic, Outcome, Place
from brandkit.base.digest import Digester, digest_text
from brandkit.base.templates import TEMPLATE_FAILURES, template_problem
from brandkit.base.walls import Artifact, CopyOf, Mapper, Memo, Sources, Stage, Staged
from brandkit.site.model import Route
from brandkit.site.theme import Theme, compiled

_WORTH_PAINTING = 6  # pictures; each takes as long as many pages
UNPAINTED = Code(
    "BK162",
    "warning",
    "a picture could not be made",
    "A picture is damaged, or of a form that cannot be cleaned or resized: what was to be made of it is left out.",
    "save the picture anew, as JPEG, PNG or WebP",
)


def render(
    stale: Sequence[Route], theme: Theme, sources: Sources, memo: Memo, map: Mapper, stage: Stage
) -> Outcome[tuple[Staged, ...]]:
    """Every route that could be rendered, made and handed to `stage`; a failing template is reported once."""
    make = partial(_make, theme, sources, memo, stage)
    painted = map(make, [route for route in stale if route.painter], _WORTH_PAINTING)
    others = map(make, [route for route in stale if not route.painter])
    results = [*painted, *others]
    made = tuple(result for result in results if not isinstance(result, Diagnostic))
    return Outcome(made, tuple(dict.fromkeys(result for result in results if isinstance(result, Diagnostic))))


def _make(theme: Theme, sources: Sources, memo: Memo, stage: Stage, route: Route) -> Staged | Diagnostic:
    if route.copy is not None:
        made: Artifact | CopyOf | Diagnostic = _copy(route.path, route.copy, sources)
    else:
        made = _paint(sources, memo, route) if route.painter else _write(theme, route)
    return made if isinstance(made, Diagnostic) else stage.put(made)


def _copy(path: str, copied: str | CopyOf, sources: Sources) -> CopyOf:
    return copied if isinstance(copied, CopyOf) else CopyOf(path, sources.locate(copied))


def _paint(sources: Sources, memo: Memo, route: Route) -> Artifact | CopyOf | Diagnostic:
    """A picture, kept once it was made: drawing and encoding take longer than all the rest of a build."""
    assert route.painter is not None
    view = route.view
    key = digest_text(f"{route.painter.__name__} {Digester().of(view)}")
    kept = memo.file(key)
    if kept is not None:
        return CopyOf(route.path, kept)
    try:
        data = route.painter(view, sources.read)
    except ValueError as error:
        source = getattr(view, "source", route.source) or "site.yaml"
        return UNPAINTED.at(Place(source), str(error))
    return CopyOf(route.path, at) if (at := memo.keep_file(key, data)) else Artifact(route.path, data)


def _write(theme: Theme, route: Route) -> Artifact | Diagnostic:
    view = route.view
    if route.writer is not None:
        return Artifact(route.path, route.writer(view).encode("utf-8", "replace"))
    assert route.template is not None
    try:
        template = compiled(theme).get_template(route.template)
        text = template.render({name: getattr(view, name) for name in view.__dataclass_fields__})
    except TEMPLATE_FAILURES as error:
        return template_problem(error, lambda name: theme.files.get(name, name), theme.templates)
    return Artifact(route.path, text.encode("utf-8", "replace"))
