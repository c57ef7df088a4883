"""The words that brandkit offers to start from: every move, language, channel and tone, in every variant."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brandkit.engage.config import Me
from brandkit.engage.contacts import Contact, Need
from brandkit.engage.drafting.draft_view import quoted
from brandkit.engage.drafting.drafts import with_draft
from brandkit.engage.drafting.lint import lint
from brandkit.engage.model import Item, Suggestion
from brandkit.io.resources import private_templates

ME = Me(name="Alex Example", languages=("en",))
BUILT_IN = private_templates("drafts")
CHANNELS = ("email", "sms", "whatsapp", "signal", "call", "mastodon", "bluesky", "linkedin")
SHORT = ("sms", "whatsapp", "signal", "mastodon", "bluesky", "linkedin")
OWN = "https://alex.example.org/posts/calm/"
ENTRY = Item("entry", "k1", "How we hired", "https://news.example/lead", "news", datetime(2026, 2, 20, tzinfo=UTC))
PAGE = Item("page", "k2", "Calm on-call", OWN)
GRACE = {"name": "Grace Sample", "first_name": "Grace", "title": "CTO", "organization": "Acme"}
KINDS = ("birthday", "work-anniversary", "wedding", "name-day", "new-job", "launch", "talk", "award", "book", "birth")
FAVOURS = ("referral", "favour", "promotion", "feedback", "gift", "help", "mentorship", "something else")
VARIANTS: dict[str, list[tuple[dict[str, Any], Item | None]]] = {
    "share": [({}, ENTRY)],
    "offer": [({"topic": t}, item) for t in ("build systems", "") for item in (PAGE, None)],
    "update": [({"first": f, "cited": c}, PAGE) for f in (True, False) for c in (True, False)],
    "respond": [({"quote": "Boring upgrades are a gift."}, ENTRY), ({}, ENTRY)],
    "check-in": [({}, None)],
    "congratulate": [
        *(({"occasion": k, "belated": b}, None) for k in (*KINDS, "") for b in (True, False)),
        *(({"occasion": k, "seen": True}, ENTRY) for k in (*KINDS, "")),
    ],
    "stand-by": [({"again": True}, None), ({"again": False}, None)],
    "thank": [({"favour": favour}, None) for favour in FAVOURS],
    "keep-promise": [({"promise": "send the interview questions."}, None), ({"promise": ""}, None)],
    "answer": [
        ({"topic": "caches", "page": {"title": "Calm on-call", "url": OWN}}, Item("thread", "t", "How do you cache?")),
        ({"topic": "", "page": None}, None),
    ],
    "find-mentor": [({"topic": t, "through": u}, None) for t in ("incident reviews", "") for u in (True, False)],
    "session": [({"role": "mentee"}, None), ({"role": "mentor"}, None)],
    "ask-feedback": [({}, Item("page", "k3", "Why caches lie")), ({}, None)],
    "ask-advice": [({"topic": "pricing"}, None), ({"topic": ""}, None)],
    "ask-support": [({}, None)],
    "ask-promotion": [({}, PAGE)],
    "introduce": [
        ({"step": "ask"}, None),
        ({"step": "made", "other": GRACE}, None),
        ({"step": "made", "other": {"name": "Grace Sample", "first_name": "Grace"}}, None),
    ],
    "reconnect": [({"met": "PyExample"}, None), ({"met": ""}, None)],
}
CASES = [(move, words, item) for move, given_ in VARIANTS.items() for words, item in given_]


def suggestion(move: str, item: Item | None = None, **words: Any) -> Suggestion:
    return Suggestion("1", "ada", move, "", 0.5, (), 5, None, item=item, words=words)


def write(contact: Contact, move: str, item: Item | None = None, **words: Any) -> Any:
    return with_draft(suggestion(move, item, **words), contact, ME, BUILT_IN)


def everything(channels: tuple[str, ...] = CHANNELS) -> Iterator[tuple[Suggestion, Any]]:
    """Every built-in draft for these channels: each move, variant, language and tone."""
    return (pair for pair in _everything() if pair[1].draft is None or pair[1].draft.channel in channels)


@cache
def _everything() -> tuple[tuple[Suggestion, Any], ...]:
    return tuple(_each())


def _each() -> Iterator[tuple[Suggestion, Any]]:
    for move, words, item in CASES:
        for language in ("en", "de"):
            for tone in ("warm", "plain", "formal"):
                for channel in CHANNELS:
                    contact = Contact("ada", "Ada Example", languages=(language,), tone=tone, channel=channel)
                    asked = suggestion(move, item, **words)
                    yield asked, with_draft(asked, contact, ME, BUILT_IN)


def test_every_move_has_words_in_both_languages() -> None:
    names = {f"{move}.{language}.txt" for move in VARIANTS for language in ("en", "de")}
    parts = {f"{part}.{language}.txt" for part in ("greeting", "closing") for language in ("en", "de")}
    assert set(BUILT_IN) == names | parts


@pytest.mark.slow
def test_every_built_in_draft_is_whole_and_lint_has_nothing_to_say() -> None:
    for asked, found in everything():
        draft = found.draft
        assert draft is not None, found.notes
        assert found.notes == ()
        where = (asked.move, dict(asked.words), draft)
        assert lint(draft, asked.move, ("alex.example.org",), quoted(asked, draft.channel)) == (), where
        assert not re.search(r"None|\{|\}|\n\n\n|  |:\n*$| \n| [.,]|\(\)|“”|„“|\.\.(?!\.)", draft.text), where
        assert bool(draft.subject) == (draft.channel == "email"), where


@pytest.mark.slow
def test_short_messages_are_short_and_unsigned() -> None:
    for asked, found in everything(SHORT):
        text = found.draft.text
        assert "Alex\n" not in text, text
        assert len(text) < 330, (asked.move, text)
        assert text.count("\n") <= 3
        assert re.match(r"(Hi|Dear|Hallo|Guten Tag) Ada|This sounds|Das kommt", text)


def test_what_is_said_on_the_phone_is_a_few_points_without_addresses() -> None:
    for _, found in everything(("call",)):
        lines = found.draft.text.strip().split("\n")
        assert 2 <= len(lines) <= 4
        assert all(line.startswith("- ") and "http" not in line for line in lines)


def test_gifts_ask_nothing_and_requests_make_a_no_easy() -> None:
    for asked, found in everything(("email", "signal")):
        text = found.draft.text
        if asked.move in ("share", "offer", "thank", "congratulate", "stand-by"):
            assert "?" not in found.draft.subject + text
        if asked.move.startswith("ask-") or (asked.move, asked.words.get("step")) == ("introduce", "ask"):
            assert re.search(r"no answer is an answer too|keine Antwort ist auch eine", text, re.IGNORECASE)
        if asked.move in ("congratulate", "thank", "stand-by"):
            assert "http" not in text


@pytest.mark.parametrize("language", ["en", "de"])
def test_the_first_update_asks_whether_it_is_welcome_and_later_ones_do_not(ada: Any, language: str) -> None:
    first, later = (
        write(ada(languages=(language,)), "update", PAGE, first=first).draft.text for first in (True, False)
    )
    assert re.search(r"welcome\?|willkommen\?", first)
    assert "?" not in later


def test_good_news_names_its_source() -> None:
    item = Item("entry", "k", "I've joined Acme", "https://ada.example/acme")
    found = write(Contact("ada", "Ada"), "congratulate", item, occasion="new-job", seen=True)
    assert "I read the news on your blog (“I've joined Acme”)" in found.draft.text
    assert "your new job" in found.draft.text


def test_the_one_who_is_asked_learns_nothing_of_the_other() -> None:
    for language in ("en", "de"):
        for channel in CHANNELS:
            contact = Contact("ada", "Ada Example", languages=(language,), channel=channel)
            asked = write(contact, "introduce", None, step="ask", other=GRACE).draft
            made = write(contact, "introduce", None, step="made", other=GRACE).draft
            assert not any(value in asked.subject + asked.text for value in GRACE.values())
            assert all(value in made.text for value in GRACE.values())


CANARIES = st.sampled_from(["lost the wallaby", "quits in May", "needs a xylophone", "is shy", "kumquat"])


@given(st.lists(CANARIES, max_size=3), st.lists(CANARIES, max_size=2), CANARIES, st.sampled_from(CASES), st.data())
def test_no_draft_quotes_what_is_known_of_a_person(
    needs: list[str], facts: list[str], note: str, case: tuple[str, dict[str, Any], Any], data: st.DataObject
) -> None:
    move, words, _ = case
    contact = Contact(
        "ada", "Ada Example", needs=tuple(map(Need, needs)), facts=tuple(facts), notes=f"{note}. And more.",
        languages=(data.draw(st.sampled_from(["en", "de"])),), channel=data.draw(st.sampled_from(CHANNELS)),
        tone=data.draw(st.sampled_from(["warm", "formal"])),
    )  # fmt: skip
    spoilt = {
        name: data.draw(CANARIES) if isinstance(value, str) and name not in ("step", "role") else value
        for name, value in words.items()
    }
    item = Item("entry", "k", f"On how one {data.draw(CANARIES)}", "https://a.example/1")
    draft = write(contact, move, item, **spoilt).draft
    text = f"{draft.subject} {draft.text}".casefold()
    assert not any(secret.casefold() in text for secret in (*needs, *facts, note))


@given(
    st.text(), st.text(max_size=40), st.sampled_from(CASES), st.sampled_from(CHANNELS), st.sampled_from(["en", "de"])
)
def test_no_title_breaks_a_draft(
    title: str, url: str, case: tuple[str, dict[str, Any], Any], channel: str, language: str
) -> None:
    move, words, _ = case
    said = {name: title if isinstance(value, str) else value for name, value in words.items()}
    contact = Contact("ada", title or "Ada", languages=(language,), channel=channel)
    found = write(contact, move, Item("entry", "k", title, f"https://a.example/{url}"), **said)
    assert found.draft is not None, found.notes
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f\u2028\u2029\u202a-\u202e\u2066-\u2069]", found.draft.text)
    assert "\n" not in found.draft.subject
