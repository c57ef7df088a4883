"""Answers to a suggestion, and taking back: each is a line of the journal."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from brandkit.app.words.hearing import hear
from brandkit.app.words.journaling import answer_of, done_row, find_suggestion, take_back, write_answer, write_once
from brandkit.base.walls import UsageProblem
from brandkit.engage.discretion import is_quiet
from brandkit.engage.model import Interaction
from brandkit.engage.pages.page import Told
from brandkit.engage.rhythm import spoken
from brandkit.web.actions.action import Answer, Asked

_LONGEST = 3650  # days


def done(asked: Asked) -> Answer:
    """It was carried out."""
    found = _suggestion(asked)
    return _written(asked, found, done_row(found), "Written down")


def dismiss(asked: Asked) -> Answer:
    """It is not for this person."""
    found = _suggestion(asked)
    row = answer_of(found, "dismissed", reason=asked.form.get("why") or None)
    return _written(asked, found, row, "Set aside", "Things like it stand further down for them from now on.")


def snooze(asked: Asked) -> Answer:
    """It can wait."""
    days = asked.form.get("days") or "14"
    if not (days.isascii() and days.isdigit() and len(days) < 6 and 0 < int(days) <= _LONGEST):
        raise UsageProblem("say for how many days it can wait")
    until = asked.when.today + timedelta(days=int(days))
    found = _suggestion(asked)
    row = answer_of(found, "snoozed", until=until.isoformat())
    return _written(asked, found, row, f"Put off until {spoken(until, asked.when.today)}")


def undo(asked: Asked) -> Answer:
    """Take back the line that is named, or the one that was written last."""
    _, line = take_back(asked.desk, asked.when, asked.form.get("line"))
    return Answer(Told(f"Taken back{_about(asked, line)}."))


def replied(asked: Asked) -> Answer:
    """They answered; perhaps with what they made of what was sent last."""
    form, reaction = asked.form, asked.form.get("reaction")
    said = {"type_": "replied", "reaction": reaction if reaction in ("liked", "disliked") else None}
    heard = hear(asked.desk, asked.when, form.get("who"), form.get("line"), said)
    names = ", ".join(contact.first_name for contact in heard.contacts)
    return Answer(Told(f"Written down: {names} replied.", line=write_once(asked.desk, asked.when, heard.row)))


def _suggestion(asked: Asked) -> dict[str, Any]:
    id_ = asked.form.get("id")
    if not id_:
        raise UsageProblem("say which suggestion is meant")
    found = find_suggestion(asked.desk, id_)
    if found["id"] != id_:  # a page always has the whole of it
        raise UsageProblem(f"no suggestion '{id_}' was shown")
    return found


def _about(asked: Asked, line: Interaction) -> str:
    """What a line was about, where others may read it over a shoulder."""
    people = [one for one in asked.desk.vault.contacts if one.id in line.contacts]
    is_said = line.summary and not is_quiet((line.type, line.move), line.summary, people)
    return f": {line.summary}" if is_said else ""


def _written(asked: Asked, suggestion: Mapping[str, Any], row: Mapping[str, Any], said: str, *details: str) -> Answer:
    summary = row.get("summary") or ""
    people = [one.first_name for one in asked.desk.vault.contacts if one.id in row["contacts"]]
    about = ", ".join([*(name for name in people if name not in summary), *([summary] if summary else ())])
    line = write_answer(asked.desk, asked.when, suggestion, row)
    return Answer(Told(f"{said}{f': {about}' if about else ''}.", details, line))
