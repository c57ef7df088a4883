"""Documents to a site: what is shown now, where each page lives, what belongs together.

In: documents, settings, the moment. Out: `Site`, and findings about addresses. Pure.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from brandkit.base import url
from brandkit.base.diagnostics import Code, Diagnostic, Outcome, Place
from brandkit.base.walls import PublicRoot, Source, Sources
from brandkit.site.addresses import is_unfit, output_path, permalink_path, term_slug
from brandkit.site.config import Settings, SiteConfig, moment
from brandkit.site.kinds.kind import moment_of
from brandkit.site.kinds.registry import KINDS, kind_at, kind_named, kind_of
from brandkit.site.links import composed
from brandkit.site.model import Document, Page, Site, Status, Term
from brandkit.site.parse import Content, is_intro

STATIC = "content/static/"
_SECTION_DEPTH = 3  # content/SECTION/_index.md
PUBLISHED = "content/published-urls.txt"
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


def assemble(settings: Settings, content: Content, sources: Sources, root: PublicRoot, now: datetime) -> Outcome[Site]:
    """Decide what is shown at `now`, and order it: what is dated newest first, the rest by weight and title."""
    config, at = settings.config, moment(settings.config, now)
    origin = "{0.scheme}://{0.netloc}".format(urlsplit(config.url))
    written = [_page(document, config, origin, at) for document in content.documents]
    own = [page for page in written if not is_intro(page.document.path)]
    introducing = (page for page in written if is_intro(page.document.path))
    intros = [page for page in introducing if len(page.document.path.split("/")) == _SECTION_DEPTH]
    pages, found = _one_each(own, config)
    shown = [page for page in pages if _is_shown(page.status, root)]
    sections = {kind.folder: tuple(_in_order(kind.name, shown, config)) for kind in KINDS}
    posts = sorted((page for page in shown if kind_named(page.document.kind).streamed), key=newest_first)
    bearers = [*posts, *(page for page in shown if not kind_named(page.document.kind).streamed)]
    site = Site(
        pages=(*sections["pages"], *(p for folder, s in sections.items() if folder != "pages" for p in s)),
        posts=tuple(page for page in posts if not _is_to_come(page, at, config)),
        sections=sections,
        intros=_by_section((page for page in intros if _is_shown(page.status, root)), config),
        terms={name: _terms(name, bearers) for name in config.taxonomies},
        held_back=tuple(page for page in pages if not _is_shown(page.status, root)),
        files=dict(_files(sources, pages, root, config)),
        images=content.images,
        data=content.data,
        once_published=_once_published(sources),
        moment=at,
        valid_until=None if config.today else _valid_until((*pages, *intros), at, config),
        root=url.folder_of(config.url),
    )
    return Outcome(site, tuple(found))


def status_of(document: Document, at: datetime) -> Status:
    """What keeps a document from being shown at a moment, or `published`."""
    if document.draft:
        return "draft"
    begins = document.publish or (document.date if kind_named(document.kind).scheduled else None)
    if begins is not None and begins > at:
        return "scheduled"
    if document.expires is not None and document.expires <= at:
        return "expired"
    return "published"


def _page(document: Document, config: SiteConfig, origin: str, at: datetime) -> Page:
    path = permalink_path(document, config)
    return Page(document, origin + path, path, status_of(document, at))


def _by_section(intros: Iterable[Page], config: SiteConfig) -> dict[str, Page]:
    """The text above each section's list: the one in the language of the site comes before others."""
    in_order = sorted(intros, key=lambda page: page.document.language not in (None, config.language))
    found: dict[str, Page] = {}
    for page in in_order:
        found.setdefault(page.document.path.split("/")[1], page)
    return found


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


def _in_order(kind: str, shown: Iterable[Page], config: SiteConfig) -> list[Page]:
    """The pages of a kind: what happens at a time by that, writing newest first, the rest by weight and title."""
    pages = [page for page in shown if page.document.kind == kind]
    if kind_named(kind).dated:
        return sorted(pages, key=newest_first)
    if kind_named(kind).timed:
        return sorted(pages, key=lambda page: _latest_start_first(page, config))
    return sorted(pages, key=_by_weight)


def starts_at(page: Page, config: SiteConfig) -> datetime | None:
    """When what a page tells of begins; None for what does not happen at a time."""
    kind = kind_named(page.document.kind)
    start = kind.starts(page.document.facts, page.document.date) if kind.timed else None
    return moment_of(start, config.zone) if start else None


def ends_at(page: Page, config: SiteConfig) -> datetime | None:
    """When what a page tells of is over; None for writing."""
    kind = kind_named(page.document.kind)
    if not kind.timed:
        return None
    dated = page.document.date.astimezone(config.zone) if page.document.date else None
    end = kind.ends(page.document.facts, dated)
    return moment_of(end, config.zone, end=True) if end else None


def _is_to_come(page: Page, at: datetime, config: SiteConfig) -> bool:
    """What has not happened yet is no news of the past: it stands in its list and the calendar, not in feeds."""
    end = ends_at(page, config)
    return end is not None and end >= at


def _latest_start_first(page: Page, config: SiteConfig) -> tuple[float, str]:
    start = starts_at(page, config)
    return (-start.timestamp() if start else float("inf"), page.path)


def newest_first(page: Page) -> tuple[float, str]:
    """The order of writing: what bears no date stands last."""
    date = page.document.date
    return (-date.timestamp() if date else float("inf"), page.path)


def _by_weight(page: Page) -> tuple[int, str, str]:
    return (page.document.weight, page.document.title.casefold(), page.path)


def _terms(taxonomy: str, pages: Sequence[Page]) -> tuple[Term, ...]:
    """Terms by name; spellings that share a slug are one term, called as the newest text calls it."""
    members: dict[str, list[Page]] = {}
    names: dict[str, str] = {}
    for page in pages:
        for slug, name in {term_slug(name): name for name in page.document.terms.get(taxonomy, ())}.items():
            names.setdefault(slug, name)
            members.setdefault(slug, []).append(page)
    terms = (Term(taxonomy, names[slug], slug, tuple(bearing)) for slug, bearing in members.items())
    return tuple(sorted(terms, key=lambda term: (term.name.casefold(), term.slug)))


def _files(
    sources: Sources, pages: Sequence[Page], wall: PublicRoot, config: SiteConfig
) -> Iterator[tuple[str, Source]]:
    """(output path, source) of what is copied: static files, what lies beside a shown page, what a page names.

    A bundle is the folder of an `index.md` below that of its kind: all of it goes where its page goes.
    Elsewhere a file is published only if a page that is shown links to it, so that nothing of a draft gets out.
    """
    shown = [page for page in pages if _is_shown(page.status, wall)]
    for source in sources.below(STATIC.rstrip("/")):
        yield source.path.removeprefix(STATIC), source
    root = url.folder_of(config.url)
    bundles = {folder: page for page in shown if (folder := _bundle(page))}
    hidden = {folder for page in pages if (folder := _bundle(page)) and folder not in bundles}
    linked = {path for page in shown for path in _neighbours(page)}
    for source in sources.below("content"):
        kind = kind_at(source.path)
        if kind is None or kind_of(source.path):
            continue
        folders = [f"{parent}/" for parent in PurePosixPath(source.path).parents]
        home = next((folder for folder in folders if folder in bundles or folder in hidden), None)
        if home in bundles:
            yield unquote(bundles[home].path).removeprefix(root) + source.path.removeprefix(home), source
        elif composed(source.path) in linked:
            begin = "content/pages/" if kind.folder == "pages" else "content/"
            yield source.path.removeprefix(begin), source


def _bundle(page: Page) -> str | None:
    """The folder whose files all belong to a page. That of a kind is none: pages of every sort stand there."""
    if "/index." not in page.document.path:
        return None
    path = PurePosixPath(page.document.path)
    return f"{path.parent}/" if path.name.split(".")[0] == "index" and len(path.parts) > 3 else None


def _neighbours(page: Page) -> Iterator[str]:
    """The paths of sources that a text may mean by its links."""
    from posixpath import dirname, join, normpath

    named = [link.target for link in page.document.links]
    for target in (*named, page.document.image or ""):
        if target and not target.startswith("/"):
            file = target.partition("#")[0].partition("?")[0]
            yield composed(normpath(join(dirname(page.document.path), unquote(file))))


def _once_published(sources: Sources) -> tuple[tuple[str, int], ...]:
    """(path, line) of each address that was published once; `gone PATH` is one that may be missed."""
    if sources.get(PUBLISHED) is None:
        return ()
    lines = enumerate(sources.read(PUBLISHED).decode("utf-8", "replace").splitlines(), 1)
    return tuple((line.strip(), number) for number, line in lines if line.startswith("/"))


def _valid_until(pages: Iterable[Page], at: datetime, config: SiteConfig) -> datetime | None:
    """When the next page appears or expires, or an event is over: until then the clock alone changes nothing."""
    changes = (
        moment
        for page in pages
        for moment in _changes(page, at, config)
        if moment is not None and moment > at and not page.document.draft
    )
    return min(changes, default=None)


def _changes(page: Page, at: datetime, config: SiteConfig) -> Iterator[datetime | None]:
    yield page.document.publish
    yield page.document.date
    yield page.document.expires
    if kind_named(page.document.kind).timed:
        yield from _boundaries(page, at, config)


def _boundaries(page: Page, at: datetime, config: SiteConfig) -> Iterator[datetime | None]:
    from brandkit.site.kinds.event import next_time

    end = ends_at(page, config)
    # the second after its end, when it is over
    yield end.replace(microsecond=999_999) if end else None
    if page.document.facts.get("repeats"):
        following = next_time(page.document.facts, at)
        yield moment_of(following[1] or following[0], config.zone, end=True) if following else None
