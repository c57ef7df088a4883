"""A command held to bounds: so much time, so much memory, and never a traceback."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
MEGABYTES = 500
PATIENCE = 180  # seconds after which a command hangs; machines are paused at times
_MOST_MEMORY = 4 << 30
SITE = "title: T\nurl: https://x.example/\ncards: false\n"
GOOD = "---\ntitle: Good\ndate: 2026-01-01\n---\nx\n"

Content = str | bytes | Callable[[Path], object]


@dataclass(frozen=True)
class Bounded:
    """How a command ended, what it found, what it said, and how much memory it had at most."""

    code: int
    found: tuple[tuple[str, str, int | None], ...]  # file, code, line
    said: str
    megabytes: int


# The peak is asked of the process itself: what the system tells of a child begins with the memory of its parent.
_COMMAND = f"""
import atexit, resource, runpy, sys
resource.setrlimit(resource.RLIMIT_AS, ({_MOST_MEMORY}, {_MOST_MEMORY}))
peak = sys.argv.pop(1)
def note():
    told = next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM"))
    open(peak, "w").write(told)
atexit.register(note)
runpy.run_module("brandkit", run_name="__main__", alter_sys=True)
"""


def bounded(folder: Path, *arguments: str) -> Bounded:
    """Run a command with `--json` in a folder."""
    out, err, peak = folder.parent / "out", folder.parent / "err", folder.parent / "peak"
    env = {**os.environ, "PYTHONPATH": str(REPOSITORY), "CI": "true", "NO_COLOR": "1"}
    with out.open("wb") as to, err.open("wb") as errors:
        process = subprocess.Popen(
            [sys.executable, "-c", _COMMAND, str(peak), *arguments, "--json"],
            cwd=folder,
            env=env,
            stdout=to,
            stderr=errors,
            start_new_session=True,
        )
    status = _waited(process.pid)
    process.returncode = os.waitstatus_to_exitcode(status)
    said, errors_said = out.read_text(encoding="utf-8"), err.read_text(encoding="utf-8", errors="replace")
    assert "Traceback" not in errors_said, errors_said[-2000:]
    found = json.loads(said)["diagnostics"] if said.startswith("{") else []
    places = tuple((each["file"], each["code"], each["line"]) for each in found)
    return Bounded(process.returncode, places, said + errors_said, int(peak.read_text()) // 1024)


def _waited(pid: int) -> int:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        done, status = os.waitpid(pid, os.WNOHANG)
        if done:
            return status
        time.sleep(0.02)
    os.killpg(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    raise AssertionError(f"no end after {PATIENCE} s")


@pytest.fixture
def project(tmp_path: Path) -> Callable[[Mapping[str, Content]], Path]:
    """A project with one good post, and these files."""

    def make(files: Mapping[str, Content]) -> Path:
        folder = tmp_path / "project"
        for name, content in {"site.yaml": SITE, "content/posts/good.md": GOOD, **files}.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            if callable(content):
                content(path)
            elif isinstance(content, bytes):
                path.write_bytes(content)
            else:
                path.write_text(content, encoding="utf-8")
        return folder

    return make


@pytest.fixture(name="bounded")
def bounded_fixture() -> Callable[..., Bounded]:
    """See `bounded`."""
    return bounded
