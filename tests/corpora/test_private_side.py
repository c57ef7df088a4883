"""Script vectors and naughty strings as people, feeds and journal: nothing active in any private page or export."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Sequence
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET
from xml.sax.saxutils import escape

import pytest

pytestmark = pytest.mark.slow
_RUNS = frozenset(
    {"script", "iframe", "object", "embed", "base", "svg", "style", "form", "input", "link", "meta", "img"}
)
_SCHEMES = ("javascript:", "vbscript:", "data:text", "data:image/svg")
NO_XML = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF, *range(0xD800, 0xE000)])


class Active(HTMLParser):
    """What runs, loads, restyles or asks on a page, each kind once; and the text."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.found: set[str] = set()
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _RUNS:
            self.found.add(f"{tag} {' '.join(sorted(name for name, _ in attrs))}")
        for name, value in attrs:
            plain = "".join((value or "").split()).lower()
            if name.startswith("on") or name in ("srcdoc", "formaction") or plain.startswith(_SCHEMES):
                self.found.add(f"{tag} {name}={plain[:30]}")


def quoted(text: str) -> str:
    return '"' + "".join(c if c.isprintable() and c not in '"\\' else f"\\U{ord(c):08X}" for c in text) + '"'


def _contact(number: int, text: str) -> str:
    words = quoted(text)
    need = f"{{text: {words}, since: 2026-02-01}}"
    return (
        f"- id: p{number}\n  name: {words}\n  pronouns: {words}\n  organization: {words}\n  title: {words}\n"
        f"  emails: [p{number}@acme.example]\n  phones: [{words}]\n  circle: {words}\n  every: 30 days\n"
        f"  profiles: {{mastodon: {words}}}\n  interests: [{words}, platform lead]\n  needs: [{need}]\n"
        f"  offers: [{words}]\n  facts: [{words}]\n  notes: {words}\n  birthday: --03-03\n"
    )


def _line(number: int, text: str) -> str:
    row = {"id": f"01{number:04}", "at": "2026-01-05T09:00:00Z", "contacts": [f"p{number}"], "type": "call"}
    promise = {"by": "me", "text": text, "due": "2026-03-02"}
    return json.dumps({**row, "summary": text, "promises": [promise]})


def _item(number: int, text: str) -> str:
    words = escape(text.translate(NO_XML))
    return (
        f"<item><title>platform lead {words}</title><link>https://y{number}.example/a</link><guid>g{number}</guid>"
        f"<author>{words}</author><category>{words}</category><pubDate>Fri, 20 Feb 2026 09:00:00 GMT</pubDate>"
        f"<description>How a platform lead was found {number}. {words}</description></item>"
    )


def _brand(folder: Path, texts: Sequence[str]) -> Path:
    vault = folder / "content/vault"
    (vault / "journal").mkdir(parents=True)
    first = texts[0]
    (folder / "site.yaml").write_text("title: T\nurl: https://x.example/\ntoday: 2026-03-01\ncards: false\n")
    (vault / "me.yaml").write_text(f"name: Alex Example\nemail: me@x.example\nexpertise: [{quoted(first)}]\n")
    (vault / "contacts.yaml").write_text("".join(_contact(n, text) for n, text in enumerate(texts)), encoding="utf-8")
    lines = "".join(f"{_line(n, text)}\n" for n, text in enumerate(texts))
    (vault / "journal/2026.jsonl").write_text(lines, encoding="utf-8")
    feeds = "".join(f"- {{id: f{n}, url: f{n}.xml, title: {quoted(text)}}}\n" for n, text in enumerate(texts[:20]))
    (vault / "feeds.yaml").write_text(feeds, encoding="utf-8")
    for number in range(min(20, len(texts))):
        items = "".join(_item(n, text) for n, text in enumerate(texts[number::20]))
        title = escape(texts[number].translate(NO_XML))
        feed = f'<rss version="2.0"><channel><title>{title}</title>{items}</channel></rss>'
        (vault / f"f{number}.xml").write_text(feed, encoding="utf-8")
    return folder


def _pages(folder: Path) -> dict[str, str]:
    return {
        p.relative_to(folder).as_posix(): p.read_text("utf-8") for p in sorted((folder / "private").rglob("*.html"))
    }


@pytest.fixture(params=["dompurify", "blns"])
def texts(request: pytest.FixtureRequest, shared: Path) -> list[str]:
    if request.param == "dompurify":
        cases = json.loads((shared / "corpora/dompurify-xss/expect.json").read_text(encoding="utf-8"))
        return [case["payload"] for case in cases]
    found = json.loads((shared / "corpora/blns/blns.json").read_text(encoding="utf-8"))
    return [text for text in found if text.strip().strip("\u200b\ufeff\xad\u180e") and _visible(text)][:300]


def _visible(text: str) -> bool:
    return any(character.isalnum() or character in "<>'\"()" for character in text)


def test_no_text_does_anything_on_a_private_page_a_draft_or_an_export(
    texts: list[str], tmp_path: Path, brandkit: Callable[..., Any]
) -> None:
    plain = _brand(tmp_path / "plain", [f"plain words {n}" for n in range(len(texts))])
    folder = _brand(tmp_path / "project", texts)
    for each in (plain, folder):
        ran = brandkit(each, "build", "--offline", "--json")
        assert [d for d in ran.json["diagnostics"] if d["severity"] == "error"] == []
    usual = {found for page in _pages(plain).values() for found in Active(page).found}
    pages = _pages(folder)
    assert len(pages) >= len(texts)
    for name, page in pages.items():
        assert Active(page).found <= usual, name
    shown = "".join(unescape(page) for page in pages.values())
    missing = [text for text in texts if text.isascii() and text.isprintable() and " ".join(text.split()) not in shown]
    assert missing == [], "somebody's name is shown as something else"
    _drafts(folder, brandkit)
    _exports(folder, len(texts), brandkit)


def _drafts(folder: Path, brandkit: Callable[..., Any]) -> None:
    """Plain text, one line of a subject, nothing that begins a header."""
    suggestions = brandkit(folder, "suggest", "--json", "--offline").json
    assert suggestions
    for each in suggestions:
        draft = each["draft"]
        assert draft is None or "\n" not in (draft["subject"] or "")
        assert draft is None or all(sign == "\n" or sign >= " " for sign in draft["text"])


def _exports(folder: Path, count: int, brandkit: Callable[..., Any]) -> None:
    """Each export is well-formed, holds everybody, and no cell of the table begins a formula."""
    assert brandkit(folder, "export", "vcard").out.count("BEGIN:VCARD") == count
    assert len(json.loads(brandkit(folder, "export", "json").out)) == count
    rows = list(csv.reader(io.StringIO(brandkit(folder, "export", "csv").out)))
    assert len(rows) == count + 1
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    ET.fromstring(brandkit(folder, "export", "opml").out.encode())


def test_everybody_of_every_address_book_gets_a_contact_a_page_and_a_draft(
    shared: Path, tmp_path: Path, brandkit: Callable[..., Any]
) -> None:
    """Import, private page, draft; what is imported again changes nothing."""
    folder = _brand(tmp_path / "project", ["plain words"])
    tables = {"google-contacts.csv": "google", "linkedin-connections.csv": "linkedin", "utf8-bom.csv": "rsvp"}
    tables |= {"outlook-semicolon-cp1252.csv": "outlook", "formula.csv": "rsvp", "broken.csv": "rsvp"}
    files = [(kind, shared / "corpora/contacts-csv" / name) for name, kind in tables.items()]
    files += [("vcard", path) for path in sorted((shared / "corpora/vcard-ez-vcard").rglob("*.vcf"))]
    for kind, file in files:
        assert brandkit(folder, "import", kind, str(file)).code in (0, 1)
    people = sorted(path.stem for path in (folder / "content/vault/contacts").glob("*.yaml"))
    assert len(people) > 180, "most of those in one table stand in another, too"
    for kind, file in files:
        brandkit(folder, "import", kind, str(file))
    assert sorted(path.stem for path in (folder / "content/vault/contacts").glob("*.yaml")) == people
    for each in people:  # a birthday today and a wish, so that there is something to say
        path = folder / f"content/vault/contacts/{each}.yaml"
        kept = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("birthday:")]
        path.write_text("\n".join([*kept, "birthday: --03-01", "every: 30 days", ""]), encoding="utf-8")
    ran = brandkit(folder, "build", "--offline", "--json")
    assert [d for d in ran.json["diagnostics"] if d["severity"] == "error"] == []
    pages = _pages(folder)
    assert all(any(f"{each}.html" in name or f"/{each}/" in name for name in pages) for each in people)
    some = people[::20]
    told = [one for each in some for one in brandkit(folder, "suggest", each, "--json", "--offline").json]
    drafted = [brandkit(folder, "draft", one["id"], "--json") for one in told if one["draft"]]
    assert len(drafted) >= len(some)
    assert [ran.err for ran in drafted if ran.code != 0] == []
