"""brandkit init: begin."""

from __future__ import annotations

from pathlib import Path

import click

from brandkit.cli.options import print_json


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--mine", metavar="NAME", help="An empty brand of your own instead of the example.")
@click.option("--json", "as_json_", is_flag=True, help="Print JSON.")
def init(folder: Path, mine: str | None, as_json_: bool) -> None:
    """Lay a project out in DIR: the populated example, or with --mine an empty brand. Asks nothing.

    The vault (people, feeds, journal) is git-ignored from the first moment.
    """
    from brandkit.app.starting import WORKFLOW, lay_out, shown
    from brandkit.io.resources import installed_from

    written = lay_out(folder.resolve(), mine)
    if as_json_:
        print_json({"written": written})
        return
    what = "an empty brand" if mine is not None else "the example, its dates moved to today"
    click.echo(f"Laid out {what}: {len(written)} files in {shown(folder.resolve())}/")
    click.echo(f"Next: cd {shown(folder.resolve())} && brandkit build")
    if not installed_from():
        click.echo(f"Before GitHub can build it: say in {WORKFLOW} where brandkit comes from (docs/deploying.md).")
    click.echo("Once git knows the folder: brandkit doctor --install-hook searches each push for private words.")


COMMANDS = {"init": init}
