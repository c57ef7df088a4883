"""brandkit brief: all that you need before you meet a person, or the people at an event."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from brandkit.base.spelling import closest
from brandkit.base.text import slugify
from brandkit.base.walls import Refused, UsageProblem
from brandkit.cli.build_command import progress_bar
from brandkit.cli.options import print_findings, print_json, project_at, shared

if TYPE_CHECKING:
    from rich.padding import Padding

    from brandkit.app.words.journaling import Desk
    from brandkit.engage.briefs import EventBrief, PersonBrief
    from brandkit.engage.config import Event
    from brandkit.engage.contacts import Contact


@click.command()
@shared
@click.argument("who", metavar="WHO|EVENT")
def brief(project: Path | None, today: date | None, offline: bool, who: str, as_json_: bool) -> None:
    """What to have in mind before you meet WHO, or everybody at EVENT; the morning after, whom to write down.

    \b
      brandkit brief ada
      brandkit brief ev1

    The same stands, ready to print, in private/people/ and private/events/ after a build.
    """
    from brandkit.app.advise import advise
    from brandkit.app.own_day import when
    from brandkit.app.words.journaling import open_desk
    from brandkit.engage.as_json import brief_json
    from brandkit.engage.briefs import event_brief, person_brief
    from brandkit.engage.config import Event

    here = project_at(project)
    meant = _meant(open_desk(here), who)
    with here.locked(), progress_bar("Reading feeds", as_json_) as progress:
        advised = advise(here, when(here, today), offline, None, progress)
    world = advised.known.world
    if isinstance(meant, Event):
        about: EventBrief | PersonBrief = event_brief(meant, world, advised.advice)
    else:
        by_id = {one.contact.id: one.suggestions for one in advised.advice if one.contact is not None}
        about = person_brief(world.person(meant), world, by_id.get(meant.id, ()))
    if as_json_:
        print_json(brief_json(about))
    else:
        _print(about, world.today)
    print_findings(advised.known.report.sorted())
    raise click.exceptions.Exit(1 if advised.known.report.failed() else 0)


def _meant(desk: Desk, who: str) -> Event | Contact:
    """The event of that id or name, else the contact. Raises UsageProblem, Refused."""
    from brandkit.app.words.journaling import UnknownPerson, find_contact

    event = _event(desk.vault.events, who)
    if event is not None:
        return event
    try:
        contact = find_contact(desk, who)
    except UnknownPerson as problem:
        raise _neither(desk, who, problem) from None
    if contact.at_rest:
        raise Refused(f"{contact.first_name} is to be left alone; there is no brief")
    return contact


def _neither(desk: Desk, who: str, problem: UsageProblem) -> UsageProblem:
    """That nobody and nothing is called so, with what was probably meant."""
    from brandkit.app.public_events import public_events

    people, events = desk.vault.contacts, desk.vault.events
    names = [name for one in people for name in (one.name, one.id)] + [n for one in events for n in (one.name, one.id)]
    known = {name.casefold(): name for name in names}
    meant = closest(who.strip().casefold(), known)
    if meant:
        return UsageProblem(f"there is no contact and no event '{who}'; did you mean '{known[meant]}'?")
    told = str(problem).replace("no contact", "no contact and no event", 1)
    public = closest(slugify(who), public_events(desk.project))
    if public:
        row = f"- {{id: {public}, name: ..., start: 2026-03-10T09:00,\n     attendees: [ada, {{name: Somebody New}}]}}"
        told = f"the event '{public}' is a page of your site; whom you will meet there is for your eyes only"
        return UsageProblem(told, f", and goes into events.yaml of the vault:\n  {row}")
    return UsageProblem(told, f"{problem.hint}{_EVENT_HINT if 'new contact' in problem.hint else ''}")


_EVENT_HINT = ", or write the event into events.yaml of the vault"


def _event(events: tuple[Event, ...], who: str) -> Event | None:
    """The event of that id, or the only one of that name, as it is said or as an address writes it."""
    wanted = who.strip().casefold()
    exact = next((event for event in events if event.id.casefold() == wanted), None)
    named = [event for event in events if wanted and wanted in (event.name.casefold(), slugify(event.name))]
    return exact or (named[0] if len(named) == 1 else None)


def _print(about: EventBrief | PersonBrief, today: date) -> None:
    from rich.console import Console
    from rich.markup import escape

    from brandkit.engage.briefs import PersonBrief

    console = Console(highlight=False)
    if isinstance(about, PersonBrief):
        for line in _person_lines(about, today):
            console.print(_within(line) if line.startswith(" ") else f"[bold]{escape(line)}[/bold]")
        return
    event = about.event
    off = f"; it {about.off}" if about.off else ""
    place = f", {event.location}" if event.location else ""
    console.print(f"[bold]{escape(event.name)}[/bold]  {escape(f'{about.when}{place}{off}')}")
    if about.is_over:
        console.print(
            f'It is over. Whom did you meet? brandkit log NAME --at {event.id} "what you spoke of; what you promised"'
        )
    for group, people in about.groups.items():
        console.print(f"\n[bold]{group}[/bold]")
        for one in people:
            if isinstance(one, PersonBrief):
                mark = ("☑ " if one.is_met else "☐ ") if about.is_over else ""
                name, *rest = _person_lines(one, today, short=True)
                console.print(f"  {mark}[bold]{escape(name)}[/bold]")
                for line in rest:
                    console.print(_within(f"  {line}"))
            else:
                known = (
                    f'brandkit new contact "{one.name}" --met {event.id}'
                    if about.is_over
                    else "not among your contacts yet"
                )
                console.print(f"  {'☐ ' if about.is_over else ''}{escape(one.name)}  [dim]{escape(known)}[/dim]")
    if not about.groups:
        console.print(
            "Nobody is written down as coming: add attendees in events.yaml, or "
            f"brandkit import rsvp FILE --event {event.id}"
        )


def _within(line: str) -> Padding:
    """An indented line; what does not fit goes on below its beginning."""
    from rich.markup import escape
    from rich.padding import Padding

    said = line.lstrip()
    return Padding(escape(said), (0, 0, 0, len(line) - len(said)), expand=False)


def _person_lines(brief: PersonBrief, today: date, short: bool = False) -> list[str]:
    """A brief as plain lines; those that are headings are not indented."""
    from brandkit.engage.rhythm import spoken

    contact = brief.contact
    role = ", ".join(filter(None, (contact.title, contact.organization, contact.pronouns)))
    lines = [f"{contact.name}{f' ({role})' if role else ''}", f"  {brief.standing}"]
    lines += [f"  {brief.hint}"] if brief.hint else []
    words = brief.last_words[:1] if short else brief.last_words
    lines += [f"  {spoken(line.at.date(), today)}: {line.summary}" for line in words]
    lines += [f"  You promised: {_promise(one.promise, today)}" for one in brief.mine]
    lines += [f"  They promised: {_promise(one.promise, today)}" for one in brief.theirs]
    lines += [f"  {'Done' if action.done else 'To do'}: {action.text}" for action in brief.actions]
    if not short:
        needs = [need.text for need in brief.needs]
        remembered = (
            ("Looks for", needs),
            ("Likes", contact.interests),
            ("Knows", contact.expertise),
            ("Also", contact.facts),
        )
        lines += [f"  {name}: {'; '.join(values)}" for name, values in remembered if values]
        lines += [f"  Not to bring up: {'; '.join(contact.avoid)}"] if contact.avoid else []
    lines += [f"  Ask: {question}" for question in (brief.questions[:1] if short else brief.questions)]
    share = brief.to_share.item if brief.to_share else None
    lines += [f"  Worth bringing up: {share.title} {share.url}"] if share else []
    return lines


def _promise(promise: Any, today: date) -> str:
    from brandkit.engage.rhythm import spoken

    return f"{promise.text}{f', by {spoken(promise.due, today)}' if promise.due else ''}"


COMMANDS = {"brief": brief}
