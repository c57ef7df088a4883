"""Exports of other tools, held against what the vault already has."""

from __future__ import annotations

from collections.abc import Set
from itertools import count

from brandkit.app.project import Project
from brandkit.app.words.journaling import open_desk
from brandkit.base.text import slugify
from brandkit.base.url import canonical
from brandkit.importers.opml import OpmlFeed, OpmlResult, read_opml


def new_feeds(project: Project, body: bytes) -> tuple[OpmlResult, dict[str, OpmlFeed]]:
    """What an OPML file names, and which of it is not followed yet, each under an id that is free."""
    result = read_opml(body)
    followed = open_desk(project).vault.feeds
    known, taken = {canonical(feed.url) for feed in followed}, {feed.id for feed in followed}
    fresh: dict[str, OpmlFeed] = {}
    for feed in result.feeds:
        if canonical(feed.url) not in known:
            fresh[_free(slugify(feed.title or feed.url, "feed"), taken | fresh.keys())] = feed
    return result, fresh


def _free(id_: str, taken: Set[str]) -> str:
    """The id, with a number where it is taken."""
    numbered = (f"{id_[:70]}-{number}" for number in count(2))
    return id_ if id_ not in taken else next(name for name in numbered if name not in taken)
