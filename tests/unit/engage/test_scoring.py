"""Terms, index, wishes, taste and circumstances: what a score is made of, and that it shows its evidence."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from brandkit.base.text import sentences
from brandkit.engage.config import Feed, Settings
from brandkit.engage.contacts import Need
from brandkit.engage.moves.share import Share
from brandkit.engage.scoring.circumstances import Freshness, Novelty, Redundancy, Trust
from brandkit.engage.scoring.evidence import evidence
from brandkit.engage.scoring.index import build_index
from brandkit.engage.scoring.registry import FIT
from brandkit.engage.scoring.taste import Taste
from brandkit.engage.scoring.terms import primary, surface, terms
from brandkit.engage.scoring.wishes import InterestWishes, NeedWishes, needs_to_renew

NEED, INTEREST = NeedWishes("need", 0.4), InterestWishes("interest", 0.3)


def strength(scorer: Any, reader: Any, setting: Any, position: int) -> float:
    """How well one entry meets the one wish that it meets best."""
    return float(scorer.reach(reader, setting, 0.0).get(position, 0.0))


@pytest.fixture
def library(entry: Any) -> list[Any]:
    """Five entries, each about something else."""
    return [
        entry(
            "How we found our platform lead",
            "We looked for a platform lead for a year. The platform lead came from support.",
            "https://a.example/",
        ),
        entry("Rainwater", "Rainwater for an allotment. Barrels of rainwater.", "https://b.example/"),
        entry("Remote caching", "We measured remote caching. Remote caching is slow.", "https://c.example/"),
        entry("Sourdough", "Sourdough rises in winter. Sourdough likes a warm shelf.", "https://d.example/"),
        entry("Weather on a ridge", "Clouds before noon. Drink tea at the hut.", "https://e.example/"),
    ]


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


# --- index


def test_rare_words_weigh_more_and_repeating_one_saturates(entry: Any) -> None:
    entries = [entry(f"common {n}", "common words", f"https://x.example/{n}") for n in range(8)]
    entries.append(entry("common rare", "common rare", "https://x.example/rare"))
    entries.append(entry("common", "rare " * 40, "https://x.example/stuffed"))
    index = build_index(entries)
    assert index.idf["rare"] > index.idf["common"] > 0
    found = index.matches({"rare": 1.0})
    assert set(found) == {8, 9}
    assert found[9] < 2 * found[8]
    assert max(found.values()) <= index.ideal({"rare": 1.0})
    assert index.matches({"absent": 1.0}) == {}
    assert index.ideal({"absent": 1.0}) > index.ideal({"rare": 1.0})
    assert build_index([]).matches({"rare": 1.0}) == {}


def test_a_summary_that_repeats_the_text_counts_once(entry: Any) -> None:
    one = entry("T", "Tea and cake.", "https://x.example/1")
    both = replace(one, summary="Tea and cake.")
    assert build_index([one]).postings == build_index([both]).postings


# --- wishes


def test_a_wish_is_met_by_the_entry_that_holds_its_words(world: Any, library: Any, ada: Any) -> None:
    (person,), setting = world(ada(needs=(Need("find a platform lead"),)), library)
    found = NEED.fit(person.reader, setting)
    assert set(found) == {0}
    assert 0 < found[0] <= 0.4
    assert strength(NEED, person.reader, setting, 0) > setting.settings.threshold
    assert strength(NEED, person.reader, setting, 1) == 0


def test_a_word_that_no_entry_holds_makes_a_wish_harder_to_meet(world: Any, library: Any, ada: Any) -> None:
    (whole,), setting = world(ada(interests=("remote caching",)), library)
    (part,), _ = world(ada(interests=("remote caching harpsichord",)), library)
    assert strength(INTEREST, part.reader, setting, 2) < strength(INTEREST, whole.reader, setting, 2)
    (none,), _ = world(ada(interests=("harpsichord", "the and of", "")), library)
    assert INTEREST.fit(none.reader, setting) == {}


def test_the_evidence_is_a_whole_sentence_that_holds_its_terms(world: Any, library: Any, ada: Any) -> None:
    (person,), setting = world(ada(interests=("hiring", "platform leads")), library)
    said = INTEREST.explain(person.reader, setting, setting.index.entries[0], 0.2).evidence
    assert said.field == "interests[1]"
    assert said.quote in sentences(library[0].text)
    assert said.terms == ("platform", "lead")
    assert all(term in said.quote for term in said.terms)


def test_without_a_sentence_in_the_text_the_title_is_quoted(entry: Any) -> None:
    item = entry("A platform lead", "Nothing of that sort.")
    found = evidence("needs[0]", terms("platform lead", "en"), item, build_index([item]))
    assert (found.quote, found.terms) == ("A platform lead", ("platform", "lead"))
    assert evidence("x", ["absent"], item, build_index([item])).quote == ""


def test_a_need_fades_and_asks_to_be_renewed_unless_it_is_sensitive(world: Any, library: Any, ada: Any) -> None:
    from datetime import date

    old, new = date(2025, 9, 1), date(2025, 9, 2)
    for since, counts in ((old, False), (new, True), (None, True)):
        for sensitive in (True, False):
            contact = ada(needs=(Need("a platform lead", since, sensitive),))
            (person,), setting = world(contact, library)
            assert bool(NEED.fit(person.reader, setting)) is counts
            assert bool(needs_to_renew(contact, setting)) is (not counts and not sensitive)
    (person,), setting = world(ada(needs=(Need("a platform lead", old),)), library, settings=Settings(need_days=181))
    assert NEED.fit(person.reader, setting)


def test_a_word_that_is_needed_does_not_count_again_as_an_interest(world: Any, library: Any, ada: Any) -> None:
    contact = ada(needs=(Need("a platform lead"),), interests=("platform lead", "remote caching"))
    (person,), setting = world(contact, library)
    assert set(INTEREST.fit(person.reader, setting)) == {2}


def test_a_wish_is_read_in_whichever_of_their_languages_the_entries_are(world: Any, entry: Any, ada: Any) -> None:
    german = entry("Formulare", "Barrierefreie Formulare. Barrierefreies Formular.", language="de")
    (person,), setting = world(ada(interests=("barrierefreie Formulare",), languages=("en", "de")), [german])
    assert INTEREST.fit(person.reader, setting)


# --- taste


def test_what_is_like_something_liked_before_is_pulled_and_like_something_disliked_is_not(
    world: Any, library: Any, entry: Any, ada: Any, line: Any
) -> None:
    again = entry("More on remote caching", "Remote caching once more, measured.", "https://z.example/")
    taste = Taste()
    values: dict[str, float] = {}
    for reaction in ("liked", "disliked", ""):
        sent = line("share", link="https://c.example/", reaction=reaction)
        (person,), setting = world(ada(), [*library, again], [sent])
        values[reaction] = taste.fit(person.reader, setting).get(5, 0.0)
    set_aside = line("dismissed", link="https://c.example/", direction="")
    (person,), setting = world(ada(), [*library, again], [set_aside])
    values["dismissed"] = taste.fit(person.reader, setting).get(5, 0.0)
    assert values["disliked"] < values["dismissed"] < 0 < values[""] < values["liked"] <= taste.weight
    (person,), setting = world(ada(), library)
    assert taste.fit(person.reader, setting) == {}


def test_taste_names_the_entry_that_was_liked(world: Any, library: Any, ada: Any, line: Any, entry: Any) -> None:
    again = entry("More on remote caching", "Remote caching once more, measured.", "https://z.example/")
    sent = [
        line("share", f"2026-02-0{n}", link=url, reaction="liked")
        for n, url in ((1, "https://c.example/"), (2, "https://d.example/"))
    ]
    (person,), setting = world(ada(), [*library, again], sent)
    said = Taste().explain(person.reader, setting, again, 0.2).evidence
    assert said.field == "liked: Remote caching"
    assert said.quote == "Remote caching once more, measured."


# --- circumstances


def test_freshness_halves_every_three_weeks(world: Any, entry: Any, ada: Any) -> None:
    (person,), setting = world(ada())

    def value(day: str) -> float:
        return Freshness().score(person.reader, setting, entry(day=day), ()).value

    assert value("2026-03-01") == 0.08
    assert value("2026-02-08") == pytest.approx(0.04)
    assert value("2026-03-20") == 0.08, "a day to come is no fresher than today"


def test_trust_is_the_weight_of_the_feed(world: Any, entry: Any, ada: Any) -> None:
    feeds = [Feed("good", "a.xml", weight=1.5), Feed("dull", "b.xml", weight=0.0), Feed("news", "c.xml")]
    (person,), setting = world(ada(), feeds=feeds)
    value = {f.id: Trust().score(person.reader, setting, entry(feed=f.id), ()).value for f in feeds}
    assert value == {"good": 0.025, "dull": -0.05, "news": 0.0}
    assert Trust().score(person.reader, setting, entry(feed="unknown"), ()).value == 0


def test_novelty_compares_with_what_was_sent_and_redundancy_with_what_stands_above(
    world: Any, library: Any, ada: Any, line: Any
) -> None:
    (person,), setting = world(ada(), library, [line("share", link="https://a.example/")])
    assert Novelty().score(person.reader, setting, library[0], ()).value == 0
    assert Novelty().score(person.reader, setting, library[1], ()).value == 0.07
    assert Redundancy().score(person.reader, setting, library[0], [library[0]]).value == -0.1
    assert Redundancy().score(person.reader, setting, library[0], ()).value == 0


def test_what_was_only_snoozed_or_dismissed_is_as_new_as_before(world: Any, library: Any, ada: Any, line: Any) -> None:
    for kind in ("snoozed", "dismissed"):
        (person,), setting = world(ada(), library, [line(kind, link="https://a.example/", direction="")])
        assert Novelty().score(person.reader, setting, library[0], ()).value == 0.07


# --- all together


def test_the_components_add_up_and_silence_is_kept_below_the_threshold(whole: Any, library: Any, ada: Any) -> None:
    contact = ada(needs=(Need("find a platform lead"),), interests=("remote caching", "tea in the harpsichord room"))
    world = whole(contact, library)
    found = list(Share().for_person(world.people["ada"], world))
    assert [s.item.url for s in found if s.item] == ["https://a.example/", "https://c.example/"]
    for suggestion in found:
        assert suggestion.score == pytest.approx(sum(c.value for c in suggestion.components), abs=1e-9)
        assert {c.name for c in suggestion.components} <= {
            "need",
            "interest",
            "liked",
            "freshness",
            "trust",
            "novelty",
            "redundancy",
        }
    strict = whole(contact, library, settings=Settings(threshold=1.0))
    assert list(Share().for_person(strict.people["ada"], strict)) == []


def test_what_is_too_old_or_still_to_come_is_not_offered(whole: Any, entry: Any, library: Any, ada: Any) -> None:
    for day, offered in (("2025-12-01", True), ("2025-11-30", False), ("2026-03-01", True), ("2026-03-02", False)):
        entries = [replace(library[0], published=entry(day=day).published), *library[1:]]
        world = whole(ada(needs=(Need("a platform lead"),)), entries)
        assert bool(list(Share().for_person(world.people["ada"], world))) is offered, day


def test_each_component_of_fit_says_between_nothing_and_its_weight(world: Any, library: Any, ada: Any) -> None:
    (person,), setting = world(ada(needs=(Need("platform lead"),), interests=("rainwater sourdough ridge",)), library)
    for scorer in FIT:
        for position, value in scorer.fit(person.reader, setting).items():
            assert 0 <= value <= scorer.weight  # type: ignore[attr-defined]
            assert 0 <= strength(scorer, person.reader, setting, position) <= 1


@pytest.mark.parametrize("floor", [0.0, 0.2, 0.45, 0.9])
def test_what_reaches_a_floor_is_what_a_walk_through_everything_finds(library: Any, floor: float) -> None:
    index = build_index([*library, *(replace(one, guid=f"{n}", text=one.text * 2) for n, one in enumerate(library))])
    query = dict.fromkeys(terms("platform lead remote caching rainwater winter tea", "en"), 1.0) | {"shelf": -0.5}
    everything = index.matches(query)
    least = floor * max(everything.values())
    found = index.reaching(query, least)
    assert found.keys() == {position for position, value in everything.items() if value >= least}
    assert all(value == pytest.approx(everything[position]) for position, value in found.items())
