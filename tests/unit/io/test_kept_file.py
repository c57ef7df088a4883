"""What is kept of the vault: known while its texts are the same, harmless to read, gone when it is forgotten."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

import pytest

from brandkit.engage.reread import Reread
from brandkit.engage.vault import read_vault
from brandkit.io import kept_file

FILES = {
    "me.yaml": "name: Alex\n",
    "contacts.yaml": "- {id: ada, name: Ada, every: 30 days, birthday: --02-29, needs: [tea], knows: [bea]}\n"
    "- {id: bea, name: B}\n",
    "contacts/cleo.yaml": "id: cleo\nname: Cleo\nmet: {on: 2025-06-01}\n",
    "feeds.yaml": "- {id: acme, url: acme.xml}\n",
    "journal/2026.jsonl": "\n".join(
        f'{{"id": "j{n}", "at": "2026-02-01T09:00:0{n}Z", "contacts": ["ada"], "type": "call", "until": "2026-03-01"}}'
        for n in range(5)
    )
    + "\n\n",
}


class Trap:
    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.mkdir, ("trapped",)


def kept(tmp_path: Path, files: dict[str, str]) -> Reread:
    """Read, keep, and read what was kept."""
    first = Reread()
    read_vault(files, "vault", first)
    kept_file.save(tmp_path, "1", first.after)
    return Reread(kept_file.load(tmp_path, "1"))


def test_a_vault_that_is_the_same_says_the_same_and_nothing_is_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    again = kept(tmp_path, FILES)
    assert len(again.before) == 4
    monkeypatch.setattr("brandkit.engage.vault.decode", None)
    monkeypatch.setattr("brandkit.engage.journal.decode", None)
    assert read_vault(FILES, "vault", again) == read_vault_anew(monkeypatch)
    assert not again.has_changed


def read_vault_anew(monkeypatch: pytest.MonkeyPatch) -> object:
    monkeypatch.undo()
    return read_vault(FILES, "vault")


@pytest.mark.parametrize(
    "changed",
    [
        {"contacts.yaml": "- {id: ada, name: Ada, knows: [nobody]}\n"},
        {"contacts.yaml": "- {id: cleo, name: Twice}\n- {id: ada, name: Ada}\n- {id: bea, name: B}\n"},
        {"contacts/cleo.yaml": "- {id: dora, name: D}\n"},
        {
            "journal/2026.jsonl": FILES["journal/2026.jsonl"]
            + '{"id": "k", "at": "2026-02-02T09:00:00Z", "type": "oops"}\n'
        },
        {"contacts.yaml": "- {id: bea, name: B}\n"},
        {"feeds.yaml": "- {id: acme, url: acme.xml, odd: 1}\n"},
        {"more.yaml": "x", "journal/2025.jsonl": FILES["journal/2026.jsonl"]},
    ],
)
def test_what_changed_is_found_with_its_place_whatever_is_known(tmp_path: Path, changed: dict[str, str]) -> None:
    files = {**FILES, **changed}
    again = kept(tmp_path, FILES)
    assert read_vault(files, "vault", again) == read_vault(files, "vault")
    assert read_vault(files, "vault", kept(tmp_path, files)) == read_vault(files, "vault")
    assert read_vault(files, "elsewhere", again) == read_vault(files, "elsewhere")


def test_nothing_is_kept_but_what_the_last_run_asked_for(tmp_path: Path) -> None:
    again = kept(tmp_path, FILES)
    read_vault({"me.yaml": "name: Alex\n"}, "vault", again)
    assert again.has_changed and not again.after
    kept_file.save(tmp_path, "1", again.after)
    assert b"Cleo" not in (tmp_path / kept_file.NAME).read_bytes()


def test_another_version_or_a_broken_file_is_as_good_as_none(tmp_path: Path) -> None:
    assert kept_file.load(tmp_path, "1") == {}
    kept(tmp_path, FILES)
    assert kept_file.load(tmp_path, "2") == {}
    path = tmp_path / kept_file.NAME
    path.write_bytes(path.read_bytes()[:-9])
    assert kept_file.load(tmp_path, "1") == {}
    if sys.platform != "win32":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    kept_file.forget(tmp_path)
    kept_file.forget(tmp_path)
    assert not path.exists()


def test_a_letter_that_was_altered_says_nothing_else_of_anybody(tmp_path: Path) -> None:
    kept(tmp_path, FILES)
    path = tmp_path / kept_file.NAME
    path.write_bytes(path.read_bytes().replace(b"Cleo", b"Cloe"))
    assert kept_file.load(tmp_path, "1") == {}


def test_a_file_that_somebody_else_put_there_does_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    kept_file.save(tmp_path, "1", {"key": Trap()})
    assert b"trapped" in (tmp_path / kept_file.NAME).read_bytes()
    assert kept_file.load(tmp_path, "1") == {}
    assert not (tmp_path / "trapped").exists()
