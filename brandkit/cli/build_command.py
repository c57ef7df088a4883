"""brandkit build: the site, the feeds that are due, the suggestions, the private pages."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from brandkit.app.project import Project
from brandkit.app.unchanged import look_at_public, private_unchanged
from brandkit.base.diagnostics import Report
from brandkit.base.text import plural
from brandkit.base.walls import Mapper, OutputDir, PublicRoot
from brandkit.cli.options import from_rows, is_terminal, print_findings, project_at, shared

if TYPE_CHECKING:
    from brandkit.app.feeds.refreshing import Progress

Section = dict[str, Any]
_NAMED = 3  # files of one folder that are named one by one


@click.command()
@shared
@click.option("--public-only", is_flag=True, help="Make the site alone; never look at the vault.")
@click.option("--drafts", is_flag=True, help="Show drafts too.")
@click.option("--future", is_flag=True, help="Show what is scheduled too.")
@click.option("--expired", is_flag=True, help="Show what has expired too.")
@click.option("--base-url", metavar="URL", help="Build for another address than site.yaml's.")
@click.option("--output", type=click.Path(path_type=Path), help="Another folder than public/.")
@click.option("--strict", is_flag=True, help="Let warnings fail the run.")
@click.option("--explain", is_flag=True, help="Say of each written page why it was written.")
@click.option("--profile", is_flag=True, help="Say where the time went: by step, by template, by page.")
def build(
    project: Path | None,
    today: date | None,
    offline: bool,
    as_json_: bool,
    public_only: bool,
    output: Path | None,
    strict: bool,
    explain: bool,
    profile: bool,
    **flags: Any,
) -> None:
    """Make the site in public/ and, for your eyes only, this week's suggestions in private/.

    A second run writes only what changed. Mistakes are all listed in one run, with file, line and
    a hint; they stop as little as they can.
    """
    began = time.monotonic()
    here = project_at(project)
    out = OutputDir((output or here.public.path).resolve(), here.cache)
    here.guard(out.path)
    root = here.public_root(today=today, **flags)
    with here.locked():
        public = _public(here, root, out, profile, as_json_)
        private = {} if public_only or not _has_vault(here) else _private(here, today, offline, as_json_)
    findings = [*public["findings"], *private.get("findings", [])]
    if as_json_:
        changes = {"written": [*public["written"], *private.get("written", [])]}
        removed = [*public["removed"], *private.get("removed", [])]
        print_findings(findings, True, **changes, removed=removed, why=dict(public["why"]))
    else:
        print_findings(findings)
        _say(here, out, public, private, explain, time.monotonic() - began)
        for line in public.get("profile", ["Steps: none; nothing changed since the last run"] if profile else []):
            click.echo(line)
    failing = [d for d in findings if d.severity == "error" or (strict and d.severity == "warning")]
    if failing and not as_json_:
        click.echo(f"{plural(len(failing), 'problem')} above: the exit code is 1.", err=True)
    raise click.exceptions.Exit(1 if failing else 0)


def _has_vault(here: Project) -> bool:
    from brandkit.io import vault

    return vault.locate(here.root).is_dir()


def _public(here: Project, root: PublicRoot, out: OutputDir, profiled: bool, quiet: bool) -> Section:
    seen, same = look_at_public(root, out)
    if same is not None:
        return _same(same.diagnostics, same.facts, same.files)
    from brandkit.app.profiling import Profile
    from brandkit.app.publish import count
    from brandkit.app.running import publish_now
    from brandkit.io.pool import pool_map, timed

    profile = Profile()
    with progress_bar("Building the site", quiet) as progress:
        map: Mapper = partial(pool_map, hear=(lambda done, total: progress("", done, total)) if progress else None)
        published = publish_now(here, root, out, seen, timed(map, profile.hear) if profiled else map)
    more = {"profile": list(profile.lines(published.report.steps))} if profiled else {}
    committed = published.committed
    return {
        **more,
        "findings": published.report.sorted(),
        "written": [f"{out.path.name}/{path}" for path in committed.written],
        "removed": [f"{out.path.name}/{path}" for path in committed.removed],
        "why": {path: list(reasons) for path, reasons in published.why.items() if path in committed.written},
        "facts": count(published.site) if published.settings.usable else {},
        "files": len(published.output.files),
    }


def _private(here: Project, today: date | None, offline: bool, quiet: bool) -> Section:
    same = private_unchanged(here, today, offline)
    if same is not None:
        return _same(same.diagnostics, same.facts, same.files)
    from brandkit.app.advise import advise, remember_shown, summary, write_pages
    from brandkit.app.own_day import when

    moment = when(here, today)
    with progress_bar("Reading feeds", quiet) as progress:
        advised = advise(here, moment, offline, None, progress)
    committed = write_pages(here, moment, advised)
    remember_shown(here, advised.advice)
    feeds = [feed for feed in advised.known.feeds.feeds if feed.problem]
    return {
        "findings": advised.known.report.sorted(),
        "written": [f"private/{path}" for path in committed.written],
        "removed": [f"private/{path}" for path in committed.removed],
        "facts": summary(advised),
        "files": committed.unchanged + len(committed.written),
        "troubled": [f"{feed.feed_id}: {feed.problem}" for feed in feeds],
    }


def _same(diagnostics: tuple[Mapping[str, Any], ...], facts: Mapping[str, Any], files: int) -> Section:
    findings = Report(from_rows(diagnostics)).sorted()
    return {"findings": findings, "written": [], "removed": [], "why": {}, "facts": facts, "files": files}


def _say(here: Project, out: OutputDir, public: Section, private: Section, explain: bool, seconds: float) -> None:
    site, advice = public["facts"], private.get("facts", {})
    what = ", ".join(plural(number, name) for name, number in site.get("kinds", {}).items()) or "no page yet"
    if site:
        click.echo(f"Site     {_short(out.path, here)}: {what}; {_changes(public)}")
    else:
        click.echo(f"Site     {_short(out.path, here)}: not built; site.yaml has to say a title and a url first")
    if explain:
        for line in _explained(public["why"]):
            click.echo(f"           {line}")
    if advice:
        click.echo(
            f"Feeds    {plural(advice['feeds'], 'feed')}, {plural(advice['entries'], 'entry', 'entries')}"
            + (f"; {plural(advice['failed_feeds'], 'feed')} could not be read" if advice["failed_feeds"] else "")
        )
        for line in private.get("troubled", []):
            click.echo(f"           {line}")
        click.echo(
            f"Private  private/: {plural(advice['suggestions'], 'suggestion')} for "
            f"{plural(advice['people'], 'person', 'people')}, {advice['this_week']} this week; {_changes(private)}"
        )
    click.echo(
        f"Done in {seconds:.1f} s. See the site with 'brandkit serve'"
        + ("; open private/index.html for this week." if advice else ".")
    )


def _explained(why: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """A line for each written page, and one for many files beside each other that have the same reasons."""
    alike: dict[tuple[str, str], list[str]] = {}
    for path, reasons in sorted(why.items()):
        folder = path if path.endswith(".html") else path.rpartition("/")[0]
        alike.setdefault((folder, ", ".join(reasons)), []).append(path)
    for (folder, reasons), paths in alike.items():
        if len(paths) > _NAMED:
            yield f"{folder or '.'}/, {len(paths)} files: {reasons}"
        else:
            yield from (f"{path}: {reasons}" for path in paths)


def _short(path: Path, here: Project) -> str:
    name = path.relative_to(here.root).as_posix() if path.is_relative_to(here.root) else os.fspath(path)
    return name + "/"


def _changes(section: Section) -> str:
    written, removed = len(section["written"]), len(section["removed"])
    if not written and not removed:
        return "nothing changed, no file was written"
    parts = [f"{plural(written, 'file')} written"]
    parts += [f"{removed} removed"] if removed else []
    unchanged = section["files"] - written
    parts += [f"{unchanged} left as they were"] if unchanged > 0 else []
    return ", ".join(parts)


@contextmanager
def progress_bar(title: str, quiet: bool) -> Iterator[Progress | None]:
    """A bar on a terminal; nothing elsewhere. It appears only when there is something to wait for."""
    if quiet or not is_terminal():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[name]}"))
    with ExitStack() as shown:
        bar = Progress(*columns, console=Console(stderr=True), transient=True)
        tasks: list[Any] = []

        def show(name: str, done: int, total: int) -> None:
            if not tasks:  # nothing is drawn before there is something to wait for
                tasks.append(shown.enter_context(bar).add_task(title, total=None, name=""))
            bar.update(tasks[0], completed=done, total=total, name=name)

        yield show


COMMANDS = {"build": build}
