"""The list of published addresses: appended to and let go of, with all else left as it was."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from brandkit.base.walls import EnvironmentProblem
from brandkit.io import published_list
from brandkit.io.published_list import FILE


def write(root: Path, data: bytes) -> Path:
    (root / "content").mkdir()
    (root / FILE).write_bytes(data)
    return root / FILE


def test_a_new_list_begins_with_two_lines_that_explain_it(tmp_path: Path) -> None:
    assert published_list.add(tmp_path, ["/b/", "/a/", "/b/"]) == ["/b/", "/a/"]
    lines = (tmp_path / FILE).read_text().splitlines()
    assert [line[0] for line in lines] == ["#", "#", "/", "/"]


def test_what_is_listed_in_any_spelling_or_let_go_is_not_added_again(tmp_path: Path) -> None:
    file = write(tmp_path, b"# mine\n/caf%C3%A9/\n\ngone /old/\n/Posts/")
    assert published_list.add(tmp_path, ["/café/", "/old/", "/posts/", "/new/"]) == ["/new/"]
    assert file.read_text() == "# mine\n/caf%C3%A9/\n\ngone /old/\n/Posts/\n/new/\n"
    before = file.stat().st_mtime_ns
    assert published_list.add(tmp_path, ["/new/"]) == []
    assert file.stat().st_mtime_ns == before


def test_letting_go_keeps_order_comments_line_ends_and_odd_bytes(tmp_path: Path) -> None:
    file = write(tmp_path, b"# caf\xe9\r\n/a/\r\n/b/\r\n/c/")
    assert published_list.let_go(tmp_path, [2, 4, 1, 99]) == ["/a/", "/c/"]
    assert file.read_bytes() == b"# caf\xe9\r\ngone /a/\r\n/b/\r\ngone /c/"


def test_a_folder_that_may_not_be_written_is_said_in_words(tmp_path: Path) -> None:
    if os.geteuid() == 0:
        (tmp_path / "content").write_text("a file where a folder should be")
    else:
        (tmp_path / "content").mkdir(mode=0o500)
    with pytest.raises((EnvironmentProblem, NotADirectoryError)):
        published_list.add(tmp_path, ["/a/"])
