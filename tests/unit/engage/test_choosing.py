"""What is offered beside what: nothing over somebody's shoulder, nothing that they did not like, whatever they know."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from brandkit.engage.choosing import stand_behind
from brandkit.engage.config import Me, Settings
from brandkit.engage.contacts import Need
from brandkit.engage.drafting.drafts import with_draft
from brandkit.engage.moves.share import Share
from brandkit.engage.scoring.vectors import vectors_of
from brandkit.engage.scoring.wishes import NEEDS

SECRET = Need("a divorce lawyer", sensitive=True)


def offered(world: Any) -> list[Any]:
    return [suggestion for suggestion in Share().for_person(world.people["ada"], world) if suggestion.allowed]


def articles(entry: Any, topic: str, count: int, **more: Any) -> list[Any]:
    text = f"We looked at {topic} for a year. Nobody had measured {topic} before."
    hosts = (f"{topic.replace(' ', '-')}-{n}" for n in range(count))
    return [
        entry(f"Notes on {topic}, part {n}", text, f"https://{host}.example/", **more) for n, host in enumerate(hosts)
    ]


# --- what is sensitive


def test_what_they_liked_of_something_sensitive_is_not_named_over_somebodys_shoulder(
    whole: Any, entry: Any, ada: Any, line: Any
) -> None:
    past = articles(entry, "divorce and the house", 20, day="2025-11-01")
    new = entry("Selling a home in spring", "Divorce and the house, again. The house is sold.", "https://home.example/")
    liked = [line("share", f"2025-11-{n + 1:02}", link=one.url, reaction="liked") for n, one in enumerate(past)]
    contact = ada(needs=(SECRET,), interests=("selling a home",))
    (suggestion,) = offered(whole(contact, [*past, new], liked))
    assert suggestion.discreet
    assert "ivorce" not in suggestion.why


def test_a_sensitive_need_stays_discreet_when_it_is_old(whole: Any, entry: Any, ada: Any) -> None:
    new = entry("Divorce lawyers and selling a home", "Selling a home with divorce lawyers.", "https://home.example/")
    contact = ada(needs=(replace(SECRET, since=date(2024, 1, 1)),), interests=("selling a home",))
    (suggestion,) = offered(whole(contact, [new]))
    assert suggestion.discreet
    assert suggestion.why == "This may be of use to Ada."
    drafted = with_draft(suggestion, contact, Me(), {"share.en.txt": "Subject: {{ item.title }}\n\n{{ item.named }}"})
    assert "ivorce" not in f"{drafted.draft.subject} {drafted.draft.text}", "nor does the letter name it in a title"


def test_what_is_near_to_a_sensitive_need_in_other_words_is_discreet_too(whole: Any, entry: Any, ada: Any) -> None:
    new = entry("Custody hearing", "Family parenting after a hearing. Family parenting.", "https://court.example/")
    other = entry("Bread", "Bread and water.", "https://bread.example/")

    class Model:
        name, dimensions = "model", 2

        def encode(self, texts: Any) -> Any:
            import numpy as np

            rows = [(0.8, 0.6) if "hearing" in t else (0.9, 0.44) if "divorce" in t else (0.0, 1.0) for t in texts]
            return np.array(rows, np.float32)

    world = whole(ada(needs=(SECRET,), interests=("family parenting",)), [new, other])
    vectors = vectors_of(Model(), Model().encode(["hearing", "bread"]))
    world = replace(world, setting=replace(world.setting, vectors=vectors))
    (suggestion,) = offered(world)
    assert suggestion.discreet


# --- what they do not like, and what they know


def test_what_they_disliked_again_and_again_is_not_offered_once_more(
    whole: Any, entry: Any, ada: Any, line: Any
) -> None:
    past = articles(entry, "sourdough baking", 25, day="2025-12-01")
    new = entry("Sourdough baking, the last part", "Sourdough baking for a year.", "https://new.example/")
    others = articles(entry, "remote caching", 3)
    contact = ada(interests=("sourdough baking",))
    assert [s.item.url for s in offered(whole(contact, [new, *others]))] == [new.url]
    said = [line("share", f"2025-12-{n + 1:02}", link=one.url, reaction="disliked") for n, one in enumerate(past)]
    assert offered(whole(contact, [*past, new, *others], said)) == []


def test_what_they_know_already_does_not_crowd_out_what_is_new(whole: Any, entry: Any, ada: Any, line: Any) -> None:
    past = articles(entry, "build caching", 45, day="2025-03-01")
    new = entry("Build caching for everybody", "Build caching and its price. Build caching.", "https://new.example/")
    liked = [line("share", "2025-03-02", link=one.url, reaction="liked", id=f"s{n}") for n, one in enumerate(past)]
    world = whole(ada(interests=("build caching",)), [*past, new], liked, settings=Settings(share_days=720))
    assert [s.item.url for s in offered(world)] == [new.url]


# --- own pages


def test_a_word_that_no_page_of_yours_holds_is_as_rare_as_the_feeds_say(
    whole: Any, entry: Any, ada: Any, own_page: Any
) -> None:
    from brandkit.engage.own_matches import own_matches

    entries = [entry(f"Paper {n}", "Cups and stones.", f"https://p{n}.example/") for n in range(400)]
    page = own_page(
        "<p>Lifts and their operators. An operator rides all day.</p>", title="What a lift operator told me"
    )
    contact = ada(needs=(Need("kubernetes operator tutorials"),))
    world = whole(contact, entries, pages=[page])
    assert own_matches(world.people["ada"].reader, world, NEEDS) == []


# --- what stands behind


def test_what_fits_and_waits_behind_its_own_site_is_known(whole: Any, entry: Any, ada: Any, line: Any) -> None:
    first, second, third = (
        entry(f"Remote caching {n}", f"Remote caching, part {n} of {words}.", f"https://news.example/{n}")
        for n, words in enumerate(("barrels and bread", "harbours at night", "gardens in town"))
    )
    bread = [entry(f"Bread {n}", f"Flour{n} and water.", f"https://o{n}.example/") for n in range(6)]
    contact = ada(interests=("remote caching",))
    world = whole(contact, [first, second, third, *bread], [line("share", "2026-01-01", link=third.url)])
    shown = offered(world)[0].item.key
    waiting = stand_behind(world.people["ada"], world.setting, {shown})
    assert {shown, *(one.canonical for one in waiting)} == {first.canonical, second.canonical}
    assert stand_behind(world.people["ada"], world.setting, set()) == []
    assert stand_behind(world.people["ada"], world.setting, {"https://elsewhere.example/"}) == []
