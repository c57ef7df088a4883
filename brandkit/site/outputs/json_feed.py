"""JSON Feed 1.1."""

from __future__ import annotations

import json
from typing import Any

from brandkit.site.outputs.xml import moment
from brandkit.site.views.outputs import FeedEntryView, FeedView


def write(view: FeedView) -> str:
    """The feed as JSON."""
    feed: dict[str, Any] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": view.title,
        "home_page_url": view.page_url,
        "feed_url": view.feed_url,
        "description": view.subtitle,
        "favicon": view.icon,
        "language": view.language,
        "authors": [{"name": view.author, "url": view.author_url}],
        "hubs": [{"type": "WebSub", "url": view.hub}] if view.hub else None,
        "items": [_item(entry) for entry in view.entries],
    }
    return (
        json.dumps({key: value for key, value in feed.items() if value not in (None, "")}, ensure_ascii=False, indent=1)
        + "\n"
    )


def _item(entry: FeedEntryView) -> dict[str, Any]:
    item: dict[str, Any] = {
        "id": entry.permalink,
        "url": entry.permalink,
        "title": entry.title,
        "summary": entry.summary,
        "content_html": entry.content.__html__(),
        "image": entry.image,
        "date_published": moment(entry.published) if entry.published else None,
        "date_modified": moment(entry.updated) if entry.updated else None,
        "authors": [{"name": name} for name in entry.authors],
        "tags": list(entry.tags),
        "language": entry.language,
    }
    return {key: value for key, value in item.items() if value not in (None, "", []) or key == "content_html"}
