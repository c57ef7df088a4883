"""The vault on disk: lines that are on the disk when they count, a torn tail set aside, nothing overwritten."""

from __future__ import annotations

import errno
import json
import os
import stat
import threading
from pathlib import Path

import pytest

from brandkit.base.walls import EnvironmentProblem, UsageProblem
from brandkit.io import vault
from tests.patience import PATIENCE


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "content/vault").mkdir(parents=True)
    return tmp_path / "content/vault"


def journal(folder: Path) -> Path:
    return folder / "journal/2026.jsonl"


def write(path: Path, text: str | bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode() if isinstance(text, str) else text)


def test_a_line_is_appended_whole_and_synced_before_it_counts(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[bytes] = []
    folders: list[bytes] = []
    real = os.fsync

    def spy(descriptor: int) -> None:
        is_folder = stat.S_ISDIR(os.fstat(descriptor).st_mode)
        (folders if is_folder else synced).append(journal(folder).read_bytes())
        real(descriptor)

    monkeypatch.setattr(os, "fsync", spy)
    vault.append_journal(folder, 2026, '{"id": "1"}')
    assert len(folders) == 2, "the name of a new year's file, and of a new folder for it, are on the disk too"
    vault.append_journal(folder, 2026, '{"id": "ü"}')
    assert synced == [b'{"id": "1"}\n', '{"id": "1"}\n{"id": "ü"}\n'.encode()]
    assert journal(folder).read_bytes() == synced[-1]
    assert len(folders) == 2


def test_a_torn_tail_is_a_warning_left_out_and_set_aside_by_the_next_line(folder: Path) -> None:
    write(journal(folder), '{"id": "1"}\n{"id": "2", "sum')
    read = vault.read(folder, "content/vault")
    assert read.value["journal/2026.jsonl"] == '{"id": "1"}\n'
    (found,) = read.diagnostics
    assert (found.severity, str(found.place)) == ("warning", "content/vault/journal/2026.jsonl:2:1")
    vault.append_journal(folder, 2026, '{"id": "3"}')
    assert journal(folder).read_text() == '{"id": "1"}\n{"id": "3"}\n'
    assert (folder / "journal/2026.torn").read_text() == '{"id": "2", "sum\n'
    assert vault.read(folder, "content/vault").diagnostics == ()


def test_a_file_that_is_nothing_but_a_torn_line_begins_anew(folder: Path) -> None:
    write(journal(folder), '{"id": "1"')
    assert vault.read(folder, "v").value["journal/2026.jsonl"] == ""
    vault.append_journal(folder, 2026, '{"id": "2"}')
    assert journal(folder).read_text() == '{"id": "2"}\n'


def test_a_torn_letter_is_a_torn_tail_too(folder: Path) -> None:
    whole = '{"id": "1"}\n{"summary": "Zoë'.encode()
    write(journal(folder), whole[:-1])
    read = vault.read(folder, "content/vault")
    assert read.value["journal/2026.jsonl"] == '{"id": "1"}\n'
    assert [d.severity for d in read.diagnostics] == ["warning"]
    vault.append_journal(folder, 2026, '{"id": "2"}')
    assert journal(folder).read_text() == '{"id": "1"}\n{"id": "2"}\n'


def test_a_last_line_without_its_end_is_whole_if_it_is_json(folder: Path) -> None:
    write(journal(folder), '{"id": "by hand"}')
    assert vault.read(folder, "v").diagnostics == ()
    vault.append_journal(folder, 2026, '{"id": "2"}')
    assert [json.loads(line)["id"] for line in journal(folder).read_text().splitlines()] == ["by hand", "2"]
    assert not (folder / "journal/2026.torn").exists()


def test_every_cut_of_an_append_loses_no_confirmed_line(tmp_path: Path) -> None:
    first, second, third = (f'{{"id": "{n}", "summary": "Zoë — 水"}}' for n in (1, 2, 3))
    whole = f"{first}\n{second}\n".encode()
    for cut in range(len(first.encode()) + 1, len(whole) + 1):
        folder = tmp_path / str(cut)
        write(journal(folder), whole[:cut])
        vault.append_journal(folder, 2026, third)
        lines = journal(folder).read_text().splitlines()
        assert lines[0] == first
        assert lines[-1] == third
        assert [json.loads(line) for line in lines]
        if cut >= len(whole) - 1:
            assert second in lines


def test_the_vault_is_below_content_or_where_the_environment_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(vault.VARIABLE, raising=False)
    assert vault.locate(tmp_path) == tmp_path / "content/vault"
    monkeypatch.setenv(vault.VARIABLE, str(tmp_path / "elsewhere"))
    assert vault.locate(tmp_path) == tmp_path / "elsewhere"
    monkeypatch.setenv(vault.VARIABLE, "~/people")
    assert vault.locate(tmp_path) == Path.home() / "people"


@pytest.mark.parametrize(
    "place",
    ["content/posts", "content/static/people", "content/pages/a/b", "content", ".", "public", "public/x", "private"],
)
def test_a_vault_within_what_is_published_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    monkeypatch.setenv(vault.VARIABLE, str(tmp_path / place))
    with pytest.raises(UsageProblem, match=vault.VARIABLE):
        vault.locate(tmp_path)


def test_a_link_into_what_is_published_is_refused_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "content/static/people").mkdir(parents=True)
    (tmp_path / "innocent").symlink_to(tmp_path / "content/static/people")
    monkeypatch.setenv(vault.VARIABLE, str(tmp_path / "innocent"))
    with pytest.raises(UsageProblem):
        vault.locate(tmp_path)


def test_texts_are_read_and_hidden_files_feeds_and_others_are_not(folder: Path) -> None:
    for name in ("me.yaml", "contacts/ada.yml", "templates/share.en.txt", "journal/2026.jsonl"):
        write(folder / name, "x: 1\n")
    for name in (".git/config.yaml", "feeds/a.yaml", "photo.jpg", ".hidden.yaml", "notes.md"):
        write(folder / name, "x: 1\n")
    read = vault.read(folder, "v")
    assert set(read.value) == {"me.yaml", "contacts/ada.yml", "templates/share.en.txt", "journal/2026.jsonl"}
    assert vault.read(folder / "absent", "v").value == {}


def test_a_byte_order_mark_is_dropped_and_bytes_that_are_no_text_are_told(folder: Path) -> None:
    write(folder / "me.yaml", b"\xef\xbb\xbfname: Alex\n")
    write(folder / "contacts.yaml", b"- {id: ada, name: \xff\xfe}\n")
    read = vault.read(folder, "content/vault")
    assert read.value == {"me.yaml": "name: Alex\n"}
    assert [str(d.place) for d in read.diagnostics] == ["content/vault/contacts.yaml:1:1"]


def test_one_bad_letter_does_not_make_the_journal_be_forgotten(folder: Path) -> None:
    write(journal(folder), b'{"id": "1"}\n{"id": "2", "summary": "Zo\xeb"}\n{"id": "3"}\n')
    read = vault.read(folder, "v")
    assert len(read.value["journal/2026.jsonl"].splitlines()) == 3
    assert [d.severity for d in read.diagnostics] == ["error"]


def test_a_new_file_is_made_with_its_folders_and_an_old_one_is_left_as_it_is(folder: Path) -> None:
    path = folder / "contacts/ada.yaml"
    vault.create(path, "id: ada\n")
    with pytest.raises(UsageProblem, match="left as it is"):
        vault.create(path, "id: bea\n")
    assert path.read_text() == "id: ada\n"
    dangling = folder / "contacts/link.yaml"
    dangling.symlink_to(folder / "elsewhere.yaml")
    with pytest.raises(UsageProblem):
        vault.create(dangling, "x")
    assert not (folder / "elsewhere.yaml").exists()


# ---- when the disk says no


@pytest.fixture
def full(monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that has room for eleven bytes more, each time."""

    def put(descriptor: int, data: bytes) -> None:
        os.write(descriptor, data[:11])
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(vault, "_put", put)


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


def test_a_new_file_on_a_full_disk_is_no_file_and_is_told_in_words(folder: Path, full: None) -> None:
    with pytest.raises(EnvironmentProblem, match=r"could not write .*zed\.yaml: the disk is full"):
        vault.create(folder / "contacts/zed.yaml", "id: zed\nname: Zed Full\n")
    assert names_in(folder) == []


def test_a_line_that_did_not_fit_leaves_the_journal_as_it_was(folder: Path, full: None) -> None:
    write(journal(folder), '{"id": "1"}\n')
    with pytest.raises(EnvironmentProblem, match="the disk is full"):
        vault.append_journal(folder, 2026, '{"id": "2", "summary": "too long"}')
    assert journal(folder).read_text() == '{"id": "1"}\n' and names_in(folder) == ["2026.jsonl"]


def test_a_line_that_was_not_seen_onto_the_disk_is_not_there(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(descriptor: int) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    write(journal(folder), '{"id": "1"}\n')
    monkeypatch.setattr(os, "fsync", fails)
    with pytest.raises(EnvironmentProblem):
        vault.append_journal(folder, 2026, '{"id": "2"}')
    assert journal(folder).read_text() == '{"id": "1"}\n'
    monkeypatch.undo()
    vault.append_journal(folder, 2026, '{"id": "2"}')
    assert journal(folder).read_text() == '{"id": "1"}\n{"id": "2"}\n'


@pytest.mark.parametrize("links", [True, False])
def test_a_new_file_has_its_name_only_when_it_is_whole(
    folder: Path, monkeypatch: pytest.MonkeyPatch, links: bool
) -> None:
    def no_links(*_: object) -> None:
        raise OSError(errno.EPERM, os.strerror(errno.EPERM))

    if not links:
        monkeypatch.setattr(os, "link", no_links)
    path = folder / "contacts/zoë.yaml"
    vault.create(path, "name: Zoë\n")
    assert path.read_bytes() == "name: Zoë\n".encode() and names_in(folder) == ["zoë.yaml"]
    with pytest.raises(UsageProblem, match="left as it is"):
        vault.create(path, "x")
    assert path.read_bytes() == "name: Zoë\n".encode() and names_in(folder) == ["zoë.yaml"]


def test_of_many_who_make_the_same_file_one_does(folder: Path) -> None:
    path, said, ready = folder / "contacts/zed.yaml", list[str](), threading.Barrier(8)

    def make(number: int) -> None:
        ready.wait(PATIENCE)
        try:
            vault.create(path, f"id: zed-{number}\n" * 100)
            said.append(f"id: zed-{number}\n" * 100)
        except UsageProblem:
            pass

    threads = [threading.Thread(target=make, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert said == [path.read_text()] and names_in(folder) == ["zed.yaml"]


def test_a_file_that_has_no_room_for_its_folder_or_name_is_told_in_words(folder: Path) -> None:
    write(folder / "contacts", "a file, not a folder")
    with pytest.raises(EnvironmentProblem, match="could not write"):
        vault.create(folder / "contacts/ada.yaml", "x")
    with pytest.raises(EnvironmentProblem, match="too long"):
        vault.create(folder / f"{'x' * 300}.yaml", "x")
    assert names_in(folder) == ["contacts"]


def test_the_journal_alone_is_read_as_the_whole_would_be(folder: Path) -> None:
    write(journal(folder), '{"id": "1"}\n{"id": "2", "sum')
    write(folder / "journal/2025.jsonl", '{"id": "0"}\n')
    write(folder / "contacts.yaml", "[]\n")
    whole, alone = vault.read(folder, "v"), vault.read_journal(folder, "v")
    assert alone.value == {name: text for name, text in whole.value.items() if name.startswith("journal/")}
    assert alone.diagnostics == whole.diagnostics
    assert vault.read_journal(folder / "nowhere", "v").value == {}


def test_a_folder_that_may_not_be_read_is_not_an_empty_one(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(folder / "contacts.yaml", "")
    real = os.scandir

    def refusing(path: str) -> object:
        if str(path) == str(folder):
            raise PermissionError(errno.EACCES, "Permission denied", path)
        return real(path)

    monkeypatch.setattr(os, "scandir", refusing)
    with pytest.raises(PermissionError):
        list(vault.files_of(folder))


def test_what_is_no_file_of_text_is_a_finding_and_never_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "contacts.yaml")
    (tmp_path / "events.yaml").symlink_to("/dev/zero")
    (tmp_path / "me.yaml").symlink_to("nowhere")
    with (tmp_path / "feeds.yaml").open("wb") as file:
        file.truncate(60_000_000)
    (tmp_path / "journal").mkdir()
    os.mkfifo(tmp_path / "journal/2026.jsonl")
    read = vault.read(tmp_path, "content/vault")
    assert read.value == {"journal/2026.jsonl": ""}
    assert sorted(f"{d.code} {d.place.file}" for d in read.diagnostics) == [
        "BK222 content/vault/contacts.yaml",
        "BK222 content/vault/events.yaml",
        "BK222 content/vault/feeds.yaml",
        "BK222 content/vault/journal/2026.jsonl",
        "BK222 content/vault/me.yaml",
    ]
