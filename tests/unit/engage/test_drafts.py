"""Drafts: which template, in which words; and that a template sees nothing that the recipient may not."""

from __future__ import annotations

from typing import Any

import pytest

from brandkit.engage.config import Me, Voice
from brandkit.engage.contacts import Contact, Need
from brandkit.engage.drafts import with_draft
from brandkit.engage.model import Suggestion
from brandkit.io.resources import private_templates

ME = Me(name="Alex Example", voice=Voice("Hello {first_name} ({name}),", "Yours, Alex"))
BUILT_IN = private_templates("drafts")


def suggestion(item: Any = None, move: str = "check-in") -> Suggestion:
    return Suggestion("1", "ada", move, "why: a secret need", 0.5, (), 5, None, item=item, notes=("a note",))


def write(contact: Contact, templates: dict[str, str], item: Any = None, move: str = "check-in", me: Me = ME) -> Any:
    return with_draft(suggestion(item, move), contact, me, templates)


@pytest.mark.parametrize(
    ("channel", "languages", "expected"),
    [
        ("email", ("en",), "general english"),
        ("signal", ("en",), "signal english"),
        ("signal", ("de",), "general german"),
        ("email", ("fr", "de"), "general german"),
        ("email", ("de-CH",), "general german"),
        ("email", ("DE",), "general german"),
        ("email", (), "general english"),
        ("email", ("fr",), None),
    ],
)
def test_the_first_of_their_languages_and_then_the_channel_choose_the_template(
    ada: Any, channel: str, languages: tuple[str, ...], expected: str | None
) -> None:
    templates = {
        "check-in.en.txt": "general english",
        "check-in.signal.en.txt": "signal english",
        "check-in.de.txt": "general german",
        "share.fr.txt": "not for this",
    }
    found = write(ada(channel=channel, languages=languages), templates)
    if expected is None:
        assert found.draft is None
        assert found.notes == ("a note", "There is no check-in template in fr yet: write one in templates/.")
    else:
        assert (found.draft.channel, found.draft.text) == (channel, expected + "\n")


def test_without_a_language_of_theirs_yours_is_taken(ada: Any) -> None:
    templates = {"check-in.de.txt": "deutsch", "check-in.en.txt": "english"}
    assert write(ada(), templates, me=Me(languages=("de",))).draft.text == "deutsch\n"


def test_a_subject_is_for_mail_alone(ada: Any) -> None:
    templates = {"check-in.en.txt": "Subject:  How   are you?\n\nBody\n"}
    mail, text = write(ada(), templates).draft, write(ada(channel="sms"), templates).draft
    assert (mail.subject, mail.text) == ("How are you?", "Body\n")
    assert (text.subject, text.text) == ("", "Body\n")


def test_the_greeting_is_in_your_voice_and_names_are_no_templates(ada: Any) -> None:
    templates = {"check-in.en.txt": "{{ greeting }}\n{{ closing }}"}
    found = write(ada(name="{{ me }} {closing}"), templates)
    assert found.draft.text == "Hello {{ ({{ me }} {closing}),\nYours, Alex\n"


def test_a_long_title_is_cut_and_a_hostile_one_stays_text(ada: Any, entry: Any) -> None:
    item = entry("Subject: {{ me }}\nBcc: all@example.org " + "very " * 60 + "long", url="https://a.example/1")
    found = write(ada(), BUILT_IN, item, "share")
    assert "\n" not in found.draft.subject
    assert "{{ me }}" in found.draft.subject
    assert len(found.draft.subject) <= 120
    assert item.url in found.draft.text


@pytest.mark.parametrize(
    "template",
    [
        *("{{ contact.notes }}", "{{ needs }}", "{{ why }}", "{{ item.text }}", "{{ suggestion.why }}"),
        *("{{ greeting.__class__ }}", "{% include 'x' %}", "{{ 1 / 0 }}", "{% if %}", "{{ self.__init__ }}"),
    ],
)
def test_a_template_that_asks_for_more_than_it_may_see_gives_a_note_and_no_draft(
    ada: Any, entry: Any, template: str
) -> None:
    contact = ada(notes="canary", needs=(Need("canary"),), facts=("canary",))
    found = write(contact, {"check-in.en.txt": template}, entry("T", "canary"))
    assert "canary" not in str(found.draft)
    assert found.draft is None
    assert "check-in.en.txt" in found.notes[-1]


def test_no_built_in_draft_says_anything_that_was_written_about_a_person(ada: Any, entry: Any) -> None:
    canary = "canary"
    for language in ("en", "de"):
        for tone in ("warm", "plain", "formal"):
            contact = ada(
                languages=(language,), tone=tone, notes=canary, facts=(canary,), interests=(canary,), avoid=(canary,),
                needs=(Need(canary),), organization=canary, title=canary, roles=(canary,), circle=canary,
            )  # fmt: skip
            for move in ("share", "check-in"):
                found = write(contact, BUILT_IN, entry("A title", canary, summary=canary), move)
                assert found.draft is not None
                assert canary not in str(found.draft)
                assert "Ada" in found.draft.text
