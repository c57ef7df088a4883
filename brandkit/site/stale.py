"""Which routes have to be rendered, and why. Pure.

A route's fingerprint is the digest of its view, of every template that it depends on, and of its
way of being made. The version of the renderer is the memory's own business: another version
remembers nothing.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from brandkit.base.digest import Digester, digest_text
from brandkit.base.walls import Remembered
from brandkit.site.model import Route
from brandkit.site.theme import Theme, closure_digests

Parts = Mapping[str, str]


@dataclass(frozen=True)
class Staleness:
    """The stale routes with their reasons by path, and what to remember of all."""

    routes: tuple[Route, ...]
    why: Mapping[str, tuple[str, ...]]
    fingerprints: Mapping[str, str]
    parts: Mapping[str, Parts]


def find_stale(routes: Sequence[Route], theme: Theme, remembered: Remembered) -> Staleness:
    """Compare each route with what is remembered of it."""
    digester = _PartDigester(theme)
    parts = {route.path: digester.parts(route) for route in routes}
    fingerprints = {path: digest_text(repr(sorted(found.items()))) for path, found in parts.items()}
    stale = tuple(r for r in routes if remembered.fingerprints.get(r.path) != fingerprints[r.path])
    why = {route.path: _reasons(route.path, parts[route.path], remembered) for route in stale}
    return Staleness(stale, why, fingerprints, parts)


class _PartDigester:
    """Names and digests what a route depends on; what routes share is digested once."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._digester = Digester()
        self._shared: dict[tuple[str, int], tuple[Any, Parts]] = {}

    def parts(self, route: Route) -> Parts:
        found: dict[str, str] = {"made by": _maker(route)}
        for field in dataclasses.fields(route.view):
            found.update(self._part(field.name, getattr(route.view, field.name)))
        if route.template:
            templates = closure_digests(self._theme, route.template)
            found.update({f"template {file}": digest for file, digest in templates.items()})
        return found

    def _part(self, name: str, value: Any) -> Parts:
        """One level of names below the fields of a view: `page.title`, `site.menu`."""
        if not dataclasses.is_dataclass(value) or hasattr(value, "digest"):
            return {name: self._digester.of(value)}
        known = self._shared.get((name, id(value)))
        if known is None:
            inner = dataclasses.fields(value)
            parts = {f"{name}.{f.name}": self._digester.of(getattr(value, f.name)) for f in inner}
            known = (value, parts)
            self._shared[(name, id(value))] = known
        return known[1]


def _maker(route: Route) -> str:
    if route.painter is not None:
        return route.painter.__name__
    return route.template or (route.copy if isinstance(route.copy, str) else "") or "writer"


def _reasons(path: str, parts: Parts, remembered: Remembered) -> tuple[str, ...]:
    """By name, what differs from the last time."""
    if path not in remembered.fingerprints:
        return ("its file is missing, new, or was changed by hand",) if path in remembered.parts else ("new",)
    before = remembered.parts.get(path, {})
    if not before:
        return ("nothing is remembered of it",)
    changed = [name for name in parts if name in before and before[name] != parts[name]]
    changed += [f"{name} (new)" for name in parts if name not in before]
    changed += [f"{name} (gone)" for name in before if name not in parts]
    return tuple(f"{name} changed" if not name.endswith(")") else name for name in changed)
