"""What is offered of what fits: enough evidence or silence, one story once, one host once, not all about the same."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import combinations, pairwise
from random import Random
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from brandkit.engage.config import Feed, Settings
from brandkit.engage.contacts import Need
from brandkit.engage.model import Entry
from brandkit.engage.moves.share import Share
from brandkit.engage.ranking import fit_of, ranking_lines, worth_sending
from brandkit.engage.scoring.diversity import diverse
from brandkit.engage.scoring.index import build_index

NAMES = {"need", "interest", "expertise", "perspective", "meaning", "liked", "freshness", "trust", "novelty"}
TOPICS = ("platform leads", "rainwater barrels", "remote caching", "sourdough shelves", "ridge weather")


def about(entry: Any, topic: str, host: str, **more: Any) -> Any:
    """An entry about a topic, with as many other words as news have."""
    text = f"We looked at {topic} for a year, in {len(topic)} towns. Nobody had measured {topic} before winter."
    return entry(f"Notes on {topic}", text, f"https://{host}.example/", **more)


def offered(world: Any) -> list[Any]:
    """What may be shared with ada."""
    return [suggestion for suggestion in Share().for_person(world.people["ada"], world) if suggestion.allowed]


def links(world: Any) -> list[str]:
    return [suggestion.item.url for suggestion in offered(world)]


@pytest.fixture
def library(entry: Any) -> list[Any]:
    """Five entries, each about something else."""
    return [about(entry, topic, host) for topic, host in zip(TOPICS, "abcde", strict=True)]


# --- silence


def test_a_topic_in_title_and_text_is_enough_and_one_word_in_passing_is_not(
    whole: Any, entry: Any, library: Any, ada: Any
) -> None:
    steps = "Then we climbed another slope and counted marmots, gentians and falling stones."
    walk = entry("A long walk", f"{steps} Somebody mentioned caching. {steps} {steps}", "https://walk.example/")
    for interest in ("remote caching", "caching"):
        assert links(whole(ada(interests=(interest,)), [*library, walk])) == ["https://c.example/"]
    assert links(whole(ada(interests=("harpsichords",)), library)) == []
    assert links(whole(ada(), library)) == []


def test_one_of_many_interests_is_enough_for_an_entry_that_is_all_about_it(
    whole: Any, entry: Any, library: Any, ada: Any
) -> None:
    text = "Opera is back. An opera in a barn, an opera on a lake, and who pays for opera."
    entries = [*library, entry("A summer of opera", text, "https://opera.example/")]
    interests = ("chess", "sailing boats", "old maps", "tango", "opera", "violins")
    assert links(whole(ada(interests=interests), entries)) == ["https://opera.example/"]


def test_the_components_add_up_and_silence_is_kept_below_the_threshold(whole: Any, library: Any, ada: Any) -> None:
    contact = ada(needs=(Need("find platform leads"),), interests=("remote caching", "tea in the harpsichord room"))
    found = offered(whole(contact, library))
    assert {s.item.url for s in found} == {"https://a.example/", "https://c.example/"}
    for suggestion in found:
        assert suggestion.score == pytest.approx(sum(c.value for c in suggestion.components), abs=1e-9)
        assert {c.name for c in suggestion.components} <= {*NAMES, "redundancy"}
    assert offered(whole(contact, library, settings=Settings(threshold=1.0))) == []


def test_the_strength_of_evidence_grows_with_what_is_met_and_stays_between_0_and_1(
    world: Any, entry: Any, library: Any, ada: Any, line: Any
) -> None:
    entries = [*library, entry("Remote places", "Far from caching.", "https://f.example/")]
    (person,), setting = world(ada(interests=("remote caching",)), entries)
    alone = fit_of(person.reader, setting).strength
    assert alone[2] > alone[5] > alone[0] == 0
    assert alone.max() < 1
    (busy,), _ = world(ada(interests=("remote caching", "opera", "chess", "sailing boats", "old maps")), entries)
    assert fit_of(busy.reader, setting).strength[2] < alone[2], "a small part of all that they look for"
    sent = [line("share", f"2026-02-0{n}", link=library[n].url, reaction="liked") for n in (1, 2)]
    (fond,), _ = world(ada(interests=("remote caching",)), entries, sent)
    assert fit_of(fond.reader, setting).strength[2] > alone[2], "something like it was liked"


def test_a_word_that_every_feed_uses_is_weaker_evidence_than_a_rare_one(world: Any, entry: Any, ada: Any) -> None:
    entries = [entry(f"Cloud news {n}", "", f"https://x.example/{n}") for n in range(400)]
    entries.append(entry("Harpsichord news again", "", "https://h.example/"))
    strength = {}
    for interest, position in (("cloud", 0), ("harpsichord", 400)):
        (person,), setting = world(ada(interests=(interest,)), entries)
        strength[interest] = fit_of(person.reader, setting).strength[position]
    assert strength["cloud"] < 0.25 < strength["harpsichord"]


def test_what_is_too_old_or_still_to_come_is_not_offered(whole: Any, entry: Any, library: Any, ada: Any) -> None:
    for day, is_offered in (("2025-12-01", True), ("2025-11-30", False), ("2026-03-01", True), ("2026-03-02", False)):
        entries = [replace(library[0], published=entry(day=day).published), *library[1:]]
        assert bool(links(whole(ada(needs=(Need("platform leads"),)), entries))) is is_offered, day


def test_each_component_of_wishes_says_between_nothing_and_its_weight(world: Any, library: Any, ada: Any) -> None:
    contact = ada(needs=(Need("platform leads"),), interests=("rainwater shelves ridge",), expertise=("caching",))
    (person,), setting = world(contact, library)
    fit = fit_of(person.reader, setting)
    assert set(fit.fittings) == {"need", "interest", "expertise"}
    for fitting in fit.fittings.values():
        assert 0 <= fitting.values.min() < fitting.values.max() <= 0.4
    assert fit.total.max() <= 0.4


# --- the order


def test_the_order_of_entries_changes_nothing_and_ties_are_broken_by_link(
    world: Any, entry: Any, library: Any, ada: Any, line: Any
) -> None:
    entries = [*library, *(about(entry, "paper boats", host) for host in "zyx")]
    contact = ada(interests=("remote caching",))
    sent = [line("share", link=library[3].url, reaction="liked")]
    orders = set()
    for seed in range(5):
        shuffled = Random(seed).sample(entries, len(entries))
        (person,), setting = world(contact, shuffled, sent)
        rows = [row.split("\t") for row in ranking_lines(person, setting, date.min, 100)]
        orders.add(tuple(row[1] for row in rows))
        best = worth_sending(fit_of(person.reader, setting), date.min)[:3]
        assert [shuffled[at].url for at in best][:1] == ["https://c.example/"]
    (order,) = orders
    assert [url for url in order if url[8] in "xyz"] == [f"https://{host}.example/" for host in "xyz"]


def test_the_history_of_somebody_else_changes_nothing(world: Any, library: Any, ada: Any, line: Any) -> None:
    contacts = [ada(interests=("caching",)), replace(ada(interests=("ridges",)), id="bea", name="Bea Example")]
    own = line("share", link=library[3].url, reaction="liked")
    theirs = [
        line("share", f"2026-02-1{n}", ("bea",), link=one.url, reaction=("liked", "disliked")[n % 2])
        for n, one in enumerate(library)
    ]
    (alone, _), setting = world(contacts, library, [own])
    (beside, _), other = world(contacts, library, [own, *theirs])
    one, same = fit_of(alone.reader, setting), fit_of(beside.reader, other)
    assert one.total.tolist() == same.total.tolist()
    assert one.strength.tolist() == same.strength.tolist()


# --- one story once


def told(entry: Any, host: str, **more: Any) -> Any:
    """The same story, as several feeds tell it."""
    text = "Rainwater barrels overflow in four villages. Wardens ask everybody to keep a barrel and to share a pump."
    return entry("Rainwater barrels overflow", text, f"https://{host}.example/", **{"feed": host, **more})


def test_a_story_told_by_several_feeds_is_offered_once_from_the_most_trusted(
    whole: Any, entry: Any, library: Any, ada: Any
) -> None:
    hosts = ("first", "trusted", "third")
    entries = [told(entry, "first", day="2026-02-28"), told(entry, "trusted", day="2026-02-10"), told(entry, "third")]
    for trusted in hosts:
        feeds = [Feed(host, f"{host}.xml", weight=1.4 if host == trusted else 1.0) for host in hosts]
        made = whole(ada(interests=("rainwater barrels",)), [library[0], *entries], feeds=feeds)
        assert links(made) == [f"https://{trusted}.example/"]


def test_of_equally_trusted_feeds_the_one_that_says_most_tells_the_story_then_the_first(
    whole: Any, entry: Any, ada: Any
) -> None:
    early, late = told(entry, "late", day="2026-02-28"), told(entry, "early", day="2026-02-10")
    more = replace(told(entry, "more"), text=f"{early.text} Ask your warden.")
    contact = ada(interests=("rainwater barrels",))
    assert links(whole(contact, [early, late])) == ["https://early.example/"]
    assert links(whole(contact, [early, late, more])) == ["https://more.example/"]


def test_a_story_that_was_sent_before_is_not_offered_again_in_other_words(
    whole: Any, entry: Any, library: Any, ada: Any, line: Any
) -> None:
    contact = ada(interests=("rainwater barrels", "remote caching"))
    entries = [told(entry, "one"), told(entry, "two"), library[2]]
    assert sorted(links(whole(contact, entries))) == ["https://c.example/", "https://one.example/"]
    sent = line("share", "2025-11-01", link="https://one.example/")
    assert links(whole(contact, entries, [sent])) == ["https://c.example/"]


def test_at_most_one_is_offered_from_one_host_and_three_in_all(whole: Any, entry: Any, ada: Any) -> None:
    contact = ada(interests=TOPICS[:4])
    same = [replace(about(entry, topic, "x"), url=f"https://x.example/{n}") for n, topic in enumerate(TOPICS[:4])]
    same = [replace(one, canonical=one.url, guid=one.url) for one in same]
    assert len(links(whole(contact, same))) == 1
    others = [about(entry, topic, host) for topic, host in zip(TOPICS[:4], "abcd", strict=True)]
    found = links(whole(contact, others))
    assert len(found) == len(set(found)) == 3


# --- not all about the same


def test_the_first_ten_are_less_alike_and_the_best_stays_first(entry: Any) -> None:
    alike = [entry(f"Rainwater barrel {n}", "Rainwater barrels overflow.", f"https://r.example/{n}") for n in range(12)]
    others = [about(entry, f"{topic} {n}", f"{n}{topic[:4]}") for topic in TOPICS for n in range(3)]
    index = build_index([*alike, *others])
    ordered, fit = list(range(27)), np.linspace(1.0, 0.6, 27).astype(np.float32)
    found = diverse(ordered, fit, index)
    assert found[0] == 0
    assert sorted(found) == ordered
    assert alikeness(found, index) < 0.7 * alikeness(ordered, index)
    assert found[10:] == sorted(found[10:]), "the others in their order"


def alikeness(order: list[int], index: Any) -> float:
    pairs = list(combinations(order[:10], 2))
    return sum(index.likeness(one, (other,)) for one, other in pairs) / len(pairs)


def test_what_is_not_alike_keeps_its_order(entry: Any) -> None:
    words = "apple bridge candle desert engine forest guitar hammer island jungle kettle ladder".split()
    index = build_index([entry(word, "", f"https://{word}.example/") for word in words])
    fit = np.linspace(1.0, 0.2, len(words)).astype(np.float32)
    assert diverse(range(len(words)), fit, index) == list(range(len(words)))
    assert diverse([], fit, index) == []


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.floats(0, 1, width=32), st.sampled_from(TOPICS)), min_size=1, max_size=25))
def test_a_diverse_list_holds_the_same_and_begins_with_the_best(rows: list[tuple[float, str]]) -> None:
    fit = np.array([value for value, _ in rows], np.float32)
    index = build_index([made(n, topic) for n, (_, topic) in enumerate(rows)])
    ordered = np.argsort(-fit, kind="stable").tolist()
    found = diverse(ordered, fit, index)
    assert sorted(found) == sorted(ordered)
    assert found[0] == ordered[0]
    assert found[:10] == sorted(found[:10], key=ordered.index), "in the order in which they fit"
    assert all(ordered.index(a) < ordered.index(b) for a, b in pairwise(found[10:]))


def made(number: int, topic: str) -> Entry:
    url = f"https://x.example/{number}"
    return Entry(url, "news", url, url, topic, "", topic, datetime(2026, 2, 20, tzinfo=UTC), "en")


def test_a_ranking_is_made_diverse_only_where_that_is_asked_for(world: Any, entry: Any, ada: Any) -> None:
    alike = [entry(f"Rainwater barrel {n}", "Rainwater barrels.", f"https://r.example/{n}") for n in range(12)]
    others = [about(entry, "ridge", "ridge"), *(entry(f"Paper {n}", "", f"https://p{n}.example/") for n in range(30))]
    (person,), setting = world(ada(interests=("rainwater barrels",), expertise=("ridge",)), [*alike, *others])
    plain = [row.split("\t") for row in ranking_lines(person, setting, date.min, 13)]
    mixed = [row.split("\t") for row in ranking_lines(person, setting, date.min, 13, is_diverse=True)]
    assert sorted(row[1] for row in plain) == sorted(row[1] for row in mixed)
    assert [row[2] for row in mixed] == [row[2] for row in plain] == [str(rank) for rank in range(1, 14)]
    place = [[row[1] for row in rows].index("https://ridge.example/") for rows in (plain, mixed)]
    assert place[1] < 10 <= place[0]
