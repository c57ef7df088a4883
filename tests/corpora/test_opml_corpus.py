"""Every list of the outside collections: the feeds that its own comment expects, or one clear line."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest

from brandkit.importers.opml import OpmlResult, read_opml

SECONDS = 1.0
# What the comments expect, in the words of the library that they were written for.
COUNT = re.compile(r"len\(result\['feeds'\]\) == (\d+)")
VALUE = re.compile(r"result\['feeds'\]\[0\]\['(url|title)'\] == (?:\"([^\"]*)\"|'([^']*)')")
TAG = re.compile(r"[\"']([^\"']+)[\"'] in result\['feeds'\]\[0\]\['tags'\]")
OTHER = re.compile(r"result\['(?:lists|opportunities)'\]\[0\]\['url'\] == [\"']([^\"']+)[\"']")


def read_in_time(path: Path) -> OpmlResult:
    began = time.thread_time()
    result = read_opml(path.read_bytes())
    assert time.thread_time() - began < SECONDS
    assert bool(result.feeds) != bool(result.problem) or "broken" in (result.problem or ""), path
    for line in (result.problem or "", *result.skipped):
        assert "\n" not in line
    for feed in result.feeds:
        assert feed.url.startswith(("http://", "https://"))
        assert " ".join(feed.title.split()) == feed.title
    return result


def test_lists_give_the_feeds_that_they_name(shared: Path) -> None:
    paths = sorted((shared / "corpora" / "opml-listparser").rglob("*.xml"))
    assert len(paths) > 40
    for path in paths:
        result, said = read_in_time(path), path.read_text(encoding="utf-8", errors="replace")
        for count in COUNT.findall(said):
            assert len(result.feeds) == int(count), path
        for name, one, other in VALUE.findall(said):
            assert getattr(result.feeds[0], name) == one or other, path
        for tag in TAG.findall(said):
            assert tag in result.feeds[0].tags, path
        for url in OTHER.findall(said):
            assert any(url in line for line in result.skipped), path


@pytest.mark.parametrize("collection", ["feedvalidator-testcases", "feedparser-tests"])
def test_other_files_are_refused_or_read_in_one_line(shared: Path, collection: str) -> None:
    for path in sorted((shared / "corpora" / collection).rglob("*")):
        if path.is_file():
            read_in_time(path)
