"""What advice never does, whatever stands in the vault: the promises of mission.md, on invented lives."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from brandkit.base.url import canonical
from brandkit.base.walls import OwnPage
from brandkit.engage.advising import advise_all, advise_one, found_among_all
from brandkit.engage.config import Goal, Me, Mentorship
from brandkit.engage.contacts import Consent, Contact, Hold, KeyDate, Need
from brandkit.engage.introductions import introduction_of
from brandkit.engage.model import Entry, Interaction, Promise, Suggestion, Vault
from brandkit.engage.values import DayOfYear, Rhythm
from brandkit.engage.vault import with_learned
from brandkit.engage.world import Own, Read, World, world_of
from brandkit.io.resources import private_templates

TODAY = date(2026, 3, 1)
TEMPLATES = private_templates("drafts")
IDS = ("ada", "bea", "cleo", "dora")
TOPICS = ("remote caching", "incident reviews", "rainwater barrels", "platform leads")
HARD = ("bereavement", "illness", "job-loss", "hard-time")
TYPES = (
    *("message", "call", "meeting", "share", "update", "respond", "thank", "congratulate", "stand-by", "ask", "offer"),
    *("help", "promotion", "referral", "feedback", "session", "replied", "life-event", "introduction", "dismissed"),
    *("snoozed", "imported", "sorted", "promise-kept"),
)
ENTRIES = tuple(
    Entry(
        guid=f"g{n}",
        feed="news" if n % 2 else "other",
        url=f"https://host{n}.example/{n}?utm_source=feed",
        canonical=canonical(f"https://host{n}.example/{n}"),
        title=f"Notes on {topic}",
        summary="",
        text=f"We looked at {topic} for a year. Nobody had measured {topic} before, and {topic} surprised us.",
        published=datetime(2026, 2, 10 + n, 9, tzinfo=UTC),
        language="en",
    )
    for n, topic in enumerate(TOPICS * 2)
)


class _Html:
    def __html__(self) -> str:
        return ""


def page(n: int, topic: str, status: str) -> OwnPage:
    day = datetime(2026, 2, 20, tzinfo=UTC)
    text = f"Here is what I know of {topic}."
    address = f"https://me.example/{n}/"
    return OwnPage(address, f"On {topic}", "", text, (), day, "en", status, f"p{n}", "Alex", _Html())


PAGES = (page(0, "remote caching", "published"), page(1, "incident reviews", "draft"))

pytestmark = pytest.mark.slow
texts = st.sampled_from(TOPICS)
days = st.integers(0, 400).map(lambda back: TODAY - timedelta(days=back))


@st.composite
def contacts(draw: Any, id_: str) -> Contact:
    """A person whose private words can be recognised wherever they turn up."""
    need = Need(f"canaryneed{id_} {draw(texts)}", draw(st.one_of(st.none(), days)), draw(st.booleans()))
    return Contact(
        id=id_,
        name=f"{id_.title()} Surname{id_}",
        organization=f"Firm{id_}",
        emails=(f"{id_}@mail{id_}.example",),
        phones=(f"+49 30 555{IDS.index(id_)}0{IDS.index(id_)}",),
        channel=draw(st.sampled_from(("email", "signal", "call", "mastodon"))),
        every=draw(st.one_of(st.none(), st.integers(7, 90).map(lambda n: Rhythm(n, "day")))),
        languages=draw(st.sampled_from(((), ("en",), ("de",), ("en", "de")))),
        birthday=draw(st.one_of(st.none(), days.map(lambda day: DayOfYear(day.month, day.day)))),
        dates=(KeyDate("work-anniversary", DayOfYear(2, 25, 2019)),),
        interests=tuple(draw(st.lists(texts, max_size=2))),
        expertise=tuple(draw(st.lists(texts, max_size=2))),
        offers=tuple(draw(st.lists(st.sampled_from(KINDS), max_size=3))),
        needs=draw(st.sampled_from(((), (need,), (Need(draw(texts)),)))),
        facts=(f"canaryfact{id_} has a secret garden",),
        notes=f"Canarynote{id_} was whispered. Nobody else knows.",
        knows=tuple(draw(st.lists(st.sampled_from(IDS), max_size=1))),
        consent=Consent(introduce=draw(st.sampled_from(("ask", "yes", "no"))), promote=date(2026, 1, 1)),
        hold=draw(st.sampled_from((None, None, Hold("illness", date(2026, 4, 1)), Hold("hard-time")))),
        do_not_contact=draw(st.sampled_from((False, False, False, True))),
        deceased=draw(st.sampled_from((False, False, False, False, True))),
    )


KINDS = ("feedback", "advice", "support", "promotion", "introductions", "mentoring")


@st.composite
def lines(draw: Any, number: int) -> Interaction:
    """Anything that may stand in a journal."""
    type_ = draw(st.sampled_from(TYPES))
    who = tuple(dict.fromkeys(draw(st.lists(st.sampled_from((*IDS, "old")), min_size=1, max_size=2))))
    pair = draw(st.permutations(IDS))[:2]
    link = draw(st.sampled_from(("", *(entry.url for entry in ENTRIES), "http://www.host1.example/1", PAGES[0].url)))
    day = draw(days)
    return Interaction(
        id=f"line{number}",
        at=datetime(day.year, day.month, day.day, 12, tzinfo=UTC),
        type=type_,
        contacts=who,
        direction=draw(st.sampled_from(("gave", "asked", "received", "mutual", ""))),
        summary=f"canarysummary{who[0]}",
        link=link,
        learned=draw(st.sampled_from(({}, {"needs": (f"canarylearned{who[0]} wish",)}))),
        promises=draw(st.sampled_from(((), (Promise("me", "send the list", day),)))),
        reason=draw(st.sampled_from(("", *HARD, "new-job"))) if type_ == "life-event" else "",
        until=draw(st.one_of(st.none(), days)) if type_ == "snoozed" else None,
        move=draw(st.sampled_from(("", "share", "check-in", "offer"))),
        a=pair[0] if type_ == "introduction" else "",
        b=pair[1] if type_ == "introduction" else "",
        state=draw(st.sampled_from(("asked", "yes", "no", "made"))) if type_ == "introduction" else "",
    )


@st.composite
def worlds(draw: Any) -> World:
    """Four people, what happened, what was read, what one wrote; one of the four was once two."""
    people = [draw(contacts(id_)) for id_ in IDS]
    people[0] = replace(people[0], formerly=("old",))
    journal = [draw(lines(n)) for n in range(draw(st.integers(0, 14)))]
    merged = [replace(line, contacts=tuple("ada" if c == "old" else c for c in line.contacts)) for line in journal]
    me = Me(
        name="Alex",
        languages=("en", "de"),
        expertise=("remote caching", "platform leads"),
        goals=(Goal("lead reviews", ("incident reviews",)),),
        state=draw(st.sampled_from(("fine", "fine", "hard_time"))),
    )
    vault = Vault(
        me,
        tuple(people),
        journal=tuple(sorted(merged, key=lambda line: (line.at, line.id))),
        mentorships=(Mentorship("m1", "mentee", "bea", date(2025, 1, 1), None, Rhythm(1, "month")),),
    )
    published = {
        "cleo": (replace(ENTRIES[0], feed="people/cleo/1", url="https://cleo.example/1", title="I've joined Acme"),)
    }
    read = Read(ENTRIES, published)
    return world_of(
        with_learned(vault, TODAY, ZoneInfo("UTC")), read, Own(PAGES, "https://me.example/"), TODAY, ZoneInfo("UTC")
    )


def everything(world: World) -> list[Suggestion]:
    """All that is suggested."""
    return [s for one in advise_all(world, TEMPLATES) for s in one.suggestions]


def said(suggestion: Suggestion) -> str:
    """The words of a draft."""
    draft = suggestion.draft
    return f"{draft.subject}\n{draft.text}".casefold() if draft else ""


checked = settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@given(worlds())
@checked
def test_nobody_who_must_be_left_alone_is_suggested_or_written_to(world: World) -> None:
    several = found_among_all(world)
    for person in world.people.values():
        contact = person.contact
        shown = advise_one(person, world, TEMPLATES, several, explain=True)
        for suggestion in (*shown.suggestions, *everything(world)):
            about = world.people.get(suggestion.contact)
            if about is None:
                continue
            assert not about.contact.do_not_contact
            assert not about.contact.deceased
            assert suggestion.move == "stand-by" or not about.held(TODAY), contact.id


@given(worlds())
@checked
def test_no_link_is_offered_to_somebody_who_knows_it(world: World) -> None:
    for suggestion in everything(world):
        if suggestion.move in ("share", "update", "offer") and suggestion.item and suggestion.item.url:
            known = world.people[suggestion.contact].ledger.shared
            assert canonical(suggestion.item.url) not in known


@given(worlds())
@checked
def test_no_draft_says_what_is_private(world: World) -> None:
    for suggestion in everything(world):
        for word in ("canaryneed", "canaryfact", "canarynote", "canarylearned", "canarysummary"):
            assert word not in said(suggestion), suggestion


@given(worlds())
@checked
def test_nothing_identifies_the_other_one_before_both_said_yes(world: World) -> None:
    for suggestion in everything(world):
        text = said(suggestion)
        for other in world.people.values():
            contact = other.contact
            if contact.id == suggestion.contact or not suggestion.contact:
                continue
            both = introduction_of(world.vault.journal, suggestion.contact, contact.id)
            if suggestion.move == "introduce" and both.agreed:
                continue
            marks = (contact.name.split()[1], contact.organization, contact.emails[0], contact.phones[0], contact.id)
            assert not any(f" {mark.casefold()} " in f" {text} " for mark in marks[:4]), (suggestion, contact.id)


@given(worlds(), st.sampled_from(TOPICS))
@checked
def test_an_unrelated_contact_changes_nobody_elses_advice(world: World, topic: str) -> None:
    stranger = Contact("zoe", "Zoe Stranger", every=Rhythm(30, "day"), interests=("harpsichord tuning",))
    more = replace(world.vault, contacts=(*world.vault.contacts, stranger))
    read = Read(ENTRIES, {"cleo": world.people["cleo"].published})
    again = world_of(more, read, Own(PAGES, "https://me.example/"), TODAY, ZoneInfo("UTC"))
    before = {one.contact.id: one for one in advise_all(world, TEMPLATES) if one.contact}
    after = {one.contact.id: one for one in advise_all(again, TEMPLATES) if one.contact}
    assert {id_: one for id_, one in after.items() if id_ != "zoe"} == before


@given(worlds())
@checked
def test_what_was_received_or_asked_for_changes_no_gift(world: World) -> None:
    # what they know already is no gift, whoever spoke of it: links are looked at in the test of repetitions
    unlinked = [replace(x, link="") if x.direction in ("received", "asked") else x for x in world.vault.journal]
    world = world_of(
        replace(world.vault, journal=tuple(unlinked)),
        Read(ENTRIES, {"cleo": world.people["cleo"].published}),
        Own(PAGES, "https://me.example/"),
        TODAY,
        ZoneInfo("UTC"),
    )
    # a line that carries a gift out is no line about asking, whatever somebody typed as its direction
    gifts_made = ("share", "offer")
    kept = [x for x in world.vault.journal if x.direction not in ("received", "asked") or x.move in gifts_made]
    # a reply by somebody ends a silence, whatever its direction; `brandkit replied` writes it as mutual
    kept += [line for line in world.vault.journal if line not in kept and line.type == "replied"]
    learned = [line for line in world.vault.journal if line.learned and line not in kept]
    vault = replace(world.vault, journal=tuple(sorted([*kept, *learned], key=lambda line: (line.at, line.id))))
    read = Read(ENTRIES, {"cleo": world.people["cleo"].published})
    less = world_of(vault, read, Own(PAGES, "https://me.example/"), TODAY, ZoneInfo("UTC"))

    def gifts(some: World) -> list[Suggestion]:
        return [s for s in everything(some) if s.move in ("share", "offer")]

    if not learned and {i: p.held(TODAY) for i, p in world.people.items()} == {
        i: p.held(TODAY) for i, p in less.people.items()
    }:
        assert gifts(world) == gifts(less)
