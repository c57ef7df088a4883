"""A roundup of what was starred: one draft post, and whom each entry would suit. Nothing is fetched.

In: the journal's stars, the stored entries, own pages, the advice. Out: a path, a text, and the shares
that every gate agreed to. Only the entries' own words go into the post.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from brandkit.app.advise import Advised, When, advise, remember_shown
from brandkit.app.project import Project
from brandkit.app.words.replying import answered_at, stored_entries
from brandkit.base.text import slugify
from brandkit.base.url import canonical
from brandkit.base.walls import UsageProblem
from brandkit.engage.sources.replies import Answered
from brandkit.engage.sources.roundups import roundup_source, roundup_title, starred


@dataclass(frozen=True)
class Share:
    """An entry of the roundup that suits somebody, as a suggestion that was made: `id` answers it."""

    id: str
    contact: str
    name: str
    title: str
    url: str


@dataclass(frozen=True)
class Roundup:
    """A new post, not written yet, what stands in it, and whom an entry of it may be sent to."""

    path: Path
    text: str
    entries: tuple[Answered, ...]
    shares: tuple[Share, ...]

    @property
    def unknown(self) -> int:
        """How many entries no followed feed has: their titles are for a person to fill in."""
        return sum(1 for entry in self.entries if not entry.title)


def begin_roundup(project: Project, when: When, title: str | None) -> Roundup:
    """The post of everything that is starred and in no post yet. Raises UsageProblem where nothing is left."""
    advised = advise(project, when, True, None, None)
    known = advised.known
    links = starred(known.vault.journal, known.pages, when.today, when.zone)
    if not links:
        raise UsageProblem(
            "nothing that you starred is waiting for a roundup", "; keep what you like with: brandkit star ENTRY"
        )
    stored = stored_entries(project)
    entries = tuple(answered_at(stored, link) for link in links)
    remember_shown(project, advised.advice)
    name = title or roundup_title(when.today)
    path = project.root / "content" / "posts" / f"{slugify(name, 'roundup')}.md"
    text = roundup_source(name, entries, when.today.isoformat())
    return Roundup(path, text, entries, tuple(_shares(advised, links)))


def _shares(advised: Advised, links: Sequence[str]) -> Iterator[Share]:
    """The shares of this week's advice that are about one of these; what rests on something sensitive stays out."""
    wanted, people = {canonical(link) for link in links}, advised.known.world.people
    for found in (s for one in advised.advice for s in one.suggestions if s.move == "share" and not s.discreet):
        if found.item is not None and found.item.key in wanted:
            name = people[found.contact].contact.name
            yield Share(found.id, found.contact, name, found.item.title, found.item.url)
