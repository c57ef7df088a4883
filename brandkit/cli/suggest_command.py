"""brandkit suggest: this week's plan, or all there is for one person."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from brandkit.cli.build_command import progress_bar
from brandkit.cli.options import Day, print_findings, print_json, project_at, shared

if TYPE_CHECKING:
    from brandkit.app.advise import Advised, Known
    from brandkit.engage.model import Advice, Suggestion


class _Move(click.ParamType[str]):
    """A kind of suggestion. What kinds there are is asked only when somebody needs it."""

    name = "move"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        from brandkit.base.spelling import did_you_mean
        from brandkit.engage.moves.registry import BY_NAME

        if value not in BY_NAME:
            hint = did_you_mean(str(value), BY_NAME) or f"it is one of {', '.join(BY_NAME)}"
            self.fail(f"there is no move '{value}'; {hint}", param, ctx)
        return str(value)


@click.command()
@shared
@click.argument("who", required=False)
@click.option("--minutes", type=click.IntRange(1), metavar="N", help="The time you have; else me.yaml's hours a week.")
@click.option("--move", type=_Move(), metavar="MOVE", help="Only this kind: share, check-in, thank, introduce, ...")
@click.option("--role", metavar="ROLE", help="Only people with this role: client, mentor, ...")
@click.option("--blocked", metavar="WHO", help="What a gate refused for this person, and why.")
@click.option("--ranking", type=click.Path(path_type=Path), metavar="FILE", help="Write every entry by fit, for each.")
@click.option(
    "--ranking-diverse", type=click.Path(path_type=Path), metavar="FILE", help="The same, the first not all alike."
)
@click.option("--depth", type=click.IntRange(1), default=100, show_default=True, help="Lines a contact in --ranking.")
@click.option("--since", type=Day(), metavar="DAY", help="With --ranking: entries from this day on.")
def suggest(
    project: Path | None,
    today: date | None,
    offline: bool,
    as_json_: bool,
    who: str | None,
    minutes: int | None,
    **wanted: Any,
) -> None:
    """Whom to reach out to this week, why now, and words to start from.

    With WHO (an id or a name): everything for that person. --json prints everything for everybody,
    or the plan alone where --minutes is given. Nothing is ever sent for you.
    """
    from brandkit.app.advise import advise, gather, remember_shown
    from brandkit.app.own_day import when

    here = project_at(project)
    moment = when(here, today)
    with here.locked(), progress_bar("Reading feeds", as_json_) as progress:
        if wanted["ranking"] or wanted["ranking_diverse"] or wanted["blocked"]:
            known = gather(here, moment, offline, progress)
        else:
            advised = advise(here, moment, offline, minutes, progress)
            known = advised.known
            remember_shown(here, advised.advice)
    if wanted["ranking"] or wanted["ranking_diverse"]:
        _write_rankings(known, wanted)
    elif wanted["blocked"]:
        _show_blocked(here, known, wanted["blocked"], as_json_)
    else:
        picks = (wanted["move"], wanted["role"])
        _show(here, advised, who, picks, as_json_, planned=minutes is not None)
    findings = known.report.sorted()
    print_findings(findings)
    raise click.exceptions.Exit(1 if known.report.failed() else 0)


def _show(
    here: Any, advised: Advised, who: str | None, picks: tuple[str | None, str | None], as_json_: bool, *, planned: bool
) -> None:
    from brandkit.engage.as_json import suggestion_json

    move, role = picks
    advice = [_filtered(one, move) for one in advised.advice if not role or _has_role(one, role)]
    if who is not None:
        contact = _contact(here, who)
        advice = [one for one in advice if one.contact is not None and one.contact.id == contact.id]
        chosen = [s for one in advice for s in one.suggestions]
    elif as_json_ and not planned:
        chosen = [s for one in advice for s in one.suggestions]
    else:
        from brandkit.engage.plan import plan

        chosen = list(plan(advice, advised.plan.budget).suggestions)
    if as_json_:
        print_json([suggestion_json(s) for s in chosen])
        return
    _print(advised, chosen, [note for one in advice for note in one.notes] if who else [], who is None)


def _has_role(advice: Advice, role: str) -> bool:
    return advice.contact is not None and role in advice.contact.roles


def _filtered(advice: Advice, move: str | None) -> Advice:
    from dataclasses import replace

    if move is None:
        return advice
    return replace(advice, suggestions=tuple(s for s in advice.suggestions if s.move == move))


def _contact(here: Any, who: str) -> Any:
    from brandkit.app.words.journaling import find_contact, open_desk

    return find_contact(open_desk(here), who)


def _print(advised: Advised, chosen: list[Suggestion], notes: list[str], week: bool) -> None:
    from rich.console import Console
    from rich.markup import escape
    from rich.padding import Padding

    from brandkit.engage.pages.week import coming_days
    from brandkit.engage.plan import headline
    from brandkit.engage.rhythm import spoken

    console = Console(highlight=False)
    contacts = {contact.id: contact for contact in advised.known.vault.contacts}
    if week and not contacts:
        console.print("Nobody is written down yet. Begin with: brandkit new contact NAME, or brandkit import")
    elif week:
        console.print(f"[bold]{headline(chosen)}[/bold]")
    for s in chosen:
        console.print()
        minutes = f", {s.minutes} min" if s.minutes else ""
        who = contacts[s.contact].name if s.contact else s.item.title if s.item else "You"
        console.print(f"[bold]{escape(who)}[/bold]  [dim]{s.move}{minutes}  {s.id}[/dim]")
        console.print(Padding(escape(s.why), (0, 0, 0, 2)))
        if s.item is not None and s.item.url:
            console.print(Padding(f"[cyan]{escape(s.item.title)}[/cyan]", (0, 0, 0, 2)))
            console.print(Padding(f"[dim]{escape(s.item.url)}[/dim]", (0, 0, 0, 2)))
        if s.quote:
            console.print(Padding(f"[italic]“{escape(s.quote)}”[/italic]", (0, 0, 0, 2)))
        for note in s.notes:
            console.print(Padding(f"[dim]{escape(note)}[/dim]", (0, 0, 0, 2)))
        if not week and s.draft:
            console.print(Padding(escape(s.draft.text), (1, 0, 0, 4)))
    for note in notes:
        console.print()
        console.print(escape(note))
    coming = coming_days(advised.known.world, 7) if week else []
    if coming:
        console.print("\n[bold]In the next days[/bold]")
    for item in coming:
        console.print(f"  {spoken(item.day, advised.known.world.today)}: {escape(item.title)}")
    if chosen:
        console.print()
        console.print("[dim]brandkit done ID · snooze ID · dismiss ID · brandkit suggest NAME for the words[/dim]")


_BEHIND = 5  # entries that are named: enough to see what was held back


def _show_blocked(here: Any, known: Known, who: str, as_json_: bool) -> None:
    from brandkit.engage.advising import advise_one, found_among_all
    from brandkit.engage.as_json import suggestion_json
    from brandkit.engage.choosing import stand_behind
    from brandkit.engage.gates.registry import refusals
    from brandkit.engage.ranking import came_near
    from brandkit.io.shown import remember

    contact, world = _contact(here, who), known.world
    several = found_among_all(world)
    advice = advise_one(world.person(contact), world, known.templates, several, explain=True)
    with here.state_locked():
        remember(here.state, [suggestion_json(s) for s in advice.refused])  # so that `draft` knows their ids
    if as_json_:
        print_json([suggestion_json(s) for s in advice.refused])
        return
    if contact.do_not_contact:
        click.echo(f"{contact.first_name} asked not to be contacted, so nothing is looked for.")
    elif not advice.refused:
        click.echo(f"No gate refused anything for {contact.first_name}.")
    near = came_near(world.person(contact), world.setting)
    for s in advice.refused:
        click.echo(f"{s.id}  {s.move}: {s.item.title if s.item and s.item.title else s.why}")
        for gate in refusals(s.gates):
            click.echo(f"  {gate.rule}: {gate.reason}")
    offered = {s.item.key for s in advice.bare if s.move == "share" and s.item}
    if behind := stand_behind(world.person(contact), world.setting, offered):
        click.echo("Held back since one thing of a site is enough, and another is offered:")
    for entry in behind[:_BEHIND]:
        click.echo(f"  {entry.title}  {entry.url}")
    if near:
        click.echo(f"Not strong enough to share; {world.setting.settings.threshold:g} would be (settings.threshold):")
    for strength, title in near:
        click.echo(f"  {strength:.2f}  {title}")


def _write_rankings(known: Known, wanted: dict[str, Any]) -> None:
    from brandkit.engage.ranking import ranking_lines

    since, depth, setting = wanted["since"] or date.min, wanted["depth"], known.world.setting
    for file, is_diverse in ((wanted["ranking"], False), (wanted["ranking_diverse"], True)):
        if file is None:
            continue
        people = known.world.people.values()
        lines = [line for person in people for line in ranking_lines(person, setting, since, depth, is_diverse)]
        file.write_text("\n".join(lines) + ("\n" if lines else ""), encoding="utf-8")
        click.echo(f"{len(lines):,} lines for {len(people):,} contacts in {file}")


COMMANDS = {"suggest": suggest}
