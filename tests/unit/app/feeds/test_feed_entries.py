"""What followed feeds hold: counted once, understood where a model is there, and said without one all the same."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from brandkit.app.feeds import feed_entries, placed_terms
from brandkit.app.feeds.feed_entries import Gathered, read_feeds
from brandkit.app.feeds.refreshing import Reading
from brandkit.engage.config import Feed, Me, Settings
from brandkit.engage.model import Entry, Vault
from brandkit.engage.scoring import counting
from brandkit.engage.scoring.counting import counts_of
from brandkit.engage.scoring.placing import placed_of
from brandkit.io.net.fetch import Limits

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


class Model:
    """A small encoder that remembers what it was asked for."""

    name, dimensions = "small", 3

    def __init__(self, value: float = 1.0) -> None:
        self.value, self.asked = value, 0

    def encode(self, texts: Any) -> Any:
        self.asked += len(texts)
        return np.full((len(texts), 3), self.value, np.float32)


def write(folder: Path, *titles: str) -> None:
    item = "<item><title>{}</title><link>https://a.example/{}</link><guid>{}</guid></item>"
    rows = "".join(item.format(title, number, number) for number, title in enumerate(titles))
    (folder / "a.xml").write_text(f'<rss version="2.0"><channel><title>A</title>{rows}</channel></rss>')


def read(folder: Path, semantic: str = "off") -> Gathered:
    vault = Vault(Me(settings=Settings(semantic=semantic)), feeds=(Feed("a", "a.xml"),))
    return read_feeds(folder / "state" / "entries.db", vault, NOW, Reading(folder, folder, True, Limits(), None))


def test_only_what_is_new_or_changed_is_counted_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    counted: list[str] = []
    really = counting.counted_all

    def count(entries: Sequence[Entry]) -> list[bytes]:
        counted.extend(entry.title for entry in entries)
        return really(entries)

    monkeypatch.setattr(placed_terms, "counted_all", count)
    write(tmp_path, "Tea", "Cake")
    first = read(tmp_path)
    assert sorted(counted) == ["Cake", "Tea"]
    assert first.read.placed is not None and first.read.placed.sizes.tolist() == [1, 1]
    write(tmp_path, "Tea", "Cake and bread", "Cups")
    again = read(tmp_path)
    assert sorted(counted[2:]) == ["Cake and bread", "Cups"]
    blobs = [really([entry])[0] for entry in again.read.entries]
    told = placed_of(counts_of(b"".join(blobs), [len(blob) for blob in blobs]))
    assert again.read.placed is not None and len(again.read.entries) == 3
    assert again.read.placed.terms.tolist() == told.terms.tolist()
    assert again.read.placed.places.tolist() == told.places.tolist()


def test_a_model_is_asked_once_for_each_entry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    model = Model()
    monkeypatch.setattr(feed_entries, "find_encoder", lambda wanted, root: model)
    write(tmp_path, "Tea", "Cake")
    assert read(tmp_path).read.vectors is not None
    write(tmp_path, "Tea", "Cake", "Cups")
    vectors = read(tmp_path).read.vectors
    assert vectors is not None
    assert (vectors.entries.shape, model.asked) == ((3, 3), 3)


@pytest.mark.parametrize("broken", [Model(float("nan")), None])
def test_a_broken_model_is_a_warning_and_words_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, broken: Model | None
) -> None:
    if broken is not None:
        monkeypatch.setattr(feed_entries, "find_encoder", lambda wanted, root: broken)
    write(tmp_path, "Tea")
    found = read(tmp_path, "models/none")
    assert found.read.vectors is None
    assert [entry.title for entry in found.read.entries] == ["Tea"]
    (finding,) = found.diagnostics
    assert (finding.code, finding.severity) == ("BK244", "warning")
    assert "models/none" in finding.message
