"""What the journal says about one person: which hard time holds, and which links they know."""

from __future__ import annotations

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from brandkit.engage.config import Settings
from brandkit.engage.contacts import Hold
from brandkit.engage.ledger import Hardship, Ledger, ledger_of

TODAY = date(2026, 3, 1)


def ledger(contact: Any, *lines: Any) -> Ledger:
    ordered = sorted(lines, key=lambda line: line.at)
    return ledger_of(contact, ordered, TODAY, ZoneInfo("UTC"), Settings())


def held(found: Ledger) -> Hardship:
    assert found.hardship is not None and found.hardship.lasts(TODAY)
    return found.hardship


def test_a_shorter_hard_time_does_not_end_a_longer_one(ada: Any, line: Any) -> None:
    loss = line("life-event", "2026-02-20", reason="bereavement", direction="")
    flu = line("life-event", "2026-02-22", reason="illness", until=date(2026, 2, 26), direction="")
    assert held(ledger(ada(), loss, flu)).reason == "bereavement"
    assert held(ledger(ada(hold=Hold("illness", date(2026, 2, 25))), loss)).reason == "bereavement"


def test_an_end_before_the_beginning_is_a_slip_and_ends_nothing(ada: Any, line: Any) -> None:
    loss = line("life-event", "2026-02-20", reason="bereavement", until=date(2026, 2, 1), direction="")
    assert held(ledger(ada(), loss)).until == date(2026, 5, 21)


def test_condolences_for_what_was_read_in_their_feed_begin_a_hold(ada: Any, line: Any) -> None:
    words = line("stand-by", "2026-02-20", reason="bereavement", link="https://ada.example/loss")
    assert held(ledger(ada(), words)).began == date(2026, 2, 20)
    assert ledger(ada(), line("stand-by", "2026-02-20")).hardship is None


def test_a_written_end_ends_what_began_before_it_for_the_same_reason(ada: Any, line: Any) -> None:
    loss = line("life-event", "2026-02-01", reason="illness", direction="")
    found = ledger(ada(hold=Hold("illness", date(2026, 2, 10))), loss)
    assert found.hardship is None or not found.hardship.lasts(TODAY)


def test_every_link_in_the_words_of_a_line_is_known_to_them(ada: Any, line: Any) -> None:
    words = "sent her https://one.example/g and https://two.example/dx?utm_source=x."
    found = ledger(ada(), line("call", summary=words, direction="mutual"))
    assert found.shared == {"https://one.example/g", "https://two.example/dx"}
    assert ledger(ada(), line("dismissed", summary=words)).shared == frozenset()
