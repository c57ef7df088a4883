"""Markdown to HTML, with what a page needs to know about its text."""

from __future__ import annotations

import pytest

from brandkit.site.markdown.marks import resolve as resolve_marks
from brandkit.site.markdown.reader import Dialect
from brandkit.site.markdown.rendering import Rendered
from brandkit.site.markdown.rendering import render as render_in


def render(text: str, raw: bool) -> Rendered:
    return render_in(text, Dialect(raw))


def resolve(marked: str, where: dict[str, str]) -> str:
    return resolve_marks(marked, where, {}, {})


def targets(text: str) -> tuple[str, ...]:
    return tuple(link.target for link in render(text, True).links)


def html(text: str, raw: bool = True) -> str:
    return render(text, raw).html


def test_headings_have_anchors_of_their_own() -> None:
    found = render("# One *two*\n\n## Über uns\n\n## Über uns\n\n## !!!\n\n### Mine {#my.id}\n", True)
    assert [(h.level, h.id, h.text) for h in found.headings] == [
        *((1, "one-two", "One two"), (2, "uber-uns", "Über uns"), (2, "uber-uns-2", "Über uns")),
        *((2, "section", "!!!"), (3, "my.id", "Mine")),
    ]
    assert '<h3 id="my.id">Mine</h3>' in found.html
    assert found.title == "One two"


def test_internal_links_are_marked_and_gathered_once() -> None:
    found = render("[a](x.md) [b](x.md) ![c](/p.png) [d](https://e.org) [e](#f) [g](mailto:h@i.org)\n", True)
    assert [link.target for link in found.links] == ["x.md", "/p.png"]
    assert [link.target for link in found.external] == ["https://e.org"]
    assert [link.target for link in found.anchors] == ["#f"]
    assert 'href="bk:x.md"' in found.html and 'src="bkp:/p.png"' in found.html
    assert 'href="https://e.org"' in found.html and 'href="#f"' in found.html


@pytest.mark.parametrize(
    "text",
    [
        "[a](it's.md)",
        '<a href="it\'s.md">a</a>',
        '<a class="x" href="it&#39;s.md">a</a>',
        "<p>\n<a href='it&apos;s.md'>a</a>\n</p>",
    ],
)
def test_marked_links_are_resolved_whatever_their_quotes(text: str) -> None:
    found = render(text, True)
    assert [link.target for link in found.links] == ["it's.md"]
    resolved = resolve(found.html, {"it's.md": "/there/?a=1&b"})
    assert "/there/?a=1&amp;b" in resolved and "bk:" not in resolved and "s.md" not in resolved


def test_a_link_that_nobody_knows_stays_as_it_was_written() -> None:
    assert 'href="gone.md"' in resolve(html("[a](gone.md)"), {})


def test_pictures_of_raw_html_are_links_too() -> None:
    assert targets('<img alt="" src="a.png"><video poster="b.png"></video>\n') == ("a.png", "b.png")


def test_raw_html_stands_or_is_escaped() -> None:
    assert "<b>x</b>" in html("<b>x</b>") and "&lt;b&gt;x&lt;/b&gt;" in html("<b>x</b>", raw=False)
    assert "<script>" not in html("<script>alert(1)</script>\n\ntext <i onclick=x>", raw=False)


@pytest.mark.parametrize("link", ["javascript:alert(1)", "JaVaScRiPt:x", "vbscript:x", "data:text/html,x", "file:///x"])
def test_dangerous_links_of_markdown_are_no_links(link: str) -> None:
    assert "href" not in html(f"[a]({link})") and "href" not in html(f"<{link}>", raw=False)


def test_code_is_coloured_by_classes_alone() -> None:
    found = html('```python\ndef f(): return "<b>"\n```\n')
    assert '<code class="language-python">' in found and '<span class="k">def</span>' in found
    assert "style=" not in found and "<b>" not in found


@pytest.mark.parametrize("info", ["", "nonsense", "text", '"><script>', "{.python .numberLines}", "f&ouml;o"])
def test_code_in_any_or_no_language_is_escaped(info: str) -> None:
    found = html(f"```{info}\n<script>&\n```\n")
    assert "<script>" not in found and "&lt;" in found and found.count("<pre") == 1


def test_indented_code_has_the_same_frame() -> None:
    assert html("    a < b\n") == '<div class="code"><pre tabindex="0"><code>a &lt; b\n</code></pre></div>\n'


def test_footnotes_tables_tasks_and_definitions() -> None:
    assert 'class="footnotes"' in html("A[^1].\n\n[^1]: Note.\n")
    table = html("| | b |\n|--|--|\n| 1 | 2 |\n")
    assert table.startswith('<div class="table"') and "<td></td>" in table and "<th>b</th>" in table
    tasks = html("- [x] done\n- [ ] open\n")
    assert tasks.count("checkbox") >= 2 and tasks.count("disabled") == 2 and tasks.count("checked") == 1
    assert "<dl>" in html("Word\n: Meaning\n")


def test_bare_addresses_are_links_but_file_names_are_not() -> None:
    assert '<a href="https://e.org/x">' in html("See https://e.org/x.")
    assert "<a" not in html("See README.md and example.org and a@example.org.")


def test_the_excerpt_is_the_first_paragraph_or_what_stands_before_more() -> None:
    assert render("# T\n\nFirst *one*.\n\nSecond.\n", True).excerpt == "First one."
    assert render("A.\n\nB.\n\n<!-- more -->\n\nC.\n", True).excerpt == "A. B."
    assert render("> Quote only.\n", True).excerpt == "Quote only."
    assert render("", True).excerpt == ""
    assert len(render("word " * 200, True).excerpt) <= 220


def test_the_plain_text_holds_the_words_and_no_markup() -> None:
    found: Rendered = render("# T\n\na **b** `c` [d](e)\n\n- f\n\n<div>g</div>\n\n```\nh\n```\n", True)
    assert found.text.split() == ["T", "a", "b", "c", "d", "f", "g", "h"]
    assert found.word_count == 8


def test_two_texts_do_not_know_of_each_other() -> None:
    one = render("[a]: /x\n\n# H\n\nA[^1]\n\n[^1]: N\n", True)
    assert html("[a]") == "<p>[a]</p>\n"
    assert render("[a]: /x\n\n# H\n\nA[^1]\n\n[^1]: N\n", True) == one


def test_hostile_nesting_ends() -> None:
    for text in ("[" * 5000, "*" * 5000 + "a", "<" * 5000, "![" * 2000):
        assert html(text)
    for text in ("> " * 2000 + "x", "- " * 1000 + "x"):
        with pytest.raises(RuntimeError, match="deep"):
            html(text)
