"""A deploy that is killed at any moment leaves each file old or new; the next one ends with the new site.

`BRANDKIT_KILLS` says how often each target is killed (3 times, if it is not set).
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from brandkit.base.walls import PublicOutput
from brandkit.io.targets import marker

pytestmark = pytest.mark.slow
KILLS = int(os.environ.get("BRANDKIT_KILLS", "3"))
REPOSITORY = Path(__file__).resolve().parents[4]
CHILD = """
import sys
from pathlib import Path
from brandkit.base.walls import Clearance, PublicOutput
from brandkit.io.targets.registry import TARGETS
from brandkit.io.targets.target import Destination
folder, target, to, endpoint = Path(sys.argv[1]), *sys.argv[2:]
files = tuple(sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()))
(place,) = (place for place in TARGETS if place.name == target)
print("go", flush=True)
there = Destination(to, folder.parent, endpoint=endpoint)
with place.prepare(PublicOutput(folder, files, "https://alex.example.org/"), there) as prepared:
    prepared.put(Clearance(False, "a test"))
"""


def edition(number: int) -> dict[str, bytes]:
    """A site; each one has pages, pictures and a feed that others have not, and many that differ."""
    chance = random.Random(number)
    pages = {f"posts/{n}/index.html": b"edition %d of %d" % (number, n) * 50 for n in range(12) if (n + number) % 4}
    pictures = {f"assets/{n}-{number % 3}.avif": chance.randbytes(60_000) for n in range(8)}
    return {"index.html": b"home %d" % number, "feed.xml": b"feed %d" % number, **pages, **pictures}


def write(folder: Path, files: Mapping[str, bytes]) -> PublicOutput:
    shutil.rmtree(folder, ignore_errors=True)
    for path, data in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    return PublicOutput(folder, tuple(files), "https://alex.example.org/")


def killed(folder: Path, target: str, to: str, endpoint: str, after: float) -> float | None:
    """Run a deploy and kill it after some seconds; how long it took, if it came to its end before."""
    process = subprocess.Popen(
        [sys.executable, "-c", CHILD, str(folder), target, to, endpoint],
        env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    assert process.stdout
    process.stdout.readline()
    began = time.monotonic()
    try:
        assert process.wait(after) == 0
        return time.monotonic() - began
    except subprocess.TimeoutExpired:
        os.kill(process.pid, signal.SIGKILL)
        return None
    finally:
        process.wait()
        process.stdout.close()


def hunt(target: str, to: str, tmp_path: Path, stands: Callable[[], dict[str, bytes]], endpoint: str = "") -> None:
    chance, public, number = random.Random(8), tmp_path / "public", 0
    write(public, edition(number))
    assert killed(public, target, to, endpoint, 120) is not None
    write(public, edition(1))
    whole = killed(public, target, to, endpoint, 120) or 1.0
    assert stands() == edition(1)
    known, kills, number = {0, 1}, 0, 1
    for _ in range(KILLS):
        number += 1
        known.add(number)
        write(public, edition(number))
        kills += killed(public, target, to, endpoint, chance.uniform(0, whole)) is None
        for path, data in stands().items():
            assert data in {edition(other).get(path) for other in known}, f"{path} is neither old nor new"
        if chance.random() < 0.5:  # else the next edition meets what this one left
            assert killed(public, target, to, endpoint, 120) is not None
            assert stands() == edition(number)
            known = {number}
    assert killed(public, target, to, endpoint, 120) is not None
    assert stands() == edition(number)
    assert kills


def files_below(folder: Path) -> dict[str, bytes]:
    ours = (marker.NAME, ".brandkit-output")
    files = (path for path in folder.rglob("*") if path.is_file() and path.name not in ours)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def test_a_folder(tmp_path: Path) -> None:
    hunt("folder", str(tmp_path / "www"), tmp_path, lambda: files_below(tmp_path / "www"))


def test_a_branch(tmp_path: Path, bare: Path) -> None:
    def stands() -> dict[str, bytes]:
        shutil.rmtree(tmp_path / "out", ignore_errors=True)
        subprocess.run(["git", "clone", "--quiet", "-b", "gh-pages", bare, "out"], cwd=tmp_path, check=True)
        shutil.rmtree(tmp_path / "out/.git")
        return {path: data for path, data in files_below(tmp_path / "out").items() if path != ".nojekyll"}

    hunt("github-pages", str(bare), tmp_path, stands)


def test_a_folder_elsewhere(tmp_path: Path, rsyncd: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def stands() -> dict[str, bytes]:
        time.sleep(0.2)  # rsync outlives the one that started it for a moment
        files = files_below(rsyncd.folder).items()
        # what has not arrived as a whole is kept aside, under names that nobody links to
        return {path: data for path, data in files if ".~tmp~" not in path and "/." not in path}

    monkeypatch.setenv("RSYNC_PASSWORD", "a-long-password")
    hunt("rsync", rsyncd.address, tmp_path, stands)
    assert not list(rsyncd.folder.rglob(".~tmp~"))


def test_a_bucket(tmp_path: Path, cloud: Any) -> None:
    def stands() -> dict[str, bytes]:
        client = cloud.client()
        keys = [row["Key"] for row in client.list_objects_v2(Bucket="brand").get("Contents", [])]
        return {k: client.get_object(Bucket="brand", Key=k)["Body"].read() for k in keys if k != marker.NAME}

    hunt("s3", "brand", tmp_path, stands, cloud.endpoint)
