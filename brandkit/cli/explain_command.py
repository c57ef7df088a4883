"""brandkit explain: where a page comes from."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import click

from brandkit.cli.options import print_json, project_at, shared


@click.command()
@shared
@click.argument("path", metavar="PATH")
def explain(project: Path | None, today: date | None, path: str, as_json_: bool, **_: Any) -> None:
    """Which source and which template made the page at PATH (an address, an output file or a source)."""
    from brandkit.app.looking import look_at
    from brandkit.base.spelling import did_you_mean
    from brandkit.base.url import folder_of
    from brandkit.site.assemble import output_path
    from brandkit.site.theme import closure_digests

    here = project_at(project)
    look = look_at(here, today)
    relative = unquote(urlsplit(path).path).removeprefix(folder_of(look.settings.config.url)).removeprefix("public/")
    names = {path, relative.lstrip("/"), output_path(relative), output_path(relative.rstrip("/") + "/")}
    route = next(
        (r for r in look.routes if r.path in names or (r.source in names and r.template != "redirect.html")), None
    )
    if route is None:
        held = next((p for p in look.site.held_back if p.document.path in names), None)
        if held is not None:
            raise click.UsageError(f"{held.document.path} is not shown: it is {held.status}")
        hint = did_you_mean(output_path(relative.lstrip("/")), [r.path for r in look.routes]) or "see brandkit list"
        raise click.UsageError(f"no page stands at {path}; {hint}")
    templates = list(closure_digests(look.theme, route.template)) if route.template else []
    facts = {
        "path": route.path,
        "source": route.source or route.copy,
        "template": route.template,
        "templates": templates,
        "sees": sorted(route.view.__dataclass_fields__),
    }
    if as_json_:
        print_json(facts)
        return
    click.echo(f"Output    public/{route.path}")
    click.echo(f"Source    {facts['source'] or 'none: brandkit makes it from the whole site'}")
    click.echo(f"Template  {route.template or 'none: written by code, or copied'}")
    for name in templates:
        click.echo(f"            {name}")
    click.echo(f"Sees      {', '.join(sorted(route.view.__dataclass_fields__))}")


COMMANDS = {"explain": explain}
