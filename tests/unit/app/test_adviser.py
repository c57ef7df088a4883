"""Advice that stays ready, whatever happens to the vault meanwhile."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from brandkit.app import adviser as module
from brandkit.app.adviser import Adviser
from brandkit.app.project import Project
from brandkit.base.walls import Stop
from tests.patience import PATIENCE, until


@pytest.fixture
def told() -> list[tuple[str, Any]]:
    return []


@pytest.fixture
def adviser(tmp_path: Path, told: list[tuple[str, Any]]) -> Adviser:
    vault = tmp_path / "content" / "vault"
    vault.mkdir(parents=True)
    (tmp_path / "site.yaml").write_text("title: A\nurl: https://a.example/\ntoday: 2026-03-01\n", encoding="utf-8")
    (vault / "me.yaml").write_text("name: Alex Example\n", encoding="utf-8")
    (vault / "contacts.yaml").write_text("- {id: ada, name: Ada Example, every: 30 days}\n", encoding="utf-8")
    return Adviser(Project(tmp_path), None, True, lambda name, data: told.append((name, data)))


@pytest.fixture
def kept(adviser: Adviser) -> Iterator[threading.Event]:
    wake, over = threading.Event(), threading.Event()
    thread = threading.Thread(target=adviser.keep, args=(wake, over))
    thread.start()
    yield wake
    over.set()
    wake.set()
    thread.join()


def _people(adviser: Adviser) -> set[str]:
    return set(adviser.ready().advised.known.world.people)


def _contacts(adviser: Adviser) -> Path:
    return adviser.project.root / "content/vault/contacts.yaml"


def test_a_change_in_the_vault_is_followed_and_nothing_is_made_twice(adviser: Adviser, told: Any) -> None:
    assert _people(adviser) == {"ada"}
    assert not adviser.check()
    file = _contacts(adviser)
    file.write_text(file.read_text(encoding="utf-8") + "- {id: grace, name: Grace Sample}\n", encoding="utf-8")
    assert adviser.check() and _people(adviser) == {"ada", "grace"}
    assert [name for name, _ in told] == ["advice", "advice"]


def test_a_fault_while_advice_is_made_is_said_and_ends_nothing(
    adviser: Adviser, kept: threading.Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert _people(adviser) == {"ada"}
    real = module.advise

    def broken(*_: Any) -> Any:
        raise RuntimeError("a loop of links")

    monkeypatch.setattr(module, "advise", broken)
    file = _contacts(adviser)
    file.write_text(file.read_text(encoding="utf-8") + "- {id: grace, name: Grace Sample}\n", encoding="utf-8")
    kept.set()
    until(lambda: "a loop of links" in adviser.trouble)
    assert _people(adviser) == {"ada"}
    monkeypatch.setattr(module, "advise", real)
    kept.set()
    until(lambda: _people(adviser) == {"ada", "grace"})
    assert adviser.trouble == ""


def test_a_vault_that_went_away_is_no_empty_week(adviser: Adviser) -> None:
    assert _people(adviser) == {"ada"}
    vault = adviser.project.root / "content/vault"
    vault.rename(vault.with_name("elsewhere"))
    adviser.check()
    assert _people(adviser) == {"ada"} and "is not there any more" in adviser.trouble
    vault.with_name("elsewhere").rename(vault)
    adviser.again()
    assert adviser.trouble == ""


def test_where_there_was_never_advice_it_says_why(tmp_path: Path) -> None:
    (tmp_path / "site.yaml").write_text("title: A\nurl: https://a.example/\n", encoding="utf-8")
    with pytest.raises(Stop, match="is not there"):
        Adviser(Project(tmp_path), None, True, lambda *_: None).ready()


def test_the_day_is_looked_at_too(adviser: Adviser) -> None:
    adviser.ready()
    site = adviser.project.root / "site.yaml"
    site.write_text("title: A\nurl: https://a.example/\ntoday: 2026-03-02\n", encoding="utf-8")
    assert adviser.check() and adviser.ready().when.today.isoformat() == "2026-03-02"


def test_who_waited_takes_what_was_made_meanwhile(adviser: Adviser, monkeypatch: pytest.MonkeyPatch) -> None:
    adviser.ready()
    real, made, asked, all_asked = module.advise, [], [], threading.Event()

    def counted(*given: Any) -> Any:
        made.append(1)
        all_asked.wait(PATIENCE)
        return real(*given)

    def drawn(ticket: int) -> Any:
        asked.append(ticket)
        if len(asked) == 12:
            all_asked.set()
        return cover(ticket)

    cover = adviser._cover
    monkeypatch.setattr(module, "advise", counted)
    monkeypatch.setattr(adviser, "_cover", drawn)
    threads = [threading.Thread(target=adviser.again) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert 1 <= len(made) <= 2
