"""Whether a line of the journal answers a suggestion already, so that nothing is answered twice. No clock, no disk.

In: the lines that stand, a suggestion as it was shown, the day. Out: nothing, or a UsageProblem that says what was
written down and when. What comes again is another occasion: a need that arose anew, a silence that began later, what
was put off until today.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from brandkit.base.walls import UsageProblem
from brandkit.engage.ledger import key_of_line
from brandkit.engage.model import Interaction
from brandkit.engage.moves.move import suggestion_id
from brandkit.engage.rhythm import SILENT, day_of, spoken

_NO_ANSWER = frozenset({"override", "edited"})
_SENT = frozenset({"entry", "page", "need"})  # may come again, but for a link that they know


def check_unanswered(
    journal: Sequence[Interaction], suggestion: Mapping[str, Any], today: date, zone: ZoneInfo
) -> None:
    """Raises UsageProblem where one of these lines, which all stand, answers this very suggestion."""
    lines = [line for line in journal if day_of(line.at, zone) <= today]
    for line in reversed(lines):
        if _is_about(line, suggestion) and _holds(line, suggestion, lines, today, zone):
            raise UsageProblem(f"that was written down already: {_in_words(line, today, zone)}")


def stands_already(journal: Sequence[Interaction], row: Mapping[str, Any], today: date, zone: ZoneInfo) -> bool:
    """Whether the very same line stands there, of the moment that it names or else of today."""
    for line in journal:
        said = {key: value for key, value in line.row.items() if key != "id"}
        if said == {"at": said.get("at"), **row} and ("at" in row or day_of(line.at, zone) == today):
            return True
    return False


def _is_about(line: Interaction, suggestion: Mapping[str, Any]) -> bool:
    """Whether a line answers suggestions of this kind, to the same person, about the same."""
    contact, move, item = suggestion["contact"], suggestion["move"], suggestion.get("item") or {}
    same = contact in line.contacts if contact else not line.contacts
    key = item.get("key", "") if item.get("url") else f"{move} {item.get('key') or ''}".strip()
    return same and line.move == move and line.type not in _NO_ANSWER and key_of_line(line) == key


def _holds(
    line: Interaction, suggestion: Mapping[str, Any], lines: Sequence[Interaction], today: date, zone: ZoneInfo
) -> bool:
    """Whether an answer still is one: that of today, and an earlier one until the same may be suggested again."""
    on, item = day_of(line.at, zone), suggestion.get("item")
    if line.type == "snoozed":
        return line.until is not None and line.until > today
    if on == today:
        return True
    if not item:
        return not _began_later(line, suggestion, lines, zone)
    if line.type == "dismissed" or item.get("kind") not in _SENT:
        return True
    return bool(line.link) and line.direction != "asked"


def _began_later(
    line: Interaction, suggestion: Mapping[str, Any], lines: Sequence[Interaction], zone: ZoneInfo
) -> bool:
    """Whether what is about nothing in particular was suggested since: it is called by the day of the last touch."""
    contact, move, on = suggestion["contact"], suggestion["move"], day_of(line.at, zone)
    touches = [one for one in lines if contact in one.contacts and one.type not in SILENT]
    days = {day for one in touches if (day := day_of(one.at, zone)) > on or (day == on and line.type != "dismissed")}
    if suggestion["id"] == suggestion_id(contact, move, ""):  # this one is called the same each time
        return bool(days)
    return any(suggestion["id"] == suggestion_id(contact, move, day.isoformat()) for day in days)


def _in_words(line: Interaction, today: date, zone: ZoneInfo) -> str:
    if line.type == "snoozed" and line.until:
        return f"put off until {spoken(line.until, today)}"
    on = spoken(day_of(line.at, zone), today)
    what = "set aside" if line.type == "dismissed" else "done"
    return f"{what} {on}" if on in ("today", "yesterday") else f"{what} on {on}"
