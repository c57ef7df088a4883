"""The leak gate: a private string in the site stops a deploy; nothing is carried anywhere."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

SITE = """
-- site.yaml --
title: Gate
url: https://gate.example/
-- content/posts/own.md --
---
title: Own
date: 2026-01-01
description: {description}
---
{text}
-- content/vault/contacts.yaml --
- id: ada
  name: Ada Example
  emails: [ada.private@acme.example]
  phones: ["+49 30 5550 0101"]
  needs: [{{text: find a platform lead by spring}}]
  notes: Wednesday afternoons are for her team. Her firm is up for sale.
-- content/vault/journal/2026.jsonl --
{{"id": "01KEKNJD80NPGAG1J9QB1DHPWB", "at": "2026-01-10T10:00:00Z", "contacts": ["ada"], "type": "call", \
"direction": "mutual", "summary": "the board does not know yet"}}
"""

LEAKS = {
    "an address": "Write to ada.private@acme.example.",
    "an address in other letters": "Write to Ada.Private@ACME.example.",
    "a phone number": "Call +49 30 5550 0101.",
    "a need": "Somebody wants to find a platform lead by spring.",
    "a sentence of a note": "I heard that her firm is up for sale.",
    "a sentence over two lines": "I heard: her firm is\nup for sale.",
    "a line of the journal": "It seems the board does not know yet.",
    "behind an entity": "Write to ada.private&#64;acme.example.",
}


def test_every_private_string_is_found_and_stops_the_deploy(
    site: Callable[[str], Path], tmp_path: Path, brandkit: Callable[..., object]
) -> None:
    project = site(SITE.format(text="Text.", description="d"))
    for number, text in enumerate(LEAKS.values()):
        post = f"---\ntitle: T\ndate: 2026-01-01\ndescription: d\n---\n{text}\n"
        (project / f"content/posts/leak-{number}.md").write_text(post)
    ran = brandkit(project, "deploy", "folder", str(tmp_path / "www"))
    assert ran.code == 3
    found = {name for number, name in enumerate(LEAKS) if f"public/posts/leak-{number}/index.html" in ran.err}
    assert found == set(LEAKS)
    assert "posts/own/" not in ran.err
    assert not (tmp_path / "www").exists()
    assert brandkit(project, "deploy", "folder", str(tmp_path / "www"), "--dry-run").code == 3


def test_what_is_not_private_is_deployed(
    site: Callable[[str], Path], tmp_path: Path, brandkit: Callable[..., object]
) -> None:
    project = site(SITE.format(text="Ada Example spoke about hiring.", description="d"))
    ran = brandkit(project, "deploy", "folder", str(tmp_path / "www"))
    assert ran.code == 0, ran.err
    assert "none found" in ran.out
    assert (tmp_path / "www/posts/own/index.html").is_file()


def test_without_a_vault_the_search_has_to_be_waived_aloud(
    site: Callable[[str], Path], tmp_path: Path, brandkit: Callable[..., object]
) -> None:
    project = site(SITE.format(text="Text.", description="d"))
    (project / "content/vault").rename(tmp_path / "away")
    assert brandkit(project, "deploy", "folder", str(tmp_path / "www")).code == 3
    ran = brandkit(project, "deploy", "folder", str(tmp_path / "www"), "--public-only")
    assert ran.code == 0, ran.err
    assert "not searched" in ran.out
