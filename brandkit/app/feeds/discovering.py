"""Looking for feeds: at an address that a person gave, and on the websites of contacts who have none yet.

Asks politely and within limits; writes nothing. What is found on a contact's site is offered as a patch.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from brandkit.app.feeds.following import known_addresses, told
from brandkit.app.people.person import how_to_apply, patch_of
from brandkit.app.words.journaling import Desk, find_contact
from brandkit.base.marked_yaml import read_yaml
from brandkit.base.url import canonical, host_of
from brandkit.base.walls import Refused, UsageProblem
from brandkit.engage.contacts import Contact
from brandkit.engage.feeds.refresh import FollowedFeed
from brandkit.engage.one_person.mentions import mentions
from brandkit.engage.sources.patches import Put, changed
from brandkit.engage.values import read_web
from brandkit.io import forgetting
from brandkit.io.net.autodiscovery import Answer, Find, Offer, look, look_in_usual_places, read_answer
from brandkit.io.net.fetch import Limits, Request, fetch_each

_TRIES = 5


@dataclass(frozen=True)
class ContactFind:
    """What a contact's site offers, or why nothing. `shared_with` names others on whose sites it stands as well;
    `known_as` says that it is read already."""

    contact: Contact
    site: str
    find: Find | None = None
    problem: str = ""
    shared_with: tuple[str, ...] = ()
    known_as: str = ""


@dataclass(frozen=True)
class Discovered:
    """What was found for contacts, and a patch that adds it; finds that several share are in no patch."""

    finds: tuple[ContactFind, ...]
    patch: str
    apply: str
    by_hand: tuple[ContactFind, ...]


def limits_of(desk: Desk) -> Limits:
    """What one request may cost, and which private addresses the person knows."""
    return Limits(allow=frozenset(desk.vault.me.settings.allow_hosts))


def address_of(typed: str, desk: Desk) -> str:
    """The web address that somebody typed: `example.org`, `feed:…` and `webcal:…` too. Raises UsageProblem."""
    text = typed.strip()
    if "://" not in text and (desk.folder / text).is_file():
        line = f"- {{id: ID, url: {text}}}"
        raise UsageProblem(f"{text} is a file beside feeds.yaml, which is not fetched; add to feeds.yaml: {line}")
    scheme, mark, rest = text.partition(":")
    if mark and scheme.lower() in ("feed", "webcal", "webcals"):
        text = rest if rest.startswith(("http://", "https://")) else f"https:{'' if rest[:2] == '//' else '//'}{rest}"
    elif "://" not in text:
        text = f"https://{text}"
    try:
        return str(read_web(text))
    except ValueError:
        raise UsageProblem(f"{typed} is not a web address; write it whole, like https://example.org/") from None


def look_at(url: str, desk: Desk) -> Answer:
    """What an address is, or offers; where a page names no feed, the usual places are tried."""
    limits = limits_of(desk)
    answer = look(url, limits)
    if answer.reached and not answer.find and not answer.offers:
        answer = replace(answer, find=look_in_usual_places(answer.url, limits))
    return answer


def read_offers(offers: Sequence[Offer], desk: Desk, enough: int | None) -> Iterator[Find | Answer]:
    """Ask for what a page offers, one after the other, until `enough` were feeds."""
    good = 0
    for offer in offers:
        answer = look(offer.url, limits_of(desk))
        if answer.find:
            good += 1
            yield replace(answer.find, title=answer.find.title or offer.title)
        else:
            yield answer
        if good == enough:
            return


def wanting(desk: Desk, who: str | None) -> list[Contact]:
    """Contacts with a website and no feed; the one that was named. Raises UsageProblem, and Refused for some."""
    if who is None:
        return [contact for contact in desk.vault.contacts if not contact.at_rest and _is_wanting(contact)]
    contact = find_contact(desk, who)
    if contact.at_rest:
        raise Refused(f"{contact.name} is to be left alone; nothing was looked for")
    if contact.feeds:
        raise UsageProblem(f"{contact.name} has feeds already: {', '.join(contact.feeds)}")
    if not contact.links:
        raise UsageProblem(f"no website of {contact.name} is known; add one, like links: [https://example.org/]")
    return [contact]


def _is_wanting(contact: Contact) -> bool:
    return bool(contact.links) and not contact.feeds


def discover(desk: Desk, people: Sequence[Contact]) -> Discovered:
    """Look at each site of these people once, and read the first feed that it offers."""
    sites = [(contact, url) for contact in people for url in _one_for_each_host(contact)]
    answers = dict(_asked(list(dict.fromkeys(url for _, url in sites)), desk))
    found = {url: _first(answer, desk) for url, answer in answers.items()}
    return _with_patch(desk, _remarked([ContactFind(contact, url, *found[url]) for contact, url in sites], desk))


def _one_for_each_host(contact: Contact) -> list[str]:
    by_host: dict[str, str] = {}
    for url in contact.links:
        by_host.setdefault(host_of(url), url)
    return list(by_host.values())


def _asked(urls: Sequence[str], desk: Desk) -> Iterator[tuple[str, Answer]]:
    for response in fetch_each([Request(url) for url in urls], limits_of(desk)):
        yield response.url, read_answer(response)


def _first(answer: Answer, desk: Desk) -> tuple[Find | None, str]:
    """The first feed of a site, or why there is none; only one that is a site of its own is searched further."""
    if answer.find and answer.find.kind == "feed":
        return answer.find, ""
    main = [offer for offer in answer.offers if offer.kind == "feed" and not offer.comments]
    for found in read_offers(main[:_TRIES], desk, 1):
        if isinstance(found, Find):
            return found, ""
    if answer.reached and not main and urlsplit(answer.url).path in ("", "/"):
        find = look_in_usual_places(answer.url, limits_of(desk))
        if find and find.kind == "feed":
            return find, ""
    return None, answer.problem or "no feed was found there"


def _remarked(finds: Sequence[ContactFind], desk: Desk) -> list[ContactFind]:
    """The finds, each with those who share it, and with what it is known as."""
    known = known_addresses(desk)
    owners: dict[str, dict[str, str]] = {}
    for one in finds:
        if one.find:
            owners.setdefault(canonical(one.find.url), {})[one.contact.id] = one.contact.name
    return [_with_remark(one, owners, known, desk) for one in finds]


def _with_remark(
    one: ContactFind, owners: Mapping[str, Mapping[str, str]], known: Mapping[str, FollowedFeed], desk: Desk
) -> ContactFind:
    if one.find is None:
        return one
    address = canonical(one.find.url)
    others = tuple(name for id_, name in owners[address].items() if id_ != one.contact.id)
    return replace(one, shared_with=others, known_as=told(known[address], desk) if address in known else "")


def _with_patch(desk: Desk, finds: Sequence[ContactFind]) -> Discovered:
    """One patch for all contacts whose finds are theirs alone; the others are lines to add by hand."""
    wanted: dict[str, list[str]] = {}
    for one in finds:
        if one.find and not one.shared_with:
            wanted.setdefault(one.contact.id, []).append(one.find.url)
    wanted = {id_: list(dict.fromkeys(urls)) for id_, urls in wanted.items()}
    changes: dict[str, tuple[str, str | None]] = {}
    placed: set[str] = set()
    for file, text in forgetting.texts_of(desk.folder).items():
        for id_, steps in _entries(file, text, list(wanted)):
            before = changes.get(file, (text, text))[1] or text
            after = changed(before, [Put((*steps, "feeds"), wanted[id_])])
            if after is not None:
                changes[file] = (text, after)
                placed.add(id_)
    by_hand = tuple(one for one in finds if one.find and one.contact.id not in placed)
    return Discovered(tuple(finds), patch_of(desk, changes), how_to_apply(desk), by_hand)


def _entries(file: str, text: str, ids: Sequence[str]) -> list[tuple[str, tuple[str | int, ...]]]:
    """Where the entries of these contacts stand in a file: (id, path)."""
    if not (file == "contacts.yaml" or file.startswith("contacts/")):
        return []
    read = read_yaml(text.removeprefix("\ufeff"), file).value
    if read is None:
        return []
    return [(id_, m.path) for id_ in ids for m in mentions(file, read.data, [id_]) if m.kind == "own"]
