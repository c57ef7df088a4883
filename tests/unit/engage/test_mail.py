"""A draft as .eml: opens unsent, says what the draft says, and no title becomes a header."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from brandkit.engage.config import Me
from brandkit.engage.drafting.mail import eml_text
from brandkit.engage.model import Draft

ALEX = Me(name="Alex Exämple", email="alex@example.org")
HEADERS = {"X-Unsent", "From", "To", "Subject", "MIME-Version", "Content-Type", "Content-Transfer-Encoding"}


def mail(draft: Draft, to: str = "ada@example.org", me: Me = ALEX, date: datetime | None = None) -> EmailMessage:
    found = message_from_bytes(eml_text(draft, to, me, date), policy=default)
    assert isinstance(found, EmailMessage)
    return found


def test_it_says_what_the_draft_says_and_is_unsent() -> None:
    text = "Hallo Ada,\n\nschöne Grüße: https://a.example/?x=1&y=“2”\n\nAlex\n"
    found = mail(Draft("email", "Grüße aus Köln", text))
    assert found["X-Unsent"] == "1"
    assert found["To"] == "ada@example.org"
    assert found["From"] == "Alex Exämple <alex@example.org>"
    assert found["Subject"] == "Grüße aus Köln"
    assert found.get_content().replace("\r\n", "\n") == text
    assert set(found.keys()) == HEADERS


def test_the_date_is_there_only_when_it_is_given() -> None:
    day = datetime(2026, 3, 1, 9, tzinfo=UTC)
    assert mail(Draft("email", "s", "t\n"), date=day)["Date"].datetime == day


def test_the_same_draft_gives_the_same_bytes() -> None:
    draft = Draft("email", "Grüße “an alle” " * 9, "Text\n" * 40)
    assert eml_text(draft, "ada@example.org", ALEX) == eml_text(draft, "ada@example.org", ALEX)


@pytest.mark.parametrize(
    "to", ["", "no address", "a@b@c.example", "ä@example.org", "a\r\nBcc: b@example.org", "@x", "a@"]
)
def test_an_address_that_not_every_mail_program_takes_is_left_to_you(to: str) -> None:
    found = mail(Draft("email", "s", "t\n"), to)
    assert found["To"] is None
    assert found["Bcc"] is None


def test_without_an_address_of_your_own_the_mail_program_knows_it() -> None:
    assert mail(Draft("email", "s", "t\n"), me=Me(name="Alex"))["From"] is None


@given(st.text(), st.text(), st.text())
@example("Hi\r\nBcc: all@example.org\r\n\r\n<script>", "\r\n.\r\n", "Alex\nX: y")
@example("a\u2028Bcc: b\u0085c\x0bd\x1ce\ud800f", "\ud800\rx", "\u202ex")
@example("=?utf-8?q?Bcc?= " * 20 + "x" * 400, "", '"<>@,;')
@example("ä" * 600, "x" * 2000, "ä" * 200)
def test_whatever_a_title_says_it_is_one_header(subject: str, text: str, name: str) -> None:
    data = eml_text(Draft("email", subject, text), "ada@example.org", Me(name=name, email="alex@example.org"))
    head, _, _ = data.partition(b"\r\n\r\n")
    assert set(re.findall(rb"^([^\s:]+):", head, re.MULTILINE)) == {name.encode() for name in HEADERS}
    assert not re.search(rb"(?<!\r)\n|\r(?!\n)", data)
    assert all(len(line) < 999 for line in data.split(b"\r\n"))
