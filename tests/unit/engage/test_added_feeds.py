"""feeds-added.yaml as text, ids that are free, and what a followed feed is called."""

from __future__ import annotations

import yaml
from hypothesis import given
from hypothesis import strategies as st

from brandkit.engage.feeds.added_feeds import AddedFeed, free_feed_id, with_feed, without_feed
from brandkit.engage.feeds.feed_names import addresses, handle, label, named
from brandkit.engage.feeds.following import followed
from brandkit.engage.values import read_id
from brandkit.engage.vault import read_vault

VAULT = {
    "contacts.yaml": """
- {id: ada, name: Ada Example, feeds: [https://ada.example.org/feed]}
- {id: bo, name: Bo Example, feeds: [https://bo.example.org/a, https://bo.example.org/b]}
- {id: bo2, name: Bo Second, feeds: [https://second.example.org/feed]}
""",
    "feeds.yaml": "- {id: acme, url: https://acme.example.org/feed.xml, title: Acme}\n",
    "communities.yaml": "- {id: forum, name: Python Forum, feed: https://forum.example.org/feed}\n",
}


def test_feeds_are_added_at_the_end_and_read_as_a_second_source() -> None:
    text = with_feed("", AddedFeed("city", "https://city.example.org/events.ics", "City: events", "calendar"))
    assert text is not None
    assert text.startswith("# Written by brandkit feeds add; remove with brandkit feeds remove\n- {id: city, ")
    text = with_feed(text, AddedFeed("blog", "https://b.example.org/feed"))
    assert text is not None
    read = read_vault({**VAULT, "feeds-added.yaml": text})
    assert read.diagnostics == ()
    assert [(feed.id, feed.kind) for feed in read.value.feeds] == [
        ("acme", "feed"),
        ("city", "calendar"),
        ("blog", "feed"),
    ]
    assert read.value.feeds[1].title == "City: events"


def test_a_feed_is_taken_out_with_what_a_person_wrote_left_as_it_is() -> None:
    text = "# mine\n- {id: a, url: https://a.example/}  # good\n- {id: b, url: https://b.example/}\n"
    assert without_feed(text, "b") == "# mine\n- {id: a, url: https://a.example/}  # good\n"
    assert without_feed(text, "c") is None
    last = without_feed("- {id: a, url: https://a.example/}\n", "a")
    assert last is not None
    assert yaml.safe_load(last) is None
    assert with_feed(last, AddedFeed("a", "https://a.example/")) is not None


def test_a_file_that_is_no_list_is_not_added_to() -> None:
    feed = AddedFeed("a", "https://a.example/")
    for text in ("feeds: []\n", "- {id: a\n", "[]\n", "- a: {\n"):
        assert with_feed(text, feed) is None


@given(st.text(max_size=40), st.text(alphabet="abc-/:.?=&#'\"{}[],é \\", max_size=30))
def test_whatever_a_feed_is_called_the_file_reads_back(title: str, path: str) -> None:
    text = with_feed("- {id: first, url: https://a.example/}\n", AddedFeed("x", f"https://a.example/{path}", title))
    assert text is not None
    assert yaml.safe_load(text)[1]["url"] == f"https://a.example/{path}"


@given(st.text(max_size=60))
def test_an_id_is_always_one_and_free(title: str) -> None:
    first = free_feed_id(title, "https://www.acme.example.org/feed", ())
    second = free_feed_id(title, "https://www.acme.example.org/feed", (first,))
    assert read_id(first) == first
    assert read_id(second) == second
    assert first != second
    assert len(first) <= 40


def test_ids_are_readable() -> None:
    url = "https://acme.example.org/feed"
    assert free_feed_id("Acme engineering", url, ()) == "acme-engineering"
    assert free_feed_id("Acme engineering", url, ("acme-engineering",)) == "acme-engineering-2"
    assert free_feed_id("", url, ()) == "acme-example-org"
    assert free_feed_id("Blog", url, ()) == "acme-example-org-blog"


def test_feeds_of_people_are_called_by_whose_they_are() -> None:
    vault = read_vault(VAULT).value
    said = {feed.url: (handle(feed, vault), label(feed, vault)) for feed in followed(vault)}
    assert said["https://ada.example.org/feed"] == ("ada", "Ada's feed")
    assert said["https://bo.example.org/a"] == ("https://bo.example.org/a", "Bo Example's feed")
    assert said["https://second.example.org/feed"] == ("bo2", "Bo Second's feed")
    assert said["https://forum.example.org/feed"] == ("forum", "Python Forum")
    assert said["https://acme.example.org/feed.xml"] == ("acme", "Acme")


def test_a_feed_is_found_by_id_address_and_owner() -> None:
    vault = read_vault(VAULT).value
    assert [feed.id for feed in named("acme", vault)] == ["acme"]
    assert [feed.id for feed in named("http://www.acme.example.org/feed.xml", vault)] == ["acme"]
    assert [feed.id for feed in named("Ada", vault)] == ["people/ada/1"]
    assert [feed.id for feed in named("people/ada/1", vault)] == ["people/ada/1"]
    assert len(named("bo", vault)) == 3
    assert named("nobody", vault) == []


def test_addresses_count_in_every_variant_and_where_they_moved_to() -> None:
    known = addresses(read_vault(VAULT).value, {"acme": "https://new.example.org/feed"})
    assert known["https://acme.example.org/feed.xml"].id == "acme"
    assert known["https://new.example.org/feed"].id == "acme"
    assert known["https://ada.example.org/feed"].id == "people/ada/1"
