"""renew: a membership ends soon unless it is renewed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from brandkit.engage.config import Organization
from brandkit.engage.days.agenda import is_member, notice_day, renewal_of
from brandkit.engage.gates.question import Question
from brandkit.engage.model import Component, Evidence, Item, Suggestion
from brandkit.engage.moves.move import Move, Occasion
from brandkit.engage.rhythm import spoken
from brandkit.engage.values import Rhythm
from brandkit.engage.world import World

_NOTICE = Rhythm(30, "day")
_LATE = 14  # days in which it may still be mended


class Renew(Move):
    """Staying a member."""

    name = "renew"
    in_words = "A membership"
    minutes = 10

    def for_all(self, world: World) -> Iterator[Suggestion]:
        """One for each membership within its notice; one that has ended, or ends before that day, is silent."""
        for organization in world.vault.organizations:
            member, renews = organization.member, renewal_of(organization.member)
            if member is None or renews is None or not is_member(member, world.today):
                continue
            if notice_day(renews, member.notice or _NOTICE) <= world.today <= renews + timedelta(days=_LATE):
                yield self._suggest(world, organization, renews)

    def _suggest(self, world: World, organization: Organization, renews: date) -> Suggestion:
        item = Item("membership", f"{organization.id}@{renews.isoformat()}", organization.name)
        day, late = spoken(renews, world.today), renews < world.today
        ends = f"was to be renewed {day}" if late else f"is to be renewed by {day}"
        where = f" {organization.url}" if organization.url else ""
        return self.suggest(
            Occasion(
                Question(self.name, world, item=item),
                f"Your membership of {organization.name} {ends}.{where}",
                (Component("membership", 0.7, Evidence(f"organizations {organization.id}")),),
                urgency=1.5 if (renews - world.today).days <= 7 else 0.8,
                expires=renews + timedelta(days=_LATE),
            )
        )
