"""Texts for networks: never longer than each takes, in any script, and ready to paste."""

from __future__ import annotations

import itertools
import re
import unicodedata
from typing import Any

import pytest

from brandkit.base.lengths import graphemes
from brandkit.engage.own_texts.networks import NETWORKS, Network, hashtags, network_text, x_length

BY_NAME = {network.name: network for network in NETWORKS}
SCRIPTS = {
    "latin": "The ladder rule makes upgrades dull, and that is what they should be for everybody here. ",
    "one long word": "Donaudampfschifffahrt" * 9,
    "combining": "E\u0301te\u0301 a\u0300 la\u0302 me\u0302me no\u0308n " * 3,
    "zalgo": "a\u0301\u0302\u0303\u0304\u0305\u0306 ",
    "emoji": "👩\u200d👩\u200d👧\u200d👦 👍🏽🏳\ufe0f\u200d🌈🇩🇪🇫🇷 ",
    "cjk": "平台团队应该让升级变得无聊而不是英雄的行为、",
    "korean": "플랫폼 팀은 업그레이드를 지루하게 만들어야 합니다 ",
    "arabic": "يجب أن تجعل فرق المنصات الترقيات مملة للجميع ",
    "hebrew": "שָׁלוֹם לְכֻלָּם וּבְרָכָה ",
    "hindi": "प्लेटफ़ॉर्म टीम को उन्नयन उबाऊ बनाना चाहिए ",
    "astral": "𝕳𝖊𝖑𝖑𝖔 𝖂𝖔𝖗𝖑𝖉 ",
    "links": "see https://example.org/" + "x" * 60 + " and example.com and a.b.co/path ",
}


def weight_on_x(text: str) -> int:
    """The rule as X publishes it, on its own: links 23, light ranges 1, all else 2."""
    text = unicodedata.normalize("NFC", text)
    light = [(0, 4351), (8192, 8205), (8208, 8223), (8242, 8247)]
    bare = re.sub(r"https?://\S+", "x" * 23, text)
    return sum(1 if any(a <= ord(c) <= b for a, b in light) else 2 for c in bare)


def lengths(text: str) -> dict[str, int]:
    with_short_links = re.sub(r"https?://\S+", "x" * 23, text)
    return {
        "mastodon": len(with_short_links),
        "bluesky": len(graphemes(text)),
        "linkedin": len(text.encode("utf-16-le")) // 2,
        "x": weight_on_x(text),
    }


@pytest.mark.parametrize("network", NETWORKS, ids=lambda network: network.name)
@pytest.mark.parametrize("script", SCRIPTS)
@pytest.mark.parametrize("times", [1, 3, 8, 40, 200])
def test_no_text_is_longer_than_its_network_takes(own_page: Any, network: Network, script: str, times: int) -> None:
    words = SCRIPTS[script] * times
    for title, summary in itertools.product(("One", words), ("", words)):
        page = own_page(title=title, summary=summary, tags=("build systems", words[:60], "x", "日本"))
        text = network_text(page, network)
        assert lengths(text)[network.name] <= network.limit
        assert page.url in text
        assert not re.search(r"\u200d…|[\ud800-\udfff]", text)


@pytest.mark.parametrize("network", NETWORKS, ids=lambda network: network.name)
def test_what_fits_is_whole_title_summary_link_and_hashtags(own_page: Any, network: Network) -> None:
    page = own_page(title="Calm on-call", summary="It is a decision.", tags=("build systems", "leadership"))
    expected = "Calm on-call\n\nIt is a decision.\n\nhttps://t.example/posts/one/\n\n#BuildSystems #leadership\n"
    assert network_text(page, network) == expected


def test_a_long_summary_is_cut_at_a_word_with_an_ellipsis(own_page: Any) -> None:
    summary = "word " * 200
    parts = network_text(own_page(summary=summary), BY_NAME["bluesky"]).split("\n\n")
    assert parts[0] == "One"
    assert re.fullmatch(r"(word )*word…", parts[1])
    assert lengths("\n\n".join(parts))["bluesky"] > 290


def test_a_long_link_counts_as_short_where_the_network_says_so(own_page: Any) -> None:
    url = "https://t.example/" + "a" * 260
    summary = "s" * 5 + " word" * 30
    assert summary in network_text(own_page(url=url, summary=summary), BY_NAME["x"])
    assert "word…" not in network_text(own_page(url=url, summary=summary), BY_NAME["mastodon"])


def test_a_link_that_does_not_fit_is_left_out_and_never_cut(own_page: Any) -> None:
    url = "https://t.example/" + "a" * 400
    text = network_text(own_page(url=url, title="A title"), BY_NAME["bluesky"])
    assert text.strip() == "A title"


def test_hashtags_give_way_before_the_title_does(own_page: Any) -> None:
    url = "https://t.example/" + "a" * 240
    text = network_text(own_page(url=url, title="T", summary="", tags=("a" * 50,)), BY_NAME["bluesky"])
    assert text == f"T\n\n{url}\n"


def test_a_note_without_a_title_begins_with_its_first_sentence_and_says_nothing_twice(own_page: Any) -> None:
    page = own_page(title="", summary="It rained.", text="It rained. Then it did not.")
    assert network_text(page, BY_NAME["x"]) == "It rained.\n\nhttps://t.example/posts/one/\n"


def test_hashtags_are_one_word_and_say_what_the_tag_says() -> None:
    tags = ["build systems", "on-call", "C++", "C#", "2026", "हिन्दी लेख", "日本語", "O'Reilly", "_", "", "on-call"]
    assert hashtags(tags) == ["#BuildSystems", "#OnCall", "#हिन्दीलेख", "#日本語", "#OReilly"]


def test_control_signs_and_line_breaks_do_not_reach_the_text(own_page: Any) -> None:
    text = network_text(own_page(title="A\x00 b\r\n\nc\ud800", summary=""), BY_NAME["x"])
    assert text.startswith("A b c\n\n")


def test_what_x_takes_for_a_link_counts_as_one() -> None:
    assert x_length("example.com") == 23
    assert x_length("https://example.com/" + "a" * 100) == 23
    assert x_length("日本") == 4
