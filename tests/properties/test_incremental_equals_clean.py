"""Any sequence of edits, built incrementally, equals a clean build byte for byte."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from brandkit.app.publish import Published, publish
from brandkit.app.unchanged import look_at_public
from brandkit.base.walls import OutputDir, PublicRoot
from brandkit.io import clock, disk
from brandkit.io.commit import MARKER
from brandkit.io.memo import DiskMemo
from brandkit.io.renderer import renderer_version
from brandkit.io.scan import Scan

FULL = os.environ.get("BRANDKIT_PROOF") == "full"
START = datetime(2026, 3, 1, 12, tzinfo=UTC)


def one_by_one(work: Callable[..., object], items: list[object], worth: int = 0) -> list[object]:
    return [work(item) for item in items]


def tree(folder: Path) -> dict[str, bytes]:
    """Every file by path with its bytes; there are no links."""
    paths = sorted(folder.rglob("*"))
    assert not [path for path in paths if path.is_symlink()]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths if path.is_file()}


def empty_folders(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_dir() and not any(path.iterdir())]


CONFIGS = (
    "title: Walk\nurl: https://walk.example/\nmenu: [posts, about]\nlists: {size: 2}",
    "title: Walk\nurl: https://walk.example/blog/\nlists: {size: 3}\ntaxonomies: [tags, topics]",
    "title: Other\nurl: https://walk.example/\ntheme: {name: mine}\nfeeds: {limit: 2}",
    'title: Other\nurl: https://walk.example/\ntheme: {name: mine, accent: "#aa2200"}\nfeeds: {limit: 0}',
    'title: Walk\nurl: https://walk.example/\npermalinks: {posts: "/:year/:slug/"}\nmarkdown: {raw_html: false}',
    "title: Walk\nurl: https://walk.example/\ntimezone: Asia/Tokyo\nmenu: [nowhere]",
)
TEMPLATES = (
    '{% extends "default/base.html" %}{% block footer %}<footer>one {{ site.title }}</footer>{% endblock %}',
    '{% extends "default/base.html" %}{% block footer %}<footer>two</footer>{% endblock %}',
    '{% extends "default/base.html" %}{% block header %}{% include "_mine.html" %}{% endblock %}',
)
TAGS = ("", "tags: [Python]", "tags: [python, Web]", "tags: [Web]\ntopics: [Craft]")
BODIES = (
    "Short.",
    "See [two](post-2.md) and [about](../pages/about.md#here).\n\n## Here\n\nText.",
    "```python\nprint(1)\n```\n\n![picture](/images/a.txt) <b>raw</b>",
)
DATES = ("2026-02-10", "2026-02-20T23:30:00", "2026-03-02", "2026-03-04")


@dataclass
class Walk:
    """A project under edit, the clock, and the steps taken (for a failure to tell)."""

    folder: Path
    now: datetime = START
    age: int = 0
    builds: int = 0
    steps: list[str] = field(default_factory=list)

    @property
    def out(self) -> OutputDir:
        return OutputDir(self.folder / "public", self.folder / ".brandkit" / "cache")

    def write(self, path: str, text: str, aged: bool = True) -> None:
        """Write a source; an aged one has a stamp that the next scan may trust."""
        file = self.folder / path
        with suppress(OSError):
            if file.is_dir():
                shutil.rmtree(file)
            for parent in file.parents:
                if parent.is_file():
                    parent.unlink()
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        if aged:
            self.age += 1
            stamp = file.stat().st_mtime - 10_000 + self.age
            os.utime(file, (stamp, stamp))

    def build(self) -> Published | None:
        """As the command line does it: look first, publish if something could be different."""
        self.builds += 1
        seen, same = look_at_public(PublicRoot(self.folder), self.out)
        return self.publish(self.out, seen) if same is None else None

    def publish(self, out: OutputDir, seen: Scan | None = None) -> Published:
        memo, root = DiskMemo(out.cache / "memo.db", renderer_version()), PublicRoot(self.folder)
        try:
            return publish(root, seen or disk.look(root, Scan()), out, self.now, memo, one_by_one)
        finally:
            memo.close()


class Edit(NamedTuple):
    """A step of a walk, by name."""

    name: str
    run: Callable[[Walk], object]

    def __repr__(self) -> str:
        return self.name


def _post(slug: int, title: int, tags: int, body: int, date: int, extra: int, aged: bool) -> Edit:
    more = ("", "draft: true", "expires: 2026-03-03", f"aliases: [/old-{slug}/]", "layout: wide", "slug: same")[extra]
    head = "\n".join(x for x in (f"title: Title {title}", f"date: {DATES[date]}", TAGS[tags], more) if x)
    text = f"---\n{head}\n---\n{BODIES[body]}\n"
    return Edit(
        f"write post-{slug} {head!r} body {body}", lambda w: w.write(f"content/posts/post-{slug}.md", text, aged)
    )


def _remove_post(slug: int) -> Edit:
    return Edit(f"remove post-{slug}", lambda w: (w.folder / f"content/posts/post-{slug}.md").unlink(missing_ok=True))


def _rename_post(slug: int, to: int) -> Edit:
    def run(w: Walk) -> None:
        with suppress(FileNotFoundError):
            os.replace(w.folder / f"content/posts/post-{slug}.md", w.folder / f"content/posts/post-{to}.md")

    return Edit(f"rename post-{slug} to post-{to}", run)


def _damage(which: int, how: int) -> Edit:
    """Change the output by hand; `which` picks among the files that stand there."""

    def run(w: Walk) -> None:
        files = sorted(p for p in w.out.path.rglob("*") if p.is_file() and p.name != MARKER)
        if not files:
            return
        file = files[which % len(files)]
        match how:
            case 0:
                file.write_bytes(b"damaged")
            case 1:
                file.unlink()
            case 2:
                shutil.rmtree(file.parent) if file.parent != w.out.path else file.unlink()
            case 3:
                (file.parent / "stray.txt").write_text("not ours")
            case 4:
                file.unlink()
                (file / "in" / "the" / "way").mkdir(parents=True)
            case 5:
                folder = w.out.path / "posts"
                if folder.is_dir():
                    shutil.rmtree(folder)
                    folder.write_text("a file where a folder must be")
            case 6:
                other = w.folder / "elsewhere"
                other.mkdir(exist_ok=True)
                if file.parent != w.out.path:
                    shutil.rmtree(file.parent)
                    file.parent.symlink_to(other)
            case _:
                shutil.rmtree(w.out.path)

    return Edit(f"damage {which}:{how}", run)


def _lose(name: str) -> Edit:
    def run(w: Walk) -> None:
        for path in w.out.cache.glob(name):
            path.unlink()

    return Edit(f"lose {name}", run)


def _later(days: int) -> Edit:
    def run(w: Walk) -> None:
        w.now += timedelta(days=days)

    return Edit(f"{days} days pass", run)


def _static(name: str, text: str) -> Edit:
    return Edit(f"static {name} {text!r}", lambda w: w.write(f"content/static/{name}", text))


def _remove_static(name: str) -> Edit:
    def run(w: Walk) -> None:
        with suppress(OSError):
            (w.folder / "content/static" / name).unlink()

    return Edit(f"remove static {name}", run)


def _write(path: str, text: str) -> Edit:
    return Edit(f"write {path}: {text[:60]!r}", lambda w: w.write(path, text))


def _build(_: None = None) -> Edit:
    return Edit("build", lambda w: w.build())


SMALL = st.integers(0, 3)
STATICS = st.sampled_from(
    ["images/a.txt", "swap", "swap/inner.txt", ".well-known/x", "posts", "about/index.html", "robots.txt"]
)
EDITS: st.SearchStrategy[Edit] = st.one_of(
    st.builds(_post, SMALL, SMALL, SMALL, st.integers(0, 2), SMALL, st.integers(0, 5), st.booleans()),
    st.builds(_post, SMALL, SMALL, SMALL, st.integers(0, 2), SMALL, st.integers(0, 5), st.booleans()),
    st.builds(_remove_post, SMALL),
    st.builds(_rename_post, SMALL, SMALL),
    st.builds(_damage, st.integers(0, 60), st.integers(0, 7)),
    st.builds(_damage, st.integers(0, 60), st.integers(0, 7)),
    st.builds(_lose, st.sampled_from(["memo.db*", "public-*[0-9a-f].json", "*.parts.json"])),
    st.builds(_later, st.sampled_from([1, 2, -1, -3])),
    st.builds(_static, STATICS, st.sampled_from(["one", "two", "three"])),
    st.builds(_remove_static, STATICS),
    st.builds(_write, st.just("site.yaml"), st.sampled_from(CONFIGS).map(lambda text: text + "\n")),
    st.builds(_write, st.just("themes/mine/templates/base.html"), st.sampled_from(TEMPLATES)),
    st.builds(_write, st.just("themes/mine/templates/_mine.html"), st.sampled_from(["<p>a</p>", "<p>b</p>"])),
    st.builds(_write, st.just("themes/mine/static/logo.txt"), st.sampled_from(["a", "b"])),
    st.builds(_write, st.just("content/pages/index.md"), st.sampled_from(["Hello.\n", "# Hi\n\n[a](/about/)\n"])),
    st.builds(_build, st.none()),
)


@pytest.fixture(scope="module")
def walks(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Walk]:
    """A new project for each walk."""
    base = tmp_path_factory.mktemp("walks")
    numbers = iter(range(1_000_000))

    def begin() -> Walk:
        walk = Walk(base / f"{next(numbers)}" / "project")
        walk.write("site.yaml", CONFIGS[0] + "\n")
        walk.write("content/pages/about.md", "---\ntitle: About\naliases: [/me/]\n---\n## Here\n")
        walk.write("themes/mine/theme.yaml", "name: Mine\nextends: default\n")
        walk.write("themes/mine/templates/base.html", TEMPLATES[0])
        walk.write("themes/mine/templates/_mine.html", "<p>mine</p>")
        for slug in range(3):
            _post(slug, slug, slug, slug, slug % 2, 0, True).run(walk)
        return walk

    return begin


@pytest.fixture
def hands(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Walk]]:
    """The clock of the walk under way stands in for the machine's."""
    walking: list[Walk] = []
    monkeypatch.setattr(clock, "now", lambda: walking[-1].now)
    yield walking


def _walk(walk: Walk, edits: list[Edit], walking: list[Walk]) -> None:
    walking.append(walk)
    walk.build()
    for edit in edits:
        walk.steps.append(edit.name)
        edit.run(walk)
    walk.build()
    again = walk.build()
    clean = OutputDir(walk.folder.parent / "clean" / "public", walk.folder.parent / "clean" / "cache")
    walk.publish(clean)
    assert tree(walk.out.path) == tree(clean.path), walk.steps
    if not any(step.endswith(":4") for step in walk.steps):  # which puts empty folders there by hand
        assert empty_folders(walk.out.path) == [], walk.steps
    assert again is None, f"a second look found something to do after {walk.steps}"
    settled = walk.publish(walk.out).committed
    assert (settled.written, settled.removed) == ((), ()), walk.steps
    shutil.rmtree(walk.folder.parent)


# a failing walk names its steps; making it shorter would take minutes
COMMON = {
    "deadline": None,
    "derandomize": True,
    "database": None,
    "report_multiple_bugs": False,
    "phases": (Phase.generate,),
    "suppress_health_check": list(HealthCheck),
}


@pytest.mark.slow
@settings(max_examples=6, **COMMON)
@given(edits=st.lists(EDITS, min_size=3, max_size=8))
def test_a_short_walk_of_edits_ends_where_a_clean_build_does(
    edits: list[Edit], walks: Callable[[], Walk], hands: list[Walk]
) -> None:
    _walk(walks(), edits, hands)


@pytest.mark.slow
@settings(max_examples=1500 if FULL else 50, **COMMON)
@given(edits=st.lists(EDITS, min_size=1, max_size=14))
def test_many_walks_of_edits_end_where_a_clean_build_does(
    edits: list[Edit], walks: Callable[[], Walk], hands: list[Walk]
) -> None:
    _walk(walks(), edits, hands)


def test_two_clean_builds_are_equal_bytes(walks: Callable[[], Walk], hands: list[Walk]) -> None:
    walk = walks()
    hands.append(walk)
    one, two = (OutputDir(walk.folder.parent / name / "public", walk.folder.parent / name) for name in ("one", "two"))
    walk.publish(one)
    walk.publish(two)
    assert tree(one.path) == tree(two.path)


def test_an_unchanged_build_writes_nothing_and_keeps_every_stamp(walks: Callable[[], Walk], hands: list[Walk]) -> None:
    walk = walks()
    hands.append(walk)
    walk.build()
    before = {path: path.stat().st_mtime_ns for path in walk.out.path.rglob("*")}
    committed = walk.publish(walk.out).committed
    assert committed.written == () and committed.removed == ()
    assert {path: path.stat().st_mtime_ns for path in walk.out.path.rglob("*")} == before


def test_one_edited_post_writes_only_what_shows_it(walks: Callable[[], Walk], hands: list[Walk]) -> None:
    walk = walks()
    hands.append(walk)
    walk.build()
    walk.write("content/posts/post-0.md", "---\ntitle: Title 0\ndate: 2026-02-10\n---\nAn edited body.\n")
    done = walk.build()
    assert done is not None
    assert set(done.committed.written) >= {"posts/post-0/index.html", "feed.xml"}
    assert not {"about/index.html", "robots.txt", "sitemap.xml"} & set(done.committed.written)
    assert "page.content changed" in done.why["posts/post-0/index.html"]
