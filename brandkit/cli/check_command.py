"""brandkit check: every finding, nothing written."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from brandkit.base.text import plural
from brandkit.cli.options import print_findings, project_at, shared


@click.command()
@shared
@click.option("--public-only", is_flag=True, help="Look at the site alone, not at the vault.")
@click.option("--strict", is_flag=True, help="Let warnings fail the run.")
def check(
    project: Path | None, today: date | None, offline: bool, as_json_: bool, public_only: bool, strict: bool
) -> None:
    """Find every problem in site, theme and vault, with file, line and a hint. Writes nothing."""
    from brandkit.app.looking import look_at

    here = project_at(project)
    report = look_at(here, today, rendered=True).report
    if not public_only:
        from brandkit.app.journaling import open_desk
        from brandkit.io import vault

        if vault.locate(here.root).is_dir():
            report.add(open_desk(here).report.diagnostics)
    print_findings(report.sorted(), as_json_, **({"written": [], "removed": [], "why": {}} if as_json_ else {}))
    if not as_json_:
        click.echo(f"{plural(report.count('error'), 'error')}, {plural(report.count('warning'), 'warning')}.")
    raise click.exceptions.Exit(1 if report.failed(strict) else 0)


COMMANDS = {"check": check}
