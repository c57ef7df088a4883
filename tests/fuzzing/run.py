"""Fuzzing, on purpose: `python tests/fuzzing/run.py [TARGET...] --minutes N [--folder FOLDER]`.

Every target in a process of its own, one after the other, the minutes shared out among them. Prints for each how many
inputs were tried, what was found, the slowest input and the most memory. An input that takes over 2 s, needs over
500 MB more, or breaks a promise (see oracles.py and the targets) is a finding; it is kept below FOLDER/findings and can
be tried again with `python tests/fuzzing/one.py TARGET --input FILE`. What was learned stays in FOLDER for the next
time. With `pip install atheris` inputs are led by what they reach in the code; without it they are changed by chance.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from one import HERE, REPOSITORY
from targets.registry import NAMES

GRACE = 600  # seconds beyond its share after which a target is ended


def main() -> int:
    """The whole run; 1 where something was found."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("targets", nargs="*", metavar="TARGET", help=f"one of {', '.join(NAMES)}; all without one")
    parser.add_argument("--minutes", type=float, default=10.0, help="for all targets together")
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()) / "brandkit-fuzzing")
    asked = parser.parse_args()
    wanted = asked.targets or NAMES
    if unknown := sorted(set(wanted) - set(NAMES)):
        parser.error(f"there is no target {unknown[0]}; there are {', '.join(NAMES)}")
    asked.folder.mkdir(parents=True, exist_ok=True)
    print(f"{'target':<10} {'inputs':>9} {'a second':>9} {'found':>6} {'slowest':>9} {'memory':>8}", flush=True)
    rows = [tried(name, asked.folder, asked.minutes * 60 / len(wanted)) for name in wanted]
    inputs, found = sum(row["executions"] for row in rows), sum(len(row["findings"]) for row in rows)
    print(f"{inputs} inputs, {found} findings; see {asked.folder}/findings")
    return 1 if found else 0


def tried(name: str, folder: Path, seconds: float) -> dict[str, Any]:
    """One target for so long; a process that ended early is begun again for the rest."""
    total: dict[str, Any] = {
        "executions": 0,
        "findings": {},
        "slowest": 0.0,
        "megabytes": 0,
        "seconds": 0.0,
        "work": 0.0,
    }
    end = time.monotonic() + seconds
    while (left := end - time.monotonic()) > 2:
        figures = folder / f"{name}.json"
        figures.unlink(missing_ok=True)
        code, said = _process(name, folder, left)
        row = json.loads(figures.read_text()) if figures.exists() else {"executions": 0, "findings": {}}
        total["findings"] |= row["findings"]
        for each in ("executions", "seconds", "work"):
            total[each] += row.get(each, 0)
        for each in ("slowest", "megabytes"):
            total[each] = max(total[each], row.get(each, 0))
        if code:
            total["findings"][f"ended with {code}"] = ""
            (folder / f"findings/{name}-ended-{int(time.time())}.txt").write_bytes(said)
    per_second = total["executions"] / max(1.0, total["seconds"])
    slowest, memory = f"{total['slowest']:.2f} s", f"{total['megabytes']} MB"
    print(
        f"{name:<10} {total['executions']:>9} {per_second:>9.0f} {len(total['findings']):>6} {slowest:>9} {memory:>8}",
        *(f"\n    {each}" for each in total["findings"]),
        flush=True,
    )
    return total


def _process(name: str, folder: Path, seconds: float) -> tuple[int, bytes]:
    """How it ended, and the last that it said."""
    command = [sys.executable, str(HERE / "one.py"), name, str(folder), str(seconds)]
    try:
        done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, timeout=seconds + GRACE, check=False)
    except subprocess.TimeoutExpired:
        return -1, b"it did not come back"
    return done.returncode, (done.stdout + done.stderr)[-4000:]


if __name__ == "__main__":
    sys.exit(main())
