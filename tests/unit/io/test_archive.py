"""Archives: written whole and for their owner alone; of what is read, nothing is believed before all of it agrees."""

from __future__ import annotations

import contextlib
import hashlib
import json
import stat
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from brandkit.base.walls import EnvironmentProblem, Refused, UsageProblem
from brandkit.io import archive


@pytest.fixture
def made(tmp_path: Path) -> Path:
    """An archive of two files."""
    for name, text in (("a.yaml", "a: 1\n"), ("deep.jsonl", "{}\n" * 1000)):
        (tmp_path / name).write_text(text)
    members = [("vault/a.yaml", tmp_path / "a.yaml"), ("vault/journal/deep.jsonl", tmp_path / "deep.jsonl")]
    archive.write(tmp_path / "made.zip", members, "1.0", "2026-03-01T12:00:00+00:00")
    return tmp_path / "made.zip"


Change = Callable[[dict[str, bytes]], None]


def altered(made: Path, change: Change, link: str = "") -> Path:
    """The same archive with other members, its list as it was."""
    with zipfile.ZipFile(made) as pack:
        members = {info.filename: pack.read(info) for info in pack.infolist()}
    change(members)
    path = made.with_name("altered.zip")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as pack:
        for name, data in members.items():
            info = zipfile.ZipInfo(name)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = ((stat.S_IFLNK if name == link else stat.S_IFREG) | 0o777) << 16
            pack.writestr(info, data)
    return path


def listed(members: dict[str, bytes], name: str, data: bytes = b"x") -> None:
    """Add a member, and say so in the list."""
    members[name] = data
    contents = json.loads(members[archive.CONTENTS])
    contents["files"][name] = [len(data), hashlib.sha256(data).hexdigest()]
    members[archive.CONTENTS] = json.dumps(contents).encode()


def test_what_was_written_comes_back_and_is_for_its_owner_alone(made: Path, tmp_path: Path) -> None:
    assert stat.S_IMODE(made.stat().st_mode) == 0o600
    contents = archive.read_contents(made)
    assert sorted(contents.files) == ["vault/a.yaml", "vault/journal/deep.jsonl"]
    archive.unpack(made, contents, {"vault": tmp_path / "out"})
    assert (tmp_path / "out/a.yaml").read_text() == "a: 1\n"
    assert (tmp_path / "out/journal/deep.jsonl").read_text() == "{}\n" * 1000
    assert stat.S_IMODE((tmp_path / "out/a.yaml").stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "out").stat().st_mode) == 0o700


def test_an_archive_never_takes_the_place_of_a_file(made: Path) -> None:
    before = made.read_bytes()
    with pytest.raises(UsageProblem, match="there already"):
        archive.write(made, [], "1.0", "")
    assert made.read_bytes() == before
    assert not list(made.parent.glob(".*.new"))


@pytest.mark.parametrize(
    "name",
    [
        *("../up", "vault/../../up", "/etc/passwd", "vault//x", "vault/./x", "alone", "vault/.git/hooks/post-checkout"),
        *("vault/.GIT/config", "vault/new\nline", "vault/nul\x7f", ".."),
    ],
)
def test_a_name_that_could_lead_elsewhere_is_refused(made: Path, name: str) -> None:
    with pytest.raises(Refused, match="could lead elsewhere"):
        archive.read_contents(altered(made, lambda members: listed(members, name)))


def test_a_link_is_refused(made: Path) -> None:
    path = altered(made, lambda members: listed(members, "vault/link", b"/etc"), link="vault/link")
    with pytest.raises(Refused, match="no plain file"):
        archive.read_contents(path)


def test_a_folder_as_a_member_is_refused(made: Path) -> None:
    with pytest.raises(Refused, match="no plain file"):
        archive.read_contents(altered(made, lambda members: listed(members, "vault/folder/")))


@pytest.mark.parametrize(
    "change",
    [
        lambda members: members.update({"vault/a.yaml": b"a: 2\n"}),
        lambda members: members.update({"vault/extra.yaml": b""}),
        lambda members: members.pop("vault/a.yaml"),
        lambda members: members.pop(archive.CONTENTS),
        lambda members: members.update({archive.CONTENTS: b"[]"}),
        lambda members: members.update({archive.CONTENTS: b'{"format": 1, "files": {"a": 3}}'}),
        lambda members: members.update({archive.CONTENTS: b"[" * 100_000}),
        lambda members: members.update({archive.CONTENTS: b'{"format": Infinity}'}),
    ],
)
def test_what_does_not_agree_with_the_list_is_refused(made: Path, change: Change) -> None:
    with pytest.raises(Refused):
        archive.read_contents(altered(made, change))


def test_a_member_that_is_there_twice_is_refused(made: Path) -> None:
    with zipfile.ZipFile(made, "a") as pack, pytest.warns(UserWarning, match="Duplicate"):
        pack.writestr("vault/a.yaml", "a: 1\n")
    with pytest.raises(Refused, match="its own list"):
        archive.read_contents(made)


def test_an_archive_of_a_newer_brandkit_is_refused(made: Path) -> None:
    def newer(members: dict[str, bytes]) -> None:
        contents = json.loads(members[archive.CONTENTS]) | {"format": archive.FORMAT + 1, "made_by": "9.9"}
        members[archive.CONTENTS] = json.dumps(contents).encode()

    with pytest.raises(Refused, match=r"brandkit 9\.9, which is newer"):
        archive.read_contents(altered(made, newer))


def test_what_an_archive_says_of_itself_steers_no_terminal(made: Path) -> None:
    def steering(members: dict[str, bytes]) -> None:
        contents = json.loads(members[archive.CONTENTS]) | {"made_by": "1\x1b[2J\nAll is well" + "." * 9_000}
        members[archive.CONTENTS] = json.dumps(contents).encode()

    contents = archive.read_contents(altered(made, steering))
    assert contents.made_by.startswith("1?[2J?All is well.")
    assert len(contents.made_by) == 80


def test_a_bomb_is_refused_before_it_is_unpacked(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = altered(made, lambda members: listed(members, "vault/zeros", bytes(3 << 20)))
    assert archive.read_contents(path).files, "little is no bomb, however well it packs"
    monkeypatch.setattr(archive, "_FLOOR", 2 << 20)
    with pytest.raises(Refused, match="no backup: it would unpack to"):
        archive.read_contents(path)


def test_a_disk_without_room_is_known_before_anything_is_unpacked(made: Path, tmp_path: Path) -> None:
    contents = archive.Contents("1.0", "", {"vault/huge": (1 << 60, "")})
    with pytest.raises(EnvironmentProblem, match="are free"):
        archive.room_for(contents, {"vault": tmp_path / "vault"})


def test_each_disk_wants_room_for_what_goes_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    contents = archive.Contents("1.0", "", {"vault/a": (900, ""), "state/b": (300, ""), "drafts/c": (300, "")})
    disks = {tmp_path / "far": (1, 1000), tmp_path / "near": (2, 500)}
    for folder in disks:
        folder.mkdir()
    monkeypatch.setattr(archive, "_disk_of", disks.__getitem__)
    places = {"vault": tmp_path / "far/vault", "state": tmp_path / "near/state"}
    archive.room_for(contents, places)
    with pytest.raises(EnvironmentProblem, match=r"600 bytes or more on the disk of .*near, and 500 are free there"):
        archive.room_for(contents, {**places, "drafts": tmp_path / "near/drafts"})
    with pytest.raises(EnvironmentProblem, match=r"900 bytes or more on the disk of .*near"):
        archive.room_for(contents, {"vault": tmp_path / "near/vault"})


def _end(members: int, length: int) -> bytes:
    return struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, members, members, length, 0, 0)


def _end_64(members: int, length: int) -> bytes:
    record = struct.pack("<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, members, members, length, 0)
    return record + struct.pack("<4sLQL", b"PK\x06\x07", 0, length, 1) + _end(0xFFFF, 0xFFFFFFFF)


_MEMBER = struct.pack("<4s4B4HL2L5H2L", b"PK\x01\x02", *(0,) * 4, *(0,) * 4, 0, 0, 0, 1, *(0,) * 4, 0, 0) + b"a"


@pytest.mark.parametrize(
    ("trailer", "members"),
    [
        (_end_64(300_000, 300_000 * len(_MEMBER)), 300_000),
        (_end_64(2, 300_000 * len(_MEMBER)), 300_000),  # it says two
        (_end(2, 300_000 * len(_MEMBER)), 300_000),
        (_end_64(2, 1 << 40), 2),
        (_end_64(1_500_000, 66 << 20), 0),
        (_end(2, 0xFFFFFFFF), 2),
        (_end(2, 2 * len(_MEMBER))[:-2] + b"\x05\x00hello", 2),
        (_end(2, 2 * len(_MEMBER))[:-1], 2),
        (b"", 0),
    ],
)
def test_a_directory_of_too_much_is_refused_before_a_list_is_made_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, trailer: bytes, members: int
) -> None:
    path = tmp_path / "hostile.zip"
    path.write_bytes(_MEMBER * members + trailer)
    monkeypatch.setattr(zipfile, "ZipFile", None)  # nothing is handed to it
    with pytest.raises(Refused, match="backup"):
        archive.read_contents(path)


@pytest.mark.parametrize("there", ["missing.zip", "."])
def test_where_no_archive_is_that_is_said(tmp_path: Path, there: str) -> None:
    with pytest.raises(UsageProblem, match="there is no backup at"):
        archive.read_contents(tmp_path / there)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example(at=2_117_669_370, flip=2, cut=False)  # a member at a place that no file has
@given(at=st.integers(min_value=0), flip=st.integers(min_value=1, max_value=255), cut=st.booleans())
def test_an_archive_with_a_changed_byte_or_cut_off_is_whole_or_refused(
    made: Path, at: int, flip: int, cut: bool
) -> None:
    data = bytearray(made.read_bytes())
    at %= len(data)
    if cut:
        del data[at:]
    else:
        data[at] ^= flip
    broken = made.with_name("broken.zip")
    broken.write_bytes(data)
    with contextlib.suppress(Refused):
        assert archive.read_contents(broken).files == archive.read_contents(made).files
