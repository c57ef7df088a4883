"""Drafts: words to start from, in your voice, for the channel and language of the person.

A draft is made from what the recipient may know: their name, the item, the words of the move, your voice. It never
sees needs, notes or what was learned; where a title or a word happens to say one of these, it is left out.
Pure; nothing is sent.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

import jinja2

from brandkit.base.templates import TEMPLATE_FAILURES, environment
from brandkit.base.text import fold, sentences
from brandkit.engage.config import Me, Voice
from brandkit.engage.contacts import Contact
from brandkit.engage.discretion import touches_secret
from brandkit.engage.drafting.draft_view import FORUM, SHORT, DraftItem, View, one_line, seen_item, seen_words, untitled
from brandkit.engage.drafting.lint import too_long
from brandkit.engage.model import Draft, Suggestion

WITHOUT = frozenset({"prepare", "renew"})  # moves that are for you: there is nobody to write to
_QUIET = frozenset({"stand-by", "congratulate", "thank"})  # moves whose drafts hold no link of one's own
_SUBJECT = "Subject:"
_LINK = re.compile(r"https?://\S+", re.IGNORECASE)
_LINK_IN = re.compile(rf"({_LINK.pattern})", re.IGNORECASE)
_LINK_LIKE = re.compile(r"://|\bwww\.|\w\.[a-z]{2,}/", re.IGNORECASE)
_STRUCTURE = frozenset({"step", "role", "name", "first_name"})  # words that steer, or without which there is no draft
_SHORTEST = 4
_GAPS = re.compile(r"\n{3,}")
_SMS = str.maketrans({"…": "...", "“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "\u00a0": " "})


@dataclass(frozen=True)
class _Writing:
    """One template and what it is rendered with, but for item and words."""

    texts: Mapping[str, str]
    template: str
    view: View

    def __call__(self, item: DraftItem, words: Mapping[str, object]) -> str:
        return _rendered(self.texts, self.template, replace(self.view, item=item, words=words))


def with_draft(
    suggestion: Suggestion, contact: Contact | None, me: Me, templates: Mapping[str, str], channel: str | None = None
) -> Suggestion:
    """The same suggestion with a draft, or with a note that says why there is none.

    `channel` is another one than the person's usual. Without a contact the draft is for a community.
    """
    if suggestion.move in WITHOUT:
        return suggestion
    chosen = channel or (contact.channel if contact else FORUM)
    found = _template(suggestion.move, chosen, _languages(contact, me), templates)
    if found is None:
        wanted = " or ".join(contact.languages if contact else ()) or "your language"
        return _noted(suggestion, f"There is no {suggestion.move} template in {wanted} yet: write one in templates/.")
    template, language = found
    try:
        view = _voiced(_view(suggestion.move, contact, me, (chosen, language)), me, templates)
        item, words = seen_item(suggestion.item, chosen), seen_words(suggestion.move, suggestion.words, chosen)
        if contact is not None and touches_secret(item.title, contact):
            item = untitled(item)
        text = _discreetly(_Writing(templates, template, view), item, words, contact)
    except TEMPLATE_FAILURES as error:
        return _noted(suggestion, f"The template {template} could not be used: {error}")
    subject, body = _subject(_plainer(text) if chosen == "sms" else text)
    body = _begun(body, view.greeting)
    if not body.strip():
        return _noted(suggestion, f"The template {template} says nothing for {chosen}.")
    draft = Draft(chosen, subject if chosen == "email" else "", body)
    return _noted(replace(suggestion, draft=draft), *too_long(draft))


def quotes_private(text: str, contact: Contact) -> tuple[str, ...]:
    """What was written down about a person and stands in a text: needs, facts, sentences of the notes.

    White space and case make no difference, addresses are no text, and fewer than four letters say nothing.
    """
    said = fold(_LINK.sub(" ", text)).casefold()
    written = [*(need.text for need in contact.needs), *contact.facts, *sentences(contact.notes)]
    plain = dict.fromkeys(fold(one).casefold().strip(" .!?…,;:") for one in written)
    return tuple(one for one in plain if sum(map(str.isalpha, one)) >= _SHORTEST and _stands_in(one, said))


def _stands_in(words: str, text: str) -> bool:
    return words in text and re.search(rf"(?<!\w){re.escape(words)}(?!\w)", text) is not None


def _discreetly(
    write: Callable[[DraftItem, Mapping[str, object]], str],
    item: DraftItem,
    words: Mapping[str, object],
    contact: Contact | None,
) -> str:
    """The text; where it says something private, without the words that do, then without the title.

    What the template itself says is the template's.
    """
    text = write(item, words)
    private = quotes_private(text, contact) if contact else ()
    if contact is None or not private:
        return text
    mute = write(untitled(item), _without(words, None))
    own = set(quotes_private(mute, contact))
    quieter = _without(words, private)
    for less in (item, untitled(item)):
        text = write(less, quieter)
        if own.issuperset(quotes_private(text, contact)):
            return text
    return mute


def _without(words: Mapping[str, object], private: Iterable[str] | None) -> dict[str, object]:
    """The words without those that say something private; None, without any."""
    return {name: value if name in _STRUCTURE else _silenced(value, private) for name, value in words.items()}


def _silenced(value: object, private: Iterable[str] | None) -> object:
    if isinstance(value, str):
        told = private is None or any(_stands_in(one, fold(value).casefold()) for one in private)
        return "" if told else value
    if isinstance(value, DraftItem):
        return untitled(value) if _silenced(value.title, private) == "" else value
    return _without(value, private) if isinstance(value, Mapping) else value


def _languages(contact: Contact | None, me: Me) -> list[str]:
    wanted = (contact.languages if contact else ()) or me.languages or ("en",)
    return [_primary(language) for language in wanted]


def _primary(language: str) -> str:
    return language.split("-")[0].lower()


def _template(
    move: str, channel: str, languages: Iterable[str], templates: Mapping[str, str]
) -> tuple[str, str] | None:
    """The first of the languages in which there is a template, the one for the channel before the general."""
    for language in languages:
        for name in (f"{move}.{channel}.{language}.txt", f"{move}.{language}.txt"):
            if name in templates:
                return name, language
    return None


def _view(move: str, contact: Contact | None, me: Me, way: tuple[str, str]) -> View:
    channel, language = way
    return View(
        move=move,
        first_name=one_line(contact.first_name, 80) if contact else "",
        name=one_line(contact.name, 120) if contact else "",
        formal=contact is not None and contact.tone == "formal",
        tone=contact.tone if contact else "plain",
        channel=channel,
        call=channel == "call",
        short=channel in SHORT,
        language=language,
        me=one_line(me.name, 120),
    )


def _voiced(view: View, me: Me, templates: Mapping[str, str]) -> View:
    """With greeting and closing: yours where they are of this language, else greeting.LANG.txt and closing.LANG.txt."""
    usual, yours = Voice(), me.voice if view.language == _primary((*me.languages, "en")[0]) else Voice()
    greeting = yours.greeting.replace("{first_name}", view.first_name).replace("{name}", view.name)
    if yours.greeting == usual.greeting or not _fits(greeting, view.move):
        greeting = _part("greeting", view, templates) or f"{view.first_name},"
    closing = yours.closing
    if closing == usual.closing or not _fits(closing, view.move):
        closing = _part("closing", view, templates) or view.me
    greeting = (fold(greeting) if view.short else greeting.strip()) if view.first_name else ""
    return replace(view, greeting=greeting, closing=closing.strip())


def _fits(said: str, move: str) -> bool:
    """Whether your own words suit the occasion: no link where nothing is asked, no cheer in grief."""
    return not (move in _QUIET and _LINK_LIKE.search(said)) and not (move == "stand-by" and "!" in said)


def _part(name: str, view: View, templates: Mapping[str, str]) -> str:
    template = f"{name}.{view.language}.txt"
    return _rendered(templates, template, view).strip() if template in templates else ""


def _rendered(templates: Mapping[str, str], name: str, view: View) -> str:
    text = _environment(tuple(sorted(templates.items()))).get_template(name).render(view.names())
    lines = "\n".join(line.rstrip() for line in text.split("\n"))
    return _GAPS.sub("\n\n", lines).strip()


@lru_cache(maxsize=4)
def _environment(templates: tuple[tuple[str, str], ...]) -> jinja2.Environment:
    return environment(dict(templates), {})


def _begun(text: str, greeting: str) -> str:
    """What follows a greeting goes on after a comma, and begins anew after anything else."""
    before, greeted, after = text.partition(greeting) if greeting else ("", "", text)
    if greeting.endswith(",") or (greeting and not greeted):
        return text
    start = len(after) - len(after.lstrip())
    return f"{before}{greeted}{after[:start]}{after[start : start + 1].upper()}{after[start + 1 :]}"


def _plainer(text: str) -> str:
    """With the punctuation of a typewriter, so that more fits into a text message; addresses stay as they are."""
    parts = _LINK_IN.split(text)
    return "".join(part if _LINK.fullmatch(part) else part.translate(_SMS) for part in parts)


def _subject(text: str) -> tuple[str, str]:
    """The subject is the first line, if it says so."""
    first, _, rest = text.partition("\n")
    if first.startswith(_SUBJECT):
        return fold(first.removeprefix(_SUBJECT)), rest.strip() + "\n"
    return "", text.strip() + "\n"


def _noted(suggestion: Suggestion, *notes: str) -> Suggestion:
    return replace(suggestion, notes=(*suggestion.notes, *notes)) if notes else suggestion
