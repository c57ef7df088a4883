"""brandkit network: how your network is, with the numbers that it rests on."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from brandkit.cli.options import print_findings, print_json, project_at, shared

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from brandkit.engage.insight.network import Network


@click.command()
@shared
def network(project: Path | None, today: date | None, offline: bool, as_json_: bool) -> None:
    """How your network is: the time your rhythms take, ties worth reviving, who would help, how it grows.

    People stand in the order of their names; nobody is scored. The page is private/network.html.
    """
    from brandkit.app.advise import gather
    from brandkit.app.own_day import when
    from brandkit.cli.build_command import progress_bar
    from brandkit.engage.insight.network import network as look
    from brandkit.engage.insight.network_view import network_json

    here = project_at(project)
    moment = when(here, today)
    with here.locked(), progress_bar("Reading feeds", as_json_) as progress:
        known = gather(here, moment, offline, progress)
    found = look(known.world)
    if as_json_:
        print_json(network_json(found))
    else:
        _print(found, {id_: person.contact.name for id_, person in known.world.people.items()})
    print_findings(known.report.sorted())
    raise click.exceptions.Exit(1 if known.report.failed() else 0)


def _print(found: Network, names: Mapping[str, str]) -> None:
    from rich.console import Console
    from rich.markup import escape
    from rich.padding import Padding

    from brandkit.base.text import plural
    from brandkit.engage.insight.network_view import verdict

    console = Console(highlight=False)
    console.print(f"[bold]{plural(len(found.contacts), 'person', 'people')}.[/bold] {escape(verdict(found))}")
    for title, lines in _sections(found, names):
        console.print()
        console.print(f"[bold]{title}[/bold]")
        for line in lines:
            console.print(Padding(escape(line), (0, 0, 0, 2)))


def _sections(found: Network, names: Mapping[str, str]) -> Iterator[tuple[str, list[str]]]:
    """Title and lines of each part that has something to say."""
    rhythms = [f"{names[r.contact]}: {r.weekly:.1f} minutes a week" for r in found.effort.rhythms]
    dormant = [f"{names[d.contact]}, last on {d.last.isoformat()}" for d in found.dormant]
    thin = [f"{k.name}: {_names(k.contacts, names) or 'nobody yet'}" for k in found.kinds if k.is_thin]
    given = [
        f"{names[g.contact]}: gave {g.gave}, received {g.received}, asked {g.asked}, together {g.mutual}"
        for g in found.given
    ]
    circles = [f"{c.name or 'in no circle'}: {len(c.contacts)}" for c in found.circles]
    between = [f"{names[b.contact]} ({b.circle}) knows {_names(b.knows, names)}" for b in found.between]
    growth = ["  ".join(f"{c.label}: {c.count}" for c in found.growth[-4:])]
    touches = ["  ".join(f"{c.label}: {c.count}" for c in found.touches[-4:])]
    parts = (
        ("The time it takes", rhythms),
        ("Ties worth reviving", dormant),
        ("Rests on fewer than two people", thin),
        ("Who gave, who asked, in a year", given),
        ("Circles", circles),
        ("Between circles", between),
        ("New people", growth),
        ("In touch", touches),
    )
    yield from ((title, lines) for title, lines in parts if lines)


def _names(ids: tuple[str, ...], names: Mapping[str, Any]) -> str:
    return ", ".join(names[id_] for id_ in ids)


COMMANDS = {"network": network}
