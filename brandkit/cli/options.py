"""Options that every command shares, and how findings are printed."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import click

from brandkit.app.project import Project, find_project
from brandkit.base.diagnostics import Diagnostic, as_github, as_json, as_text, dump_json

F = TypeVar("F", bound=Callable[..., Any])


_FIRST_YEAR, _LAST_YEAR = 1900, 2200


class Day(click.ParamType[date]):
    """A date like 2026-03-01."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        try:
            day = date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value} is not a date; write it like 2026-03-01", param, ctx)
        if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
            self.fail(f"{day.year} is no year of this calendar; is it right?", param, ctx)
        return day


def shared(command: F) -> F:
    """--project, --today, --offline and --json."""
    for option in (
        click.option("--json", "as_json_", is_flag=True, help="Print JSON."),
        click.option("--offline", is_flag=True, help="Fetch nothing; local feeds are still read."),
        click.option("--today", type=Day(), metavar="DATE", help="Pretend that it is this day."),
        click.option("--project", type=click.Path(path_type=Path), help="The folder of the project."),
    ):
        command = option(command)
    return command


def project_at(path: Path | None) -> Project:
    """The project that was named, or the one that we stand in. Exits 2 where there is none."""
    project = Project(path.resolve()) if path else find_project(Path.cwd())
    if not (project.root / "site.yaml").is_file():
        raise click.UsageError(
            f"{project.root} is no brandkit project: it has no site.yaml. "
            "Begin one with 'brandkit init DIR', or name its folder with --project."
        )
    project = replace(project, hear=_say)
    if project.restoring.is_dir():
        from brandkit.app.restoring import go_on

        go_on(project)
    return project


def _say(line: str) -> None:
    click.echo(f"brandkit: {line}", err=True)


def print_findings(findings: Sequence[Diagnostic], as_json_: bool = False, **more: Any) -> None:
    """Findings to the terminal (on standard error), as JSON with whatever else belongs there, or for GitHub."""
    if as_json_:
        click.echo(dump_json({"diagnostics": as_json(findings), **more}))
        return
    if findings:
        github = os.environ.get("GITHUB_ACTIONS") == "true"
        click.echo((as_github if github else as_text)(findings), err=True)


def print_json(value: Any) -> None:
    """A JSON document on standard output."""
    click.echo(dump_json(value))


def is_terminal() -> bool:
    """Whether a person is likely to be looking."""
    return sys.stderr.isatty() and os.environ.get("CI") is None


def from_rows(rows: Sequence[Mapping[str, Any]]) -> list[Diagnostic]:
    """Findings as a manifest keeps them."""
    from brandkit.base.diagnostics import Place

    return [Diagnostic(**{**row, "place": Place(**row["place"])}) for row in rows]
