"""What is too much, too deep, or no file at all ends in a finding: in bounded time and memory, through the command."""

from __future__ import annotations

import os
import socket
import struct
import zlib
from collections.abc import Callable, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not hasattr(os, "wait4") or not hasattr(os, "mkfifo"), reason="needs a Unix"),
]
MEGABYTES = 500
HEAD = "---\ntitle: T\ndate: 2026-01-01\n---\n"
SITE = "title: T\nurl: https://x.example/\ncards: false\n"
OWN = {"site.yaml": f"{SITE}theme: {{name: own}}\n", "themes/own/theme.yaml": "name: own\nextends: default\n"}
PAGE = "themes/own/templates/post.html"


def _aliases() -> str:
    """A thousand million strings in ten lines."""
    names = "abcdefghij"
    rows = (f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]\n" for before, name in pairwise(names))
    return "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(rows)


def _sparse(size: int) -> Callable[[Path], object]:
    def write(path: Path) -> None:
        with path.open("wb") as file:
            file.truncate(size)

    return write


def _socket(path: Path) -> None:
    here = Path.cwd()
    os.chdir(path.parent)  # the whole path may be too long for a socket
    try:
        with socket.socket(socket.AF_UNIX) as made:
            made.bind(path.name)
    finally:
        os.chdir(here)


def _to(target: str) -> Callable[[Path], object]:
    return lambda path: path.symlink_to(target)


def _png(width: int, height: int) -> bytes:
    """A picture that says it is this large."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")
    )


Case = tuple[Mapping[str, Any], str, str]
TOO_MUCH: dict[str, Case] = {
    "aliases in front matter": ({"content/posts/x.md": f"---\n{_aliases()}---\n"}, "content/posts/x.md", "BK101"),
    "aliases in site.yaml": ({"site.yaml": SITE + _aliases()}, "site.yaml", "BK101"),
    "aliases in data": ({"content/data/x.yaml": _aliases()}, "content/data/x.yaml", "BK101"),
    "aliases in a theme": ({**OWN, "themes/own/theme.yaml": _aliases()}, "themes/own/theme.yaml", "BK101"),
    "deep front matter": ({"content/posts/x.md": f"---\na: {'[' * 100_000}\n---\n"}, "content/posts/x.md", "BK101"),
    "deep site.yaml": ({"site.yaml": "title: " + "{a: " * 50_000}, "site.yaml", "BK101"),
    "deep TOML": ({"content/posts/x.md": f"+++\na = {'[' * 100_000}\n+++\n"}, "content/posts/x.md", "BK101"),
    "deep TOML keys": (
        {"content/posts/x.md": f"+++\n{'.'.join('a' * 5000)} = 1\n+++\n"},
        "content/posts/x.md",
        "BK140",
    ),
    "a huge number": ({"content/posts/x.md": f"+++\nn = {'9' * 5000}\n+++\n"}, "content/posts/x.md", "BK101"),
    "deep JSON": ({"content/data/x.json": "[" * 100_000}, "content/data/x.json", "BK101"),
    "a giant post": ({"content/posts/x.md": _sparse(1 << 30)}, "content/posts/x.md", "BK123"),
    "a giant site.yaml": ({"site.yaml": _sparse(1 << 30)}, "site.yaml", "BK123"),
    "giant data": ({"content/data/x.json": _sparse(1 << 30)}, "content/data/x.json", "BK123"),
    "a giant template": ({**OWN, PAGE: _sparse(1 << 30)}, PAGE, "BK123"),
    "giant words": ({**OWN, "themes/own/words/en.yaml": _sparse(1 << 30)}, "themes/own/words/en.yaml", "BK123"),
    "a giant list": ({"content/published-urls.txt": _sparse(1 << 30)}, "content/published-urls.txt", "BK123"),
    "a giant picture": ({"content/posts/x.png": _sparse(1 << 30)}, "content/posts/x.png", "BK123"),
    "a pipe as a post": ({"content/posts/x.md": os.mkfifo}, "content/posts/x.md", "BK124"),
    "a pipe as a static file": ({"content/static/x": os.mkfifo}, "content/static/x", "BK124"),
    "a pipe as data": ({"content/data/x.yaml": os.mkfifo}, "content/data/x.yaml", "BK124"),
    "a pipe as the list": ({"content/published-urls.txt": os.mkfifo}, "content/published-urls.txt", "BK124"),
    "a pipe in a theme": ({**OWN, PAGE: os.mkfifo}, PAGE, "BK124"),
    "a socket": ({"content/posts/x.md": _socket}, "content/posts/x.md", "BK124"),
    "a link to a device": ({"content/posts/x.md": _to("/dev/zero")}, "content/posts/x.md", "BK120"),
    "a link to the system": ({"content/static/x": _to("/etc")}, "content/static/x", "BK120"),
    "a link round": ({"content/posts/x": _to(".")}, "content/posts/x", "BK120"),
    "a link to itself": ({"content/posts/x.md": _to("x.md")}, "content/posts/x.md", "BK120"),
    "a loop within loops": (
        {**OWN, PAGE: "".join(f"{{% for {n} in 'x' * 1000 %}}" for n in "abcd") + "{{ a }}" + "{% endfor %}" * 4},
        PAGE,
        "BK110",
    ),
    "a long range": ({**OWN, PAGE: "{% for i in range(10**12) %}{{ i }}{% endfor %}"}, PAGE, "BK110"),
    "much of one letter": ({**OWN, PAGE: "{{ 'x' * 10**11 }}"}, PAGE, "BK110"),
    "a huge power": ({**OWN, PAGE: "{{ 9**9**9 }}"}, PAGE, "BK110"),
    "a template within itself": ({**OWN, PAGE: "{% include 'post.html' %}"}, PAGE, "BK110"),
    "a macro without end": ({**OWN, PAGE: "{% macro a() %}{{ a() }}{% endmacro %}{{ a() }}"}, PAGE, "BK110"),
    "a deep template": ({**OWN, PAGE: "{% if 1 %}" * 5000 + "{% endif %}" * 5000}, PAGE, "BK110"),
    "deep brackets": ({**OWN, PAGE: "{{ " + "(" * 5000 + "1" + ")" * 5000 + " }}"}, PAGE, "BK110"),
    "many loops": ({**OWN, PAGE: "{% for a in 'x' %}" * 30 + "{% endfor %}" * 30}, PAGE, "BK110"),
}


@pytest.mark.parametrize("name", TOO_MUCH)
def test_what_is_too_much_is_a_finding_at_its_place(name: str, project: Any, bounded: Any) -> None:
    files, file, code = TOO_MUCH[name]
    ran = bounded(project(files), "build", "--public-only")
    assert ran.code == 1
    assert (file, code) in {(where, what) for where, what, _ in ran.found}, ran.found
    assert ran.megabytes < MEGABYTES


def test_a_large_file_that_is_only_copied_is_copied_without_being_held(project: Any, bounded: Any) -> None:
    folder = project({"content/static/film.mp4": _sparse(300 << 20)})
    ran = bounded(folder, "build", "--public-only")
    assert (ran.code, ran.found) == (0, ())
    assert (folder / "public/film.mp4").stat().st_size == 300 << 20
    assert ran.megabytes < MEGABYTES


def test_pictures_that_would_unpack_to_gigabytes_are_not_unpacked(project: Any, bounded: Any) -> None:
    folder = project({"content/posts/x.png": _png(50_000, 50_000), "content/posts/x.md": f"{HEAD}![a](x.png)\n"})
    ran = bounded(folder, "build", "--public-only")
    assert ran.code in (0, 1)
    assert ran.megabytes < MEGABYTES


def test_entities_of_a_drawing_are_not_expanded(project: Any, bounded: Any) -> None:
    """A drawing of one's own is published as it is, and nothing is read for it or made of it."""
    names = "abcdefghij"
    rows = (f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in pairwise(names))
    entities = f'<!ENTITY a "aaaaaaaaaa">{"".join(rows)}<!ENTITY file SYSTEM "file:///etc/passwd">'
    drawing = '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"><text>&j;&file;</text></svg>'
    svg = f"<!DOCTYPE svg [{entities}]>{drawing}"
    folder = project({"content/posts/x.svg": svg, "content/posts/x.md": f"{HEAD}![a](x.svg)\n"})
    ran = bounded(folder, "build", "--public-only")
    assert ran.megabytes < MEGABYTES
    made = [path.read_text(encoding="utf-8") for path in (folder / "public").rglob("*.svg")]
    assert all(text == svg for text in made)
    assert "<svg" not in (folder / "public/posts/x/index.html").read_text(encoding="utf-8")


SHAPES = (
    *(">", "> ", "[", "![", "[a](", "*a ", "**a _b ", "_", "~~a ", "`a", "<", "<a ", "<!--", "<![CDATA[", "<?", "x://"),
    *(
        "http://",
        "a@",
        "* ",
        "- ",
        "1. ",
        "[a]: ",
        "[a]\n",
        "|a|\n|-|\n|b|\n",
        "[^a]",
        "^[",
        "$a",
        "$$\n",
        "{a",
        "![a](b){",
    ),
    *(
        "[[",
        "[[a|",
        "{{<",
        "{{< a ",
        "{{< highlight a >}}",
        "&",
        "&#",
        "\\",
        "a\n: b\n",
        "> [!NOTE]\n",
        "# a\n",
        "a\n=\n",
    ),
    *(
        "```\n",
        "~~~a ",
        "\t",
        "\n",
        "a\n",
        "a",
        "<a@b",
        "---\n",
        "> - ",
        "<!-- more -->",
        "<b>",
        "<script>",
        "<div>\n\n",
    ),
    *("http://(", 'http://a?"', "a\n: b\n*\n"),
    *("- [ ] a\n", '[a](b "', "\u0301", "\u202e", "|a"),
)
REPEATED = 10_000 if os.environ.get("BRANDKIT_PROOF") == "full" else 4_000
GROWING = {
    "ticks": "".join("`" * n + "a" for n in range(250)),
    "lists": "".join(" " * n + "- a\n" for n in range(250)),
    "references": "".join(f"[a{n}]: /b\n" for n in range(3000)) + "".join(f"[a{n}] " for n in range(3000)),
    "notes": "".join(f"[^{n}]: a\n" for n in range(2000)) + "".join(f"[^{n}]" for n in range(2000)),
    "brackets": "[" * 20_000 + "]" * 20_000,
    "stars": "*" * 20_000 + "a" + "*" * 20_000,
    "a wide table": "|".join("a" * 1000) + "\n" + "|".join("-" * 1000) + "\n" + "a\n" * 1000,
    "code": "```python\n" + '("' * 20_000 + "\n```\n",
    "a formula": "$" + "{" * 20_000 + "$",
}


def test_no_shape_of_markdown_hangs(project: Any, bounded: Any) -> None:
    texts = {
        **{f"s{n}": shape * REPEATED for n, shape in enumerate(SHAPES)},
        **{f"g{n}": t for n, t in enumerate(GROWING.values())},
    }
    math = {"site.yaml": f"{SITE}markdown: {{math: true, raw_html: false}}\nsearch: false\n"}
    folder = project({**math, **{f"content/posts/{name}.md": HEAD + text + "\n" for name, text in texts.items()}})
    ran = bounded(folder, "check")
    assert ran.code in (0, 1)
    assert {code for _, code, _ in ran.found} <= {"BK146", *(f"BK{number}" for number in range(170, 180))}


TWINS = {
    "content/posts/Post.md": HEAD,
    "content/posts/post.md": HEAD,
    "content/posts/caf\u00e9.md": HEAD,
    "content/posts/cafe\u0301.md": HEAD,
}


def test_names_that_some_disks_cannot_tell_apart_do_not_overwrite_each_other(project: Any, bounded: Any) -> None:
    folder = project(TWINS)
    ran = bounded(folder, "build", "--public-only")
    assert {(file, code) for file, code, _ in ran.found} >= {
        ("content/posts/post.md", "BK150"),
        ("content/posts/caf\u00e9.md", "BK150"),
    }
    made = [path.relative_to(folder / "public").as_posix() for path in (folder / "public").rglob("*")]
    assert len({path.casefold() for path in made}) == len(made)


def test_a_name_that_some_system_cannot_hold_is_said(project: Any, bounded: Any) -> None:
    names = ("CON", "nul", "aux.x", "COM1", " ", "..", "a ", "x. ", "-", "\u202ea", "a\x01b", "a\nb", "a" * 250)
    tags = '["Python", "python", "CON", "..", ".", "a/b", "a ", "a.", "\\u202Ea", "\\x01", "' + "b" * 5000 + '"]'
    addresses = '["../../y", "/a/../../../z", "//evil.example/x", "C:\\\\x", "/CON/", "/nul.html", "/a:b/", "/end./"]'
    posts = {f"content/posts/{name}.md": HEAD for name in names}
    own = f"---\ntitle: A\ndate: 2026-01-01\nslug: {'c' * 5000}\ntags: {tags}\naliases: {addresses}\n---\n"
    folder = project({**posts, "content/posts/own.md": own})
    ran = bounded(folder, "build", "--public-only")
    said = {line.split("'")[1] for line in ran.said.split("\n") if "cannot stand on every system" in line}
    reserved = {"con", "nul", "aux", "prn", "com1"}
    for path in (folder / "public").rglob("*"):
        name = path.relative_to(folder / "public").as_posix()
        assert path.resolve().is_relative_to((folder / "public").resolve())
        assert len(path.name.encode()) <= 255
        assert path.name.isprintable()
        kept = path.name.partition(".")[0].casefold() in reserved or path.name != path.name.strip(" .")
        if path.is_dir() and (kept or set(path.name) & set('<>:"\\|?*')):
            assert any(one.startswith(f"{name}/") or f"/{name}/" in one for one in said), name


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root reads everything")
def test_a_file_that_may_not_be_read_is_named(project: Any, bounded: Any) -> None:
    folder = project({"content/posts/x.md": HEAD})
    (folder / "content/posts/x.md").chmod(0)
    ran = bounded(folder, "build", "--public-only")
    assert ran.code == 4
    assert "content/posts/x.md (permission was denied)" in ran.said


@pytest.mark.parametrize("kind", ["vcard", "linkedin", "google", "outlook", "rsvp", "opml"])
def test_an_import_reads_no_more_than_can_be_meant(kind: str, project: Any, bounded: Any) -> None:
    ran = bounded(project({"content/vault/me.yaml": "name: Alex Example\n"}), "import", kind, "/dev/zero")
    assert ran.code == 2
    assert "larger than 50 MB" in ran.said
    assert ran.megabytes < MEGABYTES
