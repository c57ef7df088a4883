"""A build that is killed at any moment leaves every file whole; the next run makes exactly the new site."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
FULL = os.environ.get("BRANDKIT_PROOF") == "full"
POINTS = 10_000 if FULL else 50  # kill points that are tried
PATCHED = ("write", "replace", "rename", "fsync", "unlink", "remove", "rmdir", "mkdir", "sendfile", "open", "close")
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)

OLD = {
    "site.yaml": "title: Kill\nurl: https://kill.example/\nmenu: [posts, about]\n",
    "content/pages/about.md": "---\ntitle: About\n---\nOld about.\n",
    "content/posts/stays.md": "---\ntitle: Stays\ndate: 2026-02-01\ntags: [a]\n---\nAs it is.\n",
    "content/posts/changes.md": "---\ntitle: Changes\ndate: 2026-02-02\ntags: [a]\n---\nOld.\n",
    "content/posts/goes.md": "---\ntitle: Goes\ndate: 2026-02-03\ntags: [b]\n---\nGone soon.\n",
    "content/static/swap": "a file that becomes a folder",
    "content/static/other/inner.txt": "a folder that becomes a file",
    "content/static/picture.bin": "old " * 5000,
}
NEW = {
    **OLD,
    "content/pages/about.md": "---\ntitle: About\naliases: [/me/]\n---\nNew about.\n",
    "content/posts/changes.md": "---\ntitle: Changed\ndate: 2026-02-02\ntags: [a, c]\n---\nNew.\n",
    "content/posts/comes.md": "---\ntitle: Comes\ndate: 2026-02-04\n---\nFresh.\n",
    "content/static/swap/inner.txt": "a file in the folder",
    "content/static/other": "a file now",
    "content/static/picture.bin": "new " * 6000,
}
for _gone in ("content/posts/goes.md", "content/static/swap", "content/static/other/inner.txt"):
    del NEW[_gone]


# The driver: runs as a program of its own, single-threaded, so that it can fork for every kill point.


def lay(folder: Path, files: dict[str, str]) -> None:
    shutil.rmtree(folder / "content", ignore_errors=True)
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def tree(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def build(folder: Path) -> Any:
    from brandkit.app.publish import publish
    from brandkit.base.walls import OutputDir, PublicRoot
    from brandkit.io import disk, manifest
    from brandkit.io.memo import DiskMemo

    out = OutputDir(folder / "public", folder / ".brandkit" / "cache")
    memo = DiskMemo(out.cache / "memo.db", "kill")
    try:
        root = PublicRoot(folder)
        return publish(root, disk.look(root, manifest.load(out).inputs), out, NOW, memo, _one_by_one)
    finally:
        memo.close()


def _one_by_one(work: Any, items: Any, worth: int = 0) -> Any:
    return [work(item) for item in items]


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def armed(at: int, before: bool) -> list[int]:
    """Patch the system calls of a commit so that call number `at` is the last that this process makes."""
    count = [0]

    def wrap(name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **kwargs: Any) -> Any:
            count[0] += 1
            if count[0] == at and before:
                if name == "write":
                    real(args[0], args[1][: len(args[1]) // 2])  # half of the bytes arrive
                die()
            try:
                return real(*args, **kwargs)
            finally:
                if count[0] == at:
                    die()

        return call

    for name in PATCHED:
        setattr(os, name, wrap(name, getattr(os, name)))
    return count


def calls_of_a_build(project: Path) -> int:
    reader, writer = os.pipe()
    if os.fork() == 0:
        count = armed(0, True)
        build(project)
        os.write(writer, str(count[0]).encode())
        os._exit(0)
    os.wait()
    return int(os.read(reader, 20))


def drive(base: Path, points: int) -> dict[str, Any]:
    project, saved = base / "project", base / "saved"
    lay(project, OLD)
    build(project)
    old = tree(project / "public")
    lay(project, NEW)
    shutil.copytree(project, saved)
    clean = base / "clean"
    lay(clean, NEW)
    build(clean)
    new = tree(clean / "public")
    total = calls_of_a_build(project)
    every = [(n, before) for n in range(1, total + 1) for before in (True, False)]
    tried = sorted(random.Random(1).sample(every, min(points, len(every))))
    faults: list[str] = []
    mixed = 0
    for at, before in tried:
        shutil.rmtree(project)
        shutil.copytree(saved, project)
        if os.fork() == 0:
            armed(at, before)
            build(project)
            os._exit(0)
        _, status = os.wait()
        here = f"call {at} {'before' if before else 'after'}"
        if not os.WIFSIGNALED(status):
            faults.append(f"{here}: the build was not killed")
        left = tree(project / "public")
        for path, data in left.items():
            if data not in (old.get(path), new.get(path)):
                faults.append(f"{here}: {path} is neither old nor new")
        mixed += left not in (old, new)
        if os.fork() == 0:
            code = 1
            try:
                build(project)
                code = 0
            finally:
                os._exit(code)
        if os.wait()[1] != 0:
            faults.append(f"{here}: the next run failed")
        if tree(project / "public") != new:
            faults.append(f"{here}: the next run did not make the new site")
        left_over = [p.name for p in (project / ".brandkit" / "cache").glob("stage-*")]
        if left_over:
            faults.append(f"{here}: {left_over} is left over")
    return {"calls": total, "points": len(tried), "mixed": mixed, "faults": faults}


def _python(*arguments: str, **options: Any) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
    return subprocess.run([sys.executable, *arguments], capture_output=True, text=True, env=env, check=False, **options)


@pytest.mark.slow
def test_killed_at_any_system_call_every_file_is_whole_and_the_next_run_is_exact(tmp_path: Path) -> None:
    if not hasattr(os, "fork"):
        pytest.skip("this system cannot fork")
    done = _python(__file__, str(tmp_path), str(POINTS), timeout=1800)
    assert done.returncode == 0, done.stderr
    result = json.loads(done.stdout)
    assert result["faults"] == []
    assert result["mixed"] > POINTS / 20, "no kill fell between the renames: the proof proves nothing"


@pytest.mark.slow
def test_a_real_build_killed_at_random_moments_recovers(tmp_path: Path, shared: Path) -> None:
    if not FULL:
        pytest.skip("set BRANDKIT_PROOF=full")
    project, clean = tmp_path / "project", tmp_path / "clean"
    made = _python(str(shared / "bench" / "gen_corpus.py"), "250", str(project), "--flavour", "brandkit")
    assert made.returncode == 0, made.stderr
    lay_config = "title: Kill\nurl: https://kill.example/\n"
    for folder in (project, clean):
        folder.mkdir(exist_ok=True)
        (folder / "site.yaml").write_text(lay_config)
    shutil.copytree(project / "content", clean / "content")
    env = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
    command = [sys.executable, "-m", "brandkit", "build", "--public-only"]
    began = time.monotonic()
    subprocess.run(command, cwd=clean, env=env, check=True, capture_output=True)
    whole = time.monotonic() - began
    new = tree(clean / "public")
    chance = random.Random(20)
    for _ in range(20):
        run = subprocess.Popen(
            command, cwd=project, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        )
        time.sleep(chance.uniform(0.2, 1.1) * whole)
        if run.poll() is None:
            os.killpg(run.pid, signal.SIGKILL)
        run.wait()
        if (project / "public").is_dir():
            for path, data in tree(project / "public").items():
                assert data == new[path], f"{path} is not whole"
        if chance.random() < 0.5:
            shutil.rmtree(project / "public", ignore_errors=True)
        if chance.random() < 0.5:
            shutil.rmtree(project / ".brandkit", ignore_errors=True)
            shutil.rmtree(project / "public", ignore_errors=True)
    subprocess.run(command, cwd=project, env=env, check=True, capture_output=True)
    assert tree(project / "public") == new


if __name__ == "__main__":
    print(json.dumps(drive(Path(sys.argv[1]), int(sys.argv[2]))))
