"""Exports of other tools, held against what the vault already has."""

from __future__ import annotations

from brandkit.app.journaling import open_desk
from brandkit.app.project import Project
from brandkit.base.url import canonical
from brandkit.importers.opml import OpmlFeed, OpmlResult, read_opml


def new_feeds(project: Project, body: bytes) -> tuple[OpmlResult, list[OpmlFeed]]:
    """What an OPML file names, and which of it is not followed yet."""
    result = read_opml(body)
    known = {canonical(feed.url) for feed in open_desk(project).vault.feeds}
    return result, [feed for feed in result.feeds if canonical(feed.url) not in known]
