"""Values that people write in site.yaml and in content/data/, and how each is read. Pure.

In: text. Out: the value, or ValueError("what is wrong | a hint").
"""

from __future__ import annotations

import re
from typing import Annotated, Any
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from pydantic import AfterValidator, BeforeValidator, ConfigDict

from brandkit.base import url
from brandkit.base.spelling import did_you_mean

STRICT = ConfigDict(extra="forbid")
_TAKEN = frozenset(
    "posts pages notes talks events projects testimonials archive assets speaking "
    "work-with-me thanks blogroll search feed page index".split()
)


def web_address(value: str) -> str:
    """A whole web address. Raises ValueError."""
    if not url.is_web(value):
        raise ValueError("is not a web address | write it whole, like https://example.org/")
    return value


def site_address(value: str) -> str:
    """Where a site lives, with a slash at its end. Raises ValueError."""
    if urlsplit(web_address(value)).query or urlsplit(value).fragment:
        raise ValueError("should have no ? and no # in it")
    return value.rstrip("/") + "/"


def time_zone(value: str) -> str:
    """A time zone by its name. Raises ValueError."""
    if value not in available_timezones():
        hint = did_you_mean(value, available_timezones()) or "names look like Europe/Berlin"
        raise ValueError(f"is not a time zone: {value} | {hint}")
    return value


def language(value: str) -> str:
    """A language tag. Raises ValueError."""
    if not re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", value):
        raise ValueError(f"is not a language tag: {value} | languages look like en or pt-BR")
    return value


def colour(value: str) -> str:
    """A colour as six hex digits. Raises ValueError."""
    if not re.fullmatch(r"#(?:[0-9a-fA-F]{3}){1,2}", value):
        raise ValueError('should be a colour like "#0b6e4f" | write # and three or six hex digits, in quotes')
    digits = value[1:].lower()
    return "#" + (digits if len(digits) == 6 else "".join(digit * 2 for digit in digits))


def pattern(value: str) -> str:
    """A pattern of addresses. Raises ValueError."""
    words = set(re.findall(r":(\w+)", value))
    unknown = words - {"year", "month", "day", "slug", "section"}
    if not value.startswith("/") or ":slug" not in value or unknown:
        raise ValueError("should begin with / and hold :slug | known parts: :year :month :day :slug :section")
    return value


def taxonomy(value: str) -> str:
    """A word that can be a folder and a key. Raises ValueError."""
    if not re.fullmatch(r"\w[\w-]{0,60}", value):
        raise ValueError("should be one word | it is a folder of the site and a key of front matter, like topics")
    if value in _TAKEN:
        raise ValueError(f"is a part of the site already: {value} | take another word")
    return value


def link(value: str) -> str:
    """A path of the site, a web address, a mail address or a telephone number. Raises ValueError."""
    scheme = re.match(r"\s*([A-Za-z][A-Za-z0-9+.-]*):", value)
    if scheme and scheme[1].lower() not in ("http", "https", "mailto", "tel"):
        raise ValueError("is no link | write a path like /about/, or a whole address")
    return value


def email(value: str) -> str:
    """A mail address, and nothing beside it. Raises ValueError."""
    if not re.fullmatch(r"[^@\s?&<>\"',;:]+@[^@\s?&<>\"',;:]+", value):
        raise ValueError("is not a mail address | it looks like you@example.org")
    return value


def menu_items(value: Any) -> Any:
    """A menu item is a word, or a mapping of name and url; here all become mappings."""
    if isinstance(value, list):
        return [{"name": item} if isinstance(item, str) else item for item in value]
    return value


WebAddress = Annotated[str, AfterValidator(web_address)]
Language = Annotated[str, AfterValidator(language)]
Colour = Annotated[str, AfterValidator(colour)]
# text is meant where YAML reads a number: a price of 900, a credit of 2026
Text = Annotated[str, BeforeValidator(lambda value: str(value) if isinstance(value, (int, float)) else value)]
SiteAddress = Annotated[str, AfterValidator(site_address)]
TimeZone = Annotated[str, AfterValidator(time_zone)]
Pattern = Annotated[str, AfterValidator(pattern)]
SiteLink = Annotated[str, AfterValidator(link)]
Email = Annotated[str, AfterValidator(email)]
Taxonomy = Annotated[str, AfterValidator(taxonomy)]
