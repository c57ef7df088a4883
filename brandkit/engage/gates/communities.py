"""The rules of places where people talk: links to your own things only where they are welcome and earned. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from brandkit.engage.config import Community
from brandkit.engage.gates.question import Question
from brandkit.engage.model import Gate, Interaction
from brandkit.engage.rhythm import day_of
from brandkit.engage.world import World

_DAYS = 90  # in which helping is counted
_HELPS = frozenset({"help", "message", "offer", "feedback", "respond"})


def self_promotion(q: Question) -> Iterator[Gate]:
    """Whether a link to something of your own may stand in an answer there."""
    if q.community is None or q.entry is None:
        return
    yield Gate(
        "self-promotion", q.community.self_promotion, f"{q.community.name} does not like links to one's own work"
    )
    if q.community.self_promotion:
        share, wished = help_ratio(q.community, q.world), q.community.help_ratio
        reason = f"{share:.0%} of what you did in {q.community.name} lately was help; you wished for {wished:.0%}"
        yield Gate("help-ratio", share >= wished, reason)


def help_ratio(community: Community, world: World) -> float:
    """The share of help among all that you did there in the last 90 days; 1.0 where you did nothing."""
    lines = _lately(community, world)
    helped = sum(1 for line in lines if _is_help(line, world))
    promoted = sum(1 for line in lines if _is_promotion(line, world))
    return helped / (helped + promoted) if helped + promoted else 1.0


def was_active(community: Community, world: World) -> bool:
    """Whether you did anything there in the last 90 days."""
    return bool(_lately(community, world))


def _lately(community: Community, world: World) -> list[Interaction]:
    today, zone = world.setting.today, world.zone
    since = today - timedelta(days=_DAYS)
    own = (line for line in world.vault.journal if line.community == community.id)
    return [line for line in own if since <= day_of(line.at, zone) <= today]


def _is_promotion(line: Interaction, world: World) -> bool:
    return line.type in ("update", "promotion") or world.is_own_link(line.link)


def _is_help(line: Interaction, world: World) -> bool:
    return line.type in _HELPS and line.direction in ("gave", "mutual", "") and not _is_promotion(line, world)
