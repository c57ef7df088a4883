"""Every calendar of the outside collection: a clear outcome in time; and ours are read by the same library."""

from __future__ import annotations

import subprocess
import sys
import time
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from brandkit.io.feeds.calendar_parsing import ParsedCalendar, parse_calendar

REPOSITORY = Path(__file__).resolve().parents[2]
SECONDS = 1.0
# A separate process, so that even a reader that never came back would be ended.
READ_ALL = """
import sys, time
from pathlib import Path
from brandkit.io.feeds.calendar_parsing import parse_calendar
for path in sorted(Path(sys.argv[1]).rglob("*.ics")):
    began = time.thread_time()
    parsed = parse_calendar(path.read_bytes())
    print(path.name, len(parsed.records), parsed.problem or "", f"{time.thread_time() - began:.3f}", sep="\\t")
"""


@pytest.fixture(scope="module")
def corpus(shared: Path) -> list[Path]:
    paths = sorted((shared / "corpora" / "ics-icalendar").rglob("*.ics"))
    if not paths:
        pytest.skip("the collection of calendars is not there")
    return paths


def read_in_time(path: Path) -> ParsedCalendar:
    began = time.thread_time()
    parsed = parse_calendar(path.read_bytes())
    assert time.thread_time() - began < SECONDS, path
    return parsed


def test_no_file_hangs(corpus: list[Path]) -> None:
    folder = corpus[0].parents[1]
    done = subprocess.run(
        [sys.executable, "-c", READ_ALL, str(folder)],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    rows = [line.split("\t") for line in done.stdout.splitlines()]
    assert len(rows) == len(corpus)
    assert all(float(row[-1]) < SECONDS for row in rows)


def test_every_file_has_a_clear_outcome(corpus: list[Path]) -> None:
    for path in corpus:
        parsed = read_in_time(path)
        for line in (parsed.problem or "", *parsed.notes, *(record.title for record in parsed.records)):
            assert "\n" not in line, path
        assert "could not be read (" not in (parsed.problem or ""), path
        for record in parsed.records:
            assert record.title and record.uid, path
            assert not any(ord(c) < 32 and c != "\n" for c in record.text + record.location), path
            assert record.url == "" or record.url.startswith(("http://", "https://")), path


def test_files_that_the_library_reads_give_the_events_that_it_finds(corpus: list[Path]) -> None:
    """The same starts as icalendar finds, where it reads a file whole and without complaint."""
    from icalendar import Calendar

    compared = 0
    for path in corpus:
        try:
            calendars = Calendar.from_ical(path.read_bytes(), multiple=True)
            events = [event for calendar in calendars for event in calendar.walk("VEVENT")]
            if not events or any(event.errors or "DTSTART" not in event for event in events):
                continue
            starts = {_clock(event.decoded("DTSTART")) for event in events}
        except (ValueError, KeyError, AttributeError, TypeError):
            continue
        found = {_clock(record.starts) for record in parse_calendar(path.read_bytes()).records}
        assert found == {start for start in starts if 1600 <= start.year <= 2400}, path
        compared += 1
    assert compared > 25


def _clock(when: date) -> date:
    return when.replace(tzinfo=None) if isinstance(when, datetime) else when


def test_our_own_calendar_is_read_by_the_library_and_by_ourselves() -> None:
    from icalendar import Calendar

    from brandkit.engage.days.calendar_entries import calendar_entries
    from brandkit.engage.days.calendar_file import calendar_text
    from brandkit.engage.vault import read_vault

    names = ("me", "contacts", "events", "organizations", "mentorships")
    folder = REPOSITORY / "content" / "vault"
    files = {f"{name}.yaml": (folder / f"{name}.yaml").read_text(encoding="utf-8") for name in names}
    vault = read_vault(files).value
    assert vault is not None
    today = date(2026, 3, 1)
    text = calendar_text(calendar_entries(vault, today, ZoneInfo("Europe/Berlin")), {}, "alex@example.org", today).text
    events = Calendar.from_ical(text).walk("VEVENT")
    assert len(events) > 5
    assert not any(event.errors for event in events)
    again = parse_calendar(text.encode())
    assert (again.problem, again.notes, len(again.records)) == (None, (), len(events))
