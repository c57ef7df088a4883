"""Shortcodes of Hugo: what stands for each in Markdown, what is left alone, and that no text takes long."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest

from brandkit.site.markdown.reader import Dialect
from brandkit.site.markdown.rendering import render
from brandkit.site.markdown.shortcodes import expand

Build = Callable[..., Any]
Post = Callable[..., str]


def shown(text: str) -> str:
    return render(text, Dialect()).html


@pytest.mark.parametrize(
    ("written", "parts"),
    [
        ('{{< figure src="/p.png" >}}', ['<img src="bkp:/p.png" alt=""', "<p>"]),
        ('{{< figure src="/p.png" alt="A cat" >}}', ['alt="A cat"', "<p>"]),
        ('{{< figure src="/p.png" alt="A" caption="A caption" >}}', ["<figure>", "<figcaption>A caption</figcaption>"]),
        ('{{< figure src="/p.png" caption="Says it" />}}', ['alt="Says it"', "<figcaption>Says it</figcaption>"]),
        ('{{< figure src="/p.png" title="A title" >}}', ["<figcaption>A title</figcaption>"]),
        ('{{< figure src="/p.png" alt="A" link="/there/" >}}', ['<a href="bk:/there/"><img']),
        ('{{< figure src="/p.png" alt="A" class="left wide" width="200" >}}', ['class="left wide"', 'width="200"']),
        ('{{< figure src="/p.png" alt="A" class="a&b" width="50%" >}}', ['alt="A"']),
        ('{{< figure src="/with gap.png" alt="A" >}}', ["bkp:/with%20gap.png"]),
        ('{{< figure src="/p.png" alt="a ] b [c" >}}', ['alt="a ] b [c"']),
        ('{{< figure src=`/p.png` alt=`So "it" is` >}}', ['alt="So &quot;it&quot; is"']),
        ('{{% figure src="/p.png" alt="A" %}}', ['alt="A"']),
    ],
)
def test_a_figure_is_a_picture(written: str, parts: list[str]) -> None:
    html = shown(written)
    assert [part for part in parts if part not in html] == [], html
    assert "{" not in html


def test_code_is_highlighted_in_its_language() -> None:
    html = shown("{{< highlight python >}}\nimport os\n{{< /highlight >}}\n\nText.")
    assert html.startswith('<div class="highlight"') or "<pre" in html
    assert html.count("<pre") == 1 and "<p>Text.</p>" in html and "highlight python" not in html
    assert html == shown("```python\nimport os\n```\n\nText.")
    assert shown('{{% highlight lang="go" %}}\nx\n{{% /highlight %}}') == shown("```go\nx\n```")


def test_highlighted_code_is_left_alone_and_may_stand_in_a_line() -> None:
    text = "{{< highlight go >}}\n{{< youtube a >}} {{< odd >}}\n{{< /highlight >}}\n{{< youtube b >}}\n"
    expanded, foreign = expand(text)
    assert "{{< youtube a >}} {{< odd >}}" in expanded and foreign == ()
    assert "watch?v=b" in expanded and "watch?v=a" not in expanded
    assert (
        shown("Say {{< highlight go >}}x := 1{{< /highlight >}} or not.") == "<p>Say <code>x := 1</code> or not.</p>\n"
    )


@pytest.mark.parametrize("name", ["ref", "relref"])
@pytest.mark.parametrize(
    ("path", "leads"),
    [
        ("b.md", "/posts/b/"),
        ("b.md#here", "/posts/b/#here"),
        ("b", "/posts/b/"),
        ("b#here", "/posts/b/#here"),
        ("/posts/b.md", "/posts/b/"),
        ("/posts/b", "/posts/b/"),
        ("posts/b", "/posts/b/"),
        ("posts/b.md#here", "/posts/b/#here"),
        ("#own", "#own"),
    ],
)
def test_a_reference_is_a_link_to_a_page(name: str, path: str, leads: str, build: Build, post: Post) -> None:
    body = f'[see]({{{{< {name} "{path}" >}}}})\n\n## Own'
    files = {"content/posts/a.md": post(body=body), "content/posts/b.md": post(title="B", body="## Here")}
    built = build(files, closely=True)
    assert f'<a href="{leads}">see</a>' in built.files["posts/a/index.html"]
    assert not [code for code in built.codes if code in ("BK170", "BK172")]


def test_a_reference_to_nobody_is_a_finding(build: Build, post: Post) -> None:
    built = build({"content/posts/a.md": post(body='[see]({{< ref "nobody" >}})')})
    assert built.codes == ["BK170"]


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("{{< youtube abc-123_X >}}", "https://www.youtube.com/watch?v=abc-123_X"),
        ('{{< youtube id="abc" autoplay="true" >}}', "https://www.youtube.com/watch?v=abc"),
        ("{{< vimeo 146022717 >}}", "https://vimeo.com/146022717"),
    ],
)
def test_a_film_is_a_box_that_leads_to_it(written: str, address: str) -> None:
    html = shown(written)
    assert f'<p class="embed"><a href="{address}"' in html
    assert "iframe" not in html and "{{" not in html


@pytest.mark.parametrize("inner", ['ref "x.md"', "youtube abc", "odd"])
def test_an_escaped_shortcode_shows_itself(inner: str) -> None:
    text, foreign = expand(f"{{{{</* {inner} */>}}}} {{{{%/* {inner} */%}}}}")
    assert text == f"{{{{< {inner} >}}}} {{{{% {inner} %}}}}"
    assert foreign == ()


@pytest.mark.parametrize(
    "text",
    [
        "```\n{{< youtube a >}}\n```\n",
        "~~~md\n{{< odd >}}\n```\n{{< odd >}}\n~~~\n",
        "````\n```\n{{< odd >}}\n```\n````\n",
        "a `{{< youtube a >}}` b `` ` {{< odd >}} `` c\n",
        "```\n{{< odd >}}\nnever closed",
    ],
)
def test_code_is_left_alone(text: str) -> None:
    assert expand(text) == (text, ())


def test_unknown_ones_stay_as_text_and_are_counted() -> None:
    text = "One\n\n{{< odd a=1 >}}x{{< /odd >}}\n{{% strange %}}\n{{< odd >}}\n"
    same, foreign = expand(text)
    assert same == text
    assert [(each.name, each.line, each.count) for each in foreign] == [("odd", 2, 3), ("strange", 3, 1)]
    assert "{{&lt; odd a=1 &gt;}}" in shown(text)


@pytest.mark.parametrize("text", ["{{<", "{{< >}}", "{{< a", "{{< youtube >", "{% x %}", "{{ x }}", '{{< a "b >}}'])
def test_what_is_no_shortcode_is_text(text: str) -> None:
    assert expand(text) == (text, ())


def test_every_line_keeps_its_number() -> None:
    lines = """{{< highlight go >}}
x
{{< /highlight >}}
{{< figure src="a" caption="b" >}}
{{< youtube a >}}
{{</* odd */>}}
{{< odd >}}
{{< ref "a" >}}

# Here
"""
    assert expand(lines)[0].count("\n") == lines.count("\n")
    assert render(lines, Dialect()).heading_lines == (9,)


@pytest.mark.slow
@pytest.mark.parametrize(
    "unit",
    [
        "{{<",
        "{{< ",
        "{{< a ",
        "{{</*",
        "{{< a=",
        '{{< a="',
        "{{<`",
        "{{< `a` ",
        "{{% x",
        '{{< a "{{< a " ',
        "`{{< a >}}`",
        "{{< a >}}",
        "{{< a /",
        "{{< figure src=a >}} ",
        "{{< highlight ",
        "{{< highlight >}}",
    ],
)
def test_a_hostile_line_takes_no_time(unit: str) -> None:
    begin = time.thread_time()
    expand(unit * (100_000 // len(unit)))
    assert time.thread_time() - begin < 20


@pytest.mark.parametrize("filling", [" ", "`", "a", '"', "/", "{"])
def test_a_shortcode_that_never_ends_takes_no_time(filling: str) -> None:
    begin = time.thread_time()
    expand("{{< x " + filling * 100_000)
    assert time.thread_time() - begin < 20
