"""How long `brandkit suggest` takes, and how much memory, as a vault grows. Run on purpose:

    python tests/benchmarks/advice_at_scale.py [CONTACTS] [FEEDS] [ENTRIES]

It makes vaults of invented people and feeds (the same for the same numbers) and prints seconds of processor time, of
all processes together, and the peak memory of three runs: the first, which reads the feeds; one that finds nothing new;
and one on the next day, on which one feed of ten has something new. Then how each grows when the contacts are doubled
among the same entries, and when the entries are doubled for the same contacts: 2 would be as much again.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

TODAY = datetime(2026, 3, 1, 9, tzinfo=UTC)
_SUBJECTS = (
    "platform caching hiring observability security accessibility teaching budgeting mentoring design testing "
    "deployment logistics gardening climbing policy privacy writing speaking facilitation incident review dashboards "
    "compilers packaging migration onboarding documentation research statistics forecasting maps energy water housing"
).split()
_SHAPES = "small calm honest remote shared quiet measured open patient early late public private first second".split()
_VERBS = "build measure explain repair replace compare teach question document publish simplify postpone".split()


def make(folder: Path, contacts: int, feeds: int, entries: int) -> None:
    """Write the project."""
    dice = random.Random(7)
    words = _words(dice)
    vault = folder / "content" / "vault"
    (vault / "feeds").mkdir(parents=True)
    (vault / "journal").mkdir()
    (folder / "site.yaml").write_text("title: Scale\nurl: https://me.example/\ntoday: 2026-03-01\n")
    topics = ", ".join(f"{a} {b}" for a, b in zip(_SHAPES, _SUBJECTS, strict=False))
    (vault / "me.yaml").write_text(f"name: Alex Example\nlanguages: [en]\nexpertise: [{topics}]\n")
    (vault / "contacts.yaml").write_text("".join(_contact(n, dice, contacts) for n in range(contacts)))
    rows = [f"- {{id: feed{n}, url: feeds/feed{n}.xml, title: Feed {n}}}\n" for n in range(feeds)]
    (vault / "feeds.yaml").write_text("".join(rows))
    for n in range(feeds):
        (vault / "feeds" / f"feed{n}.xml").write_text(_feed(n, entries // feeds, dice, words))
    lines = (_line(n, dice, contacts) for n in range(contacts * 3))
    (vault / "journal" / "2026.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))


def _words(dice: random.Random) -> list[str]:
    """Rare words are rare, as in texts that people write: a subject stands in about one entry of thirty."""
    rare = [f"{dice.choice(_SHAPES)}{n}" for n in range(20_000)]
    words = [rare[min(int(dice.paretovariate(0.6)), len(rare) - 1)] for _ in range(60_000)]
    return words + (_SUBJECTS + _VERBS + _SHAPES) * 20


def _contact(n: int, dice: random.Random, count: int) -> str:
    likes = [f"{dice.choice(_SHAPES)} {dice.choice(_SUBJECTS)}" for _ in range(3)]
    need = f"{dice.choice(_VERBS)} {dice.choice(_SHAPES)} {dice.choice(_SUBJECTS)}"
    knows = f", knows: [p{dice.randrange(count)}]" if n % 7 == 0 else ""
    return (
        f"- {{id: p{n}, name: Person{n} Example, every: {dice.choice((14, 30, 90, 180))} days, languages: [en], "
        f"interests: [{', '.join(likes)}], needs: [{{text: {need}, since: 2026-01-15}}], "
        f"expertise: [{dice.choice(_SHAPES)} {dice.choice(_SUBJECTS)}]{knows}}}\n"
    )


def _feed(n: int, count: int, dice: random.Random, words: list[str]) -> str:
    items = "".join(_item(n, k, dice, words) for k in range(count))
    head = f"<title>Feed {n}</title><language>en</language>"
    return f'<?xml version="1.0"?><rss version="2.0"><channel>{head}{items}</channel></rss>'


def _item(
    n: int, k: int, dice: random.Random, words: list[str], until: datetime = TODAY, minutes: int = 90 * 24 * 60
) -> str:
    day = format_datetime(until - timedelta(minutes=dice.randrange(minutes)))
    title = " ".join(dice.choice(words) for _ in range(6))
    text = ". ".join(" ".join(dice.choice(words) for _ in range(12)).capitalize() for _ in range(8))
    link = f"https://feed{n}.example/{k}"
    return (
        f"<item><title>{title}</title><link>{link}</link><guid>{link}</guid><pubDate>{day}</pubDate>"
        f"<description>{text}.</description></item>"
    )


def _line(n: int, dice: random.Random, contacts: int) -> dict[str, object]:
    at = (TODAY - timedelta(days=dice.randrange(1, 59))).isoformat().replace("+00:00", "Z")
    kind = dice.choice(("call", "message", "meeting", "replied"))
    direction = "gave" if kind == "message" else "mutual"
    return {
        "id": f"line{n}",
        "at": at,
        "contacts": [f"p{dice.randrange(contacts)}"],
        "type": kind,
        "direction": direction,
    }


def next_day(folder: Path) -> int:
    """Let a day pass, on which one feed of ten says something new. Returns how many entries that are."""
    dice = random.Random(8)
    site = folder / "site.yaml"
    tomorrow = TODAY + timedelta(days=1)
    site.write_text(site.read_text().replace(f"{TODAY:%Y-%m-%d}", f"{tomorrow:%Y-%m-%d}"))
    words, count = _words(random.Random(7)), 0
    for n, path in enumerate(sorted((folder / "content" / "vault" / "feeds").iterdir())):
        if n % 10 == 0:
            new = "".join(
                _item(n, 10_000 + k, dice, words, tomorrow, 24 * 60) for k in range(dice.choice((1, 1, 1, 2)))
            )
            count += new.count("<item>")
            path.write_text(path.read_text().replace("<item>", f"{new}<item>", 1))
    return count


@dataclass(frozen=True)
class Cost:
    """What one run took: seconds of processor time, and peak memory in MB."""

    seconds: float
    memory: float


def measure(folder: Path) -> Cost:
    """One run."""
    code = "from brandkit.cli.main import main; import sys; sys.argv = ['brandkit', 'suggest', '--offline']; main()"
    child = subprocess.Popen([sys.executable, "-c", code], cwd=folder, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(child.pid, 0)
    assert status == 0, status
    return Cost(used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def costs(contacts: int, feeds: int, entries: int) -> tuple[Cost, Cost, Cost]:
    """The first run, one with nothing new, one on the next day; printed."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make(folder, contacts, feeds, entries)
        first, same = measure(folder), measure(folder)
        new = next_day(folder)
        day = measure(folder)
    peak = max(first.memory, same.memory, day.memory)
    row = f"{contacts:>9} {feeds:>6} {entries:>8} {first.seconds:>8.1f} {same.seconds:>8.1f} {day.seconds:>8.1f}"
    print(f"{row} {new:>5} {peak:>8.0f}", flush=True)
    return first, same, day


def main() -> None:
    """The whole, half of its contacts, half of its entries."""
    given = (*sys.argv[1:], *("5000", "2000", "100000")[len(sys.argv) - 1 :])
    contacts, feeds, entries = (int(value) for value in given)
    print(f"{'contacts':>9} {'feeds':>6} {'entries':>8} {'first':>8} {'same':>8} {'day':>8} {'new':>5} {'peak MB':>8}")
    fewer_people = costs(contacts // 2, feeds, entries)
    fewer_entries = costs(contacts, feeds // 2, entries // 2)
    whole = costs(contacts, feeds, entries)
    for name, half in (("contacts", fewer_people), ("entries", fewer_entries)):
        grown = "  ".join(f"{now.seconds / before.seconds:.2f}" for now, before in zip(whole, half, strict=True))
        print(f"{name} doubled: {grown}  (first, same, day)")


if __name__ == "__main__":
    main()
