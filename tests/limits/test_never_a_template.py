"""What people and strangers write is never compiled as a template: it stays as it is, in every output."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import pytest

pytestmark = pytest.mark.slow
SUM = "1117 * 1009"
TEXT = (
    f"{{{{ {SUM} }}}} {{% raw %}}{{{{ {SUM} }}}}{{% endraw %}} {{% set a = {SUM} %}} {{# {SUM} #}}"
    f" ${{{SUM}}} %(a)s {{a}} {{0}}"
)
COMPUTED = str(1117 * 1009)
LINE = json.dumps(TEXT)

POST = f"""---
title: {LINE}
date: 2026-02-01
description: {LINE}
tags: [{LINE}]
series: {LINE}
authors: [{LINE}]
image_alt: {LINE}
params: {{own: {LINE}}}
---
# {TEXT}

{TEXT} platform lead

```
{TEXT}
```
"""

PROJECT = f"""
-- site.yaml --
title: {LINE}
tagline: {LINE}
url: https://x.example/
today: 2026-03-01
author: {{name: {LINE}, bio: {LINE}}}
cards: false
-- content/posts/a.md --
{POST}
-- content/talks/t.md --
{POST.replace("series:", "event:")}
-- content/testimonials/q.md --
---
by: {LINE}
quote: {LINE}
consent: {LINE}
date: 2026-02-01
---
-- content/data/own.yaml --
words: {LINE}
-- content/vault/me.yaml --
name: {LINE}
email: me@x.example
expertise: [{LINE}, platform lead]
goals: [{{text: {LINE}, by: 2026-12-31}}]
-- content/vault/contacts.yaml --
- id: ada
  name: {LINE}
  organization: {LINE}
  title: {LINE}
  emails: [ada@acme.example]
  circle: {LINE}
  every: 30 days
  birthday: --03-03
  interests: [{LINE}, platform lead]
  needs: [{{text: {LINE}, since: 2026-02-01}}, {{text: find a platform lead, since: 2026-02-01}}]
  facts: [{LINE}]
  offers: [{LINE}]
  notes: {LINE}
  met: {{on: 2025-06-01, at: ev}}
- id: bea
  name: Bea Example
  emails: [bea@acme.example]
  interests: [platform lead]
  needs: [{{text: find a platform lead, since: 2026-02-01}}]
-- content/vault/events.yaml --
- {{id: ev, name: {LINE}, start: 2026-03-05T09:00, location: {LINE}, attendees: [ada, {{name: {LINE}}}]}}
-- content/vault/feeds.yaml --
- {{id: library, url: feed.xml, title: {LINE}, tags: [{LINE}]}}
-- content/vault/journal/2026.jsonl --
{json.dumps({"id": "01A", "at": "2026-02-01T09:00:00Z", "contacts": ["ada"], "type": "call", "summary": TEXT})}
-- content/vault/feed.xml --
<rss version="2.0"><channel><title>{escape(TEXT)}</title><item><title>platform lead {escape(TEXT)}</title>
<link>https://y.example/lead</link><guid>g</guid><pubDate>Fri, 20 Feb 2026 09:00:00 GMT</pubDate>
<author>{escape(TEXT)}</author>
<description>How we found our platform lead. The platform lead {escape(TEXT)} came from the desk.</description>
</item></channel></rss>
"""


def test_expressions_in_every_text_stay_as_they_are(site: Callable[[str], Path], brandkit: Any) -> None:
    folder = site(PROJECT)
    ran = brandkit(folder, "build", "--offline", "--json")
    assert [d for d in ran.json["diagnostics"] if d["severity"] == "error"] == []
    said = [brandkit(folder, *command.split()).out for command in COMMANDS]
    drafts = [brandkit(folder, "draft", each["id"]).out for each in json.loads(said[0])]
    assert len(drafts) >= 2
    made = [path for name in ("public", "private") for path in (folder / name).rglob("*") if path.is_file()]
    texts = {str(path): path.read_bytes().decode("utf-8", "replace") for path in made}
    assert len(texts) > 40
    for name, text in {**texts, **{f"command {n}": text for n, text in enumerate([*said, *drafts])}}.items():
        assert COMPUTED not in text, name
    for name in ("public/posts/a/index.html", "public/feed.xml", "public/llms.txt", "private/index.html"):
        assert f"{{{{ {SUM} }}}}" in texts[str(folder / name)], name
    assert f"{{# {SUM} #}}" in texts[str(folder / "public/posts/a/index.html")]
    assert "{% raw %}" in texts[str(folder / "public/posts/a/index.html")]


COMMANDS = (
    *(
        "suggest --json",
        "brief ada",
        "person show ada",
        "ideas",
        "network",
        "export vcard",
        "export csv",
        "export json",
    ),
    *("export opml", "list"),
)


def test_a_template_of_the_vault_sees_names_and_compiles_none(site: Callable[[str], Path], brandkit: Any) -> None:
    """A draft template is one; what it is given is not."""
    template = "\n-- content/vault/templates/share.email.en.txt --\nSubject: {{ item.title }}\n\n{{ contact.name }}\n"
    folder = site(PROJECT + template)
    shares = [each for each in brandkit(folder, "suggest", "--json", "--offline").json if each["move"] == "share"]
    assert shares
    for each in shares:
        assert COMPUTED not in brandkit(folder, "draft", each["id"], "--offline").out
