"""The keys of front matter: how each is read, and what it means.

One `Key` declares a key once; kinds of content bring keys of their own. A reader takes the raw value
and the zone of the site, and raises ValueError with words for people.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

# A day within what dates can hold, so that any zone can show them: 9999-12-31 is how some say never.
_FIRST, _LAST = datetime(1, 1, 2, tzinfo=UTC), datetime(9999, 12, 30, tzinfo=UTC)
# Tolerates what real archives hold: `2016-03-18 13:50:00 -5`, `2014-05-01 10:00 -0400`, `2014-05-01T10:00Z`.
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_MOMENT = re.compile(
    r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]+(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?)?"
    r"\s*(?:(Z|UTC|GMT)|([+-])(\d{1,2}):?(\d{2})?)?\Z"
)


def read_moment(value: Any, zone: ZoneInfo) -> datetime:
    """A date or a date and time; without a zone it is meant in `zone`. Raises ValueError."""
    return min(max(_moment(value, zone), _FIRST), _LAST)


def _moment(value: Any, zone: ZoneInfo) -> datetime:
    if isinstance(value, datetime):
        return value if value.tzinfo else value.replace(tzinfo=zone)
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day, tzinfo=zone)
    match = _MOMENT.match(" ".join(str(value).split()))
    if not match:
        raise ValueError("is not a date; write it like 2026-03-01 or 2026-03-01T09:00")
    year, month, day, hour, minute, second = (int(part or 0) for part in match.groups()[:6])
    try:
        return datetime(year, month, day, hour, minute, second, tzinfo=_offset(match, zone))
    except ValueError as error:
        raise ValueError(f"is not a date: {error}") from None


def _offset(match: re.Match[str], zone: ZoneInfo) -> Any:
    if match[7]:
        return UTC
    if not match[8]:
        return zone
    offset = timedelta(hours=int(match[9]), minutes=int(match[10] or 0))
    return timezone(offset if match[8] == "+" else -offset)


def text(value: Any, _zone: ZoneInfo) -> str:
    if isinstance(value, (dict, list)):
        raise ValueError("should be text")
    return " ".join(str(value).split())


def flag(value: Any, _zone: ZoneInfo) -> bool:
    words = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}
    if isinstance(value, bool):
        return value
    if str(value).lower() not in words:
        raise ValueError("should be true or false")
    return words[str(value).lower()]


def names(value: Any, _zone: ZoneInfo) -> tuple[str, ...]:
    """A list of words; a single text is split at commas, as in Pelican; a mapping gives its name."""
    items = value if isinstance(value, list) else str(value).split(",")
    if isinstance(value, dict):
        items = [value]
    names = (item.get("name", "") if isinstance(item, dict) else item for item in items)
    found = (" ".join(str(name).split()) for name in names if name is not None)
    return tuple(dict.fromkeys(name for name in found if name))


def paths(value: Any, zone: ZoneInfo) -> tuple[str, ...]:
    return tuple(item if item.startswith("/") else f"/{item}" for item in names(value, zone))


def number(value: Any, _zone: ZoneInfo) -> int:
    try:
        return int(value)
    except (TypeError, ValueError, OverflowError):
        raise ValueError("should be a whole number") from None


def picture(value: Any, zone: ZoneInfo) -> str:
    """A path; themes of other generators nest it as `src`, `path` or `feature`."""
    if isinstance(value, dict):
        value = next((value[key] for key in ("src", "path", "url", "feature") if key in value), "")
    return text(value, zone)


def mapping(value: Any, _zone: ZoneInfo) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise ValueError("should be a mapping of keys and values")
    return value


def when(value: Any, zone: ZoneInfo) -> date:
    """A day, where no time is given, else a moment. Raises ValueError."""
    moment = read_moment(value, zone)
    timed = isinstance(value, datetime) or (not isinstance(value, date) and ":" in str(value))
    return moment if timed else moment.date()


def web(value: Any, zone: ZoneInfo) -> str:
    """A web address."""
    written = text(value, zone)
    if not is_web_text(written):
        raise ValueError("should be a web address, like https://example.org/")
    return written


def webs(value: Any, zone: ZoneInfo) -> tuple[str, ...]:
    """Web addresses."""
    return tuple(web(item, zone) for item in names(value, zone))


def language(value: Any, zone: ZoneInfo) -> str:
    """A language tag; `en_US.UTF-8` is how some systems write `en-US`."""
    tag = text(value, zone).partition(".")[0].replace("_", "-")
    if not _LANGUAGE.fullmatch(tag):
        raise ValueError("is not a language; languages look like en or pt-BR")
    return tag


def reply(value: Any, zone: ZoneInfo) -> Mapping[str, str]:
    """What a text answers: an address, or a mapping of url, title, author and quote."""
    if not isinstance(value, dict):
        return {"url": web(value, zone), "title": "", "author": "", "quote": ""}
    unknown = set(value) - {"url", "title", "author", "quote"}
    if unknown or "url" not in value:
        raise ValueError("should be an address, or a mapping of url, title, author and quote")
    found = {key: text(value.get(key) or "", zone) for key in ("title", "author", "quote")}
    return {"url": web(value["url"], zone), **found}


def choice(*allowed: str) -> Callable[[Any, ZoneInfo], str]:
    """One of these words."""

    def read(value: Any, zone: ZoneInfo) -> str:
        word = text(value, zone).lower()
        if word not in allowed:
            raise ValueError(f"should be one of {', '.join(allowed)}")
        return word

    return read


@dataclass(frozen=True)
class Key:
    """One key of front matter: its other spellings, most telling first, how it is read, what it means.

    `only` says of a value whether it is meant for this key at all, where two keys share a spelling:
    the `url` of an event is its own web site, that of a post its path.
    """

    name: str
    spellings: tuple[str, ...]
    read: Callable[[Any, ZoneInfo], Any]
    doc: str
    gates: bool = False  # decides whether a page is published: if it cannot be read, the page is left out
    only: Callable[[Any], bool] | None = None


def is_web_text(value: Any) -> bool:
    """Whether a raw value is a web address."""
    from brandkit.base.url import is_web  # here, since kinds are looked at before anything heavy is loaded

    return isinstance(value, str) and is_web(value)


SITE_KEY = Key("site", ("url", "website", "link"), web, "Its own web site.", only=is_web_text)


KEYS: tuple[Key, ...] = (
    Key("title", (), text, "The title; without one, the file's name stands in."),
    Key("date", (), read_moment, "When it was written; a day or a moment. A date to come schedules it.", True),
    Key("updated", ("lastmod", "last_modified_at", "modified"), read_moment, "When it was last changed."),
    Key("publish", ("publishDate", "publishdate"), read_moment, "Not to be shown before.", True),
    Key("expires", ("expiryDate", "expirydate"), read_moment, "Not to be shown from then on.", True),
    Key("draft", (), flag, "Not to be published yet.", True),
    Key("published", (), flag, "Jekyll's way of saying `draft: false`.", True),
    Key("status", (), text, "Pelican's way of holding back: `draft` or `hidden`.", True),
    Key("slug", (), text, "The last part of the address; else from the file's name."),
    Key("url", ("permalink",), text, "The whole path of the address, from the root of the site."),
    Key("aliases", ("redirect_from",), paths, "Old paths that lead here."),
    Key("tags", ("tag",), names, "What it is about."),
    Key("categories", ("category",), names, "Another way of grouping."),
    Key("series", (), text, "A series that it belongs to."),
    Key("description", ("summary", "excerpt"), text, "One sentence for lists, feeds and search engines."),
    Key("image", (), picture, "A picture that stands for it."),
    Key("image_alt", (), text, "What the picture shows, for who does not see it; `image: {src, alt}` says it too."),
    Key("authors", ("author",), names, "Who wrote it, if not the owner of the site."),
    Key("mentions", (), names, "People who are named here on purpose: the leak gate lets their names pass."),
    Key("lang", ("language", "locale"), language, "Its language, if not the site's."),
    Key("translation", ("translationKey", "translation_key"), text, "A name that its translations share."),
    Key("syndication", ("syndicated",), webs, "Where copies of it were posted."),
    Key("reply_to", ("in_reply_to", "in-reply-to"), reply, "What it answers: an address, or url, title, author."),
    Key("canonical", ("canonical_url",), web, "The address of the original, if this is a copy."),
    Key("weight", (), number, "Order among pages: small numbers first."),
    Key("template", ("layout",), text, "A template of the theme other than the usual one."),
    Key("params", (), mapping, "Anything of your own, for templates."),
)
