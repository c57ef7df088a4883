"""Edits of a project, drawn at random: all that a page can be made of.

An edit takes anything with the files of a project (`Project`), on disk or in memory.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any, NamedTuple, Protocol

from hypothesis import strategies as st

from tests.properties.vocabulary import (
    DATA,
    DAYS,
    FILES,
    FIRST,
    LINES,
    NEEDED,
    PARTS,
    PICTURES,
    PLACES,
    RICH,
    SETTINGS,
    THEMED,
    TITLES,
    WORDED,
)


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
