"""content/data: each known file decoded, each mistake placed, files of one's own at hand for templates."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Build = Callable[..., Any]
TEMPLATES = {f"themes/default/templates/{n}.html": "{{ head.title }}" for n in ("speaking", "thanks", "blogroll")}
TEMPLATES["themes/default/templates/work-with-me.html"] = "{{ head.title }}"
GOOD = {
    "speaking": "long_bio: Long.\ntopics:\n  - {title: Calm, text: On call.}\nformats: [a talk]\nlanguages: [en, de]\n",
    "work": "intro: Hi.\nservices:\n  - {name: Review, price: 100 €, url: 'https://e.org/'}\n"
    "office_hours: {when: Fridays}\n",
    "thanks": "- {name: Ada, url: 'https://ada.example/', for: a review}\n- name: Alan\n",
    "blogroll": "- {title: A blog, url: 'https://b.example/', feed: 'https://b.example/feed'}\n",
    "authors": "- {name: Ada, id: ada}\n",
}
PAGES = {"speaking": "speaking", "work": "work-with-me", "thanks": "thanks", "blogroll": "blogroll"}


def data(**files: str) -> dict[str, str]:
    return {**TEMPLATES, **{f"content/data/{name}.yaml": text for name, text in files.items()}}


def test_every_known_file_is_decoded_and_gives_its_page(build: Build) -> None:
    built = build(data(**GOOD))
    assert built.codes == []
    found = built.site.data
    assert (found.speaking.long_bio, found.speaking.topics[0].title, found.speaking.languages) == (
        *("Long.", "Calm"),
        ("en", "de"),
    )
    assert (found.work.services[0].price, found.work.office_hours.when) == ("100 €", "Fridays")
    assert [(t.name, t.for_) for t in found.thanks] == [("Ada", "a review"), ("Alan", "")]
    assert found.blogroll[0].feed == "https://b.example/feed" and found.authors[0].id == "ada"
    assert {f"{page}/index.html" for page in PAGES.values()} <= built.paths
    assert "https://b.example/feed" in built.files["blogroll.opml"]
    for page in PAGES.values():
        assert f"https://test.example/{page}/" in built.files["sitemap.xml"]


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("text", ["", "# nothing yet\n", None])
def test_without_data_there_is_no_page(name: str, text: str | None, build: Build) -> None:
    built = build(data(**{name: text}) if text is not None else TEMPLATES)
    assert built.codes == [] and f"{PAGES[name]}/index.html" not in built.paths


@pytest.mark.parametrize(
    ("name", "text", "place", "hint"),
    [
        ("speaking", "long_bio: x\ntopcis: []\n", "2:1", "topics"),
        ("speaking", "topics:\n  - {titel: x}\n", "2:6", "title"),
        ("speaking", "formats: {a: b}\n", "1:10", None),
        ("work", "services:\n  - name: x\n    price: [1]\n", "3:12", None),
        ("work", "services:\n  - name: x\n    url: nowhere\n", "3:10", None),
        ("work", "office_hours:\n  wehn: x\n", "2:3", "when"),
        ("thanks", "- name: Ada\n  forr: x\n", "2:3", "for"),
        ("thanks", "name: Ada\n", "1:1", None),
        ("blogroll", "- title: A\n", "1:3", None),
        ("blogroll", "- {title: A, url: 'ftp://x'}\n", "1:19", None),
        ("authors", "- nmae: Ada\n", "1:3", "name"),
    ],
)
def test_a_mistake_has_its_place_and_the_rest_builds(
    name: str, text: str, place: str, hint: str | None, build: Build
) -> None:
    built = build(data(**{**GOOD, name: text}))
    found = built.report.diagnostics
    assert found and {d.severity for d in found} == {"error"}
    assert f"content/data/{name}.yaml:{place}" in [str(d.place) for d in found]
    assert hint is None or any(f"did you mean '{hint}'" in (d.hint or "") for d in found)
    assert all(d.hint for d in found)
    expected = {f"{page}/index.html" for other, page in PAGES.items() if other != name}
    assert {path for path in built.paths if path.split("/")[0] in PAGES.values() and path.endswith("html")} == expected
    assert "index.html" in built.files


def test_yaml_that_is_none_is_one_error_with_its_line(build: Build) -> None:
    built = build(data(thanks="- name: Ada\n  url: [\n", own="a: [\n"))
    assert [(d.severity, d.place.file) for d in built.report.sorted()] == [
        ("error", "content/data/own.yaml"),
        ("error", "content/data/thanks.yaml"),
    ]
    assert all(d.place.line > 1 for d in built.report.diagnostics)


def test_data_of_ones_own_is_at_hand_for_templates(build: Build) -> None:
    files = {
        "content/data/tools.yaml": "- {name: vim, since: 2001-02-03}\n",
        "content/data/more/deep-er.yml": "a: {b: 1}\n",
        "content/data/numbers.json": '{"n": [1, 2.5, null, true]}',
        "content/data/team.toml": 'lead = "Ada"\nsince = 2020-01-01\n',
        "content/data/readme.txt": "not data",
        "themes/default/templates/page.html": "{{ site.data.tools[0].name }} {{ site.data.numbers.n[1] }} "
        "{{ site.data.team.lead }} {{ site.data.more_deep_er.a.b }}",
        "content/pages/p.md": "# P\n",
    }
    built = build(files)
    assert built.codes == [] and built.files["p/index.html"] == "vim 2.5 Ada 1"
    assert sorted(built.site.data.own) == ["more_deep_er", "numbers", "team", "tools"]
    assert built.site.data.own["tools"] == ({"name": "vim", "since": "2001-02-03"},)


@pytest.mark.parametrize(
    ("path", "text", "line"),
    [("x.json", '{\n"a": \n', 2), ("x.toml", "a = 1\nb = \n", 2), ("x.json", "[" * 100_000, 1), ("x.json", "", 1)],
)
def test_json_and_toml_that_are_none_are_errors(path: str, text: str, line: int, build: Build) -> None:
    (found,) = build({f"content/data/{path}": text}).report.diagnostics
    assert (found.severity, found.place.file) == ("error", f"content/data/{path}")
    assert found.place.line >= line


def test_a_page_of_ones_own_gives_title_and_text(build: Build) -> None:
    own = "---\ntitle: On stage\ndescription: Book me.\n---\nHello *there*, see [gone](/gone/).\n"
    built = build({**data(**GOOD), "content/pages/speaking.md": own})
    route = built.route("speaking/index.html")
    assert route.template == "speaking.html" and route.source == "content/pages/speaking.md"
    assert (route.view.head.title, route.view.head.description) == ("On stage", "Book me.")
    assert "<em>there</em>" in route.view.page.content.__html__()
    assert route.view.kit.long_bio == "Long."
    assert [(d.code, str(d.place)) for d in built.report.diagnostics] == [("BK170", "content/pages/speaking.md:5:1")]


def test_without_data_it_is_a_page_like_any_other(build: Build) -> None:
    built = build({**TEMPLATES, "content/pages/speaking.md": "# On stage\n"})
    assert built.route("speaking/index.html").template == "page.html"


@pytest.mark.parametrize(
    ("first", "second", "key"),
    [
        ("a-b.yaml", "a_b.yaml", "a_b"),
        ("talks/x.json", "talks_x.toml", "talks_x"),
        ("speaking.yaml", "speaking.yml", None),
        ("speaking.json", "speaking.yaml", None),
    ],
)
def test_the_second_file_of_one_name_is_a_finding_and_not_used(
    first: str, second: str, key: str | None, build: Build
) -> None:
    texts = {"yaml": "travel: {}\n", "yml": "travel: {}\n", "json": '{{"travel": "{}"}}', "toml": "travel = '{}'\n"}
    files = {
        f"content/data/{name}": texts[name.rpartition(".")[2]].replace("{}", word).replace("{{", "{").replace("}}", "}")
        for name, word in ((first, "one"), (second, "two"))
    }
    built = build({**TEMPLATES, **files})
    assert [(d.code, str(d.place)) for d in built.report.sorted()] == [("BK185", f"content/data/{second}:1:1")]
    found = built.site.data
    assert (found.own[key]["travel"] if key else found.speaking.travel) == "one"


def test_a_known_name_has_its_shape_in_every_syntax(build: Build) -> None:
    files = {
        "content/data/thanks.json": '[{"name": "Ada", "for": "a review"}]',
        "content/data/speaking.toml": "long_bio = 'Long.'\n[[topics]]\ntitle = 'Calm'\n",
    }
    built = build({**TEMPLATES, **files})
    found = built.site.data
    assert built.codes == [] and found.own == {}
    assert (found.thanks[0].for_, found.speaking.topics[0].title) == ("a review", "Calm")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("speaking.json", '{"topcis": []}'),
        ("speaking.toml", "long_bio = 2026-03-01T00:00:00Z\ntopics = 1\n"),
        ("thanks.toml", "name = 'Ada'\n"),
        ("x.toml", "x = 0x" + "F" * 6000 + "\n"),
        ("x.json", '{"x": ' + "9" * 6000 + "}"),
        ("x.json", '{"x": ' + "9" * 300 + "}"),
        ("x.toml", ".".join("x" * 3000) + " = 1"),
    ],
)
def test_what_json_and_toml_get_wrong_is_a_finding_at_their_file(name: str, text: str, build: Build) -> None:
    built = build({**TEMPLATES, f"content/data/{name}": text})
    assert [d.place.file for d in built.report.diagnostics] == [f"content/data/{name}"]
    assert built.site.data.own == {} and built.site.data.speaking is None
