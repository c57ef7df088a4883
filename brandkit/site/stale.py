"""Which routes have to be made anew, and why. Pure.

A route's fingerprint is the digest of all that its view is made of, of every template that it depends on, and of
its way of being made. The version of the renderer is the memory's own business: another version remembers nothing.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from brandkit.base.digest import Digester, digest_text
from brandkit.base.walls import Origins, Parts, Remembered
from brandkit.site.model import Route
from brandkit.site.theme import Theme, closure_digests


@dataclass(frozen=True)
class Staleness:
    """The stale routes with their reasons by path; the fingerprints of all by path.

    `parts` are what the stale ones are made of, by fingerprint, for whoever asks next time what changed; a part that
    many routes share stands there once, by its own digest.
    """

    routes: tuple[Route, ...]
    why: Mapping[str, tuple[str, ...]]
    fingerprints: Mapping[str, str]
    parts: Mapping[str, Parts]
    origins: Origins


def find_stale(routes: Sequence[Route], theme: Theme, remembered: Remembered) -> Staleness:
    """Compare each route with what is remembered of it."""
    describer = _Describer(theme)
    fingerprints: dict[str, str] = {}
    stale: list[Route] = []
    parts: dict[str, Parts] = {}
    why: dict[str, tuple[str, ...]] = {}
    same = remembered.origins
    for route in routes:
        if route.origin and same.routes.get(route.path) == route.origin and describer.has_same_templates(route, same):
            mark = remembered.marks[route.path]
            if remembered.standing.get(route.path) == mark:
                fingerprints[route.path] = mark
                continue
        made_of = describer.parts(route)
        mark = fingerprints[route.path] = digest_text(repr(made_of))
        if remembered.standing.get(route.path) != mark:
            stale.append(route)
            parts[mark] = made_of
            why[route.path] = _reasons(route.path, mark, made_of, describer.shared, remembered)
    origins = Origins({route.path: route.origin for route in routes if route.origin}, describer.templates)
    return Staleness(tuple(stale), why, fingerprints, {**parts, **describer.shared}, origins)


class _Describer:
    """Names what a route depends on; what routes share is looked into once, and stands in `shared` by its digest."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._digester = Digester()
        self._known: dict[tuple[str, int], tuple[Any, str]] = {}
        self.templates: dict[str, str] = {}
        self.shared: dict[str, Parts] = {}

    def has_same_templates(self, route: Route, before: Origins) -> bool:
        """Whether the templates that a route depends on are those that it depended on."""
        return not route.template or before.templates.get(route.template) == self._closure(route.template)

    def parts(self, route: Route) -> dict[str, str]:
        """What the route is made by, of which templates, of which parts."""
        found = {"made by": _maker(route)}
        if route.template:
            found["templates"] = self._closure(route.template)
        if route.made_of is not None:
            for name, value in route.made_of().items():
                found[name] = value if type(value) is str else self._part(name, value)
        else:
            for field in dataclasses.fields(route.view):
                found[field.name] = self._part(field.name, getattr(route.view, field.name))
        return found

    def _closure(self, template: str) -> str:
        if template not in self.templates:
            files = {f"template {file}": d for file, d in closure_digests(self._theme, template).items()}
            self.templates[template] = self._share(files)
        return self.templates[template]

    def _part(self, name: str, value: Any) -> str:
        """A digest; what is a view of its own is looked into by one level: `page.title`, `site.menu`."""
        if not dataclasses.is_dataclass(value) or hasattr(value, "digest"):
            return self._digester.of(value)
        known = self._known.get((name, id(value)))
        if known is None:
            fields = dataclasses.fields(value)
            inner = {f"{name}.{field.name}": self._digester.of(getattr(value, field.name)) for field in fields}
            known = self._known[(name, id(value))] = (value, self._share(inner))
        return known[1]

    def _share(self, parts: Parts) -> str:
        mark = digest_text(repr(parts))
        self.shared[mark] = parts
        return mark


def _maker(route: Route) -> str:
    if route.painter is not None:
        return route.painter.__name__
    return route.template or (route.copy if isinstance(route.copy, str) else "") or "writer"


def _reasons(
    path: str, mark: str, parts: Parts, shared: Mapping[str, Parts], remembered: Remembered
) -> tuple[str, ...]:
    """By name, what differs from the last time."""
    if path not in remembered.marks:
        return ("new",)
    if remembered.marks[path] == mark:
        return ("its file is missing, new, or was changed by hand",)
    before = remembered.parts(remembered.marks[path])
    if not before:
        return ("nothing is remembered of it",)
    return tuple(_differences(before, parts, shared, remembered))


def _differences(before: Parts, now: Parts, shared: Mapping[str, Parts], remembered: Remembered) -> list[str]:
    found: list[str] = []
    for name in (*now, *(name for name in before if name not in now)):
        old, new = before.get(name), now.get(name)
        if old == new:
            continue
        within = remembered.parts(old) if old and new in shared else {}
        if within and new:
            found += _differences(within, shared[new], {}, remembered)
        else:
            found.append(f"{name} changed" if old and new else f"{name} (new)" if new else f"{name} (gone)")
    return found
