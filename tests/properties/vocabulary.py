"""What edits say: front matter, texts, pictures, data, settings and templates, few of each so that things meet."""

from __future__ import annotations

import io

from PIL import Image


def picture(width: int, shade: int, form: str, told: bool = False) -> bytes:
    """A small picture; one that is `told` of bears what should not be published."""
    kept, image = io.BytesIO(), Image.new("RGB", (width, width // 2), (shade, 90, 120))
    said = Image.Exif()
    said[0x010F] = "A camera"
    image.save(kept, form, **({"exif": said} if told else {}))
    return kept.getvalue()


SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="{0}" height="20"><rect width="{0}" height="20"/></svg>'
PICTURES: dict[str, tuple[bytes, ...]] = {
    "png": (picture(210, 1, "PNG"), picture(260, 1, "PNG"), picture(210, 200, "PNG"), b"no picture"),
    "jpg": (picture(220, 5, "JPEG"), picture(230, 9, "JPEG"), picture(220, 5, "JPEG", told=True), b"\xff\xd8cut"),
    "svg": (SVG.format(40).encode(), SVG.format(50).encode()),
    "txt": (b"one", b"two"),
}
WORDS = "clusters capacity planning harbour lantern garden bicycle thunder whisper meadow candle orchard".split()
TITLES = ("One", "Two", "Three", "Walking <b>&", "Grüße", "post-1", "说明")
DAYS = ("2026-02-10", "2026-02-20T23:30:00", "2026-02-27", "2026-03-01", "2026-03-02", "2026-03-04T08:00:00+02:00")
LINES: dict[str, tuple[str, ...]] = {
    "title": TITLES,
    "date": DAYS,
    "tags": ("[Python]", "[python, Web]", "[Web]", "[Web, Python, Craft]", "[craft]"),
    "topics": ("[Craft]", "[craft, Trade]"),
    "series": ("Walks", "walks", "Tours"),
    "description": ("Described.", "Described anew."),
    "image": ("/pic.png", "photo.jpg", "/draw.svg", "https://elsewhere.example/x.png", "nowhere.png"),
    "image_alt": ("A picture.", "Another."),
    "updated": ("2026-02-25", "2026-02-28"),
    "expires": ("2026-03-02", "2026-03-05"),
    "publish": ("2026-02-28", "2026-03-03"),
    "draft": ("true", "false"),
    "aliases": ("[/old/]", "[/old/, /older/]", "[/about/]"),
    "canonical": ("https://elsewhere.example/first", "https://elsewhere.example/second"),
    "lang": ("de", "fr", "en"),
    "translation": ("both", "pages/about"),
    "authors": ("[ana]", "[Ben]", "[ana, Ben]", "[Owner]", "[Carol]"),
    "slug": ("same", "two", "post-2"),
    "url": ("/elsewhere/", "/about/", "/posts/"),
    "weight": ("1", "2"),
    "layout": ("wide", "event", "page", "post"),
    "params": ("{a: 1, b: 2}", "{b: 2, a: 1}", "{a: 2}"),
    "syndication": ("[https://elsewhere.example/copy]",),
    "reply_to": ("https://elsewhere.example/asked", "{url: 'https://elsewhere.example/asked', title: What}"),
    "start": ("2026-02-20", "2026-03-01T18:00", "2026-03-02", "2026-03-03T20:00"),
    "end": ("2026-03-03", "2026-03-04T22:00"),
    "repeats": ("FREQ=WEEKLY", "FREQ=DAILY;COUNT=3"),
    "status": ("confirmed", "cancelled", "postponed", "active"),
    "location": ("Here", "There"),
    "event": ("A conference", "A meetup"),
    "quote": ("Good.", "Very good."),
    "by": ("Dora", "Emil"),
    "consent": ("2026-01-01",),
    "repo": ("https://code.example/a", "https://code.example/b"),
}
NEEDED = {
    "events": ("start: 2026-03-02",),
    "testimonials": ("by: Dora", "consent: 2026-01-01"),
    "posts": ("date: 2026-02-10",),
    "notes": ("date: 2026-02-11",),
    "talks": ("date: 2026-03-02",),
}
PARTS = (
    "Short.",
    *(" ".join(WORDS[n : n + 4]) + "." for n in range(0, 9, 2)),
    "See [two](post-2.md) and [about](../pages/about.md#here).",
    "[[Two]] or [[post-1#here]] or [[nobody]].",
    "[One](/posts/post-1/) [feed](/feed.xml) [file](/a.txt) [beside](a.txt).",
    "![A picture](/pic.png)",
    '![A photo](photo.jpg "Titled")',
    "![Drawn](/draw.svg) ![Linked](/about/)",
    "[Linked](/about/) and [that](/pic.png?x=1).",
    "## Here\n\nText.",
    "### There",
    "> [!NOTE]\n> Called out.",
    "| a | b |\n|---|---|\n| 1 | 2 |",
    "<b>raw</b> <script>x()</script>",
    "Costs $a^2$ here.",
    "```python\nprint(1)\n```",
    "<!--more-->",
    "A footnote.[^1]\n\n[^1]: Said below.",
    "[Out](https://elsewhere.example/) and [here](#here).",
)
PLACES = (
    *(f"content/posts/post-{n}.md" for n in range(5)),
    *(f"content/posts/post-{n}.md" for n in range(3)),
    "content/posts/post-1.de.md",
    "content/posts/bundle/index.md",
    "content/posts/bundle/index.de.md",
    "content/pages/about.md",
    "content/pages/about.de.md",
    "content/pages/index.md",
    "content/pages/speaking.md",
    "content/pages/thanks.md",
    "content/notes/n1.md",
    "content/notes/n2.md",
    "content/talks/t1.md",
    "content/talks/t2.md",
    "content/events/e1.md",
    "content/events/e2.md",
    "content/projects/p1.md",
    "content/testimonials/q1.md",
    "content/testimonials/q2.md",
    *(f"content/{section}/_index.md" for section in ("posts", "notes", "talks", "events", "projects")),
    "content/posts/_index.de.md",
)
FILES = tuple(
    f"content/{place}"
    for place in (
        *("static/pic.png", "static/photo.jpg", "static/draw.svg", "static/a.txt", "static/favicon.svg"),
        *("static/me.png", "static/swap", "static/swap/inner.txt", "static/about/index.html", "static/robots.txt"),
        *("static/.well-known/x", "static/posts", "static/_redirects", "static/llms.txt"),
        *("posts/bundle/photo.jpg", "posts/bundle/a.txt", "posts/photo.jpg", "posts/a.txt", "pages/pic.png"),
    )
)
DATA: dict[str, tuple[str, ...]] = {
    "content/data/authors.yaml": (
        "- {name: Ana, id: ana, bio: Writes.}\n",
        "- {name: Ana, id: ana, bio: Writes., portrait: pic.png, url: 'https://ana.example/'}\n- {name: Ben}\n",
        "- {name: Ben, bio: Reads.}\n- {name: Owner, bio: Too.}\n",
    ),
    "content/data/speaking.yaml": ("long_bio: Long.\n", "long_bio: Longer.\nportraits: [{file: me.png}]\n"),
    "content/data/work.yaml": ("intro: Work.\n", "services: [{name: Advice}]\n"),
    "content/data/thanks.yaml": ("- {name: Fay}\n", "- {name: Fay, for: much}\n"),
    "content/data/blogroll.yaml": ("- {title: Gus, url: 'https://gus.example/'}\n",),
    "content/data/colours.yaml": ("red: 1\nblue: 2\n", "blue: 2\nred: 1\n", "- red\n", "red: {a: [1, 2.5, null]}\n"),
    "content/published-urls.txt": ("/posts/post-1/\n", "/gone/\ngone /was/\n"),
}
EXTENDING = '{% extends "default/base.html" %}{% block '
THEMED: dict[str, tuple[str, ...]] = {
    "base.html": (
        EXTENDING + "footer %}<footer>one {{ site.title }}</footer>{% endblock %}",
        EXTENDING + "footer %}{% for name in site.data.colours %}{{ name }}{% endfor %}{% endblock %}",
        EXTENDING + 'header %}{% include "_mine.html" ignore missing %}{% endblock %}',
    ),
    "_mine.html": ("<p>a</p>", "<p>{{ site.tagline }}</p>"),
    "event.html": (EXTENDING + "main %}{{ page.starts }} {{ page.content }}{% endblock %}",),
    "wide.html": (
        EXTENDING + "main %}wide {{ page.params }}{% endblock %}",
        '{% extends "post.html" %}{% block footer %}wide{% endblock %}',
    ),
    "note.html": ('{% extends "document.html" %}',),
    "list.html": (EXTENDING + "main %}{{ cards | length }} {{ intro }}{% endblock %}",),
}
WORDED = ("sections: {posts: Texte}\ntable: Liste\n", "moved: Verzogen.\ncallouts: {note: Merke}\n")
SETTINGS: dict[str, tuple[str, ...]] = {
    "title": ("Walk", "Other"),
    "url": ("https://walk.example/", "https://walk.example/blog/", "https://else.example/"),
    "tagline": ("One line", "Another line"),
    "menu": (
        "[posts, about]",
        "[archive, tags, {name: Out, url: 'https://out.example/'}]",
        "[nowhere]",
        "[talks, now]",
    ),
    "lists": ("{size: 2}", "{size: 3}"),
    "feeds": ("{limit: 1}", "{limit: 0}", "{limit: 3}"),
    "permalinks": ('{posts: "/:year/:slug/"}', '{posts: "/:year/:month/:day/:slug/"}', '{pages: "/p/:slug/"}'),
    "language": ("en", "de", "ar"),
    "timezone": ("UTC", "Asia/Tokyo", "America/Los_Angeles"),
    "taxonomies": ("[tags]", "[tags, topics]", "[topics]", "[tags, series]"),
    "theme": ("{name: mine}", "{name: default}", '{name: mine, accent: "#aa2200", home: journal}', "{toggle: true}"),
    "markdown": ("{raw_html: false}", "{math: true}", "{raw_html: false, math: true}"),
    "cards": ("true", "false"),
    "images": ("{widths: []}", "{widths: [200], formats: [webp]}", "{widths: [200, 250], formats: [webp]}"),
    "author": ("{name: Owner, portrait: me.png}", "{name: Owner, bio: Walks.}", "{name: Ölaf, profiles: {github: o}}"),
    "owner": ("person", "organization"),
    "content_policy": ("''", "\"default-src 'self'\""),
    "contact": ("{email: me@walk.example}",),
    "webmention": ("https://mention.example/",),
    "newsletter": ("{action: 'https://news.example/'}",),
}
FIRST = {"title": "Walk", "url": "https://walk.example/", "cards": "false", "images": "{widths: []}"}


RICH = {
    "images": "{widths: [200], formats: [webp]}",
    "theme": "{name: mine}",
    "taxonomies": "[tags, topics]",
    "author": "{name: Owner, portrait: me.png}",
    "feeds": "{limit: 3}",
    "lists": "{size: 3}",
}
