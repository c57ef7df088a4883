"""Following in two steps, as a page does: see what an address offers, then take what was ticked."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
import yaml

from brandkit.app.feeds import feeds_adding
from brandkit.app.feeds.feeds_adding import follow, sound_desk, take
from brandkit.app.project import Project
from brandkit.base.walls import EnvironmentProblem, Stop
from brandkit.io.net.autodiscovery import Answer, Find, Offer

PROJECT = """
-- site.yaml --
title: T
url: https://t.example/
-- content/vault/feeds.yaml --
- {id: known, url: "https://b.example/known"}
"""
PAGE = "https://b.example/"
OFFERS = tuple(Offer(f"https://b.example/{name}", name.title()) for name in ("posts", "talks", "known", "gone"))


@pytest.fixture
def project(site: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch) -> Project:
    def read(offers: Sequence[Offer], _: object, enough: int | None) -> Iterator[Find | Answer]:
        for offer in offers[:enough]:
            gone = offer.url.endswith("gone")
            yield Answer(offer.url, problem="it is gone", reached=False) if gone else Find(offer.url, offer.title)

    monkeypatch.setattr(feeds_adding, "look_at", lambda url, _: Answer(url, offers=OFFERS))
    monkeypatch.setattr(feeds_adding, "read_offers", read)
    return Project(site(PROJECT))


def test_one_looks_first_and_nothing_is_read_or_written(project: Project) -> None:
    taken = take(PAGE, sound_desk(project), lambda _: (), every=True)
    assert (taken.offers, taken.finds, taken.notes) == (OFFERS, [], [])
    assert follow(project, taken) == []
    assert not (project.root / "content/vault/feeds-added.yaml").exists()


def test_all_that_were_ticked_are_followed_and_the_others_named(project: Project) -> None:
    ticked = {"https://b.example/talks", "https://b.example/known", "https://b.example/gone"}
    taken = take(PAGE, sound_desk(project), lambda offers: [o for o in offers if o.url in ticked], every=True)
    assert taken.already == {"https://b.example/known": "known"}
    assert taken.notes == ["https://b.example/gone was left out: it is gone"]
    assert [feed.id for feed in follow(project, taken, dry_run=True)] == ["talks"]
    assert [feed.url for feed in follow(project, taken)] == ["https://b.example/talks"]
    rows = yaml.safe_load((project.root / "content/vault/feeds-added.yaml").read_text(encoding="utf-8"))
    assert [row["url"] for row in rows] == ["https://b.example/talks"]


def test_what_can_not_be_followed_is_said_as_it_is(project: Project) -> None:
    desk = sound_desk(project)
    with pytest.raises(EnvironmentProblem, match="it is gone"):
        take(PAGE, desk, lambda offers: offers[3:], every=True)
    (project.root / "content/vault/feeds.yaml").write_text("- {id: known, uri: x}\n", encoding="utf-8")
    with pytest.raises(Stop, match=r"mend it first$"):
        sound_desk(project)
