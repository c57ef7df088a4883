"""Each gate says no exactly when it should, and yes otherwise."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from brandkit.engage.config import Feed, Settings
from brandkit.engage.contacts import Contact, Hold
from brandkit.engage.gates.content import avoids
from brandkit.engage.gates.question import Question
from brandkit.engage.gates.registry import gates
from brandkit.engage.gates.standing import closed_because
from brandkit.engage.model import Entry, Gate, item_of
from brandkit.engage.values import Rhythm

Ask = Callable[..., Gate | None]


@pytest.fixture
def ask(whole: Any, entry: Any) -> Ask:
    """What one rule says of a share: `ask(rule, contact, entry, journal)`; None where it is silent."""

    def asked(
        rule: str, contact: Contact, about: Entry | None = None, journal: Any = (), move: str = "share", **more: Any
    ) -> Gate | None:
        item = about or entry("A title", "Some text.")
        world = whole(contact, [item], journal, **more)
        (person,) = world.people.values()
        about_it = (None, None) if move == "check-in" else (item_of(item), item)
        found = gates(Question(move, world, person, *about_it))
        return next((gate for gate in found if gate.rule == rule), None)

    return asked


def says_no(gate: Gate | None) -> bool:
    assert gate is None or gate.ok or gate.reason, "a no says why"
    return gate is not None and not gate.ok


def test_nothing_forbids_an_ordinary_share(whole: Any, entry: Any, ada: Any) -> None:
    world = whole(ada(), [entry()])
    found = gates(Question("share", world, world.people["ada"], item_of(entry()), entry()))
    assert all(gate.ok for gate in found)
    assert len(found) >= 7


def test_do_not_contact_and_deceased(ask: Ask, ada: Any) -> None:
    for rule, flag in (("do-not-contact", "do_not_contact"), ("deceased", "deceased")):
        for move in ("share", "check-in"):
            assert says_no(ask(rule, ada(**{flag: True}), move=move))
            assert not says_no(ask(rule, ada(), move=move))


@pytest.mark.parametrize(
    ("until", "held"), [(None, True), (date(2026, 3, 1), True), (date(2026, 5, 1), True), (date(2026, 2, 28), False)]
)
def test_a_hold_that_is_written_down(ask: Ask, ada: Any, until: date | None, held: bool) -> None:
    contact = ada(hold=Hold("illness", until))
    assert says_no(ask("hold", contact)) is held
    assert says_no(ask("hold", contact, move="check-in")) is held
    assert ask("hold", contact, move="stand-by") is None


@pytest.mark.parametrize(
    ("at", "held"),
    [("2026-03-01", True), ("2025-12-01", True), ("2025-11-30", False), ("2026-03-02", False)],
)
def test_a_hold_that_a_life_event_began_lasts_ninety_days(ask: Ask, ada: Any, line: Any, at: str, held: bool) -> None:
    loss = line("life-event", at, reason="bereavement", direction="")
    assert says_no(ask("hold", ada(), journal=[loss])) is held
    assert not says_no(ask("hold", ada(), journal=[replace(loss, reason="new-job")]))
    assert not says_no(ask("hold", ada(), journal=[replace(loss, contacts=("bea",))]))


def test_how_long_a_hold_lasts_is_a_setting(ask: Ask, ada: Any, line: Any) -> None:
    loss = line("life-event", "2026-02-01", reason="illness")
    assert not says_no(ask("hold", ada(), journal=[loss], settings=Settings(hold_days=27)))
    assert says_no(ask("hold", ada(), journal=[loss], settings=Settings(hold_days=28)))


def test_a_written_end_ends_what_began_before_it_but_not_a_new_loss(ask: Ask, ada: Any, line: Any) -> None:
    contact = ada(hold=Hold("illness", date(2026, 2, 10)))
    assert not says_no(ask("hold", contact, journal=[line("life-event", "2026-02-01", reason="illness")]))
    assert says_no(ask("hold", contact, journal=[line("life-event", "2026-02-20", reason="bereavement")]))


def test_two_unanswered_messages(ask: Ask, ada: Any, line: Any) -> None:
    sent = [line("message", "2026-01-01"), line("message", "2026-01-02")]
    assert says_no(ask("unanswered", ada(), journal=sent))
    assert not says_no(ask("unanswered", ada(), journal=sent[:1]))
    assert not says_no(ask("unanswered", ada(), journal=[*sent, line("replied", "2026-01-03", direction="received")]))


def test_snoozed_until_a_day(ask: Ask, ada: Any, line: Any, entry: Any) -> None:
    item = entry(url="https://news.example/1")
    for until, no in ((date(2026, 3, 2), True), (date(2026, 3, 1), False)):
        snooze = line("snoozed", "2026-02-20", link="http://www.news.example/1/", move="share", until=until)
        assert says_no(ask("snoozed", ada(), item, [snooze])) is no
        assert not says_no(ask("snoozed", ada(), entry(url="https://news.example/2"), [snooze]))
        nudge = line("snoozed", "2026-02-20", move="check-in", until=until)
        assert says_no(ask("snoozed", ada(), journal=[nudge], move="check-in")) is no
        assert not says_no(ask("snoozed", ada(), journal=[nudge]))


def test_dismissed_for_good_where_it_is_an_entry_and_until_the_next_touch_where_it_is_a_move(
    ask: Ask, ada: Any, line: Any, entry: Any
) -> None:
    set_aside = line("dismissed", "2026-02-20", link="https://news.example/1?utm_source=x", move="share", direction="")
    assert says_no(ask("dismissed", ada(), entry(url="https://news.example/1"), [set_aside]))
    assert not says_no(ask("dismissed", ada(), entry(url="https://news.example/2"), [set_aside]))
    nudge = line("dismissed", "2026-02-20", move="check-in", direction="")
    old, new = line("call", "2026-01-01"), line("call", "2026-02-25")
    assert says_no(ask("dismissed", ada(), journal=[old, nudge], move="check-in"))
    assert says_no(ask("dismissed", ada(), journal=[nudge], move="check-in"))
    assert not says_no(ask("dismissed", ada(), journal=[old, nudge, new], move="check-in"))
    assert not says_no(ask("dismissed", ada(), journal=[nudge]))


@pytest.mark.parametrize(
    "sent",
    [
        "https://news.example/1",
        "http://news.example/1",
        "https://www.news.example/1/",
        "https://NEWS.example:443/1#x",
        "https://news.example/1?utm_source=a&fbclid=b",
        "https://news.example//1/index.html",
    ],
)
def test_already_shared_in_whatever_spelling(ask: Ask, ada: Any, line: Any, entry: Any, sent: str) -> None:
    item = entry(url="https://news.example/1")
    assert says_no(ask("already-shared", ada(), item, [line("share", "2020-01-01", link=sent)]))
    assert says_no(ask("already-shared", ada(), item, [line("message", "2020-01-01", link=sent)]))
    assert not says_no(ask("already-shared", ada(), item, [line("share", "2020-01-01", ("bea",), link=sent)]))
    assert says_no(ask("already-shared", ada(), item, [line("message", link=sent, direction="received")]))
    assert not says_no(ask("already-shared", ada(), item, [line("snoozed", link=sent, direction="")]))


@pytest.mark.parametrize("other", ["https://news.example/2", "https://news.example/1?page=2", "https://old.example/1"])
def test_another_link_was_not_shared(ask: Ask, ada: Any, line: Any, entry: Any, other: str) -> None:
    item = entry(url="https://news.example/1")
    assert not says_no(ask("already-shared", ada(), item, [line("share", link=other)]))


def test_one_share_a_rhythm_and_a_fortnight_without_one(ask: Ask, ada: Any, line: Any) -> None:
    def at(day: str) -> list[Any]:
        return [line("share", day, link="https://other.example/")]

    monthly = ada(every=Rhythm(1, "month"))
    assert says_no(ask("share-per-rhythm", monthly, journal=at("2026-02-02")))
    assert not says_no(ask("share-per-rhythm", monthly, journal=at("2026-02-01")))
    assert says_no(ask("share-per-rhythm", ada(), journal=at("2026-02-16")))
    assert not says_no(ask("share-per-rhythm", ada(), journal=at("2026-02-15")))
    assert ask("share-per-rhythm", monthly, journal=at("2026-02-20"), move="check-in") is None
    assert not says_no(ask("share-per-rhythm", monthly, journal=at("2026-03-15"))), "what is to come does not count"


def test_what_is_theirs_by_host_by_feed_or_by_pen(ask: Ask, ada: Any, entry: Any) -> None:
    item = entry(url="https://www.ada.example/post", feed="f")
    assert says_no(ask("own-feed", ada(links=("https://ada.example/about",)), item))
    assert says_no(ask("own-feed", ada(links=("https://blog.ada.example",)), item))
    assert says_no(ask("own-feed", ada(feeds=("https://ada.example/feed.xml",)), item))
    assert says_no(ask("own-feed", ada(feeds=("feeds/ada.xml",)), item, feeds=[Feed("f", "feeds/ada.xml")]))
    assert says_no(ask("own-feed", ada(), entry(author="Ada EXAMPLE, Grace Sample")))
    assert not says_no(ask("own-feed", ada(links=("https://notada.example",)), item))
    assert not says_no(ask("own-feed", ada(feeds=("feeds/bea.xml",)), item, feeds=[Feed("f", "feeds/ada.xml")]))
    assert not says_no(ask("own-feed", ada(), entry(author="Grace Sample")))


def test_what_comes_from_their_own_firm(ask: Ask, ada: Any, entry: Any) -> None:
    item = entry(url="https://blog.acme.example/post", feed="f")
    assert says_no(ask("own-organization", ada(organization="Acme"), item))
    titled = [Feed("f", "https://x.example/feed", title="Specimen & Co engineering")]
    assert says_no(ask("own-organization", ada(organization="Specimen & Co"), entry(feed="f"), feeds=titled))
    assert not says_no(ask("own-organization", ada(organization="Acme"), entry(url="https://acmeology.example/")))
    assert not says_no(ask("own-organization", ada(organization=""), item))


def test_a_language_they_do_not_read(ask: Ask, ada: Any, entry: Any) -> None:
    british, german = entry(language="en-GB"), entry(language="de")
    assert not says_no(ask("language", ada(languages=("en",)), british))
    assert not says_no(ask("language", ada(languages=("en-US",)), british))
    assert says_no(ask("language", ada(languages=("en",)), german))
    assert not says_no(ask("language", ada(languages=("en", "DE")), german))
    assert not says_no(ask("language", ada(), german)), "any, where they did not say"
    assert not says_no(ask("language", ada(languages=("en",)), entry(language="")))


@pytest.mark.parametrize(
    ("topic", "text", "hit"),
    [
        ("crypto", "All about Crypto.", True),
        ("crypto", "Cryptography explained", False),
        ("crypto", "encrypto", False),
        ("crypto", "A crypto-exchange failed", True),
        ("crypto", "Crypto’s winter", True),
        ("generative ai", "Notes on generative AI, again", True),
        ("generative ai", "generative-AI tools", True),
        ("generative ai", "AI is generative", False),
        ("generative ai", "generative art and AI", False),
        ("Straße", "Die STRASSE nach Süden", True),
        ("c++", "Modern C++ idioms", True),
        ("!!", "Look!!", False),
    ],
)
def test_avoid_means_whole_words(ask: Ask, ada: Any, entry: Any, topic: str, text: str, hit: bool) -> None:
    assert avoids(topic, entry("A title", text)) is hit
    assert avoids(topic, entry(text, "Nothing here.")) is hit
    assert avoids(topic, entry("A title", "", summary=text)) is hit
    gate = ask("avoid", ada(avoid=("weather", topic)), entry("A title", text))
    assert says_no(gate) is hit
    assert not hit or (gate is not None and topic in gate.reason)


def test_a_closed_door_says_why(world: Any, ada: Any) -> None:
    def reason(**fields: Any) -> str | None:
        (person,), setting = world(ada(**fields))
        return closed_because(person, setting.today)

    assert reason() is None
    assert reason(do_not_contact=True) == "they asked not to be contacted"
    assert reason(deceased=True) == "they have died"
    assert reason(hold=Hold("illness", date(2026, 4, 1))) == "this is a hard time for Ada"
