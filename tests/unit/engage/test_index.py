"""Terms, counts, the index and what entries usually say: equal to their definitions, whatever the order."""

from __future__ import annotations

import math
import random
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from brandkit.engage.model import Entry
from brandkit.engage.scoring.background import RIDGE, background_of
from brandkit.engage.scoring.counting import ROW, counted, counted_all, counts_of, number, pairs
from brandkit.engage.scoring.index import Index, build_index, with_weights_of
from brandkit.engage.scoring.terms import primary, surface, terms

WORDS = ("tea", "bread", "ridge", "cheese", "cloud", "barrel")


def made(number: int, title: str = "", summary: str = "", text: str = "") -> Entry:
    url = f"https://x.example/{number}"
    return Entry(str(number), "news", url, url, title, summary, text, datetime(2026, 2, 20, tzinfo=UTC), "en")


def invented(count: int, seed: int = 7) -> list[Entry]:
    """Entries of seeded words, some of them in nearly every entry."""
    chance = random.Random(seed)
    vocabulary = [f"{first}{last}" for first in ("bar", "dol", "kem", "rud") for last in ("ak", "ot", "um", "yx", "ez")]

    def some(most: int) -> str:
        return " ".join(["common", *chance.choices(vocabulary, k=chance.randint(1, most))])

    return [made(number, some(4), some(6), some(15)) for number in range(count)]


# --- terms


def test_inflections_of_one_word_are_one_term_in_its_language() -> None:
    assert terms("caches cached caching cache", "en") == ["cach"] * 4
    assert set(terms("Formulare Formularen", "de")) == set(terms("Formular", "de"))
    assert set(terms("bibliothèques", "fr")) == set(terms("bibliothèque", "fr"))
    assert terms("Formulare", "xx") == terms("Formulare", "en"), "an unknown language is stemmed like English"


def test_words_without_a_topic_and_single_letters_are_no_terms() -> None:
    assert terms("We are looking for a way to get it", "en") == []
    assert terms("der die das und nicht", "de") == []
    assert terms("x 5 𝔁 水", "en") == ["𝔁", "水"]


def test_a_hyphenated_word_gives_its_parts_and_a_possessive_its_owner() -> None:
    assert {"on-cal", "call"} & set(terms("on-call", "en"))
    assert terms("Ada's rota", "en") == terms("Ada rota", "en")
    assert terms("Ada’s", "en") == terms("Ada", "en")


def test_evidence_shows_words_as_they_are_written() -> None:
    assert surface("Caching CACHES, and cached things", terms("cache", "en"), "en") == ["Caching", "CACHES", "cached"]
    assert [primary(tag) for tag in ("en-GB", "DE", "")] == ["en", "de", "en"]


# --- how well an entry holds words


def test_rare_words_weigh_more_and_repeating_one_saturates() -> None:
    entries = [made(n, f"common {n}", text="common words") for n in range(8)]
    entries += [made(8, "common rare", text="common rare"), made(9, "common", text="rare " * 40)]
    index = build_index(entries)
    assert index.idf["rare"] > index.idf["common"] > 0
    found = index.matches({"rare": 1.0})
    assert np.flatnonzero(found).tolist() == index.holding("rare").tolist() == [8, 9]
    assert found[9] < 2 * found[8]
    assert found.max() <= index.ideal({"rare": 1.0})
    assert not index.matches({"absent": 1.0}).any()
    assert not len(index.holding("absent"))
    assert index.ideal({"absent": 1.0}) > index.ideal({"rare": 1.0})


def test_without_entries_there_is_nothing_to_find() -> None:
    index = build_index([])
    assert len(index.matches({"rare": 1.0})) == 0
    assert (len(index.idf), index.rarity("rare"), len(index.lengths)) == (0, 1.0, 0)
    assert with_weights_of(build_index([made(1, "tea")]), index).idf["tea"] > 0


def test_a_summary_that_repeats_the_text_counts_once() -> None:
    one = made(1, "T", text="Tea and cake.")
    assert counted(one) == counted(replace(one, summary="Tea and cake."))
    long = replace(one, text="Tea and cake. " * 40)
    assert counted(long) == counted(replace(long, summary="Tea, in short."))
    assert counted(one) != counted(replace(one, summary="Tea, in short."))


def test_words_of_own_pages_are_as_telling_as_in_the_feeds() -> None:
    feeds = build_index([made(0, "tea rare"), *(made(n, "tea") for n in range(1, 20))])
    pages = with_weights_of(build_index([made(1, "tea rare unheard"), made(2, "tea")]), feeds)
    assert (pages.idf["tea"], pages.idf["rare"]) == (feeds.idf["tea"], feeds.idf["rare"])
    assert pages.idf["unheard"] > 0
    assert "unheard" not in feeds.idf


texts = st.lists(st.sampled_from(WORDS), max_size=6).map(" ".join)
queries = st.dictionaries(st.sampled_from((*WORDS, "absent")), st.floats(0.1, 3), max_size=4)


@given(st.lists(st.tuples(texts, texts, texts), min_size=1, max_size=8), queries)
@settings(max_examples=50, deadline=None)
def test_an_entry_matches_as_bm25f_says(rows: list[tuple[str, str, str]], query: dict[str, float]) -> None:
    found = build_index([made(n, *row) for n, row in enumerate(rows)]).matches(as_terms(query))
    assert found.tolist() == pytest.approx(bm25f(rows, as_terms(query)), rel=1e-4, abs=1e-6)


def bm25f(rows: list[tuple[str, str, str]], query: dict[str, float]) -> list[float]:
    """The definition, word by word."""
    fields = [[Counter(terms(f, "en")) for f in (row[0], "" if row[1] == row[2] else row[1], row[2])] for row in rows]
    lengths = [[row[at].total() for row in fields if row[at]] for at in range(3)]
    averages = [sum(found) / len(found) if found else 1.0 for found in lengths]

    def weight(word: str, row: list[Counter[str]]) -> float:
        frequency = 0.0
        for count, average, boost in zip(row, averages, (1.2, 1.0, 1.0), strict=True):
            frequency += boost * count[word] / (0.25 + 0.75 * count.total() / average) if count[word] else 0.0
        holding = sum(1 for other in fields if any(count[word] for count in other))
        return math.log(1 + (len(rows) - holding + 0.5) / (holding + 0.5)) * frequency / (1.5 + frequency)

    return [sum(times * weight(word, row) for word, times in query.items()) for row in fields]


def as_terms(query: dict[str, float]) -> dict[str, float]:
    return {terms(word, "en")[0]: weight for word, weight in query.items()}


@given(st.lists(st.tuples(texts, texts, texts), min_size=2, max_size=8))
@settings(max_examples=25, deadline=None)
def test_an_index_from_stored_counts_is_the_same(rows: list[tuple[str, str, str]]) -> None:
    entries = [made(n, *row) for n, row in enumerate(rows)]
    blobs = [counted(entry) for entry in entries]
    fresh, stored = (
        build_index(entries),
        build_index(entries, counts_of(b"".join(blobs), [len(blob) for blob in blobs])),
    )
    for name in ("terms", "weights", "is_pair"):
        assert getattr(fresh, name).tolist() == getattr(stored, name).tolist()
    for one, other in ((fresh.by_entry, stored.by_entry), (fresh.by_term, stored.by_term)):
        assert one.starts.tolist() == other.starts.tolist()
        assert one.places.tolist() == other.places.tolist()
        assert one.held.tolist() == other.held.tolist()


# --- how alike two entries are


def dense(index: Index) -> np.ndarray[Any, Any]:
    """The features as one matrix, from the saturated frequencies."""
    rows = np.zeros((len(index.entries), len(index.terms)))
    for row in range(len(rows)):
        places, held = index.by_entry.of(row)
        alone = np.array([len(index.by_term.of(place)[0]) == 1 for place in places])
        pair = np.where(alone, 0.0, 0.5)  # a pair that stands in one entry alone makes it like no other
        rows[row, places] = held * index.weights[places] * np.where(index.is_pair[places], pair, 1.0)
    return rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)


def test_likeness_is_the_cosine_of_words_and_pairs_of_words() -> None:
    index = build_index(invented(12))
    cosines = dense(index) @ dense(index).T
    everything = range(len(index.entries))
    for one in everything:
        assert index.likenesses(one, everything) == pytest.approx(cosines[one].tolist(), abs=1e-5)
        assert index.likeness(one, (one,)) == pytest.approx(1)
        assert all(index.likeness(one, (o,)) == pytest.approx(index.likeness(o, (one,))) for o in everything)
    assert index.likeness(0, (3, 5)) == max(index.likenesses(0, (3, 5)))
    assert index.likeness(0, ()) == 0


def test_the_same_words_in_the_same_order_are_more_alike() -> None:
    entries = [made(1, "green tea ceremony"), made(2, "ceremony green tea"), made(3, "tea ceremony green")]
    index = build_index([*entries, *(made(n, "green tea ceremony") for n in (4, 5)), made(6, "cloud")])
    assert index.likeness(0, (3,)) > index.likeness(0, (1,)) > 0.5
    assert index.likeness(0, (5,)) == 0


def test_an_entry_without_words_is_like_nothing() -> None:
    index = build_index([made(1), made(2, "tea"), made(3)])
    assert index.likenesses(0, (0, 1, 2)) == [0, 0, 0]
    assert np.isfinite(index.along(np.array([0]), np.ones(1, np.float32))).all()


# --- what entries usually say


@pytest.mark.parametrize("with_vectors", [False, True])
def test_a_direction_solves_the_ridge_regression_of_its_definition(with_vectors: bool) -> None:
    index, chance = build_index(invented(70)), np.random.default_rng(3)
    assert np.count_nonzero(index.factors) < 400
    vectors = chance.normal(size=(70, 8)).astype(np.float32) if with_vectors else None
    target, vector = index_target(index, {4: 1.0, 9: -0.5}), vectors[4] - vectors[9] if with_vectors else None
    found = background_of(index, vectors).direction(target, vector)

    features = np.hstack([dense(index), vectors]) if with_vectors else dense(index)
    wanted = np.concatenate([target, vector]) if with_vectors else target
    solved = np.linalg.solve(features.T @ features + RIDGE * np.eye(features.shape[1]), wanted)
    whole = np.zeros(len(index.terms))
    whole[found.places] = found.values
    assert whole.tolist() == pytest.approx(solved[: len(whole)].tolist(), abs=1e-5)
    assert (found.vector is not None) == with_vectors
    if found.vector is not None:
        assert found.vector.tolist() == pytest.approx(solved[len(whole) :].tolist(), abs=1e-5)
    along = dense(index) @ solved[: len(whole)]
    assert index.along(found.places, found.values).tolist() == pytest.approx(along.tolist(), abs=1e-5)


def index_target(index: Index, examples: dict[int, float]) -> np.ndarray[Any, Any]:
    rows = dense(index)
    return np.asarray(sum(value * rows[at] for at, value in examples.items()), np.float32)


def test_what_many_entries_are_about_points_less_than_what_one_is_about() -> None:
    index = build_index([made(0, "usual rare"), *(made(n, "usual") for n in range(1, 12)), *invented(60)])
    target = np.zeros(len(index.terms), np.float32)
    target[[index.place("usual"), index.place("rare")]] = 1.0
    direction = background_of(index, None).direction(target, None)
    parts = dict(zip(direction.places.tolist(), direction.values.tolist(), strict=True))
    assert 0 < parts[index.place("usual")] < 0.7 * parts[index.place("rare")]


def test_the_sample_does_not_depend_on_the_order_of_entries() -> None:
    entries = invented(30)
    forth, back = build_index(entries), build_index(entries[::-1])
    one = background_of(forth, None).direction(index_target(forth, {2: 1.0}), None)
    other = background_of(back, None).direction(index_target(back, {27: 1.0}), None)
    assert one.places.tolist() == other.places.tolist()
    assert one.values.tolist() == pytest.approx(other.values.tolist(), abs=1e-6)


@pytest.mark.slow
@given(st.lists(st.tuples(texts, texts, texts), max_size=6))
@settings(max_examples=40, deadline=None)
def test_entries_counted_together_are_counted_as_each_alone(rows: list[tuple[str, str, str]]) -> None:
    entries = [made(n, *row) for n, row in enumerate(rows)]
    together = counted_all(entries)
    assert together == [counted(entry) for entry in entries]
    for entry, blob in zip(entries, together, strict=True):
        found = np.frombuffer(blob, ROW)
        words_ = [number(term) for term in terms(f"{entry.title}\n{entry.summary}\n{entry.text}", "en")]
        assert set(found["term"][found["pair"] == 0].tolist()) == set(words_)
        titles = [number(term) for term in terms(entry.title, "en")]
        counts = dict(zip(found["term"].tolist(), found["title"].tolist(), strict=True))
        assert all(counts[one] == titles.count(one) for one in titles)
        assert set(pairs(titles)) <= set(found["term"][found["pair"] == 1].tolist())
