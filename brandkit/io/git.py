"""What git says about a folder: is it tracked, is it ignored. Runs git; changes nothing."""

from __future__ import annotations

import subprocess
from pathlib import Path

# How git is run here: what a configuration names as its watcher of files is a program, and git would start it.
GIT = ("git", "-c", "core.fsmonitor=false")


def tracked_below(folder: Path) -> list[str]:
    """The files below a folder that git tracks, by path below it; empty outside of a repository."""
    if not folder.is_dir():
        return []
    done = _git(folder, "ls-files", "-z", "--", ".")
    return [name for name in done.split("\0") if name]


def is_ignored(path: Path) -> bool | None:
    """Whether git would ignore a path; None outside of a repository."""
    start = next((folder for folder in (path, *path.parents) if folder.is_dir()), path)
    try:
        done = subprocess.run([*GIT, "check-ignore", "-q", str(path)], cwd=start, capture_output=True, timeout=20)
    except (OSError, subprocess.TimeoutExpired):
        return None
    return {0: True, 1: False}.get(done.returncode)


def _git(folder: Path, *arguments: str) -> str:
    try:
        done = subprocess.run([*GIT, *arguments], cwd=folder, capture_output=True, timeout=30)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.decode("utf-8", "surrogateescape") if done.returncode == 0 else ""
