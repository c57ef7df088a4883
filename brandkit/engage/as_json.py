"""Suggestions in the shape that `--json` promises. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from brandkit.engage.briefs import EventBrief, PersonBrief
from brandkit.engage.model import Component, Item, Suggestion


def suggestion_json(suggestion: Suggestion) -> dict[str, Any]:
    """One suggestion as plain data; the keys are those of the reference page."""
    return {
        "id": suggestion.id,
        "contact": suggestion.contact or None,
        "move": suggestion.move,
        "item": _item(suggestion.item),
        "score": suggestion.score,
        "components": [_component(component) for component in suggestion.components],
        "why": suggestion.why,
        "minutes": suggestion.minutes,
        "expires": suggestion.expires.isoformat() if suggestion.expires else None,
        "confirm": suggestion.confirm,
        "notes": list(suggestion.notes),
        "gates": [{"rule": g.rule, "ok": g.ok, **({} if g.ok else {"reason": g.reason})} for g in suggestion.gates],
        "draft": _draft(suggestion),
    }


def remembered_json(suggestion: Suggestion) -> dict[str, Any]:
    """What has to be known of a suggestion for it to be answered. Its words are made anew; how they go is kept."""
    return {
        "id": suggestion.id,
        "contact": suggestion.contact or None,
        "move": suggestion.move,
        "item": _item(suggestion.item),
        "components": [_component(component) for component in suggestion.components],
        "why": suggestion.why,
        "draft": {"channel": suggestion.draft.channel} if suggestion.draft else None,
    }


def _item(item: Item | None) -> dict[str, Any] | None:
    if item is None:
        return None
    return {
        "kind": item.kind,
        "key": item.key,
        "url": item.url or None,
        "canonical": item.key if item.url else None,
        "title": item.title,
        "feed": item.feed or None,
        "published": item.published.isoformat() if item.published else None,
    }


def _component(component: Component) -> dict[str, Any]:
    found: dict[str, Any] = {"name": component.name, "value": component.value}
    if component.evidence is not None:
        evidence = component.evidence
        said = {"field": evidence.field, "terms": list(evidence.terms), "quote": evidence.quote}
        found["evidence"] = {key: value for key, value in said.items() if value}
    return found


def _draft(suggestion: Suggestion) -> Mapping[str, str] | None:
    draft = suggestion.draft
    return {"channel": draft.channel, "subject": draft.subject, "text": draft.text} if draft else None


def brief_json(brief: PersonBrief | EventBrief) -> dict[str, Any]:
    """A brief as plain data."""
    if isinstance(brief, PersonBrief):
        return _person(brief)
    groups = {
        name: [_person(one) if isinstance(one, PersonBrief) else {"name": one.name} for one in people]
        for name, people in brief.groups.items()
    }
    event = brief.event
    return {
        "event": event.id,
        "name": event.name,
        "start": brief.start.isoformat(),
        "end": brief.end.isoformat(),
        "location": event.location,
        "status": event.status,
        "is_over": brief.is_over,
        "groups": groups,
    }


def _person(brief: PersonBrief) -> dict[str, Any]:
    contact, share = brief.contact, brief.to_share
    return {
        "contact": contact.id,
        "name": contact.name,
        "standing": brief.standing,
        "hint": brief.hint or None,
        "last_words": [
            {"at": line.at.isoformat(), "type": line.type, "summary": line.summary} for line in brief.last_words
        ],
        "promises": [
            {
                "by": one.promise.by,
                "text": one.promise.text,
                "due": one.promise.due.isoformat() if one.promise.due else None,
            }
            for one in (*brief.mine, *brief.theirs)
        ],
        "needs": [need.text for need in brief.needs],
        "actions": [{"text": action.text, "done": action.done} for action in brief.actions],
        "published": [{"title": entry.title, "url": entry.url} for entry in brief.published],
        "questions": list(brief.questions),
        "to_share": _item(share.item) if share else None,
    }
