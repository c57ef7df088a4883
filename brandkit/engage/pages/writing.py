"""The private pages, written. Facts in, artifacts out. Pure.

Readable offline, printable, without script; they ask for nothing from any other place. People marked
do-not-contact get no page and stand in no list.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from brandkit.base.templates import environment
from brandkit.base.text import plural
from brandkit.base.walls import Artifact
from brandkit.engage.model import Interaction, Suggestion
from brandkit.engage.moves.registry import BY_NAME
from brandkit.engage.pages.page import Facts
from brandkit.engage.pages.registry import MENU, PAGES
from brandkit.engage.rhythm import in_words, spoken


def private_pages(facts: Facts, texts: Mapping[str, str]) -> list[Artifact]:
    """Every page, its style sheet, the texts for one's own posts. `texts` are the templates by name."""
    return [*_pages(facts, texts), Artifact("style.css", texts["style.css"].encode()), *_own(facts)]


def _pages(facts: Facts, texts: Mapping[str, str]) -> Iterator[Artifact]:
    world = facts.world

    def relative(day: date) -> str:
        return spoken(_date(day), world.today)

    filters: dict[str, Callable[..., Any]] = {
        "day": _day,
        "plural": plural,
        "in_words": in_words,
        "move": _move,
        "spoken": relative,
    }
    env = environment(texts, filters)
    common = {"me": world.me, "today": world.today, "menu": MENU, "entries": sum(feed.entries for feed in facts.feeds)}
    for make in PAGES:
        for page in make(facts):
            values = {**common, "feed_count": len(facts.feeds), **page.values}
            up = "../" * page.path.count("/")
            text = env.get_template(page.template).render(up=up, path=page.path, **values)
            yield Artifact(page.path, text.encode())


def _own(facts: Facts) -> Iterator[Artifact]:
    for texts_of_one in facts.own:
        yield from texts_of_one.artifacts


def _day(value: date) -> str:
    return f"{value.day} {value:%b} {value.year}"


def _date(value: date) -> date:
    return value.date() if isinstance(value, datetime) else value


def _move(value: Suggestion | Interaction | str) -> str:
    name = value if isinstance(value, str) else getattr(value, "move", "") or getattr(value, "type", "")
    return BY_NAME[name].in_words if name in BY_NAME else name.replace("-", " ").capitalize()
