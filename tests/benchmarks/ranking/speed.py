"""How long it takes to index 1,000 candidates and to score them for 100 contacts, beside plain methods.

The same new items and the same contacts for all, in one process: SQLite's full-text search with
bm25(), TF-IDF where scikit-learn is there, and brandkit's public functions. Each is repeated three
times, in turns, with nothing remembered from before; the table shows medians.
"""

from __future__ import annotations

import argparse
import importlib.util
import re
import sqlite3
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from statistics import median
from typing import Any

from ranking.sets import EvaluationSet, Sets
from ranking.workshop import Workshop, table

_TIMES = 3
_TODAY = date(2026, 3, 1)
_Items = Sequence[Mapping[str, Any]]
_Seconds = tuple[float, float]  # to index, to score
_History = Mapping[str, tuple[_Items, _Items]]  # by contact: liked, not liked


def brandkit_times(entries: _Items, contacts: _Items, history: _History) -> _Seconds:
    """EDIT HERE when brandkit's public functions change: seconds to index the entries, and to score all for everybody.

    `entries` and `contacts` are lines of the set; `history` is empty in setting A.
    """
    from brandkit.engage.config import Settings
    from brandkit.engage.contacts import Contact, Need
    from brandkit.engage.ranking import fit_of
    from brandkit.engage.scoring.component import Reader, Setting
    from brandkit.engage.scoring.index import build_index

    found = [_entry(item) for item in entries]
    readers = []
    for line in contacts:
        needs = tuple(Need(text, _TODAY) for text in line["needs"])
        liked, not_liked = (tuple(map(_entry, part)) for part in history.get(line["id"], ((), ())))
        contact = Contact(line["id"], line["name"], interests=tuple(line["interests"]), needs=needs)
        readers.append(Reader(contact, liked=liked, disliked=not_liked, sent=(*liked, *not_liked)))

    began = time.perf_counter()
    setting = Setting(build_index(found), {}, Settings(), _TODAY)
    indexed = time.perf_counter()
    for reader in readers:
        getattr(fit_of(reader, setting), "total", None)  # which may be summed up only when it is asked for
    return indexed - began, time.perf_counter() - indexed


def _entry(item: Mapping[str, Any]) -> Any:
    from brandkit.engage.model import Entry

    link, at = f"https://feed.example/{item['id']}", datetime(2026, 2, 1, tzinfo=UTC)
    texts = (item["title"], item["summary"] or "", item["summary"] or "")
    return Entry(item["id"], item["feed"] or "feed", link, link, *texts, at, "en")


def fts5_times(entries: _Items, contacts: _Items, history: _History) -> _Seconds:
    """SQLite's bm25() with porter stems, each contact's words as one query; it knows no history."""
    began = time.perf_counter()
    base = sqlite3.connect(":memory:")
    base.execute("create virtual table f using fts5(title, summary, tokenize='porter unicode61')")
    rows = ((number, item["title"], item["summary"] or "") for number, item in enumerate(entries))
    base.executemany("insert into f(rowid, title, summary) values (?, ?, ?)", rows)
    indexed = time.perf_counter()
    for contact in contacts:
        words = [word for word in dict.fromkeys(re.findall(r"[a-z0-9]{2,}", _profile(contact))) if _tells(word)]
        if words:
            query = " OR ".join(f'"{word}"' for word in words)
            base.execute("select rowid, bm25(f, 2.0, 1.0) from f where f match ?", (query,)).fetchall()
    return indexed - began, time.perf_counter() - indexed


def tfidf_times(entries: _Items, contacts: _Items, history: _History) -> _Seconds:
    """scikit-learn's TF-IDF, cosine to the words of the profile; it knows no history."""
    from sklearn.feature_extraction.text import TfidfVectorizer  # type: ignore[import-not-found]

    began = time.perf_counter()
    vectorizer = TfidfVectorizer(sublinear_tf=True, stop_words="english")
    matrix = vectorizer.fit_transform(f"{item['title']}. {item['summary'] or ''}" for item in entries)
    indexed = time.perf_counter()
    (vectorizer.transform(map(_profile, contacts)) @ matrix.T).toarray()
    return indexed - began, time.perf_counter() - indexed


def _profile(contact: Mapping[str, Any]) -> str:
    return " ; ".join([*contact["interests"], *contact["needs"]]).lower()


def _tells(word: str) -> bool:
    from brandkit.base.stopwords import STOPWORDS

    return word not in STOPWORDS


def run(arguments: argparse.Namespace, sets: Sets, workshop: Workshop) -> list[dict[str, Any]]:
    """A table for each set."""
    if arguments.brandkit:
        sys.path.insert(0, str(arguments.brandkit.resolve()))
    return [_one(one, arguments.settings) for one in sets]


def _one(one: EvaluationSet, settings: Sequence[str]) -> dict[str, Any]:
    entries = [item for item in one.data.items.values() if item["split"] == "new"]
    methods = _methods(one, settings)
    seconds: dict[str, list[_Seconds]] = {name: [] for name in methods}
    for _ in range(_TIMES):
        for name, (method, history) in methods.items():
            _forget()
            seconds[name].append(method(entries, one.data.contacts, history))
    per = len(entries) / 1000, len(entries) / 1000 * len(one.data.contacts) / 100
    medians = {
        name: [median(times) / by for times, by in zip(zip(*found, strict=True), per, strict=True)]
        for name, found in seconds.items()
    }
    base = medians["SQLite FTS5"]
    rows = [
        (
            name,
            *(f"{value:.3f}" for value in found),
            *(f"{value / by:.1f}" for value, by in zip(found, base, strict=True)),
        )
        for name, found in medians.items()
    ]
    head = ("", "index, s/1k", "score, s/(1k x 100)", "index / FTS5", "score / FTS5")
    table(f"{one.name}: {len(one.data.contacts)} contacts, {len(entries):,} candidates", head, rows)
    return {
        "set": one.name,
        "seconds": {name: dict(zip(("index", "score"), v, strict=True)) for name, v in medians.items()},
    }


def _methods(one: EvaluationSet, settings: Sequence[str]) -> dict[str, tuple[Callable[..., _Seconds], _History]]:
    found: dict[str, tuple[Callable[..., _Seconds], _History]] = {"SQLite FTS5": (fts5_times, {})}
    if importlib.util.find_spec("sklearn"):
        found["TF-IDF (scikit-learn)"] = (tfidf_times, {})
    for setting in one.settings(list(settings)):
        found[f"brandkit, setting {setting}"] = (brandkit_times, _history(one) if setting == "B" else {})
    return found


def _history(one: EvaluationSet) -> dict[str, tuple[list[Any], list[Any]]]:
    found: dict[str, tuple[list[Any], list[Any]]] = {}
    for line in (one.folder / "history.tsv").read_text(encoding="utf-8").splitlines():
        contact, item, value = line.split()[:3]
        found.setdefault(contact, ([], []))[float(value) <= 0].append(one.data.items[item])
    return found


def _forget() -> None:
    """Empty what brandkit's functions remember, so that each repetition begins alike."""
    for name in [name for name in sys.modules if name.split(".")[0] == "brandkit"]:
        for value in list(vars(sys.modules[name]).values()):
            if hasattr(value, "cache_clear"):
                value.cache_clear()
