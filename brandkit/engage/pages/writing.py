"""The private pages, written. Facts in, artifacts out. Pure.

Readable offline, printable, without script; they ask for nothing from any other place. People marked
do-not-contact get no page and stand in no list. On the dashboard the same pages can be answered.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from brandkit.base.templates import environment
from brandkit.base.text import plural
from brandkit.base.walls import Artifact
from brandkit.engage.model import Interaction, Suggestion
from brandkit.engage.moves.registry import BY_NAME
from brandkit.engage.pages.page import Facts, PageView
from brandkit.engage.pages.registry import LIVE_PAGES, MENU, PAGES
from brandkit.engage.rhythm import in_words, spoken

# The parts of a score, in words.
_COMPONENTS = {
    "need": "what they look for", "interest": "what they like to read about", "expertise": "what they know about",
    "perspective": "what they favour", "meaning": "what it means", "liked": "what they liked before",
    "freshness": "how fresh it is", "trust": "how you weigh the feed", "novelty": "how new to them",
    "aside": "you set its like aside", "redundancy": "it repeats another one",
}  # fmt: skip


def private_pages(facts: Facts, texts: Mapping[str, str]) -> list[Artifact]:
    """Every page, its style sheet, the texts for one's own posts. `texts` are the templates by name."""
    write = page_writer(texts, facts.world.today)
    pages = (Artifact(view.path, write(view, facts).encode()) for view in _views(facts))
    return [*pages, Artifact("style.css", texts["style.css"].encode()), *_own(facts)]


def find_page(facts: Facts, path: str) -> PageView | None:
    """The page of that path, or None."""
    return next((view for view in _views(facts) if view.path == path), None)


def page_writer(texts: Mapping[str, str], today: date) -> Callable[[PageView, Facts], str]:
    """What turns a page into HTML, seen on that day."""
    env = environment(texts, _filters(today))

    def write(view: PageView, facts: Facts) -> str:
        up = "../" * view.path.count("/")
        return env.get_template(view.template).render(up=up, path=view.path, **_common(facts), **view.values())

    return write


def _views(facts: Facts) -> Iterator[PageView]:
    for make in (*PAGES, *(LIVE_PAGES if facts.live else ())):
        yield from make(facts)


def _common(facts: Facts) -> dict[str, object]:
    world, entries = facts.world, sum(feed.entries for feed in facts.feeds)
    figures = {"entries": entries, "feed_count": len(facts.feeds)}
    typed = facts.live.told.typed if facts.live and facts.live.told else {}
    return {"me": world.me, "today": world.today, "menu": MENU, "live": facts.live, "typed": typed, **figures}


def _filters(today: date) -> dict[str, Callable[..., Any]]:
    return {
        "day": _day,
        "plural": plural,
        "in_words": in_words,
        "move": _move,
        "component": lambda name: _COMPONENTS.get(name, name.replace("-", " ")),
        "spoken": lambda day: spoken(_date(day), today),
    }


def _own(facts: Facts) -> Iterable[Artifact]:
    return (artifact for texts_of_one in facts.own for artifact in texts_of_one.artifacts)


def _day(value: date) -> str:
    return f"{value.day} {value:%b} {value.year}"


def _date(value: date) -> date:
    return value.date() if isinstance(value, datetime) else value


def _move(value: Suggestion | Interaction | str) -> str:
    name = value if isinstance(value, str) else getattr(value, "move", "") or getattr(value, "type", "")
    return BY_NAME[name].in_words if name in BY_NAME else name.replace("-", " ").capitalize()
