"""brandkit serve: look at the site as a host would show it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import click

from brandkit.cli.options import print_findings, project_at, shared


@click.command()
@shared
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0: any that is free.")
@click.option("--open", "open_", is_flag=True, help="Open it in the browser.")
@click.option("--drafts", is_flag=True, help="Show drafts too.")
@click.option("--future", is_flag=True, help="Show what is scheduled too.")
def serve(
    project: Path | None, today: date | None, port: int, open_: bool, drafts: bool, future: bool, **_: Any
) -> None:
    """Build the site into a folder of its own and show it on this machine alone, until Ctrl-C.

    Run it again after an edit. The private pages need no server: open private/index.html.
    """
    from brandkit.app.running import publish_now
    from brandkit.base.walls import OutputDir
    from brandkit.io.serve import serve as serve_files

    here = project_at(project)
    out = OutputDir(here.cache / "preview", here.cache)
    with here.locked():
        published = publish_now(here, here.public_root(today=today, drafts=drafts, future=future), out)
    print_findings(published.report.sorted())

    def ready(address: str) -> None:
        click.echo(f"The site is at {address}  (Ctrl-C ends it)")
        if open_:
            click.launch(address)

    try:
        serve_files(published.output, port, ready)
    except KeyboardInterrupt:
        click.echo("")


COMMANDS = {"serve": serve}
