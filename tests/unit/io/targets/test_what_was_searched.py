"""Every target sends the bytes that were searched, and no others: whatever is written into the folder meanwhile."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from brandkit.base.digest import digest_bytes
from brandkit.base.walls import Clearance, PublicOutput, Refused
from brandkit.io.targets.registry import TARGETS
from brandkit.io.targets.target import Destination

SITE = {"index.html": "home", "posts/one/index.html": "one"}
Standing = Callable[[], dict[str, bytes]]


@pytest.fixture(params=["folder", "github-pages", "rsync", "s3"])
def place(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> tuple[str, Destination, Standing]:
    """A target, where to, and what stands there."""
    if request.param == "github-pages":
        bare = request.getfixturevalue("bare")
        return request.param, Destination(str(bare), tmp_path), lambda: _on_branch(bare)
    if request.param == "rsync":
        served = request.getfixturevalue("rsyncd")
        monkeypatch.setenv("RSYNC_PASSWORD", "a-long-password")
        return request.param, Destination(served.address, tmp_path), lambda: _in_folder(served.folder)
    if request.param == "s3":
        cloud = request.getfixturevalue("cloud")
        return request.param, Destination("brand", tmp_path, endpoint=cloud.endpoint), lambda: _in_bucket(cloud)
    return request.param, Destination(str(tmp_path / "www"), tmp_path), lambda: _in_folder(tmp_path / "www")


def _in_folder(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*.html")}


def _on_branch(bare: Path) -> dict[str, bytes]:
    def git(*arguments: str) -> bytes:
        return subprocess.run(["git", *arguments], cwd=bare, capture_output=True, check=False).stdout

    names = git("ls-tree", "-r", "--name-only", "gh-pages").decode().split()
    return {name: git("show", f"gh-pages:{name}") for name in names if name.endswith(".html")}


def _in_bucket(cloud: Any) -> dict[str, bytes]:
    client = cloud.client()
    keys = [row["Key"] for row in client.list_objects_v2(Bucket="brand").get("Contents", [])]
    return {key: client.get_object(Bucket="brand", Key=key)["Body"].read() for key in keys if key.endswith(".html")}


def searched(output: PublicOutput) -> Clearance:
    return Clearance(True, "", {path: digest_bytes((output.path / path).read_bytes()) for path in output.files})


def deploy(
    place: tuple[str, Destination, Standing], output: PublicOutput, clearance: Clearance, late: str = ""
) -> None:
    target = next(target for target in TARGETS if target.name == place[0])
    with target.prepare(output, place[1]) as prepared:
        if late:
            (output.path / "posts/one/index.html").write_text(late)
        prepared.put(clearance)


@pytest.mark.slow
def test_what_was_searched_is_sent(place: Any, built: Any) -> None:
    output = built(SITE)
    deploy(place, output, searched(output))
    assert place[2]() == {path: text.encode() for path, text in SITE.items()}
    output = built({**SITE, "index.html": "new home"})
    deploy(place, output, searched(output))
    assert place[2]()["index.html"] == b"new home"


def test_what_changed_after_it_was_searched_is_not_sent(place: Any, built: Any) -> None:
    output = built(SITE)
    clearance = searched(output)
    (output.path / "posts/one/index.html").write_text("private words")
    with pytest.raises(Refused, match=r"posts/one/index\.html changed after it was searched"):
        deploy(place, output, clearance)
    assert b"private words" not in place[2]().values()


@pytest.mark.slow
def test_nor_is_what_changed_after_the_plan_was_made(place: Any, built: Any) -> None:
    output = built(SITE)
    try:
        deploy(place, output, searched(output), late="private words")
    except Refused:
        assert place[0] != "github-pages", "its commit was made before"
    assert b"private words" not in place[2]().values()


def test_nor_is_what_was_never_searched(place: Any, built: Any) -> None:
    output = built(SITE)
    digests = dict(searched(output).digests)
    del digests["posts/one/index.html"]
    with pytest.raises(Refused):
        deploy(place, output, Clearance(True, "", digests))
    assert "posts/one/index.html" not in place[2]()
