"""Once the patch is in, no byte of a forgotten person is left in vault, state, drafts or pages."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

TRACES = (b"zebedee", b"Zebedee", b"quartz", b"0555 0199", b"5550199")
CONTACT = """\
- {id: grace, name: Grace Harbour, emails: [g@harbour.example], knows: [zebedee], expertise: [quartz lamps]}
- id: zebedee
  name: Zebedee Lantern
  emails: [zebedee@lantern.example]
  phones: ["+49 30 0555 0199"]
  every: 7 days
  feeds: [https://zebedee.example/feed.xml]
  interests: [hiring]
  needs: [{text: quartz lamps}]
  notes: |
    Collects quartz.
"""


def _rows() -> str:
    rows: list[dict[str, Any]] = [
        {"type": "call", "contacts": ["zebedee"], "summary": "quartz again", "promises": [{"text": "send quartz"}]},
        {"type": "meeting", "contacts": ["zebedee", "grace"], "summary": "tea"},
        {"type": "introduction", "contacts": ["grace"], "a": "grace", "b": "zebedee", "state": "asked"},
    ]
    return "\n".join(json.dumps({"id": f"j{n}", "at": "2026-02-01T09:00:00Z", **row}) for n, row in enumerate(rows))


def _brand(site: Callable[[str], Path]) -> Path:
    folder = site(
        "-- site.yaml --\ntitle: Test\nurl: https://me.example/\ntoday: 2026-03-01\nsearch: false\ncards: false\n"
        f"-- content/vault/me.yaml --\nname: Alex\n-- content/vault/contacts.yaml --\n{CONTACT}"
        "-- content/vault/events.yaml --\n- {id: e, name: Fair, start: 2026-03-09, attendees: [zebedee, grace]}\n"
        "-- content/vault/mentorships.yaml --\n- {id: m, role: mentor, with: zebedee, goals: [more quartz]}\n"
        f"-- content/vault/journal/2026.jsonl --\n{_rows()}\n"
        '-- content/vault/journal/2025.torn --\n{"id": "x", "summary": "Zebedee and qua'
    )
    drafts = folder / "private/drafts"
    drafts.mkdir(parents=True)
    (drafts / "zebedee-share-abcd1234.txt").write_text("Hi Zebedee", encoding="utf-8")
    (drafts / "grace-share-abcd1234.txt").write_text("Hi Grace", encoding="utf-8")
    return folder


def _publish(folder: Path) -> None:
    """What was read from the person's own feed, as a run leaves it."""
    from datetime import UTC, datetime

    from brandkit.io.feeds.sanitise import EntryRecord
    from brandkit.io.store.entry_store import EntryStore

    day = datetime(2026, 2, 27, tzinfo=UTC)
    fields = dict.fromkeys(EntryRecord.__dataclass_fields__, "")
    given = {
        **fields,
        "guid": "z1",
        "url": "https://zebedee.example/1",
        "title": "On quartz",
        "text": "Zebedee on quartz.",
    }
    given |= {"published": day, "updated": None, "language": "en", "tags": (), "digest": "d"}
    with EntryStore(folder / ".brandkit/state/entries.db") as store:
        names = EntryRecord.__dataclass_fields__
        store.save_entries("people/zebedee/1", [EntryRecord(**{k: v for k, v in given.items() if k in names})], day)


def _left(folder: Path) -> list[str]:
    below = [folder / "content", folder / ".brandkit/state", folder / "private"]
    files = [path for place in below for path in place.rglob("*") if path.is_file()]
    named = [path.as_posix() for path in files if "zebedee" in path.name]
    return named + [path.as_posix() for path in files if any(trace in path.read_bytes() for trace in TRACES)]


@pytest.mark.slow
def test_nothing_is_left_once_the_patch_is_in(site: Callable[[str], Path], brandkit: Callable[..., Any]) -> None:
    folder = _brand(site)
    assert brandkit(folder, "build", "--offline").code == 0
    _publish(folder)
    assert brandkit(folder, "suggest", "--offline").code == 0
    kept = len(_left(folder))
    assert kept > 8
    assert (folder / ".brandkit/state/vault.kept").as_posix() in _left(folder)
    erasure = brandkit(folder, "person", "erase", "zebedee", "--yes", "--remember", "--json").json
    assert erasure["entries"] and erasure["state"] and erasure["drafts"] == 1 and erasure["pages"]
    subprocess.run(["patch", "-p1"], cwd=folder, input=erasure["patch"], text=True, check=True, capture_output=True)
    contacts = folder / "content/vault/contacts.yaml"
    assert _left(folder) == [contacts.as_posix()]  # Grace's expertise is hers, and stays
    contacts.write_text(contacts.read_text(encoding="utf-8").replace("quartz", "stone"), encoding="utf-8")
    assert (folder / "private/drafts/grace-share-abcd1234.txt").exists()
    assert brandkit(folder, "build", "--offline").code == 0
    assert _left(folder) == []
    assert "nothing is kept under that name" in brandkit(folder, "person", "erase", "zebedee").err


@pytest.mark.slow
def test_what_a_run_between_erasure_and_patch_made_goes_with_the_next(
    site: Callable[[str], Path], brandkit: Callable[..., Any]
) -> None:
    folder = _brand(site)
    erasure = brandkit(folder, "person", "erase", "zebedee", "--yes", "--json").json
    assert brandkit(folder, "build", "--offline").code == 0
    _publish(folder)
    subprocess.run(["patch", "-p1"], cwd=folder, input=erasure["patch"], text=True, check=True, capture_output=True)
    again = brandkit(folder, "person", "erase", "zebedee", "--yes", "--json").json
    assert again["carried_out"] and again["entries"]
    assert "nothing is kept under that name" in brandkit(folder, "person", "erase", "zebedee").err
