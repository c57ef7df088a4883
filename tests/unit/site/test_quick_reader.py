"""The reader that asks only the rules that can apply gives what the usual one gives, for any text."""

from __future__ import annotations

from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML

from brandkit.site.markdown import reader as readers
from brandkit.site.markdown.quick import Reader
from brandkit.site.markdown.reader import Dialect

# every character and turn of phrase that begins, ends or nearly begins something
_PIECES = (
    *("*", "**", "_", "~", "~~", "`", "``", "[", "]", "](", "](x)", "![", "!", "^", "^[", "[^1]", "[^1]: n", "[a]: /u"),
    *(
        "[[a]]",
        "[[a|b]]",
        "{#i}",
        "{.c w=1}",
        "{",
        "}",
        "$",
        "$$",
        "$a$",
        "\\",
        "\\\n",
        "&",
        "&amp;",
        "&#35;",
        "<",
        ">",
    ),
    *("<b>", "</b>", "<div>", "<!--", "-->", "<a@b.org>", "<https://e.org>", "http://e.org", "HTTPS://e.org", "x://y"),
    *("//e.org", "mailto:a@b.org", "a@b.org", "www.e.org", ":", "://", "- ", "1. ", "2) ", "+ ", "- [x] ", "# ", "> "),
    *(
        "> [!NOTE]",
        "===",
        "---",
        "***",
        "|",
        "|a|b|\n|-|-|\n",
        "-|-",
        "```",
        "~~~",
        "    ",
        "\t",
        ": d",
        "~ d",
        "a",
        "B c",
    ),
    *(
        "\n",
        "\n\n",
        "\r\n",
        "\r",
        "\0",
        " ",
        "  \n",
        "é",
        "\u00a0",
        "\u2028",
        "1",
        "-",
        "#",
        "@",
        "=",
        "+",
        "%",
        '"',
        "'",
    ),
)
TEXTS = st.lists(st.sampled_from(_PIECES), max_size=25).map("".join)
LINKS = st.lists(st.sampled_from([*"aZ09/.:#?-_~%@ é", "http://", "https://", "//", "e.org", "..", "xn--"])).map(
    "".join
)


def _usual(dialect: Dialect) -> Any:
    def only_what_is_written_out(md: Any) -> None:
        md.linkify.set({"fuzzy_link": False, "fuzzy_email": False})

    with patch.multiple(
        readers, Reader=MarkdownIt, Writer=RendererHTML, ask_by_first_character=only_what_is_written_out
    ):
        return readers.reader.__wrapped__(dialect)


DIALECTS = [Dialect(raw, math) for raw in (True, False) for math in (True, False)]
PAIRS = [pytest.param(readers.reader(dialect), _usual(dialect), id=str(dialect)) for dialect in DIALECTS]


@pytest.mark.parametrize(("quick", "usual"), PAIRS)
@given(text=TEXTS)
@example(text="- a\n\n-\n\n\n  b\n")
@example(text="> a\nb\n===\n")
@example(text="![a!](b) [c!](d) ^[e!]")
@example(text="$a$//e.org and ![](x)//e.org")
@example(text="http://(" * 40 + "and http://e.org/ *a*, xhttp://( mailto:a@b.org " + "https://" * 40 + "e.org")
@example(text="Term\n: one\n\n    two\n: : three\n")
def test_any_text_reads_the_same(quick: Any, usual: Any, text: str) -> None:
    mine: dict[str, Any] = {}
    theirs: dict[str, Any] = {}
    found, expected = quick.parse(text, mine), usual.parse(text, theirs)
    assert [token.as_dict() for token in found] == [token.as_dict() for token in expected]
    assert quick.renderer.render(found, quick.options, mine) == usual.renderer.render(expected, usual.options, theirs)


@given(link=LINKS)
@example(link="https://" + "a" * 70 + ".org/x")
def test_any_address_is_made_the_same(link: str) -> None:
    assert Reader().normalizeLink(link) == MarkdownIt().normalizeLink(link)


def test_an_address_ends_somewhere() -> None:
    md = readers.reader(DIALECTS[0])
    assert 'href="http://e.org/aaa' in md.render("http://e.org/" + "a" * 4000)
    assert "href" not in md.render("http://e.org/" + "a" * 4100)


def test_blocks_that_run_into_each_other_are_given_up() -> None:
    md = readers.reader(DIALECTS[0])
    with pytest.raises(RuntimeError, match="empty lines"):
        md.parse("a\n: b\n*\n" * 1000)
    assert md.parse("a\n: b\n\n*\n\n" * 1000)


@pytest.mark.parametrize(("mark", "most"), [("- ", 40), ("> ", 90)])
def test_what_stands_deep_is_read_or_said_to_be_too_deep(mark: str, most: int) -> None:
    md = readers.reader(DIALECTS[0])
    nested = "".join(f"{'  ' * n if mark == '- ' else mark * n}{mark}x\n" for n in range(most))
    assert "Everything after" in md.render(f"{nested}\nEverything after\n")
    with pytest.raises(RuntimeError, match="deep"):
        md.render(mark * 120 + "x\n")


def test_a_rule_that_nobody_named_is_not_left_out_silently() -> None:
    from brandkit.site.markdown.quick import ask_by_first_character

    md = Reader("gfm-like2")
    md.inline.ruler.push("of somebody", lambda _state, _silent: False)
    with pytest.raises(KeyError, match="of somebody"):
        ask_by_first_character(md)
