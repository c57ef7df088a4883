"""What forbids a suggestion. One function, `gates`, through which every suggestion, draft and export passes.

In: the contact, the move, the entry if there is one, and the ledger of what happened. Out: every
rule that applies, whether it agrees, and why not. Pure.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from brandkit.base.text import words
from brandkit.base.url import canonical, host_of, same_site
from brandkit.engage.config import Feed, Settings
from brandkit.engage.contacts import Contact
from brandkit.engage.model import Entry, Gate, Interaction
from brandkit.engage.rhythm import Touch, day_of

KIND_IN_GRIEF = frozenset({"stand-by"})
_UNSAID = frozenset({"dismissed", "snoozed", "star"})
_JOINT = re.compile(r"[-'’]")
_SHARE_PAUSE_DAYS = 14  # between two shares to somebody without a rhythm


@dataclass(frozen=True)
class Ledger:
    """What the journal says about one contact, in the forms that gates ask for."""

    shared: frozenset[str] = frozenset()
    last_share: date | None = None
    dismissed: dict[str, date] = field(default_factory=dict)
    snoozed: dict[str, date] = field(default_factory=dict)
    bereaved_on: date | None = None


def ledger_of(contact: Contact, journal: Sequence[Interaction], today: date, zone: ZoneInfo) -> Ledger:
    """Gather the lines about one contact."""
    own = [line for line in journal if contact.id in line.contacts]
    shares = [line for line in own if is_share(line)]
    hurts = [line for line in own if line.type == "life-event" and line.reason in HARD_TIMES]
    return Ledger(
        shared=frozenset(canonical(line.link) for line in own if knows_link(line)),
        last_share=max((day_of(s.at, zone) for s in shares if day_of(s.at, zone) <= today), default=None),
        dismissed={_key(line): day_of(line.at, zone) for line in own if line.type == "dismissed"},
        snoozed={_key(line): line.until for line in own if line.type == "snoozed" and line.until},
        bereaved_on=max((day_of(h.at, zone) for h in hurts if day_of(h.at, zone) <= today), default=None),
    )


def is_share(line: Interaction) -> bool:
    """Whether a link was sent to the person."""
    return knows_link(line) and (line.type in ("share", "update") or line.direction == "gave")


def knows_link(line: Interaction) -> bool:
    """Whether the person knows a link already: it was sent to them, came from them, or was talked about."""
    return bool(line.link) and line.type not in _UNSAID


# Words of firms that are no name, and mail hosts that are no firm.
_LEGAL_FORMS = frozenset("inc ltd llc llp gmbh ag kg ug se sa sarl sas srl bv nv oy ab as co corp company plc".split())
_FREE_MAIL = frozenset(
    "gmail.com googlemail.com outlook.com hotmail.com live.com yahoo.com icloud.com me.com aol.com gmx.de gmx.net "
    "web.de t-online.de posteo.de mailbox.org proton.me protonmail.com fastmail.com example.org example.com".split()
)
HARD_TIMES = frozenset({"bereavement", "illness", "job-loss", "hard-time"})


def _key(line: Interaction) -> str:
    """What an answer was about: the link where there was one, else the move."""
    return canonical(line.link) if line.link else line.move


@dataclass(frozen=True)
class Question:
    """May this contact be offered this move, about this entry, today?"""

    contact: Contact
    move: str
    entry: Entry | None
    ledger: Ledger
    touch: Touch
    feeds: dict[str, Feed]
    settings: Settings
    today: date


def gates(question: Question) -> tuple[Gate, ...]:
    """Every rule that applies to the question. All must agree."""
    return tuple(gate for rule in RULES for gate in rule(question))


def closed_because(contact: Contact, ledger: Ledger, settings: Settings, today: date) -> str | None:
    """Why nothing but standing by may be said to this person at all; None where something may."""
    if contact.do_not_contact:
        return _ASKED_NOT_TO_BE
    if contact.deceased:
        return _DIED
    return _hard_time(contact) if _held(contact, ledger, settings, today) else None


_ASKED_NOT_TO_BE = "they asked not to be contacted"
_DIED = "they have died"


def _hard_time(contact: Contact) -> str:
    return f"this is a hard time for {contact.first_name}"


def _do_not_contact(q: Question) -> Iterator[Gate]:
    yield Gate("do-not-contact", not q.contact.do_not_contact, _ASKED_NOT_TO_BE)


def _deceased(q: Question) -> Iterator[Gate]:
    yield Gate("deceased", not q.contact.deceased, _DIED)


def _hold(q: Question) -> Iterator[Gate]:
    if q.move not in KIND_IN_GRIEF:
        held = _held(q.contact, q.ledger, q.settings, q.today)
        yield Gate("hold", not held, _hard_time(q.contact))


def _held(contact: Contact, ledger: Ledger, settings: Settings, today: date) -> bool:
    """A hold that is written down, or one that a life event began; a written end also ends what began before it."""
    until = contact.hold.until if contact.hold is not None else None
    if contact.hold is not None and (until is None or today <= until):
        return True
    began = ledger.bereaved_on
    if began is None or (until is not None and began <= until):
        return False
    return today <= began + timedelta(days=settings.hold_days)


def _unanswered(q: Question) -> Iterator[Gate]:
    if q.move not in KIND_IN_GRIEF:
        reason = f"{q.touch.unanswered} messages are waiting for an answer; let it rest, or choose a longer rhythm?"
        yield Gate("unanswered", q.touch.unanswered < 2, reason)


def _snoozed(q: Question) -> Iterator[Gate]:
    key = q.entry.canonical if q.entry else q.move
    until = q.ledger.snoozed.get(key)
    if until is not None:
        yield Gate("snoozed", q.today >= until, f"you put it off until {until.isoformat()}")


def _dismissed(q: Question) -> Iterator[Gate]:
    """An entry that was set aside stays there; a move without one until the next time you were in touch."""
    on = q.ledger.dismissed.get(q.entry.canonical if q.entry else q.move)
    again = on is None or (q.entry is None and q.touch.clock is not None and on < q.touch.clock)
    yield Gate("dismissed", again, "you set it aside")


def _already_shared(q: Question) -> Iterator[Gate]:
    if q.entry is not None:
        yield Gate("already-shared", q.entry.canonical not in q.ledger.shared, "they know this link already")


def _share_per_rhythm(q: Question) -> Iterator[Gate]:
    if q.move == "share" and q.ledger.last_share is not None:
        rhythm = q.contact.every
        again = rhythm.after(q.ledger.last_share) if rhythm else q.ledger.last_share + timedelta(days=_SHARE_PAUSE_DAYS)
        reason = f"you shared something on {q.ledger.last_share.isoformat()}; one a rhythm is enough"
        yield Gate("share-per-rhythm", q.today >= again, reason)


def _own_feed(q: Question) -> Iterator[Gate]:
    if q.entry is None:
        return
    host, feed = host_of(q.entry.url), q.feeds.get(q.entry.feed)
    mail = (address.rpartition("@")[2].casefold() for address in q.contact.emails)
    theirs = [host_of(link) for link in (*q.contact.links, *q.contact.feeds)]
    theirs += [domain for domain in mail if domain not in _FREE_MAIL]
    own = any(same_site(host, other) for other in theirs)
    own = own or (feed is not None and _place(feed.url) in {_place(url) for url in q.contact.feeds})
    own = own or _is_author(q.contact, q.entry)
    yield Gate("own-feed", not own, "it comes from their own site, firm or pen")


def _place(feed: str) -> str:
    """The form under which two ways of writing a feed's address or path are the same."""
    return canonical(feed) if "://" in feed else posixpath.normpath(feed)


def _is_author(contact: Contact, entry: Entry) -> bool:
    return bool(entry.author) and contact.name.casefold() in entry.author.casefold()


def _organization(q: Question) -> Iterator[Gate]:
    """An entry of the contact's own firm: the feed is called like it, or lives on a host like it."""
    if q.entry is None or not q.contact.organization:
        return
    name = "".join(word for word in words(q.contact.organization.casefold()) if word not in _LEGAL_FORMS)
    labels = set(host_of(q.entry.url).split("."))
    feed = q.feeds.get(q.entry.feed)
    title = "".join(words(feed.title.casefold())) if feed else ""
    same = len(name) > 2 and (name in labels or (len(name) > 3 and title.startswith(name)))
    yield Gate("own-organization", not same, f"it comes from {q.contact.organization}")


def _language(q: Question) -> Iterator[Gate]:
    if q.entry is None or not q.contact.languages or not q.entry.language:
        return
    reads = {_primary(language) for language in q.contact.languages}
    yield Gate("language", _primary(q.entry.language) in reads, f"it is in {q.entry.language}, which they may not read")


def _primary(language: str) -> str:
    return language.split("-")[0].lower()


def _avoid(q: Question) -> Iterator[Gate]:
    if q.entry is None or not q.contact.avoid:
        return
    hit = next((topic for topic in q.contact.avoid if avoids(topic, q.entry)), None)
    yield Gate("avoid", hit is None, f"it touches {hit}, which they would rather not read about")


def avoids(topic: str, entry: Entry) -> bool:
    """Whether an entry holds a topic as whole words, whatever their case; `crypto-exchange` holds `crypto`."""
    wanted = _parts(topic.casefold())
    texts = (text.casefold() for text in (entry.title, entry.summary, entry.text))
    # looking for the letters first is quick, and spares most texts the look at every word
    return bool(wanted) and any(all(w in text for w in wanted) and _holds(wanted, _parts(text)) for text in texts)


def _parts(text: str) -> list[str]:
    return [part for word in words(text) for part in _JOINT.split(word)]


def _holds(wanted: Sequence[str], text: Sequence[str]) -> bool:
    size = len(wanted)
    return any(list(text[i : i + size]) == list(wanted) for i in range(len(text) - size + 1))


RULES = (
    *(_do_not_contact, _deceased, _hold, _unanswered, _snoozed, _dismissed),
    *(_already_shared, _share_per_rhythm, _own_feed, _organization, _language, _avoid),
)


def refusals(found: Iterable[Gate]) -> list[Gate]:
    """The gates that said no."""
    return [gate for gate in found if not gate.ok]
