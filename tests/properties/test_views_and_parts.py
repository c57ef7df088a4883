"""No page stays old: where a page is not made anew, its view is what it was, to the letter.

Whole walks of edits without a disk and without rendering: a site is planned after every edit, and held against all
that was planned before. What a page is made of has to tell its views apart, and where it comes from its parts.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from brandkit.base.digest import digest_bytes, digest_text
from brandkit.base.walls import PublicRoot, Remembered, Source
from brandkit.io.resources import bundled_themes
from brandkit.site.assemble import assemble
from brandkit.site.config import load_config
from brandkit.site.kinds.registry import SECTIONS, kind_named
from brandkit.site.model import Route
from brandkit.site.parse import parse
from brandkit.site.related import find_related
from brandkit.site.routes import plan_routes
from brandkit.site.stale import find_stale
from brandkit.site.theme import Theme, closure_digests, load_theme
from tests.properties.edits import EDITS, Edit, begin

FULL = os.environ.get("BRANDKIT_PROOF") == "full"
THEME = {
    f"themes/default/{path.relative_to(bundled_themes() / 'default').as_posix()}": path.read_bytes()
    for path in sorted((bundled_themes() / "default").rglob("*"))
    if path.is_file()
}
DIGESTS = {path: digest_bytes(data) for path, data in THEME.items()}
_FORMS = re.compile(r"/(assets/(?:images|cards)/[^\s'\",]+)")


class Memory:
    """A memo over dictionaries."""

    templates = None

    def __init__(self) -> None:
        self.tables: dict[str, dict[str, str]] = {}

    def get_many(self, table: str, keys: Iterable[str]) -> Mapping[str, str]:
        known = self.tables.setdefault(table, {})
        return {key: known[key] for key in keys if key in known}

    def put_many(self, table: str, rows: Mapping[str, str]) -> None:
        self.tables.setdefault(table, {}).update(rows)

    def file(self, key: str) -> Path | None:
        return None

    def keep_file(self, key: str, data: bytes) -> Path | None:
        return None


class Files:
    """Sources over a mapping, and the theme that comes with brandkit."""

    def __init__(self, own: Mapping[str, bytes]) -> None:
        self._files = dict(sorted({**THEME, **own}.items()))
        self._sources = [Source(path, DIGESTS.get(path) or digest_bytes(data)) for path, data in self._files.items()]

    def all(self) -> Sequence[Source]:
        return self._sources

    def below(self, folder: str) -> Sequence[Source]:
        return [source for source in self._sources if source.path.startswith(folder + "/")]

    def get(self, path: str) -> Source | None:
        return next((source for source in self._sources if source.path == path), None)

    def read(self, path: str) -> bytes:
        return self._files[path]

    def locate(self, path: str) -> Path:
        return Path("/nowhere") / path


@dataclass
class Walk:
    """A project in memory, what a build would remember of it, and all that was ever seen of its pages."""

    now: datetime = datetime(2026, 3, 1, 12, tzinfo=UTC)
    files: dict[str, bytes] = field(default_factory=dict)
    flags: dict[str, Any] = field(default_factory=dict)
    settings: dict[str, str] = field(default_factory=dict)
    memo: Memory = field(default_factory=Memory)
    remembered: Remembered = field(default_factory=Remembered)
    standing: dict[str, str] = field(default_factory=dict)
    views: dict[tuple[str, str], str] = field(default_factory=dict)
    parts: dict[tuple[str, ...], str] = field(default_factory=dict)
    skipped: int = 0

    def write(self, path: str, content: str | bytes) -> None:
        self.files = {p: data for p, data in self.files.items() if not (p + "/").startswith(path + "/")}
        self.files = {p: data for p, data in self.files.items() if not path.startswith(p + "/")}
        self.files[path] = content.encode() if isinstance(content, str) else content

    def read(self, path: str) -> str | None:
        return self.files[path].decode() if path in self.files else None

    def remove(self, path: str) -> None:
        self.files.pop(path, None)

    def sources(self) -> list[str]:
        return sorted(self.files)

    def plan(self) -> tuple[tuple[Route, ...], Theme, Any, Any]:
        sources, root = Files(self.files), PublicRoot(Path("/nowhere/project"), sections=SECTIONS, **self.flags)
        chosen = load_config(sources, root).value
        theme = load_theme(chosen, sources, self.memo).value
        content = parse(chosen, sources, self.memo, one_by_one).value
        site = assemble(chosen, content, sources, root, self.now).value
        return plan_routes(site, chosen, theme, self.memo).value, theme, site, chosen

    def build(self) -> None:
        """Plan, see what is stale, and hold all against what was ever seen."""
        routes, theme, site, chosen = self.plan()
        stale = find_stale(routes, theme, self.remembered)
        now: dict[str, str] = {}
        for route in routes:
            seen = now[route.path] = shown(route, theme)
            mark = stale.fingerprints[route.path]
            assert self.views.setdefault((route.path, mark), seen) == seen, f"{route.path} has parts that are left out"
            if route.origin and route.made_of is not None:
                made_of = repr(sorted(route.made_of().items(), key=lambda part: part[0]))
                origin = (route.path, route.origin)
                assert self.parts.setdefault(origin, made_of) == made_of, f"{route.path} has an origin that is left out"
            if route.path not in stale.why:
                self.skipped += 1
                assert self.standing[route.path] == seen, f"{route.path} stays old"
        self.standing = now
        asked = {path for seen in views(routes) for path in _FORMS.findall(seen)}
        assert asked <= {route.path for route in routes}, "pictures are shown that nobody makes"
        self.remembered = Remembered(
            stale.fingerprints, stale.fingerprints, lambda mark: stale.parts.get(mark, {}), stale.origins
        )
        titled = [page for page in site.posts if kind_named(page.document.kind).titled]
        found = find_related(titled, chosen.config, self.memo)
        assert found == find_related(titled, chosen.config, Memory()), "what is remembered as related is old"


def one_by_one(work: Any, items: Sequence[Any], worth: int = 0) -> list[Any]:
    return [work(item) for item in items]


def views(routes: Iterable[Route]) -> Iterable[str]:
    return (repr(route.view) for route in routes)


def shown(route: Route, theme: Theme) -> str:
    """All that decides the bytes of a file: its view to the letter, its templates, what makes it."""
    templates = sorted(closure_digests(theme, route.template).items()) if route.template else ()
    maker = route.writer or route.painter
    return digest_text(repr((route.view, templates, route.template, maker and maker.__qualname__)))


@pytest.mark.slow
@settings(
    max_examples=4000 if FULL else 25,
    deadline=None,
    derandomize=not os.environ.get("BRANDKIT_SEED"),
    database=None,
    report_multiple_bugs=False,
    phases=(Phase.generate,),
    suppress_health_check=list(HealthCheck),
)
@given(edits=st.lists(EDITS, min_size=1, max_size=14), rich=st.booleans())
def test_after_any_edits_no_page_stays_old(edits: list[Edit], rich: bool) -> None:
    walk, steps = Walk(), ["a rich beginning" if rich else "a plain beginning"]
    begin(walk, rich)
    walk.build()
    for edit in edits:
        steps.append(edit.name)
        edit.run(walk)
        try:
            walk.build()
        except AssertionError as error:
            raise AssertionError(f"{error}\nafter {steps}") from error
