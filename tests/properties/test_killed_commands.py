"""A sample of tests/trials: commands killed at system calls, on a full disk, without permission, and two at once.

The whole, with every call and a hundred random moments each, runs on purpose; docs/state-and-backup.md has its figures.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

TRIALS = Path(__file__).resolve().parents[1] / "trials"
REPOSITORY = TRIALS.parents[1]


def run(script: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "PYTHONPATH": str(REPOSITORY), "PYTHONWARNINGS": "default"}
    env.pop("BRANDKIT_VAULT", None)
    command = [sys.executable, str(TRIALS / script), *arguments]
    return subprocess.run(command, capture_output=True, text=True, env=env, timeout=1200)


@pytest.fixture(scope="module")
def _strace(lacking: Callable[[str, str], None]) -> None:
    if shutil.which("strace") is None:
        lacking("strace", "no strace on this machine")
    if subprocess.run(["strace", "-qq", "-o", os.devnull, "true"], capture_output=True).returncode:
        pytest.skip("strace may not trace here")


@pytest.fixture(scope="module")
def _mount(tmp_path_factory: pytest.TempPathFactory) -> None:
    place = tmp_path_factory.mktemp("mount")
    tried = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(place)], capture_output=True)
    if tried.returncode:
        pytest.skip("no file system may be mounted here")
    subprocess.run(["umount", str(place)], check=True)


@pytest.mark.slow
@pytest.mark.usefixtures("_strace")
def test_a_sample_of_killed_commands_leaves_all_whole_and_the_next_run_exact() -> None:
    done = run("kill_everywhere.py", "--stride", "300", "--random", "1")
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.slow
@pytest.mark.usefixtures("_mount")
@pytest.mark.parametrize("kind", ["full", "denied", "twice"])
def test_a_sample_of_hard_times_ends_in_a_line_and_the_next_run_is_exact(kind: str) -> None:
    done = run("hard_times.py", kind, "--only", "log 2027", "refresh", "restore", "--every", "6")
    assert done.returncode == 0, done.stdout + done.stderr
