"""What the search index holds: every page that is published, by its text. Pure."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from brandkit.base.url import folder_of
from brandkit.base.walls import CopyOf
from brandkit.site.config import Settings
from brandkit.site.model import Page, Route, Site
from brandkit.site.plans.fixed import SEARCH_BUNDLE
from brandkit.site.plans.planner import STANDING
from brandkit.site.views.outputs import FileView, SearchRecordView


def search_records(site: Site, settings: Settings) -> tuple[SearchRecordView, ...]:
    """One record a page, ordered by address; none where no search is wanted."""
    if not settings.config.search:
        return ()
    root = folder_of(settings.config.url)
    made_of_data = {f"{root}{name}/": data for name, field in STANDING.items() if (data := getattr(site.data, field))}
    pages = sorted((page for page in site.pages if page.status == "published"), key=lambda page: page.path)
    records = [
        SearchRecordView(
            url=page.path,
            title=page.document.title,
            text_digest=page.document.text_digest,
            more=" ".join(_words(_beside(page, made_of_data.pop(page.path, None)))),
            language=page.document.language or settings.config.language,
        )
        for page in pages
    ]
    for path, data in made_of_data.items():  # those that no page of one's own stands for
        title = path.rstrip("/").rpartition("/")[2].replace("-", " ").capitalize()
        words = " ".join(_words(data))
        records.append(SearchRecordView(path, title, "", words, settings.config.language))
    return tuple(records)


def _beside(page: Page, data: Any) -> tuple[Any, ...]:
    """What readers see of a page beside its text: description, terms, the facts of its kind, the data it is made of."""
    document = page.document
    facts = tuple(value for value in document.facts.values() if not str(value).startswith("http"))
    return (document.description, document.series, *document.terms.values(), facts, data)


def _words(value: Any) -> Iterator[str]:
    """The texts within any value of views or data, in order."""
    if isinstance(value, str):
        yield value
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        for field in dataclasses.fields(value):
            yield from _words(getattr(value, field.name))
    elif isinstance(value, (tuple, list)):
        for item in value:
            yield from _words(item)


def search_routes(files: Mapping[str, tuple[str, CopyOf]]) -> tuple[Route, ...]:
    """A route for every file of the index: its digest and the file to copy, by its path within the index."""
    paths = {SEARCH_BUNDLE + name: file for name, file in files.items()}
    return tuple(Route(path, FileView(d), copy=replace(file, path=path)) for path, (d, file) in paths.items())
