"""The watch: each save is told once, however an editor saves, and a flood in few batches. Real files, real events."""

from __future__ import annotations

import contextlib
import os
import queue
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from brandkit.io import watch as module
from brandkit.io.watch import Settling, Watch, is_scratch
from tests.patience import PATIENCE

Batch = frozenset[Path]


class Watched:
    """A project that is watched, and the batches that were told."""

    def __init__(self, root: Path) -> None:
        self.root = Path(os.path.realpath(root))
        self.told: queue.Queue[Batch] = queue.Queue()
        (self.root / "content/posts").mkdir(parents=True)
        (self.root / "content/posts/post.md").write_text("before")
        folders = [self.root / "content", self.root / "themes"]
        self.watch = Watch(folders, [self.root / "site.yaml"], self.told.put)
        self.watch.start()

    def next(self, patience: float = PATIENCE) -> set[str]:
        return {path.relative_to(self.root).as_posix() for path in self.told.get(timeout=patience)}

    def gather(self, *wanted: str) -> set[str]:
        """All that was told, once it names these: a busy machine may tell them in several batches."""
        found: set[str] = set()
        while not found.issuperset(wanted):
            found |= self.next()
        return found

    def is_followed(self, path: str) -> bool:
        """Whether a save is told, perhaps not the first: what stands in a new folder is told with it."""
        for turn in range(100):
            (self.root / path).write_text(f"words {turn}")
            with contextlib.suppress(queue.Empty):
                while path not in self.next(0.6):
                    pass
                return True
        return False

    def is_quiet(self, seconds: float = 0.7) -> bool:
        try:
            self.next(seconds)
        except queue.Empty:
            return True
        return False


@pytest.fixture
def watched(tmp_path: Path) -> Iterator[Watched]:
    made = Watched(tmp_path / "project")
    yield made
    made.watch.close()


@pytest.fixture
def unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is missing or open is waited for as long as it takes: an editor that is stopped for a moment is not done.

    `Settling` below shows how long that is in truth.
    """
    for name in ("_MISSING", "_OPEN", "_LONGEST"):
        monkeypatch.setattr(module, name, 2 * PATIENCE)


POST = "content/posts/post.md"


def in_place(post: Path) -> None:
    """VS Code: emptied and written."""
    with post.open("w") as file:
        file.flush()
        time.sleep(0.02)
        file.write("after")


def vim(post: Path) -> None:
    """A swap file, a try whether the folder may be written, the old file moved aside, a new one, the old one gone."""
    swap, probe, backup = post.with_name(".post.md.swp"), post.with_name("4913"), post.with_name("post.md~")
    swap.write_text("swap")
    probe.write_text("")
    probe.unlink()
    post.rename(backup)
    time.sleep(0.03)
    with post.open("w") as file:
        file.write("after")
        file.flush()
        os.fsync(file.fileno())
    post.chmod(0o644)
    backup.unlink()
    swap.unlink()


def jetbrains(post: Path) -> None:
    new, old = post.with_name("post.md___jb_tmp___"), post.with_name("post.md___jb_old___")
    new.write_text("after")
    post.rename(old)
    new.rename(post)
    old.unlink()


def emacs(post: Path) -> None:
    lock, auto, backup = post.with_name(".#post.md"), post.with_name("#post.md#"), post.with_name("post.md~")
    lock.symlink_to("ada@machine.1234:5678")
    auto.write_text("aft")
    post.rename(backup)
    post.write_text("after")
    auto.unlink()
    lock.unlink()


def atomically(post: Path) -> None:
    """Many others: a new file with any name, renamed into place."""
    new = post.with_name("sedA1b2C3")
    new.write_text("after")
    new.rename(post)


@pytest.mark.usefixtures("unhurried")
@pytest.mark.parametrize("save", [in_place, vim, jetbrains, emacs, atomically])
def test_each_editor_s_save_is_one_batch_that_names_the_post(watched: Watched, save: Callable[[Path], None]) -> None:
    save(watched.root / POST)
    assert watched.next() == {POST}
    assert (watched.root / POST).read_text() == "after"
    assert watched.is_quiet()


@pytest.mark.usefixtures("unhurried")
def test_a_save_that_is_whole_waits_for_nothing_but_quiet(watched: Watched) -> None:
    for _ in range(5):
        (watched.root / POST).write_text("after")
        assert watched.next() == {POST}


@pytest.mark.usefixtures("unhurried")
def test_what_is_still_being_written_is_waited_for(watched: Watched) -> None:
    with (watched.root / POST).open("w") as file:
        for _ in range(3):
            file.write("half ")
            file.flush()
            time.sleep(0.15)
        assert watched.told.empty(), "nothing is told while the file is open"
    assert watched.next() == {POST}


def test_reading_and_scratch_files_are_no_change(watched: Watched) -> None:
    (watched.root / POST).read_text()
    for name in (".post.md.swp", "4913", "post.md~", ".DS_Store", "post.md.tmp"):
        (watched.root / "content/posts" / name).write_text("x")
    (watched.root / "public").mkdir()
    (watched.root / "public/index.html").write_text("x")
    (watched.root / ".brandkit").mkdir()
    (watched.root / "other.txt").write_text("x")
    assert watched.is_quiet()


def test_settings_new_folders_and_renamed_ones_are_followed(watched: Watched) -> None:
    (watched.root / "site.yaml").write_text("title: x")
    assert watched.next() == {"site.yaml"}
    (watched.root / "themes/mine/templates").mkdir(parents=True)  # there was no themes/ before
    watched.next()
    assert watched.is_followed("themes/mine/templates/home.html")
    (watched.root / "content/posts").rename(watched.root / "content/notes")
    watched.gather("content/posts", "content/notes")
    assert watched.is_followed("content/notes/post.md")


def test_a_folder_that_goes_and_comes_back_is_watched_again(watched: Watched) -> None:
    shutil.rmtree(watched.root / "content")
    watched.gather("content")  # and the post, where its folder was not let go before
    (watched.root / "content/posts").mkdir(parents=True)
    assert watched.is_followed(POST)


@pytest.mark.slow
def test_ten_thousand_events_are_a_few_batches(watched: Watched, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_QUIET", 1.0)  # who writes may be stopped for a moment
    wanted, told, batches = {f"content/posts/p{number}.md" for number in range(5_000)}, set[str](), 0
    began = time.monotonic()
    for name in wanted:  # each makes a file, writes it and closes it
        (watched.root / name).write_text("x")
    while not wanted <= told:
        told |= watched.next()
        batches += 1
    assert batches <= 1 + time.monotonic() - began
    (watched.root / POST).write_text("after the flood")
    watched.gather(POST)


def test_where_no_watch_is_left_files_are_looked_at(watched: Watched, monkeypatch: pytest.MonkeyPatch) -> None:
    import errno

    class Full(module.PollingObserver):
        def schedule(self, *_: object, **__: object) -> None:  # type: ignore[override]
            raise OSError(errno.ENOSPC, "no watches")

    said: list[str] = []
    told: queue.Queue[Batch] = queue.Queue()
    monkeypatch.setattr(module, "Observer", Full)
    monkeypatch.setattr(module, "_POLL", 0.1)
    polling = Watch([watched.root / "content"], [watched.root / "site.yaml"], told.put, said.append)
    polling.start()
    try:
        for turn in range(100):  # it may not have looked yet when the first one is written
            (watched.root / POST).write_text(f"looked at {turn}")
            with contextlib.suppress(queue.Empty):
                assert watched.root / POST in told.get(timeout=0.6)
                break
        else:
            pytest.fail("it was never told")
    finally:
        polling.close()
    assert len(said) == 1
    assert "max_user_watches" in said[0]


def test_a_batch_waits_for_a_missing_file_but_never_for_ever() -> None:
    settling = Settling()
    assert settling.due() is None
    settling.gone("/a.md", 0.0)
    assert settling.due() == pytest.approx(0.12)
    settling.whole("/a.md", 0.05)
    assert settling.due() == pytest.approx(0.075)
    for tick in range(200):
        settling.begun("/b.md", 0.05 + tick / 100)
    assert settling.due() == pytest.approx(1.0)
    assert settling.take() == {Path("/a.md"), Path("/b.md")}
    assert settling.due() is None


def test_what_came_and_went_within_a_batch_was_never_there() -> None:
    settling = Settling()
    settling.made("/new", 0.0)
    settling.left("/new", 0.01)
    settling.whole("/post.md", 0.01)
    assert settling.take() == {Path("/post.md")}


@pytest.mark.parametrize("name", ["post.md", "4913.md", "index.html", ".well-known", "a#b.md", "tmp"])
def test_a_text_is_no_scratch_file(name: str) -> None:
    assert not is_scratch(f"/content/{name}")
