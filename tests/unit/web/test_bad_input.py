"""Whatever is sent to the dashboard: a kind refusal on the same page, on our own origin, and nothing written."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from brandkit.web.actions.registry import ACTIONS
from brandkit.web.forms import Form, read_form

# What a person types that no program expects.
ODD = (
    *("", " ", "\0", "\x1b[2J\x07", "a\x85b\u2028c\u2029d\x0be\x0cf\x1cg", "‮evil", "\ud800", "😀" * 50, "'\"><script>"),
    *("{{7*7}}{% raw %}", "%s%n%(x)s", "../../site.yaml", "-1", "0", "1e999", "9" * 400, "NaN", "null", "[]", "{}"),
    *(
        "ada",
        "Ada Lantern",
        "ada,ada,bea",
        "ada: ",
        ": ",
        "://",
        "//[",
        "javascript:alert(1)",
        "\n\n\n",
        "a\tb",
        "0000-00-00",
    ),
    *("ada: call on 31 February, by 99.99.9999, until 0000-00-00", "Ada: http://[::1", "x" * 3000, "٣", "²", "on 1e5"),
)

FIELDS = ("id", "why", "days", "line", "who", "reaction", "subject", "text", "event", "answer", "interests")
FIELDS += ("a", "b", "step", "feed", "url", "name", "emails", "every", "met", "back", "reset", "told")

PEOPLE = ("ada", "grace", "bea", "cem", "dot", "eli", "fay", "hal", "kit", "ivy")


def test_hearing_tells_how_a_line_is_understood_and_writes_nothing(desk: Any) -> None:
    before, state = desk.journal(), desk.files()
    page = desk.post("/hear", {"line": "Ada: call yesterday, looks for a designer"})
    assert page.status == 200 and page.json["problem"] == "" and "Call with Ada, yesterday." in page.json["lines"]
    assert desk.post("/hear", {"who": "ada", "line": "call"}).json["lines"]
    for odd in (
        {},
        {"line": "x"},
        {"who": "nobody", "line": "x"},
        {"who": "ada", "event": "none"},
        *({"line": o} for o in ODD),
    ):
        page = desk.post("/hear", {name: value.encode("utf-8", "surrogatepass") for name, value in odd.items()})
        assert page.status == 200 and set(page.json) == {"lines", "problem"}
    assert desk.journal() == before and desk.files() == state


WRONG: tuple[tuple[str, dict[str, str]], ...] = (
    *((action, {}) for action in ACTIONS if action not in ("undo",)),
    *(
        (action, {"id": id_})
        for action in ("done", "dismiss", "snooze", "words")
        for id_ in ("zzz", "\0", "../x", "x" * 9000)
    ),
    *((action, {"who": who}) for action in ("replied", "log", "sort") for who in ("nobody", "\x1b[2J", "e" * 2000)),
    *((action, {"feed": "nothing"}) for action in ("pause", "resume", "remove")),
    ("introduce", {"a": "ada", "b": "ada"}),
    ("introduce", {"a": "ada", "b": "nobody", "step": "asked"}),
    ("introduce", {"a": "ada", "b": "gus", "step": "asked", "who": "ada"}),
    ("introduce", {"a": "ada", "b": "cem", "step": "asked", "who": "ada"}),
    ("sort", {"who": "eli", "answer": "zz"}),
    ("log", {"who": "ada", "line": "call", "event": "nothing"}),
    ("log", {"line": "Nobody at all: call"}),
)


@pytest.mark.parametrize(("action", "fields"), WRONG, ids=lambda value: str(value)[:40])
def test_what_cannot_be_done_is_said_kindly_and_nothing_is_written(
    seen: Any, action: str, fields: dict[str, str], told_on: Callable[..., str]
) -> None:
    before = seen.files()
    page = seen.do(action, **fields, back="people/index.html")
    assert page.status in (409, 422)
    assert "<h1>People</h1>" in page.text and len(told_on(page)) > 10
    assert "Traceback" not in page.text and "Error" not in told_on(page)
    assert seen.files() == before


def test_an_action_that_does_not_exist_is_not_found(seen: Any) -> None:
    for name in ("nothing", "__class__", "..", "%2e%2e", "done/", "Done", "done%00"):
        assert seen.post(f"/do/{name}").status in (404, 405)


BACKS = (
    *("https://evil.example/", "//evil.example", "///evil.example", "/\\evil.example", "\\\\evil.example", "//[evil"),
    *("javascript:alert(1)", "/\t/evil.example", "\t//evil.example", "/\n/evil.example", "http:evil.example"),
    *("data:text/html,x", "http://[::1"),
    *("%2f%2fevil.example", "/..//evil.example", "/.//evil.example", "evil.example:80/", "//\\evil.example"),
    *("http://ex\u2100mple/", "x" * 5000, "?next=//evil.example", "#//evil.example"),
    *("index.html\r\nSet-Cookie: a=b", "\x00//evil.example", "JaVaScRiPt:x", "/ /evil.example"),
    *("//evil.example@127.0.0.1/", "https:/evil.example", ".//evil.example", "\u2028//evil.example"),
    *("／／evil.example", "/evil.example:443"),
)  # fmt: skip


def test_the_way_back_stays_on_our_own_origin(desk: Any) -> None:
    for back in BACKS:
        answer = desk.post("/do/remove", {"feed": "library", "back": back})  # changes nothing, so that it is quick
        assert answer.status == 303, back
        to = answer.headers["location"]
        assert re.match(r"/(?![/\\])[\x21-\x7e]*\Z", to), (back, to)
        assert "set-cookie" not in answer.headers


def test_a_refusal_leads_nowhere_else(seen: Any) -> None:
    for back in BACKS:
        page = seen.post("/do/done", {"id": "zzz", "back": back})
        assert page.status in (404, 422) and "location" not in page.headers, back


def test_a_way_back_is_a_path_of_ours() -> None:
    for back in BACKS:
        path = Form({"back": [back]}).back
        assert path.startswith("/") and not path.startswith(("//", "/\\"))
    assert Form({"back": ["people/ada.html?x=1"]}).back == "/people/ada.html?x=1"
    assert Form({}).back == Form({"back": [""]}).back == "/"


@settings(max_examples=100)
@given(st.binary(max_size=300))
def test_any_body_is_a_form(body: bytes) -> None:
    form = read_form(body)
    for values in form.fields.values():
        assert all("\0" not in value and "\r" not in value and value == value.strip() for value in values)
        assert all(value.encode("utf-8") is not None for value in values)
    assert re.match(r"/(?![/\\])", form.back)


def test_a_form_of_too_many_fields_says_nothing() -> None:
    assert read_form(b"&".join(b"a=1" for _ in range(201))).fields == {}
    assert read_form("é".encode()).fields == {} and read_form(b"a=%ED%A0%80%ff").get("a") == "\ufffd" * 4


@pytest.mark.parametrize(
    "back", ["style.css", "calendar.ics", "nowhere.html", "introduce.html?a=zz&b=zz", "mail/x.eml"]
)
def test_a_refusal_is_told_wherever_it_came_from(seen: Any, back: str, told_on: Callable[..., str]) -> None:
    page = seen.do("done", id="zzz", back=back)
    assert page.status == 422 and "No suggestion" in told_on(page)


@pytest.mark.slow
def test_huge_texts_are_answered_soon(desk: Any) -> None:
    huge = "word " * 150_000
    for action, fields in (
        ("log", {"line": f"ada: {huge}"}),
        ("log", {"line": huge}),
        ("dismiss", {"id": desk.suggestion("ada", "share").id, "why": huge}),
        ("undo", {"line": huge}),
        ("pause", {"feed": huge}),
        ("log", {"who": "ada", "line": "x", "event": huge}),
    ):
        began = time.process_time()
        assert desk.do(action, **fields).status in (200, 422), action
        assert time.process_time() - began < 5, (action, list(fields))
    assert desk.get("/").status == 200


@pytest.mark.slow
def test_a_huge_name_is_answered_soon(desk: Any) -> None:
    began = time.process_time()
    assert desk.do("replied", who="word " * 150_000).status == 422
    assert time.process_time() - began < 5


@pytest.mark.slow
def test_control_characters_stay_in_their_line(desk: Any) -> None:
    before = desk.journal()
    for odd in ODD[::2]:
        page = desk.post("/do/log", {"who": "ada", "line": odd.encode("utf-8", "surrogatepass")})
        assert page.status in (303, 422)
    lines = desk.since(before)
    assert all(line["contacts"] == ["ada"] for line in lines) and len(lines) > 10
    assert not desk.adviser.again().advised.known.report.sorted()
    for path in ("index.html", "people/ada.html", "people/ada-known.html", "calendar.html"):
        assert desk.get(f"/{path}").status == 200
    kept = {line.id for line in desk.adviser.again().advised.known.vault.journal}
    assert {line["id"] for line in lines} <= kept


# ---- anything at all

_text = st.one_of(st.sampled_from(ODD), st.sampled_from((*PEOPLE, "library", "added", "meet")), st.text(max_size=40))


@pytest.mark.slow
@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(
    action=st.sampled_from(sorted(set(ACTIONS) - {"refresh", "look", "follow"})),
    fields=st.dictionaries(st.sampled_from(FIELDS), _text, max_size=6),
    real=st.booleans(),
)
def test_no_form_makes_the_dashboard_fail(anything: Any, action: str, fields: dict[str, str], real: bool) -> None:
    if real and action in ("done", "dismiss", "snooze", "words"):
        fields = {**fields, "id": anything.known["share"]}
    sent = {name: value.encode("utf-8", "surrogatepass") for name, value in fields.items()}
    page = anything.post(f"/do/{action}", sent)
    assert page.status in (303, 404, 409, 422), (action, fields, page.text[:300])
    if page.status == 303:
        assert re.match(r"/(?![/\\])[\x21-\x7e]*\Z", page.headers["location"])
        assert anything.get(page.headers["location"]).status in (200, 404, 503)
    assert "Traceback" not in page.text and json.dumps(anything.journal()) is not None
