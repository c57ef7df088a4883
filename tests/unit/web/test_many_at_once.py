"""Many who write at once, and a vault or a store that is spoilt while the dashboard stands."""

from __future__ import annotations

import re
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.patience import PATIENCE

pytestmark = pytest.mark.slow


def test_ten_at_once_each_leave_their_line(desk: Any) -> None:
    before = desk.journal()

    def write(number: int) -> None:
        for turn in range(2):
            statuses.append(desk.post("/do/log", {"line": f"ada: call number {number} {turn}"}).status)

    statuses: list[int] = []
    threads = [threading.Thread(target=write, args=(number,)) for number in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert statuses == [303] * 20
    lines = desk.since(before)
    assert len({line["id"] for line in lines}) == 20
    assert {line["summary"].split("number ")[1] for line in lines} == {f"{n} {t}" for n in range(10) for t in range(2)}
    assert not list((desk.folder / "content/vault/journal").glob("*.torn"))
    assert {line["id"] for line in lines} <= {one.id for one in desk.adviser.again().advised.known.vault.journal}


def test_advice_asked_for_after_a_line_knows_the_line(desk: Any) -> None:
    wrong: list[str] = []

    def write(number: int) -> None:
        text = f"call about thing{number}"
        desk.post("/do/log", {"line": f"ada: {text}"})
        known = desk.adviser.again().advised.known.vault.journal
        if not any(f"thing{number}" in line.summary for line in known):
            wrong.append(text)

    threads = [threading.Thread(target=write, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_news_are_told_to_who_listens(desk: Any) -> None:
    before = desk.channel.newest
    desk.do("log", line="ada: call")
    desk.adviser.again()
    assert desk.channel.newest > before


@pytest.fixture
def slowly(desk: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """A dashboard whose advice takes longer than anybody waits."""
    from brandkit.app import adviser as module

    desk.adviser.ready()
    go, real = threading.Event(), module.advise
    monkeypatch.setattr(module, "_MOMENT", 0.05)
    monkeypatch.setattr(module, "advise", lambda *given: go.wait(3 * PATIENCE) and real(*given))
    yield desk
    go.set()
    desk.adviser.again()


def test_what_was_answered_goes_at_once_also_where_advice_takes_long(slowly: Any) -> None:
    first = next(id_ for id_ in re.findall(r'id="s-(\w+)"', slowly.get("/").text))
    page = slowly.do("done", id=first, back="index.html")
    assert page.status == 200 and f'id="s-{first}"' not in page.text and 'class="card"' in page.text


def test_the_next_one_to_sort_comes_at_once_also_where_advice_takes_long(slowly: Any) -> None:
    assert "<h1>Fay Moss</h1>" in slowly.do("sort", who="eli", answer="m", back="sort.html").text


# ---- when the vault is spoilt


def test_a_mistake_in_the_vault_is_shown_and_stops_only_what_it_spoils(desk: Any) -> None:
    file = desk.folder / "content/vault/contacts.yaml"
    file.write_text(file.read_text(encoding="utf-8") + "- {id: lou, name: Lou Pane, roels: [peer]}\n", encoding="utf-8")
    desk.adviser.check()
    page = desk.get("/")
    assert page.status == 200 and "needs a look" in page.text
    findings = desk.get("/findings.html").text
    assert "roels" in findings and "contacts.yaml" in findings


def test_a_mistake_in_a_line_about_a_hold_is_not_quoted_for_all_to_read(desk: Any) -> None:
    file = desk.folder / "content/vault/contacts.yaml"
    file.write_text(
        file.read_text(encoding="utf-8").replace("reason: bereavement", "reason: bereavment"), encoding="utf-8"
    )
    desk.adviser.check()
    page = desk.get("/")
    assert page.status == 200 and "bereavment" not in page.text


def test_what_was_known_stays_when_the_store_is_damaged(desk: Any) -> None:
    assert desk.get("/").status == 200
    (desk.folder / ".brandkit/state/entries.db").write_bytes(b"no database at all" * 100)
    page = desk.do("log", line="ada: call")
    assert page.status == 200 and desk.journal()[-1]["type"] == "call"


def test_where_there_was_never_advice_every_route_says_why(
    laid_out: Path, tmp_path: Path, opened: Callable[..., Any]
) -> None:
    folder = tmp_path / "project"
    shutil.copytree(laid_out, folder)
    (folder / ".brandkit/state/entries.db").write_bytes(b"no database at all" * 100)
    desk = opened(folder)
    assert "entries.db" in desk.get("/").text
    statuses = {
        "/": desk.get("/").status,
        "/names": desk.get("/names?q=a").status,
        "/hear": desk.post("/hear", {"line": "ada: call"}).status,
        "/do/log": desk.post("/do/log", {"line": "ada: call"}).status,
        "/do/done": desk.post("/do/done", {"id": "zzz"}).status,
    }
    assert {path: status for path, status in statuses.items() if status == 500} == {}


# ---- check and line are one step


def posts_at_once(desk: Any, several: int, action: str, **fields: Any) -> list[int]:
    """The statuses of as many forms, sent at the same moment."""
    ready, statuses = threading.Barrier(several), list[int]()

    def send() -> None:
        ready.wait(PATIENCE)
        statuses.append(desk.post(f"/do/{action}", fields).status)

    threads = [threading.Thread(target=send) for _ in range(several)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(statuses)


@pytest.mark.parametrize(
    ("action", "type_"), [("done", "message"), ("dismiss", "dismissed"), ("snooze", "snoozed"), ("replied", "replied")]
)
def test_of_four_answers_at_once_one_is_written_and_of_six_undos_one(desk: Any, action: str, type_: str) -> None:
    before = desk.journal()
    fields = {"who": "bea"} if action == "replied" else {"id": desk.suggestion("ada", "check-in").id}
    assert posts_at_once(desk, 4, action, **fields, back="index.html") == [303, 422, 422, 422]
    (line,) = desk.since(before)
    assert line["type"] == type_
    assert posts_at_once(desk, 6, "undo", line=line["id"], back="index.html") == [303, *[422] * 5]
    assert [one.get("supersedes") for one in desk.since(before)] == [None, line["id"]]
