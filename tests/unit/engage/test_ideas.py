"""Ideas: topics with counts and evidence, questions, what was learned, posts grown old, days to keep."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from brandkit.base.templates import environment
from brandkit.base.text import plural
from brandkit.engage.config import Community, Feed, Me
from brandkit.engage.contacts import Contact, Hold, Need
from brandkit.engage.days.occasions import Occasion
from brandkit.engage.insight.ideas import begin, ideas
from brandkit.engage.insight.ideas_view import ideas_json, ideas_page
from brandkit.engage.insight.topics import Topic, ago, topics
from brandkit.io.resources import private_templates

LEAD = "find a platform lead"
ME = Me(name="Alex Example", languages=("en",), expertise=("build systems",))


@pytest.fixture
def read(entry: Any) -> list[Any]:
    """Entries: three about remote caching, one of them old; one about build systems; one about gardens."""
    return [
        entry("Remote caching, measured", "We measured remote caching for a quarter.", "https://a.example/1"),
        entry("More on remote caching", "Remote caches fill up.", "https://b.example/2", day="2026-02-25"),
        entry("Again: remote caching", "Remote caching.", "https://a.example/1?utm_source=x", day="2026-02-19"),
        entry("Remote caching of old", "Remote caching.", "https://a.example/3", day="2025-11-30"),
        entry("A build system for everybody", "The build system is small.", "https://c.example/4"),
        entry("Gardens in winter", "Snow keeps the beds warm.", "https://d.example/5"),
    ]


def named(found: tuple[Topic, ...], name: str) -> Topic:
    return next(topic for topic in found if topic.name == name)


def page_of(world: Any, occasions: Any = ()) -> str:
    """The page, in a plain frame."""
    frame = {"base.html": "{% block title %}{% endblock %}{% block main %}{% endblock %}"}
    env = environment({**private_templates("pages"), **frame}, {"day": str, "plural": plural})
    return env.get_template("ideas.html").render(**ideas_page(world, occasions), up="")


def test_a_topic_counts_people_and_entries_and_names_its_evidence(whole: Any, read: Any) -> None:
    people = (
        Contact("ada", "Ada Example", interests=("remote caching", "sailing")),
        Contact("bea", "Bea Vorlage", needs=(Need("remote caches"),)),
    )
    world = whole(people, read, me=ME)
    topic = named(topics(world), "remote caches")
    assert [(m.contact, m.field, m.text) for m in topic.mentions] == [
        ("ada", "interests[0]", "remote caching"),
        ("bea", "needs[0]", "remote caches"),
    ]
    assert [e.url for e in topic.entries] == ["https://b.example/2", "https://a.example/1"]
    assert topic.note(world.today) == "2 people, 2 entries, nothing of yours yet"
    sailing = named(topics(world), "sailing")
    assert sailing.note(world.today) == "1 person, 0 entries, nothing of yours yet"


def test_what_you_published_closes_a_gap_until_a_year_has_passed(whole: Any, read: Any, own_page: Any) -> None:
    def page(url: str, day: datetime, **more: Any) -> Any:
        return own_page(url=url, title="Remote caching", text="On remote caching.", date=day, **more)

    def topic(*pages: Any) -> Topic:
        return named(topics(whole(Contact("ada", "Ada", interests=("remote caching",)), read, pages=pages)), NAME)

    NAME, today = "remote caching", date(2026, 3, 1)
    old, new = datetime(2024, 12, 30, tzinfo=UTC), datetime(2026, 2, 26, tzinfo=UTC)
    assert topic(page("https://me.example/1/", old)).note(today).endswith("you wrote about it 14 months ago")
    assert topic(page("https://me.example/1/", old)).is_gap(today)
    fresh = topic(page("https://me.example/1/", old), page("https://me.example/2/", new))
    assert fresh.note(today).endswith("you wrote about it 3 days ago") and not fresh.is_gap(today)
    begun = topic(page("https://me.example/3/", new, status="draft"))
    assert begun.note(today).endswith("a draft is begun") and begun.is_gap(today)
    tagged = topic(own_page(tags=("Remote caching",), text="Nothing.", date=new))
    assert not tagged.is_gap(today)


def test_a_wider_wording_gathers_narrower_ones_and_half_the_words_are_not_enough(whole: Any) -> None:
    people = (
        Contact("ada", "Ada", interests=("supply chain security",)),
        Contact("bea", "Bea", interests=("chain security", "chain letters")),
    )
    found = {topic.name: topic.people for topic in topics(whole(people))}
    assert found == {"chain security": ("ada", "bea"), "chain letters": ("bea",)}


def test_what_is_secret_faded_or_of_people_left_in_peace_makes_no_topic(whole: Any) -> None:
    need = Need(LEAD)
    people = (
        Contact("ada", "Ada", needs=(replace(need, sensitive=True),), interests=("Find a platform lead",)),
        Contact("bea", "Bea", needs=(replace(need, since=date(2025, 9, 1)),)),
        Contact("cleo", "Cleo", needs=(need,), do_not_contact=True),
        Contact("dora", "Dora", needs=(need,), deceased=True),
        Contact("edda", "Edda", needs=(need,), hold=Hold("illness")),
    )
    assert topics(whole(people)) == ()
    assert [t.people for t in topics(whole((*people, Contact("finn", "Finn", needs=(need,)))))] == [("finn",)]


def test_what_you_know_comes_first_and_its_word_is_the_title_of_the_post(whole: Any, read: Any) -> None:
    people = (
        Contact("ada", "Ada", interests=("build systems", "sailing")),
        Contact("bea", "Bea", interests=("sailing",)),
    )
    world = whole(people, read, me=ME)
    found = json.loads(json.dumps(ideas_json(ideas(world), world)))["topics"]
    assert [(row["topic"], row["next"]) for row in found] == [
        ("build systems", 'brandkit new post "build systems" --for ada'),
        ("sailing", 'brandkit new post "A title of your own" --for ada,bea'),
    ]
    assert found[0]["entries"] == 1 and found[0]["examples"][0]["url"] == "https://c.example/4"


def test_a_command_can_be_pasted_whatever_stands_in_the_title() -> None:
    assert begin("Calm on-call") == 'brandkit new post "Calm on-call"'
    assert begin('A "$HOME" of `one`', ("ada",)) == "brandkit new post 'A \"$HOME\" of `one`' --for ada"


def test_questions_are_those_that_came_to_you(whole: Any, line: Any, entry: Any) -> None:
    asked = "how do you keep build systems small?"
    journal = [
        line("message", "2026-02-01", direction="received", summary=asked),
        line("call", "2026-02-02", direction="mutual", summary="which tests to keep?"),
        line("message", "2026-02-03", summary="asked: how is the move?"),  # yours
        line("message", "2026-02-04", direction="received", summary="thank you"),
        line("message", "2026-02-05", direction="received", summary="a job with calmer nights?"),
        line("message", "2025-02-01", direction="received", summary="long ago?"),
        line("message", "2026-02-06", direction="received", summary="and now?", contacts=("ada", "cleo")),
    ]
    secret = Need("find a calmer job", sensitive=True)
    people = (Contact("ada", "Ada", needs=(secret,)), Contact("cleo", "Cleo", do_not_contact=True))
    thread = entry(
        "How to begin with build systems?", "I ask for a friend.", "https://forum.example/1", day="2026-02-25"
    )
    other = entry("Which bread is best?", "Rye?", "https://forum.example/2", day="2026-02-25")
    world = whole(
        people, journal=journal, me=ME, communities=(Community("forum", "Forum"),), threads={"forum": [thread, other]}
    )
    found = ideas(world).questions
    assert [(q.text, q.contacts, q.topic) for q in found] == [
        ("which tests to keep?", ("ada",), ""),
        (asked, ("ada",), "build systems"),
        (thread.title, (), "build systems"),
    ]
    assert found[1].next == 'brandkit new post "build systems" --for ada'
    assert found[2].url == thread.url and found[2].next == "brandkit suggest --move answer"


def test_what_you_learned_in_half_a_year_without_facts_and_secrets(whole: Any, line: Any) -> None:
    heard = {"needs": ("numbers on flaky tests", "a calmer job"), "facts": ("has a dog",)}
    journal = [
        line("call", "2026-02-02", direction="mutual", learned=heard),
        line("call", "2025-08-01", direction="mutual", learned={"needs": ("long ago",)}),
    ]
    ada = Contact("ada", "Ada", needs=(Need("find a calmer job", sensitive=True),))
    found = ideas(whole(ada, journal=journal)).learned
    assert [(one.text, one.kind, one.day, one.line) for one in found] == [
        ("numbers on flaky tests", "needs", date(2026, 2, 2), "call-2026-02-02")
    ]


def test_posts_grow_old_after_eighteen_months_where_somebody_still_cares(whole: Any, own_page: Any) -> None:
    def page(name: str, text: str, day: str, **more: Any) -> Any:
        when = datetime.fromisoformat(f"{day}T12:00:00+00:00")
        return own_page(url=f"https://me.example/{name}/", title=name, text=text, slug=name, date=when, **more)

    pages = [
        page("old", "All about remote caching.", "2024-08-01"),
        page("young", "More about remote caching.", "2025-01-01"),
        page("draft", "Remote caching to come.", "2024-01-01", status="draft"),
        page("forgotten", "All about waterwheels.", "2024-01-01"),
    ]
    world = whole(Contact("ada", "Ada", interests=("remote caching",)), pages=pages)
    found = ideas(world).aged
    assert [(one.page.title, one.topic.name, one.next) for one in found] == [
        ("old", "remote caching", 'brandkit new post "old, looked at again" --for ada')
    ]
    assert ideas(whole(Contact("ada", "Ada"), pages=pages)).aged == ()


def test_deadlines_and_events_those_that_meet_what_you_know_first(whole: Any) -> None:
    def occasion(uid: str, title: str, day: date, feed: str = "city") -> Occasion:
        return Occasion(feed, uid, title, day, url=f"https://city.example/{uid}")

    occasions = [
        occasion("1", "Garden fair", date(2026, 3, 5)),
        occasion("2", "Call for papers: build systems day", date(2026, 4, 1)),
        occasion("3", "Build systems meetup", date(2026, 5, 1)),
        occasion("4", "Too late", date(2026, 8, 1)),
        occasion("5", "Of a calendar that is not followed", date(2026, 3, 5), "other"),
    ]
    world = whole((), me=ME, feeds=(Feed("city", "city.ics", kind="calendar"),))
    assert [(one.kind, one.title, one.topic) for one in ideas(world, occasions).dates] == [
        ("deadline", "Call for papers: build systems day", "build systems"),
        ("candidate", "Build systems meetup", "build systems"),
        ("candidate", "Garden fair", ""),
    ]
    assert ideas(world, occasions).dates[0].next == 'brandkit new talk "build systems"'


def test_answers_in_communities_count_for_their_topic(whole: Any, line: Any, read: Any) -> None:
    journal = [
        line("help", "2026-01-01", contacts=(), community="forum", summary="how remote caching fills up"),
        line("help", "2026-01-02", contacts=(), community="forum", summary="about bread"),
        line("help", "2026-01-03", contacts=("ada",), summary="remote caching, by mail"),
    ]
    world = whole(Contact("ada", "Ada", interests=("remote caching",)), read, journal)
    assert [a.summary for a in named(topics(world), "remote caching").answers] == ["how remote caching fills up"]


def test_the_page_shows_everything_and_escapes_it(whole: Any, read: Any, line: Any) -> None:
    hostile = "<script>alert(1)</script>"
    ada = Contact("ada", f"Ada {hostile}", interests=("remote caching", f"sailing {hostile}"))
    journal = [line("message", direction="received", summary=f"{hostile}?")]
    said = page_of(whole(ada, read, journal, me=ME))
    assert hostile not in said and "&lt;script&gt;" in said
    assert "1 person, 2 entries, nothing of yours yet" in said
    assert "style=" not in said
    assert "Nothing yet" in page_of(whole(()))


@pytest.mark.parametrize(
    ("day", "words"),
    [(date(2026, 3, 1), "today"), (date(2026, 2, 28), "1 day ago"), (date(2025, 1, 1), "14 months ago")],
)
def test_how_long_ago_as_people_say_it(day: date, words: str) -> None:
    assert ago(day, date(2026, 3, 1)) == words
