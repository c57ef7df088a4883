"""The sandbox: a template sees what it is given, and a failure names its line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import jinja2
import pytest

from brandkit.base import templates
from brandkit.base.diagnostics import Diagnostic
from brandkit.base.templates import TEMPLATE_FAILURES, closure, environment, template_problem


def render(text: str, more: Mapping[str, str] | None = None, **given: Any) -> str:
    return environment({"t.html": text, **(more or {})}, {"loud": str.upper}).get_template("t.html").render(given)


def failure(text: str, more: Mapping[str, str] | None = None, **given: Any) -> Diagnostic:
    texts = {"t.html": text, **(more or {})}
    with pytest.raises(TEMPLATE_FAILURES) as caught:
        environment(texts, {}).get_template("t.html").render(given)
    return template_problem(caught.value, lambda name: f"themes/mine/{name}", texts)


def test_what_is_given_is_seen_and_escaped() -> None:
    assert render("{{ a }} {{ b | loud }}", a="<&>", b="x") == "&lt;&amp;&gt; X"


def test_plain_text_templates_are_not_escaped() -> None:
    assert environment({"t.txt": "{{ a }}"}, {}).get_template("t.txt").render(a="<") == "<"


def test_there_are_no_globals() -> None:
    assert environment({}, {}).globals == {}


@pytest.mark.parametrize("name", ["range", "dict", "lipsum", "cycler", "joiner", "namespace", "open", "now", "self.x"])
def test_no_name_is_there_that_was_not_given(name: str) -> None:
    failure("{{ " + name + "(3) }}")


@pytest.mark.parametrize(
    "text",
    [
        "{{ ''.__class__ }}",
        "{{ ''.__class__.__mro__[1].__subclasses__() }}",
        "{{ ''['__class__'] }}",
        "{{ '' | attr('__class__') }}",
        "{{ a.items.__globals__ }}",
        "{{ '{0.__class__}'.format('') }}",
        "{{ '{x.__class__}'.format_map({'x': 1}) }}",
        "{{ a.f.__code__ }}",
        "{{ a.__init__.__globals__ }}",
        "{{ a.update({'b': 1}) }}",
        "{{ b.append(1) }}",
        "{% set x = b.clear() %}",
        "{{ self.__init__ }}",
        "{{ [1, 2] | random }}",
    ],
)
def test_nothing_can_be_reached_or_changed(text: str) -> None:
    with pytest.raises(TEMPLATE_FAILURES):
        rendered = render(text, a={"x": 1}, b=[1])
        assert "class" not in rendered
        raise jinja2.TemplateError("harmless")


def test_a_missing_name_is_an_error_with_file_and_line() -> None:
    found = failure("one\ntwo\n{{ page.titel }}\n", page={"title": "x"})
    assert str(found.place) == "themes/mine/t.html:3:1"
    assert found.place.excerpt == "{{ page.titel }}"
    assert "titel" in found.message


def test_a_mistake_in_an_included_template_names_that_one() -> None:
    found = failure("\n{% include 'part.html' %}", {"part.html": "\n\n{{ gone }}"})
    assert str(found.place) == "themes/mine/part.html:3:1"


@pytest.mark.parametrize("text", ["{{ 1 + 'a' }}", "{{ none.day }}", "{{ 1 / 0 }}", "{{ 'x' | loud(1, 2) }}"])
def test_a_value_of_the_wrong_kind_is_a_finding_too(text: str) -> None:
    with pytest.raises(TEMPLATE_FAILURES) as caught:
        render("\n" + text)
    found = template_problem(caught.value, lambda name: name, {"t.html": "\n" + text})
    assert found.place.line == 2 or isinstance(caught.value, jinja2.TemplateSyntaxError)


def test_a_template_that_includes_itself_ends_as_a_finding() -> None:
    assert "Recursion" in failure("{% include 't.html' %}").message


def test_a_missing_template_says_so() -> None:
    assert failure("{% extends 'gone.html' %}").hint == "the template does not exist"


def test_the_closure_holds_what_is_extended_included_and_imported() -> None:
    texts = {
        "a": "{% extends 'b' %}{% from 'c' import x %}",
        "b": "{% include 'd' %}",
        "c": "",
        "d": "{% include ['gone', 'a'] %}",
        "e": "",
    }
    assert closure(environment(texts, {}), "a", texts) == {"a", "b", "c", "d"}


def test_a_computed_name_depends_on_everything() -> None:
    texts = {"a": "{% include name %}", "b": "", "c": ""}
    assert closure(environment(texts, {}), "a", texts) == {"a", "b", "c"}


@pytest.mark.parametrize(
    "text",
    [
        "{% for a in x %}{% for b in x %}{% for c in x %}{{ c }}{% endfor %}{% endfor %}{% endfor %}",
        "{{ 9**9**9 }}",
        "{{ 'a' * 10**11 }}",
        "{{ [1] * 10**11 }}",
        "{{ 'a'.ljust(10**15) }}",
        "{% if 1 %}" * 5000 + "{% endif %}" * 5000,
        "{{ " + "(" * 5000 + "1" + ")" * 5000 + " }}",
        "{% for a in x %}" * 30 + "{% endfor %}" * 30,
        "{% include 't.html' %}",
    ],
)
def test_a_template_that_does_not_end_or_fills_the_memory_is_a_finding(
    text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(templates, "_MOST_PIECES", 30_000)  # tests/limits waits for the real one
    assert failure(text, x="x" * 200).place.file == "themes/mine/t.html"


def test_products_and_powers_of_a_usual_size_are_what_they_are() -> None:
    assert render("{{ 3 * 4 }} {{ 'ab' * 2 }} {{ 2**10 }} {{ 1.5 * 2 }} {{ 4**0.5 }}") == "12 abab 1024 3.0 2.0"
