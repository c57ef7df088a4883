"""Answers are lines of the journal, each told once and taken back with one key; what people wrote by hand stays."""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Callable
from typing import Any

import pytest

from brandkit.io import vault

pytestmark = pytest.mark.slow


def test_done_is_a_line_and_another_suggestion_stands_there(desk: Any, told_on: Callable[..., str]) -> None:
    before, share = desk.journal(), desk.suggestion("ada", "share")
    assert share.id in desk.plan() or desk.suggestion("ada").id in desk.plan()
    page = desk.do("done", id=share.id, back="index.html")
    assert page.status == 200 and told_on(page).startswith("Written down: ")
    (line,) = desk.since(before)
    assert (line["type"], line["contacts"], line["move"], line["link"]) == ("share", ["ada"], "share", share.item.url)
    assert share.id not in page.text and share.id not in desk.plan()
    assert 'class="card"' in page.text
    undone = desk.do("undo", line=line["id"], back="index.html")
    assert told_on(undone).startswith("Taken back") and desk.since(before)[-1]["supersedes"] == line["id"]
    assert desk.suggestion("ada", "share").id


def test_what_was_done_leaves_the_plan_and_undo_brings_it_back(desk: Any) -> None:
    first = desk.plan()
    page = desk.get("/index.html")
    for id_ in first:
        assert page.text.count(f'id="s-{id_}"') <= 1
    shown = next(id_ for id_ in first if f'id="s-{id_}"' in page.text)
    after = desk.do("done", id=shown, back="index.html")
    assert f'id="s-{shown}"' not in after.text and shown not in desk.plan()
    desk.do("undo", back="index.html")
    assert desk.plan() == first and f'id="s-{shown}"' in desk.get("/").text


def test_dismissing_says_why_and_snoozing_until_when(desk: Any, told_on: Callable[..., str]) -> None:
    before = desk.journal()
    one, other = desk.suggestion("ada", "share"), desk.suggestion("dot", "check-in")
    page = desk.do("dismiss", id=one.id, why="they know it already", back="people/ada.html")
    assert told_on(page).startswith("Set aside") and "<h1>Ada Lantern</h1>" in page.text
    page = desk.do("snooze", id=other.id, days="7", back="index.html")
    assert "8 March" in told_on(page) or "Sunday" in told_on(page)
    dismissed, snoozed = desk.since(before)
    assert (dismissed["type"], dismissed["reason"]) == ("dismissed", "they know it already")
    assert (snoozed["type"], snoozed["until"]) == ("snoozed", "2026-03-08")
    assert not {one.id, other.id} & set(desk.plan())


def test_snoozing_for_no_number_of_days_is_refused(seen: Any, told_on: Callable[..., str]) -> None:
    before, id_ = seen.journal(), seen.suggestion("ada").id
    for days in ("0", "-1", "abc", "²", "3651", "9" * 400, "1e3", "7.5", "2026-03-08"):
        page = seen.do("snooze", id=id_, days=days)
        assert page.status == 422 and "how many days" in told_on(page), days
    assert seen.journal() == before


def test_snoozing_for_a_number_with_many_digits_is_refused(desk: Any) -> None:
    assert desk.do("snooze", id=desk.suggestion("ada").id, days="000014" + "9" * 30).status == 422


def test_undo_without_a_line_takes_back_the_last_and_a_second_time_the_one_before(desk: Any) -> None:
    before = desk.journal()
    desk.do("log", line="ada: call about bread")
    desk.do("log", line="bea: call about rain")
    first, second = desk.since(before)
    assert desk.do("undo").status == 200 and desk.do("undo").status == 200
    taken = [line["supersedes"] for line in desk.since(before)[2:]]
    assert taken == [second["id"], first["id"]]
    assert desk.do("undo", line=first["id"]).status == 422, "it was taken back already"
    assert desk.do("undo", line="nothing").status == 422
    assert len(desk.since(before)) == 4


@pytest.mark.parametrize("reaction", ["liked", "loved"])
def test_a_reply_with_what_they_made_of_it(desk: Any, reaction: str, told_on: Callable[..., str]) -> None:
    before = desk.journal()
    page = desk.do("replied", who="bea", reaction=reaction, back="people/bea.html")
    assert page.status == 200 and "Béa replied" in told_on(page)
    (line,) = desk.since(before)
    assert (line["type"], line["contacts"]) == ("replied", ["bea"])
    known = reaction in ("liked", "disliked")
    assert line.get("reaction") == (reaction if known else None)
    assert line.get("link") == ("https://sent.example/a" if known else None)


def test_a_reaction_where_nothing_was_sent_is_refused(desk: Any, told_on: Callable[..., str]) -> None:
    page = desk.do("replied", who="grace", reaction="liked", back="people/grace.html")
    assert page.status == 422 and "nothing was sent" in told_on(page).casefold() and "Grace Harbour" in page.text


def test_logging_with_a_name_in_the_line_and_beside_it_and_at_an_event(desk: Any, told_on: Callable[..., str]) -> None:
    before = desk.journal()
    page = desk.do("log", line="Ada: call yesterday, I promised the list by 5 March", back="index.html")
    assert "Call with Ada, yesterday" in told_on(page) and "You promised" in told_on(page)
    desk.do("log", who="bea", line="wrote to her", back="people/bea.html")
    desk.do("log", who="bea", event="past", line="rain barrels", back="events/past.html")
    desk.do("log", who="ada", event="past", line="", back="events/past.html")
    call, note, met, bare = desk.since(before)
    assert (call["type"], call["contacts"], call["at"][:10]) == ("call", ["ada"], "2026-02-28")
    assert call["promises"][0]["due"] == "2026-03-05"
    assert note["contacts"] == ["bea"] and "event" not in note
    assert [(one["type"], one["event"], one["at"][:10]) for one in (met, bare)] == [
        ("meeting", "past", "2026-02-27")
    ] * 2


def test_a_hard_time_that_is_written_down_is_not_said_aloud(desk: Any, told_on: Callable[..., str]) -> None:
    page = desk.do("log", line="ada: her mother died, hushnews", back="index.html")
    assert told_on(page) == "Written down. Undo" and "hushnews" not in page.text and "died" not in page.text
    assert desk.journal()[-1]["type"] == "life-event"
    assert "hushnews" not in desk.get("/").text and "Ada Lantern" not in desk.get("/").text.split("coming")[0]


def test_a_hard_time_that_is_taken_back_is_not_said_aloud(desk: Any) -> None:
    desk.do("log", line="ada: her mother died, hushnews", back="index.html")
    assert "hushnews" not in desk.do("undo", back="index.html").text


def test_sorting_goes_on_with_the_next_person_until_nobody_waits(desk: Any, told_on: Callable[..., str]) -> None:
    before = desk.journal()
    assert "<h1>Eli Ford</h1>" in desk.get("/sort.html").text
    page = desk.do("sort", who="eli", answer="m", interests="bread,  rye ,bread,", back="sort.html")
    assert "Eli Ford: about monthly" in told_on(page) and "<h1>Fay Moss</h1>" in page.text
    page = desk.do("sort", who="fay", answer="n", back="sort.html")
    assert "Everybody is sorted" in page.text
    eli, fay = desk.since(before)
    assert (eli["type"], eli["every"], eli["learned"]) == ("sorted", "1 month", {"interests": ["bread", "rye"]})
    desk.adviser.again()
    assert fay["reason"] and desk.get("/people/fay.html").status == 404
    desk.do("undo", back="sort.html")
    desk.adviser.again()
    assert "<h1>Fay Moss</h1>" in desk.get("/sort.html").text


def test_who_has_no_mail_can_be_sorted_too(desk: Any) -> None:
    desk.do("sort", who="eli", answer="k", back="index.html")
    file = desk.folder / "content/vault/contacts.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("name: Fay Moss, emails: [fay@moss.example]", "name: Fay Moss"), encoding="utf-8")
    desk.adviser.check()
    page = desk.get("/sort.html")
    assert page.status == 200 and "<h1>Fay Moss</h1>" in page.text


def test_an_introduction_step_by_step(desk: Any, told_on: Callable[..., str]) -> None:
    before, back = desk.journal(), "introduce.html?a=ada&b=grace"
    pair = {"a": "ada", "b": "grace", "back": back}
    assert "I asked Ada" in desk.get(f"/{back}").text
    page = desk.do("introduce", **pair, step="made")
    assert page.status in (409, 422) and "<h1>Ada Lantern and Grace Harbour</h1>" in page.text
    for step, who, offered in (
        ("asked", "ada", "Ada said yes"),
        ("yes", "ada", "I asked Grace"),
        ("asked", "grace", "Grace said yes"),
        ("yes", "grace", "they are introduced"),
    ):
        page = desk.do("introduce", **pair, step=step, who=who)
        assert page.status == 200 and "Undo" in told_on(page) and offered in page.text, (step, who)
    assert "They were introduced." in desk.do("introduce", **pair, step="made").text
    assert [line["state"] for line in desk.since(before)] == ["asked", "yes", "asked", "yes", "made"]
    assert desk.do("introduce", **pair, step="no", who="ada").status == 422
    assert len(desk.since(before)) == 5


def test_lately_does_not_say_a_word_twice(desk: Any) -> None:
    desk.do("log", line="eli: call yesterday about bread")
    desk.do("log", line="fay: spoke on the phone about rain")
    rows = re.findall(r'<li><span><a href="people/(?:eli|fay)\.html">([^<]+)</a>: ([^<]+)</span>', desk.get("/").text)
    assert dict(rows)["Eli Ford"] == "call yesterday about bread"
    assert dict(rows)["Fay Moss"].endswith(", spoke on the phone about rain")


def test_a_no_rests_and_can_be_taken_back(desk: Any) -> None:
    pair = {"a": "ada", "b": "grace", "back": "introduce.html?a=ada&b=grace"}
    desk.do("introduce", **pair, step="asked", who="ada")
    page = desk.do("introduce", **pair, step="no", who="ada")
    assert "It rests" in page.text
    line = desk.journal()[-1]["id"]
    assert "Ada said yes" in desk.do("undo", line=line, back=pair["back"]).text
    assert desk.do("introduce", **pair, step="asked", who="eli").status == 422
    assert desk.do("introduce", **pair, step="dance", who="ada").status == 422


def test_feeds_are_paused_and_go_on_and_what_was_added_can_go(desk: Any, told_on: Callable[..., str]) -> None:
    page = desk.do("pause", feed="library", back="feeds.html")
    assert "is paused" in told_on(page)
    desk.adviser.again()
    assert "do/resume" in desk.get("/feeds.html").text
    assert "read again" in told_on(desk.do("resume", feed="library", back="feeds.html"))
    page = desk.do("remove", feed="library", back="feeds.html")
    assert "You wrote" in told_on(page) and "feeds.yaml" in told_on(page) and page.status == 200
    assert "is gone" in told_on(desk.do("remove", feed="added", back="feeds.html"))
    assert "added.xml" not in (desk.folder / "content/vault/feeds-added.yaml").read_text(encoding="utf-8")
    assert desk.do("remove", feed="added").status == 422


def test_words_are_kept_and_shown_again(desk: Any, told_on: Callable[..., str]) -> None:
    share = desk.suggestion("ada", "share")
    page = desk.do(
        "words",
        id=share.id,
        subject="A find\r\nBcc: x@evil.example",
        text="Hi Ada,\r\nsee <this>.",
        back="people/ada.html",
    )
    assert "Kept in private/drafts/" in told_on(page) and "see &lt;this&gt;." in page.text
    mail = desk.get(f"/mail/{share.id}.eml")
    head = mail.body.replace(b"\r\n", b"\n").partition(b"\n\n")[0]
    assert b"\nBcc:" not in head and b"A find" in head
    assert "see &lt;this&gt;." in desk.get(f"/phone/{share.id}.html").text
    files = sorted(path.name for path in (desk.folder / "private/drafts").iterdir())
    assert [name.rpartition(".")[2] for name in files] == ["eml", "txt"]


def test_offline_nothing_is_fetched(desk: Any, told_on: Callable[..., str]) -> None:
    for action, fields in (
        ("refresh", {}),
        ("look", {"url": "example.org"}),
        ("follow", {"url": "https://a.example/"}),
    ):
        page = desk.do(action, **fields, back="feeds.html")
        assert page.status == 422 and "offline" in told_on(page)


def test_somebody_new_is_a_file_of_their_own(desk: Any, told_on: Callable[..., str]) -> None:
    page = desk.do(
        "person", name="Zoë New", emails="zoe@new.example", every="1 month", met="past", back="people/index.html"
    )
    assert page.status == 200 and "<h1>Zoë New</h1>" in page.text and "is yours to edit" in told_on(page)
    (new,) = {file.name for file in (desk.folder / "content/vault/contacts").iterdir()} - {"ivy.yaml"}
    assert new.endswith(".yaml")
    for fields in (
        {},
        {"name": "."},
        {"name": "X", "emails": "no mail"},
        {"name": "X", "every": "z"},
        {"name": "X", "met": "z"},
    ):
        page = desk.do("person", **fields, back="people/index.html")
        assert page.status == 422 and told_on(page)


def test_what_people_wrote_by_hand_stays_byte_for_byte(desk: Any, hashes: Callable[..., dict[str, str]]) -> None:
    before = hashes(desk.folder)
    ada, pair = desk.suggestion("ada", "share").id, {"a": "ada", "b": "grace"}
    for action, fields in (
        ("done", {"id": desk.suggestion("ada", "check-in").id}),
        ("dismiss", {"id": ada, "why": "no"}),
        ("undo", {}),
        ("snooze", {"id": ada}),
        ("replied", {"who": "bea", "reaction": "liked"}),
        ("log", {"line": "dot: moved to Rome, looks for a flat, likes chess"}),
        ("sort", {"who": "eli", "answer": "q", "interests": "rye"}),
        ("introduce", {**pair, "step": "asked", "who": "ada"}),
        ("introduce", {**pair, "step": "no", "who": "ada"}),
        ("words", {"id": ada, "subject": "s", "text": "words"}),
        ("pause", {"feed": "library"}),
        ("resume", {"feed": "library"}),
        ("remove", {"feed": "library"}),
        ("remove", {"feed": "added"}),
    ):
        page = desk.do(action, **fields)
        assert page.status in (200, 409, 422), (action, page.status)
    assert hashes(desk.folder) == before


def test_what_was_told_is_told_once_with_one_undo(desk: Any, told_on: Callable[..., str]) -> None:
    answer = desk.post("/do/log", {"line": "ada: call", "back": "index.html?minutes=30"})
    assert answer.status == 303 and answer.headers["location"].startswith("/index.html?minutes=30&told=")
    first, second = desk.get(answer.headers["location"]), desk.get(answer.headers["location"])
    assert told_on(first) and first.text.count('data-key="u"') == 1
    assert told_on(second) == "" and 'data-key="u"' not in second.text


def test_what_was_told_and_never_shown_is_forgotten_in_the_end(desk: Any, told_on: Callable[..., str]) -> None:
    places = [desk.post("/do/remove", {"feed": "library"}).headers["location"] for _ in range(51)]
    assert len(set(places)) == 51
    assert told_on(desk.get(places[0])) == "" and told_on(desk.get(places[1])) and told_on(desk.get(places[50]))


def test_an_outdated_page_does_not_answer_again(desk: Any, told_on: Callable[..., str]) -> None:
    before, id_ = desk.journal(), desk.suggestion("dot", "check-in").id
    assert desk.do("snooze", id=id_, days="7", back="index.html").status == 200
    for action in ("snooze", "dismiss") * 2:
        page = desk.do(action, id=id_, back="index.html")
        assert page.status == 422
        assert told_on(page).startswith("That was written down already: put off until Sunday 8 March"), action
    (line,) = desk.since(before)
    assert desk.do("undo", line=line["id"], back="index.html").status == 200
    page = desk.do("undo", line=line["id"], back="index.html")
    assert page.status == 422 and told_on(page).startswith("That was taken back already")
    assert desk.do("done", id=id_, back="index.html").status == 200
    for action in ("snooze", "done", "dismiss"):
        page = desk.do(action, id=id_, back="index.html")
        assert page.status == 422 and told_on(page).startswith("That was written down already: done today"), action
    assert [one.get("type") for one in desk.since(before)] == ["snoozed", None, "message"]


def test_what_was_put_off_can_be_done_all_the_same(desk: Any) -> None:
    before, id_ = desk.journal(), desk.suggestion("dot", "check-in").id
    assert desk.do("snooze", id=id_, days="7", back="index.html").status == 200
    assert desk.do("done", id=id_, back="index.html").status == 200
    assert [one["type"] for one in desk.since(before)] == ["snoozed", "message"]


@pytest.fixture
def full_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """The vault has room for a few bytes more, each time."""

    def put(descriptor: int, data: bytes) -> None:
        os.write(descriptor, data[:11])
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(vault, "_put", put)


def test_on_a_full_disk_nothing_half_is_left_and_the_page_says_so(
    desk: Any, told_on: Callable[..., str], full_disk: None
) -> None:
    desk.adviser.ready()
    before = desk.files()
    for action, fields in (
        ("person", {"name": "Zed Full", "every": ""}),
        ("log", {"line": "ada: call"}),
        ("done", {"id": desk.suggestion("ada", "share").id}),
    ):
        page = desk.do(action, **fields, back="people/index.html")
        assert page.status == 503 and "the disk is full" in told_on(page), action
    assert desk.files() == before


def test_nobody_is_told_of_commands_or_options(desk: Any, told_on: Callable[..., str]) -> None:
    for action, fields in (
        ("log", {"line": "nobody here: call"}),
        ("log", {"who": "nobody", "line": "call"}),
        ("log", {"who": "ada", "event": "nowhere", "line": "call"}),
        ("log", {"line": "ada: call on 9 August 2026"}),
        ("replied", {"who": "grace", "reaction": "liked"}),
        ("done", {"id": "zzz"}),
        ("words", {"id": "zzz", "text": "Hello"}),
        ("pause", {"feed": "zzz"}),
        ("refresh", {}),
        ("look", {"url": "example.org"}),
        ("person", {"name": "Ada Lantern"}),
        ("sort", {"who": "zzz", "answer": "m"}),
    ):
        page = desk.do(action, **fields, back="index.html")
        said = told_on(page)
        if page.status == 200:
            continue
        assert said and "brandkit" not in said and " --" not in said, (action, said)


def test_words_that_a_rule_refuses_name_the_rule_and_no_option(desk: Any, told_on: Callable[..., str]) -> None:
    id_ = desk.suggestion("ada", "share").id
    assert desk.do("log", line="ada: sent her https://other.example/leads", back="index.html").status == 200
    page = desk.do("words", id=id_, text="Hello", back="index.html")
    assert page.status == 409 and "there is no draft" in told_on(page).casefold()
    assert "--override" not in page.text
