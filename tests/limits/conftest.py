"""A command held to bounds: so much time, so much memory, and never a traceback."""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

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


def _limited() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (_MOST_MEMORY, _MOST_MEMORY))


def bounded(folder: Path, *arguments: str) -> Bounded:
    """Run a command with `--json` in a folder."""
    out, err = folder.parent / "out", folder.parent / "err"
    env = {**os.environ, "PYTHONPATH": str(REPOSITORY), "CI": "true", "NO_COLOR": "1"}
    with out.open("wb") as to, err.open("wb") as errors:
        process = subprocess.Popen(
            [sys.executable, "-m", "brandkit", *arguments, "--json"],
            cwd=folder,
            env=env,
            stdout=to,
            stderr=errors,
            start_new_session=True,
            preexec_fn=_limited,
        )
    status, usage = _waited(process.pid)
    process.returncode = os.waitstatus_to_exitcode(status)
    said, errors_said = out.read_text(encoding="utf-8"), err.read_text(encoding="utf-8", errors="replace")
    assert "Traceback" not in errors_said, errors_said[-2000:]
    found = json.loads(said)["diagnostics"] if said.startswith("{") else []
    places = tuple((each["file"], each["code"], each["line"]) for each in found)
    return Bounded(process.returncode, places, said + errors_said, usage.ru_maxrss // 1024)


def _waited(pid: int) -> tuple[int, Any]:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        done, status, usage = os.wait4(pid, os.WNOHANG)
        if done:
            return status, usage
        time.sleep(0.02)
    os.killpg(pid, signal.SIGKILL)
    os.wait4(pid, 0)
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
