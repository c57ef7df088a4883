"""Ideas as their page and their JSON show them. In: the world, what calendars announce. Out: plain values. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from brandkit.engage.days.occasions import Occasion
from brandkit.engage.insight.charts import Chart, Words, bars
from brandkit.engage.insight.ideas import Ideas, ideas, next_for
from brandkit.engage.insight.topics import Topic
from brandkit.engage.world import World

_IN_CHART = 10


def ideas_page(world: World, occasions: Sequence[Occasion] = ()) -> Mapping[str, object]:
    """What `ideas.html` shows. `to` is the name of each contact by id."""
    found = ideas(world, occasions)
    return {
        "ideas": found,
        "topics": [topic_row(topic, world) for topic in found.topics],
        "to": {id_: person.contact.name for id_, person in world.people.items()},
        "chart": _chart(found.topics),
    }


def topic_row(topic: Topic, world: World) -> dict[str, Any]:
    """One topic as plain data."""
    return {
        "topic": topic.name,
        "expertise": topic.expertise or None,
        "note": topic.note(world.today),
        "gap": topic.is_gap(world.today),
        "people": [{"contact": m.contact, "field": m.field, "text": m.text} for m in topic.mentions],
        "contacts": list(topic.people),
        "entries": len(topic.entries),
        "examples": [{"title": entry.title, "url": entry.url} for entry in topic.examples],
        "pages": [
            {"title": page.title, "url": page.url, "date": page.date.date().isoformat() if page.date else None}
            for page in topic.pages
        ],
        "drafts": [page.title for page in topic.drafts],
        "answers": [{"line": line.id, "summary": line.summary} for line in topic.answers],
        "next": next_for(topic),
    }


def ideas_json(found: Ideas, world: World) -> dict[str, Any]:
    """All ideas as plain data; the keys are those of the reference page."""
    return {
        "topics": [topic_row(topic, world) for topic in found.topics],
        "questions": [
            {
                "text": q.text,
                "day": q.day.isoformat() if q.day else None,
                "contacts": list(q.contacts),
                "line": q.line or None,
                "url": q.url or None,
                "topic": q.topic or None,
                "next": q.next,
            }
            for q in found.questions
        ],
        "learned": [
            {
                "text": one.text,
                "kind": one.kind,
                "day": one.day.isoformat(),
                "contacts": list(one.contacts),
                "line": one.line,
                "next": one.next,
            }
            for one in found.learned
        ],
        "aged": [
            {
                "title": one.page.title,
                "url": one.page.url,
                "day": one.day.isoformat(),
                "topic": one.topic.name,
                "contacts": list(one.topic.people),
                "next": one.next,
            }
            for one in found.aged
        ],
        "dates": [
            {
                "kind": one.kind,
                "title": one.title,
                "day": one.day.isoformat(),
                "feed": one.feed,
                "place": one.place or None,
                "url": one.url or None,
                "topic": one.topic or None,
                "next": one.next,
            }
            for one in found.dates
        ],
    }


def _chart(found: Sequence[Topic]) -> Chart | None:
    """How many people care about each of the first topics."""
    values = [(topic.name, len(topic.people)) for topic in found if topic.people][:_IN_CHART]
    words = Words("How many people care", "The first topics of the list; the table gives each.", ("Topic", "People"))
    return bars("topics", words, values) if values else None
