"""Any sequence of edits, built incrementally, equals a clean build byte for byte."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from brandkit.app.publish import Published, publish
from brandkit.app.unchanged import look_at_public
from brandkit.base.walls import OutputDir, PublicRoot
from brandkit.io import clock, disk
from brandkit.io.commit import MARKER
from brandkit.io.memo import DiskMemo
from brandkit.io.renderer import renderer_version
from brandkit.io.scan import Scan
from brandkit.site.kinds.registry import SECTIONS
from tests.properties.edits import EDITS, Edit, begin

FULL = os.environ.get("BRANDKIT_PROOF") == "full"
START = datetime(2026, 3, 1, 12, tzinfo=UTC)


def one_by_one(work: Callable[..., object], items: list[object], worth: int = 0) -> list[object]:
    return [work(item) for item in items]


def tree(folder: Path) -> dict[str, bytes]:
    """Every file by path with its bytes; there are no links."""
    paths = sorted(folder.rglob("*"))
    assert not [path for path in paths if path.is_symlink()]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths if path.is_file()}


def empty_folders(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_dir() and not any(path.iterdir())]


@dataclass
class Walk:
    """A project under edit, the clock, and the steps taken (for a failure to tell)."""

    folder: Path
    now: datetime = START
    age: int = 0
    aged: bool = True
    steps: list[str] = field(default_factory=list)
    flags: dict[str, Any] = field(default_factory=dict)
    settings: dict[str, str] = field(default_factory=dict)

    @property
    def out(self) -> OutputDir:
        return OutputDir(self.folder / "public", self.folder / ".brandkit" / "cache")

    @property
    def root(self) -> PublicRoot:
        return PublicRoot(self.folder, sections=SECTIONS, **self.flags)

    def write(self, path: str, content: str | bytes) -> None:
        """Write a source; an aged one has a stamp that the next scan may trust."""
        file = self.folder / path
        with suppress(OSError):
            if file.is_dir():
                shutil.rmtree(file)
            for parent in file.parents:
                if parent.is_file():
                    parent.unlink()
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        if self.aged:
            self.age += 1
            stamp = file.stat().st_mtime - 10_000 + self.age
            os.utime(file, (stamp, stamp))

    def read(self, path: str) -> str | None:
        file = self.folder / path
        return file.read_text(encoding="utf-8") if file.is_file() else None

    def remove(self, path: str) -> None:
        (self.folder / path).unlink(missing_ok=True)

    def sources(self) -> list[str]:
        own = [self.folder / "site.yaml", *(self.folder / "content").rglob("*"), *(self.folder / "themes").rglob("*")]
        return sorted(path.relative_to(self.folder).as_posix() for path in own if path.is_file())

    def build(self) -> Published | None:
        """As the command line does it: look first, publish if something could be different."""
        seen, same = look_at_public(self.root, self.out)
        return self.publish(self.out, seen) if same is None else None

    def publish(self, out: OutputDir, seen: Scan | None = None) -> Published:
        memo, root = DiskMemo(out.cache / "memo.db", renderer_version()), self.root
        try:
            return publish(root, seen or disk.look(root, Scan()), out, self.now, memo, one_by_one)
        finally:
            memo.close()


def _damage(which: int, how: int) -> Edit:
    """Change the output by hand; `which` picks among the files that stand there."""

    def run(w: Walk) -> None:
        files = sorted(p for p in w.out.path.rglob("*") if p.is_file() and p.name != MARKER)
        if not files:
            return
        file = files[which % len(files)]
        match how:
            case 0:
                file.write_bytes(b"damaged")
            case 1:
                file.unlink()
            case 2:
                shutil.rmtree(file.parent) if file.parent != w.out.path else file.unlink()
            case 3:
                (file.parent / "stray.txt").write_text("not ours")
            case 4:
                file.unlink()
                (file / "in" / "the" / "way").mkdir(parents=True)
            case 5:
                folder = w.out.path / "posts"
                if folder.is_dir():
                    shutil.rmtree(folder)
                    folder.write_text("a file where a folder must be")
            case 6:
                other = w.folder / "elsewhere"
                other.mkdir(exist_ok=True)
                if file.parent != w.out.path:
                    shutil.rmtree(file.parent)
                    file.parent.symlink_to(other)
            case _:
                shutil.rmtree(w.out.path)

    return Edit(f"damage {which}:{how}", run)


def _lose(name: str) -> Edit:
    def run(w: Walk) -> None:
        for path in w.out.cache.glob(name):
            path.unlink()

    return Edit(f"lose {name}", run)


def _forget(table: str, every: int) -> Edit:
    """Some rows of the memo are gone."""

    def run(w: Walk) -> None:
        if (w.out.cache / "memo.db").is_file():
            with closing(sqlite3.connect(w.out.cache / "memo.db")) as rows, rows:
                rows.execute(f"DELETE FROM {table} WHERE unicode(substr(key, 3)) % ? = 0", [every])

    return Edit(f"forget every {every} of {table}", run)


def _cut(w: Walk) -> None:
    for manifest in w.out.cache.glob("public-*.json"):
        manifest.write_bytes(manifest.read_bytes()[:-40])


def _aged(aged: bool) -> Edit:
    def run(w: Walk) -> None:
        w.aged = aged

    return Edit("old stamps" if aged else "fresh stamps", run)


# what happens beside edits: builds, damage to the folder, memory that is lost
HAPPENINGS = st.one_of(
    st.builds(_damage, st.integers(0, 60), st.integers(0, 7)),
    st.builds(_lose, st.sampled_from(["memo.db*", "public-*[0-9a-f].json"])),
    st.builds(_forget, st.sampled_from(["documents", "related", "parts", "pictures", "themes"]), st.integers(1, 3)),
    st.just(Edit("cut the manifest", _cut)),
    st.builds(_aged, st.booleans()),
)
STEPS = st.one_of(EDITS, EDITS, EDITS, EDITS, HAPPENINGS, st.just(Edit("build", lambda w: w.build())))


@pytest.fixture(scope="module")
def walks(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Walk]:
    """A new project for each walk."""
    base = tmp_path_factory.mktemp("walks")
    numbers = iter(range(1_000_000))

    def start(rich: bool = False) -> Walk:
        walk = Walk(base / f"{next(numbers)}" / "project")
        begin(walk, rich)
        return walk

    return start


@pytest.fixture
def hands(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Walk]]:
    """The clock of the walk under way stands in for the machine's."""
    walking: list[Walk] = []
    monkeypatch.setattr(clock, "now", lambda: walking[-1].now)
    yield walking


def _walk(walk: Walk, edits: list[Edit], walking: list[Walk]) -> None:
    walking.append(walk)
    walk.build()
    for edit in edits:
        walk.steps.append(edit.name)
        edit.run(walk)
    walk.build()
    again = walk.build()
    clean = OutputDir(walk.folder.parent / "clean" / "public", walk.folder.parent / "clean" / "cache")
    walk.publish(clean)
    assert tree(walk.out.path) == tree(clean.path), walk.steps
    if not any(step.endswith(":4") for step in walk.steps):  # which puts empty folders there by hand
        assert empty_folders(walk.out.path) == [], walk.steps
    assert again is None, f"a second look found something to do after {walk.steps}"
    settled = walk.publish(walk.out).committed
    assert (settled.written, settled.removed) == ((), ()), walk.steps
    shutil.rmtree(walk.folder.parent)


# a failing walk names its steps; making it shorter would take minutes
COMMON = {
    "deadline": None,
    "derandomize": not os.environ.get("BRANDKIT_SEED"),
    "database": None,
    "report_multiple_bugs": False,
    "phases": (Phase.generate,),
    "suppress_health_check": list(HealthCheck),
}


@pytest.mark.slow
@settings(max_examples=6, **COMMON)
@given(edits=st.lists(STEPS, min_size=3, max_size=8))
def test_a_short_walk_of_edits_ends_where_a_clean_build_does(
    edits: list[Edit], walks: Callable[..., Walk], hands: list[Walk]
) -> None:
    _walk(walks(), edits, hands)


@pytest.mark.slow
@settings(max_examples=1500 if FULL else 25, **COMMON)
@given(edits=st.lists(STEPS, min_size=1, max_size=14), rich=st.booleans())
def test_many_walks_of_edits_end_where_a_clean_build_does(
    edits: list[Edit], rich: bool, walks: Callable[..., Walk], hands: list[Walk]
) -> None:
    _walk(walks(rich), edits, hands)


def test_two_clean_builds_are_equal_bytes(walks: Callable[..., Walk], hands: list[Walk]) -> None:
    walk = walks()
    hands.append(walk)
    one, two = (OutputDir(walk.folder.parent / name / "public", walk.folder.parent / name) for name in ("one", "two"))
    walk.publish(one)
    walk.publish(two)
    assert tree(one.path) == tree(two.path)


def test_an_unchanged_build_writes_nothing_and_keeps_every_stamp(walks: Callable[..., Walk], hands: list[Walk]) -> None:
    walk = walks()
    hands.append(walk)
    walk.build()
    before = {path: path.stat().st_mtime_ns for path in walk.out.path.rglob("*")}
    committed = walk.publish(walk.out).committed
    assert committed.written == () and committed.removed == ()
    assert {path: path.stat().st_mtime_ns for path in walk.out.path.rglob("*")} == before


def test_one_edited_post_writes_only_what_shows_it(walks: Callable[..., Walk], hands: list[Walk]) -> None:
    walk = walks()
    hands.append(walk)
    walk.build()
    walk.write("content/posts/post-0.md", "---\ntitle: One\ndate: 2026-02-10\ntags: [Python]\n---\nAn edited body.\n")
    done = walk.build()
    assert done is not None
    assert set(done.committed.written) >= {"posts/post-0/index.html", "feed.xml"}
    assert not {"about/index.html", "robots.txt", "sitemap.xml"} & set(done.committed.written)
    assert "page.content changed" in done.why["posts/post-0/index.html"]


def test_a_clock_that_is_set_back_hides_what_is_to_come(walks: Callable[..., Walk], hands: list[Walk]) -> None:
    walk = walks()
    hands.append(walk)
    walk.write("content/posts/soon.md", "---\ntitle: Soon\ndate: 2026-03-02\n---\nSoon.\n")
    walk.now += timedelta(days=2)
    walk.build()
    assert (walk.out.path / "posts/soon/index.html").is_file()
    walk.now -= timedelta(days=2)
    walk.build()
    assert not (walk.out.path / "posts/soon/index.html").exists()
