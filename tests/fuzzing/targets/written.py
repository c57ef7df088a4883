"""Texts that become pages: front matter with a body, Markdown alone, site.yaml, themes, data files."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import Any

from oracles import inactive, placed
from target import Target, files, texts, together

from brandkit.base.diagnostics import Diagnostic, Place
from brandkit.base.digest import digest_bytes
from brandkit.base.walls import PublicRoot, Source
from brandkit.site.config import decode_config
from brandkit.site.data import SHAPES, load_data
from brandkit.site.parse import Choice, parse_source
from brandkit.site.theme import load_theme

_SECTIONS = ("posts", "pages", "notes", "talks", "events", "projects", "testimonials")
_SITE = "title: T\nurl: https://x.example/\n"
_ROOT = PublicRoot(Path("/nowhere"))
_REPOSITORY = Path(__file__).resolve().parents[3]


def _findings(row: str) -> list[Diagnostic]:
    stored = json.loads(row).get("diagnostics", ())
    return [Diagnostic(**{**each, "place": Place(**each["place"])}) for each in stored]


def _post(data: bytes) -> None:
    sum_ = zlib.crc32(data)
    choice = Choice("Europe/Berlin", bool(sum_ & 1), bool(sum_ & 2), ("tags", "topics"))
    job = (f"content/{_SECTIONS[sum_ % len(_SECTIONS)]}/2026-01-02-x.md", data)
    parsed = parse_source(choice, job)
    placed(_findings(parsed.row), data.decode("utf-8", "replace"))
    if not choice.raw_html:
        inactive(parsed.html)
    if sum_ % 8 == 0:
        assert parse_source(choice, job) == parsed, "parsed twice, and not the same"


def _markdown(data: bytes) -> None:
    text = "---\ntitle: T\n---\n" + data.decode("utf-8", "replace")
    parsed = parse_source(Choice("UTC", False, True, ()), ("content/pages/x.md", text.encode()))
    found = _findings(parsed.row)
    placed(found, text)
    inactive(parsed.html)


def _settings(data: bytes) -> None:
    text = data.decode("utf-8", "replace")
    read = decode_config(text, _ROOT)
    placed(read.diagnostics, text)
    assert read.value.usable or read.diagnostics, "not usable, and nobody says why"
    if zlib.crc32(data) % 8 == 0:
        assert decode_config(text, _ROOT).value.config == read.value.config


class _Memory:
    """Sources in a mapping, and a memo that forgets."""

    templates = None

    def __init__(self, held: Mapping[str, bytes]) -> None:
        self.held = dict(sorted(held.items()))

    def all(self) -> Sequence[Source]:
        return [Source(path, digest_bytes(data)) for path, data in self.held.items()]

    def below(self, folder: str) -> Sequence[Source]:
        return [source for source in self.all() if source.path.startswith(folder + "/")]

    def get(self, path: str) -> Source | None:
        return next((source for source in self.all() if source.path == path), None)

    def read(self, path: str) -> bytes:
        return self.held[path]

    def locate(self, path: str) -> Path:
        return Path(PurePosixPath("/nowhere") / path)

    def get_many(self, _table: str, _keys: Any) -> Mapping[str, str]:
        return {}

    def put_many(self, _table: str, _rows: Any) -> None: ...


_OWN = decode_config(_SITE + "theme: {name: own}\n", _ROOT).value
_ENGLISH = (_REPOSITORY / "themes/default/words/en.yaml").read_bytes()


def _theme(data: bytes) -> None:
    """The same bytes as theme.yaml, as words, and as a template."""
    whole = {"themes/default/words/en.yaml": _ENGLISH, "themes/own/theme.yaml": b"name: own\n"}
    for path in ("theme.yaml", "words/de.yaml", "words/en.yaml", "templates/base.html"):
        memory: Any = _Memory({**whole, f"themes/own/{path}": data})
        read = load_theme(_OWN, memory, memory)
        ours = [d for d in read.diagnostics if d.place.file == f"themes/own/{path}"]
        placed(ours, data.decode("utf-8", "replace"))


def _data(data: bytes) -> None:
    for name in (*SHAPES, "own"):
        for ending in ("yaml", "json", "toml"):
            memory: Any = _Memory({f"content/data/{name}.{ending}": data})
            placed(load_data(memory).diagnostics, data.decode("utf-8", "replace"))


def _examples(corpora: Path) -> Iterator[bytes]:
    for case in json.loads((corpora / "commonmark-spec/commonmark.json").read_text(encoding="utf-8")):
        yield case["markdown"].encode()
    for case in json.loads((corpora / "dompurify-xss/expect.json").read_text(encoding="utf-8")):
        yield case["payload"].encode()
    for path in (corpora / "markdown-it-fixtures").glob("*.md"):
        parts = path.read_text(encoding="utf-8").split("\n.\n")
        yield from (part.encode() for part in parts)


def _own(*patterns: str) -> Any:
    return lambda _: (path.read_bytes() for pattern in patterns for path in sorted(_REPOSITORY.glob(pattern)))


def _in_front(corpora: Path) -> Iterator[bytes]:
    yield from (b"---\n" + text + b"---\nBody\n" for text in files("yaml-test-suite", ".yaml")(corpora))


_KEYS = (
    *("title", "date", "lastmod", "publishDate", "expiryDate", "draft", "slug", "url", "aliases", "tags", "series"),
    *("categories", "description", "image", "authors", "lang", "canonical", "weight", "template", "params", "start"),
    *("end", "venue", "quote", "consent", "repeats", "FREQ=MONTHLY;BYDAY=1TU"),
)
_YAML = ("---\n", "+++\n", ": ", "- ", "&a ", "*a", "<<: *a", "!!int ", "|\n", ">\n", "{", "}", "[", "]", "? ", '"""')
_MARKS = (
    *("```", "~~~", "[", "](", "![", "[^1]", "[^1]: ", "[[", "]]", "**", "__", "~~", "> ", "- [ ] ", "| a |", "|---|"),
    *("$$", "$", "{#a .b}", "{{< figure src=a >}}", "{{% ref a %}}", "<a>", "<!--", "&amp;", "https://", "<https://"),
    *("x://", "a@b.example", "\\", ": ", "    ", "\t", "# ", "===", "---", "> [!NOTE]", "1. ", "&#x0;", "[a]: /b"),
)
_JINJA = ("{% ", " %}", "{{ ", " }}", "{# ", " #}", "{% block a %}", "{% endblock %}", "{% include 'base.html' %}")

TARGETS = (
    Target(
        "posts",
        _post,
        together(_own("content/*/*.md"), files("blog-18f", ".md"), _in_front, texts("+++\ntitle = 'T'\n+++\nx\n")),
        (*_KEYS, *_YAML, *_MARKS),
    ),
    Target("markdown", _markdown, _examples, _MARKS),
    Target("site", _settings, together(_own("site.yaml"), texts(_SITE), files("yaml-test-suite", ".yaml")), _YAML),
    Target(
        "theme",
        _theme,
        together(
            _own("themes/*/theme.yaml", "themes/*/words/*.yaml", "themes/default/templates/*.html"),
            texts("extends: default\n"),
        ),
        (*_YAML, *_JINJA),
    ),
    Target("data", _data, together(_own("content/data/*"), files("yaml-test-suite", ".yaml")), _YAML),
)
