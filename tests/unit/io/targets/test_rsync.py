"""deploy rsync: to a real daemon and over a real sshd; nothing that others put there is ever removed."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from brandkit.base.walls import EnvironmentProblem, Refused, UsageProblem
from brandkit.io.targets import marker
from brandkit.io.targets.programs import without_secrets

pytestmark = pytest.mark.slow

SITE = {"index.html": "home", "posts/é one/index.html": "one", "assets/p.avif": bytes(range(256)), "_redirects": "x"}
NEXT = {"index.html": "new home", "posts/two/index.html": "two", "assets/p.avif": bytes(range(256)), "_redirects": "x"}


@pytest.fixture(params=["daemon", pytest.param("ssh", marks=pytest.mark.slow)])
def either(request: pytest.FixtureRequest) -> Any:
    """A folder, and how rsync reaches it."""
    return request.getfixturevalue(f"by_{request.param}")


@pytest.fixture
def by_daemon(rsyncd: Any, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, str]:
    monkeypatch.setenv("RSYNC_PASSWORD", "a-long-password")
    return rsyncd.folder, rsyncd.address


@pytest.fixture
def by_ssh(sshd: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> tuple[Path, str]:
    monkeypatch.setenv("RSYNC_RSH", sshd.command)
    return tmp_path / "www", f"{sshd.user}@127.0.0.1:{tmp_path}/www"


def standing(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file() and path.name != marker.NAME)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def as_bytes(files: Any) -> dict[str, bytes]:
    return {path: data if isinstance(data, bytes) else data.encode() for path, data in files.items()}


def test_the_place_becomes_the_site_and_only_what_differs_is_planned(either: Any, built: Any, carry: Any) -> None:
    folder, address = either
    plan = carry("rsync", built(SITE), address, dry_run=True)
    assert plan.place == without_secrets(address)
    assert (set(plan.new), plan.changed, plan.removed, plan.standing) == (set(SITE), (), (), 0)
    assert not folder.exists() or standing(folder) == {}
    carry("rsync", built(SITE), address)
    assert standing(folder) == as_bytes(SITE)
    assert (folder / "index.html").stat().st_mode & 0o777 == 0o644
    before = {path: (folder / path).stat().st_mtime_ns for path in (*SITE, marker.NAME)}
    plan = carry("rsync", built(SITE), address)  # built anew: the same bytes, other times
    assert (plan.new, plan.changed, plan.removed, plan.standing) == ((), (), (), 4)
    assert {path: (folder / path).stat().st_mtime_ns for path in (*SITE, marker.NAME)} == before
    plan = carry("rsync", built(NEXT), address)
    assert (plan.new, plan.changed) == (("posts/two/index.html",), ("index.html",))
    assert plan.removed == ("posts/é one/index.html",)
    assert standing(folder) == as_bytes(NEXT)
    assert not (folder / "posts/é one").exists()
    assert marker.load((folder / marker.NAME).read_bytes()) == set(NEXT)


def test_what_others_put_there_stays(by_daemon: Any, built: Any, carry: Any) -> None:
    folder, address = by_daemon
    folder.mkdir(exist_ok=True)
    (folder / "theirs.html").write_text("theirs")
    with pytest.raises(Refused, match="holds files that brandkit did not put there"):
        carry("rsync", built(SITE), address)
    assert standing(folder) == {"theirs.html": b"theirs"}
    (folder / marker.NAME).touch()
    carry("rsync", built(SITE), address)
    (folder / "posts/é one/theirs.txt").write_text("theirs")
    carry("rsync", built(NEXT), address)
    assert standing(folder) == {
        **as_bytes(NEXT),
        "theirs.html": b"theirs",
        "posts/é one/theirs.txt": b"theirs",
    }


def test_a_list_that_is_a_link_is_not_read(by_daemon: Any, built: Any, carry: Any) -> None:
    folder, address = by_daemon
    folder.mkdir(exist_ok=True)
    (folder / marker.NAME).symlink_to("/etc/passwd")
    with pytest.raises(Refused, match="did not put there"):
        carry("rsync", built(SITE), address)


def test_a_list_that_somebody_forged_removes_nothing_outside(by_daemon: Any, built: Any, carry: Any) -> None:
    folder, address = by_daemon
    carry("rsync", built(SITE), address)
    outside = folder.parent / "outside.html"
    outside.write_text("keep")
    (folder / marker.NAME).write_text(f"../outside.html\n{outside}\nindex.html/x\n")
    assert carry("rsync", built(NEXT), address).removed == ()
    assert outside.read_text() == "keep"


def test_a_file_takes_the_place_of_a_folder_and_a_folder_that_of_a_file(by_daemon: Any, built: Any, carry: Any) -> None:
    folder, address = by_daemon
    one = {"index.html": "x", "a/index.html": "a", "a/b/c.html": "c", "d": "d"}
    other = {"index.html": "x", "a": "a file now", "d/index.html": "a folder now"}
    for site in (one, other, one):
        carry("rsync", built(site), address)
        assert standing(folder) == as_bytes(site)


def test_what_was_changed_there_by_hand_is_put_right(by_daemon: Any, built: Any, carry: Any) -> None:
    folder, address = by_daemon
    carry("rsync", built(SITE), address)
    (folder / "index.html").write_text("h0me")  # as long as before
    (folder / "posts/é one/index.html").unlink()
    plan = carry("rsync", built(SITE), address)
    assert (plan.new, plan.changed) == (("posts/é one/index.html",), ("index.html",))
    assert standing(folder) == as_bytes(SITE)


def test_what_cannot_be_reached_ends_in_one_line(
    rsyncd: Any, sshd: Any, built: Any, carry: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for wrong in (
        "",
        "/srv/www",
        "-e touch:/tmp/x",
        "host:",
        "-oProxyCommand=x@host:/x",
        "user@-oProxyCommand=x:/y",
        "rsync://a:hush@h/m",
    ):
        with pytest.raises(UsageProblem, match="deploy rsync wants a place"):
            carry("rsync", built(SITE), wrong)
    monkeypatch.setenv("RSYNC_PASSWORD", "hush-hush")
    with pytest.raises(EnvironmentProblem, match="auth failed on module site") as wrong_password:
        carry("rsync", built(SITE), rsyncd.address)
    with pytest.raises(EnvironmentProblem, match="Connection refused"):
        carry("rsync", built(SITE), "rsync://alex@127.0.0.1:9/site")
    monkeypatch.setenv("RSYNC_RSH", sshd.command.replace("person", "host"))
    with pytest.raises(EnvironmentProblem, match="Permission denied") as no_key:
        carry("rsync", built(SITE), f"{sshd.user}@127.0.0.1:{tmp_path}/www")
    for error in (wrong_password, no_key):
        assert "hush" not in str(error.value)
        assert "\n" not in str(error.value)


def test_a_key_that_reaches_that_folder_alone_is_enough(
    sshd: Any, built: Any, carry: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if shutil.which("rrsync") is None:
        pytest.skip("no rrsync on this machine")
    (tmp_path / "www").mkdir()
    allowed = Path(sshd.command.partition(" -i ")[2].partition(" ")[0]).with_name("allowed")
    key = allowed.read_text()
    allowed.write_text(f'restrict,command="{shutil.which("rrsync")} {tmp_path}/www" {key}')
    monkeypatch.setenv("RSYNC_RSH", sshd.command)
    try:
        for site in (SITE, NEXT):
            carry("rsync", built(site), f"{sshd.user}@127.0.0.1:/")
            assert standing(tmp_path / "www") == as_bytes(site)
    finally:
        allowed.write_text(key)
