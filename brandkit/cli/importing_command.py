"""brandkit import: what other tools export. Nothing that you wrote is changed."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import click

from brandkit.base.text import plural
from brandkit.cli.options import print_json, project_at, shared


@click.command("import")
@shared
@click.argument("kind", type=click.Choice(["opml"]))
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Only say what would come in.")
def import_(
    project: Path | None,
    today: date | None,
    kind: str,
    file: Path,
    dry_run: bool,
    as_json_: bool,
    **_: Any,
) -> None:
    """Read FILE, an export of KIND, and print the lines to add to feeds.yaml; nothing is written."""
    from brandkit.app.importing import new_feeds

    here = project_at(project)
    result, fresh = new_feeds(here, file.read_bytes())
    if as_json_:
        print_json(
            {
                "feeds": [{"id": id_, "title": f.title, "url": f.url} for id_, f in fresh.items()],
                "skipped": list(result.skipped),
                "problem": result.problem,
            }
        )
    else:
        if result.problem:
            click.echo(f"{file}: {result.problem}", err=True)
        click.echo(f"# {plural(len(fresh), 'feed')} that you do not follow yet. Add to feeds.yaml in the vault:")
        for id_, feed in fresh.items():
            title = json.dumps(feed.title or feed.url, ensure_ascii=False)
            click.echo(f"- {{id: {id_}, url: {json.dumps(feed.url)}, title: {title}}}")
        for line in result.skipped:
            click.echo(f"# left out: {line}", err=True)
    raise click.exceptions.Exit(1 if result.problem and not result.feeds else 0)


COMMANDS = {"import": import_}
