"""Atom (RFC 4287)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from brandkit.site.outputs.xml import escaped, moment
from brandkit.site.views.outputs import FeedEntryView, FeedView

_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)  # Atom demands a moment where a text has none


def write(view: FeedView) -> str:
    """The feed as XML."""
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<?xml-stylesheet type="text/css" href="{escaped(view.style)}"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{escaped(view.language)}">',
        f"<title>{escaped(view.title)}</title>",
        *([f"<subtitle>{escaped(view.subtitle)}</subtitle>"] if view.subtitle else []),
        f'<link rel="self" type="application/atom+xml" href="{escaped(view.feed_url)}"/>',
        f'<link rel="alternate" type="text/html" href="{escaped(view.page_url)}"/>',
        *([f'<link rel="hub" href="{escaped(view.hub)}"/>'] if view.hub else []),
        f"<id>{escaped(view.page_url)}</id>",
        f"<updated>{moment(view.updated or _LONG_AGO)}</updated>",
        f"<author><name>{escaped(view.author)}</name><uri>{escaped(view.author_url)}</uri></author>",
        *([f"<icon>{escaped(view.icon)}</icon>"] if view.icon else []),
        "<generator>brandkit</generator>",
    ]
    for entry in view.entries:
        lines.extend(_entry(entry))
    return "\n".join([*lines, "</feed>", ""])


def _entry(entry: FeedEntryView) -> Iterator[str]:
    yield f'<entry xml:lang="{escaped(entry.language)}">'
    yield f"<title>{escaped(entry.title)}</title>"
    yield f'<link rel="alternate" type="text/html" href="{escaped(entry.permalink)}"/>'
    yield f"<id>{escaped(entry.permalink)}</id>"
    if entry.published:
        yield f"<published>{moment(entry.published)}</published>"
    yield f"<updated>{moment(entry.updated or _LONG_AGO)}</updated>"
    for name in entry.authors:
        yield f"<author><name>{escaped(name)}</name></author>"
    for tag in entry.tags:
        yield f'<category term="{escaped(tag)}"/>'
    if entry.summary:
        yield f"<summary>{escaped(entry.summary)}</summary>"
    yield f'<content type="html">{escaped(entry.content.__html__())}</content>'
    yield "</entry>"
