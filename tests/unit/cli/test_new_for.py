"""new post --for and new roundup: the public file says nothing of whom it is for; the vault remembers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from markdown_it import MarkdownIt

PROJECT = """
-- site.yaml --
title: T
url: https://t.example/
today: 2026-03-01
-- content/vault/me.yaml --
name: Alex Example
-- content/vault/contacts.yaml --
- id: ada
  name: Ada Canary
  needs:
    - {text: find a platform lead, since: 2026-02-01}
    - {text: a quieter postbox, since: 2025-01-01}
    - {text: leave the exchange, sensitive: true}
  interests: [sailing knots]
  avoid: [crypto]
- {id: bea, name: Bea Canary, interests: [sailing knots]}
- {id: "no", name: Noor Canary}
- {id: dnc, name: Silent Canary, do_not_contact: true}
- {id: late, name: Late Canary, deceased: true}
- {id: held, name: Held Canary, hold: {reason: bereavement}}
- {id: sad, name: Sad Canary}
-- content/vault/journal/2026.jsonl --
{"id": "j1", "at": "2026-02-01T09:00:00Z", "contacts": ["ada"], "type": "call", "direction": "mutual", \
"summary": "her team grows", "promises": [{"by": "me", "text": "send the questions", "due": "2026-03-10"}]}
{"id": "j2", "at": "2026-02-02T09:00:00Z", "contacts": ["ada"], "type": "call", "direction": "mutual", \
"summary": "spoke about leaving the exchange"}
{"id": "j3", "at": "2026-02-20T09:00:00Z", "contacts": ["sad"], "type": "life-event", "reason": "illness"}
-- content/vault/feeds.yaml --
- {id: news, url: feeds/news.xml, title: A feed of canaries}
-- content/vault/feeds/news.xml --
<?xml version="1.0"?><rss version="2.0"><channel><title>News</title><link>https://news.example/</link>
<item><title>Sailing knots that hold</title><link>https://news.example/knots?a=1&amp;utm_source=feed</link>
<guid>k1</guid><author>mail@news.example (Grace)</author><pubDate>Fri, 27 Feb 2026 09:00:00 GMT</pubDate>
<description>Sailing knots hold in any weather, if they are tied with care. Sailing knots are old.</description></item>
<item><title>Bread</title><link>https://news.example/bread</link><guid>b1</guid>
<pubDate>Fri, 27 Feb 2026 09:00:00 GMT</pubDate><description>Rye.</description></item></channel></rss>
"""
KNOTS, BREAD = "https://news.example/knots?a=1", "https://news.example/bread"


@pytest.fixture
def folder(site: Callable[[str], Path]) -> Path:
    return site(PROJECT)


def brief_of(folder: Path, slug: str) -> dict[str, Any]:
    text = (folder / f"content/vault/briefs/{slug}.yaml").read_text(encoding="utf-8")
    loaded: dict[str, Any] = yaml.safe_load(text)
    return loaded


def test_the_post_is_the_same_byte_for_byte_and_the_brief_stands_in_the_vault(folder: Path, brandkit: Any) -> None:
    post = folder / "content/posts/finding-somebody.md"
    assert brandkit(folder, "new", "post", "Finding somebody").code == 0
    plain = post.read_bytes()
    post.unlink()
    said = brandkit(folder, "new", "post", "Finding somebody", "--for", "Ada, no", "--json").json
    assert said == {"written": ["content/posts/finding-somebody.md", "content/vault/briefs/finding-somebody.yaml"]}
    assert post.read_bytes() == plain
    brief = brief_of(folder, "finding-somebody")
    assert (brief["id"], brief["for"]) == ("finding-somebody", ["ada", "no"])
    assert brief["about"].splitlines() == [
        "Ada Canary:",
        "- looks for: find a platform lead (since 1 Feb 2026)",
        "- likes to read about: sailing knots",
        "- not to bring up: crypto",
        "- last words, 1 Feb 2026: her team grows",
        "- you promised: send the questions, by 10 Mar 2026",
        "Noor Canary:",
    ]
    assert brandkit(folder, "check", "--json").json["diagnostics"] is not None
    assert {d["severity"] for d in brandkit(folder, "check", "--json").json["diagnostics"]} <= {"warning"}


@pytest.mark.parametrize(
    ("who", "reason"),
    [
        ("dnc", "they asked not to be contacted"),
        ("late", "they have died"),
        ("held", "this is a hard time for Held"),
        ("sad", "this is a hard time for Sad"),
        ("ada,held", "this is a hard time for Held"),
    ],
)
def test_nothing_is_begun_for_who_is_to_be_left_in_peace(folder: Path, brandkit: Any, who: str, reason: str) -> None:
    said = brandkit(folder, "new", "post", "Finding somebody", "--for", who)
    assert said.code == 3
    assert reason in said.err
    assert not (folder / "content/posts").exists() and not (folder / "content/vault/briefs").exists()


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("post", "A name", "--for", "adda"), "there is no contact 'adda'; did you mean 'ada'?"),
        (("post", "A name", "--for", " , "), "say for whom"),
        (("talk", "A name", "--for", "ada"), "--for is for a post"),
        (("roundup", "A name", "--for", "ada"), "--for is for a post"),
        (("post", "Index", "--for", "ada"), "give the post another title"),
        (("post",), "say what to call it"),
    ],
)
def test_what_cannot_be_begun_says_why_and_writes_nothing(
    folder: Path, brandkit: Any, arguments: tuple[str, ...], reason: str
) -> None:
    said = brandkit(folder, "new", *arguments)
    assert said.code == 2
    assert reason in said.err
    assert not (folder / "content/posts").exists() and not (folder / "content/vault/briefs").exists()


def test_neither_file_is_written_where_one_stands_already(folder: Path, brandkit: Any) -> None:
    brief = folder / "content/vault/briefs/once.yaml"
    brief.parent.mkdir()
    brief.write_text("{id: once, for: [ada]}\n")
    assert brandkit(folder, "new", "post", "Once", "--for", "ada").code == 2
    assert not (folder / "content/posts/once.md").exists()
    brief.unlink()
    assert brandkit(folder, "new", "post", "Once").code == 0
    assert brandkit(folder, "new", "post", "Once", "--for", "ada").code == 2
    assert not brief.exists()


def test_once_published_the_first_suggestion_is_whom_it_is_for(folder: Path, brandkit: Any) -> None:
    assert brandkit(folder, "new", "post", "Waterwheels", "--for", "no").code == 0
    post = folder / "content/posts/waterwheels.md"
    assert [s for s in brandkit(folder, "suggest", "--json").json if s["move"] == "update"] == []
    post.write_text(post.read_text().replace("draft: true\n", ""))
    update = [s for s in brandkit(folder, "suggest", "--json").json if s["move"] == "update"]
    assert [(s["contact"], s["why"]) for s in update] == [("no", "You wrote “Waterwheels” with Noor in mind.")]
    assert brandkit(folder, "suggest", "no", "--json").json[0]["move"] == "update"
    assert brandkit(folder, "build", "--offline").code == 0
    public = b"".join(path.read_bytes() for path in sorted((folder / "public").rglob("*")) if path.is_file())
    assert b"Canary" not in public and b"platform lead" not in public and b"Waterwheels" in public


def star(folder: Path, brandkit: Any, *links: str) -> None:
    for link in links:
        assert brandkit(folder, "star", link).code == 0


def test_a_roundup_holds_what_was_starred_and_nothing_private(folder: Path, brandkit: Any) -> None:
    star(folder, brandkit, "https://www.news.example/knots?a=1", BREAD, "https://elsewhere.example/unknown")
    said = brandkit(folder, "new", "roundup", "--json").json
    assert said["written"] == ["content/posts/worth-reading-1-march-2026.md"]
    assert said["entries"] == ["https://www.news.example/knots?a=1", BREAD, "https://elsewhere.example/unknown"]
    assert {(s["contact"], s["url"].split("&")[0]) for s in said["shares"]} == {("ada", KNOTS), ("bea", KNOTS)}
    text = (folder / said["written"][0]).read_text()
    html = MarkdownIt().render(text.split("---\n", 2)[2])
    assert html.count("<h2>") == 3 and "Sailing knots that hold</a>" in html and ">elsewhere.example</a>" in html
    assert "Sailing knots hold in any weather, if they are tied with care." in html
    assert not any(word in text for word in ("Canary", "ada", "feed of canaries", "platform lead"))
    listed = brandkit(folder, "list", "--json").json
    assert [row["status"] for row in listed if row["title"].startswith("Worth reading")] == ["draft"]


def test_the_words_of_a_star_are_yours_and_stay_out_of_the_post(folder: Path, brandkit: Any) -> None:
    line = '{"id": "j9", "at": "2026-02-25T09:00:00Z", "contacts": [], "type": "star", "summary": "for Ada Canary", '
    with (folder / "content/vault/journal/2026.jsonl").open("a") as journal:
        journal.write(line + '"link": "https://elsewhere.example/x"}\n')
    assert brandkit(folder, "new", "roundup", "Found").code == 0
    assert "Canary" not in (folder / "content/posts/found.md").read_text()


def test_a_roundup_tells_people_whom_an_entry_would_suit(folder: Path, brandkit: Any) -> None:
    star(folder, brandkit, KNOTS)
    said = brandkit(folder, "new", "roundup", "Knots and more")
    assert said.code == 0, said.err
    assert "It holds 1 entry that you starred." in said.out
    assert "private/posts/knots-and-more/ after the next build" in said.out
    assert "  Bea Canary: Sailing knots that hold  (" in said.out and "brandkit draft ID" in said.out
    assert not any(name in said.out for name in ("Silent", "Late", "Held"))
    share = brandkit(folder, "suggest", "bea", "--json").json[0]
    assert f"({share['id']})" in said.out
    assert brandkit(folder, "done", share["id"]).code == 0
    assert brandkit(folder, "build", "--offline").code == 0
    assert "Sailing knots that hold" in (folder / "private/posts/knots-and-more/newsletter.txt").read_text()


def test_each_entry_is_used_once(folder: Path, brandkit: Any) -> None:
    none = brandkit(folder, "new", "roundup")
    assert none.code == 2
    assert "nothing that you starred is waiting for a roundup" in none.err
    star(folder, brandkit, KNOTS)
    assert brandkit(folder, "new", "roundup").code == 0
    assert brandkit(folder, "new", "roundup", "More").code == 2, "the draft holds it"
    star(folder, brandkit, "http://news.example/knots/?a=1&utm_medium=mail", BREAD)
    assert brandkit(folder, "new", "roundup", "More", "--json").json["entries"] == [BREAD]
    post = folder / "content/posts/worth-reading-1-march-2026.md"
    post.write_text(post.read_text().replace("draft: true\n", ""))
    assert brandkit(folder, "new", "roundup", "Even more").code == 2, "nor does it come back when it is out"
    assert not (folder / "content/posts/even-more.md").exists()
