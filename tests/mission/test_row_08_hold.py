"""Row 8, hard times: a person on hold gets nothing of share and check-in, however well it fits."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Brand = Callable[..., Path]

FIT = "every: 30 days, needs: [{text: find a platform lead, since: 2026-02-01}]"
TWIN = f"- {{id: twin, name: T Win, {FIT}}}\n"
OLD = [{"at": "2025-12-01", "contacts": [who], "type": "call", "direction": "mutual"} for who in ("ada", "twin")]


def loss(at: str, who: str = "ada", reason: str = "bereavement") -> dict[str, Any]:
    return {"at": at, "contacts": [who], "type": "life-event", "reason": reason, "summary": "a loss"}


def moves(suggestions: list[dict[str, Any]], who: str) -> set[str]:
    return {s["move"] for s in suggestions if s["contact"] == who}


HELD = {
    "hold until a day to come": ("hold: {reason: bereavement, until: 2026-05-21}", []),
    "hold until today": ("hold: {reason: illness, until: 2026-03-01}", []),
    "hold without an end": ("hold: {reason: hard-time}", []),
    "a life event in the journal": ("", [loss("2026-02-20")]),
    "a new loss after an old hold": ("hold: {reason: illness, until: 2025-05-01}", [loss("2026-02-20")]),
    "two losses, one of them to come": ("", [loss("2026-02-20"), loss("2026-06-20")]),
}


@pytest.mark.parametrize("case", HELD)
def test_on_hold_there_is_neither_share_nor_check_in(brand: Brand, brandkit: Any, case: str) -> None:
    hold, journal = HELD[case]
    folder = brand(f"- {{id: ada, name: Ada Example, {FIT}{', ' + hold if hold else ''}}}\n{TWIN}", [*OLD, *journal])
    said = brandkit(folder, "suggest", "--json").json
    assert moves(said, "ada") == set()
    assert moves(said, "twin") == {"share", "check-in"}


ENDED = {
    "hold that ended yesterday": ("hold: {reason: bereavement, until: 2026-02-28}", []),
    "life event longer ago than ninety days": ("", [loss("2025-11-20")]),
    "hold that said an early end": ("hold: {reason: bereavement, until: 2026-02-27}", [loss("2026-02-10")]),
    "a happy life event": ("", [loss("2026-02-20", reason="new-job")]),
}


@pytest.mark.parametrize("case", ENDED)
def test_when_the_hold_has_ended_they_are_advised_again(brand: Brand, brandkit: Any, case: str) -> None:
    hold, journal = ENDED[case]
    folder = brand(f"- {{id: ada, name: Ada Example, {FIT}{', ' + hold if hold else ''}}}\n", [*OLD[:1], *journal])
    assert moves(brandkit(folder, "suggest", "--json").json, "ada") == {"share", "check-in"}


def test_asked_by_name_it_says_why_and_offers_nothing(brand: Brand, brandkit: Any) -> None:
    hold = "hold: {reason: bereavement, until: 2026-05-21}"
    folder = brand(
        f"- {{id: ada, name: Ada Example, {FIT}, {hold}}}\n"
        f"- {{id: nora, name: Nora Example, {FIT}, do_not_contact: true}}\n"
    )
    on_hold = brandkit(folder, "suggest", "ada").out
    assert "hard time for Ada" in on_hold
    assert "http" not in on_hold
    assert "platform lead" not in on_hold
    assert "asked not to be contacted" in brandkit(folder, "suggest", "nora").out
    assert "hard time for Ada" in brandkit(folder, "suggest", "--blocked", "ada").out


def test_a_loss_that_is_logged_holds_from_then_on(brand: Brand, brandkit: Any) -> None:
    folder = brand(f"- {{id: ada, name: Ada Example, {FIT}}}\n", OLD[:1])
    assert moves(brandkit(folder, "suggest", "--json").json, "ada")
    slip = brandkit(folder, "log", "ada", "her mother died", "--type", "life-event", "--reason", "berevement")
    assert slip.code == 2, "a slip here would end in a cheerful message"
    assert "bereavement" in slip.err
    logged = brandkit(folder, "log", "ada", "her mother died", "--type", "life-event", "--reason", "bereavement")
    assert logged.code == 0
    assert moves(brandkit(folder, "suggest", "--json").json, "ada") == set()
    assert brandkit(folder, "undo").code == 0
    assert moves(brandkit(folder, "suggest", "--json").json, "ada") == {"share", "check-in"}
