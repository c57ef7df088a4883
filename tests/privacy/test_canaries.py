"""Every text of a vault becomes a word that exists nowhere else; none is found in anything public."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

CANARY = re.compile(rb"zq\d+zq")
# What has to keep its form to be read at all. Everything else that is text becomes a canary.
FORMED = {
    *("since", "until", "on", "at", "date", "by", "start", "end", "birthday", "renews", "notice", "every", "published"),
    *("channel", "languages", "timezone", "consent", "reason", "tone", "status", "kind", "type", "direction", "state"),
    *("meets", "repeats", "leap_birthday", "role", "greeting", "closing", "reaction", "outcome", "date_published"),
    *("introduce", "publish", "promote", "version", "language", "date_modified", "mime_type"),
}


class Canaries:
    """Makes canaries; the same id becomes the same canary everywhere."""

    def __init__(self, ids: set[str]) -> None:
        self.count = 0
        self.ids = {name: f"{name}-{self.next()}" for name in sorted(ids)}

    def next(self) -> str:
        self.count += 1
        return f"zq{self.count}zq"

    def of(self, text: str) -> str:
        if re.fullmatch(r"[^@\s]+@[^@\s]+\.[a-z]+", text) or text.startswith(("http://", "https://")):
            return re.sub(r"//|@", lambda m: f"//{self.next()}." if m[0] == "//" else f"{self.next()}@", text, count=1)
        if text.startswith("feeds/"):
            return text
        return f"{text} {self.next()} {self.next()}"

    def fill(self, value: Any, key: str = "") -> Any:
        if isinstance(value, dict):
            return {self.ids.get(name, name): self.fill(item, name) for name, item in value.items()}
        if isinstance(value, list):
            return [self.fill(item, key) for item in value]
        if value in ("true", "false"):
            return value == "true"
        if isinstance(value, str) and value in self.ids:
            return self.ids[value]
        if not isinstance(value, str) or key in FORMED or re.fullmatch(r"[\d:TZ+-]+", value):
            return value
        return self.of(value)


class Plain(yaml.SafeLoader):
    """Dates stay text, and so do words like `on`."""


Plain.yaml_implicit_resolvers = {
    first: [(tag, regexp) for tag, regexp in rules if tag.rpartition(":")[2] not in ("timestamp", "bool")]
    for first, rules in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def _ids(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(value.get("id"), str):
            yield value["id"]
        value = list(value.values())
    if isinstance(value, list):
        for item in value:
            yield from _ids(item)


def fill(vault: Path, feeds: bool = True) -> Canaries:
    """Turn the texts of a vault into canaries; those of its feeds, which others wrote, only where asked."""
    files = {path: yaml.load(path.read_text(), Plain) for path in sorted(vault.rglob("*.yaml"))}
    journals = {
        path: [json.loads(line) for line in path.read_text().splitlines()] for path in sorted(vault.rglob("*.jsonl"))
    }
    canaries = Canaries({name for data in files.values() for name in _ids(data)})
    for path, data in files.items():
        path.write_text(yaml.safe_dump(canaries.fill(data), allow_unicode=True, sort_keys=False))
    for path, lines in journals.items():
        filled = [{**canaries.fill(line), "id": line["id"]} for line in lines]
        path.write_text("".join(json.dumps(line) + "\n" for line in filled))
    for path in sorted((vault / "feeds").iterdir()) if feeds else ():
        if path.suffix == ".json":
            path.write_text(json.dumps(canaries.fill(json.loads(path.read_text()))))
        else:
            ends = r"(?=(\]\]>)?</(title|description|summary|content|name|author|category|subtitle)>)"
            path.write_text(re.sub(ends, lambda _: f" {canaries.next()}", path.read_text()))
    return canaries


def found_below(folder: Path) -> dict[str, int]:
    counts = {}
    for path in sorted(folder.rglob("*")):
        hits = len(CANARY.findall(str(path.relative_to(folder)).encode()))
        hits += len(CANARY.findall(path.read_bytes())) if path.is_file() else 0
        if hits:
            counts[path.relative_to(folder).as_posix()] = hits
    return counts


@pytest.fixture
def canaried(plain_example: Path) -> Path:
    """The example with a vault of canaries."""
    assert fill(plain_example / "content/vault").count > 500
    return plain_example


def test_no_canary_of_the_vault_is_public(canaried: Path, brandkit: Callable[..., object]) -> None:
    ran = brandkit(canaried, "build", "--offline")
    assert ran.code == 0, ran.err
    private = found_below(canaried / "private")
    assert sum(private.values()) > 200, "the canaries did not arrive, so the proof proves nothing"
    assert found_below(canaried / "public") == {}
    assert found_below(canaried / ".brandkit/cache") == {}


def test_no_canary_is_in_what_is_deployed(canaried: Path, tmp_path: Path, brandkit: Callable[..., object]) -> None:
    ran = brandkit(canaried, "deploy", "--example", "folder", str(tmp_path / "www"))
    assert ran.code == 0, ran.err
    assert (tmp_path / "www/index.html").is_file()
    assert found_below(tmp_path / "www") == {}


def test_what_the_private_side_offers_for_the_public_one_brings_nothing_along(
    plain_example: Path, brandkit: Callable[..., Any]
) -> None:
    """A post for somebody, a roundup, a reply: published as they were begun, they say nothing of the vault."""
    for path in (plain_example / "content/vault/journal").glob("*.jsonl"):  # links that were kept are meant to be seen
        lines = path.read_text().splitlines(keepends=True)
        path.write_text("".join(line for line in lines if '"star"' not in line))
    ada = fill(plain_example / "content/vault", feeds=False).ids["ada"]
    kept = "https://buildweekly.example/2026/cache-data-set"
    for arguments in (
        ("star", kept),
        ("new", "post", "What I would ask first", "--for", ada),
        ("new", "roundup", "Read this winter"),
        ("new", "reply", kept),
    ):
        ran = brandkit(plain_example, *arguments)
        assert ran.code == 0, (arguments, ran.err)
    begun = [path for path in (plain_example / "content/posts").glob("*.md") if "\ndraft: true\n" in path.read_text()]
    assert len(begun) >= 3
    for path in begun:
        path.write_text(path.read_text().replace("\ndraft: true\n", "\n"))
    assert brandkit(plain_example, "build", "--offline").code == 0
    assert (plain_example / "public/posts/read-this-winter/index.html").is_file()
    assert found_below(plain_example / "content/posts") == found_below(plain_example / "public") == {}
    assert found_below(plain_example / "content/vault/briefs"), "the brief keeps what the post does not say"
