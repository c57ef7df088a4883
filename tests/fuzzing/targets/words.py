"""A line of plain words, as `log` hears it, and an address, as everything compares them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from target import Target, texts, together

from brandkit.base.url import canonical, host_of, is_web
from brandkit.engage.plain_words.reading import read_words

_REPOSITORY = Path(__file__).resolve().parents[3]


def _words(data: bytes) -> None:
    text = data.decode("utf-8", "replace")
    heard = read_words(text, date(2026, 3, 1), ("Ada Example", "Grace"), {"ev0": "PyExample"})
    assert heard.summary == text.strip(), "words were lost"
    assert heard == read_words(text, date(2026, 3, 1), ("Ada Example", "Grace"), {"ev0": "PyExample"})


def _address(data: bytes) -> None:
    text = data.decode("utf-8", "replace")
    host_of(text)
    once = canonical(text)
    assert canonical(once) == once, f"{once!r} is not canonical itself: {canonical(once)!r}"
    assert host_of(text) or not is_web(text) or "www." in text.lower(), "an address without a host"


def _sentences(_: Path) -> Iterator[bytes]:
    for path in sorted((_REPOSITORY / "content/vault/journal").glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").split("\n"):
            yield str(json.loads(line).get("summary", "")).encode() if line else b""


_SAID = tuple(
    (
        "called |promised to |by friday|next week|on 3 March|will send|looks for |met |gestern |versprochen|"
        "sucht |bis Freitag|am 3. März|https://x.example/|didn't |if |got married|'"
    ).split("|")
)

TARGETS = (
    Target(
        "words",
        _words,
        together(_sentences, texts("called Ada, she looks for a lead; I promised a list by friday")),
        _SAID,
    ),
    Target(
        "address",
        _address,
        texts("https://www.a.example:443/b/index.html?utm_source=x&b=1#c", "http://[::1]/", "mailto:a@b.example"),
        ("http://", "https://", "www.", "%2F", "%25", "?utm_source=", "[::1]", ":80", "index.html", "//", "xn--"),
    ),
)
