"""The steps of an introduction: asked, a yes or a no, made. The gates are asked as on the command line."""

from __future__ import annotations

from brandkit.app.people.introducing import Table, lay_table, log_answer, log_asked, make
from brandkit.app.words.journaling import last_line, open_desk
from brandkit.base.walls import UsageProblem
from brandkit.engage.pages.page import Told
from brandkit.web.actions.action import Answer, Asked


def introduce(asked: Asked) -> Answer:
    """Take one step."""
    form = asked.form
    with asked.project.locked():
        table = lay_table(asked.project, asked.when, form.get("a"), form.get("b"), offline=True)
        said = _step(table, form.get("step"), form.get("who"))
    return Answer(Told(said, line=last_line(open_desk(asked.project)).id))


def _step(table: Table, step: str, who: str) -> str:
    if step == "made":
        make(table)
        return f"Written down: {table.a.first_name} and {table.b.first_name} are introduced."
    contact = table.side(who)
    if step == "asked":
        log_asked(table, contact)
        return f"Written down: {contact.first_name} was asked."
    if step == "yes":
        log_answer(table, contact, "yes")
        return f"Written down: {contact.first_name} said yes."
    if step == "no":
        log_answer(table, contact, "no")
        return "Written down. It rests, and nobody is told."
    raise UsageProblem("say which step was taken: asked, yes, no or made")
