"""Who is offered something to share, whether the first is right, and who is offered what is of no use to them.

First each set by itself. `offered` is the share of contacts with a suggestion to share something;
`first right` is how often the one with the highest score is relevant, of the contacts offered one.
Then contacts of one set (with their history) meet the items of another: nothing there is meant for
them, and whoever is offered something anyway is disturbed for nothing. share_days is set so that all
new items, and no others, may be offered.
"""

from __future__ import annotations

import argparse
import json
import shutil
from collections import defaultdict
from datetime import UTC, datetime, timedelta
from itertools import permutations
from pathlib import Path
from typing import Any

from ranking.measures import interval
from ranking.projects import Layout
from ranking.sets import EvaluationSet, Sets
from ranking.workshop import Workshop, say, table

_LONG_AGO = datetime(2011, 1, 1, tzinfo=UTC)  # before every item of every set
_MARK = "own-"  # before the ids and feeds of what comes from the contacts' own set
_Offers = dict[str, list[tuple[float, str]]]


def add_options(command: argparse.ArgumentParser) -> None:
    """Which half of it."""
    command.add_argument("--only", choices=["own", "crossed"], help="one of the two tables")


def run(arguments: argparse.Namespace, sets: Sets, workshop: Workshop) -> dict[str, Any]:
    """Two tables."""
    own = _own(sets, workshop) if arguments.only != "crossed" else []
    crossed = _crossed(sets, workshop) if arguments.only != "own" else []
    return {"own": own, "crossed": crossed}


def _own(sets: Sets, workshop: Workshop) -> list[dict[str, Any]]:
    def work(task: tuple[EvaluationSet, str]) -> _Offers:
        one, setting = task
        return _offers(one, one, workshop, Layout(one.folder, setting))

    tasks = workshop.tasks(sets)
    figures = [
        {"set": one.name, "setting": setting} | _judged(one, found)
        for (one, setting), found in zip(tasks, workshop.each(work, tasks), strict=True)
    ]
    head = ("set", "setting", "contacts", "offered", "first right", "each right", "offers each")
    table("Offered something of their own set", head, [_own_row(row) for row in figures])
    return figures


def _judged(one: EvaluationSet, found: _Offers) -> dict[str, Any]:
    """How many are offered something, and how good that is."""
    contacts = [contact["id"] for contact in one.data.contacts]
    offered = [contact for contact in contacts if found[contact]]
    right = {c: [one.data.qrels[c].get(item, 0) >= one.data.rel_from for _, item in found[c]] for c in offered}
    return {
        "contacts": len(contacts),
        "offered": vars(interval(one, [bool(found[contact]) for contact in contacts])),
        "first_right": vars(interval(one, [right[contact][0] for contact in offered])),
        "each_right": vars(interval(one, [sum(right[contact]) / len(right[contact]) for contact in offered])),
        "offers_each": sum(map(len, right.values())) / (len(offered) or 1),
    }


def _own_row(row: dict[str, Any]) -> tuple[str, ...]:
    shares = (_shown(row[name]) for name in ("offered", "first_right", "each_right"))
    return (row["set"], row["setting"], str(row["contacts"]), *shares, f"{row['offers_each']:.1f}")


def _crossed(sets: Sets, workshop: Workshop) -> list[dict[str, Any]]:
    def work(task: tuple[EvaluationSet, EvaluationSet, str]) -> _Offers:
        people, items, setting = task
        folder = workshop.folder / f"set-{people.name}-{items.name}-{setting}"
        cross(people.folder, items.folder, folder, setting)
        return _offers(people, items, workshop, Layout(folder, setting))

    wanted = workshop.arguments.settings
    tasks = [(one, other, setting) for one, other in permutations(sets, 2) for setting in one.settings(wanted)]
    figures = []
    for (people, items, setting), found in zip(tasks, workshop.each(work, tasks), strict=True):
        offered = interval(people, [bool(found[contact["id"]]) for contact in people.data.contacts])
        figures.append({"contacts": people.name, "items": items.name, "setting": setting, "offered": vars(offered)})
    rows = [(row["contacts"], row["items"], row["setting"], _shown(row["offered"])) for row in figures]
    table("Offered something that is meant for nobody", ("contacts of", "items of", "setting", "offered"), rows)
    return figures


def cross(people: Path, items: Path, folder: Path, setting: str) -> None:
    """A set of the contacts of one and the items of another; their history comes with its own, much older items."""
    folder.mkdir()
    shutil.copy(people / "contacts.jsonl", folder)
    text = (items / "items.jsonl").read_text(encoding="utf-8")
    history = (people / "history.tsv").read_text(encoding="utf-8") if setting == "B" else ""
    if history:
        lines = (people / "items.jsonl").read_text(encoding="utf-8").splitlines()
        past = [item for item in map(json.loads, lines) if item["split"] == "past"]
        text += "".join(json.dumps(_long_ago(item, number)) + "\n" for number, item in enumerate(past))
        rows = (line.split() for line in history.splitlines())
        history = "".join(f"{contact}\t{_MARK}{item}\t{value}\n" for contact, item, value in rows)
    (folder / "items.jsonl").write_text(text, encoding="utf-8")
    (folder / "history.tsv").write_text(history, encoding="utf-8")


def _long_ago(item: dict[str, Any], number: int) -> dict[str, Any]:
    at = (_LONG_AGO + timedelta(minutes=number)).isoformat()
    return item | {"id": _MARK + item["id"], "feed": _MARK + (item["feed"] or "feed"), "date": at}


def _offers(people: EvaluationSet, items: EvaluationSet, workshop: Workshop, layout: Layout) -> _Offers:
    """What each contact is offered to be sent, the highest score first: new items by id."""
    name = f"{people.name}-{items.name}-{layout.setting}"
    wanted = Layout(layout.folder, layout.setting, semantic=workshop.arguments.semantic, only_new=True)
    found: _Offers = defaultdict(list)
    for suggestion in workshop.lay_out(people, name, wanted).suggestions():
        link = (suggestion["item"] or {}).get("url") or ""
        item = link.rpartition("/")[2]
        if suggestion["move"] == "share" and item in items.data.new:
            found[suggestion["contact"]].append((suggestion["score"], item))
    for offers in found.values():
        offers.sort(key=lambda offer: -offer[0])
    say(f"{name}: suggested")
    return found


def _shown(figure: dict[str, Any]) -> str:
    return f"{figure['mean']:.2f} [{figure['low']:.2f}, {figure['high']:.2f}]"
