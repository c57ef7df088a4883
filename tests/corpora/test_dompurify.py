"""Script vectors in every text of a post, with raw HTML off: nothing active in page, list or feed."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.slow
ATOM = "{http://www.w3.org/2005/Atom}"
ACTIVE = {
    *("script", "iframe", "object", "embed", "applet", "base", "frame", "frameset", "svg", "math", "style", "form"),
    *("input", "button", "textarea", "select", "link", "meta", "video", "audio", "template", "noscript", "title"),
}
# the theme's own: related texts and mentions below one that has them
LISTS = ("section", "h2", "h3", "ol", "ul", "li", "article", "footer", "nav", "strong")
SCHEME = re.compile(r"\s*(javascript|vbscript|data:text|data:image/svg)", re.I)


class Elements(HTMLParser):
    """The elements of a text, and what is active about them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.active: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag == "script" and ("type", "application/ld+json") in attrs:
            return  # data: the next test reads it
        if tag in ACTIVE:
            self.active.append(tag)
        for name, value in attrs:
            if name.startswith("on") or name in ("style", "srcdoc", "formaction"):
                self.active.append(f"{tag} {name}")
            if SCHEME.match(re.sub(r"[\x00-\x20]", "", value or "")):
                self.active.append(f"{tag} {name}={value}")


def quoted(text: str) -> str:
    """A YAML text, double-quoted, with every character that YAML would not take bare as an escape."""
    return '"' + "".join(c if c.isprintable() and c not in '"\\' else f"\\U{ord(c):08X}" for c in text) + '"'


def _post(text: str, body: str) -> str:
    words = quoted(text)
    front = f"title: {words}\ndate: 2026-01-01\ntags: [{words}]\ndescription: {words}\nauthor: {words}\nseries: {words}"
    return f"---\n{front}\nlang: en\n---\n{body}\n"


@pytest.fixture(scope="module")
def payloads(shared: Path) -> list[str]:
    cases = json.loads((shared / "corpora/dompurify-xss/expect.json").read_text())
    return [case["payload"] for case in cases]


@pytest.fixture
def built(site: Callable[[str], Path], payloads: list[str], brandkit: Callable[..., Any]) -> Path:
    project = site(
        '-- site.yaml --\ntitle: "<script>alert(1)</script>"\ntagline: "\\"><img src=x onerror=alert(1)>"\n'
        "url: https://x.example/\nfeeds: {limit: 0}\nlists: {size: 1000}\nmarkdown: {raw_html: false}\ncards: false\n"
        "-- content/posts/plain.md --\n" + _post("plain", "plain")
    )
    for number, payload in enumerate(payloads):
        (project / f"content/posts/p{number}.md").write_text(_post(payload, payload), encoding="utf-8")
        front = _post(payload, "plain").replace("lang: en", f"slug: f{number}")
        (project / f"content/posts/f{number}.md").write_text(front, encoding="utf-8")
    ran = brandkit(project, "build", "--public-only")
    assert ran.code == 0, ran.err
    return project / "public"


def test_nothing_active_reaches_a_page_a_feed_or_what_other_machines_read(built: Path, payloads: list[str]) -> None:
    _look_at_pages(built, payloads)
    _look_at_what_machines_read(built, payloads)


def _look_at_pages(built: Path, payloads: list[str]) -> None:
    assert len(payloads) >= 100
    frame = Elements((built / "posts/plain/index.html").read_text())
    usual = set(frame.active)
    assert not usual & {"script", "iframe", "svg"}
    for number in range(len(payloads)):
        page = Elements((built / f"posts/p{number}/index.html").read_text())
        assert set(page.active) <= usual, payloads[number]
        alone = Elements((built / f"posts/f{number}/index.html").read_text())
        # the words of front matter add no element at all, but for those of the theme's own lists
        extra = [tag for tag in set(alone.tags) if tag not in (*frame.tags, *LISTS)]
        assert extra == [], payloads[number]
    for name in ("index.html", "posts/index.html", "archive/index.html", "tags/index.html", "404.html"):
        assert set(Elements((built / name).read_text()).active) <= usual, name
    for term in (built / "tags").glob("*/index.html"):
        assert set(Elements(term.read_text()).active) <= usual, term
    feed = ET.parse(built / "feed.xml").getroot()
    entries = feed.findall(f"{ATOM}entry")
    assert len(entries) == 2 * len(payloads) + 1
    for entry in entries:
        assert Elements(entry.findtext(f"{ATOM}content") or "").active == []
        assert all(child.tag.startswith(ATOM) for child in entry)


def _look_at_what_machines_read(built: Path, payloads: list[str]) -> None:
    rss = ET.parse(built / "rss.xml").getroot()
    for item in rss.iter("item"):
        for name in ("{http://purl.org/rss/1.0/modules/content/}encoded", "description"):
            assert Elements(item.findtext(name) or "").active == []
    for item in json.loads((built / "feed.json").read_text(encoding="utf-8"))["items"]:
        assert Elements(item["content_html"]).active == []
    for number in range(len(payloads)):
        for name in (f"p{number}", f"f{number}"):
            html = (built / f"posts/{name}/index.html").read_text(encoding="utf-8")
            (data,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.S)
            assert "<" not in data and json.loads(data)["@graph"]
            assert len(re.findall("<script", html)) == 1


def test_raw_html_off_is_off_in_formulas_figures_and_attributes(
    site: Callable[[str], Path], payloads: list[str], brandkit: Callable[..., Any]
) -> None:
    project = site(
        "-- site.yaml --\ntitle: T\nurl: https://x.example/\nmarkdown: {raw_html: false, math: true}\ncards: false\n"
        "-- content/posts/plain.md --\n" + _post("plain", "plain")
    )
    for number, payload in enumerate(payloads):
        line = " ".join(payload.split())
        figure = f'![a](b.png "{line}"){{{line}}}'
        body = f"${line}$\n\n$$\n{line}\n$$\n\n{figure}\n\n[[{line}|{line}]]\n\n> [!NOTE]\n> {line}\n"
        (project / f"content/posts/p{number}.md").write_text(_post("t", body), encoding="utf-8")
    ran = brandkit(project, "build", "--public-only")
    assert ran.code == 0, ran.err[-500:]
    usual = {*Elements((project / "public/posts/plain/index.html").read_text()).active, "math"}
    for number, payload in enumerate(payloads):
        found = Elements((project / f"public/posts/p{number}/index.html").read_text())
        assert set(found.active) <= usual, payload
