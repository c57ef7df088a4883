"""Proof that every gate and every move matters: each is switched off in turn, and the rows that fail are shown.

Run on purpose, from the repository:

    python tests/mission/without_a_gate.py                  # every rule and every move, the rows that are theirs
    python tests/mission/without_a_gate.py hold avoid share # these alone
    python tests/mission/without_a_gate.py --all            # every row for each: the whole matrix

In: the mission's tests. Out: a matrix, one line for each rule and move, with the rows that fail without it; exit
code 1 where none fails, or not those that are expected. brandkit knows nothing of this: it is the tests' own process
(tests/ready_processes.py) that takes one rule or move out of its table. The file is also a plugin of pytest.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
REPOSITORY = HERE.parents[1]
SWITCH = "BRANDKIT_TESTS_WITHOUT"  # read by tests/ready_processes.py
RUNS_AT_ONCE = 2
# The rows that have to fail without a rule; others may fail, too.
RULES: Mapping[str, str] = {
    "do_not_contact": "15",
    "deceased": "15",
    "hold": "8 15",
    "consent": "19",
    "opt_in": "20",
    "competitor": "20",
    "other_standing": "20",
    "unanswered": "6",
    "snoozed": "24",
    "dismissed": "24",
    "done": "11 13 14",
    "gifts_per_rhythm": "1",
    "updates": "4",
    "ask_budget": "18 19",
    "your_hard_time": "19",
    "self_promotion": "13",
    "already_shared": "1",
    "own_feed": "1",
    "own_organization": "1",
    "language": "1",
    "avoid": "17",
}
# The same for moves.
MOVES: Mapping[str, str] = {
    "stand-by": "8",
    "keep-promise": "21",
    "thank": "9 16 19",
    "congratulate": "7",
    "session": "16",
    "share": "1",
    "offer": "2",
    "respond": "5",
    "check-in": "6",
    "update": "4",
    "introduce": "20",
    "answer": "13",
    "prepare": "11",
    "renew": "14",
    "reconnect": "22 24",
    "find-mentor": "15",
    "ask-feedback": "18",
    "ask-advice": "19",
    "ask-support": "19",
    "ask-promotion": "19",
}


# As a plugin


_failed: set[Path] = set()


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """One failure says all that is asked about a row."""
    if report.failed:
        _failed.add(REPOSITORY / report.fspath)


def pytest_runtest_setup(item: pytest.Item) -> None:
    if item.path in _failed and SWITCH in os.environ:
        pytest.skip("this row has failed already")


# As a program


def rows_that_fail(name: str, rows: Iterable[str]) -> set[str]:
    """The numbers of those of these rows that fail without this rule or move."""
    files = [str(file) for row in sorted(rows, key=int) for file in sorted(HERE.glob(f"test_row_{int(row):02}_*.py"))]
    if not files:
        return set()
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", Path(__file__).stem, "-p", "no:cacheprovider", "-q", "--tb=no", "-rfE",
         *files],
        cwd=REPOSITORY, capture_output=True, text=True, check=False,
        env={**os.environ, "PYTHONPATH": os.pathsep.join((str(HERE), str(REPOSITORY))), SWITCH: name},
    )  # fmt: skip
    if done.returncode not in (0, 1):
        sys.exit(f"pytest did not run:\n{done.stdout}{done.stderr}")
    found = re.findall(r"^(?:FAILED|ERROR) \S*test_row_(\d+)_", done.stdout, re.MULTILINE)
    return {str(int(number)) for number in found}


def main(names: Sequence[str], whole: bool) -> int:
    """Print the matrix."""
    expected = {name: set(rows.split()) for name, rows in {**RULES, **MOVES}.items()}
    every = {str(int(file.name[9:11])) for file in HERE.glob("test_row_*.py")}
    wanted = list(names) or [*expected]
    looked_at = [every if whole else expected[name] for name in wanted]
    began, bad = time.monotonic(), 0
    base = rows_that_fail("", set().union(*looked_at))
    print(f"{'nothing':18} {_numbers(base) or 'every row passes'}")
    with ThreadPoolExecutor(RUNS_AT_ONCE) as pool:
        for name, found in zip(wanted, pool.map(rows_that_fail, wanted, looked_at), strict=True):
            rows = found - base
            missing = expected[name] - rows
            bad += bool(missing) or not rows
            said = f"  MISSING {_numbers(missing)}" if missing else "" if rows else "  NO ROW FAILS"
            print(f"{name:18} {_numbers(rows)}{said}", flush=True)
    print(f"{len(wanted)} switched off in {time.monotonic() - began:.0f} s; {bad} of them unproved")
    return 1 if bad or base else 0


def _numbers(rows: set[str]) -> str:
    return " ".join(sorted(rows, key=int))


def _complete() -> None:
    """Every rule and every move stands in a table above."""
    from brandkit.engage.gates import registry
    from brandkit.engage.moves.registry import BY_NAME

    rules = {getattr(rule, "__name__", "") for rule in registry.RULES}
    if rules != set(RULES) or set(BY_NAME) != set(MOVES):
        sys.exit(f"not in the tables of {Path(__file__).name}: {rules ^ set(RULES) or set(BY_NAME) ^ set(MOVES)}")


if __name__ == "__main__":
    sys.path.insert(0, str(REPOSITORY))
    _complete()
    sys.exit(main([name for name in sys.argv[1:] if name != "--all"], "--all" in sys.argv))
