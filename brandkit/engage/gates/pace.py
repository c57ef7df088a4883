"""How much is too much: unanswered messages, what was put off, and a budget for gifts, news and asks. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from brandkit.engage.gates.question import Question
from brandkit.engage.ledger import key_of
from brandkit.engage.model import Gate

_PAUSE_DAYS = 14  # between two gifts to somebody without a rhythm
_QUARTER = 90  # days
# What is owed, or agreed, or kind in any case, waits for no answer.
_OWED = frozenset({"stand-by", "keep-promise", "session"})
_GIFTS = {"share": "shared", "offer": "offer"}
_ASKS = frozenset({"ask-feedback", "ask-advice", "ask-support", "ask-promotion", "find-mentor"})
_SENT = frozenset({"entry", "page", "need"})  # whose own rules say when they come again
_SUPPORT = "ask-support"


def unanswered(q: Question) -> Iterator[Gate]:
    """After two messages without an answer, nothing more."""
    if q.person is not None and q.move not in _OWED:
        touch = q.person.touch
        count = touch.unreturned if q.move in _GIFTS else touch.unanswered
        reason = f"{count} messages are waiting for an answer; let it rest, or choose a longer rhythm?"
        yield Gate("unanswered", count < 2, reason)


def snoozed(q: Question) -> Iterator[Gate]:
    """What you put off waits."""
    until = q.ledger.snoozed.get(key_of(q.move, q.item))
    if until is not None:
        yield Gate("snoozed", q.today >= until, f"you put it off until {until.isoformat()}")


def dismissed(q: Question) -> Iterator[Gate]:
    """What was set aside stays there; a move about nothing in particular until the next time you were in touch."""
    on = q.ledger.dismissed.get(key_of(q.move, q.item))
    clock = q.person.touch.clock if q.person else None
    again = on is None or (q.item is None and clock is not None and on < clock)
    yield Gate("dismissed", again, "you set it aside")


def done(q: Question) -> Iterator[Gate]:
    """What was done is done."""
    if q.item is not None:
        yield Gate("done", key_of(q.move, q.item) not in q.ledger.done or q.item.kind in _SENT, "it is done already")


def gifts_per_rhythm(q: Question) -> Iterator[Gate]:
    """At most one share, and one offer, a rhythm."""
    kind = _GIFTS.get(q.move)
    on = q.ledger.last.get(kind) if kind else None
    if on is None or q.contact is None:
        return
    again = q.contact.every.after(on) if q.contact.every else on + timedelta(days=_PAUSE_DAYS)
    what = "shared something" if q.move == "share" else "offered something"
    reason = f"you {what} on {on.isoformat()}; one a rhythm is enough"
    yield Gate(f"{q.move}-per-rhythm", q.today >= again, reason)


def updates(q: Question) -> Iterator[Gate]:
    """News of yours at most once in thirty days."""
    on = q.ledger.last.get("update")
    if q.move == "update" and on is not None:
        free = on + timedelta(days=q.settings.update_days)
        reason = f"you told them of something of yours on {on.isoformat()}"
        yield Gate("update-pause", q.today >= free, reason)


def ask_budget(q: Question) -> Iterator[Gate]:
    """Nobody is asked for something twice within a season; for promotion, once a quarter."""
    if q.move not in _ASKS or q.person is None:
        return
    on = q.ledger.last.get("ask")
    yield _waits("ask-budget", on, q.settings.ask_days, q.today, "you asked them for something on")
    if q.move == "ask-promotion":
        spoke = max((day for day in (on, q.person.received.get("promotion")) if day), default=None)
        yield _waits("promotion-per-quarter", spoke, _QUARTER, q.today, "they spoke for you, or were asked to, on")


def _waits(rule: str, on: date | None, days: int, today: date, said: str) -> Gate:
    return Gate(rule, on is None or today >= on + timedelta(days=days), f"{said} {on.isoformat() if on else ''}")


def your_hard_time(q: Question) -> Iterator[Gate]:
    """In a hard time of your own, asks and promotion pause; support may be asked for, and only then."""
    hard = q.world.me.state == "hard_time"
    if q.move == _SUPPORT:
        yield Gate("your-state", hard, "me.yaml says that you are fine")
    elif q.move in _ASKS or q.move == "update":
        yield Gate("your-state", not hard, "this is a hard time for you; it can wait")
