"""Marks of internal links: a text does not know where other pages live, so its links are put in place later.

In: addresses as they were written, HTML. Out: HTML with marks, and HTML with the marks resolved. A
link is marked `bk:`, a picture of Markdown `bkp:`; what a person wrote with either stays what it is.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass

MARK, PICTURE = "bk:", "bkp:"

_MARKED = re.compile(r'((?:href|src|poster)=(["\']))bkp?:(.*?)(?=\2)', re.DOTALL)
_PICTURE = re.compile(r'<img src="bkp:([^"]*)"([^>]*)>')
_ANCHOR = re.compile(r'(<[a-z][^<>]*?\s(?:id="|href="#))([^"]+)')
_SIZED = re.compile(r'\s(?:width|height)="')
_ALERT = re.compile(r'(?<=<p class="markdown-alert-title">)(Note|Tip|Important|Warning|Caution)(?=</p>)')
_TABLE = '<div class="table" role="region" aria-label="{}" tabindex="0">'
SIZES = "(min-width: 60rem) 38rem, 100vw"  # how wide a text column is, for the browser's choice of a picture


@dataclass(frozen=True)
class PictureView:
    """A picture as a page shows it: its address, its size in pixels, and smaller or lighter forms of it.

    `sources` are (media type, srcset) in order of preference; width 0 where the size is not known.
    """

    path: str
    width: int = 0
    height: int = 0
    sources: tuple[tuple[str, str], ...] = ()


def is_marked(link: str) -> bool:
    """Whether a person wrote what looks like a mark: it must stay what it is, and no way around the link check."""
    return link.startswith((MARK, PICTURE))


def apart(resolved: str, prefix: str) -> str:
    """HTML whose anchors, and links to them, begin with `prefix`: several texts may stand on one page."""
    return _ANCHOR.sub(lambda match: f"{match[1]}{prefix}-{match[2]}", resolved)


def resolve(
    marked: str, where: Mapping[str, str], pictures: Mapping[str, PictureView], labels: Mapping[str, str]
) -> str:
    """HTML with each mark replaced: links by `where`, pictures by `pictures`, our own few words by `labels`."""

    def picture(match: re.Match[str]) -> str:
        raw = html.unescape(match[1])
        view = pictures.get(raw)
        return _picture(view, match[2]) if view else f'<img src="{_address(raw, where)}"{match[2]}>'

    def link(match: re.Match[str]) -> str:
        return match[1] + _address(html.unescape(match[3]), where)

    resolved = _MARKED.sub(link, _PICTURE.sub(picture, marked)) if MARK in marked or PICTURE in marked else marked
    if not labels:
        return resolved
    resolved = _ALERT.sub(lambda match: html.escape(labels.get(match[1].lower(), match[1])), resolved)
    return resolved.replace(_TABLE.format("Table"), _TABLE.format(html.escape(labels.get("table", "Table"), True)))


def table_opening() -> str:
    """The frame around a table: whoever reads by keyboard has to be able to scroll a wide one."""
    return _TABLE.format("Table") + "<table>\n"


def _address(raw: str, where: Mapping[str, str]) -> str:
    address = where.get(raw, raw)
    return "" if address.startswith("wiki:") else html.escape(address, quote=True)  # to nobody: to the page itself


def _picture(view: PictureView, rest: str) -> str:
    size = f' width="{view.width}" height="{view.height}"' if view.width and not _SIZED.search(rest) else ""
    img = f'<img src="{html.escape(view.path, quote=True)}"{size}{rest}>'
    sources = "".join(
        f'<source type="{kind}" srcset="{html.escape(srcset, quote=True)}" sizes="{SIZES}">'
        for kind, srcset in view.sources
    )
    return f"<picture>{sources}{img}</picture>" if sources else img
