"""The journal: JSON lines to interactions, and the lines that brandkit appends. Pure.

Append-only: a correction is a line that supersedes another, an undo one that supersedes and says
nothing else. A mistake in one line leaves out that line alone.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, Any, ClassVar, Literal

from pydantic import ConfigDict, Field

from brandkit.base.decode import WRONG_VALUE, decode
from brandkit.base.diagnostics import Code, Diagnostic, Outcome, Place
from brandkit.base.marked_yaml import SYNTAX, Marked, read_yaml
from brandkit.base.spelling import did_you_mean
from brandkit.engage.contacts import STRICT
from brandkit.engage.model import Action, Interaction, Promise
from brandkit.engage.reread import Reread
from brandkit.engage.sources.printable import visible
from brandkit.engage.values import Day, Every

TYPES = (
    *("message", "call", "meeting", "share", "update", "respond", "thank", "congratulate", "stand-by", "ask", "offer"),
    *("help", "promotion", "gift", "favour", "referral", "feedback", "life-event", "session", "introduction"),
    *("promise-kept", "replied", "imported", "sorted", "star", "done", "dismissed", "snoozed", "edited", "override"),
)
_NOT_JSON: dict[type[Exception], str] = {
    RecursionError: "nested too deeply",
    UnicodeEncodeError: "it holds half a character",
}
_MEND_LINE = 'each line is one JSON object: every key and text in "double quotes"; mend the line, or take it out'
UNKNOWN_TYPE = Code(
    "BK210",
    "error",
    "unknown type of interaction",
    "A line of the journal says that something happened which brandkit has no word for.",
    f"the types are {', '.join(TYPES)}",
)
UNKNOWN_CONTACT = Code(
    "BK211",
    "error",
    "unknown id",
    "An id refers to a contact or event that is not in the vault.",
    "correct the id, or add what it names",
)
TWICE = Code(
    "BK212",
    "error",
    "an id is used twice",
    "Two contacts or events share an id, and neither is used; or two lines of the journal, and the first counts.",
    "give one of them another id",
)
_YEARS = (1900, 2200)
_TOGETHER = 200  # lines that are read, and remembered, together
_BY_BRANDKIT = re.compile(r"[0-7][0-9A-HJKMNP-TV-Z]{25}\Z")  # its ids sort by the time of writing


@dataclass(frozen=True)
class PromiseRow:
    """A promise as it is written."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    text: str
    by: str = "me"
    due: Day | None = None


@dataclass(frozen=True)
class ActionRow:
    """Something to be done after a session."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    text: str
    done: bool = False


@dataclass(frozen=True)
class Row:
    """One line of the journal. Only keys that say something are written."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    id: Annotated[str, Field(min_length=1, description="Unique; sorts by time.")]
    at: Annotated[datetime, Field(description="When it happened, with a time zone.")]
    type: Annotated[str | None, Field(description="What happened. Absent in an undo, which only supersedes.")] = None
    contacts: Annotated[tuple[str, ...], Field(description="Ids of who was there.")] = ()
    direction: Annotated[
        Literal["gave", "asked", "received", "mutual"] | None, Field(description="Who gave to whom.")
    ] = None
    summary: Annotated[str | None, Field(description="In a few words.")] = None
    learned: Annotated[Mapping[str, tuple[str, ...]] | None, Field(description="Needs or interests heard.")] = None
    promises: Annotated[tuple[PromiseRow, ...] | None, Field(description="What was promised, by whom.")] = None
    link: Annotated[str | None, Field(description="What was shared.")] = None
    event: Annotated[str | None, Field(description="The event where it happened.")] = None
    community: str | None = None
    mentorship: str | None = None
    actions: tuple[ActionRow, ...] | None = None
    reaction: Annotated[Literal["liked", "disliked"] | None, Field(description="To a share.")] = None
    reason: Annotated[str | None, Field(description="Kind of a life event, why of an override or a dismissal.")] = None
    until: Annotated[Day | None, Field(description="How long a snooze lasts.")] = None
    move: Annotated[str | None, Field(description="The kind of suggestion that was answered.")] = None
    item: Annotated[str | None, Field(description="What was answered, where it has no link: an event, a date.")] = None
    every: Annotated[Every | None, Field(description="The rhythm chosen for people who were sorted.")] = None
    supersedes: Annotated[str | None, Field(description="The id of the line that this one replaces.")] = None
    keeps: Annotated[str | None, Field(description="The id of the line whose promise was kept.")] = None
    a: str | None = None
    b: str | None = None
    state: Literal["asked", "yes", "no", "made"] | None = None


def read_journal(
    files: Iterable[tuple[str, str]], known: Collection[str], reread: Reread | None = None
) -> Outcome[tuple[Interaction, ...]]:
    """The interactions that stand, oldest first: superseded lines are gone. `known` are the ids of contacts.

    `reread` knows what lines without findings said the last time.
    """
    found: list[Diagnostic] = []
    lines: dict[str, Interaction] = {}
    for file, text in files:
        rows = text.split("\n")
        for first in range(0, len(rows), _TOGETHER):
            part = rows[first : first + _TOGETHER]
            for number, outcome in enumerate(_read_part(file, first, part, known, reread or Reread()), first):
                if outcome is None:
                    continue
                found.extend(outcome.diagnostics)
                if outcome.value is None:
                    continue
                if outcome.value.id in lines:
                    message = f"the line {outcome.value.id} stands in the journal already"
                    found.append(TWICE.at(Place(file, number + 1, 1, 1, rows[number]), message))
                    continue
                lines[outcome.value.id] = outcome.value
    superseded: set[str] = set()
    for later in reversed(list(lines.values())):  # a line that was taken back itself takes nothing back
        if later.id not in superseded and later.supersedes:
            superseded.add(later.supersedes)
    standing = (kept for kept in lines.values() if kept.id not in superseded and kept.type)
    return Outcome(tuple(sorted(standing, key=lambda line: (line.at, line.id))), tuple(found))


def _read_part(
    file: str, first: int, part: Sequence[str], known: Collection[str], reread: Reread
) -> list[Outcome[Interaction | None] | None]:
    """What each of some lines says; None for an empty one. Whom a line may name is asked anew each time."""
    key = reread.key("journal", "\n".join(part))
    before = reread.get(key)
    if before is not None and all(id_ in known for line in before if line is not None for id_ in line.contacts):
        return [None if line is None else Outcome(line) for line in before]
    numbered = enumerate(part, first)
    read = [_read_line(file, number, line, known) if line.strip() else None for number, line in numbered]
    if not any(outcome is not None and (outcome.diagnostics or outcome.value is None) for outcome in read):
        reread.put(key, tuple(None if outcome is None else outcome.value for outcome in read))
    return read


def _read_line(file: str, number: int, line: str, known: Collection[str]) -> Outcome[Interaction | None]:
    # JSON is YAML's flow style, and reading it as such gives a place for every value
    try:
        data = json.loads(line)
        json.dumps(data, ensure_ascii=False).encode()  # half a surrogate pair is JSON and no text
    except (ValueError, RecursionError) as error:
        col = error.colno if isinstance(error, json.JSONDecodeError) else 1
        reason = error.msg if isinstance(error, json.JSONDecodeError) else _NOT_JSON.get(type(error), str(error))
        place = Place(file, number + 1, col, 1, line)
        return Outcome(None, (SYNTAX.at(place, f"this line is not JSON: {reason}", _MEND_LINE),))
    data = visible(data)
    plain = Marked(file, data)
    decoded = decode(Row, plain)
    if decoded.value is None:
        marked = _with_places(file, number, line, data)
        return Outcome(None, decode(Row, marked).diagnostics)
    return _checked(file, number, line, decoded.value, data, known)


def _with_places(file: str, number: int, line: str, data: Any) -> Marked:
    """The same data with a place for every value; asked for only when something is wrong."""
    read = read_yaml(line.strip(), file).value
    node = read.node if read is not None else None
    return Marked(file, data, node, ("",) * number + (line,), number)


def _checked(
    file: str, number: int, line: str, row: Row, data: Mapping[str, Any], known: Collection[str]
) -> Outcome[Interaction | None]:
    marked = None
    if not _YEARS[0] <= row.at.year <= _YEARS[1]:
        marked = _with_places(file, number, line, data)
        return Outcome(
            None, (WRONG_VALUE.at(marked.place(("at",)), f"{row.at.year} is no year in which this happened"),)
        )
    if row.type is None and row.supersedes is None:
        marked = _with_places(file, number, line, data)
        return Outcome(None, (UNKNOWN_TYPE.at(marked.place(), "this line does not say what happened"),))
    if row.type is not None and row.type not in TYPES:
        marked = _with_places(file, number, line, data)
        hint = did_you_mean(row.type, TYPES)
        return Outcome(None, (UNKNOWN_TYPE.at(marked.place(("type",)), f"unknown type '{row.type}'", hint),))
    strangers = [(index, id_) for index, id_ in enumerate(row.contacts) if id_ not in known]
    if strangers:
        marked = _with_places(file, number, line, data)
        found = tuple(
            UNKNOWN_CONTACT.at(marked.place(("contacts", i)), f"there is no contact '{id_}'", did_you_mean(id_, known))
            for i, id_ in strangers
        )
        return Outcome(None, found)
    return Outcome(_interaction(row, data))


def _interaction(row: Row, data: Mapping[str, Any]) -> Interaction:
    at = row.at if row.at.tzinfo else row.at.replace(tzinfo=UTC)
    return Interaction(
        id=row.id,
        at=at,
        type=row.type or "",
        contacts=row.contacts,
        direction=row.direction or "",
        summary=row.summary or "",
        link=row.link or "",
        learned=row.learned or {},
        promises=tuple(Promise(p.by, p.text, p.due) for p in row.promises or ()),
        event=row.event or "",
        community=row.community or "",
        mentorship=row.mentorship or "",
        actions=tuple(Action(a.text, a.done) for a in row.actions or ()),
        reaction=row.reaction or "",
        reason=(row.reason or "").strip().casefold() if row.type == "life-event" else row.reason or "",
        until=row.until,
        move=row.move or "",
        item=row.item or "",
        every=row.every,
        keeps=row.keeps or "",
        a=row.a or "",
        b=row.b or "",
        state=row.state or "",
        supersedes=row.supersedes or "",
        row=data,
    )


def line_of(row: Mapping[str, Any]) -> str:
    """A line to append: only keys that say something, in the order in which they were given."""
    said = {key: value for key, value in row.items() if value not in (None, "", (), [], {})}
    return json.dumps(said, ensure_ascii=False)


def last_standing(journal: Sequence[Interaction]) -> Interaction | None:
    """The line that an undo takes back: the one that brandkit wrote last; lines with ids of one's own come before."""

    def written(line: Interaction) -> tuple[str, datetime, str]:
        return line.id if _BY_BRANDKIT.match(line.id) else "", line.at, line.id

    return max(journal, key=written, default=None)
