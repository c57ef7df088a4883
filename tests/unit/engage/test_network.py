"""The network: every figure exact on a fixture, and whoever asked to be left out is in none of them."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brandkit.base.templates import environment
from brandkit.base.text import plural
from brandkit.engage.config import Me, Settings
from brandkit.engage.contacts import Consent, Contact, Hold, Met
from brandkit.engage.insight.charts import Chart
from brandkit.engage.insight.network import Effort, Network, Rhythmic, network
from brandkit.engage.insight.network_view import network_json, network_page
from brandkit.engage.values import Rhythm
from brandkit.io.resources import private_templates

GONE = {"interests": ("x",), "every": Rhythm(1, "week"), "offers": ("feedback", "support"), "circle": "berlin"}
CONTACTS = (
    Contact("ada", "Ada Example", every=Rhythm(30, "day"), circle="berlin", knows=("grace", "henrik"),
            offers=("feedback", "advice"), met=Met(date(2025, 6, 1))),
    Contact("bea", "Bea Vorlage", every=Rhythm(2, "week"), channel="call", circle="berlin", knows=("ada",)),
    Contact("grace", "Grace Sample", circle="calm", offers=("feedback", "promotion", "mentoring"),
            consent=Consent(promote=date(2026, 1, 5))),
    Contact("hugo", "Hugo Held", offers=("feedback", "support"), hold=Hold("illness")),
    Contact("ines", "Ines Beispiel", offers=("promotion",)),
    Contact("henrik", "Henrik Silent", do_not_contact=True, knows=("grace",), **GONE),
    Contact("late", "Late Loved", deceased=True, knows=("grace",), **GONE),
)  # fmt: skip


@pytest.fixture
def world(whole: Any, line: Any) -> Any:
    journal = [
        line("imported", "2024-01-01", direction="", contacts=("grace",)),
        line("call", "2024-01-10", direction="mutual", contacts=("grace",)),
        line("replied", "2024-02-10", direction="received", contacts=("grace",)),
        line("call", "2024-02-11", direction="mutual", contacts=("ines",)),
        line("message", "2025-03-01", contacts=("ada",)),  # 365 days ago: no longer within the year
        line("message", "2025-03-02", contacts=("ada",)),
        line("share", "2026-02-01", contacts=("ada", "bea")),
        line("ask", "2026-02-02", direction="asked", contacts=("ada",)),
        line("feedback", "2026-02-03", direction="received", contacts=("ada",)),
        line("meeting", "2026-02-04", direction="mutual", contacts=("bea", "henrik")),
        line("dismissed", "2026-02-05", contacts=("ada",)),
        line("message", "2026-02-06", contacts=("henrik",)),
        line("message", "2026-02-07", contacts=("late",)),
        line("message", "2026-03-02", contacts=("ada",)),  # tomorrow
    ]
    return whole(CONTACTS, journal=journal, me=Me(hours_a_week=0.25, settings=Settings(minutes={"call": 20})))


@pytest.fixture
def found(world: Any) -> Network:
    return network(world)


def page_of(world: Any) -> str:
    """The page, in a plain frame."""
    frame = {"base.html": "{% block title %}{% endblock %}{% block main %}{% endblock %}"}
    env = environment({**private_templates("pages"), **frame}, {"day": str, "plural": plural})
    return env.get_template("network.html").render(**network_page(world), up="")


def test_weekly_minutes_are_the_sum_of_seven_by_rhythm_times_cost(found: Network) -> None:
    by_contact = {r.contact: (r.days, r.minutes) for r in found.effort.rhythms}
    assert by_contact == {"ada": (30, 10), "bea": (14, 20)}, "a call costs what me.yaml says of calls"
    assert found.effort.weekly == pytest.approx(7 / 30 * 10 + 7 / 14 * 20)
    assert found.effort.available == 15
    assert found.effort.relaxed is None


def test_rhythms_that_take_more_than_the_time_are_shown_half_as_long_again() -> None:
    effort = Effort((Rhythmic("a", 7, 30), Rhythmic("b", 14, 20)), 39)
    assert effort.weekly == 40
    assert effort.relaxed == pytest.approx(40 / 1.5)
    assert Effort(effort.rhythms, 40).relaxed is None


@given(st.lists(st.tuples(st.floats(1, 4000), st.integers(0, 600)), max_size=20), st.floats(0, 10_000))
def test_longer_rhythms_never_take_more_time(rhythms: list[tuple[float, int]], available: float) -> None:
    effort = Effort(tuple(Rhythmic(str(n), days, cost) for n, (days, cost) in enumerate(rhythms)), available)
    assert (effort.relaxed is None) == (effort.weekly <= available)
    assert effort.relaxed is None or effort.relaxed < effort.weekly


def test_a_tie_that_sleeps_had_two_exchanges_and_has_no_rhythm(found: Network) -> None:
    assert [(d.contact, d.exchanges, d.last) for d in found.dormant] == [("grace", 2, date(2024, 2, 10))]


def test_kinds_of_support_name_who_offers_them_and_is_open_to_it(found: Network) -> None:
    assert {kind.name: (kind.contacts, kind.is_thin) for kind in found.kinds} == {
        "feedback": (("ada", "grace"), False),
        "advice": (("ada",), True),
        "support": ((), True),  # Hugo has a hard time
        "promotion": (("grace",), True),  # Ines has not agreed to it
        "introductions": ((), True),
        "mentoring": (("grace",), True),
    }


def test_who_gave_and_who_asked_are_counts_of_a_year_in_the_order_of_names(found: Network) -> None:
    rows = [(g.contact, g.gave, g.received, g.asked, g.mutual) for g in found.given]
    assert rows == [("ada", 2, 1, 1, 0), ("bea", 1, 0, 0, 1)]


def test_circles_and_those_between_them(found: Network) -> None:
    assert [(c.name, c.contacts) for c in found.circles] == [
        ("berlin", ("ada", "bea")),
        ("calm", ("grace",)),
        ("", ("hugo", "ines")),
    ]
    assert found.edges == (("ada", "bea"), ("ada", "grace"))
    assert [(b.contact, b.circle, b.knows) for b in found.between] == [
        ("ada", "berlin", ("grace",)),
        ("grace", "calm", ("ada",)),
    ]


def test_new_people_a_quarter_and_touches_a_month(found: Network) -> None:
    growth = {c.label: c.ids for c in found.growth}
    assert next(iter(growth)) == "2024 Q2" and list(growth)[-1] == "2026 Q1" and len(growth) == 8
    # Ada wrote in March, before the day that was noted as the first
    assert {label: ids for label, ids in growth.items() if ids} == {"2025 Q1": ("ada",), "2026 Q1": ("bea",)}
    touches = {c.label: c.count for c in found.touches}
    assert next(iter(touches)) == "Apr 2025" and list(touches)[-1] == "Mar 2026" and len(touches) == 12
    assert {label: count for label, count in touches.items() if count} == {"Feb 2026": 4}


def test_who_asked_to_be_left_out_or_has_died_is_in_no_figure_and_no_list(world: Any, whole: Any) -> None:
    said = json.dumps(network_json(network(world))) + page_of(world)
    assert "Ada Example" in said
    assert not any(name in said for name in ("henrik", "Henrik", "late", "Loved"))
    journal = [line for line in world.vault.journal if line.contacts not in (("henrik",), ("late",))]
    without = whole(CONTACTS[:5], journal=journal, me=world.me)
    assert network(without).growth == network(world).growth
    assert network(without).effort == network(world).effort


def test_the_page_gives_numbers_beside_charts_and_links_to_people(world: Any) -> None:
    said = page_of(world)
    assert "Your rhythms take about 12 minutes a week, of the 15 that you have." in said
    assert said.count("<svg") == said.count("<figcaption>") == 4
    assert said.count("The numbers</summary>") == 4
    assert '<a href="people/ada.html">Ada Example</a>' in said
    assert "style=" not in said and "<script" not in said


def test_a_network_of_nobody_is_a_calm_page(whole: Any) -> None:
    world = whole(())
    assert "You have chosen no rhythm yet" in page_of(world)
    assert network_json(network(world))["people"] == 0


def test_a_crowd_is_drawn_by_rhythm_and_only_those_between_circles_are_on_the_map(whole: Any) -> None:
    people = [
        Contact(f"p{n}", f"N{n}", every=Rhythm(1 + n % 2, "month"), circle=f"c{n % 3}", knows=(f"p{(n + 3) % 90}",))
        for n in range(90)
    ]
    people[0] = Contact("p0", "N0", every=Rhythm(1, "month"), circle="c0", knows=("p1",))
    view = network_page(whole(people))
    time, drawn = view["time"], view["map"]
    assert isinstance(time, Chart) and isinstance(drawn, Chart)
    assert [row[0] for row in time.rows] == ["about monthly", "about every two months"]
    assert drawn.rows == (("N0", "N1", "between circles"),)
    assert "Only those who stand between circles are drawn." in drawn.svg
