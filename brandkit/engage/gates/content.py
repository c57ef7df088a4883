"""What must fit between a text and the person it is for: seen before, their own, a language, a topic. Pure."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Sequence

from brandkit.base.text import words
from brandkit.base.url import canonical, host_of, same_site
from brandkit.engage.contacts import Contact
from brandkit.engage.gates.question import Question
from brandkit.engage.model import Entry, Gate

_JOINT = re.compile(r"[-'’]")
# Words of firms that are no name, and mail hosts that are no firm.
_LEGAL_FORMS = frozenset("inc ltd llc llp gmbh ag kg ug se sa sarl sas srl bv nv oy ab as co corp company plc".split())
_FREE_MAIL = frozenset(
    "gmail.com googlemail.com outlook.com hotmail.com live.com yahoo.com icloud.com me.com aol.com gmx.de gmx.net "
    "web.de t-online.de posteo.de mailbox.org proton.me protonmail.com fastmail.com example.org example.com".split()
)


def already_shared(q: Question) -> Iterator[Gate]:
    """Nothing twice: no link that was sent to them, came from them or was talked about."""
    if q.entry is not None and q.person is not None:
        yield Gate("already-shared", q.entry.canonical not in q.ledger.shared, "they know this link already")


def own_feed(q: Question) -> Iterator[Gate]:
    """Nobody needs to be sent what they wrote, or what their firm did."""
    if q.entry is None or q.contact is None:
        return
    feed = q.world.setting.feeds.get(q.entry.feed)
    own = is_theirs(q.contact, host_of(q.entry.url))
    own = own or (feed is not None and _place(feed.url) in {_place(url) for url in q.contact.feeds})
    own = own or _is_author(q.contact, q.entry)
    yield Gate("own-feed", not own, "it comes from their own site, firm or pen")


def is_theirs(contact: Contact, host: str) -> bool:
    """Whether a host is that of a person's site, feed or firm."""
    mail = (address.rpartition("@")[2].casefold() for address in contact.emails)
    theirs = [host_of(link) for link in (*contact.links, *contact.feeds)]
    theirs += [domain for domain in mail if domain not in _FREE_MAIL]
    return any(same_site(host, other) for other in theirs)


def _place(feed: str) -> str:
    """The form under which two ways of writing a feed's address or path are the same."""
    return canonical(feed) if "://" in feed else posixpath.normpath(feed)


def _is_author(contact: Contact, entry: Entry) -> bool:
    return bool(entry.author) and contact.name.casefold() in entry.author.casefold()


def own_organization(q: Question) -> Iterator[Gate]:
    """An entry of the contact's own firm: the feed is called like it, or lives on a host like it."""
    if q.entry is None or q.contact is None or not q.contact.organization:
        return
    name = "".join(word for word in words(q.contact.organization.casefold()) if word not in _LEGAL_FORMS)
    labels = set(host_of(q.entry.url).split("."))
    feed = q.world.setting.feeds.get(q.entry.feed)
    title = "".join(words(feed.title.casefold())) if feed else ""
    same = len(name) > 2 and (name in labels or (len(name) > 3 and title.startswith(name)))
    yield Gate("own-organization", not same, f"it comes from {q.contact.organization}")


def language(q: Question) -> Iterator[Gate]:
    """Nothing in a language that they do not read, as far as that is known."""
    if q.entry is None or q.contact is None or not q.contact.languages or not q.entry.language:
        return
    reads = {_primary(tag) for tag in q.contact.languages}
    yield Gate("language", _primary(q.entry.language) in reads, f"it is in {q.entry.language}, which they may not read")


def _primary(language: str) -> str:
    return language.split("-")[0].lower()


def avoid(q: Question) -> Iterator[Gate]:
    """Nothing that touches a topic they would rather not read about."""
    if q.entry is None or q.contact is None or not q.contact.avoid:
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
