"""Drafts: which template, in which words; and that a template sees nothing that the recipient may not."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

import pytest

from brandkit.engage.config import Me, Voice
from brandkit.engage.contacts import Contact, Need
from brandkit.engage.drafting.drafts import quotes_private, with_draft
from brandkit.engage.model import Item, Suggestion
from brandkit.io.resources import private_templates

ME = Me(name="Alex Example", voice=Voice("Hello {first_name} ({name}),", "Yours, Alex"))
PLAIN_ME = Me(name="Alex Example", languages=("en",))
BUILT_IN = private_templates("drafts")
OWN = "https://alex.example.org/posts/calm/"
ENTRY = Item("entry", "k1", "How we hired", "https://news.example/lead", "news", datetime(2026, 2, 20, tzinfo=UTC))
PAGE = Item("page", "k2", "Calm on-call", OWN)
GRACE = {"name": "Grace Sample", "first_name": "Grace", "title": "CTO", "organization": "Acme"}


def suggestion(item: Any = None, move: str = "check-in", **words: Any) -> Suggestion:
    return Suggestion(
        "1", "ada", move, "why: a secret need", 0.5, (), 5, None, item=item, words=words, notes=("a note",)
    )


def write(
    contact: Contact | None, templates: dict[str, str], item: Any = None, move: str = "check-in", **more: Any
) -> Any:
    me = more.pop("me", ME)
    return with_draft(suggestion(item, move, **more), contact, me, templates)


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


def test_another_channel_can_be_asked_for(ada: Any) -> None:
    found = with_draft(suggestion(), ada(channel="email"), ME, BUILT_IN, "call")
    assert found.draft is not None
    assert found.draft.channel == "call"
    assert found.draft.text.startswith("- ")


def test_a_subject_is_for_mail_alone(ada: Any) -> None:
    templates = {"check-in.en.txt": "Subject:  How   are you?\n\nBody\n"}
    mail, text = write(ada(), templates).draft, write(ada(channel="sms"), templates).draft
    assert (mail.subject, mail.text) == ("How are you?", "Body\n")
    assert (text.subject, text.text) == ("", "Body\n")


def test_names_are_no_templates(ada: Any) -> None:
    templates = {"check-in.en.txt": "{{ greeting }}\n{{ closing }}"}
    found = write(ada(name="{{ me }} {closing}"), templates)
    assert found.draft.text == "Hello {{ ({{ me }} {closing}),\nYours, Alex\n"


@pytest.mark.parametrize(
    ("languages", "theirs", "begins", "ends"),
    [
        (("en", "de"), "en", "Hello Ada (Ada Example),", "Yours, Alex"),
        (("en", "de"), "de", "Hallo Ada,", "Herzliche Grüße\nAlex"),
        (("de", "en"), "en", "Hi Ada,", "All the best,\nAlex"),
        (("de-AT",), "de", "Hello Ada (Ada Example),", "Yours, Alex"),
        ((), "en", "Hello Ada (Ada Example),", "Yours, Alex"),
    ],
)
def test_your_voice_is_for_your_first_language_and_others_have_their_own(
    ada: Any, languages: tuple[str, ...], theirs: str, begins: str, ends: str
) -> None:
    me = Me(name="Alex Example", languages=languages, voice=ME.voice)
    text = write(ada(languages=(theirs,)), BUILT_IN, me=me).draft.text
    assert text.startswith(begins + "\n\n")
    assert text.endswith("\n\n" + ends + "\n")


def test_greeting_and_closing_are_templates_that_can_be_replaced_and_need_not_be_there(ada: Any) -> None:
    own = {
        **BUILT_IN,
        "greeting.de.txt": "Moin {{ first_name }},",
        "check-in.fr.txt": "{{ greeting }} x\n{{ closing }}",
    }
    assert write(ada(languages=("de",)), own, me=PLAIN_ME).draft.text.startswith("Moin Ada,\n\nwir ")
    assert write(ada(languages=("fr",)), own, me=PLAIN_ME).draft.text == "Ada, x\nAlex Example\n"


@pytest.mark.parametrize(
    ("tone", "begins"), [("formal", "Dear Ada Example,"), ("warm", "Hi Ada,"), ("plain", "Hi Ada,")]
)
def test_the_tone_shapes_the_greeting(ada: Any, tone: str, begins: str) -> None:
    assert write(ada(tone=tone), BUILT_IN, me=PLAIN_ME).draft.text.startswith(begins)


def test_after_a_greeting_without_a_comma_a_sentence_begins(ada: Any) -> None:
    me = Me(name="Alex", languages=("de",), voice=Voice("Moin {first_name}!", "Alex"))
    assert write(ada(languages=("de",)), BUILT_IN, me=me).draft.text.startswith("Moin Ada!\n\nWir haben")
    silent = Me(name="Alex", languages=("de",), voice=Voice("", "Alex"))
    assert write(ada(languages=("de",), channel="sms"), BUILT_IN, me=silent).draft.text.startswith("Wir haben")


@pytest.mark.parametrize("move", ["stand-by", "congratulate", "thank"])
def test_a_signature_with_a_link_or_a_cheer_stays_out_where_it_would_hurt(ada: Any, move: str) -> None:
    me = Me(name="Alex", voice=Voice("Hey {first_name}!", "Cheers!\nAlex, https://alex.example.org/"))
    text = write(ada(), BUILT_IN, None, move, me=me).draft.text
    assert "alex.example.org" not in text
    assert ("!" in text) == (move != "stand-by")
    assert "alex.example.org" in write(ada(), BUILT_IN, me=me).draft.text


def test_a_long_title_is_cut_at_a_word_and_a_hostile_one_stays_text(ada: Any) -> None:
    title = "Subject: {{ me }}\r\nBcc: all@example.org\u2028" + "very " * 60 + "long"
    found = write(ada(), BUILT_IN, Item("entry", "k", title, "https://a.example/1"), "share")
    assert "{{ me }} Bcc:" in found.draft.subject
    assert found.draft.subject.endswith("very…")
    assert len(found.draft.subject) <= 120
    assert "https://a.example/1" in found.draft.text
    assert not re.search(r"[\r\u2028]|\nBcc", found.draft.subject + found.draft.text)


def test_what_could_not_be_seen_never_reaches_a_draft(ada: Any) -> None:
    item = Item("entry", "k", "Safe \u202etxt.exe\u2066\x07\u200f \U000e0041end", "https://a.example/\u202ex")
    found = write(ada(name="Ada\u202e Example"), BUILT_IN, item, "share", me=PLAIN_ME)
    assert found.draft.subject == "Safe txt.exe end"
    assert "https://a.example/%E2%80%AEx" in found.draft.text
    assert found.draft.text.startswith("Hi Ada,")


@pytest.mark.parametrize("url", ["", "javascript:alert(1)", "not a link", "https://a.example/x y"])
def test_without_an_address_no_line_dangles(ada: Any, url: str) -> None:
    text = write(ada(), BUILT_IN, Item("entry", "k", "A title", url), "share", me=PLAIN_ME).draft.text
    assert "thought of you:\n\nA title\n\nThere is" in text
    nothing = write(ada(), BUILT_IN, Item("entry", "k", "", url), "share", me=PLAIN_ME).draft
    assert "thought of you.\n\n" in nothing.text
    assert nothing.subject == "Something I read"


@pytest.mark.parametrize(
    "template",
    [
        *("{{ contact.notes }}", "{{ needs }}", "{{ why }}", "{{ item.text }}", "{{ suggestion.why }}"),
        *("{{ greeting.__class__ }}", "{% include 'x' %}", "{{ 1 / 0 }}", "{% if %}", "{{ self.__init__ }}", ""),
    ],
)
def test_a_template_that_asks_for_more_than_it_may_see_gives_a_note_and_no_draft(ada: Any, template: str) -> None:
    contact = ada(notes="canary", needs=(Need("canary"),), facts=("canary",))
    found = write(contact, {"check-in.en.txt": template}, ENTRY)
    assert found.draft is None
    assert "check-in.en.txt" in found.notes[-1]


@pytest.mark.parametrize("move", ["prepare", "renew"])
def test_what_is_for_you_has_no_draft(move: str) -> None:
    asked = suggestion(None, move)
    assert with_draft(asked, None, ME, BUILT_IN) is asked


def test_a_community_is_answered_without_greeting_and_with_the_own_page_only_where_it_is_given() -> None:
    page = {"title": "Calm on-call", "url": OWN}
    thread = Item("thread", "t", "How do you cache?", "https://forum.example/1")
    linked = write(None, BUILT_IN, thread, "answer", topic="caches", page=page, me=PLAIN_ME).draft
    alone = write(None, BUILT_IN, thread, "answer", topic="caches", page=None, me=PLAIN_ME).draft
    assert linked.channel == "forum"
    assert linked.text.startswith("This sounds familiar; I have worked with caches")
    assert linked.text.endswith(f":\n\nCalm on-call\n{OWN}\n")
    assert "http" not in alone.text


def test_a_template_cannot_even_ask_who_the_other_is(ada: Any) -> None:
    templates = {"introduce.en.txt": "{{ greeting }} [{{ other.name }}{{ other.organization }}]"}
    found = write(ada(), templates, None, "introduce", step="ask", other=GRACE, me=PLAIN_ME)
    assert found.draft.text == "Ada, []\n"


def test_a_word_that_is_not_known_is_as_if_it_were_not_said(ada: Any) -> None:
    found = write(ada(), BUILT_IN, None, "keep-promise", promise=None, me=PLAIN_ME)
    assert "what I promised you. Here it is" in found.draft.text


def test_a_word_that_says_something_private_is_left_out(ada: Any) -> None:
    contact = ada(needs=(Need("Build  Systems"),))
    assert "build systems" not in write(contact, BUILT_IN, None, "offer", topic="build systems").draft.text.lower()
    assert "build systems" in write(ada(), BUILT_IN, None, "offer", topic="build systems").draft.text


def test_a_title_that_says_something_private_is_left_out_and_the_address_stays(ada: Any) -> None:
    item = Item("entry", "k", "How to find a platform lead", "https://a.example/find-a-platform-lead")
    found = write(ada(needs=(Need("find a platform lead"),)), BUILT_IN, item, "share", me=PLAIN_ME).draft
    assert found.subject == "Something I read"
    assert "thought of you:\n\nhttps://a.example/find-a-platform-lead\n" in found.text
    part = write(ada(needs=(Need("find a plat"),)), BUILT_IN, item, "share", me=PLAIN_ME).draft
    assert part.subject == item.title


def test_what_the_template_says_itself_is_the_template_s(ada: Any) -> None:
    contact = ada(facts=("thought of you",))
    found = write(contact, BUILT_IN, ENTRY, "share", me=PLAIN_ME).draft
    assert "thought of you" in found.text
    assert ENTRY.title in found.text


def test_the_private_words_of_a_text_are_whole_words_of_some_length() -> None:
    contact = Contact(
        "ada", "Ada", needs=(Need("a new  flat."),), facts=("two", "climbs"), notes="Likes tea. Met in Rome!"
    )
    assert quotes_private("She needs A NEW\nFLAT, and climbs.", contact) == ("a new flat", "climbs")
    assert quotes_private("met in rome, https://x.example/climbs, two climbsters", contact) == ("met in rome",)


def test_text_messages_use_plain_punctuation_so_that_more_fits(ada: Any) -> None:
    item = Item("entry", "k", "It’s “calm” – " + "word " * 30, "https://a.example/a–b")
    text = write(ada(channel="sms"), BUILT_IN, item, "share").draft.text
    assert 'It\'s "calm" - word' in text
    assert "... https://a.example/a–b" in text
    assert text.replace("a–b", "").isascii()


def test_a_message_that_its_channel_does_not_take_is_whole_and_has_a_note(ada: Any) -> None:
    url = "https://a.example/" + "x" * 400
    found = write(ada(channel="bluesky"), BUILT_IN, Item("entry", "k", "T", url), "share")
    assert url in found.draft.text
    assert found.notes[-1].startswith("Bluesky takes 300 characters, and this has ")
