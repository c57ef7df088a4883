"""Stale routes to artifacts: templates and writers run here and nowhere else. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from brandkit.base.diagnostics import Diagnostic, Outcome
from brandkit.base.templates import TEMPLATE_FAILURES, template_problem
from brandkit.base.walls import Artifact, CopyOf, Mapper, Sources
from brandkit.site.model import Route
from brandkit.site.theme import Theme, compiled


def render(
    stale: Sequence[Route], theme: Theme, sources: Sources, map: Mapper
) -> Outcome[tuple[Artifact | CopyOf, ...]]:
    """An artifact for every route that could be rendered; a failing template is reported once."""
    copies = [CopyOf(route.path, sources.locate(route.copy)) for route in stale if route.copy]
    results = map(partial(_render_route, theme), [route for route in stale if not route.copy])
    made = [result for result in results if isinstance(result, Artifact)]
    found = dict.fromkeys(result for result in results if isinstance(result, Diagnostic))
    return Outcome((*copies, *made), tuple(found))


def _render_route(theme: Theme, route: Route) -> Artifact | Diagnostic:
    if route.writer is not None:
        return Artifact(route.path, route.writer(route.view).encode("utf-8", "replace"))
    assert route.template is not None
    try:
        template = compiled(theme).get_template(route.template)
        text = template.render({name: getattr(route.view, name) for name in route.view.__dataclass_fields__})
    except TEMPLATE_FAILURES as error:
        return template_problem(error, lambda name: theme.files.get(name, name), theme.templates)
    return Artifact(route.path, text.encode("utf-8", "replace"))
