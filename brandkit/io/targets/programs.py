"""Other programs that carry files: run without ever asking anybody, with a deadline, and their last words kept.

In: a command. Out: what it said, or EnvironmentProblem with one line in which no secret stands.
"""

from __future__ import annotations

import os
import re
import signal
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from brandkit.base.walls import EnvironmentProblem

PATIENCE = 1800.0  # seconds for one step; each program has shorter ones of its own for a line that is dead
_ASK_NOBODY = "-o BatchMode=yes -o ConnectTimeout=20 -o ServerAliveInterval=15 -o ServerAliveCountMax=4"
_LONGEST = 300
# A hook of git runs us with these set; the repositories that we mean are found by their folder.
_ELSEWHERE = {"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_PREFIX", "GIT_QUARANTINE_PATH"}
_SECRET_NAME = re.compile(r"KEY|SECRET|TOKEN|PASSWORD|PASSWD", re.IGNORECASE)
_IN_ADDRESS = re.compile(r"(?<=://)[^/\s'\"]+@")
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f]+")  # what a host says could steer the terminal
_NO_NEWS = re.compile(r"hint:|warning:|rsync error:|rsync warning:|Please make sure|and the repository exists|\*\*|$")


@dataclass(frozen=True)
class Done:
    """How a program ended."""

    code: int
    out: bytes
    err: str


def run(
    command: Sequence[str],
    cwd: Path,
    env: Mapping[str, str] | None = None,
    given: bytes | IO[bytes] = b"",
    timeout: float = PATIENCE,
) -> Done:
    """Run a program to its end. Raises EnvironmentProblem where it is not installed or takes too long."""
    name = Path(command[0]).name
    around = {key: value for key, value in os.environ.items() if key not in _ELSEWHERE}
    try:
        process = subprocess.Popen(
            command,
            cwd=cwd,
            env={**around, "LC_ALL": "C", **(env or {})},
            stdin=subprocess.PIPE if isinstance(given, bytes) else given,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,  # no terminal to ask on, and one name for it and all that it starts
        )
    except FileNotFoundError:
        raise EnvironmentProblem(f"{name} is not installed here, and this target needs it") from None
    except OSError as error:
        raise EnvironmentProblem(f"{name} could not be started: {error.strerror}") from None
    try:
        out, err = process.communicate(given if isinstance(given, bytes) else None, timeout)
    except subprocess.TimeoutExpired:
        raise EnvironmentProblem(f"{name} was given up on after {timeout:.0f} seconds; run it again") from None
    finally:
        if process.returncode is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.communicate()
    return Done(process.returncode, out, err.decode("utf-8", "replace"))


def unasking(shell: str) -> str:
    """A command for ssh that asks nobody and does not wait for a dead line; another program's is left as it is."""
    return f"{shell} {_ASK_NOBODY}" if Path(shell.split(" ", 1)[0]).name == "ssh" else shell


def failure(done: Done, doing: str) -> EnvironmentProblem:
    """That a program failed, with its last words."""
    return EnvironmentProblem(f"could not {doing}: {last_words(done.err) or f'it ended with code {done.code}'}")


def last_words(text: str) -> str:
    """What a program said last that tells something, in one line."""
    lines = [line.strip() for line in text.splitlines()]
    told = [line.removeprefix("fatal: ").removeprefix("rsync: ") for line in lines if not _NO_NEWS.match(line)]
    return without_secrets(_UNSEEN.sub(" ", "; ".join(told[-2:])))[:_LONGEST]


def without_secrets(text: str) -> str:
    """The text without what an address says of its user, and without the values of secrets in the environment."""
    for name, value in os.environ.items():
        if len(value) >= 6 and _SECRET_NAME.search(name):
            text = text.replace(value, "…")
    return _IN_ADDRESS.sub("", text)
