"""brandkit list: what there is on the site."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import click

from brandkit.cli.options import print_json, project_at, shared


@click.command("list")
@shared
@click.argument("kind", required=False, type=click.Choice(["post", "page", "posts", "pages"]))
@click.option("--drafts", is_flag=True, help="Drafts alone.")
@click.option("--future", is_flag=True, help="What is scheduled, alone.")
@click.option("--expired", is_flag=True, help="What has expired, alone.")
def list_(
    project: Path | None, today: date | None, kind: str | None, as_json_: bool, offline: bool, **only: bool
) -> None:
    """Every page with its date, state, address and source."""
    from brandkit.app.looking import look_at

    here = project_at(project)
    site = look_at(here, today).site
    states = {"draft": only["drafts"], "scheduled": only["future"], "expired": only["expired"]}
    wanted = {state for state, asked in states.items() if asked}
    rows = [
        {
            "kind": page.document.kind,
            "date": page.document.date.date().isoformat() if page.document.date else None,
            "status": page.status,
            "title": page.document.title,
            "path": page.path,
            "source": page.document.path,
        }
        for page in (*site.posts, *site.pages[: len(site.pages) - len(site.posts)], *site.held_back)
        if (not kind or page.document.kind == kind.rstrip("s")) and (not wanted or page.status in wanted)
    ]
    if as_json_:
        print_json(rows)
        return
    for row in rows:
        state = "" if row["status"] == "published" else f"  ({row['status']})"
        click.echo(f"{row['date'] or '          '}  {row['title']}{state}\n            {row['path']}  {row['source']}")


COMMANDS: dict[str, Any] = {"list": list_}
