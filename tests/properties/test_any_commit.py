"""A commit leaves exactly what was wanted, whatever stood there: files, folders and links in each other's way."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from brandkit.base.walls import Artifact, Committed, OutputDir
from brandkit.io.commit import MARKER, commit, recover
from brandkit.io.scan import LOST
from brandkit.io.standing import present

FULL = os.environ.get("BRANDKIT_PROOF") == "full"
STEPS = ("write", "replace", "fsync", "unlink", "rmdir", "mkdir", "open", "close", "scandir")
Tree = Mapping[str, str]
COMMON: dict[str, Any] = {
    "deadline": None,
    "derandomize": not os.environ.get("BRANDKIT_SEED"),
    "database": None,
    "phases": (Phase.generate,),
    "suppress_health_check": list(HealthCheck),
}
NAMES = st.sampled_from(["a", "b", "c", ".d"])
PATHS = st.lists(NAMES, min_size=1, max_size=4).map("/".join)
TREES = st.dictionaries(PATHS, st.sampled_from(["one", "two", "three"]), max_size=12).map(lambda drawn: _fit(drawn))
# what a hand does to a folder: a stray file, a folder, a link to a file or to a folder, in whose place it likes
HANDS = st.lists(st.tuples(PATHS, st.sampled_from(["stray", "folder", "link", "link to a folder", "gone"])), max_size=5)


def _fit(drawn: Tree) -> Tree:
    """Without what stands below a file."""
    return {path: text for path, text in drawn.items() if not any(path.startswith(f"{other}/") for other in drawn)}


class Killed(BaseException):
    """The end of a process, as far as one can have it within one."""


class Folder:
    """An output folder, and one outside of it that links lead to."""

    def __init__(self, base: Path) -> None:
        self.out = OutputDir(base / "public", base / "cache")
        self.outside = base / "outside"
        (self.outside / "inner").mkdir(parents=True)
        (self.outside / "inner" / "a").write_text("theirs")

    def put(self, wanted: Tree) -> Committed:
        """As a build does it: what stands there already need not be made."""
        ours, manifest = self.ours(), self.out.cache / "m.json"
        before = {**dict.fromkeys(ours, LOST), **present(self.out, ours)}
        made = [Artifact(path, text.encode()) for path, text in wanted.items() if not self._stands(path, text)]
        return commit(self.out, wanted, made, before, lambda stamps: {manifest: json.dumps(list(stamps)).encode()})

    def ours(self) -> list[str]:
        """What the last commit that was finished left there."""
        manifest = self.out.cache / "m.json"
        return list(json.loads(manifest.read_text())) if manifest.is_file() else []

    def _stands(self, path: str, text: str) -> bool:
        file = self.out.path / path
        own = [*file.relative_to(self.out.path).parents, Path(path)]
        linked = any((self.out.path / part).is_symlink() for part in own)
        return not linked and file.is_file() and file.read_text() == text

    def disturb(self, path: str, how: str) -> None:
        place = self.out.path / path
        for above in reversed(place.parents):
            if above.is_relative_to(self.out.path) and (above.is_symlink() or above.is_file()):
                above.unlink()
        place.parent.mkdir(parents=True, exist_ok=True)
        if place.is_symlink() or place.is_file():
            place.unlink()
        elif place.is_dir():
            shutil.rmtree(place)
        match how:
            case "stray":
                place.write_text("not ours")
            case "folder":
                (place / "in" / "the way").mkdir(parents=True)
            case "link":
                place.symlink_to(self.outside / "inner" / "a")
            case "link to a folder":
                place.symlink_to(self.outside / "inner")

    def holds(self) -> dict[str, str]:
        """Everything but folders, with links as links."""
        found: dict[str, str] = {}
        for folder, folders, files in os.walk(self.out.path):
            for name in (*files, *folders):
                path = Path(folder, name)
                below = path.relative_to(self.out.path).as_posix()
                if path.is_symlink() or path.is_file():
                    found[below] = f"-> {os.readlink(path)}" if path.is_symlink() else path.read_text()
        found.pop(MARKER, None)
        return found

    def is_as_wanted(self, wanted: Tree, theirs: Tree) -> None:
        """Exactly what was wanted; of dot files at the top also what somebody put there."""
        kept = {path: text for path, text in self.holds().items() if path in wanted or not path.startswith(".")}
        assert kept == dict(wanted)
        assert {p: t for p, t in self.holds().items() if p not in wanted} == {
            p: t for p, t in theirs.items() if p.startswith(".") and not _in_the_way(p, wanted)
        }
        assert (self.outside / "inner" / "a").read_text() == "theirs"
        assert list(self.outside.rglob("*")) == [self.outside / "inner", self.outside / "inner" / "a"]
        assert not list(self.out.cache.glob("stage-*"))


def _in_the_way(path: str, wanted: Tree) -> bool:
    return path in wanted or any(other.startswith(f"{path}/") or path.startswith(f"{other}/") for other in wanted)


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Folder]:
    base = tmp_path_factory.mktemp("commits")
    numbers = iter(range(10_000_000))
    return lambda: Folder(base / str(next(numbers)))


@pytest.mark.slow
@settings(max_examples=8_000 if FULL else 100, **COMMON)
@given(trees=st.lists(TREES, min_size=2, max_size=4), hands=st.lists(HANDS, min_size=4, max_size=4))
def test_a_folder_holds_exactly_what_is_wanted(
    trees: list[Tree], hands: list[list[tuple[str, str]]], folders: Callable[[], Folder]
) -> None:
    folder = folders()
    for wanted, disturbances in zip(trees, hands, strict=False):
        theirs = folder.holds() if folder.out.path.is_dir() else {}
        own = folder.ours()
        folder.put(wanted)
        folder.is_as_wanted(wanted, {p: t for p, t in theirs.items() if p not in own})
        for path, how in disturbances:
            if not path.startswith("."):
                folder.disturb(path, how)
    shutil.rmtree(folder.out.path.parent)


@pytest.fixture
def mortal(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """One number: so many steps are left; none are counted while it is not there."""
    left: list[int] = []

    def wrapped(real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*given: Any, **more: Any) -> Any:
            if left:
                left[0] -= 1
                if left[0] < 0:
                    raise Killed
            return real(*given, **more)

        return call

    for name in STEPS:
        monkeypatch.setattr(os, name, wrapped(getattr(os, name)))
    yield left


@pytest.mark.slow
@settings(max_examples=8_000 if FULL else 100, **COMMON)
@given(old=TREES, new=TREES, hands=HANDS, steps=st.integers(0, 120))
def test_a_commit_that_is_killed_is_finished_or_never_was(
    old: Tree, new: Tree, hands: list[tuple[str, str]], steps: int, folders: Callable[[], Folder], mortal: list[int]
) -> None:
    folder = folders()
    folder.put(old)
    for path, how in hands:
        if not path.startswith("."):
            folder.disturb(path, how)
    stood = folder.holds()
    mortal.append(steps)
    with suppress(Killed):
        folder.put(new)
    mortal.clear()
    here = folder.holds()
    assert all(text in (stood.get(path), new.get(path)) for path, text in here.items()), "a file is neither old nor new"
    finished = recover(folder.out)
    if finished:
        folder.is_as_wanted(new, {})
    else:
        assert folder.holds() in (stood, dict(new))
    folder.put(new)
    folder.is_as_wanted(new, {})
    shutil.rmtree(folder.out.path.parent)
