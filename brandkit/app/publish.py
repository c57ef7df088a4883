"""THE BUILD of the public site. Read it from top to bottom; nothing else decides what happens.

In: the public root, an output folder, the moment, a memo, a mapper. Out: `Published`. It must never
know the vault, the feeds that are followed, or anything below `engage`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from brandkit.base.diagnostics import Diagnostic, Outcome, Report
from brandkit.base.walls import Committed, Mapper, Memo, Origins, OutputDir, OwnPage, PublicOutput, PublicRoot, Staged
from brandkit.io import clock, commit, disk, manifest, search_index
from brandkit.io.renderer import renderer_version
from brandkit.io.scan import Scan, Stamp
from brandkit.site.assemble import assemble
from brandkit.site.checks.registry import check
from brandkit.site.config import Settings, load_config
from brandkit.site.kinds.registry import KINDS
from brandkit.site.model import Route, Site
from brandkit.site.own_pages import own_pages
from brandkit.site.parse import parse
from brandkit.site.render import render
from brandkit.site.routes import plan_routes
from brandkit.site.search import search_records, search_routes
from brandkit.site.stale import Staleness, find_stale
from brandkit.site.theme import Theme, load_theme

MayWrite = Callable[[Report], bool]


@dataclass(frozen=True)
class Planned:
    """The site before anything is rendered: all that `list`, `explain` and `check` need."""

    sources: disk.DiskSources
    settings: Settings
    theme: Theme
    site: Site
    routes: tuple[Route, ...]
    report: Report
    mistakes: tuple[Diagnostic, ...]  # for which texts, or addresses of theirs, may be missing


@dataclass(frozen=True)
class Published:
    """The site as built, what was found on the way, and what changed on disk."""

    output: PublicOutput
    settings: Settings
    site: Site
    report: Report
    committed: Committed
    why: Mapping[str, Sequence[str]]
    memo: Memo
    planned: Planned

    @property
    def pages(self) -> tuple[OwnPage, ...]:
        """The pages as the private side may know them."""
        return own_pages(self.site, self.settings.config, self.memo)


def plan(root: PublicRoot, seen: Scan, now: datetime, memo: Memo, map: Mapper) -> Planned:
    """From the files that were `seen` to every route, writing nothing."""
    report = Report(clock=clock.seconds)
    sources = report.take(disk.read(root, seen), "look at the sources")
    settings = report.take(load_config(sources, root))
    theme = report.take(load_theme(settings, sources, memo), "load settings and theme")
    content = report.take(parse(settings, sources, memo, map), "parse")
    site = report.take(assemble(settings, content, sources, root, now), "assemble the site")
    routes = report.take(plan_routes(site, settings, theme, memo), "plan the routes")
    mistakes = tuple(d for d in report.sorted() if d.severity == "error")
    report.take(check(site, routes, whole=not mistakes), "check links")
    return Planned(sources, settings, theme, site, routes, report, mistakes)


def always(report: Report) -> bool:
    """A site is written whatever was found: what cannot be used is left out of it."""
    return True


def publish(
    root: PublicRoot, seen: Scan, out: OutputDir, now: datetime, memo: Memo, map: Mapper, may_write: MayWrite = always
) -> Published:
    """Build the site of the files that were `seen`. Raises Refused for a foreign folder, EnvironmentProblem for a bad
    disk. `may_write` is asked when all is known, and can leave the folder as it stands."""
    commit.check_owned(out)
    commit.recover(out)
    known = manifest.recall(out, memo)
    planned = plan(root, seen, now, memo, map)
    settings, theme, site, report = planned.settings, planned.theme, planned.site, planned.report
    nothing = PublicOutput(out.path, (), settings.config.url)
    if not settings.usable:  # nothing may be built for an address that nobody gave
        return Published(nothing, settings, site, report, Committed(), {}, memo, planned)
    index = report.take(search_index.find_files(search_records(site, settings), memo, root.indexed), "index for search")
    routes = (*planned.routes, *search_routes(index))
    stale = report.take(Outcome(find_stale(routes, theme, known.remembered)), "find what is stale")
    stage = commit.open_stage(out, known.present)
    made = report.take(render(stale.routes, theme, planned.sources, memo, map, stage), "render")
    if not may_write(report):
        commit.clear(stage)
        return Published(nothing, settings, site, report, Committed(), {}, memo, planned)
    manifest.keep_parts(memo, stale.parts)
    keep, done = _standing(stale, made), {staged.path for staged in made}
    remember = partial(_remember, root, out, now, site, report, stale, planned.sources.scan, done)
    committed = report.take(Outcome(commit.finish(stage, keep, made, remember)), "put in place")
    output = PublicOutput(out.path, tuple(keep), settings.config.url)
    return Published(output, settings, site, report, committed, stale.why, memo, planned)


def _standing(stale: Staleness, made: Sequence[Staged]) -> list[str]:
    """What the finished folder holds. A picture that could not be made is not left as it was: it may be one that
    bears what is private."""
    unmade = {route.path for route in stale.routes if route.painter} - {staged.path for staged in made}
    return [path for path in stale.fingerprints if path not in unmade]


def count(site: Site) -> dict[str, Any]:
    """How many pages there are of each kind, for the line that a run ends with."""
    return {"kinds": {kind.name: len(site.sections[kind.folder]) for kind in KINDS if site.sections[kind.folder]}}


def _remember(
    root: PublicRoot,
    out: OutputDir,
    now: datetime,
    site: Site,
    report: Report,
    stale: Staleness,
    inputs: Scan,
    made: set[str],
    stamps: Mapping[str, Stamp],
) -> dict[Path, bytes]:
    """The manifest of a finished build. A route that failed to render is not remembered, so it is tried again."""
    good = {path for path in stale.fingerprints if path in made or path not in stale.why}
    last = manifest.Manifest(
        edition=root.edition,
        renderer=renderer_version(),
        valid_until=site.valid_until.timestamp() if site.valid_until else None,
        inputs=inputs,
        outputs={path: (stamps[path], stale.fingerprints[path]) for path in sorted(good & stamps.keys())},
        diagnostics=tuple(asdict(d) for d in report.diagnostics),
        facts={**count(site), "moment": now.timestamp()},
        origins=Origins({path: o for path, o in stale.origins.routes.items() if path in good}, stale.origins.templates),
    )
    return {manifest.path_of(out): manifest.dump(last)}
