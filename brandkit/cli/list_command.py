"""brandkit list: what there is on the site."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import click

from brandkit.cli.options import print_json, project_at, shared

# written out, so that `--help` need not load what knows them; a test compares
_NAMES = ["post", "page", "note", "talk", "event", "project", "testimonial"]
_NAMES += [f"{name}s" for name in _NAMES]


@click.command("list")
@shared
@click.argument("kind", required=False, type=click.Choice(_NAMES))
@click.option("--drafts", is_flag=True, help="Drafts alone.")
@click.option("--future", is_flag=True, help="What is scheduled, alone.")
@click.option("--expired", is_flag=True, help="What has expired, alone.")
def list_(
    project: Path | None, today: date | None, kind: str | None, as_json_: bool, offline: bool, **only: bool
) -> None:
    """Every page with its date, state, address and source."""
    from brandkit.app.looking import look_at
    from brandkit.site.assemble import newest_first

    here = project_at(project)
    site = look_at(here, today).site
    states = {"draft": only["drafts"], "scheduled": only["future"], "expired": only["expired"]}
    wanted = {state for state, asked in states.items() if asked}
    rows = [
        {
            "kind": page.document.kind,
            "date": _day(page.document),
            "status": page.status,
            "title": page.document.title,
            "path": page.path,
            "source": page.document.path,
        }
        for page in (*sorted(site.pages, key=newest_first), *site.held_back)
        if (not kind or page.document.kind == kind.rstrip("s")) and (not wanted or page.status in wanted)
    ]
    if as_json_:
        print_json(rows)
        return
    for row in rows:
        state = "" if row["status"] == "published" else f"  ({row['status']})"
        kind_ = "" if kind else f"{row['kind']}: "
        click.echo(f"{row['date'] or '          '}  {kind_}{row['title']}{state}")
        click.echo(f"            {row['path']}  {row['source']}")


def _day(document: Any) -> str | None:
    """The day under which it stands: of writing, or of the event."""
    when = document.date or document.facts.get("start")
    return str(when)[:10] if when else None


COMMANDS: dict[str, Any] = {"list": list_}
