"""The vault: its files, the journal, a rule of recurrence, a patch."""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime, time
from itertools import islice
from pathlib import Path
from typing import Any

from oracles import placed
from target import Target, files, texts, together

from brandkit.base.marked_yaml import read_yaml
from brandkit.engage.days.recurrence import days_of, last_moment, read_rule, rule_text
from brandkit.engage.journal import line_of, read_journal
from brandkit.engage.sources.patches import Added, Gone, Put, changed
from brandkit.engage.vault import read_vault

_REPOSITORY = Path(__file__).resolve().parents[3]
_KNOWN = ("ada", "grace", "me")
_GOOD = '{"id": "01GOODLINE", "at": "2026-02-01T09:00:00Z", "contacts": ["ada"], "type": "call"}'


def _file(*names: str) -> Callable[[bytes], None]:
    """The text as each of these files of the vault."""

    def judge(data: bytes) -> None:
        text = data.decode("utf-8", "replace")
        for name in names:
            read = read_vault({name: text}, "content/vault")
            placed(read.diagnostics, text)
        if zlib.crc32(data) % 8 == 0:
            assert read_vault({names[0]: text}) == read_vault({names[0]: text}), "read twice, and not the same"

    return judge


def _journal(data: bytes) -> None:
    text = data.decode("utf-8", "replace")
    whole = read_journal([("journal/2026.jsonl", text)], _KNOWN)
    placed(whole.diagnostics, text)
    lines = text.split("\n")
    alone = [read_journal([("journal/2026.jsonl", line)], _KNOWN) for line in lines]
    assert {line.id for line in whole.value} <= {line.id for one in alone for line in one.value}
    good = [one.value[0] for one in alone if one.value]
    taken_back = {json.loads(line).get("supersedes") for line, one in zip(lines, alone, strict=True) if _is_row(line)}
    lost = {line.id for line in good} - {line.id for line in whole.value} - taken_back
    assert not lost, f"good lines were lost: {sorted(lost)[:3]}"
    for at in (0, len(lines) // 2, len(lines)):
        with_one = "\n".join([*lines[:at], _GOOD, *lines[at:]])
        kept = read_journal([("journal/2026.jsonl", with_one)], _KNOWN).value
        assert "01GOODLINE" in {line.id for line in kept} | taken_back | {_id(line) for line in lines}, (
            "a line was lost"
        )
    for line in good:
        again = read_journal([("j", line_of(line.row))], _KNOWN).value
        assert [replace(one, row={}) for one in again] == [replace(line, row={})], (
            "a line that is written down again says something else"
        )


def _is_row(line: str) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def _id(line: str) -> Any:
    return json.loads(line).get("id") if _is_row(line) else None


def _rule(data: bytes) -> None:
    text = data.decode("utf-8", "replace")
    rule = read_rule(text)
    for first in (date(2024, 2, 29), date(1, 1, 1), date(9998, 12, 31)):
        begin = datetime.combine(first, time(9))
        window = (date(2026, 1, 1), date(2027, 1, 1))
        days = list(days_of(begin, rule, last_moment(rule, None), window))
        assert days == sorted(set(days)) and all(window[0] <= day <= window[1] for day in days)
        rule_text(text, None, True)


def _patch(data: bytes) -> None:
    """Changes of a text: what comes out says what was meant, and nothing else was touched."""
    text = data.decode("utf-8", "replace")
    read = read_yaml(text, "contacts.yaml").value
    for path in islice(_paths(read.data if read else None), 5):
        for change in (
            Gone(path),
            Put(path, "new: words\n# two"),
            Put((*path, "notes"), ["a", 1]),
            Added(path, ("x",)),
        ):
            after = changed(text, [change])
            assert after is None or read_yaml(after, "x").value is not None, "a patch that cannot be read"


def _paths(data: Any) -> Iterator[tuple[str | int, ...]]:
    pairs: Iterable[tuple[str | int, Any]] = ()
    if isinstance(data, dict):
        pairs = list(data.items())[:3]
    elif isinstance(data, list):
        pairs = list(enumerate(data))[:2]
    for key, inner in pairs:
        yield (key,)
        yield from ((key, *rest) for rest in list(_paths(inner))[:3])


def _own(*names: str) -> Callable[[Path], Iterator[bytes]]:
    return lambda _: ((_REPOSITORY / "content/vault" / name).read_bytes() for name in names)


def _lines(_: Path) -> Iterator[bytes]:
    for path in sorted((_REPOSITORY / "content/vault/journal").glob("*.jsonl")):
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]
        for row in rows:
            named = [f"{_KNOWN[0]}"] if row.get("contacts") else []
            yield json.dumps({**row, "contacts": named}).encode()
        yield "\n".join(json.dumps({**row, "contacts": ["ada"]}) for row in rows[:10]).encode()


_YAML = ("- id: ", "name: ", ": ", "\n  ", "&a ", "*a", "!!map ", "|\n", "{", "}", "[", "]", "? ", "#", "\t", "null")
_CONTACT = tuple(
    (
        "emails: |phones: |every: 30 days|birthday: --02-29|dates: |needs: |since: 2026-02-01|met: |consent: |"
        "publish: |hold: |until: |profiles: |timezone: Europe/Berlin|knows: |circle: |"
        "meets: FREQ=MONTHLY;BYDAY=1TU|start: 2026-03-10T09:00|attendees: |role: |weight: 1.0|kind: "
    ).split("|")
)
_PARTS = ('"id": ', '"at": "2026-02-01T09:00:00Z"', '"type": "call"', '"contacts": ["ada"]', '"supersedes": ', '"a": ')
_RULES = tuple(("FREQ=|DAILY|WEEKLY|MONTHLY|YEARLY|INTERVAL=|COUNT=|UNTIL=|BYDAY=|BYMONTHDAY=-1|;").split("|"))

_SUITE = files("yaml-test-suite", ".yaml")
TARGETS = (
    Target(
        "contacts",
        _file("contacts.yaml", "contacts/ada.yaml"),
        together(_own("contacts.yaml"), _SUITE),
        (*_YAML, *_CONTACT),
    ),
    Target("me", _file("me.yaml"), together(_own("me.yaml"), _SUITE), (*_YAML, *_CONTACT)),
    Target("followed", _file("feeds.yaml"), together(_own("feeds.yaml"), _SUITE), (*_YAML, *_CONTACT)),
    Target(
        "events",
        _file("events.yaml", "organizations.yaml", "communities.yaml", "mentorships.yaml"),
        together(_own("events.yaml", "organizations.yaml", "communities.yaml", "mentorships.yaml"), _SUITE),
        (*_YAML, *_CONTACT),
    ),
    Target("journal", _journal, _lines, _PARTS),
    Target("rule", _rule, texts("FREQ=MONTHLY;BYDAY=1TU", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;COUNT=3"), _RULES),
    Target("patch", _patch, together(_own("contacts.yaml", "feeds.yaml"), _SUITE), _YAML),
)
