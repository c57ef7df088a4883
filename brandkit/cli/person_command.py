"""brandkit person: what is known of somebody; export, erasure, and two contacts that are one."""

from __future__ import annotations

import sys
import textwrap
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from brandkit.base.text import plural
from brandkit.base.walls import UsageProblem
from brandkit.cli.options import print_json, project_at, shared

if TYPE_CHECKING:
    from brandkit.app.people.erasing import Erasure
    from brandkit.app.people.person import MergePlan
    from brandkit.engage.one_person.knowing import Known

_WIDTH = 88
_NOT_COVERED = (
    "Not covered, and yours to look after: the history of git, backups, what you have exported or printed, "
    "your mail program, and what you published yourself."
)


@click.group()
def person() -> None:
    """One person: what is known, an export for them, erasure, and merging two contacts into one."""


@person.command()
@shared
@click.argument("who")
def show(project: Path | None, today: date | None, who: str, as_json_: bool, **_: Any) -> None:
    """What brandkit knows about WHO: fit to be shown to them.

    It holds nothing about anybody else, no scores, and of introductions only what they were asked and said.
    """
    known = _known(project, today, who)
    if as_json_:
        from brandkit.engage.one_person.knowing import known_json

        print_json(known_json(known))
    else:
        _print(known)


@person.command()
@shared
@click.argument("who")
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="Write a new file; else it is printed.")
def export(project: Path | None, today: date | None, who: str, output: Path | None, **_: Any) -> None:
    """All that is kept about WHO as JSON, for them to have."""
    from brandkit.app.people.person import write_export
    from brandkit.base.diagnostics import dump_json
    from brandkit.engage.one_person.knowing import known_json

    text = dump_json(known_json(_known(project, today, who)))
    if output is None:
        click.echo(text)
    else:
        write_export(output.resolve(), f"{text}\n")
        click.echo(f"It stands in {output}.")


def _known(project: Path | None, today: date | None, who: str) -> Known:
    from brandkit.app.own_day import when
    from brandkit.app.people.person import known_of
    from brandkit.app.words.journaling import open_desk

    here = project_at(project)
    return known_of(open_desk(here), when(here, today), who)[1]


def _print(known: Known) -> None:
    from brandkit.engage.one_person.known_words import details, facts

    click.echo(f"What brandkit knows about {known.first_name}\n")
    for label, lines in facts(known):
        click.echo(f"{label}:")
        for line in (one for text in lines for one in text.split("\n")):
            _paragraph(line, "  ")
    if known.history:
        click.echo("\nWhat happened:")
    for one in reversed(known.history):
        click.echo(f"  {one.day.isoformat()}  {one.in_words}")
        for line in details(one):
            _paragraph(line, "              ")
    if known.left_out:
        click.echo(f"\nLeft out here, since about other people too: {plural(known.left_out, 'sentence')}.")


def _paragraph(text: str, indent: str) -> None:
    click.echo(textwrap.fill(text, _WIDTH, initial_indent=indent, subsequent_indent=indent, break_long_words=False))


@person.command()
@shared
@click.argument("who")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option("--dry-run", is_flag=True, help="Say what would go, and change nothing.")
@click.option("--remember", is_flag=True, help="Keep digests, so that a later import leaves them out.")
def erase(
    project: Path | None,
    today: date | None,
    who: str,
    yes: bool,
    dry_run: bool,
    remember: bool,
    as_json_: bool,
    **_: Any,
) -> None:
    """Forget WHO: the journal is rewritten, state, drafts and pages are cleared, and a patch is printed for the rest.

    WHO is an id or a name; with --yes, the whole of it. YAML is yours: no tool changes it. Save what is printed, apply
    it with patch, and run the same again; it then says what is left, or that nothing is kept under that name. Who asked
    not to be contacted is remembered as digests.
    """
    from brandkit.app.people.erasing import carry_out, plan_erasure
    from brandkit.app.words.journaling import open_desk

    here = project_at(project)
    with here.locked():
        desk = open_desk(here)
        erasure = plan_erasure(desk, who, remember)
        if not as_json_:
            _report(erasure, dry_run)
        done = not dry_run and not erasure.done and (erasure.work or erasure.remembered) and _agreed(erasure, yes)
        if done:
            carry_out(desk, erasure)
    if as_json_:
        print_json(_as_json(erasure, done))
    elif erasure.done:
        but = " but what is listed here" if erasure.mentioned or erasure.aside else ""
        click.echo(f"Erased: nothing about '{erasure.id}' is left in the vault, the state or the drafts{but}.")
        _what_stays(erasure)
    else:
        _what_next(erasure, done, dry_run)


def _agreed(erasure: Erasure, yes: bool) -> bool:
    """Whether to go on. A part of a name is enough to be asked, and too little to forget somebody unasked."""
    if yes and erasure.exact:
        return True
    if yes:
        raise UsageProblem(f"nothing was changed; to forget {_called(erasure)} unasked, write the id or the whole name")
    if not sys.stdin.isatty():
        raise UsageProblem("nothing was changed; to forget them, say --yes (or look first, with --dry-run)")
    if not click.confirm(f"Forget {_called(erasure)}? The journal can not be brought back", err=True):
        raise click.Abort
    return True


def _called(erasure: Erasure) -> str:
    return f"{erasure.contact.name} ({erasure.id})" if erasure.contact else erasure.id


def _report(erasure: Erasure, dry_run: bool) -> None:
    """What goes, by file."""
    if erasure.done:
        return
    click.echo(f"About {_called(erasure)}, {'this would go' if dry_run else 'this goes'}:")
    for file, new in erasure.forgotten.journal.items():
        click.echo(f"  {file}: {plural(new.removed, 'line')} removed, {new.changed:,} without their id")
    for count, what in (
        (erasure.entries, "rows of their own feeds"),
        (erasure.state, "rows of what was suggested or remembered"),
        (len(erasure.drafts), "drafts for them"),
        (erasure.pages, "private pages that name them; brandkit build makes the others anew"),
    ):
        if count:
            click.echo(f"  {count:,} {what}")
    if erasure.remembered:
        click.echo("  erased.txt: digests stay behind, so that an import leaves them out")


def _what_next(erasure: Erasure, done: bool, dry_run: bool) -> None:
    if erasure.patch:
        click.echo(f"\nIn YAML, which is yours: {', '.join(erasure.left)}")
        click.echo(f"Save this patch and apply it with: {erasure.apply}\n")
        click.echo(erasure.patch)
    if erasure.by_hand:
        click.echo(f"To be looked at and removed by hand: {', '.join(erasure.by_hand)}")
    if done:
        click.echo("The journal is rewritten; state, drafts and pages are cleared.")
    if not dry_run and (erasure.patch or erasure.by_hand):
        click.echo(f"They are erased when that is done. To see: brandkit person erase {erasure.id}")
        click.echo("It says what is left, or that nothing is kept under that name.")
    _what_stays(erasure)


def _what_stays(erasure: Erasure) -> None:
    """What brandkit does not take away: words in other texts, what was put aside, and what it can not reach."""
    if erasure.mentioned:
        count = plural(len(erasure.mentioned), "line")
        click.echo(f"Their name, or a word like their id, stands in {count} that stay; the words are yours to look at:")
        for place in erasure.mentioned[:40]:
            click.echo(f"  {place}")
        if len(erasure.mentioned) > 40:
            click.echo(f"  and {len(erasure.mentioned) - 40} more")
    if erasure.aside:
        click.echo("Put aside once, by a restore or doctor, and not looked into; they may stand there, so remove it:")
        for place in erasure.aside:
            click.echo(f"  {place}")
    click.echo(_NOT_COVERED)


def _as_json(erasure: Erasure, done: bool) -> dict[str, Any]:
    return {
        "contact": erasure.id,
        "erased": erasure.done,
        "carried_out": done,
        "journal": {
            name: {"removed": new.removed, "changed": new.changed} for name, new in erasure.forgotten.journal.items()
        },
        "entries": erasure.entries,
        "state": erasure.state,
        "drafts": len(erasure.drafts),
        "pages": erasure.pages,
        "left": list(erasure.left),
        "by_hand": list(erasure.by_hand),
        "mentioned": list(erasure.mentioned),
        "put_aside": list(erasure.aside),
        "remembered": erasure.remembered,
        "patch": erasure.patch,
        "apply": erasure.apply,
    }


@person.command()
@shared
@click.argument("keep")
@click.argument("gone")
def merge(project: Path | None, keep: str, gone: str, as_json_: bool, **_: Any) -> None:
    """Two contacts are one person: print a patch that joins GONE into KEEP. Nothing is changed here.

    The journal needs no change: with `formerly` the lines of both count as one, and so do the links
    that were shared. What protects them survives from either.
    """
    from brandkit.app.people.person import plan_merge
    from brandkit.app.words.journaling import open_desk

    plan = plan_merge(open_desk(project_at(project)), keep, gone)
    if as_json_:
        print_json(
            {
                "keep": plan.keep.id,
                "gone": plan.gone.id,
                "evidence": plan.evidence or None,
                "gained": list(plan.merge.gained),
                "conflicts": list(plan.merge.conflicts),
                "by_hand": list(plan.merge.by_hand),
                "patch": plan.patch,
                "apply": plan.apply,
            }
        )
    else:
        _print_merge(plan)


def _print_merge(plan: MergePlan) -> None:
    one, other = plan.keep, plan.gone
    click.echo(f"{other.name} ({other.id}) joins {one.name} ({one.id}).")
    click.echo(f"That they are one: {plan.evidence or 'nothing that is written down says so; you know'}.")
    for title, lines in (
        (f"{one.id} gains:", plan.merge.gained),
        ("They differ; change the patch where the other one is right:", plan.merge.conflicts),
        ("No patch could be made for these; change them by hand:", plan.merge.by_hand),
    ):
        if lines:
            click.echo(title)
            for line in lines:
                _paragraph(line, "  ")
    click.echo(f"\nSave this patch and apply it with: {plan.apply}\n")
    click.echo(plan.patch)


COMMANDS = {"person": person}
