"""Charts: well-formed, named, without script or style attribute, and their tables say what they show."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brandkit.engage.insight.charts import Chart, Group, Words, arcs, bars, columns

WORDS = Words("Minutes <a week>", 'Who & "how much"', ("Who", "Minutes"))
SVG = "{http://www.w3.org/2000/svg}"
GROUPS = (
    Group("berlin", (("ada", "Ada Example"), ("bea", "Bea Vorlage"))),
    Group("calm", (("grace", "Grace Sample"),)),
)


def parsed(chart: Chart) -> ET.Element:
    """The picture as XML, after what every chart has to keep."""
    root = ET.fromstring(chart.svg)
    tags = {element.tag.removeprefix(SVG) for element in root.iter()}
    assert tags <= {"svg", "title", "desc", "g", "rect", "text", "line", "path", "circle"}
    names = {name for element in root.iter() for name in element.attrib}
    assert not any(name == "style" or name.startswith("on") or "href" in name for name in names)
    assert root.attrib["role"] == "img"
    ids = root.attrib["aria-labelledby"].split()
    assert ids == [element.attrib["id"] for element in root if element.tag in (f"{SVG}title", f"{SVG}desc")]
    assert root.attrib["viewBox"].startswith("0 0 320 ")
    return root


def texts(root: ET.Element) -> list[str]:
    return ["".join(element.itertext()) for element in root.iter(f"{SVG}text")]


def test_bars_stand_for_their_numbers_and_so_does_the_table() -> None:
    chart = bars("time", WORDS, [("Ada", 10.0), ("Bea <b>", 2.5), ("Cleo", 0)])
    root = parsed(chart)
    widths = [float(rect.attrib["width"]) for rect in root.iter(f"{SVG}rect")]
    assert widths == [250.0, 62.5, 0.0]
    assert texts(root) == ["Ada", "10", "Bea <b>", "2.5", "Cleo", "0"]
    assert chart.head == ("Who", "Minutes")
    assert chart.rows == (("Ada", "10"), ("Bea <b>", "2.5"), ("Cleo", "0"))
    assert chart.__html__() == chart.svg
    assert root[0].text == WORDS.title and root[1].text == WORDS.description


def test_columns_name_the_month_or_the_quarter_beneath() -> None:
    chart = columns("touches", WORDS, [("Feb 2026", 4), ("Mar 2026", 0), ("2026 Q1", 2)])
    root = parsed(chart)
    heights = [float(rect.attrib["height"]) for rect in root.iter(f"{SVG}rect")]
    assert heights[0] == 2 * heights[2] and heights[1] == 0
    assert texts(root) == ["4", "Feb", "Mar", "2", "Q1 26"]
    assert [row[0] for row in chart.rows] == ["Feb 2026", "Mar 2026", "2026 Q1"]


def test_the_map_draws_ties_between_circles_otherwise_than_within() -> None:
    chart = arcs("map", WORDS, GROUPS, [("ada", "grace"), ("ada", "bea"), ("ada", "nobody")])
    root = parsed(chart)
    assert [path.attrib["class"] for path in root.iter(f"{SVG}path")] == ["within", "between"]
    assert texts(root) == ["berlin", "Ada Example", "Bea Vorlage", "calm", "Grace Sample"]
    assert chart.rows == (("Ada Example", "Bea Vorlage", "berlin"), ("Ada Example", "Grace Sample", "between circles"))
    assert arcs("map", WORDS, GROUPS, [("ada", "bea"), ("ada", "grace")]).svg == chart.svg, "the order says nothing"


def test_who_is_in_no_circle_stands_between_none() -> None:
    groups = (GROUPS[0], Group("In no circle", (("ines", "Ines Beispiel"),), is_circle=False))
    chart = arcs("map", WORDS, groups, [("ada", "ines")])
    assert chart.rows == (("Ada Example", "Ines Beispiel", "outside of circles"),)
    assert [path.attrib["class"] for path in parsed(chart).iter(f"{SVG}path")] == ["within"]


@pytest.mark.parametrize("chart", [bars("a", WORDS, []), columns("b", WORDS, []), arcs("c", WORDS, (), ())])
def test_a_chart_of_nothing_is_still_a_picture(chart: Chart) -> None:
    parsed(chart)
    assert chart.rows == ()


@given(st.lists(st.tuples(st.text(max_size=60), st.floats(0, 1e9)), max_size=15))
def test_whatever_people_are_called_a_chart_stays_well_formed_and_in_its_frame(values: list[tuple[str, float]]) -> None:
    for chart in (bars("x", WORDS, values, " min"), columns("y", WORDS, values)):
        root = parsed(chart)
        for rect in root.iter(f"{SVG}rect"):
            assert float(rect.attrib["x"]) >= 0 and float(rect.attrib["x"]) + float(rect.attrib["width"]) <= 320.2
        assert len(chart.rows) == len(values)


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=20))
def test_arcs_stay_in_the_frame(pairs: list[tuple[int, int]]) -> None:
    groups = [Group(str(half), tuple((f"p{n}", f"N{n}") for n in range(5 * half, 5 * half + 5))) for half in (0, 1)]
    root = parsed(arcs("m", WORDS, groups, [(f"p{a}", f"p{b}") for a, b in pairs]))
    for path in root.iter(f"{SVG}path"):
        assert all(0 <= float(number) <= 320 for number in path.attrib["d"].replace("M", "").replace("C", "").split())
