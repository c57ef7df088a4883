"""A whole round of feeds: local files, a server on loopback, and what the report says of each."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from brandkit.app.feeds import refreshing
from brandkit.app.feeds.refreshing import FollowedFeed, Reading, RefreshReport, refresh
from brandkit.io.net.fetch import Limits
from brandkit.io.store.entry_store import EntryStore
from tests.patience import PATIENCE

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)


def rss(*titles: str) -> bytes:
    items = "".join(f"<item><title>{t}</title><link>https://ex.org/{t}</link></item>" for t in titles)
    return f'<rss version="2.0"><channel><title>Feed</title>{items}</channel></rss>'.encode()


@dataclass
class Server:
    """What to answer at each path: status, body, headers; and what was asked."""

    pair: str
    answers: dict[str, tuple[int, bytes, dict[str, str]]] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def on(self, path: str, body: bytes = b"", status: int = 200, **headers: str) -> str:
        self.answers[path] = (status, body, headers)
        return f"http://{self.pair}{path}"


@pytest.fixture
def server() -> Iterator[Server]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            state.asked.append((self.path, dict(self.headers)))
            status, body, headers = state.answers[self.path]
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name.replace("_", "-"), value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as http:
        state = Server(f"127.0.0.1:{http.server_address[1]}")
        thread = threading.Thread(target=http.serve_forever, args=(0.02,))
        thread.start()
        yield state
        http.shutdown()
        thread.join()


@dataclass
class Round:
    """A vault folder, a store, and a server that may be asked."""

    base: Path
    store: EntryStore
    allow: frozenset[str]

    def refresh(self, *feeds: FollowedFeed, now: datetime = NOW, offline: bool = False) -> RefreshReport:
        limits = Limits(deadline=PATIENCE, allow=self.allow)
        return refresh(feeds, self.store, now, Reading(self.base, self.base, offline, limits))


@pytest.fixture
def round_(tmp_path: Path, server: Server) -> Iterator[Round]:
    base = tmp_path / "vault"
    base.mkdir()
    with EntryStore(tmp_path / "state" / "entries.db") as store:
        yield Round(base, store, frozenset({server.pair}))


def statuses(report: RefreshReport) -> list[str]:
    return [outcome.status for outcome in report.feeds]


# Local feeds


def test_a_local_feed_is_read_also_offline_and_again_only_when_it_changed(round_: Round) -> None:
    path, feed = round_.base / "feed.xml", FollowedFeed("f", "feed.xml", "")
    path.write_bytes(rss("a", "b"))
    first = round_.refresh(feed, offline=True)
    assert (statuses(first), first.new, first.total_entries, first.local, first.remote) == (
        ["updated"],
        2,
        2,
        1,
        0,
    )
    assert statuses(round_.refresh(feed, offline=True)) == ["unchanged"]
    path.write_bytes(rss("a", "b", "c"))
    third = round_.refresh(feed, offline=True)
    assert (statuses(third), third.feeds[0].new, third.total_entries) == (["updated"], 1, 3)


def test_an_unchanged_local_feed_is_not_parsed(round_: Round, monkeypatch: pytest.MonkeyPatch) -> None:
    (round_.base / "feed.xml").write_bytes(rss("a"))
    feed = FollowedFeed("f", "feed.xml", "")
    round_.refresh(feed)
    monkeypatch.setattr(refreshing, "parse_feed", None)
    assert statuses(round_.refresh(feed)) == ["unchanged"]


def test_a_missing_local_feed_is_one_line_and_stops_no_other(round_: Round) -> None:
    (round_.base / "good.xml").write_bytes(rss("a"))
    report = round_.refresh(FollowedFeed("bad", "missing.xml"), FollowedFeed("good", "good.xml"))
    assert statuses(report) == ["failed", "updated"]
    assert report.feeds[0].problem == "there is no file missing.xml"
    (round_.base / "missing.xml").write_bytes(rss("b"))
    assert statuses(round_.refresh(FollowedFeed("bad", "missing.xml"))) == ["updated"]


def test_a_local_path_does_not_leave_its_folder(round_: Round) -> None:
    secret = round_.base.parent / "secret.xml"
    secret.write_bytes(rss("secret"))
    (round_.base / "link.xml").symlink_to(secret)
    feeds = [FollowedFeed(str(n), url) for n, url in enumerate(["../secret.xml", "link.xml", str(secret)])]
    report = round_.refresh(*feeds)
    assert statuses(report) == ["failed"] * 3
    assert report.total_entries == 0


def test_a_local_web_page_is_no_feed(round_: Round) -> None:
    (round_.base / "page.html").write_bytes(b"<!doctype html><html><body>hi</body></html>")
    report = round_.refresh(FollowedFeed("f", "page.html"))
    assert report.feeds[0].problem == "this is a web page, not a feed"


def test_an_empty_feed_is_read_with_a_note(round_: Round) -> None:
    (round_.base / "feed.xml").write_bytes(rss())
    outcome = round_.refresh(FollowedFeed("f", "feed.xml")).feeds[0]
    assert (outcome.status, outcome.problem, outcome.note) == (
        "unchanged",
        None,
        "the feed has no entries yet",
    )


# Remote feeds


def test_a_remote_feed_is_asked_when_due_with_what_is_known(round_: Round, server: Server) -> None:
    feed = FollowedFeed("f", server.on("/feed", rss("a"), ETag='"1"', Last_Modified="then"))
    report = round_.refresh(feed)
    assert (statuses(report), report.new, report.remote) == (["updated"], 1, 1)
    assert statuses(round_.refresh(feed)) == ["not-due"]
    server.on("/feed", b"", 304)
    assert statuses(round_.refresh(feed, now=NOW + 2 * DAY)) == ["unchanged"]
    assert server.asked[-1][1]["If-None-Match"] == '"1"'
    assert round_.store.feed_states()["f"].etag == '"1"'
    assert len(server.asked) == 2


def test_offline_asks_nobody(round_: Round, server: Server) -> None:
    report = round_.refresh(FollowedFeed("f", server.on("/feed", rss("a"))), offline=True)
    assert (statuses(report), server.asked) == (["not-due"], [])


def test_the_same_bytes_again_are_not_parsed(round_: Round, server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    feed = FollowedFeed("f", server.on("/feed", rss("a")))
    round_.refresh(feed)
    monkeypatch.setattr(refreshing, "parse_feed", None)
    assert statuses(round_.refresh(feed, now=NOW + 2 * DAY)) == ["unchanged"]


def test_a_failing_feed_waits_longer_each_time(round_: Round, server: Server) -> None:
    feed = FollowedFeed("f", server.on("/feed", b"", 503, Retry_After="7200"))
    assert statuses(round_.refresh(feed)) == ["failed"]
    state = round_.store.feed_states()["f"]
    assert (state.failures, state.next_check_at) == (1, NOW + timedelta(hours=2))
    later = round_.refresh(feed, now=NOW + timedelta(hours=1))
    assert statuses(later) == ["not-due"]
    assert later.feeds[0].problem


def test_a_feed_whose_server_asked_for_time_has_not_failed_itself(round_: Round, server: Server) -> None:
    feeds = [FollowedFeed(id_, server.on(f"/{id_}", b"", 429, **{"Retry-After": "7200"})) for id_ in ("a", "b")]
    report = round_.refresh(*feeds)
    assert [outcome.status for outcome in report.feeds] == ["failed", "failed"]
    states = round_.store.feed_states()
    assert [states[id_].failures for id_ in ("a", "b")] == [1, 0]
    assert {state.next_check_at for state in states.values()} == {NOW + timedelta(hours=2)}


def test_a_feed_that_is_gone_is_not_asked_again_until_it_has_a_new_address(round_: Round, server: Server) -> None:
    feed = FollowedFeed("f", server.on("/feed", b"", 410))
    assert statuses(round_.refresh(feed)) == ["gone"]
    assert statuses(round_.refresh(feed, now=NOW + 400 * DAY)) == ["gone"]
    assert len(server.asked) == 1
    assert statuses(round_.refresh(replace(feed, url=server.on("/new", rss("a"))))) == ["updated"]


def test_a_paused_feed_is_left_alone(round_: Round, server: Server) -> None:
    feed = FollowedFeed("f", server.on("/feed", rss("a")))
    round_.refresh(feed)
    round_.store.save_feed_state(replace(round_.store.feed_states()["f"], paused=True))
    assert statuses(round_.refresh(feed, now=NOW + 9 * DAY)) == ["paused"]
    assert len(server.asked) == 1


def test_a_moved_feed_proposes_its_new_address(round_: Round, server: Server) -> None:
    new = server.on("/new", rss("a"))
    round_.refresh(FollowedFeed("f", server.on("/old", b"", 301, Location="/new")))
    assert round_.store.feed_states()["f"].moved_to == new


def test_a_web_page_in_place_of_a_feed_keeps_what_there_was(round_: Round, server: Server) -> None:
    feed = FollowedFeed("f", server.on("/feed", rss("a"), ETag='"1"'))
    round_.refresh(feed)
    server.on("/feed", b"<html>parked</html>", ETag='"2"')
    report = round_.refresh(feed, now=NOW + 2 * DAY)
    assert (statuses(report), report.total_entries) == (["failed"], 1)
    server.on("/feed", rss("a"), ETag='"1"')
    assert statuses(round_.refresh(feed, now=NOW + 4 * DAY)) == ["unchanged"]
    assert "If-None-Match" not in server.asked[-1][1]


def test_one_address_followed_twice_is_asked_once(round_: Round, server: Server) -> None:
    url = server.on("/feed", rss("a"), ETag='"1"')
    assert statuses(round_.refresh(FollowedFeed("f", url))) == ["updated"]
    both = round_.refresh(FollowedFeed("f", url), FollowedFeed("g", url), now=NOW + 2 * DAY)
    assert statuses(both) == ["unchanged", "updated"]
    assert len(server.asked) == 2
    assert "If-None-Match" not in server.asked[-1][1]


def test_progress_is_told_of_each_feed_that_is_read(round_: Round, server: Server) -> None:
    (round_.base / "feed.xml").write_bytes(rss("a"))
    feeds = [FollowedFeed("l", "feed.xml"), FollowedFeed("r", server.on("/feed", rss("b")))]
    told: list[tuple[str, int, int]] = []
    limits = Limits(allow=frozenset({server.pair}))
    how = Reading(round_.base, round_.base, limits=limits, progress=lambda *step: told.append(step))
    refresh(feeds, round_.store, NOW, how)
    assert told == [("l", 1, 2), ("r", 2, 2)]


def test_relative_links_hang_on_the_address_that_answered(round_: Round, server: Server) -> None:
    body = rss("a").replace(b"https://ex.org/a", b"/post")
    round_.refresh(FollowedFeed("f", server.on("/feed", body)))
    assert [entry.url for entry in round_.store.entries()] == [f"http://{server.pair}/post"]


def test_a_clock_that_was_ahead_does_not_silence_a_feed_once_it_is_right_again(round_: Round, server: Server) -> None:
    feed = FollowedFeed("a", server.on("/a", rss("One")))
    ahead = NOW + 1000 * DAY
    assert round_.refresh(feed, now=ahead).remote == 1
    assert round_.refresh(feed, offline=True).next_check_at == NOW, "who waits for the next time does not wait years"
    report = round_.refresh(feed)
    assert report.remote == 1
    assert report.next_check_at is not None
    assert report.next_check_at <= NOW + DAY


def test_a_clock_that_is_set_back_loses_no_entry(round_: Round, server: Server) -> None:
    feed = FollowedFeed("a", server.on("/a", rss("One")))
    round_.refresh(feed)
    server.on("/a", rss("Two"))
    assert round_.refresh(feed, now=NOW - 100 * DAY).new == 1
    assert sorted(entry.title for entry in round_.store.entries()) == ["One", "Two"]
