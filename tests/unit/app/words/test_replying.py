"""new reply: finds what was read by link or id, fetches nothing, and gives nothing private away."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

Site = Callable[[str], Path]
SENTENCE = "We hired a platform lead after a search that took most of a year."
PROJECT = f"""
-- site.yaml --
title: T
url: https://t.example/
today: 2026-03-01
-- content/posts/one.md --
---
title: One
date: 2026-02-01
description: One.
---
A quiet post.
-- content/vault/contacts.yaml --
- id: ada
  name: Ada Example
  needs: [{{text: find a platform lead, since: 2026-02-01}}]
  notes: A secret.
-- content/vault/feeds.yaml --
- {{id: secretfeed, url: feeds/a.xml, title: Secret feed title}}
-- content/vault/feeds/a.xml --
<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0"><channel><title>Acme</title><link>https://acme.example/</link><description>d</description>
<item><title>How we found a platform lead</title><link>https://www.acme.example/lead?utm_source=feed</link>
<guid isPermaLink="false">acme-77</guid><author>grace@acme.example (Grace)</author>
<pubDate>Fri, 27 Feb 2026 09:00:00 GMT</pubDate>
<description>&lt;p&gt;{SENTENCE} A platform lead is rare. The platform lead began in May.&lt;/p&gt;</description></item>
<item><title>Found elsewhere</title><link>https://acme.example/lead</link><guid isPermaLink="false">repost-1</guid>
<pubDate>Sat, 28 Feb 2026 09:00:00 GMT</pubDate>
<description>Somebody tells here how they hired for their platform team.</description></item>
</channel></rss>
"""


@pytest.fixture
def folder(site: Site, brandkit: Any) -> Path:
    made = site(PROJECT)
    assert brandkit(made, "suggest", "--offline").code == 0
    return made


def reply_of(folder: Path, said: Any) -> tuple[dict[str, Any], str]:
    assert said.code == 0, said.err
    _, front, body = (folder / said.json["written"][0]).read_text().split("---\n", 2)
    return yaml.safe_load(front), body


def suggested(folder: Path, brandkit: Any) -> str:
    (row, *_) = [s for s in brandkit(folder, "suggest", "--offline", "--json").json if s["item"]]
    return str(row["id"])


def test_an_entry_is_found_by_any_variant_of_its_link(folder: Path, brandkit: Any) -> None:
    said = brandkit(folder, "new", "reply", "http://acme.example/lead/", "--json")
    front, body = reply_of(folder, said)
    assert said.json["written"] == ["content/posts/re-how-we-found-a-platform-lead.md"]
    assert front["title"] == "Re: How we found a platform lead"
    assert front["reply_to"]["url"] == "http://acme.example/lead/"
    assert "Grace" in front["reply_to"]["author"]
    assert SENTENCE in body


def test_an_entry_is_found_by_the_beginning_of_an_id(folder: Path, brandkit: Any) -> None:
    front, _ = reply_of(folder, brandkit(folder, "new", "reply", suggested(folder, brandkit)[:6], "--json"))
    assert front["reply_to"]["title"] == "How we found a platform lead"
    (folder / "content/posts/re-how-we-found-a-platform-lead.md").unlink()
    front, _ = reply_of(folder, brandkit(folder, "new", "reply", "acme-7", "--json"))
    assert front["reply_to"]["title"] == "How we found a platform lead"


def test_an_address_that_nobody_knows_is_not_fetched_and_that_is_said(folder: Path, brandkit: Any) -> None:
    said = brandkit(folder, "new", "reply", "https://never.example/read")
    assert said.code == 0
    assert "nothing was fetched" in said.out
    text = (folder / "content/posts/re-never-example.md").read_text()
    assert 'title: "", author: ""' in text


@pytest.mark.parametrize("wanted", ["zz", "nothing-like-it", "ht"])
def test_what_is_neither_link_nor_id_is_wrong_usage(folder: Path, brandkit: Any, wanted: str) -> None:
    said = brandkit(folder, "new", "reply", wanted)
    assert said.code == 2
    assert "no entry is called" in said.err


def test_nothing_private_is_in_the_post_and_it_builds(folder: Path, brandkit: Any) -> None:
    said = brandkit(folder, "new", "reply", suggested(folder, brandkit), "--json")
    text = (folder / said.json["written"][0]).read_text().lower()
    assert not [word for word in ("secret", "ada", "acme-77", "suggest") if word in text]
    checked = brandkit(folder, "check", "--json")
    assert not [d for d in checked.json["diagnostics"] if d["file"] == said.json["written"][0]]
    listed = brandkit(folder, "list", "--json").json
    assert [row["status"] for row in listed if row["title"].startswith("Re: ")] == ["draft"]
