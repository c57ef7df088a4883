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
    from brandkit.site.addresses import output_path
    from brandkit.site.theme import closure_digests
    from brandkit.site.theme_lookup import blocks, lookup

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
    facts = {
        "path": route.path,
        "source": route.source or (route.copy if isinstance(route.copy, str) else None),
        "template": route.template,
        "lookup": [{"file": f, "found": there} for f, there in lookup(look.theme, route.template or "")],
        "templates": list(closure_digests(look.theme, route.template)) if route.template else [],
        "blocks": blocks(look.theme, route.template) if route.template else {},
        "sees": sorted(route.view.__dataclass_fields__),
    }
    if as_json_:
        print_json(facts)
        return
    _print(facts)


def _print(facts: dict[str, Any]) -> None:
    click.echo(f"Output    public/{facts['path']}")
    click.echo(f"Source    {facts['source'] or 'none: brandkit makes it from the whole site'}")
    click.echo(f"Template  {facts['template'] or 'none: written by code, painted, or copied'}")
    if facts["template"]:
        found = False
        for place in facts["lookup"]:
            mark = "used" if place["found"] and not found else "behind it" if place["found"] else "not there"
            found = found or place["found"]
            click.echo(f"            {place['file']}  ({mark})")
        click.echo("Blocks    each can be replaced alone; the file is the one that fills it now")
        for name, file in facts["blocks"].items():
            click.echo(f"            {name:<16} {file}")
        click.echo("Parts     " + "\n          ".join(facts["templates"]))
    click.echo(f"Sees      {', '.join(facts['sees'])}  (docs/reference/views.md)")


COMMANDS = {"explain": explain}
