"""brandkit doctor: what is wrong with the project as a whole, how to mend it, and, on a word, mending it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import click

from brandkit.base.diagnostics import Diagnostic
from brandkit.base.text import plural
from brandkit.cli.options import print_findings, project_at, shared


@click.command()
@shared
@click.option("--repair", is_flag=True, help="Mend what is safe to mend, and say each thing that was done.")
@click.option("--install-hook", is_flag=True, help="Let git search for private words before each push.")
def doctor(
    project: Path | None, today: date | None, repair: bool, install_hook: bool, as_json_: bool, **_: Any
) -> None:
    """Look at the vault's place, at git, at the state and the outputs.

    Changes nothing without --repair, which deletes nothing that you wrote: what it takes away, it puts aside.
    """
    from brandkit.app.examining.registry import examine
    from brandkit.app.examining.registry import repair as carry_out
    from brandkit.io import clock

    here, now = project_at(project), clock.now()
    if install_hook:
        from brandkit.app.pushing import offer_hook

        click.echo(f"Before each push, private words are searched for now: {offer_hook(here)}", err=as_json_)
    if repair:
        done, left = carry_out(here, now)
        _say(left, as_json_, repaired=done)
        mendable = 0
    else:
        found = list(examine(here, now))
        left, mendable = [one.diagnostic for one in found], sum(one.mend is not None for one in found)
        _say(left, as_json_)
    if mendable and not as_json_:
        click.echo(f"{plural(mendable, 'of these is', 'of these are')} mended by: brandkit doctor --repair", err=True)
    raise click.exceptions.Exit(1 if any(d.severity == "error" for d in left) else 0)


def _say(found: Sequence[Diagnostic], as_json_: bool, **more: Sequence[str]) -> None:
    for line in () if as_json_ else more.get("repaired", ()):
        click.echo(f"Mended: {line}.")
    print_findings(found, as_json_, **more)
    if not as_json_ and not found:
        click.echo(
            "All is well: nothing private is in git's sight, the state is sound, the outputs are brandkit's own."
        )


COMMANDS = {"doctor": doctor}
