"""Answers to a suggestion, and taking back: each is a line of the journal."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from brandkit.app.journaling import answer_of, done_row, find_contact, find_suggestion, last_line, last_sent, write_line
from brandkit.base.walls import UsageProblem
from brandkit.engage.pages.page import Told
from brandkit.engage.rhythm import spoken
from brandkit.web.actions.action import Answer, Asked

_LONGEST = 3650  # days


def done(asked: Asked) -> Answer:
    """It was carried out."""
    row = done_row(_suggestion(asked))
    return _written(asked, row, "Written down")


def dismiss(asked: Asked) -> Answer:
    """It is not for this person."""
    row = answer_of(_suggestion(asked), "dismissed", reason=asked.form.get("why") or None)
    return _written(asked, row, "Set aside", "What is like it will come later, too.")


def snooze(asked: Asked) -> Answer:
    """It can wait."""
    days = asked.form.get("days") or "14"
    if not (days.isascii() and days.isdigit() and 0 < int(days[:6]) <= _LONGEST):
        raise UsageProblem("say for how many days it can wait")
    until = asked.when.today + timedelta(days=int(days))
    row = answer_of(_suggestion(asked), "snoozed", until=until.isoformat())
    return _written(asked, row, f"Put off until {spoken(until, asked.when.today)}")


def undo(asked: Asked) -> Answer:
    """Take back the line that is named, or the one that was written last."""
    wanted = asked.form.get("line")
    standing = {line.id: line for line in asked.desk.vault.journal}
    if wanted and wanted not in standing:
        raise UsageProblem("that was taken back already")
    line = standing[wanted] if wanted else last_line(asked.desk)
    write_line(asked.desk, asked.when, {"supersedes": line.id})
    about = f": {line.summary}" if line.summary else ""
    return Answer(Told(f"Taken back{about}."))


def replied(asked: Asked) -> Answer:
    """They answered; perhaps with what they made of what was sent last."""
    contact = find_contact(asked.desk, asked.form.get("who"))
    row: dict[str, Any] = {"contacts": [contact.id], "type": "replied", "direction": "mutual"}
    reaction = asked.form.get("reaction")
    if reaction in ("liked", "disliked"):
        row |= {"reaction": reaction, "link": last_sent(asked.desk, [contact.id])}
    id_ = write_line(asked.desk, asked.when, row)
    return Answer(Told(f"Written down: {contact.first_name} replied.", line=id_))


def _suggestion(asked: Asked) -> dict[str, Any]:
    id_ = asked.form.get("id")
    if not id_:
        raise UsageProblem("say which suggestion is meant")
    return find_suggestion(asked.desk, id_)


def _written(asked: Asked, row: Mapping[str, Any], said: str, *details: str) -> Answer:
    about = f": {row['summary']}" if row.get("summary") else ""
    return Answer(Told(f"{said}{about}.", details, write_line(asked.desk, asked.when, row)))
