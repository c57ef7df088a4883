"""Lint: what to look at again in a draft, and what is fine as it is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brandkit.engage.drafting.lint import lint, text_messages, too_long
from brandkit.engage.model import Draft

OWN = ("alex.example.org",)


def notes(text: str, move: str = "check-in", channel: str = "email", subject: str = "Hello") -> tuple[str, ...]:
    return lint(Draft(channel, subject, text), move, OWN)


@pytest.mark.parametrize(
    "text",
    [
        *("At least she did not suffer.", "Everything happens for a reason.", "Time heals all wounds.", "Stay strong."),
        *("I know how you feel.", "He is in a better place.", "It could be worse", "Chin up", "You’ll be fine."),
        *("Wenigstens musste er nicht leiden.", "Alles hat seinen Grund.", "Die Zeit heilt alle Wunden.", "Kopf hoch"),
        *("Ich weiß, wie du dich fühlst.", "Das Leben geht weiter.", "Bleib stark", "Immerhin war sie alt."),
    ],
)
def test_words_that_make_a_loss_small_are_noticed_in_stand_by_alone(text: str) -> None:
    assert any("can make a loss sound small" in note for note in notes(text, "stand-by"))
    assert notes(text) == ()


def test_stand_by_has_no_exclamation_mark_and_no_link() -> None:
    found = notes("Thinking of you! https://somewhere.example/tips", "stand-by")
    assert found == (
        "There is an exclamation mark; a full stop is quieter.",
        "There is a link; in a hard time a message needs none.",
    )
    assert notes("Thinking of you.", "stand-by") == ()


@pytest.mark.parametrize("move", ["share", "offer", "thank", "congratulate", "stand-by"])
@pytest.mark.parametrize(
    "text",
    [
        *("Could you have a look at my book?", "Would you mind a quick word?", "Can I ask you something?"),
        *("Könntest du das teilen?", "Kannst du mir helfen?", "Darf ich dich bitten, das zu lesen?", "Do me a favour."),
    ],
)
def test_a_gift_asks_for_nothing(text: str, move: str) -> None:
    assert any("this is a gift" in note for note in notes(text, move))
    assert notes(text, "ask-advice") == ()


@pytest.mark.parametrize(
    "text", ["How are you?", "Wie geht es dir?", "I could use your recipe all week.", "Can your dog?"]
)
def test_a_harmless_question_is_fine(text: str) -> None:
    assert notes(text, "share") == ()


@pytest.mark.parametrize("move", ["thank", "congratulate", "stand-by"])
@pytest.mark.parametrize(
    "link", ["https://alex.example.org/posts/x", "http://www.alex.example.org.", "www.alex.example.org"]
)
def test_a_link_to_your_own_site_has_no_place_in_a_message_about_them(move: str, link: str) -> None:
    assert "It links to your own site, and this message is about them." in notes(f"See {link}", move)
    assert not any("own site" in note for note in notes("See https://other.example/", move))
    assert not any("own site" in note for note in notes(f"See {link}", "update"))


@pytest.mark.parametrize("left", ["[name]", "[...", "TODO", "{{ first_name }}", "{first_name}", "TBD"])
def test_what_was_left_to_fill_in_is_named(left: str) -> None:
    assert notes(f"Hello {left} and so on")[0].startswith("Something is still to be filled in: ")
    assert notes("Hello", subject=f"For {left}")


def test_the_words_of_others_are_not_judged() -> None:
    title = "Could you live without [brackets]? A TODO"
    draft = Draft("email", title, f"I read this:\n{title}\n")
    assert lint(draft, "share", OWN, (title, "")) == ()
    assert len(lint(draft, "share", OWN)) == 2


def test_a_mail_has_a_subject_and_a_message_needs_none() -> None:
    assert notes("Hello", subject=" ") == ("There is no subject.",)
    assert notes("Hello", channel="sms", subject="") == ()


@pytest.mark.parametrize(
    ("channel", "fits", "is_too_long"),
    [
        ("mastodon", "x" * 500, "x" * 501),
        ("mastodon", "x" * 470 + " https://a.example/" + "y" * 400, "x" * 478 + " https://a.example/"),
        ("bluesky", "👩‍👩‍👧‍👦" * 100, "x" * 301),
        ("linkedin", "x" * 3000, "x" * 3001),
        ("sms", "ä" * 306, "x" * 307),
        ("sms", "я" * 134, "я" * 135),
        ("email", "x" * 9999, None),
        ("whatsapp", "x" * 9999, None),
    ],
)
def test_what_a_channel_takes(channel: str, fits: str, is_too_long: str | None) -> None:
    assert too_long(Draft(channel, "", fits + "\n")) == ()
    if is_too_long:
        assert len(too_long(Draft(channel, "", is_too_long + "\n"))) == 1


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", 1),
        ("x" * 160, 1),
        ("x" * 161, 2),
        ("€" * 80, 1),
        ("€" * 81, 2),
        ("я" * 70, 1),
        ("я" * 71, 2),
        ("😀" * 36, 2),
    ],
)
def test_how_many_text_messages_a_phone_makes(text: str, parts: int) -> None:
    assert text_messages(text) == parts


@given(st.text(), st.text(), st.sampled_from(["stand-by", "share", "update"]), st.lists(st.text(), max_size=3))
def test_lint_never_fails(text: str, subject: str, move: str, quoted: list[str]) -> None:
    found = lint(Draft("sms", subject, text), move, ("", "a.example"), quoted)
    assert all(isinstance(note, str) and note for note in found)
