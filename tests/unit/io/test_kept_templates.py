"""Compiled templates: known in the next run, and run only where nobody else can have written them."""

from __future__ import annotations

import os
import pickle
import sys
import tempfile
from pathlib import Path

import pytest

from brandkit.base.templates import environment
from brandkit.io import kept_templates
from brandkit.io.kept_templates import KeptTemplates

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the place and its modes are those of POSIX")


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where this machine keeps temporary files."""
    (tmp_path / "tmp").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "tmp"))
    return tmp_path / "tmp"


def rendered(text: str, kept: KeptTemplates | None) -> str:
    return environment({"a.html": text}, {}, kept).get_template("a.html").render(x="<")


def only_file(place: Path) -> Path:
    (folder,) = place.iterdir()
    (file,) = folder.iterdir()
    return file


def test_what_was_compiled_once_is_known_until_its_text_changes(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert rendered("{{ x }}", kept_templates.kept_templates("1")) == "&lt;"
    kept = pickle.loads(pickle.dumps(kept_templates.kept_templates("1")))
    assert rendered("new {{ x }}", kept) == "new &lt;"
    monkeypatch.setattr("jinja2.Environment.compile", None)
    assert rendered("new {{ x }}", kept) == "new &lt;"


def test_another_version_knows_nothing_of_it(place: Path) -> None:
    for version in ("1", "2"):
        rendered("{{ x }}", kept_templates.kept_templates(version))
    (folder,) = place.iterdir()
    assert len(list(folder.iterdir())) == 2


@pytest.mark.parametrize("at", [0, 20, -1])
def test_what_was_altered_is_compiled_anew(place: Path, at: int) -> None:
    rendered("{{ x }}", kept_templates.kept_templates("1"))
    whole = only_file(place).read_bytes()
    altered = bytearray(whole)
    altered[at] ^= 1
    only_file(place).write_bytes(altered)
    assert rendered("{{ x }}", kept_templates.kept_templates("1")) == "&lt;"
    assert only_file(place).read_bytes() == whole


def test_a_place_that_takes_nothing_more_is_only_slower(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    assert rendered("{{ x }}", kept_templates.kept_templates("1")) == "&lt;"


def test_a_folder_that_goes_while_we_are_at_work_is_only_slower(place: Path) -> None:
    kept = kept_templates.kept_templates("1")
    next(place.iterdir()).rmdir()
    assert rendered("{{ x }}", kept) == "&lt;"


@pytest.mark.parametrize("trap", ["open", "link", "file"])
def test_a_folder_that_somebody_else_may_have_made_is_not_used(place: Path, trap: str) -> None:
    folder = place / f"brandkit-templates-{os.getuid()}"
    if trap == "open":
        folder.mkdir()
        folder.chmod(0o777)
    elif trap == "link":
        (place.parent / "theirs").mkdir(mode=0o700)
        folder.symlink_to(place.parent / "theirs")
    else:
        folder.write_text("")
    assert kept_templates.kept_templates("1") is None


def test_nothing_is_kept_where_we_stand_which_may_be_a_project(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(place)
    assert kept_templates.kept_templates("1") is None
    assert not list(place.iterdir())
