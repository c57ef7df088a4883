"""brandkit ideas: what to write, say or answer next."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from brandkit.cli.options import print_findings, print_json, project_at, shared

if TYPE_CHECKING:
    from brandkit.engage.insight.ideas import Ideas

_TOPICS, _OTHERS = 8, 5
Line = tuple[str, str]  # what it is, and what to do next


@click.command()
@shared
def ideas(project: Path | None, today: date | None, offline: bool, as_json_: bool) -> None:
    """What to write next: what your network cares about and your feeds discuss, against what you published.

    And questions that you were asked, what you learned, posts grown old, deadlines and events. --json
    prints all of it; the page is private/ideas.html.
    """
    from brandkit.app.advise import gather
    from brandkit.app.own_day import when
    from brandkit.cli.build_command import progress_bar
    from brandkit.engage.insight.ideas import ideas as look
    from brandkit.engage.insight.ideas_view import ideas_json

    here = project_at(project)
    moment = when(here, today)
    with here.locked(), progress_bar("Reading feeds", as_json_) as progress:
        known = gather(here, moment, offline, progress)
    found = look(known.world, known.occasions)
    if as_json_:
        print_json(ideas_json(found, known.world))
    else:
        names = {id_: person.contact.first_name for id_, person in known.world.people.items()}
        _print(found, names, moment.today)
    print_findings(known.report.sorted())
    raise click.exceptions.Exit(1 if known.report.failed() else 0)


def _print(found: Ideas, names: Mapping[str, str], today: date) -> None:
    from rich.console import Console
    from rich.markup import escape
    from rich.padding import Padding

    console = Console(highlight=False)
    parts = [(title, lines) for title, lines in _sections(found, names, today) if lines]
    if not parts:
        console.print("No ideas yet: write down what people like and look for, and follow a few feeds.")
    for number, (title, lines) in enumerate(parts):
        if number:
            console.print()
        console.print(f"[bold]{title}[/bold]")
        for text, step in lines:
            console.print(Padding(escape(text), (0, 0, 0, 2)))
            console.print(f"    [dim]{escape(step)}[/dim]", soft_wrap=True)  # whole, to be pasted


def _sections(found: Ideas, names: Mapping[str, str], today: date) -> Iterator[tuple[str, list[Line]]]:
    from brandkit.engage.insight.ideas import next_for

    def who(ids: Sequence[str]) -> str:
        return f" ({', '.join(names[id_] for id_ in ids)})" if ids else ""

    topics = found.topics[:_TOPICS]
    yield "Topics", [(f"{t.name}: {t.note(today)}{who(t.people)}", next_for(t)) for t in topics]
    yield "You were asked", [(f"“{q.text}”{who(q.contacts)}", q.next) for q in found.questions[:_OTHERS]]
    yield "You learned", [(f"{one.text}{who(one.contacts)}", one.next) for one in found.learned[:_OTHERS]]
    aged = [(f"“{a.page.title}” of {a.day.isoformat()}: {a.topic.name} still matters", a.next) for a in found.aged]
    yield "Posts to look at again", aged[:_OTHERS]
    dates = [(f"{d.day.isoformat()} {d.title}{', a deadline' if d.kind == 'deadline' else ''}", d) for d in found.dates]
    yield (
        "Deadlines and events",
        [(f"{text}; it is about {d.topic}" if d.topic else text, d.next) for text, d in dates[: _OTHERS * 2]],
    )


COMMANDS = {"ideas": ideas}
