"""RSS 2.0, with the whole text as content:encoded."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import format_datetime

from brandkit.site.outputs.xml import escaped
from brandkit.site.views.outputs import FeedEntryView, FeedView

_NAMESPACES = (
    'xmlns:atom="http://www.w3.org/2005/Atom" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"'
)


def write(view: FeedView) -> str:
    """The feed as XML."""
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<?xml-stylesheet type="text/css" href="{escaped(view.style)}"?>',
        f'<rss version="2.0" {_NAMESPACES}>',
        "<channel>",
        f"<title>{escaped(view.title)}</title>",
        f"<link>{escaped(view.page_url)}</link>",
        f"<description>{escaped(view.subtitle or view.title)}</description>",
        f"<language>{escaped(view.language)}</language>",
        f'<atom:link rel="self" type="application/rss+xml" href="{escaped(view.feed_url)}"/>',
        *([f'<atom:link rel="hub" href="{escaped(view.hub)}"/>'] if view.hub else []),
        *([f"<lastBuildDate>{_moment(view.updated)}</lastBuildDate>"] if view.updated else []),
        "<generator>brandkit</generator>",
    ]
    for entry in view.entries:
        lines.extend(_item(entry))
    return "\n".join([*lines, "</channel>", "</rss>", ""])


def _item(entry: FeedEntryView) -> Iterator[str]:
    yield "<item>"
    yield f"<title>{escaped(entry.title)}</title>"
    yield f"<link>{escaped(entry.permalink)}</link>"
    yield f'<guid isPermaLink="true">{escaped(entry.permalink)}</guid>'
    if entry.published:
        yield f"<pubDate>{_moment(entry.published)}</pubDate>"
    for name in entry.authors:
        yield f"<dc:creator>{escaped(name)}</dc:creator>"
    for tag in entry.tags:
        yield f"<category>{escaped(tag)}</category>"
    if entry.summary:
        yield f"<description>{escaped(escaped(entry.summary))}</description>"  # RSS reads descriptions as HTML
    yield f"<content:encoded>{escaped(entry.content.__html__())}</content:encoded>"
    yield "</item>"


def _moment(value: datetime) -> str:
    return format_datetime(value.astimezone(UTC))
