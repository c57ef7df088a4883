"""What git says about a folder: is it tracked, is it ignored, is all of it committed, when was the last commit.

The folder may be a stranger's, with a `.git/config` of its own: nothing that this names is started here, and no host is
asked for what is missing. Runs git; changes nothing.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType

# How git is run here: what a configuration names as its watcher of files is a program, and git would start it.
GIT = ("git", "-c", "core.fsmonitor=false")
AS_SENT = {"GIT_NO_REPLACE_OBJECTS": "1"}  # objects as a push carries them, whatever stands in for them here
LOOKING = {"GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0", "GIT_ALLOW_PROTOCOL": "none", **AS_SENT}
ABOUT_ANOTHER = ("GIT_DIR", "GIT_WORK_TREE", "GIT_COMMON_DIR", "GIT_INDEX_FILE", "GIT_PREFIX")  # what a hook is told
_FILTER = re.compile(r"(filter\..+)\.[a-z]+", re.DOTALL)
_OF_THE_REPOSITORY = ("local", "worktree")


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
        done = subprocess.run(
            [*GIT, "check-ignore", "-q", str(path)],
            cwd=start,
            env=_environment(),
            capture_output=True,
            timeout=20,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return {0: True, 1: False}.get(done.returncode)


def is_changed(folder: Path) -> bool:
    """Whether something below a folder is not committed. Files are compared as they are, without the repository's own
    filters, which are programs; so is what lies in a repository within it not looked at."""
    names = {found[1] for key, _ in own_settings(folder) if (found := _FILTER.fullmatch(key))}
    ways = (("clean", ""), ("smudge", ""), ("process", ""), ("required", "false"))
    settings = configured([(f"{name}.{way}", value) for name in sorted(names) for way, value in ways])
    return bool(_git(folder, "status", "--porcelain", "--ignore-submodules=dirty", "--", ".", more=settings))


def own_settings(folder: Path) -> list[tuple[str, str]]:
    """What the configuration of the repository itself says, not the person's: it may have come with a folder."""
    fields = _git(folder, "config", "--show-scope", "--includes", "--list", "-z").split("\0")
    pairs = zip(fields[::2], fields[1::2], strict=False)
    settings = (pair.partition("\n") for scope, pair in pairs if scope in _OF_THE_REPOSITORY)
    return [(key, value) for key, _, value in settings]


def configured(settings: Sequence[tuple[str, str]]) -> dict[str, str]:
    """The environment in which git takes these settings before those of any file."""
    at = int(os.environ.get("GIT_CONFIG_COUNT") or 0)
    said = {"GIT_CONFIG_COUNT": str(at + len(settings))}
    for number, (key, value) in enumerate(settings, at):
        said |= {f"GIT_CONFIG_KEY_{number}": key, f"GIT_CONFIG_VALUE_{number}": value}
    return said


def last_commit(folder: Path) -> datetime | None:
    """When the newest commit of all branches was made; None where there is none."""
    seconds = _git(folder, "rev-list", "--all", "--max-count=1", "--timestamp").partition(" ")[0]
    return datetime.fromtimestamp(int(seconds), UTC) if seconds else None


def _git(folder: Path, *arguments: str, more: Mapping[str, str] = MappingProxyType({})) -> str:
    env = {**_environment(), **more}
    try:
        done = subprocess.run([*GIT, *arguments], cwd=folder, env=env, capture_output=True, timeout=30)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.decode("utf-8", "surrogateescape") if done.returncode == 0 else ""


def _environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name not in ABOUT_ANOTHER} | LOOKING
