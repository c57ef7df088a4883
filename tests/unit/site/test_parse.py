"""Sources to documents, remembered by their bytes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from brandkit.base.walls import Source
from brandkit.site.markdown import rendering
from brandkit.site.parse import Choice, parse_source, warm


def test_names_of_files_give_slugs_and_days(build: Callable[..., Any]) -> None:
    built = build(
        {
            "content/posts/2026-01-02-hello-there.md": "---\ntitle: A\n---\n",
            "content/posts/folder/index.md": "---\ntitle: B\ndate: 2026-01-01\n---\n",
            "content/posts/2026-02-30-no-day.md": "---\ntitle: C\ndate: 2026-01-01\n---\n",
            "content/pages/Über Uns.markdown": "# Heading\n",
            "content/pages/no-title.md": "Text.\n",
        }
    )
    slugs = {d.title: (d.slug, d.date and d.date.date().isoformat()) for d in built.documents}
    assert slugs["A"] == ("hello-there", "2026-01-02")
    assert slugs["B"] == ("folder", "2026-01-01")
    assert slugs["C"] == ("2026-02-30-no-day", "2026-01-01")
    assert slugs["Heading"] == ("uber-uns", None)
    assert slugs["No title"] == ("no-title", None)
    assert built.codes == ["BK143"]


def test_a_post_without_a_date_is_kept_and_reported(build: Callable[..., Any]) -> None:
    built = build({"content/posts/a.md": "---\ntitle: A\n---\n"})
    assert built.codes == ["BK144"] and "posts/a/index.html" in built.paths


def test_what_is_not_utf8_is_left_out_with_its_line(build: Callable[..., Any]) -> None:
    built = build({"content/posts/a.md": b"---\ntitle: A\n---\ncaf\xe9\n", "content/pages/b.md": "# B\n"})
    assert [str(d.place) for d in built.found("BK142")] == ["content/posts/a.md:4:1"]
    assert "b/index.html" in built.paths and "posts/a/index.html" not in built.paths


def test_params_may_hold_lists_and_mappings(build: Callable[..., Any], post: Callable[..., str]) -> None:
    template = "{{ page.params.links[1].url }} {{ page.params.links | length }}"
    built = build(
        {
            "content/posts/a.md": post("links: [{url: /x}, {url: /y}]", "deep: {a: {b: [1, [2]]}}"),
            "themes/default/templates/post.html": template,
        }
    )
    assert built.files["posts/a/index.html"] == "/y 2"


def test_a_source_that_was_parsed_is_not_read_again(
    build: Callable[..., Any], post: Callable[..., str], memo: Any
) -> None:
    files = {"content/posts/a.md": post(), "content/posts/b.md": post(title="B")}
    first = build(files, memo=memo)
    again = build({**files, "content/posts/b.md": post(title="C")}, memo=memo)
    assert "content/posts/a.md" in first.sources.reads
    assert "content/posts/a.md" not in again.sources.reads and "content/posts/b.md" in again.sources.reads


def test_settings_that_change_a_text_parse_it_again(
    build: Callable[..., Any], post: Callable[..., str], memo: Any
) -> None:
    files = {"content/posts/a.md": post(body="<b>x</b>")}
    build(files, memo=memo)
    assert "&lt;b&gt;" in build(files, "markdown: {raw_html: false}\n", memo=memo).files["posts/a/index.html"]
    later = build(files, "timezone: Asia/Tokyo\n", memo=memo)
    assert later.documents[0].date.utcoffset().total_seconds() == 9 * 3600


def test_a_file_that_changes_while_it_is_read_is_not_remembered_as_what_it_was(
    build: Callable[..., Any], post: Callable[..., str], memo: Any, monkeypatch: Any
) -> None:
    before, after = post(title="Before"), post(title="After")
    kind = type(build({}).sources)
    real = kind.all

    def stale(self: Any) -> list[Source]:
        """The digest is of the bytes before; the bytes read are those after."""
        from brandkit.base.digest import digest_bytes

        return [
            Source(s.path, digest_bytes(before.encode())) if s.path == "content/posts/a.md" else s for s in real(self)
        ]

    monkeypatch.setattr(kind, "all", stale)
    with pytest.raises(FileNotFoundError, match="changed while it was read"):
        build({"content/posts/a.md": after}, memo=memo)
    assert build({"content/posts/a.md": before}, memo=memo).documents[0].title == "Before"


def test_what_is_loaded_beforehand_changes_no_text() -> None:
    choice = Choice("UTC", True, False, ())
    job = ("content/posts/a.md", b"---\ntitle: A\n---\n```python\nx = 1\n```\n")
    before = parse_source(choice, job)
    warm(choice, ["python", "nonsense", ""])
    assert parse_source(choice, job) == before


def test_a_comment_that_the_end_of_the_file_leaves_open_breaks_nothing(
    build: Callable[..., Any], post: Callable[..., str]
) -> None:
    assert build({"content/posts/a.md": post(body=">- <!--\n>").rstrip()}).codes == []


@pytest.mark.parametrize("body", ["rgwor[//e.g://", "x https[//a.b://c", "htt&#112;://a.example"])
def test_half_an_address_in_brackets_is_text(body: str, build: Callable[..., Any], post: Callable[..., str]) -> None:
    assert build({"content/posts/a.md": post(body=body)}).codes == []


def test_a_text_over_which_the_reader_of_markdown_loses_its_way_is_left_out_and_said(
    build: Callable[..., Any], post: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    real = rendering.render

    def render(source: str, dialect: Any) -> Any:
        if "lost" in source:
            raise RuntimeError("inline rule didn't increment state.pos")
        return real(source, dialect)

    monkeypatch.setattr(rendering, "render", render)
    built = build({"content/posts/a.md": post(body="lost"), "content/posts/b.md": post(title="B")})
    (found,) = built.found("BK146")
    assert (found.severity, found.place.file, found.place.line) == ("error", "content/posts/a.md", 5)
    assert [document.title for document in built.documents] == ["B"]
