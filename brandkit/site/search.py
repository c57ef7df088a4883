"""What the search index holds: every page that is published, by its text. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from brandkit.base.walls import CopyOf
from brandkit.site.config import Settings
from brandkit.site.model import Route, Site
from brandkit.site.plans.fixed import SEARCH_BUNDLE
from brandkit.site.views.outputs import FileView, SearchRecordView


def search_records(site: Site, settings: Settings) -> tuple[SearchRecordView, ...]:
    """One record a page, ordered by address; none where no search is wanted."""
    if not settings.config.search:
        return ()
    pages = sorted((page for page in site.pages if page.status == "published"), key=lambda page: page.path)
    return tuple(
        SearchRecordView(
            url=page.path,
            title=page.document.title,
            text_digest=page.document.text_digest,
            language=page.document.language or settings.config.language,
        )
        for page in pages
    )


def search_routes(files: Mapping[str, tuple[str, CopyOf]]) -> tuple[Route, ...]:
    """A route for every file of the index: its digest and the file to copy, by its path within the index."""
    paths = {SEARCH_BUNDLE + name: file for name, file in files.items()}
    return tuple(Route(path, FileView(d), copy=replace(file, path=path)) for path, (d, file) in paths.items())
