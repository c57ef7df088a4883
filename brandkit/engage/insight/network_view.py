"""The network as its page and its JSON show it. In: the world. Out: plain values and charts. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from brandkit.base.text import plural
from brandkit.engage.insight.charts import Chart, Group, Words, arcs, bars, columns
from brandkit.engage.insight.network import Count, Network, network
from brandkit.engage.rhythm import in_words
from brandkit.engage.world import World

_IN_A_CHART = 40  # people; with more, one bar a rhythm
_ON_THE_MAP = 60  # people; with more, only those who stand between circles


def network_page(world: World) -> Mapping[str, object]:
    """What `network.html` shows. `to` is the name of each contact by id."""
    found = network(world)
    names = {id_: world.people[id_].contact.name for id_ in found.contacts}
    return {
        "network": found,
        "to": names,
        "verdict": verdict(found),
        "time": _time(found, names),
        "map": _map(found, names),
        "growth": _columns("growth", "New people by quarter", "Quarter", found.growth),
        "touches": _columns("touches", "In touch, by month", "Month", found.touches),
    }


def verdict(found: Network) -> str:
    """One sentence on the time that the rhythms take."""
    effort = found.effort
    if not effort.rhythms:
        return "You have chosen no rhythm yet; with one, this page says how much time it takes."
    takes = f"Your rhythms take about {plural(round(effort.weekly), 'minute')} a week"
    if effort.relaxed is None:
        return f"{takes}, of the {effort.available:g} that you have."
    relaxed = plural(round(effort.relaxed), "minute")
    return f"{takes}; you have {effort.available:g}. With rhythms half as long again it would be {relaxed}."


def network_json(found: Network) -> dict[str, Any]:
    """The network as plain data; every figure with the ids that it rests on."""
    effort = found.effort
    return {
        "people": len(found.contacts),
        "minutes": {
            "weekly": round(effort.weekly, 2),
            "available": round(effort.available, 2),
            "relaxed": None if effort.relaxed is None else round(effort.relaxed, 2),
            "contacts": [
                {"contact": r.contact, "every_days": r.days, "minutes": r.minutes, "weekly": round(r.weekly, 2)}
                for r in effort.rhythms
            ],
        },
        "dormant": [
            {"contact": d.contact, "exchanges": d.exchanges, "last": d.last.isoformat()} for d in found.dormant
        ],
        "support": [{"kind": k.name, "contacts": list(k.contacts), "thin": k.is_thin} for k in found.kinds],
        "given": [
            {"contact": g.contact, "gave": g.gave, "received": g.received, "asked": g.asked, "mutual": g.mutual}
            for g in found.given
        ],
        "circles": [{"circle": c.name or None, "contacts": list(c.contacts)} for c in found.circles],
        "between": [{"contact": b.contact, "circle": b.circle, "knows": list(b.knows)} for b in found.between],
        "knows": [list(edge) for edge in found.edges],
        "growth": [{"quarter": c.label, "count": c.count, "contacts": list(c.ids)} for c in found.growth],
        "touches": [{"month": c.label, "count": c.count, "lines": list(c.ids)} for c in found.touches],
    }


def _time(found: Network, names: Mapping[str, str]) -> Chart | None:
    """Minutes by person; of many, by rhythm."""
    rhythms = found.effort.rhythms
    if not rhythms:
        return None
    if len(rhythms) <= _IN_A_CHART:
        words = Words("Minutes a week, by person", verdict(found), ("Who", "Minutes a week"))
        return bars("time", words, [(names[r.contact], r.weekly) for r in rhythms])
    sums: dict[str, float] = {}
    for rhythm in sorted(rhythms, key=lambda r: r.days):
        wish = in_words(rhythm.days)
        sums[wish] = sums.get(wish, 0.0) + rhythm.weekly
    words = Words("Minutes a week, by rhythm", verdict(found), ("Rhythm", "Minutes a week"))
    return bars("time", words, list(sums.items()))


def _map(found: Network, names: Mapping[str, str]) -> Chart | None:
    """Everybody who is in a circle or knows somebody; of many, those who stand between circles."""
    linked = {id_ for edge in found.edges for id_ in edge}
    between = {id_ for one in found.between for id_ in (one.contact, *one.knows)}
    if not linked:
        return None
    crowded = len(linked.union(*(c.contacts for c in found.circles if c.name))) > _ON_THE_MAP
    groups = [
        Group(circle.name or "In no circle", tuple((id_, names[id_]) for id_ in chosen), bool(circle.name))
        for circle in found.circles
        if (chosen := [i for i in circle.contacts if (i in between if crowded else circle.name or i in linked)])
    ]
    left_out = " Only those who stand between circles are drawn." if crowded else ""
    said = f"{plural(len(found.edges), 'tie')}, {plural(len(found.between), 'person', 'people')} between circles."
    return arcs("map", Words("Who knows whom", said + left_out, ("Who", "knows")), groups, found.edges)


def _columns(id: str, title: str, head: str, counts: Sequence[Count]) -> Chart:
    total = sum(count.count for count in counts)
    words = Words(title, f"{total} in all; the table gives each.", (head, "How many"))
    return columns(id, words, [(count.label, count.count) for count in counts])
