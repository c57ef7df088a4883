"""blogroll.opml (OPML 2.0): whom the brand recommends, for feed readers."""

from __future__ import annotations

from collections.abc import Iterator

from brandkit.site.model import Route
from brandkit.site.outputs.xml import escaped
from brandkit.site.plans.planner import Planner
from brandkit.site.views.outputs import OpmlView


def plan(planner: Planner) -> Iterator[Route]:
    """One file, if there is a blogroll."""
    blogs = planner.site.data.blogroll
    if blogs:
        title = f"{planner.config.title}: {planner.show.site.words['sections']['blogroll']}"
        yield Route("blogroll.opml", OpmlView(title, planner.show.site.author.name, blogs), writer=write)


def write(view: OpmlView) -> str:
    """The list as XML; who has no feed is a link."""
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<opml version="2.0">',
        f"<head><title>{escaped(view.title)}</title><ownerName>{escaped(view.owner)}</ownerName></head>",
        "<body>",
    ]
    for blog in view.blogs:
        text = f'text="{escaped(blog.title)}" title="{escaped(blog.title)}"'
        if blog.feed:
            lines.append(f'<outline type="rss" {text} xmlUrl="{escaped(blog.feed)}" htmlUrl="{escaped(blog.url)}"/>')
        else:
            lines.append(f'<outline type="link" {text} url="{escaped(blog.url)}"/>')
    return "\n".join([*lines, "</body>", "</opml>", ""])
