"""brandkit deploy: build, check, search for private words, publish."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import click

from brandkit.base.text import plural
from brandkit.base.walls import Refused
from brandkit.cli.options import print_findings, print_json, project_at, shared


@click.command()
@shared
@click.argument("target", required=False)
@click.argument("arguments", nargs=-1, metavar="[PATH]")
@click.option("--dry-run", is_flag=True, help="Only say what would change.")
@click.option("--public-only", is_flag=True, help="Do not search for private words: for CI, which has no vault.")
def deploy(
    project: Path | None,
    today: date | None,
    target: str | None,
    arguments: tuple[str, ...],
    dry_run: bool,
    public_only: bool,
    as_json_: bool,
    **_: Any,
) -> None:
    """Build the site afresh (no drafts, nothing scheduled), make sure that nothing private is in it, publish it.

    \b
      brandkit deploy folder /srv/www/alex
      brandkit deploy folder /srv/www/alex --dry-run

    TARGET and PATH default to `deploy:` in site.yaml.
    """
    from brandkit.app.deploy import deploy as carry_out
    from brandkit.app.leaks import clear
    from brandkit.app.published_urls import note_published
    from brandkit.app.running import publish_now

    here = project_at(project)
    with here.locked():
        published = publish_now(here, here.public_root(today=today), here.public)
        print_findings(published.report.sorted())
        if published.report.count("error"):
            raise Refused("the site has errors, so nothing was deployed")
        wish = published.settings.config.deploy
        clearance = clear(here, published.output, public_only)
        places = arguments or ((wish.path,) if wish.path else ())
        for place in places:
            here.guard(Path(place).expanduser().resolve())
        plan = carry_out(published.output, clearance, target or wish.target, places, dry_run)
        noted = [] if dry_run else note_published(here.root, published.output)
    if as_json_:
        changes = {"new": plan.new, "changed": plan.changed, "removed": plan.removed}
        print_json({**changes, "dry_run": dry_run, "addresses": noted})
        return
    verb = "would be" if dry_run else "were"
    click.echo(f"Leak gate: {clearance.detail}.")
    click.echo(
        f"{plural(len(plan.new), 'file')} {verb} added, {len(plan.changed)} changed, {len(plan.removed)} removed."
    )
    for sign, paths in (("+", plan.new), ("~", plan.changed), ("-", plan.removed)):
        for path in paths[:20] if dry_run else ():
            click.echo(f"  {sign} {path}")
    if noted:
        count = plural(len(noted), "address", "addresses")
        click.echo(f"{count} added to content/published-urls.txt; keep that file with your sources.")


COMMANDS = {"deploy": deploy}
