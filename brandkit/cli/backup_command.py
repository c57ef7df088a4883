"""brandkit backup and restore: the vault, the state and the drafts in one file, and back."""

from __future__ import annotations

import shlex
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from brandkit.base.text import plural
from brandkit.cli.options import print_json, project_at, shared

if TYPE_CHECKING:
    from brandkit.app.restoring import Restore

_NOT_ENCRYPTED = (
    "It is not encrypted, and holds what you know of people: keep it where only you can read it.\n"
    "Who is erased from now on is still in it; make a new backup then, and delete this one."
)


@click.command()
@shared
@click.argument("file", required=False, type=click.Path(path_type=Path))
def backup(project: Path | None, today: date | None, file: Path | None, as_json_: bool, **_: Any) -> None:
    """Put the vault, the state and your drafts into one file, which is read back before it counts.

    \b
      brandkit backup                      beside the project, named after the day
      brandkit backup /media/key/alex.zip

    What can be made anew (the site, private pages, caches) stays out.
    """
    from brandkit.app.backing_up import back_up, default_place
    from brandkit.io import clock

    here, now = project_at(project), clock.now()
    made = back_up(here, file.absolute() if file else default_place(here, now), now)
    if as_json_:
        print_json({"file": str(made.path), "files": len(made.contents.files), "left_out": list(made.left_out)})
        return
    click.echo(f"{plural(len(made.contents.files), 'file')} in {made.path}, read back and whole.")
    for what in made.left_out:
        click.echo(f"Left out: {what}")
    click.echo(_NOT_ENCRYPTED)


@click.command()
@shared
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Check the file, and only say what would be put in place.")
@click.option("--with-erased", is_flag=True, help="Also where people come back who asked to be forgotten since.")
def restore(
    project: Path | None,
    today: date | None,
    file: Path,
    dry_run: bool,
    with_erased: bool,
    as_json_: bool,
    **_: Any,
) -> None:
    """Put the vault, the state and the drafts of a backup in place. What stands there is put aside, never deleted.

    All of FILE is checked first. Stopped in the middle, the next run of any command finishes it.
    """
    from brandkit.app.restoring import plan_restore
    from brandkit.app.restoring import restore as carry_out
    from brandkit.io import clock

    here = project_at(project)
    plan = plan_restore(here, file.absolute())
    if not as_json_:
        _show(plan, dry_run)
    moved = [] if dry_run else carry_out(here, plan, today or clock.now().date(), with_erased)
    if as_json_:
        aside = {str(was): str(now) for was, now in moved}
        print_json({"files": len(plan.contents.files), "dry_run": dry_run, "aside": aside, "erased": plan.forgotten})
        return
    if dry_run:
        click.echo("Nothing was changed.")
        return
    click.echo("Done. Private pages are made anew by: brandkit build")
    _after(plan, moved)


def _show(plan: Restore, dry_run: bool) -> None:
    contents = plan.contents
    click.echo(f"{plan.path}: whole; made {contents.made_at} by brandkit {contents.made_by}.")
    for part in sorted({name.partition("/")[0] for name in contents.files}):
        click.echo(f"  {part}: {plural(len(contents.below(part)), 'file')}")
    if dry_run:
        for part, place in plan.standing.items():
            click.echo(f"  {place} would be put aside for {part}")
        if plan.forgotten:
            click.echo(f"  {', '.join(plan.forgotten)} asked to be forgotten since, and would come back")


def _after(plan: Restore, moved: list[tuple[Path, Path]]) -> None:
    if moved:
        click.echo("What stood there is kept; to take it back, move the new away and then:")
        for was, now in moved:
            click.echo(f"  {shlex.join(['mv', str(now), str(was)])}")
        click.echo("Remove it when you are sure: it holds what you know of people, too.")
    for who in plan.forgotten:
        click.echo(f"{who} asked to be forgotten; again with: brandkit person erase {who}")
    click.echo("Who was erased since the backup, and not remembered as such, is back with it.")


COMMANDS = {"backup": backup, "restore": restore}
