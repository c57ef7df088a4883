"""The plan: one thing a person, within the minutes, the most worthwhile first, nothing sensitive."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest

from brandkit.engage.contacts import Contact
from brandkit.engage.model import Advice, Suggestion
from brandkit.engage.plan import headline, plan


def make(id: str, who: str, urgency: float, minutes: int | None = 5, discreet: bool = False) -> Suggestion:
    return Suggestion(id, who, "share", "why", urgency, (), minutes, None, urgency=urgency, discreet=discreet)


def advice(*suggestions: Suggestion) -> list[Advice]:
    people = itertools.groupby(sorted(suggestions, key=lambda s: s.contact), key=lambda s: s.contact)
    return [Advice(Contact(who, who.title()), tuple(sorted(own, key=lambda s: -s.urgency))) for who, own in people]


def ids(suggestions: tuple[Suggestion, ...]) -> list[str]:
    return [suggestion.id for suggestion in suggestions]


def test_each_person_has_one_thing_and_the_most_worthwhile_comes_first() -> None:
    found = plan(
        advice(make("1", "ada", 0.3), make("2", "ada", 0.9), make("3", "bea", 1.2), make("4", "cleo", 0.1)), 60
    )
    assert ids(found.suggestions) == ["3", "2", "4"]
    assert (found.minutes, found.budget, found.more) == (15, 60, 0)


def test_the_minutes_are_never_exceeded_and_what_fits_still_comes() -> None:
    found = plan(advice(make("1", "ada", 3, 30), make("2", "bea", 2, 10), make("3", "cleo", 1, 5)), 36)
    assert ids(found.suggestions) == ["1", "3"]
    assert (found.minutes, found.more) == (35, 1)
    assert plan(advice(make("1", "ada", 3, 30)), 0).suggestions == ()


def test_what_takes_no_minutes_stands_outside_of_the_budget() -> None:
    assert ids(plan(advice(make("1", "ada", 3, None)), 0).suggestions) == ["1"]


def test_what_rests_on_something_sensitive_is_left_to_the_persons_own_page() -> None:
    found = plan(
        advice(make("1", "ada", 3, discreet=True), make("2", "ada", 1), make("3", "bea", 3, discreet=True)), 60
    )
    assert ids(found.suggestions) == ["2"]
    assert found.more == 0


def test_ties_break_on_the_id_whatever_the_order() -> None:
    some = [make(id, who, 1) for id, who in (("b", "ada"), ("a", "bea"), ("c", "cleo"))]
    assert {tuple(ids(plan(advice(*order), 60).suggestions)) for order in itertools.permutations(some)} == {
        ("a", "b", "c")
    }


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (0, "Nothing presses this week. Enjoy it."),
        (1, "One person, one thing. That's enough."),
        (3, "Three people, one thing each. That's enough."),
        (13, "13 people, one thing each. That's enough."),
    ],
)
def test_the_headline_says_that_it_is_enough(count: int, said: str) -> None:
    assert headline([make(str(n), f"p{n}", 1) for n in range(count)]) == said


def test_what_is_about_you_alone_is_counted_apart() -> None:
    people = [make(str(n), f"p{n}", 1) for n in range(3)]
    assert headline([*people, make("r", "", 1)]) == "Three people, one thing each, and one of your own. That's enough."
    assert headline([make("r", "", 1)]) == "One thing of your own. That's enough."


def test_a_week_is_not_five_articles() -> None:
    shares = [make(f"s{n}", f"p{n}", 0.6) for n in range(4)]
    word = replace(make("c", "cleo", 0.5), move="check-in")
    chosen = plan(advice(*shares, word), 10).suggestions
    assert {s.move for s in chosen} == {"share", "check-in"}
