"""The words quoted below a suggestion belong to its reason, and a note of your own says what it is about."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from brandkit.engage.advising import advise_all
from brandkit.engage.contacts import Need
from brandkit.engage.model import Component, Evidence, Item, Suggestion
from brandkit.engage.moves.update import Update
from brandkit.engage.pages.page import Facts
from brandkit.engage.pages.writing import private_pages
from brandkit.engage.plan import plan
from brandkit.io.resources import private_templates

WEAK = Component("need", 0.03, Evidence("needs[0]", ("quality",), "Quality rose."))
STRONG = Component("interest", 0.16, Evidence("interests[0]", ("contracts",), "Contracts saved us."))


def said(*components: Component, why: str = "Ada likes to read about contracts.", title: str = "A title") -> str:
    item = Item("entry", "k", title)
    return Suggestion("1", "ada", "share", why, 0.2, components, 5, None, item=item).quote


@pytest.mark.parametrize("components", [(WEAK, STRONG), (STRONG, WEAK)])
def test_the_sentence_of_the_component_that_says_most_is_quoted(components: tuple[Component, ...]) -> None:
    assert said(*components) == "Contracts saved us."


def test_what_the_title_or_the_reason_says_is_not_quoted_again() -> None:
    assert said(WEAK, STRONG, title="Contracts saved us.") == ""
    assert said(STRONG, why="They wrote “Contracts saved us.”") == ""
    assert said() == said(replace(WEAK, value=-0.1)) == ""


def test_a_private_page_quotes_what_its_reason_names(whole: Any, entry: Any, ada: Any) -> None:
    text = (
        "Data quality rose in the second year, as was hoped. Data contracts saved our data contracts team from outages."
    )
    others = [entry(f"Other {n}", f"Word{n} here.", f"https://o{n}.example/") for n in range(6)]
    contact = ada(needs=(Need("somebody for quality in the second place of many"),), interests=("data contracts",))
    world = whole(contact, [entry("After two years", text, "https://a.example/1"), *others])
    advice = advise_all(world, private_templates("drafts"))
    (share,) = (s for s in advice[0].suggestions if s.move == "share")
    made = private_pages(Facts(world, advice, plan(advice, 60), written=world.vault), private_templates("pages"))
    page = next(artifact.data.decode() for artifact in made if artifact.path == "people/ada.html")
    assert {c.name for c in share.components} >= {"need", "interest"}
    assert share.why == "Ada likes to read about data contracts."
    assert "<blockquote>Data contracts saved our data contracts team from outages.</blockquote>" in page
    assert "<blockquote>Data quality" not in page


def notes_of_yours(whole: Any, entry: Any, own_page: Any, line: Any, contact: Any) -> list[Suggestion]:
    text = "A year has passed. Remote caching halved our builds, and nobody noticed. That was the aim."
    page = own_page(title="What we learned", text=text)
    feed = [entry(f"Bread {n}", f"Flour{n} and water.", f"https://o{n}.example/") for n in range(6)]
    world = whole(contact, feed, [line("call", direction="mutual")], pages=[page])
    return [s for s in Update().for_person(world.people["ada"], world) if s.allowed]


def test_a_note_of_yours_names_what_it_is_about_and_quotes_a_sentence(
    whole: Any, entry: Any, own_page: Any, line: Any, ada: Any
) -> None:
    (note,) = notes_of_yours(whole, entry, own_page, line, ada(interests=("remote caching",)))
    assert note.why == "“What we learned” is about remote caching, which Ada likes to read about."
    assert note.quote == "Remote caching halved our builds, and nobody noticed."


@pytest.mark.parametrize(("sensitive", "end"), [(False, ", who looks for this: remote caching."), (True, ".")])
def test_a_need_that_it_meets_is_named_unless_it_is_sensitive(
    sensitive: bool, end: str, whole: Any, entry: Any, own_page: Any, line: Any, ada: Any
) -> None:
    need = Need("remote caching.", sensitive=sensitive)
    (note,) = notes_of_yours(whole, entry, own_page, line, ada(needs=(need,)))
    assert note.why == f"“What we learned” may be of use to Ada{end}"
