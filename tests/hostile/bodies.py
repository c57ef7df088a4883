"""Bodies that a feed may have: good ones, broken ones, and those that are meant to hurt. Knows no server."""

from __future__ import annotations

import gzip
import json
import zlib
from html import escape

MARK = "hostile-mark"  # stands in all that is active, and so must stand in nothing that was kept but text
_SPACES = 'xmlns:content="http://purl.org/rss/1.0/modules/content/"'


def item(title: str, link: str = "", more: str = "") -> str:
    """An entry."""
    return f"<item><title>{title}</title><link>{link or f'https://a.example/{title}'}</link>{more}</item>"


def rss(*items: str, head: str = "") -> bytes:
    """A feed of these entries."""
    return f'{head}<rss version="2.0" {_SPACES}><channel><title>Feed</title>{"".join(items)}</channel></rss>'.encode()


def good(name: str) -> bytes:
    """A feed as it should be, of two entries."""
    text = "<description>Small teams hire well when the work is calm.</description>"
    return rss(item(f"{name}-one", more=text), item(f"{name}-two", more=text))


def dated(*dates: str) -> bytes:
    """An entry for each date."""
    return rss(*(item(f"at-{n}", more=f"<pubDate>{date}</pubDate>") for n, date in enumerate(dates)))


def flood(count: int, guid: str = "{}") -> bytes:
    """Very many entries."""
    return rss(*(item(f"flood-{n}", more=f"<guid>{guid.format(n)}</guid>") for n in range(count)))


def entities(definitions: str, reference: str) -> bytes:
    """A feed that defines entities of its own."""
    return rss(item(reference), head=f'<?xml version="1.0"?><!DOCTYPE rss [{definitions}]>')


def billion_laughs() -> bytes:
    """Ten times ten times ten ..."""
    lines = ['<!ENTITY l0 "lol">', *(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))]
    return entities("".join(lines), "&l9;")


def nested(depth: int) -> bytes:
    """Elements in elements."""
    return rss(item("kept"), "<a>" * depth + "</a>" * depth)


def many_attributes(count: int) -> bytes:
    """One element with very many attributes."""
    return rss(item("kept"), "<a " + " ".join(f'a{n}=""' for n in range(count)) + "/>")


def json_feed(*items: object, **more: object) -> bytes:
    """A JSON Feed."""
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "J", "items": items, **more}).encode()


def bomb(megabytes: int) -> bytes:
    """Zeros, packed."""
    return gzip.compress(b"\0" * (megabytes * 1_000_000), 6)


def packed(body: bytes, times: int = 1) -> bytes:
    """gzip, so many times."""
    for _ in range(times):
        body = gzip.compress(body)
    return body


def bare_deflate(body: bytes) -> bytes:
    """Without the header that it should have."""
    return zlib.compress(body)[2:-4]


ACTIVE = (
    f"<script>{MARK}()</script>",
    f"<img src=x onerror={MARK}()>",
    f"<svg onload={MARK}()><a xlink:href='javascript:{MARK}()'>x</a></svg>",
    f"<a href='javascript:{MARK}()' onclick={MARK}()>x</a>",
    f"<a href='data:text/html,{MARK}'>x</a><a href='file:///{MARK}'>y</a>",
    f"<form action='https://evil.example/{MARK}'><button formaction='//evil.example/{MARK}'>b</button></form>",
    f"<iframe src='https://evil.example/{MARK}' srcdoc='<script>{MARK}</script>'></iframe>",
    f"<meta http-equiv=refresh content='0;url=https://evil.example/{MARK}'><base href='https://evil.example/{MARK}'>",
    f"<img src='https://tracker.example/{MARK}.gif' width=1 height=1 srcset='//tracker.example/{MARK} 2x'>",
    f"<p style='background:url(https://tracker.example/{MARK})'>x</p><style>@import '//tracker.example/{MARK}'</style>",
    f"<link rel=stylesheet href='https://tracker.example/{MARK}'><video poster='//tracker.example/{MARK}'></video>",
    f"<object data='//evil.example/{MARK}'></object><embed src='//evil.example/{MARK}'><audio src=//e.example/{MARK}>",
    f"<math><mtext></p><style><!--</style><img title='--&gt;&lt;img src=1 onerror={MARK}()&gt;'>",
    f"<a href='https://a.example/' ping='https://tracker.example/{MARK}' target=_blank>x</a>",
)


def active() -> bytes:
    """Everything in which a browser would do something, in every field that an entry has."""
    return rss(
        *(
            f"<item><title>{escape(code)} small teams hire</title><link>https://active.example/{n}</link>"
            f"<author>{escape(code)}</author><category>{escape(code)}</category>"
            f"<description>{escape(code)} Small teams hire well.</description>"
            f"<content:encoded>{escape(code)} Small teams hire well when the work is calm.</content:encoded></item>"
            for n, code in enumerate(ACTIVE)
        )
    )


def bad_links() -> bytes:
    """Entries that lead where no browser should go."""
    links = (
        "javascript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "vbscript:x",
        "blob:x",
        "jar:x",
        "//",
        "http://",
    )
    return rss(*(item(f"link-{n}", link) for n, link in enumerate(links)))
