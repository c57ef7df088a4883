"""What leaves the vault on request: address books, lists of feeds, a blogroll, a testimonial. Pure.

In: the vault, and what was asked. Out: text, and what was left out. Only the last two are meant for the public;
they hold nobody who has not agreed. Who is not to be written to is in none, unless a backup is asked for.
"""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlsplit
from xml.sax.saxutils import quoteattr

from brandkit.base.text import fold
from brandkit.base.url import canonical, is_web
from brandkit.engage.contacts import Contact
from brandkit.engage.model import Vault
from brandkit.engage.sources.contact_source import day_text, quoted
from brandkit.engage.sources.vcards import vcards
from brandkit.engage.values import DayOfYear

ADDRESS_BOOK = (
    *("id", "name", "pronouns", "organization", "title", "roles", "emails", "phones", "channel", "profiles"),
    *("links", "feeds", "languages", "timezone", "birthday", "dates"),
)
_HEADINGS = {"id": "Id", "emails": "Email", "phones": "Phone", "met": "How you met", "timezone": "Time zone"}
_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_NO_XML = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_WORDS_OF_OTHERS = ("feedback", "promotion")


@dataclass(frozen=True)
class Asked:
    """What an export should hold: one role, one person, also those at rest, also what is private."""

    role: str | None = None
    who: Contact | None = None
    everyone: bool = False
    private: bool = False


@dataclass(frozen=True)
class Exported:
    """The text of an export, and a line for each thing that is not in it."""

    text: str
    left_out: tuple[str, ...] = ()


def chosen(vault: Vault, asked: Asked) -> list[Contact]:
    """Whom the export is about."""
    people = [asked.who] if asked.who else vault.contacts
    role = (asked.role or "").casefold()
    wanted = [one for one in people if not role or role in (known.casefold() for known in one.roles)]
    return [one for one in wanted if asked.everyone or not one.at_rest]


def _as_vcard(vault: Vault, asked: Asked) -> Exported:
    return Exported(vcards(chosen(vault, asked), "4.0"))


def _as_vcard3(vault: Vault, asked: Asked) -> Exported:
    return Exported(vcards(chosen(vault, asked), "3.0"))


def _as_json(vault: Vault, asked: Asked) -> Exported:
    rows = [_row(contact, _fields(asked)) for contact in chosen(vault, asked)]
    return Exported(json.dumps(rows, ensure_ascii=False, indent=2) + "\n")


def _fields(asked: Asked) -> tuple[str, ...]:
    every = tuple(known.name for known in dataclasses.fields(Contact))
    return (*ADDRESS_BOOK, *(name for name in every if name not in ADDRESS_BOOK)) if asked.private else ADDRESS_BOOK


def _row(contact: Contact, names: Iterable[str]) -> dict[str, Any]:
    """The fields that say something, in the words in which a contact file writes them."""
    row = {name: _plain(getattr(contact, name)) for name in names}
    return {name: value for name, value in row.items() if value not in (None, "", [], {}, False)}


def _plain(value: Any) -> Any:
    if isinstance(value, DayOfYear):
        return day_text(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if dataclasses.is_dataclass(value) and hasattr(value, "__pydantic_config__"):
        return {f.name: _plain(getattr(value, f.name)) for f in dataclasses.fields(value)}
    return value if value is None or isinstance(value, (str, int, float, bool)) else str(value)


# A table that other programs open, and that computes nothing in any


def _as_csv(vault: Vault, asked: Asked) -> Exported:
    names = _fields(asked)
    rows = [[_HEADINGS.get(name, name.replace("_", " ").capitalize()) for name in names]]
    rows += [[_cell(getattr(contact, name)) for name in names] for contact in chosen(vault, asked)]
    return Exported("\ufeff" + "".join(",".join(safe_cell(cell) for cell in row) + "\r\n" for row in rows))


def safe_cell(text: str) -> str:
    """A cell as text, never as a formula: with an apostrophe before what a program would compute."""
    text = f"'{text}" if _FORMULA.match(text) else text
    return '"' + text.replace('"', '""') + '"' if re.search(r'[",;\r\n]|\A\s|\s\Z', text) else text


def _cell(value: Any) -> str:
    plain = _plain(value)
    if isinstance(plain, list):
        return "; ".join(filter(None, (_in_a_list(item) for item in plain)))
    if isinstance(plain, dict):
        return "; ".join(f"{key}: {_in_a_list(item)}" for key, item in plain.items() if item not in (None, "", [], {}))
    return "" if plain in (None, False) else "yes" if plain is True else str(plain)


def _in_a_list(item: Any) -> str:
    if isinstance(item, dict) and set(item) == {"kind", "date"}:
        return f"{item['kind']}: {item['date']}"
    if isinstance(item, dict):
        return ", ".join(str(value) for value in item.values() if value not in (None, "", False))
    return ", ".join(map(str, item)) if isinstance(item, list) else str(item)


# Feeds


def _as_opml(vault: Vault, asked: Asked) -> Exported:
    """What you follow, and what people publish."""
    own = [] if asked.who or asked.role else [(feed.title or feed.id, feed.url, "") for feed in vault.feeds]
    theirs = [(one.name, url, _site(one, url)) for one in chosen(vault, asked) for url in one.feeds]
    found, left_out = _web_only([*own, *theirs])
    lines = [f"    <outline type={_xml('rss')} text={_xml(t)} xmlUrl={_xml(u)}{_html_url(s)}/>" for t, u, s in found]
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<opml version="2.0">\n  <head><title>Feeds</title></head>\n  <body>'
    return Exported("\n".join([head, *lines, "  </body>", "</opml>"]) + "\n", left_out)


def _web_only(feeds: Sequence[tuple[str, str, str]]) -> tuple[list[tuple[str, str, str]], tuple[str, ...]]:
    """Feeds with an address on the web, each once; and a line for each that is a file of the vault."""
    once: dict[str, tuple[str, str, str]] = {}
    for feed in feeds:
        if is_web(feed[1]):
            once.setdefault(canonical(feed[1]), feed)
    files = [f"{title}: {url} is a file of the vault" for title, url, _ in feeds if not is_web(url)]
    return list(once.values()), tuple(dict.fromkeys(files))


def _html_url(site: str) -> str:
    return f" htmlUrl={_xml(site)}" if site else ""


def _xml(text: str) -> str:
    return quoteattr(_NO_XML.sub("", text))


def _site(contact: Contact, feed: str) -> str:
    """Where a feed belongs: the first link of its author, else the host of the feed."""
    if contact.links:
        return contact.links[0]
    return f"{urlsplit(feed).scheme}://{urlsplit(feed).netloc}/" if is_web(feed) else ""


# What others may see: only with consent


def agreed(contact: Contact, *what: str) -> bool:
    """Whether somebody has agreed that all of this is public."""
    return set(what) <= {known.casefold() for known in contact.consent.publish} and not contact.at_rest


def _as_blogroll(vault: Vault, asked: Asked) -> Exported:
    """content/data/blogroll.yaml: people with feeds who agreed to be named."""
    titles = {canonical(feed.url): feed.title for feed in vault.feeds if feed.title}
    writers = [contact for contact in chosen(vault, dataclasses.replace(asked, everyone=False)) if contact.feeds]
    consented = [contact for contact in writers if agreed(contact, "name")]
    rows = [row for contact in consented for row in _blogs(contact, titles)]
    silent = len(writers) - len(consented)
    said = [f"{contact.name}: no address on the web is known" for contact in consented if not any(_blogs(contact, {}))]
    said += [f"people with a feed who have not agreed to be named: {silent}"] if silent else []
    return Exported("".join(rows), tuple(said))


def _blogs(contact: Contact, titles: Mapping[str, str]) -> Iterator[str]:
    for feed in contact.feeds:
        site = _site(contact, feed)
        if not site:
            continue
        yield f"- title: {quoted(titles.get(canonical(feed), contact.name))}\n  url: {quoted(site)}\n"
        yield f"  feed: {quoted(feed)}\n" if is_web(feed) else ""
        yield f"  author: {quoted(contact.name)}\n"


def offered_testimonial(vault: Vault, contact: Contact) -> str | None:
    """A page with the last words of praise by somebody who agreed; None where there are no such words."""
    lines = [line for line in vault.journal if line.type in _WORDS_OF_OTHERS and line.contacts == (contact.id,)]
    theirs = [line for line in lines if line.summary and line.direction in ("", "received")]
    if not theirs:
        return None
    when = contact.consent.promote
    return (
        f"---\nby: {quoted(contact.name)}\nquote: {quoted(fold(theirs[-1].summary))}\n"
        f"consent: {when.isoformat() if when else quoted('agreed to name and quote')}\n"
        f"date: {theirs[-1].at.date().isoformat()}\ndraft: true\n---\n"
    )


Export = Callable[[Vault, Asked], Exported]

# name, what makes it, what it is; a further kind of export is one more line
EXPORTS: tuple[tuple[str, Export, str], ...] = (
    ("vcard", _as_vcard, "an address book as vCard 4.0"),
    ("vcard3", _as_vcard3, "the same as vCard 3.0, for older phones and programs"),
    ("csv", _as_csv, "an address book as a table, safe to open in a spreadsheet"),
    ("json", _as_json, "an address book for scripts"),
    ("opml", _as_opml, "the feeds that you follow and those of your people, for a feed reader"),
    ("blogroll", _as_blogroll, "content/data/blogroll.yaml: people with a feed who agreed to be named"),
)
PUBLIC = ("blogroll", "testimonials")
