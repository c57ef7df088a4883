"""Pages that are there only where they can be answered, and what the others show beside. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from brandkit.engage.contacts import Contact
from brandkit.engage.discretion import is_quiet
from brandkit.engage.model import Interaction, Suggestion
from brandkit.engage.pages.page import Facts, Live, PageView
from brandkit.engage.rhythm import SILENT, day_of
from brandkit.engage.world import World

_LATELY = timedelta(days=6)
_LINES = 12
_ANSWERS = frozenset({"dismissed", "snoozed"})


@dataclass(frozen=True)
class Happened:
    """A line of the last days: who it was with, and whether an answer to it could still come."""

    line: Interaction
    contacts: tuple[Contact, ...]
    awaits: bool


def lately(facts: Facts) -> list[Happened]:
    """What you did in the last days, the newest first, so that it can be answered or taken back."""
    world, shown = facts.world, {contact.id: contact for contact, _ in facts.shown()}
    found = []
    for line in reversed(world.vault.journal):
        people = tuple(shown[id_] for id_ in line.contacts if id_ in shown)
        if people and len(people) == len(line.contacts) and _may_be_seen(line, people, world):
            found.append(Happened(line, people, _awaits_answer(line, people, world)))
    return found[:_LINES]


def _may_be_seen(line: Interaction, people: tuple[Contact, ...], world: World) -> bool:
    day = day_of(line.at, world.zone)
    if not world.today - _LATELY <= day <= world.today:
        return False
    if line.type in SILENT and line.type not in _ANSWERS:
        return False
    held = any(world.people[one.id].held(world.today) for one in people)
    said = f"{line.summary} {' '.join(text for texts in line.learned.values() for text in texts)}"
    return not held and not is_quiet((line.type, line.move), said, people)


def _awaits_answer(line: Interaction, people: tuple[Contact, ...], world: World) -> bool:
    return len(people) == 1 and line.direction in ("gave", "asked") and world.people[people[0].id].touch.unanswered > 0


def live_pages(facts: Facts) -> Iterator[PageView]:
    """Writing a line down, sorting people, and each suggestion's words for a phone."""
    yield PageView("log.html", "log.html")
    yield PageView("findings.html", "findings.html")
    yield PageView("sort.html", "sort.html", partial(_next_to_sort, facts))
    for advice in facts.advice:
        for suggestion in advice.suggestions:
            if suggestion.draft:
                view = partial(_phone, facts, suggestion, advice.contact)
                yield PageView(f"phone/{suggestion.id}.html", "phone.html", view)


def _next_to_sort(facts: Facts) -> dict[str, object]:
    live = facts.live or Live()
    skipped = live.asked.get("skip", "").split(",")
    waiting = [contact for contact in live.unsorted if contact.id not in skipped]
    contact = waiting[0] if waiting else None
    skip = ",".join([*filter(None, skipped), contact.id]) if contact else ""
    return {"contact": contact, "left": len(waiting), "skip": skip, "skipped": len(live.unsorted) - len(waiting)}


def _phone(facts: Facts, suggestion: Suggestion, contact: Contact | None) -> dict[str, object]:
    from brandkit.engage.drafting.handing_over import address_of_message, qr_of  # a build needs neither

    draft = (facts.live.edited(suggestion) if facts.live else None) or suggestion.draft
    assert draft is not None
    address = address_of_message(draft, contact)
    who = contact.first_name if contact else "you"
    return {"contact": contact, "draft": draft, "address": address, "qr": qr_of(address, f"The message to {who}")}
