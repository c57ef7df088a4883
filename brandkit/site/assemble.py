"""Documents to a site: what is shown now, where each page lives, what belongs together.

In: documents, settings, the moment. Out: `Site`, and findings about addresses. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from urllib.parse import quote, unquote, urlsplit

from brandkit.base import url
from brandkit.base.diagnostics import Code, Diagnostic, Outcome, Place
from brandkit.base.text import slugify
from brandkit.base.walls import PublicRoot, Sources
from brandkit.site.config import Settings, SiteConfig, moment
from brandkit.site.kinds.registry import kind_named
from brandkit.site.model import Document, Page, Site, Status, Term

STATIC = "content/static/"
SAME_ADDRESS = Code(
    "BK150",
    "error",
    "two sources claim the same address",
    "Two pages, or a page and a file, would be written to the same place; the later one is left out.",
    "give one of them another slug or url",
)
BAD_ADDRESS = Code(
    "BK151",
    "error",
    "an address cannot be used",
    "A url or alias in front matter leads out of the site, holds characters that no address has, or is too long.",
    "write a path like /about/team/",
)

_UNFIT = re.compile(r"[\x00-\x1f\x7f\\?#]|(^|/)\.\.?(/|$)")
_LONGEST_NAME, _LONGEST_PATH = 255, 2000  # bytes: what disks take


def assemble(
    settings: Settings, documents: Sequence[Document], sources: Sources, root: PublicRoot, now: datetime
) -> Outcome[Site]:
    """Decide what is shown at `now`, and order it: posts newest first, pages by weight and title."""
    config, at = settings.config, moment(settings.config, now)
    pages, found = _one_each((_page(document, config, at) for document in documents), config)
    shown = [page for page in pages if _is_shown(page.status, root)]
    posts = sorted((p for p in shown if kind_named(p.document.kind).dated), key=_newest_first)
    plain = sorted((p for p in shown if not kind_named(p.document.kind).dated), key=_by_weight)
    site = Site(
        pages=(*plain, *posts),
        posts=tuple(posts),
        terms={name: _terms(name, posts) for name in config.taxonomies},
        held_back=tuple(page for page in pages if not _is_shown(page.status, root)),
        static={source.path.removeprefix(STATIC): source.digest for source in sources.below("content/static")},
        moment=at,
        valid_until=None if config.today else _valid_until(pages, at),
    )
    return Outcome(site, tuple(found))


def status_of(document: Document, at: datetime) -> Status:
    """What keeps a document from being shown at a moment, or `published`."""
    if document.draft:
        return "draft"
    begins = document.publish or document.date
    if begins is not None and begins > at:
        return "scheduled"
    if document.expires is not None and document.expires <= at:
        return "expired"
    return "published"


def output_path(path: str) -> str:
    """The file that serves a path of the site: `about/` is `about/index.html`."""
    clean = path.lstrip("/")
    return clean + "index.html" if not clean or clean.endswith("/") else clean


def is_unfit(path: str) -> bool:
    """Whether a path of the site leads out of it, or is none that a file can stand at."""
    name = max(len(name.encode("utf-8", "replace")) for name in path.split("/"))
    return bool(_UNFIT.search(path)) or name > _LONGEST_NAME or len(path.encode("utf-8", "replace")) > _LONGEST_PATH


def written_path(written: str) -> str:
    """A path that was written by hand: from the root, decoded, every slash once."""
    return re.sub("/{2,}", "/", "/" + unquote(written.strip()))


def _page(document: Document, config: SiteConfig, at: datetime) -> Page:
    relative = _relative(document, config)
    root = url.folder_of(config.url)
    path = quote(root + relative.lstrip("/"), safe="/:@!$&'()*+,;=~-._")
    origin = "{0.scheme}://{0.netloc}".format(urlsplit(config.url))
    return Page(document, origin + path, path, status_of(document, at))


def _relative(document: Document, config: SiteConfig) -> str:
    """The path of a page below the site's root, from its own `url` or the pattern of its section."""
    if document.url:
        written = written_path(urlsplit(document.url).path if url.is_web(document.url) else document.url)
        named = "." in written.rpartition("/")[2]
        return written if named or written.endswith("/") else written + "/"
    kind = kind_named(document.kind)
    pattern = next((p for section, p in config.permalinks.items() if section == kind.folder), kind.permalink)
    date = document.date.astimezone(config.zone) if document.date else None
    parts = {
        "year": f"{date:%Y}" if date else "undated",
        "month": f"{date:%m}" if date else "00",
        "day": f"{date:%d}" if date else "00",
        "slug": document.slug,
        "section": kind.folder,
    }
    filled = re.sub(r":(\w+)", lambda match: parts[match[1]], pattern)
    return filled if filled.endswith("/") or "." in filled.rpartition("/")[2] else filled + "/"


def _one_each(pages: Iterable[Page], config: SiteConfig) -> tuple[list[Page], list[Diagnostic]]:
    """The pages with usable addresses of their own; a published page wins over one that is held back."""
    kept: dict[str, Page] = {}
    found: list[Diagnostic] = []
    root = url.folder_of(config.url)
    for page in sorted(pages, key=lambda p: (p.status != "published", p.document.path)):
        place = Place(page.document.path, 1, 1)
        if is_unfit(unquote(page.path)):
            found.append(BAD_ADDRESS.at(place, f"the address {page.path!r} cannot be used"))
            continue
        where = output_path(page.path.removeprefix(root)).casefold()
        if where in kept:
            other = kept[where].document.path
            found.append(SAME_ADDRESS.at(place, f"{page.path} is already the address of {other}"))
            continue
        kept[where] = page
    return sorted(kept.values(), key=lambda p: p.document.path), found


def _is_shown(status: Status, root: PublicRoot) -> bool:
    return {"published": True, "draft": root.drafts, "scheduled": root.future, "expired": root.expired}[status]


def _newest_first(page: Page) -> tuple[float, str]:
    date = page.document.date
    return (-date.timestamp() if date else float("inf"), page.path)


def _by_weight(page: Page) -> tuple[int, str, str]:
    return (page.document.weight, page.document.title.casefold(), page.path)


def _terms(taxonomy: str, posts: Sequence[Page]) -> tuple[Term, ...]:
    """Terms by name; spellings that share a slug are one term, called as the newest post calls it."""
    members: dict[str, list[Page]] = {}
    names: dict[str, str] = {}
    for page in posts:
        own = {slugify(name, "term"): name for name in page.document.terms.get(taxonomy, ())}
        for slug, name in own.items():
            names.setdefault(slug, name)
            members.setdefault(slug, []).append(page)
    terms = (Term(taxonomy, names[slug], slug, tuple(pages)) for slug, pages in members.items())
    return tuple(sorted(terms, key=lambda term: (term.name.casefold(), term.slug)))


def _valid_until(pages: Iterable[Page], at: datetime) -> datetime | None:
    """When the next page appears or expires: until then the clock alone changes nothing."""
    changes = (
        moment
        for page in pages
        for moment in (page.document.publish, page.document.date, page.document.expires)
        if moment is not None and moment > at and not page.document.draft
    )
    return min(changes, default=None)
