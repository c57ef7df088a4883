"""Drafts: words to start from, in your voice, for the channel and language of the person.

A draft is made from what the recipient may know: their name, the entry, your voice. It never sees
needs, notes or what was learned. Pure; nothing is sent.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

import jinja2

from brandkit.base.templates import TEMPLATE_FAILURES, environment
from brandkit.base.text import clip, fold
from brandkit.base.url import host_of
from brandkit.engage.config import Me
from brandkit.engage.contacts import Contact
from brandkit.engage.model import Draft, Entry, Suggestion

_SUBJECT = "Subject:"


@dataclass(frozen=True)
class DraftItem:
    """What a draft may say of an entry."""

    title: str
    url: str
    host: str


def with_draft(suggestion: Suggestion, contact: Contact, me: Me, templates: Mapping[str, str]) -> Suggestion:
    """The same suggestion with a draft, or with a note that says why there is none."""
    template = _template(suggestion.move, contact, me, templates)
    if template is None:
        wanted = " or ".join(contact.languages) or "your language"
        note = f"There is no {suggestion.move} template in {wanted} yet: write one in templates/."
        return replace(suggestion, notes=(*suggestion.notes, note))
    try:
        text = _render(templates, template, suggestion.item, contact, me)
    except TEMPLATE_FAILURES as error:
        note = f"The template {template} could not be used: {error}"
        return replace(suggestion, notes=(*suggestion.notes, note))
    subject, body = _subject(text)
    return replace(suggestion, draft=Draft(contact.channel, subject if contact.channel == "email" else "", body))


def _template(move: str, contact: Contact, me: Me, templates: Mapping[str, str]) -> str | None:
    """The first of the person's languages in which there is a template, the one for the channel before the general."""
    languages = [language.split("-")[0].lower() for language in contact.languages or me.languages or ("en",)]
    for language in languages:
        for name in (f"{move}.{contact.channel}.{language}.txt", f"{move}.{language}.txt"):
            if name in templates:
                return name
    return None


def _render(templates: Mapping[str, str], name: str, item: Entry | None, contact: Contact, me: Me) -> str:
    names = {"{first_name}": contact.first_name, "{name}": contact.name}
    greeting = me.voice.greeting
    for mark, value in names.items():
        greeting = greeting.replace(mark, value)
    return (
        _environment(tuple(sorted(templates.items())))
        .get_template(name)
        .render(
            greeting=greeting,
            closing=me.voice.closing,
            first_name=contact.first_name,
            formal=contact.tone == "formal",
            me=me.name,
            item=DraftItem(clip(item.title, 120), item.url, host_of(item.url)) if item else None,
        )
    )


@lru_cache(maxsize=4)
def _environment(templates: tuple[tuple[str, str], ...]) -> jinja2.Environment:
    return environment(dict(templates), {})


def _subject(text: str) -> tuple[str, str]:
    """The subject is the first line, if it says so."""
    first, _, rest = text.partition("\n")
    if first.startswith(_SUBJECT):
        return fold(first.removeprefix(_SUBJECT)), rest.strip() + "\n"
    return "", text.strip() + "\n"
