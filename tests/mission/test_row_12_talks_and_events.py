"""Row 12, own talks and events in public: pages, press kit, next event on home, one calendar whose UIDs stay."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

PROJECT = """
-- site.yaml --
title: Kim
url: https://kim.example/
timezone: Europe/Berlin
author: {name: Kim Example, bio: Kim repairs bicycles.}
-- content/events/fair.md --
---
title: Bicycle fair
start: 2026-03-10T09:00
end: 2026-03-11T17:00
location: Hall 4
url: https://fair.example/
---
I speak about chains.
-- content/events/old.md --
---
title: Last year's fair
start: 2025-03-10
---
It rained.
-- content/talks/chains.md --
---
title: On chains
date: 2025-03-10
event: Last year's fair
---
Chains wear.
-- content/data/speaking.yaml --
long_bio: Kim has repaired bicycles for twenty years.
topics: [{title: Chains}]
"""


@pytest.fixture
def folder(site: Callable[[str], Path]) -> Path:
    return site(PROJECT)


def page(folder: Path, path: str) -> str:
    return (folder / "public" / path / "index.html").read_text(encoding="utf-8")


def uids(folder: Path) -> set[str]:
    return set(re.findall(r"UID:(\S+)", (folder / "public/calendar.ics").read_text(encoding="utf-8")))


def test_the_next_event_stands_on_the_home_page_until_it_is_over(brandkit: Any, folder: Path) -> None:
    assert brandkit(folder, "build", "--today", "2026-03-01").code == 0
    assert "Bicycle fair" in page(folder, ".") and "Last year" not in page(folder, ".").split("On chains")[0]
    assert '"startDate":"2026-03-10T09:00:00+01:00"' in page(folder, "events/fair")
    assert brandkit(folder, "build", "--today", "2026-03-12").code == 0
    assert "Bicycle fair" not in page(folder, ".")
    assert "Bicycle fair" in page(folder, "events")


def test_the_press_kit_is_there_with_its_talks_and_not_without_its_data(brandkit: Any, folder: Path) -> None:
    assert brandkit(folder, "build", "--today", "2026-03-01").code == 0
    kit = page(folder, "speaking")
    assert all(words in kit for words in ("twenty years", "Kim repairs bicycles.", "On chains", "Chains"))
    (folder / "content/data/speaking.yaml").unlink()
    assert brandkit(folder, "build", "--today", "2026-03-01").code == 0
    assert not (folder / "public/speaking").exists()


def test_uids_stay_when_texts_times_and_days_change(brandkit: Any, folder: Path) -> None:
    assert brandkit(folder, "build", "--today", "2026-03-01").code == 0
    before = uids(folder)
    event = folder / "content/events/fair.md"
    event.write_text(event.read_text(encoding="utf-8").replace("Bicycle fair", "The fair").replace("T09", "T10"))
    assert brandkit(folder, "build", "--today", "2026-03-05").code == 0
    assert (
        uids(folder) == before == {f"https://kim.example/{p}/" for p in ("events/fair", "events/old", "talks/chains")}
    )


def test_a_called_off_event_is_said_to_be_and_is_next_no_more(brandkit: Any, folder: Path) -> None:
    event = folder / "content/events/fair.md"
    event.write_text(event.read_text(encoding="utf-8").replace("location:", "status: cancelled\nlocation:"))
    assert brandkit(folder, "build", "--today", "2026-03-01").code == 0
    assert "Bicycle fair" not in page(folder, ".") and "Cancelled" in page(folder, "events/fair")
    assert "STATUS:CANCELLED" in (folder / "public/calendar.ics").read_text(encoding="utf-8")
