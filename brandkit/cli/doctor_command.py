"""brandkit doctor: what is wrong with the project as a whole, and how to mend it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import click

from brandkit.cli.options import print_findings, project_at, shared


@click.command()
@shared
def doctor(project: Path | None, today: date | None, as_json_: bool, **_: Any) -> None:
    """Look at the vault's place, at git, at the state and the outputs. Changes nothing; says what to do."""
    from brandkit.app.examining import examine

    here = project_at(project)
    found = list(examine(here))
    print_findings(found, as_json_)
    if not as_json_ and not found:
        click.echo(
            "All is well: nothing private is in git's sight, the state is sound, the outputs are brandkit's own."
        )
    raise click.exceptions.Exit(1 if any(d.severity == "error" for d in found) else 0)


COMMANDS = {"doctor": doctor}
