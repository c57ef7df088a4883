"""How long `brandkit suggest` takes, and how much memory, as a vault grows. Run on purpose:

    python tests/benchmarks/advice_at_scale.py [CONTACTS] [FEEDS] [ENTRIES]

It makes a vault of invented people and feeds (the same for the same numbers), runs the command for a
quarter, a half and the whole of it, and prints seconds and peak memory of the first run (which reads the
feeds) and of the second (which finds nothing new).
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import tempfile
import time
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
    # rare words are rare, as in texts that people write: a subject stands in about one entry of thirty
    rare = [f"{dice.choice(_SHAPES)}{n}" for n in range(20_000)]
    words = [rare[min(int(dice.paretovariate(0.6)), len(rare) - 1)] for _ in range(60_000)]
    words += (_SUBJECTS + _VERBS + _SHAPES) * 20
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


def _item(n: int, k: int, dice: random.Random, words: list[str]) -> str:
    day = format_datetime(TODAY - timedelta(minutes=dice.randrange(90 * 24 * 60)))
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


def measure(folder: Path) -> tuple[float, float]:
    """Seconds, and peak memory in MB, of one run."""
    began = time.perf_counter()
    code = "from brandkit.cli.main import main; import sys; sys.argv = ['brandkit', 'suggest', '--offline']; main()"
    child = subprocess.Popen([sys.executable, "-c", code], cwd=folder, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(child.pid, 0)
    assert status == 0, status
    return time.perf_counter() - began, used.ru_maxrss / 1024


def main() -> None:
    """Three sizes, each run twice."""
    contacts, feeds, entries = (
        int(value) for value in (*sys.argv[1:], *("5000", "2000", "100000")[len(sys.argv) - 1 :])
    )
    print(f"{'contacts':>9} {'feeds':>6} {'entries':>8} {'first, s':>9} {'again, s':>9} {'peak MB':>8}")
    for share in (4, 2, 1):
        with tempfile.TemporaryDirectory() as name:
            make(Path(name), contacts // share, feeds // share, entries // share)
            first, _ = measure(Path(name))
            again, peak = measure(Path(name))
            sizes = f"{contacts // share:>9} {feeds // share:>6} {entries // share:>8}"
            print(f"{sizes} {first:>9.1f} {again:>9.1f} {peak:>8.0f}", flush=True)


if __name__ == "__main__":
    main()
