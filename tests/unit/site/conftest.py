"""A public site in memory: sources from a mapping, a memo that is a dictionary, no disk."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from brandkit.base.diagnostics import Diagnostic, Report
from brandkit.base.digest import digest_bytes
from brandkit.base.walls import Artifact, CopyOf, PublicRoot, Source, Staged
from brandkit.site.assemble import assemble
from brandkit.site.checks.registry import advise, check
from brandkit.site.config import Settings, load_config
from brandkit.site.model import Document, Page, Route, Site
from brandkit.site.parse import parse
from brandkit.site.render import render
from brandkit.site.routes import plan_routes
from brandkit.site.theme import Theme, load_theme

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
CONFIG = "title: Test\nurl: https://test.example/\n"
PLAIN = {
    "base.html": "<title>{{ head.title }}</title>{% block main %}{% endblock %}",
    "post.html": '{% extends "base.html" %}{% block main %}{{ page.content }}{% endblock %}',
    **{f"{name}.html": '{% extends "base.html" %}' for name in ("page", "home", "list", "terms", "archive", "404")},
    "redirect.html": "{{ permalink }}",
    "style.css": "a {color: {{ accent }}}",
    "feed.css": "",
}
WORDS = (Path(__file__).parents[3] / "themes/default/words/en.yaml").read_text(encoding="utf-8")


class MemorySources:
    """Sources over a mapping."""

    def __init__(self, files: Mapping[str, str | bytes]) -> None:
        self.files = {p: t.encode() if isinstance(t, str) else t for p, t in sorted(files.items())}
        self.reads: list[str] = []

    def all(self) -> Sequence[Source]:
        return [Source(path, digest_bytes(data)) for path, data in self.files.items()]

    def below(self, folder: str) -> Sequence[Source]:
        return [source for source in self.all() if source.path.startswith(folder + "/")]

    def get(self, path: str) -> Source | None:
        return next((source for source in self.all() if source.path == path), None)

    def read(self, path: str) -> bytes:
        self.reads.append(path)
        return self.files[path]

    def locate(self, path: str) -> Path:
        return Path("/nowhere") / path


class MemoryMemo:
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


@dataclass
class MemoryStage:
    """Holds what was made."""

    made: list[Artifact | CopyOf]

    def put(self, made: Artifact | CopyOf) -> Staged:
        self.made.append(made)
        return Staged(made.path, (0, 0))


@dataclass
class Built:
    """Everything that a build makes on its way."""

    sources: MemorySources
    settings: Settings
    theme: Theme
    documents: tuple[Document, ...]
    site: Site
    routes: tuple[Route, ...]
    report: Report
    files: dict[str, str]

    @property
    def paths(self) -> set[str]:
        return {route.path for route in self.routes}

    def page(self, title: str) -> Page:
        return next(p for p in (*self.site.pages, *self.site.held_back) if p.document.title == title)

    def route(self, path: str) -> Route:
        return next(route for route in self.routes if route.path == path)

    @property
    def codes(self) -> list[str]:
        return [d.code for d in self.report.sorted()]

    def found(self, code: str) -> list[Diagnostic]:
        return [d for d in self.report.sorted() if d.code == code]


def one_by_one(work: Callable[[Any], Any], items: Sequence[Any], worth: int = 0) -> list[Any]:
    return [work(item) for item in items]


@pytest.fixture
def build() -> Callable[..., Built]:
    """Build a site of these files, with a bare theme; `config` is added to a site.yaml that does."""

    def run(
        files: Mapping[str, str | bytes],
        config: str = "",
        now: datetime = NOW,
        memo: Any = None,
        closely: bool = False,
        **flags: Any,
    ) -> Built:
        theme = {f"themes/default/templates/{name}": text for name, text in PLAIN.items()}
        theme["themes/default/words/en.yaml"] = WORDS
        sources = MemorySources({"site.yaml": CONFIG + config, **theme, **files})
        root = PublicRoot(Path("/nowhere/project"), **flags)
        report = Report()
        kept = memo or MemoryMemo()
        settings = report.take(load_config(sources, root))
        chosen = report.take(load_theme(settings, sources, kept))
        content = report.take(parse(settings, sources, kept, one_by_one))
        site = report.take(assemble(settings, content, sources, root, now))
        routes = report.take(plan_routes(site, settings, chosen, kept))
        report.take(check(site, routes, whole=True))
        if closely:
            report.add(advise(site, routes))
        stage = MemoryStage([])
        report.take(render(routes, chosen, sources, kept, one_by_one, stage))
        painted = {route.path for route in routes if route.painter}
        texts = [a for a in stage.made if isinstance(a, Artifact) and a.path not in painted]
        made = {artifact.path: artifact.data.decode() for artifact in texts}
        return Built(sources, settings, chosen, content.documents, site, routes, report, made)

    return run


@pytest.fixture
def memo() -> MemoryMemo:
    """An empty memo."""
    return MemoryMemo()


@pytest.fixture
def post() -> Callable[..., str]:
    """A post with these lines of front matter."""

    def text(*lines: str, body: str = "Text.", title: str = "A", date: str = "2026-02-01") -> str:
        return "\n".join(["---", f"title: {title}", f"date: {date}", *lines, "---", body, ""])

    return text
