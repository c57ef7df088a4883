"""What is related, mended near a change, is what looking at all texts anew finds: over any sequence of changes."""

from __future__ import annotations

import json
import os
import random
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from brandkit.base.digest import digest_text
from brandkit.site import related
from brandkit.site.related import find_related

FULL = os.environ.get("BRANDKIT_PROOF") == "full"
TAGS = ("Python", "python", "Web", "Craft", "Trade")
WORDS = tuple(f"word{n:02}" for n in range(24))


@dataclass(frozen=True)
class Text:
    """A text: where it stands, and what brings it together with others."""

    name: int
    date: int
    tags: tuple[str, ...]
    words: tuple[str, ...]
    language: str | None

    @property
    def row(self) -> dict[str, Any]:
        terms = {"tags": self.tags} if self.tags else {}
        return {"terms": terms, "telling": " ".join(self.words), "language": self.language}

    @property
    def page(self) -> Any:
        return SimpleNamespace(path=f"/{self.name}/", document=SimpleNamespace(key=digest_text(repr(self)), **self.row))


@dataclass
class Memory:
    """A memo over dictionaries; rows of documents may be lost."""

    tables: dict[str, dict[str, str]] = field(default_factory=lambda: {"documents": {}, "related": {}})

    def get_many(self, table: str, keys: Iterable[str]) -> Mapping[str, str]:
        return {key: self.tables[table][key] for key in keys if key in self.tables[table]}

    def put_many(self, table: str, rows: Mapping[str, str]) -> None:
        self.tables[table].update(rows)

    def file(self, key: str) -> None:
        return None

    def keep_file(self, key: str, data: bytes) -> None:
        return None


class Texts:
    """Texts under edit."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.names = iter(range(1_000_000))
        self.memo = Memory()
        self.config = SimpleNamespace(language="en", timezone="UTC", url="https://x.example/", permalinks={})
        self.many = self.chance.choice((0, 3, 40, 150, 300))
        self.days = self.chance.choice((5, 400))
        self.texts = {text.name: text for text in (self.new() for _ in range(self.many))}

    def new(self) -> Text:
        return Text(next(self.names), self.day(), self.tags(), self.words(), self.language())

    def day(self) -> int:
        return self.chance.randrange(self.days)

    def tags(self) -> tuple[str, ...]:
        return tuple(self.chance.sample(TAGS, self.chance.choice((0, 0, 1, 1, 2))))

    def words(self) -> tuple[str, ...]:
        return tuple(self.chance.sample(WORDS, self.chance.choice((0, 3, 4, 8))))

    def language(self) -> str | None:
        return self.chance.choice((None, None, None, "en", "de"))

    def change(self) -> None:
        """One text, a few, or more than are worth mending."""
        for _ in range(self.chance.choice((1, 1, 1, 2, 3, 12, 60))):
            name = self.chance.choice(list(self.texts)) if self.texts else None
            what = self.chance.choice(("add", "remove", "date", "tags", "words", "language"))
            if what == "add" or name is None:
                text = self.new()
                self.texts[text.name] = text
            elif what == "remove":
                del self.texts[name]
            else:
                value = {"date": self.day, "tags": self.tags, "words": self.words, "language": self.language}[what]()
                self.texts[name] = replace(self.texts[name], **{what: value})
        if self.chance.random() < 0.03:
            self.config.language = self.chance.choice(("en", "de"))
        if self.chance.random() < 0.03:
            self.memo.tables[self.chance.choice(("documents", "related"))].clear()

    def pages(self) -> list[Any]:
        """Newest first, parsed: their rows are in the memo."""
        ordered = sorted(self.texts.values(), key=lambda text: (-text.date, f"/{text.name}/"))
        pages = [text.page for text in ordered]
        rows = {page.document.key: json.dumps(text.row) for page, text in zip(pages, ordered, strict=True)}
        self.memo.put_many("documents", rows)
        return pages


def paths(found: Mapping[str, Iterable[Any]]) -> dict[str, list[str]]:
    return {path: [page.path for page in pages] for path, pages in found.items()}


COMMON: dict[str, Any] = {
    "deadline": None,
    "derandomize": not os.environ.get("BRANDKIT_SEED"),
    "database": None,
    "phases": (Phase.generate,),
    "suppress_health_check": list(HealthCheck),
}


@pytest.mark.slow
@settings(max_examples=1000 if FULL else 12, **COMMON)
@given(seed=st.integers(0, 2**32))
def test_what_is_mended_is_what_would_be_found_anew(seed: int) -> None:
    texts = Texts(seed)
    for step in range(25):
        pages = texts.pages()
        found = paths(find_related(pages, texts.config, texts.memo))
        assert found == paths(find_related(pages, texts.config, Memory())), f"seed {seed}, step {step}"
        texts.change()


def test_most_changes_are_mended_and_not_looked_at_all_over(monkeypatch: Any) -> None:
    anew: list[int] = []
    whole = related._all
    monkeypatch.setattr(related, "_all", lambda *given: anew.append(1) or whole(*given))
    texts = Texts(1)
    texts.many = 300
    texts.texts = {text.name: text for text in (texts.new() for _ in range(300))}
    find_related(texts.pages(), texts.config, texts.memo)
    for _ in range(20):
        name = texts.chance.choice(list(texts.texts))
        texts.texts[name] = replace(texts.texts[name], words=texts.words())
        find_related(texts.pages(), texts.config, texts.memo)
    assert len(anew) == 1
