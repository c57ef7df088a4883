"""Wishes, meaning, taste and circumstances: what a score is made of, and that it shows its evidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest

from brandkit.base.text import sentences
from brandkit.engage.config import Feed, Settings
from brandkit.engage.contacts import Need
from brandkit.engage.moves.share import Share
from brandkit.engage.ranking import fit_of
from brandkit.engage.scoring.circumstances import Aside, Freshness, Novelty, Redundancy, Trust
from brandkit.engage.scoring.evidence import evidence
from brandkit.engage.scoring.index import build_index
from brandkit.engage.scoring.meaning import Meaning
from brandkit.engage.scoring.rhythms import half_lives
from brandkit.engage.scoring.taste import Taste
from brandkit.engage.scoring.terms import terms
from brandkit.engage.scoring.vectors import text_of, vectors_of
from brandkit.engage.scoring.wishes import INTERESTS, NEEDS, Wishes, needs_to_renew

NEED, INTEREST, TASTE = Wishes(NEEDS, 0.4), Wishes(INTERESTS, 0.4), Taste("liked", 4.0)


def met(scorer: Any, reader: Any, setting: Any) -> list[int]:
    """The entries of which a component says something."""
    fitting = scorer.prepare(reader, setting)
    return [] if fitting is None else np.flatnonzero(fitting.values).tolist()


def value(scorer: Any, reader: Any, setting: Any, position: int) -> float:
    """What a component says of one entry."""
    fitting = scorer.prepare(reader, setting)
    return 0.0 if fitting is None else float(fitting.values[position])


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


# --- wishes


def test_a_wish_is_met_by_the_entry_that_holds_its_words(world: Any, library: Any, ada: Any) -> None:
    (person,), setting = world(ada(needs=(Need("find a platform lead"),)), library)
    fitting = NEED.prepare(person.reader, setting)
    assert met(NEED, person.reader, setting) == [0]
    assert 0 < fitting.values[0] <= 0.4
    assert fitting.best(0)[1] > 0.5 > fitting.best(1)[1] == 0
    assert fitting.evidence(1) is None


def test_a_word_that_no_entry_holds_makes_a_wish_harder_to_meet(world: Any, library: Any, ada: Any) -> None:
    (whole,), setting = world(ada(interests=("remote caching",)), library)
    (part,), _ = world(ada(interests=("remote caching harpsichord",)), library)
    assert value(INTEREST, part.reader, setting, 2) < value(INTEREST, whole.reader, setting, 2)
    (none,), _ = world(ada(interests=("harpsichord", "the and of", "")), library)
    assert met(INTEREST, none.reader, setting) == []
    (empty,), _ = world(ada(interests=("the and of", "")), library)
    assert INTEREST.prepare(empty.reader, setting) is None


def test_a_whole_phrase_is_worth_more_than_its_parts(world: Any, entry: Any, ada: Any) -> None:
    entries = [entry("Remote caching"), entry("Remote islands"), entry("Caching routers"), entry("Slow tea")]
    (person,), setting = world(ada(interests=("remote caching",)), entries)
    whole, first, second, _ = INTEREST.prepare(person.reader, setting).values.tolist()
    assert whole > first + second > 0


def test_what_stands_first_in_a_list_counts_most(world: Any, library: Any, ada: Any) -> None:
    for interests, best in ((("rainwater", "sourdough"), 1), (("sourdough", "rainwater"), 3)):
        (person,), setting = world(ada(interests=interests), library)
        assert fit_of(person.reader, setting).total.argmax() == best


@pytest.mark.parametrize("field", ["expertise", "prefers"])
def test_an_interest_counts_more_than_what_somebody_knows_or_favours(
    world: Any, library: Any, ada: Any, field: str
) -> None:
    for interest, other, position in (("rainwater", "sourdough", 1), ("sourdough", "rainwater", 3)):
        (person,), setting = world(ada(**{"interests": (interest,), field: (other,)}), library)
        total = fit_of(person.reader, setting).total
        assert total.argmax() == position
        assert 0 < total[4 - position] < 0.6 * total[position]


def test_the_evidence_is_a_whole_sentence_that_holds_its_terms(world: Any, library: Any, ada: Any) -> None:
    (person,), setting = world(ada(interests=("hiring", "platform leads")), library)
    said = INTEREST.prepare(person.reader, setting).evidence(0)
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
    old, new = date(2025, 9, 1), date(2025, 9, 2)
    for since, counts in ((old, False), (new, True), (None, True)):
        for sensitive in (True, False):
            contact = ada(needs=(Need("a platform lead", since, sensitive),))
            (person,), setting = world(contact, library)
            assert bool(met(NEED, person.reader, setting)) is counts
            assert bool(needs_to_renew(contact, setting)) is (not counts and not sensitive)
    (person,), setting = world(ada(needs=(Need("a platform lead", old),)), library, settings=Settings(need_days=181))
    assert met(NEED, person.reader, setting)


def test_a_wish_is_read_in_whichever_of_their_languages_the_entries_are(world: Any, entry: Any, ada: Any) -> None:
    german = entry("Formulare", "Barrierefreie Formulare. Barrierefreies Formular.", language="de")
    (person,), setting = world(ada(interests=("barrierefreie Formulare",), languages=("en", "de")), [german])
    assert met(INTEREST, person.reader, setting) == [0]


# --- meaning


class Concepts:
    """A language model of four words: it knows what they mean, and that two more mean the same."""

    name, dimensions = "concepts", 5
    known = ("sourdough", "levain"), ("grief", "mourning"), ("tea",), ("ridge",)

    def encode(self, texts: Sequence[str]) -> np.ndarray[Any, Any]:
        rows = [[any(word in text.casefold() for word in words) for words in self.known] + [True] for text in texts]
        found = np.array(rows, np.float32).reshape(-1, self.dimensions)
        return found / np.linalg.norm(found, axis=1, keepdims=True)


def understood(setting: Any) -> Any:
    """The same setting, with that model."""
    rows = Concepts().encode([text_of(entry) for entry in setting.index.entries])
    return replace(setting, vectors=vectors_of(Concepts(), rows))


@pytest.fixture
def strange(entry: Any) -> list[Any]:
    """Entries whose words nobody wished for."""
    rows = [("Levain at dawn", "a"), ("On mourning", "b"), ("Cups", "c"), ("Stones", "d"), ("Paper", "e")]
    return [entry(title, "", f"https://{host}.example/") for title, host in rows]


def test_an_entry_is_found_by_what_it_means_where_a_model_is_there(world: Any, strange: Any, ada: Any) -> None:
    (person,), setting = world(ada(interests=("sourdough",)), strange)
    assert Meaning("meaning", 0.16).prepare(person.reader, setting) is None
    assert not fit_of(person.reader, setting).strength.any()
    fit = fit_of(person.reader, understood(setting))
    assert fit.total.argmax() == fit.strength.argmax() == 0
    assert fit.strength[0] >= setting.settings.threshold > fit.strength[1:].max()
    said = fit.fittings["meaning"].evidence(0)
    assert (said.field, said.quote) == ("interests[0]", "Levain at dawn")
    (nobody,), _ = world(ada(), strange)
    assert Meaning("meaning", 0.16).prepare(nobody.reader, understood(setting)) is None, (
        "without a wish it means nothing"
    )


def test_what_all_entries_share_tells_nothing(world: Any, strange: Any, ada: Any) -> None:
    _, setting = world(ada(), strange)
    vectors = understood(setting).vectors
    assert np.linalg.norm(vectors.entries, axis=1).tolist() == pytest.approx([1.0] * 5)
    raw = Concepts().encode([text_of(entry) for entry in strange])
    assert vectors.centre.tolist() == pytest.approx(raw.mean(axis=0).tolist())
    assert vectors.of(text_of(strange[0])).tolist() == pytest.approx(vectors.entries[0].tolist())
    assert vectors.entries[0] @ vectors.entries[1] < raw[0] @ raw[1]
    assert vectors_of(Concepts(), np.zeros((0, 5), np.float32)).of("tea").shape == (5,)


def test_a_sensitive_need_stays_discreet_also_where_the_words_are_others(whole: Any, strange: Any, ada: Any) -> None:
    for sensitive in (True, False):
        made = whole(ada(needs=(Need("company in grief", date(2026, 2, 1), sensitive),)), strange)
        made = replace(made, setting=understood(made.setting))
        (said,) = Share().for_person(made.people["ada"], made)
        assert said.item.url == "https://b.example/"
        assert said.discreet is sensitive
        assert ("grief" in said.why) is not sensitive
        assert said.words.get("need") is None


# --- taste


AGAIN = ("More on remote caching", "Remote caching once more, measured.", "https://z.example/")


def test_what_is_like_something_liked_before_is_pulled_and_like_something_disliked_is_not(
    world: Any, library: Any, entry: Any, ada: Any, line: Any
) -> None:
    values: dict[str, float] = {}
    for reaction in ("liked", "disliked", "", "dismissed"):
        kind = {"type": "dismissed", "direction": ""} if reaction == "dismissed" else {"type": "share"}
        sent = line(**kind, link="https://c.example/", reaction=reaction if reaction != "dismissed" else "")
        (person,), setting = world(ada(), [*library, entry(*AGAIN)], [sent])
        values[reaction] = value(TASTE, person.reader, setting, 5)
        assert abs(value(TASTE, person.reader, setting, 1)) < abs(values[reaction])
    assert values["disliked"] < values["dismissed"] < 0 < values[""] < values["liked"] <= TASTE.weight
    (person,), setting = world(ada(), library)
    assert TASTE.prepare(person.reader, setting) is None


def test_what_is_like_something_set_aside_comes_later_and_names_it(
    world: Any, library: Any, entry: Any, ada: Any, line: Any
) -> None:
    aside = line("dismissed", direction="", link="https://c.example/")
    (person,), setting = world(ada(), [*library, entry(*AGAIN)], [aside])
    like, unlike = (Aside("aside", 0.3).score(person.reader, setting, position, ()) for position in (5, 1))
    assert -0.3 < like.value < 0 == unlike.value
    assert like.evidence is not None and like.evidence.field.startswith("set aside: ")
    (person,), setting = world(ada(), library)
    assert Aside("aside", 0.3).score(person.reader, setting, 2, ()).value == 0


def test_one_like_may_be_an_accident_and_more_count_more(world: Any, entry: Any, ada: Any, line: Any) -> None:
    others = [entry(f"Caching measured {n}", "Remote caching.", f"https://h{n}.example/") for n in range(6)]
    noise = [entry(f"Tea {n}", "Tea and clouds.", f"https://t{n}.example/") for n in range(20)]
    values = []
    for likes in range(1, 7):
        sent = [line("share", f"2026-02-0{n + 1}", link=others[n].url, reaction="liked") for n in range(likes)]
        (person,), setting = world(ada(), [entry(*AGAIN), *others, *noise], sent)
        values.append(value(TASTE, person.reader, setting, 0))
    assert values == sorted(values)
    assert 0 < 10 * values[0] < values[-1]


def test_taste_names_the_entry_that_was_liked(world: Any, library: Any, ada: Any, line: Any, entry: Any) -> None:
    links = ((1, "https://c.example/"), (2, "https://d.example/"))
    sent = [line("share", f"2026-02-0{n}", link=url, reaction="liked") for n, url in links]
    (person,), setting = world(ada(), [*library, entry(*AGAIN)], sent)
    said = TASTE.prepare(person.reader, setting).evidence(5)
    assert said.field == "liked: Remote caching"
    assert said.quote == "Remote caching once more, measured."


def test_likes_say_which_of_two_senses_of_a_wish_is_meant(world: Any, entry: Any, ada: Any, line: Any) -> None:
    senses = [entry("Java with milk", "", "https://a.example/"), entry("Java with threads", "", "https://b.example/")]
    for position, sense in enumerate(("milk", "threads")):
        liked = [entry(f"Hot {sense} number {n}", "", f"https://{sense}{n}.example/") for n in range(4)]
        sent = [line("share", f"2026-02-0{n + 1}", link=one.url, reaction="liked") for n, one in enumerate(liked)]
        (person,), setting = world(ada(interests=("java",)), [*senses, *liked], sent)
        total = fit_of(person.reader, setting).total
        assert total[position] > total[1 - position] + 0.01


# --- circumstances


def test_freshness_halves_every_three_weeks_where_a_feed_has_no_known_rhythm(world: Any, entry: Any, ada: Any) -> None:
    days = ("2026-03-01", "2026-02-08", "2026-03-20")
    entries = [entry(day=day, feed=f"feed{day}", url=f"https://x.example/{day}") for day in days]
    (person,), setting = world(ada(), entries)
    found = [Freshness("freshness", 0.08).score(person.reader, setting, position, ()).value for position in range(3)]
    assert found == pytest.approx([0.08, 0.04, 0.08]), "a day to come is no fresher than today"


def test_what_a_daily_feed_says_grows_old_sooner_than_what_a_monthly_says(world: Any, entry: Any, ada: Any) -> None:
    gaps = {"hourly": 0, "daily": 1, "every-third-day": 3, "weekly": 7, "monthly": 30}
    entries = [
        entry(feed=feed, day=str(date(2026, 2, 20) - timedelta(days=gap * n)), url=f"https://{feed}.example/{n}")
        for feed, gap in gaps.items()
        for n in range(4)
    ]
    entries += [entry(feed="young", day=day, url=f"https://y.example/{day}") for day in ("2026-02-01", "2026-02-02")]
    found = half_lives(entries[::-1])
    assert found == {"hourly": 7, "daily": 7, "every-third-day": 18, "weekly": 42, "monthly": 60, "young": 21}
    assert half_lives([]) == {}
    (person,), setting = world(ada(), entries)
    values = [Freshness("freshness", 0.08).score(person.reader, setting, position, ()).value for position in (4, 16)]
    assert values[0] < values[1], "of the same day"


def test_trust_is_the_weight_of_the_feed(world: Any, entry: Any, ada: Any) -> None:
    feeds = [Feed("good", "a.xml", weight=1.5), Feed("dull", "b.xml", weight=0.0), Feed("news", "c.xml")]
    entries = [entry(feed=name, url=f"https://{name}.example/") for name in ("good", "dull", "news", "unknown")]
    (person,), setting = world(ada(), entries, feeds=feeds)
    found = [Trust("trust", 0.05).score(person.reader, setting, position, ()).value for position in range(4)]
    assert found == [0.025, -0.05, 0.0, 0.0]


def test_novelty_compares_with_what_was_sent_and_redundancy_with_what_stands_above(
    world: Any, library: Any, ada: Any, line: Any
) -> None:
    (person,), setting = world(ada(), library, [line("share", link="https://a.example/")])
    assert Novelty("novelty", 0.07).score(person.reader, setting, 0, ()).value == pytest.approx(0)
    assert Novelty("novelty", 0.07).score(person.reader, setting, 1, ()).value == 0.07
    assert Redundancy("redundancy", 0.10).score(person.reader, setting, 0, [0]).value == pytest.approx(-0.1)
    assert Redundancy("redundancy", 0.10).score(person.reader, setting, 0, [1]).value == 0
    assert Redundancy("redundancy", 0.10).score(person.reader, setting, 0, ()).value == 0


def test_what_was_only_snoozed_or_dismissed_is_as_new_as_before(world: Any, library: Any, ada: Any, line: Any) -> None:
    for kind in ("snoozed", "dismissed"):
        (person,), setting = world(ada(), library, [line(kind, link="https://a.example/", direction="")])
        assert Novelty("novelty", 0.07).score(person.reader, setting, 0, ()).value == 0.07
