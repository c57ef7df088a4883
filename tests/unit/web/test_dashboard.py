"""The dashboard's pages as a browser meets them: they hold together, find people, and keep quiet what should be."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote, urljoin, urlsplit

import pytest

from brandkit.engage.pages.registry import MENU
from brandkit.web.actions.registry import ACTIONS

PEOPLE = ("ada", "grace", "bea", "cem", "dot", "eli", "fay", "hal", "kit", "ivy")
PATHS = (
    *(path for path, _ in MENU),
    *(f"people/{who}.html" for who in PEOPLE),
    *(f"people/{who}-known.html" for who in PEOPLE),
    *("events/meet.html", "events/past.html", "log.html", "sort.html", "introduce.html?a=ada&b=grace"),
    *("introduce.html?a=ada&b=cem", "people/index.html?q=ada&only=ideas", "people/index.html?add=New+Comer&met=past"),
)


@pytest.mark.parametrize("path", PATHS)
def test_every_page_holds_together(seen: Any, read_page: Any, path: str) -> None:
    page = seen.get(f"/{path}")
    assert page.status == 200 and page.headers["content-type"] == "text/html; charset=utf-8"
    found = read_page(page.text)
    assert found.unbalanced == []
    assert len(found.ids) == len(set(found.ids)), sorted(one for one in found.ids if found.ids.count(one) > 1)
    if path.endswith("-known.html"):
        return
    unlabelled = [
        one
        for one in found.controls
        if not (one.get("wrapped") or one.get("aria-label") or one.get("id") in found.labelled)
    ]
    assert unlabelled == [] and found.labelled <= set(found.ids)
    assert found.inline == [], "the policy allows no script and no style in a page"


def test_every_form_leads_to_something_that_is_done(seen: Any, read_page: Any) -> None:
    for path in PATHS:
        here = f"/{path}"
        for form in read_page(seen.get(here).text).forms:
            assert form.get("action"), (path, form)
            target = urlsplit(seen_from(here, form["action"])).path
            if form.get("method") == "post":
                assert target.startswith("/do/") and target.removeprefix("/do/") in ACTIONS, (path, form)
            else:
                assert seen.get(target).status == 200, (path, form)


@pytest.mark.slow
def test_every_link_of_ours_leads_somewhere(seen: Any, read_page: Any) -> None:
    targets = set()
    for path in PATHS:
        found = read_page(seen.get(f"/{path}").text)
        for link in (*found.links, *found.loaded):
            if link.startswith("#"):
                assert link[1:] in found.ids, (path, link)
            elif not re.match(r"[a-z]+:", link):
                targets.add(seen_from(f"/{path}", link))
    missing = [target for target in sorted(targets) if seen.get(target).status != 200]
    assert missing == []


def test_no_page_makes_a_browser_ask_another_place(seen: Any, read_page: Any) -> None:
    for path in PATHS:
        found = read_page(seen.get(f"/{path}").text)
        for address in found.loaded:
            assert not re.match(r"(?!data:,)[a-z]+:|//", address, re.IGNORECASE), (path, address)
        assert all(re.match(r"https?://|mailto:|sms:|tel:", link) for link in found.links if ":" in link.split("?")[0])


def seen_from(here: str, link: str) -> str:
    found = urlsplit(urljoin(f"http://x{here}", link))
    return found.path + (f"?{found.query}" if found.query else "")


def test_offered_choices_exist(seen: Any, read_page: Any) -> None:
    for path in PATHS:
        found = read_page(seen.get(f"/{path}").text)
        assert found.lists <= set(found.ids), (path, found.lists - set(found.ids))


def test_names_are_text_and_no_markup(seen: Any) -> None:
    text = seen.get("/people/ada.html").text
    assert "climbs &#34;high&#34; &amp; &lt;far&gt;" in text and "<far>" not in text
    page = seen.get(f"/log.html?line={quote('<script>alert(1)</script>')}")
    assert "<script>alert" not in page.text
    page = seen.get(f"/people/index.html?q={quote(chr(34))}%3E%3Cscript%3Ealert(1)%3C/script%3E&add=%22%3E%3Cb%3E")
    assert "<script>alert" not in page.text and '"><b>' not in page.text


def test_what_nobody_should_read_over_a_shoulder_is_on_no_common_page(seen: Any, secret_words: Any) -> None:
    texts = {path: seen.get(f"/{path}").text.casefold() for path, _ in MENU}
    texts |= {path: seen.get(f"/{path}").text.casefold() for path in ("log.html", "sort.html", "events/past.html")}
    found = {(path, secret) for path, text in texts.items() for secret in secret_words if secret in text}
    assert found == set()
    index = texts["index.html"]
    assert "hard time" not in index and "stand by" not in index and "job-loss" not in index and "illness" not in index
    assert "cem kaya" not in index and "kit marsh" not in index and "few quiet words" in index
    assert "lockednote" in seen.get("/people/cem.html").text and "whisperneed" in seen.get("/people/dot.html").text


def test_who_asked_for_peace_has_no_page_and_no_name(seen: Any) -> None:
    assert seen.get("/people/gus.html").status == 404 and seen.get("/people/gus-known.html").status == 404
    assert all("Gus" not in seen.get(f"/{path}").text for path in PATHS)
    assert seen.get("/names?q=gus").json == []


QUERIES = (
    *(f"minutes={value}" for value in ("0", "-1", "1", "1e9", "abc", "99999", "999999", "٣", "%00", "", "1&minutes=2")),
    *(f"q={value}" for value in ("(", "[", "*", "%5C", ".*", "%00", "%F0%9F%98%80", "%ED%A0%80", "%", "+")),
    *("=", "&&&", "%ff=%ff", "told=", "told=x", "told=x&told=y", "a=b;c=d", "q[]=1"),
    *("role=x&circle=%22&only=zz", "minutes=²", "only=ideas", "only=no-rhythm", "circle=garden", "role=peer"),
    *("q=bea+king", "add=%3Cb%3E", "met=past&add=x"),
)  # fmt: skip


@pytest.mark.parametrize("path", ["index.html", "people/index.html"])
def test_no_question_breaks_a_page(seen: Any, path: str) -> None:
    for query in QUERIES:
        assert seen.get(f"/{path}?{quote(query, safe='=&%+;[]')}").status == 200, query


def test_a_plan_for_as_many_minutes_as_one_has(seen: Any) -> None:
    def count(query: str) -> int:
        return seen.get(f"/index.html{query}").text.count('class="card"')

    assert 0 < count("?minutes=10") < count("") == count("?minutes=0") == count("?minutes=abc")


def test_a_search_finds_by_any_part_of_a_name(seen: Any) -> None:
    def found(query: str) -> set[str]:
        return set(re.findall(r'<th scope="row"><a href="(\w+)\.html"', seen.get(f"/people/index.html?q={query}").text))

    assert found("lantern") == found("ada") == found("LANT+ad") == {"ada"}
    assert found("byron") == found("bea") == found("b%C3%A9a+king") == {"bea"}
    assert found("zzz") == set() and found("baker") == {"eli"}


def test_names_are_offered_by_any_part_of_them(seen: Any) -> None:
    def names(query: str) -> Any:
        page = seen.get(f"/names?q={query}")
        assert page.status == 200 and page.headers["content-type"].startswith("application/json")
        return page.json

    assert names("ada") == names("LANT") == names("ada%20l") == names("%20ada%20") == ["Ada Lantern"]
    assert names("king") == ["Béa King-Byron"] and names("") == names("%20") == names("q=") == []
    assert seen.get("/names").json == []
    for query in ("(", "[", "*", "%00", "%ED%A0%80", "%F0%9F%98%80", "a" * 9000, "%5C"):
        assert names(query) == []


def test_names_are_offered_without_accents_and_behind_a_hyphen(seen: Any) -> None:
    assert seen.get("/names?q=bea").json == seen.get("/names?q=byron").json == ["Béa King-Byron"]


def test_a_mail_and_a_phone_page_for_each_suggestion(seen: Any) -> None:
    share = seen.suggestion("ada", "share")
    mail = seen.get(f"/mail/{share.id}.eml")
    assert mail.status == 200 and mail.headers["content-type"].startswith("message/rfc822")
    assert b"ada@lantern.example" in mail.body and "attachment" in mail.headers["content-disposition"]
    phone = seen.get(f"/phone/{share.id}.html")
    assert phone.status == 200 and "<svg" in phone.text
    assert seen.get("/mail/nothing.eml").status == seen.get("/phone/nothing.html").status == 404


def test_two_people_who_cannot_be_introduced_are_no_page_but_no_failure_either(seen: Any) -> None:
    for query in ("", "?a=ada", "?a=ada&b=ada", "?a=ada&b=nobody", "?a=%00&b=%ff", f"?a={'x' * 3000}&b=ada"):
        page = seen.get(f"/introduce.html{query}")
        assert 400 <= page.status < 500 or page.status == 503
        assert "Traceback" not in page.text


def test_a_persons_page_names_the_file_in_which_they_stand(seen: Any) -> None:
    assert re.search(r"To change what is written down: content/vault/contacts\S+", seen.get("/people/ada.html").text)
