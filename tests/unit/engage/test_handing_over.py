"""Words handed over: addresses that open a message with its text, and codes that a phone reads."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
import segno
from hypothesis import given
from hypothesis import strategies as st

from brandkit.engage.contacts import Channel, Contact
from brandkit.engage.drafting.handing_over import MOST_IN_CODE, address_of_message, number, qr_of
from brandkit.engage.model import Draft

Ada = Callable[..., Contact]
URI = re.compile(r"[A-Za-z0-9\-._~:/?@!$&'*+;=%]+")
TEXT = "Hi Ää & you,\n\nsee https://a.example/?x=1#y +1 100%\n"


@pytest.mark.parametrize(
    ("channel", "uri"),
    [
        ("sms", "sms:+4930123456?body=Hi%2C%0Ayou%20%26%20me%3F"),
        ("whatsapp", "https://wa.me/4930123456?text=Hi%2C%0Ayou%20%26%20me%3F"),
        ("email", "mailto:ada%26co@example.org?subject=A%20b&body=Hi%2C%0D%0Ayou%20%26%20me%3F"),
        ("signal", "Hi,\nyou & me?"),
        ("mastodon", "Hi,\nyou & me?"),
        ("call", "Hi,\nyou & me?"),
        ("forum", "Hi,\nyou & me?"),
    ],
)
def test_each_channel_has_its_address_or_the_plain_text(channel: str, uri: str, ada: Ada) -> None:
    contact = ada(phones=("at work", "+49 (0)30 123-456"), emails=("ada&co@example.org", "b@example.org"))
    assert address_of_message(Draft(channel, "A\nb", "Hi,\r\nyou & me?\n"), contact) == uri


@pytest.mark.parametrize(
    ("channel", "start"),
    [("sms", "sms:?body="), ("whatsapp", "https://wa.me/?text="), ("email", "mailto:?subject=")],
)
def test_without_a_number_or_an_address_the_app_lets_one_choose(channel: str, start: str, ada: Ada) -> None:
    for contact in (None, ada()):
        assert address_of_message(Draft(channel, "S", "Hi"), contact).startswith(start)
    if channel == "whatsapp":  # which knows numbers with their country alone
        assert address_of_message(Draft(channel, "", "Hi"), ada(phones=("030 123456",))).startswith(start)


@pytest.mark.parametrize(
    ("written", "dialled"),
    [
        ("+49 30 123456", "+4930123456"),
        ("0049 30/123456", "+4930123456"),
        ("(030) 123-456", "030123456"),
        ("+1 (555) 010-9999 ext. 5", "+15550109999"),
        ("tel:＋49 30 123", "+4930123"),
        ("ask her", ""),
        ("+", ""),
        ("12", ""),
        ("1" * 40, ""),
    ],
)
def test_a_number_is_dialled_as_it_is_written(written: str, dialled: str) -> None:
    assert number(written) == dialled


@given(st.text(st.characters()), st.text(st.characters()), st.text(st.characters()), st.sampled_from(Channel.__args__))  # type: ignore[attr-defined]
def test_any_text_makes_a_valid_address_that_says_the_same(subject: str, text: str, own: str, channel: str) -> None:
    contact = Contact("ada", "Ada", emails=(f"{own}@example.org",), phones=(own,))
    uri = address_of_message(Draft(channel, subject, text), contact)
    said = re.sub("\r\n?", "\n", text).strip().encode("utf-8", "replace").decode()
    if channel not in ("sms", "whatsapp", "email"):
        assert uri.encode("utf-8", "replace").decode() == said
        return
    assert URI.fullmatch(uri)
    query = parse_qs(uri.partition("?")[2], keep_blank_values=True, strict_parsing=True)
    (body,) = query["text" if channel == "whatsapp" else "body"]
    assert body.replace("\r\n", "\n") == said
    if channel == "email":
        assert unquote(urlsplit(uri).path) == f"{own}@example.org".encode("utf-8", "replace").decode()
        assert query["subject"] == [" ".join(subject.split()).encode("utf-8", "replace").decode()]


def drawn(svg: str, size: int) -> list[list[int]]:
    """The modules that a path draws, without the quiet zone."""
    rows = [[0] * size for _ in range(size)]
    path = re.search(r'stroke="#000" d="M4 4\.5([^"]+)"', svg)
    assert path
    x, y = 4, 4
    for step, by, down in re.findall(r"([hm])(-?\d+)(?: (\d+))?", path[1]):
        if step == "h":
            rows[y - 4][x - 4 : x - 4 + int(by)] = [1] * int(by)
        x, y = x + int(by), y + int(down or 0)
    return rows


@pytest.mark.parametrize("text", ["sms:?body=Hi", TEXT, "日本語", "1" * 2000])
def test_a_code_is_drawn_whole_dark_on_white_within_a_quiet_zone(text: str) -> None:
    svg = qr_of(text, 'To "A" <b> & c')
    assert svg is not None
    level = "l" if len(text.encode()) > 300 else "m"
    wanted = segno.make(text, micro=False, error=level, encoding="utf-8")
    size = len(wanted.matrix)
    assert svg.startswith(f'<svg viewBox="0 0 {size + 8} {size + 8}" role="img"')
    assert "<title>To &#34;A&#34; &lt;b&gt; &amp; c</title>" in svg
    assert f'<path fill="#fff" d="M0 0h{size + 8}v{size + 8}h-{size + 8}z"/>' in svg
    assert drawn(svg, size) == [list(row) for row in wanted.matrix]


def test_what_is_too_long_or_says_nothing_has_no_code() -> None:
    assert qr_of("", "t") is None
    assert qr_of("ä" * (MOST_IN_CODE // 2 + 1), "t") is None
    assert qr_of("x" * MOST_IN_CODE, "t") is not None


@given(st.text(st.characters(), min_size=1, max_size=60), st.text(st.characters(), max_size=20))
def test_any_text_and_title_make_a_code(text: str, title: str) -> None:
    svg = qr_of(text, title)
    assert svg is not None
    assert svg.encode().count(b"<") == 6
