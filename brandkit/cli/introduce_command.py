"""brandkit introduce: bring two people together, each asked alone."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from brandkit.cli.options import print_json, project_at, shared

if TYPE_CHECKING:
    from brandkit.app.people.introducing import Table
    from brandkit.engage.contacts import Contact
    from brandkit.engage.model import Suggestion

_SAID = {"asked": "was asked", "yes": "said yes", "no": "would rather not"}


@click.command()
@shared
@click.argument("a")
@click.argument("b")
@click.option("--ask", metavar="WHO", help="The words for this one of the two, whoever's turn it is.")
@click.option("--asked", is_flag=True, help="You have asked: write it down.")
@click.option("--yes", "agreed", metavar="WHO", help="This one said yes.")
@click.option("--no", "declined", metavar="WHO", help="This one would rather not; the other one is never told.")
@click.option("--made", is_flag=True, help="Both said yes: the words for both, and it is written down.")
def introduce(
    project: Path | None, today: date | None, offline: bool, as_json_: bool, a: str, b: str, **said: Any
) -> None:
    """Introduce A and B: ask A, ask B, and only when both said yes name them to each other.

    \b
      brandkit introduce ada grace               where it stands, and words for whoever is next
      brandkit introduce ada grace --asked       they were asked
      brandkit introduce ada grace --yes ada
      brandkit introduce ada grace --made        refused until both said yes
    """
    from brandkit.app.own_day import when
    from brandkit.app.people.introducing import lay_table

    if sum(map(bool, (said["agreed"], said["declined"], said["made"], said["ask"] or said["asked"]))) > 1:
        raise click.UsageError("one step at a time: --asked, --yes, --no or --made")
    here = project_at(project)
    with here.locked():
        table = lay_table(here, when(here, today), a, b, offline)
        shown = _take(table, **said)
    if as_json_:
        print_json(shown)
    else:
        _print(table, shown)


def _take(
    table: Table, ask: str | None, asked: bool, agreed: str | None, declined: str | None, made: bool
) -> dict[str, Any]:
    """Take the step that was asked for; what to show of it."""
    from brandkit.app.people.introducing import log_answer, log_asked, make, notes_of, to_be_asked, words_for

    if made:
        return _state(table, "made", [_draft(one, notes_of(one)) for one in make(table)])
    if agreed or declined:
        contact = table.side(agreed or declined or "")
        log_answer(table, contact, "yes" if agreed else "no")
        return _state(table, "logged", [], contact)
    contact_to_ask = to_be_asked(table, ask)
    if asked:
        if contact_to_ask is None:
            raise click.UsageError("there is nobody to be asked now; name one of the two with --ask")
        log_asked(table, contact_to_ask)
        return _state(table, "logged", [], contact_to_ask)
    if table.introduction.agreed and not table.introduction.made:
        return _state(table, "agreed", [])
    if contact_to_ask is None:
        return _state(table, "waiting", [])
    suggestion = words_for(table, contact_to_ask)
    return _state(table, "ask", [_draft(suggestion, notes_of(suggestion))], contact_to_ask)


def _state(table: Table, step: str, drafts: list[dict[str, Any]], contact: Contact | None = None) -> dict[str, Any]:
    introduction = table.introduction
    return {
        "a": table.a.id,
        "b": table.b.id,
        "step": step,
        "contact": contact.id if contact else None,
        "answers": dict(introduction.answers),  # as they were before this step
        "made": introduction.made or step == "made",
        "drafts": drafts,
    }


def _draft(suggestion: Suggestion, notes: tuple[str, ...]) -> dict[str, Any]:
    draft = suggestion.draft
    words = {"channel": draft.channel, "subject": draft.subject, "text": draft.text} if draft else None
    return {"contact": suggestion.contact, "draft": words, "notes": list(notes)}


def _print(table: Table, shown: dict[str, Any]) -> None:
    names = {contact.id: contact.first_name for contact in (table.a, table.b)}
    pair = f"brandkit introduce {table.a.id} {table.b.id}"
    if shown["step"] == "logged":
        click.echo(f"Written down. Next: {pair}\nTake it back with: brandkit undo")
        return
    for id_, answer in shown["answers"].items():
        click.echo(f"{names[id_]} {_SAID[answer]}.")
    for one in shown["drafts"]:
        _print_draft(one, names)
    said = {
        "ask": f"Once you have asked: {pair} --ask {shown['contact']} --asked",
        "agreed": f"Both said yes: {pair} --made",
        "made": "Written down: they are introduced. Send each their words.",
        "waiting": _waiting(shown, pair),
    }
    click.echo(said[shown["step"]])


def _waiting(shown: dict[str, Any], pair: str) -> str:
    if shown["made"]:
        return "They were introduced."
    if "no" in shown["answers"].values():
        return "It rests. The other one is not told."
    return f"An answer is awaited: {pair} --yes WHO, or --no WHO"


def _print_draft(one: dict[str, Any], names: dict[str, str]) -> None:
    click.echo(f"Words for {names[one['contact']]}:\n")
    draft = one["draft"]
    if draft and draft["subject"]:
        click.echo(f"Subject: {draft['subject']}\n")
    if draft:
        click.echo(draft["text"])
    for note in one["notes"]:
        click.echo(f"note: {note}")


COMMANDS = {"introduce": introduce}
