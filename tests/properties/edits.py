"""Edits of a project, drawn at random: all that a page can be made of, in small vocabularies so that things meet.

An edit takes anything with the files of a project (`Project`), on disk or in memory.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from functools import cache
from typing import Any, NamedTuple, Protocol

from hypothesis import strategies as st
from PIL import Image


class Project(Protocol):
    """What edits change: files, the clock, the flags of the command, the settings that stand in site.yaml."""

    now: datetime
    flags: dict[str, Any]
    settings: dict[str, str]

    def write(self, path: str, content: str | bytes) -> None: ...
    def read(self, path: str) -> str | None: ...
    def remove(self, path: str) -> None: ...
    def sources(self) -> list[str]: ...


class Edit(NamedTuple):
    """A step of a walk, by name."""

    name: str
    run: Callable[[Any], object]

    def __repr__(self) -> str:
        return self.name


def picture(width: int, shade: int, form: str, spoken: bool = False) -> bytes:
    """A small picture; one that is `spoken` of bears what should not be published."""
    return _picture(width, shade, form, spoken)


@cache
def _picture(width: int, shade: int, form: str, spoken: bool) -> bytes:
    kept, image = io.BytesIO(), Image.new("RGB", (width, width // 2), (shade, 90, 120))
    said = Image.Exif()
    said[0x010F] = "A camera"
    image.save(kept, form, **({"exif": said} if spoken else {}))
    return kept.getvalue()


SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="{0}" height="20"><rect width="{0}" height="20"/></svg>'
PICTURES: dict[str, tuple[bytes, ...]] = {
    "png": (picture(210, 1, "PNG"), picture(260, 1, "PNG"), picture(210, 200, "PNG"), b"no picture"),
    "jpg": (picture(220, 5, "JPEG"), picture(230, 9, "JPEG"), picture(220, 5, "JPEG", spoken=True), b"\xff\xd8cut"),
    "svg": (SVG.format(40).encode(), SVG.format(50).encode()),
    "txt": (b"one", b"two"),
}
WORDS = "clusters capacity planning harbour lantern garden bicycle thunder whisper meadow candle orchard".split()
TALKING = ("", "de", "fr", "en")
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


def dressed(settings: dict[str, str]) -> str:
    """The text of site.yaml."""
    return "".join(f"{key}: {value}\n" for key, value in settings.items())


def document(lines: Iterable[str], parts: Iterable[str]) -> str:
    """A source of front matter and parts of a text."""
    return "\n".join(["---", *lines, "---", "\n\n".join(parts), ""])


def begin(project: Project, rich: bool = False) -> None:
    """A project with a few texts; a rich one has everything that an edit can take away or change."""
    project.settings.update(FIRST)
    project.write("site.yaml", dressed(project.settings))
    for n, place in enumerate(PLACES[:3]):
        lines = (f"title: {TITLES[n]}", f"date: {DAYS[n]}", f"tags: {LINES['tags'][n]}")
        project.write(place, document(lines, PARTS[n * 2 : n * 2 + 3]))
    project.write("content/pages/about.md", document(["title: About"], ["## Here"]))
    project.write("content/static/pic.png", PICTURES["png"][0])
    project.write("themes/mine/theme.yaml", "name: Mine\nextends: default\n")
    project.write("themes/mine/templates/base.html", THEMED["base.html"][0])
    if rich:
        _enrich(project)


def _enrich(project: Project) -> None:
    project.settings.update(RICH)
    project.write("site.yaml", dressed(project.settings))
    for n, place in enumerate(sorted({*PLACES})):
        keys = ("date", "tags", "series", "image", "authors", "description")
        lines = [f"title: {TITLES[n % 4]} {n}"]
        lines += [f"{key}: {LINES[key][(n + at) % len(LINES[key])]}" for at, key in enumerate(keys) if (n + at) % 3]
        needed = [
            line for line in NEEDED.get(place.split("/")[1], ()) if line.partition(":")[0] + ":" not in str(lines)
        ]
        parts = [PARTS[(n * 5 + at) % len(PARTS)] for at in range(4)]
        project.write(place, document([*lines, *needed], parts))
    for place in ("static/pic.png", "static/draw.svg", "static/me.png", "static/a.txt", "posts/bundle/photo.jpg"):
        project.write(f"content/{place}", PICTURES[place.rpartition(".")[2]][0])
    for place, contents in DATA.items():
        project.write(place, contents[-1])
    for name, texts in THEMED.items():
        if name != "list.html":
            project.write(f"themes/mine/templates/{name}", texts[0])
    project.write("themes/mine/words/de.yaml", WORDED[0])


def _document(place: str, lines: list[tuple[str, str]], parts: list[str]) -> Edit:
    section = place.split("/")[1]
    named = {key: f"{key}: {value}" for key, value in lines}
    needed = {line.partition(":")[0]: line for line in NEEDED.get(section, ())}
    text = document({**needed, **named}.values(), parts)
    return Edit(f"write {place} {text!r}", lambda p: p.write(place, text))


def _line(which: int, key: str, value: str | None) -> Edit:
    """One line of front matter of a text that is there: another value, or gone."""

    def run(project: Project) -> None:
        if place := _some(project, which):
            head, mark, body = (project.read(place) or "").partition("\n---\n")
            lines = [line for line in head.split("\n") if not line.startswith(f"{key}:")]
            more = [] if value is None else [f"{key}: {value}"]
            project.write(place, "\n".join([*lines, *more]) + mark + body)

    return Edit(f"line {which} {key}: {value}", run)


def _part(which: int, part: str, how: int) -> Edit:
    """A part of a text that is there: put behind it, before it, or taken from it; a picture made a link."""

    def run(project: Project) -> None:
        if place := _some(project, which):
            head, mark, body = (project.read(place) or "").partition("\n---\n")
            changed = (f"{body}\n{part}\n", f"{part}\n\n{body}", body.replace(part, ""), body.replace("![", "["))
            project.write(place, head + mark + changed[how])

    return Edit(f"part {which}:{how} {part!r}", run)


def _exchange(which: int, other: int, key: str) -> Edit:
    """Two texts exchange a line."""

    def run(project: Project) -> None:
        one, two = _some(project, which), _some(project, other)
        if not one or not two or one == two:
            return
        texts = {place: (project.read(place) or "").split("\n") for place in (one, two)}
        theirs = {p: next((n for n, line in enumerate(t) if line.startswith(f"{key}:")), 0) for p, t in texts.items()}
        if all(theirs.values()):
            a, b = texts[one][theirs[one]], texts[two][theirs[two]]
            texts[one][theirs[one]], texts[two][theirs[two]] = b, a
            for place, lines in texts.items():
                project.write(place, "\n".join(lines))

    return Edit(f"exchange {key} {which} {other}", run)


def _some(project: Project, which: int) -> str | None:
    texts = [path for path in project.sources() if path.endswith(".md")]
    return texts[which % len(texts)] if texts else None


def _move(which: int, place: str) -> Edit:
    def run(project: Project) -> None:
        if (old := _some(project, which)) and old != place:
            text = project.read(old) or ""
            project.remove(old)
            project.write(place, text)

    return Edit(f"move {which} to {place}", run)


def _remove(which: int) -> Edit:
    def run(project: Project) -> None:
        if files := [path for path in project.sources() if path != "site.yaml"]:
            project.remove(files[which % len(files)])

    return Edit(f"remove {which}", run)


def _setting(key: str, value: str | None) -> Edit:
    def run(project: Project) -> None:
        project.settings.pop(key, None)
        if value is not None:
            project.settings[key] = value
        project.write("site.yaml", dressed({**FIRST, **project.settings}))

    return Edit(f"set {key}: {value}", run)


def _later(hours: int) -> Edit:
    def run(project: Project) -> None:
        project.now += timedelta(hours=hours)

    return Edit(f"{hours} hours pass", run)


def _flag(name: str, value: bool) -> Edit:
    def run(project: Project) -> None:
        project.flags[name] = value

    return Edit(f"flag {name} {value}", run)


def _write(place: str, content: str | bytes) -> Edit:
    return Edit(f"write {place} {content[:60]!r}", lambda project: project.write(place, content))


def _of(table: dict[str, tuple[str, ...]]) -> list[tuple[str, str]]:
    return [(key, value) for key, values in table.items() for value in values]


def _file(place: str, which: int) -> Edit:
    contents = PICTURES.get(place.rpartition(".")[2], PICTURES["txt"])
    return _write(place, contents[which % len(contents)])


WHICH = st.integers(0, 40)
LINE = st.sampled_from(_of(LINES))
_DOCUMENT = st.builds(
    _document,
    st.sampled_from(PLACES),
    st.lists(LINE, max_size=6),
    st.lists(st.sampled_from(PARTS), max_size=5),
)
_LINE = st.one_of(
    st.tuples(WHICH, LINE).map(lambda drawn: _line(drawn[0], *drawn[1])),
    st.builds(_line, WHICH, st.sampled_from(sorted(LINES)), st.none()),
)
_PART = st.builds(_part, WHICH, st.sampled_from(PARTS), st.integers(0, 3))
_BESIDE = st.one_of(
    st.builds(_file, st.sampled_from(FILES), st.integers(0, 3)),
    st.sampled_from([_write(f"themes/mine/templates/{name}", text) for name, text in _of(THEMED)]),
    st.sampled_from([_write(place, text) for place, text in _of(DATA)]),
    st.builds(
        _write, st.sampled_from(["themes/mine/words/de.yaml", "themes/mine/words/en.yaml"]), st.sampled_from(WORDED)
    ),
    st.builds(_write, st.just("themes/mine/static/logo.txt"), st.sampled_from(["a", "b"])),
)
_AROUND = st.one_of(
    st.sampled_from(_of(SETTINGS)).map(lambda pair: _setting(*pair)),
    st.sampled_from(_of(SETTINGS)).map(lambda pair: _setting(*pair)),
    st.builds(_setting, st.sampled_from(sorted(SETTINGS)), st.none()),
    st.builds(_later, st.sampled_from([1, 12, 24, 48, -12, -24, -72])),
    st.builds(_flag, st.sampled_from(["drafts", "future", "expired"]), st.booleans()),
)
_PLACED = st.one_of(
    st.builds(_remove, WHICH),
    st.builds(_move, WHICH, st.sampled_from(PLACES)),
    st.builds(
        _exchange, WHICH, WHICH, st.sampled_from(["title", "date", "lang", "translation", "series", "tags", "slug"])
    ),
)
EDITS: st.SearchStrategy[Edit] = st.one_of(_DOCUMENT, _DOCUMENT, _LINE, _LINE, _PART, _BESIDE, _AROUND, _PLACED)
