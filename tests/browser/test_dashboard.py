"""The dashboard as somebody uses it once a week: a real browser, the example brand, hands on the keys or on a mouse."""

from __future__ import annotations

import io
import json
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.patience import PATIENCE

pytestmark = pytest.mark.slow

REPOSITORY = Path(__file__).resolve().parents[2]
FOCUSED = "document.activeElement.closest('[data-card]')?.id ?? document.activeElement.id"
# What a browser remarks on: an answer that was refused, a newsletter's picture that it would have had to fetch.
REMARKS = re.compile(
    r"responded with a status of 4|Failed to load resource: net::ERR_|"
    r"^Loading the image 'https://alex\.example\.org/.* blocked\.$",
    re.DOTALL,
)
TYPED_A_SECOND = 5  # keys, by somebody who is not quick
UNSORTED = "id: rosa\nname: Rosa Unsorted\nroles: [peer]\n"
IMPORTED = {"at": "2026-02-27T08:00:00Z", "contacts": ["rosa"], "type": "imported", "summary": "from a phone"}
SECRETS = re.compile(r"calmer|bereavement|has died|hard time|funeral", re.IGNORECASE)


@pytest.fixture(scope="module")
def warm(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example with somebody who is still to be sorted, and what brandkit remembers of it."""
    folder = tmp_path_factory.mktemp("warm") / "example"
    shutil.copytree(REPOSITORY / "content", folder / "content")
    shutil.copy(REPOSITORY / "site.yaml", folder)
    (folder / "content/vault/contacts/rosa.yaml").write_text(UNSORTED, encoding="utf-8")
    with (folder / "content/vault/journal/2026.jsonl").open("a", encoding="utf-8") as journal:
        journal.write(json.dumps({"id": "imported-rosa", **IMPORTED}) + "\n")
    return folder


@pytest.fixture(scope="module")
def shared_one(warm: Path, dashboard_of: Any) -> Iterator[Any]:
    """A dashboard for tests that write nothing."""
    with dashboard_of(warm) as served:
        served.adviser.ready()
        yield served


@pytest.fixture
def own(warm: Path, shared_one: Any, dashboard_of: Any, tmp_path: Path) -> Iterator[Any]:
    """A dashboard of one's own, to write with."""
    folder = tmp_path / "own"
    shutil.copytree(warm, folder)
    with dashboard_of(folder) as served:
        yield served


@pytest.fixture
def enter(chromium: Any) -> Iterator[Callable[..., Any]]:
    """Open a dashboard in a browser of its own: its page. Nobody may say anything on the console."""
    contexts: list[Any] = []
    said: list[str] = []

    def opened(served: Any, path: str = "", **options: Any) -> Any:
        context = chromium.new_context(**{"viewport": {"width": 1100, "height": 900}, **options})
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE * 1000)
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.goto(served.door)
        if path:
            page.goto(served.address + path)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert [text for text in said if not REMARKS.search(text)] == []


def expect(locator: Any) -> Any:
    from playwright.sync_api import expect as expecting

    expecting.set_options(timeout=PATIENCE * 1000)
    return expecting(locator)


def cards(page: Any) -> list[str]:
    """Whom or what each suggestion is about, from the top."""
    return [title.strip() for title in page.locator("[data-card] h3").all_inner_texts()]


def ids(page: Any) -> list[str]:
    return list(page.evaluate("[...document.querySelectorAll('[data-card]')].map(card => card.id)"))


def card_of(page: Any, title: str) -> Any:
    return page.locator("[data-card]", has=page.locator("h3", has_text=title))


def is_told(page: Any, text: str) -> None:
    expect(page.locator("#told")).to_contain_text(text)


def leave(page: Any) -> None:
    page.keyboard.press("Escape")
    expect(page.locator("dialog[open]")).to_have_count(0)


class Hands:
    """A keyboard that counts."""

    def __init__(self, page: Any) -> None:
        self.page, self.strokes = page, 0

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
            self.strokes += 1

    def write(self, text: str) -> None:
        self.page.keyboard.type(text)
        self.strokes += len(text)


# Answers


def test_what_is_done_makes_room_and_can_be_taken_back(own: Any, enter: Any) -> None:
    page = enter(own)
    before, mei = cards(page), card_of(page, "Mei Facsimile").get_attribute("id")
    written = len(own.journal())
    expect(page.locator("#told > *")).to_have_count(0)
    card_of(page, "Mei Facsimile").get_by_role("button", name="Done").click()
    is_told(page, "Written down")
    expect(page.locator(f"#{mei}")).to_have_count(0)
    line = own.newest()
    assert (len(own.journal()), line.contacts, line.move) == (written + 1, ("mei",), "check-in")
    after = cards(page)
    assert [title for title in after if title in before] == before[1:], "the others stay in their order"
    assert len(after) >= len(before), "the next one takes its place"
    expect(page.locator(f"#{ids(page)[before.index('Mei Facsimile')]}")).to_be_focused()
    assert urlsplit(page.url).query == "", "what was told is told once"
    expect(page.locator(".lately li").first).to_contain_text("Mei Facsimile")

    page.locator("#told").get_by_role("button", name="Undo").click()
    is_told(page, "Taken back")
    expect(page.locator(f"#{mei}")).to_have_count(1)
    assert cards(page) == before
    page.reload()
    assert cards(page) == before
    expect(page.locator("#told > *")).to_have_count(0)


def test_it_waits_until_the_day_that_was_chosen(own: Any, enter: Any) -> None:
    page = enter(own, "people/ada.html")
    card = card_of(page, "send the interview questions")
    card.get_by_label("For how long").select_option("for a month")
    card.get_by_role("button", name="Snooze").click()
    is_told(page, "Put off until Tuesday 31 March")
    expect(card).to_have_count(0)
    line = own.newest()
    assert (line.type, line.contacts, str(line.until)) == ("snoozed", ("ada",), "2026-03-31")
    page.keyboard.press("u")
    is_told(page, "Taken back")
    expect(card).to_have_count(1)


SMALL = {
    "site.yaml": "title: Small\nurl: https://me.example/\ntoday: 2026-03-01\n",
    "content/vault/me.yaml": "name: Alex Example\n",
    "content/vault/contacts.yaml": "- {id: ada, name: Ada Example, interests: [remote caching, rainwater]}\n"
    "- {id: bea, name: Bea Example, interests: [remote caching, rainwater]}\n",
    "content/vault/feeds.yaml": "- {id: library, url: feeds/library.json}\n",
}
ENTRIES = (
    (
        "https://one.example/",
        "Remote caching, measured",
        "We measured remote caching for a quarter. Remote caching saves less than people say: the table has numbers.",
    ),
    (
        "https://two.example/",
        "Remote caching for nine teams",
        "Nine teams share one store. Remote caching saves each of them an hour, and people say that it costs little.",
    ),
    (
        "https://three.example/",
        "Collecting rainwater",
        "Three barrels of rainwater are enough for a dry June. Rainwater begins at the shed.",
    ),
    ("https://four.example/", "Bread for neighbours", "Sourdough rises slowly in winter."),
    ("https://five.example/", "Weather on a ridge", "Clouds that build before noon mean thunder."),
    ("https://six.example/", "A bench in the park", "Nobody sits there before ten."),
)


@pytest.fixture
def small(tmp_path: Path, dashboard_of: Any) -> Iterator[Any]:
    """Two people who like the same, and two entries about it that are much alike."""
    items = [
        {"id": url, "url": url, "title": title, "content_text": text, "date_published": "2026-02-20T08:00:00Z"}
        for url, title, text in ENTRIES
    ]
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "Library", "language": "en", "items": items}
    for path, text in {**SMALL, "content/vault/feeds/library.json": json.dumps(feed)}.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    with dashboard_of(tmp_path) as served:
        yield served


def test_what_is_like_something_set_aside_stands_further_down_and_says_so(small: Any, enter: Any) -> None:
    page = enter(small, "people/ada.html")
    first = cards(page)[0]
    assert first.startswith("Remote caching")
    like = next(title for _, title, _ in ENTRIES if title.startswith("Remote") and title != first)
    card = page.locator("[data-card]").first
    card.get_by_text("Not this").click()
    card.get_by_label("Why, if you like").fill("they know it already")
    card.get_by_role("button", name="Set aside").click()
    is_told(page, "Set aside")
    line = small.newest()
    assert (line.type, line.contacts, line.reason) == ("dismissed", ("ada",), "they know it already")
    assert first not in cards(page)
    expect(page.locator(".timeline")).to_contain_text(first)
    of_ada = cards(page)
    assert of_ada.index("Collecting rainwater") < of_ada.index(like)
    expect(card_of(page, like)).to_contain_text(f"since you set aside its like: {first}")
    page.goto(small.address + "people/bea.html")
    assert cards(page)[0] == first, "what Ada knows may be new to Bea"
    expect(page.locator("main")).not_to_contain_text("set aside its like")


def test_an_answer_and_what_they_made_of_it_are_one_press(own: Any, enter: Any) -> None:
    page = enter(own, "people/mika.html")
    card_of(page, "Barrierefreie Formulare").get_by_role("button", name="Done").click()
    is_told(page, "Written down")
    page.goto(own.address)
    page.get_by_role("button", name="and liked it").click()
    is_told(page, "Mika replied")
    line = own.newest()
    assert (line.type, line.reaction, line.contacts) == ("replied", "liked", ("mika",))
    assert line.link.startswith("https://")
    expect(page.get_by_role("button", name="and liked it")).to_have_count(0)
    page.goto(own.address + "people/grace.html")
    page.get_by_role("button", name="Grace replied").click()
    is_told(page, "Grace replied")
    assert own.newest().contacts == ("grace",)


# By keyboard alone


def test_a_whole_sitting_without_a_mouse(own: Any, enter: Any) -> None:
    page = enter(own)
    hands, before = Hands(page), ids(page)
    hands.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    hands.press("Enter", "Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null"), "the link skips the menu"
    hands.press("Tab", "Tab")
    hands.press("j")
    assert page.evaluate(FOCUSED) == before[0]
    hands.press("j")
    assert page.evaluate(FOCUSED) == before[1]
    hands.press("k")
    assert page.evaluate(FOCUSED) == before[0]

    hands.press("d")
    is_told(page, "Written down")
    expect(page.locator(f"#{before[0]}")).to_have_count(0)
    assert own.newest().move == "check-in"
    expect(page.locator(f"#{before[1]}")).to_be_focused()  # it stands where the first one stood

    hands.press("z")
    is_told(page, "Put off until")
    expect(page.locator(f"#{before[1]}")).to_have_count(0)
    assert own.newest().type == "snoozed"

    focused = page.evaluate(FOCUSED)
    assert focused in ids(page)
    hands.press("x")
    assert page.evaluate("document.activeElement.name") == "why"
    hands.write("not now")
    hands.press("Enter")
    is_told(page, "Set aside")
    assert (own.newest().type, own.newest().reason) == ("dismissed", "not now")
    expect(page.locator(f"#{focused}")).to_have_count(0)

    hands.press("u")
    is_told(page, "Taken back")
    expect(page.locator(f"#{focused}")).to_have_count(1)
    assert page.evaluate("document.activeElement !== document.body"), "the place is not lost"


def test_words_are_changed_and_kept_without_a_mouse(own: Any, enter: Any) -> None:
    page = enter(own, "people/mei.html")
    hands = Hands(page)
    hands.press("j", "e")
    card = page.evaluate(FOCUSED)
    assert page.evaluate("document.activeElement.tagName") in ("INPUT", "TEXTAREA")
    page.locator(f"#{card} textarea").focus()
    hands.press("Control+End")
    hands.write(" P.S. With one more line.")
    hands.press("Tab")
    expect(page.locator(f"#{card}").get_by_role("button", name="Keep my changes")).to_be_focused()
    hands.press("Enter")
    is_told(page, "Kept in private/drafts/")
    assert page.evaluate(FOCUSED) == card, "the place is not lost"
    assert any("one more line" in path.read_text(encoding="utf-8") for path in own.folder.glob("private/drafts/*"))
    page.reload()
    expect(page.locator(f"#{card} textarea")).to_have_value(re.compile(r"P\.S\. With one more line\.\s*$"))


def test_what_happened_is_written_down_from_any_page_in_seconds(own: Any, enter: Any) -> None:
    page = enter(own)
    for path, words, who in (
        ("", "mei: call", "mei"),
        ("people/ada.html", "call yesterday; I promised the list by Friday", "ada"),
        ("ideas.html", "grace: coffee on Friday", "grace"),
    ):
        page.goto(own.address + path)
        page.locator("nav a").nth(1).focus()
        hands = Hands(page)
        hands.press("l")
        hands.write(words)
        hands.press("Enter")
        is_told(page, "Written down")
        assert hands.strokes / TYPED_A_SECOND < 10, f"{hands.strokes} keys"
        assert own.newest().contacts == (who,)
        assert urlsplit(page.url).path in (f"/{path}", f"/{path}index.html"), "one stays where one was"
        expect(page.locator("#log")).not_to_be_visible()
        expect(page.locator("nav a").nth(1)).to_be_focused()
    expect(page.locator("#told")).to_contain_text("Undo")


def test_a_dialog_is_left_with_escape_and_nothing_is_lost(shared_one: Any, enter: Any) -> None:
    page = enter(shared_one)
    hands = Hands(page)
    hands.press("j", "j")
    focused = page.evaluate(FOCUSED)
    hands.press("l")
    hands.write("mei: call yest")
    expect(page.locator("#log-heard")).to_contain_text("Call with Mei")
    leave(page)
    assert page.evaluate(FOCUSED) == focused
    hands.press("l")
    expect(page.locator("#log-line")).to_have_value("mei: call yest")
    hands.press("Escape")


def test_keys_are_shown_and_can_be_switched_off(shared_one: Any, enter: Any) -> None:
    page = enter(shared_one)
    hands = Hands(page)
    hands.press("?")
    expect(page.locator("#keys")).to_be_visible()
    told = page.locator("#keys").inner_text()
    hands.press("j")
    assert page.evaluate("document.activeElement.closest('#keys') !== null"), "a dialog keeps the keys to itself"
    shown = set(re.findall(r"^[a-z/?]$|^[a-z] [a-z]$", told, re.MULTILINE)) | set(told.split())
    used = set(page.evaluate("[...document.querySelectorAll('[data-key]')].map(one => one.dataset.key)"))
    assert used - set("mqykn") <= shown, "every key stands in the list"
    page.locator("#keys-on").focus()
    hands.press("Space")
    leave(page)
    hands.press("j")
    assert page.evaluate("document.activeElement.closest('[data-card]')") is None
    page.reload()
    hands.press("j", "l")
    expect(page.locator("#log")).not_to_be_visible()
    hands.press("?")
    page.locator("#keys-on").focus()
    hands.press("Space")
    leave(page)
    hands.press("j")
    assert page.evaluate(FOCUSED) == ids(page)[0]


def test_keys_do_nothing_while_one_types(shared_one: Any, enter: Any) -> None:
    page = enter(shared_one, "people/ada.html")
    written, before = len(shared_one.journal()), ids(page)
    page.locator("#line").focus()
    page.keyboard.type("dzxucel?/gw")
    expect(page.locator("#line")).to_have_value("dzxucel?/gw")
    page.locator("summary", has_text="Words to start from").first.click()
    page.locator("textarea").first.focus()
    page.keyboard.type("jdz")
    page.locator("[data-card] select").first.focus()
    page.keyboard.type("d")
    page.wait_for_timeout(100)
    assert (len(shared_one.journal()), ids(page)) == (written, before)
    expect(page.locator("dialog[open]")).to_have_count(0)
    assert urlsplit(page.url).path == "/people/ada.html"
    for keys, path in (("gp", "/people/index.html"), ("gf", "/feeds.html"), ("gw", "/index.html")):
        page.evaluate("document.activeElement.blur()")
        page.keyboard.type(keys)
        page.wait_for_url(f"**{path}")


# News


def test_news_leaves_alone_what_one_types_and_looks_at(own: Any, enter: Any) -> None:
    page = enter(own)
    last = page.locator("[data-card]").last
    id_ = last.get_attribute("id")
    last.locator("summary", has_text="Why this").click()
    last.locator("summary", has_text="Words").click()
    words = last.locator("textarea")
    words.focus()
    page.keyboard.press("Control+Home")
    page.keyboard.type("My own beginning. ")
    state = f"""(() => {{
      const field = document.activeElement, card = document.getElementById("{id_}");
      return {{ text: field.value, caret: field.selectionStart, top: Math.round(field.getBoundingClientRect().top),
        open: [...card.querySelectorAll("details")].map(one => one.open),
        is: field === card.querySelector("textarea") }};
    }})()"""
    before = page.evaluate(state)
    assert (before["is"], before["caret"]) == (True, 18)
    gone = card_of(page, "Mei Facsimile")
    own.happens({"contacts": ["mei"], "type": "call", "direction": "mutual", "summary": "talked on the phone"})
    expect(gone).to_have_count(0)
    expect(page.locator(".lately")).to_contain_text("talked on the phone")
    after = page.evaluate(state)
    assert abs(after.pop("top") - before.pop("top")) <= 2, "nothing jumps under the hands"
    assert after == before
    page.keyboard.type("Still here. ")
    expect(words).to_have_value(re.compile(r"^My own beginning\. Still here\. "))


def test_news_does_not_take_away_the_card_whose_words_one_is_changing(own: Any, enter: Any) -> None:
    page = enter(own)
    card = page.locator(f"#{card_of(page, 'Mei Facsimile').get_attribute('id')}")
    card.locator("summary", has_text="Words").click()
    card.locator("textarea").fill("Half an hour of work.")
    own.happens({"contacts": ["mei"], "type": "call", "direction": "mutual", "summary": "talked on the phone"})
    expect(page.locator(".lately")).to_contain_text("talked on the phone")
    expect(card.locator("textarea")).to_have_value("Half an hour of work.")
    expect(card.locator("textarea")).to_be_focused()


def test_news_leaves_an_open_dialog_and_its_line_alone(own: Any, enter: Any) -> None:
    page = enter(own, "people/ada.html")
    page.locator("#line").fill("lunch on")
    page.keyboard.press("Escape")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("l")
    expect(page.locator("#log-line")).to_have_value("Ada Example: ")
    page.keyboard.type("call yesterday")
    for _ in range(9):
        page.keyboard.press("ArrowLeft")
    caret = page.evaluate("document.activeElement.selectionStart")
    own.happens({"contacts": ["ada"], "type": "message", "direction": "gave", "summary": "sent a card"})
    expect(page.locator(".timeline")).to_contain_text("sent a card")
    expect(page.locator("#log-line")).to_have_value("Ada Example: call yesterday")
    expect(page.locator("#log-line")).to_be_focused()
    assert page.evaluate("document.activeElement.selectionStart") == caret
    page.keyboard.press("Escape")
    expect(page.locator("#line")).to_have_value("lunch on")


# Without a script


def test_all_of_it_works_without_a_script(own: Any, enter: Any) -> None:
    page = enter(own, java_script_enabled=False)
    before = cards(page)
    card_of(page, before[0]).get_by_role("button", name="Done").click()
    is_told(page, "Written down")
    assert before[0] not in cards(page)
    page.locator("#told").get_by_role("button", name="Undo").click()
    is_told(page, "Taken back")
    own.adviser.again()  # where advice takes long, the page without a script is behind until it is asked for again
    page.goto(own.address)
    assert cards(page) == before
    page.get_by_role("link", name="Write down").click()
    page.locator("#line").fill("mei: call yesterday")
    page.get_by_role("button", name="Write it down").click()
    is_told(page, "Call with Mei, yesterday")
    page.get_by_role("link", name="Write down").click()
    page.locator("#line").fill("nobody at all: call")
    page.get_by_role("button", name="Write it down").click()
    expect(page.locator("#told .problem")).to_be_visible()
    expect(page.locator("#line")).to_have_value("nobody at all: call")
    page.locator("nav").get_by_role("link", name="People").click()
    page.get_by_label("Search people").fill("tomasz")
    page.get_by_role("button", name="Search").click()
    expect(page.locator("tbody tr")).to_have_count(1)
    page.get_by_text("Add a person").click()
    page.get_by_label("Name", exact=True).fill("Olga Newcomer")
    page.get_by_role("button", name="Add", exact=True).click()
    is_told(page, "Added")
    assert any("Olga" in path.read_text(encoding="utf-8") for path in own.folder.glob("content/vault/contacts/*.yaml"))
    page.goto(own.address + "sort.html")
    page.get_by_role("button", name="Quarterly").click()
    is_told(page, "about every three months")
    for button in page.get_by_role("button").all():
        assert button.inner_text().split()[0] not in ("Copy", "Keys"), "what needs a script is not shown"


# For everybody


@pytest.fixture(scope="module")
def axe() -> str:
    package = pytest.importorskip("axe_playwright_python")
    return (Path(package.__file__).parent / "axe.min.js").read_text(encoding="utf-8")


def _phone_page(page: Any) -> str:
    return str(page.get_by_role("link", name="Phone").first.get_attribute("href"))


def _problem(page: Any) -> None:
    page.locator("#line").fill("call on 2027-13-45 @")
    page.evaluate("document.querySelector('#line').form.elements.who.value = 'nobody-at-all'")
    page.get_by_role("button", name="Write it down").first.click()
    expect(page.locator("#told .problem")).to_be_visible()


def _everything_open(page: Any) -> None:
    page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")


def _log_dialog(page: Any) -> None:
    page.keyboard.press("l")
    page.keyboard.type("mei: call yesterday")
    expect(page.locator("#log-heard")).to_contain_text("Call with Mei")


ALL = "axe.run(document, {resultTypes: ['violations']})"
# What depends on room and colours: all else was found, or not, in the wide and light page.
SEEN = "color-contrast target-size scrollable-region-focusable link-in-text-block meta-viewport".split()
SOME = f"axe.run(document, {{resultTypes: ['violations'], runOnly: {SEEN}}})"


def _told(page: Any) -> None:
    page.locator("textarea").first.fill("Other words.")
    page.get_by_role("button", name="Keep my changes").first.click()
    is_told(page, "Kept in")


PAGES: tuple[tuple[str, Callable[[Any], None] | None], ...] = (
    *((name, None) for name in ("calendar.html", "communities.html", "mentorships.html", "network.html")),
    *((name, None) for name in ("introductions.html", "ideas.html", "feeds.html", "log.html", "sort.html")),
    *((name, None) for name in ("people/index.html", "people/index.html?q=tomasz", "people/index.html?q=zzzz")),
    ("people/index.html?add=Olga", _everything_open),
    *((name, None) for name in ("people/chidi.html", "people/ada-known.html", "introduce.html?a=mei&b=yusuf")),
    *((name, None) for name in ("events/index.html", "events/ev0.html", "events/ev1.html")),
    ("index.html", None),
    ("index.html", _log_dialog),
    ("index.html", lambda page: page.keyboard.press("?")),
    ("people/ada.html", _everything_open),
    ("people/ada.html", _problem),
    ("people/mei.html", lambda page: (_everything_open(page), _told(page))[0]),
)


@pytest.mark.parametrize(
    ("width", "scheme", "look"), [(1280, "light", ALL), (360, "dark", SOME)], ids=["wide", "narrow"]
)
def test_axe_finds_nothing_and_nothing_overflows(
    own: Any, enter: Any, axe: str, width: int, scheme: str, look: str
) -> None:
    page = enter(
        own, color_scheme=scheme, viewport={"width": width, "height": 900}, bypass_csp=True, reduced_motion="reduce"
    )
    page.add_init_script(axe)
    phone = _phone_page(page)
    found: dict[str, list[str]] = {}
    for path, prepare in (*PAGES, (phone, None)):
        page.goto(own.address + path)
        if prepare:
            prepare(page)
        violations = page.evaluate(look)["violations"]
        faults = [f"{v['id']}: {v['nodes'][0]['html'][:200]}" for v in violations]
        for narrow in (width, *([320] if width == 360 else [])):
            page.set_viewport_size({"width": narrow, "height": 900})
            wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            faults += [f"{wide} px too wide at {narrow}"] if wide > 0 else []
        page.set_viewport_size({"width": width, "height": 900})
        found[f"{path} {getattr(prepare, '__name__', '')}".strip()] = faults
    assert {name: faults for name, faults in found.items() if faults} == {}


# What stays between two people


def test_nothing_delicate_is_read_over_a_shoulder(own: Any, enter: Any) -> None:
    page = enter(own)
    week = f"{own.address}?minutes=9999"

    def keeps_quiet() -> None:
        assert SECRETS.search(page.locator("#told").inner_html()) is None
        page.goto(week)
        assert SECRETS.search(page.content()) is None
        assert "Chidi" not in page.locator("main").inner_text()

    keeps_quiet()
    page.goto(own.address + "people/chidi.html")
    page.locator("#line").fill("his mother has died yesterday, funeral on Friday")
    page.get_by_role("button", name="Write it down").first.click()
    is_told(page, "Written down")
    assert own.newest().type == "life-event"
    keeps_quiet()
    page.goto(own.address + "people/noor.html")
    page.get_by_role("button", name="Done").first.click()
    is_told(page, "Written down")
    keeps_quiet()


def test_a_message_about_something_delicate_says_no_more_than_that_it_was_written(own: Any, enter: Any) -> None:
    page = enter(own)
    for line in ("chidi: his mother has died yesterday", "noor: call, she needs a calmer job"):
        page.keyboard.press("l")
        page.keyboard.type(line)
        page.keyboard.press("Enter")
        is_told(page, "Written down")
        assert SECRETS.search(page.content()) is None, page.locator("#told").inner_text()
        page.keyboard.press("u")
        is_told(page, "Taken back")
        assert SECRETS.search(page.content()) is None, page.locator("#told").inner_text()


# No other place


def _kind(path: str) -> str:
    """What pages have in common of which there are many."""
    folder, _, name = path.lstrip("/").rpartition("/")
    many = folder and name != "index.html"
    return re.sub(r"[^-.]*(-known)?.*(\.\w+)$", rf"{folder.split('/')[0]}\1\2", name) if many else path


def test_a_walk_through_everything_asks_no_other_place_and_breaks_no_rule(shared_one: Any, enter: Any) -> None:
    page = enter(shared_one)
    away: list[str] = []

    def mind(route: Any) -> None:
        if route.request.url.startswith((shared_one.address, "data:", "blob:")):
            route.continue_()
        else:
            away.append(route.request.url)
            route.abort()

    page.context.route("**/*", mind)
    seen: set[str] = set()
    waiting = [shared_one.address]
    kinds: dict[str, int] = {}
    while waiting:
        url = waiting.pop(0)
        kind = _kind(urlsplit(url).path)
        kinds[kind] = kinds.get(kind, 0) + 1
        if kinds[kind] > 2:
            continue
        answer = page.goto(url)
        assert answer.status == 200, url
        links = page.evaluate("[...document.querySelectorAll('a[href]:not([download])')].map(link => link.href)")
        found = {link.partition("#")[0] for link in links if link.startswith(shared_one.address)}
        found = {link for link in found if not link.endswith(".ics")}
        waiting += sorted(found - seen)
        seen |= found
    assert away == []
    assert len(kinds) > 15


# Handing over


def test_the_clipboard_gets_the_words_as_they_stand(shared_one: Any, enter: Any) -> None:
    page = enter(shared_one, permissions=["clipboard-read", "clipboard-write"])
    page.keyboard.press("j")
    page.keyboard.press("c")
    is_told(page, "Copied")
    field = page.locator("[data-card] textarea").first
    assert page.evaluate("navigator.clipboard.readText()") == field.input_value() != ""
    page.keyboard.press("e")
    words = "Liebe Mei,\n\nnot kept yet: “ä”, 🌱, and  two spaces.\n"
    field.fill(words)
    page.get_by_role("button", name="Copy the words for").first.click()
    is_told(page, "Copied")
    assert page.evaluate("navigator.clipboard.readText()") == words


def test_the_code_for_a_phone_holds_the_message(shared_one: Any, enter: Any) -> None:
    page = enter(shared_one)
    page.goto(shared_one.address + _phone_page(page))
    address = page.get_by_role("link", name="Open it here").get_attribute("href")
    assert address.startswith("mailto:")
    picture = page.locator(".qr svg")
    expect(picture).to_be_visible()
    zxing = pytest.importorskip("zxingcpp", reason="no decoder of QR codes on this machine")
    images = pytest.importorskip("PIL.Image")
    [code] = zxing.read_barcodes(images.open(io.BytesIO(picture.screenshot())))
    assert code.text == address


# One key, one answer


def test_a_key_that_is_held_answers_once(own: Any, enter: Any) -> None:
    page = enter(own)
    before = len(own.journal())
    page.keyboard.press("j")
    for _ in range(8):  # the second and every later one says that it repeats
        page.keyboard.down("d")
    page.keyboard.up("d")
    is_told(page, "Written down")
    page.wait_for_timeout(300)
    assert len(own.journal()) == before + 1


def test_every_key_that_sorting_shows_does_what_it_says(own: Any, enter: Any) -> None:
    page = enter(own, "sort.html")
    for key, every in (("k", None), ("m", "1 month"), ("q", "3 months"), ("y", "1 year")):
        page.keyboard.press(key)
        is_told(page, "Rosa Unsorted")
        line = own.newest()
        assert line.type == "sorted" and line.row.get("every") == every
        page.keyboard.press("u")
        is_told(page, "Taken back")
    page.keyboard.press("s")
    page.get_by_text("everybody but those you skipped").wait_for()


def test_a_page_says_when_nobody_serves_it_any_more(warm: Path, enter: Any, dashboard_of: Any, tmp_path: Path) -> None:
    folder = tmp_path / "left"
    shutil.copytree(warm, folder)
    with dashboard_of(folder) as served:
        page = enter(served)
    page.get_by_role("alert").filter(has_text="not running any more").wait_for()
    page.keyboard.press("l")
    page.keyboard.type("ada: call")
    page.keyboard.press("Enter")
    page.locator("dialog").get_by_text("Is brandkit serve still running?").wait_for()
    assert page.locator("#log-line").input_value() == "ada: call"


def test_on_a_wide_window_a_feed_is_one_row_and_its_heading_one_word(
    shared_one: Any, enter: Callable[..., Any]
) -> None:
    page = enter(shared_one, "feeds.html", viewport={"width": 1280, "height": 900})
    row = page.locator("td.answers").first
    pause, let_go = (row.locator(one).bounding_box() for one in ("form button:visible", "summary"))
    assert abs(pause["y"] - let_go["y"]) < 8, "beside each other"
    assert row.bounding_box()["height"] < 75, "two lines of words at most"
    heading = page.get_by_role("columnheader", name="Entries").bounding_box()
    assert heading["height"] < 45
