"""Addresses of the site: from a document to its path, from a path to the file that serves it. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from urllib.parse import quote, unquote, urlsplit

from brandkit.base import url
from brandkit.base.text import slugify
from brandkit.site.config import SiteConfig
from brandkit.site.kinds.registry import kind_named
from brandkit.site.model import Document

HOME = "content/pages/index."  # the text of the home page, in one language or another
_UNFIT = re.compile(r"[\x00-\x1f\x7f\\?#]|(^|/)\.\.?(/|$)")
_PLAIN = re.compile(r"[\w/~.-]*", re.ASCII)  # what stands in an address as it is
_LONGEST_NAME, _LONGEST_PATH = 255, 2000  # bytes: what disks take
_PLACE, _OF_THE_DAY = re.compile(r":(\w+)"), re.compile(":(?:year|month|day)")
_SIGNS = {"+": " plus ", "#": " sharp ", "&": " and "}


def permalink_path(document: Document, config: SiteConfig) -> str:
    """The path of a page from the root of its host, encoded for use in links."""
    path = url.folder_of(config.url) + _relative(document, config).lstrip("/")
    return path if _PLAIN.fullmatch(path) else quote(path, safe="/:@!$&'()*+,;=~-._")


def output_path(path: str) -> str:
    """The file that serves a path of the site: `about/` is `about/index.html`."""
    clean = path.lstrip("/")
    return clean + "index.html" if not clean or clean.endswith("/") else clean


def is_unfit(path: str) -> bool:
    """Whether a path of the site leads out of it, or is none that a file can stand at."""
    if len(path) <= _LONGEST_NAME and path.isascii():
        return _UNFIT.search(path) is not None
    name = max(len(name.encode("utf-8", "replace")) for name in path.split("/"))
    return bool(_UNFIT.search(path)) or name > _LONGEST_NAME or len(path.encode("utf-8", "replace")) > _LONGEST_PATH


def written_path(written: str) -> str:
    """A path that was written by hand: from the root, decoded, every slash once."""
    return re.sub("/{2,}", "/", "/" + unquote(written.strip()))


@lru_cache(maxsize=4096)
def term_slug(name: str) -> str:
    """The slug of a term. `C`, `C#` and `C++` stay apart, and so do signs that are no words."""
    spelled = name
    for sign, word in _SIGNS.items():
        spelled = spelled.replace(sign, word)
    return slugify(spelled) or "-".join(f"u{ord(character):x}" for character in name[:8] if character.strip()) or "term"


def _relative(document: Document, config: SiteConfig) -> str:
    """The path of a page below the site's root, from its own `url` or the pattern of its section."""
    if document.url:
        written = written_path(urlsplit(document.url).path if url.is_web(document.url) else document.url)
        return as_folder(written)
    kind = kind_named(document.kind)
    patterns: Mapping[str, str] = dict(config.permalinks.items())
    pattern = patterns.get(kind.folder, kind.permalink)
    if document.path.startswith(HOME):
        pattern = "/"
    parts = {"slug": document.slug, "section": kind.folder}
    if _OF_THE_DAY.search(pattern):
        moment = document.date or kind.starts(document.facts, None)
        date = moment.astimezone(config.zone) if isinstance(moment, datetime) else moment
        parts["year"] = f"{date:%Y}" if date else "undated"
        parts["month"] = f"{date:%m}" if date else "00"
        parts["day"] = f"{date:%d}" if date else "00"
    filled = as_folder(_PLACE.sub(lambda match: parts[match[1]], pattern))
    _, dot, ending = document.path.rpartition("/")[2].rpartition(".")[0].rpartition(".")
    named = ending if dot else ""
    # `about.de.md` beside `about.md` would take its address: as with Hugo, the language goes before it
    return f"/{named}{filled}" if document.language == named and named != config.language else filled


def as_folder(path: str) -> str:
    """A path with a slash at its end, unless it names a file."""
    return path if path.endswith("/") or "." in path.rpartition("/")[2] else path + "/"
