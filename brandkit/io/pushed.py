"""What a push would carry, as git tells a pre-push hook, and where that hook stands. Runs git; changes nothing but it.

In: the lines that git writes to the hook. Out: every file in every commit that the other side does not have yet,
and the names that things go by.
"""

from __future__ import annotations

import os
import re
import subprocess
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from brandkit.base.walls import EnvironmentProblem, Refused
from brandkit.io.git import ABOUT_ANOTHER, AS_SENT, GIT

_LONGEST = 600  # seconds
_NOTHING = {"0" * 40, "0" * 64}  # the id of what is not there: a branch that is new, or goes
_LARGEST = 100_000_000  # bytes; larger files the hosts of git refuse
MARK = "brandkit check --leaks --push"  # by this a hook is known for ours


@dataclass(frozen=True)
class Pushed:
    """One thing that is pushed: a file by its path, the names in a folder, a branch or tag by its name; or the message
    of a commit, whose `path` is empty. `whole`: whether `data` is all of it."""

    path: str
    id: str
    data: bytes
    whole: bool = True


def repository(folder: Path) -> Path:
    """The folder of the repository that a folder belongs to. Raises EnvironmentProblem."""
    return Path(_text(_git(folder, "rev-parse", "--show-toplevel")))


def first_worktree(folder: Path) -> Path:
    """The same place in the first of the repository's worktrees: there stands what git ignores."""
    common = Path(_text(_git(folder, "rev-parse", "--path-format=absolute", "--git-common-dir")))
    top = repository(folder)
    return common.parent / folder.resolve().relative_to(top.resolve()) if common.name == ".git" else folder


def pushed(folder: Path, lines: Iterable[str], remote: str) -> Iterator[Pushed]:
    """Everything new in a push. `lines` are `LOCAL-REF LOCAL-ID REMOTE-REF REMOTE-ID`, as git tells the hook."""
    # the first of the four is what a person typed, and may hold spaces: HEAD^{/some words}
    rows = [row for line in lines if len(row := line.rsplit(None, 3)) == 4]
    wanted = {new for _, new, _, _ in rows} - _NOTHING
    if not wanted:
        return
    yield from (Pushed(name, new, b"") for _, new, name, _ in rows if new in wanted)
    there = [old for *_, old in rows if old not in _NOTHING and _knows(folder, old)]
    known = [f"--remotes={remote}"] if _is_one_place(folder, remote) else []
    found = _git(folder, "rev-list", "--objects", *sorted(wanted), "--not", *sorted(set(there)), *known)
    paths = dict(_id_and_path(line) for line in found.decode("utf-8", "surrogateescape").split("\n") if line)
    yield from _contents(folder, paths)


def _is_one_place(folder: Path, remote: str) -> bool:
    """Whether a remote is fetched from where it is pushed to: only then what was fetched tells what is there."""
    if not remote or set(remote) & set("/:*?["):
        return False
    ways = [_run(folder, "remote", "get-url", "--all", *push, "--", remote) for push in ((), ("--push",))]
    fetched, pushed = ({line for line in _text(way.stdout).split("\n") if line} for way in ways)
    return len(fetched) == 1 and fetched == pushed


def _id_and_path(line: str) -> tuple[str, str]:
    id, _, path = line.partition(" ")
    return id, path


def _knows(folder: Path, id: str) -> bool:
    return _run(folder, "cat-file", "-e", id).returncode == 0


def _contents(folder: Path, paths: dict[str, str]) -> Iterator[Pushed]:
    """The files and messages among these objects, read by one process."""
    with tempfile.TemporaryFile() as asked:
        asked.write("".join(f"{id}\n" for id in paths).encode())
        asked.seek(0)
        command = [*GIT, "cat-file", "--batch"]
        with subprocess.Popen(command, cwd=folder, env=_environment(), stdin=asked, stdout=subprocess.PIPE) as told:
            assert told.stdout
            while head := told.stdout.readline().split():
                if len(head) < 3:
                    raise EnvironmentProblem(f"git does not know {head[0].decode()}, which is to be pushed")
                size, id = int(head[2]), head[0].decode()
                data = told.stdout.read(size + 1)[:-1] if size <= _LARGEST else _beginning(told.stdout, size + 1)
                if head[1] == b"blob":
                    yield Pushed(paths[id] or id, id, data, size <= _LARGEST)
                elif head[1] == b"tree":  # of a file that is there under two names git tells one, of one renamed none
                    yield Pushed(paths[id] or ".", id, b"\n".join(_names(data, len(id) // 2)))
                elif head[1] in (b"commit", b"tag"):
                    yield Pushed("", id, data.partition(b"\n\n")[2])


def _beginning(stream: IO[bytes], size: int) -> bytes:
    """What is looked at of so many bytes; all of them are taken from the stream."""
    data, size = stream.read(_LARGEST), size - _LARGEST
    while size and (skipped := stream.read(min(size, 1 << 20))):
        size -= len(skipped)
    return data


def _names(tree: bytes, digest: int) -> list[bytes]:
    """The names of what lies in a folder, as git keeps it: `mode name`, a zero, the digest."""
    return re.findall(rb"[0-7]+ ([^\0]+)\0.{%d}" % digest, tree, re.DOTALL)


def hook_place(folder: Path) -> Path:
    """Where git looks for the hook, whatever core.hooksPath says. Raises EnvironmentProblem outside of a repository."""
    place = Path(_text(_git(folder, "rev-parse", "--git-path", "hooks/pre-push")))
    return place if place.is_absolute() else folder / place


def install_hook(folder: Path, command: Sequence[str]) -> Path:
    """Write the hook that searches what is pushed, by a command. Raises Refused where another one stands."""
    place = hook_place(folder)
    inside = folder.resolve().relative_to(repository(folder).resolve()).as_posix()
    text = HOOK.format(mark=MARK, command=" ".join(map(_quoted, command)), folder=_quoted(inside))
    if place.exists() and MARK not in place.read_text(encoding="utf-8", errors="replace"):
        line = text.strip().rsplit("\n", 1)[1].removeprefix("exec ")
        raise Refused(
            f"{place} is a hook of your own, and was left as it is. Add this line to it:\n  {line} || exit $?"
        )
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(text, encoding="utf-8", newline="\n")
    place.chmod(0o755)
    return place


HOOK = """\
#!/bin/sh
# {mark}: searches what is pushed, and the site, for private words. See docs/leak-gate.md of brandkit.
{command} -c "" || {{ echo "brandkit is no longer where this hook looks for it, so nothing was searched and nothing" \
  "is pushed. Install the hook anew: brandkit doctor --install-hook" >&2; exit 1; }}
exec {command} -m brandkit check --leaks --project {folder} --push "$1"
"""


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "'\\''") + "'"


def _text(said: bytes) -> str:
    return said.decode("utf-8", "surrogateescape").rstrip("\n")


def _git(folder: Path, *arguments: str) -> bytes:
    """What git says. Raises EnvironmentProblem where it says no."""
    done = _run(folder, *arguments)
    if done.returncode:
        why = done.stderr.decode("utf-8", "replace").strip().split("\n")[0]
        raise EnvironmentProblem(f"git {arguments[0]}: {why or 'it failed'}")
    return done.stdout


def _environment() -> dict[str, str]:
    """Without what git tells a hook of the folder that it was called in: ours says enough."""
    return {name: value for name, value in os.environ.items() if name not in ABOUT_ANOTHER} | AS_SENT


def _run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run([*GIT, *arguments], cwd=folder, env=_environment(), capture_output=True, timeout=_LONGEST)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise EnvironmentProblem(f"git could not be asked: {error}") from error
