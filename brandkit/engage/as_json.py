"""Suggestions in the shape that `--json` promises. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from brandkit.engage.model import Component, Entry, Suggestion


def suggestion_json(suggestion: Suggestion) -> dict[str, Any]:
    """One suggestion as plain data; the keys are those of the reference page."""
    return {
        "id": suggestion.id,
        "contact": suggestion.contact,
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


def _item(entry: Entry | None) -> dict[str, Any] | None:
    if entry is None:
        return None
    return {
        "url": entry.url,
        "canonical": entry.canonical,
        "title": entry.title,
        "feed": entry.feed,
        "published": entry.published.isoformat(),
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
