"""A reply to something that was read: find the entry, hand the new post back as a path and a text.

In: a web address, or the beginning of the id of a suggestion or an entry. Nothing is fetched, and what is
not known stays empty. Only the entry's own words go into the post.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from brandkit.app.project import Project
from brandkit.base.url import canonical, is_web
from brandkit.base.walls import UsageProblem
from brandkit.engage.sources.replies import Answered, reply_slug, reply_source
from brandkit.io import shown
from brandkit.io.store.entry_rows import StoredEntry
from brandkit.io.store.entry_store import EntryStore

_SHORTEST_ID = 3


@dataclass(frozen=True)
class Reply:
    """A new post, not written yet. `known`: the entry was found, so title and author are filled in."""

    path: Path
    text: str
    known: bool


def begin_reply(project: Project, wanted: str, day: str) -> Reply:
    """The post that answers `wanted`. Raises UsageProblem where that is neither an address nor an id."""
    entries = stored_entries(project)
    if is_web(wanted.strip()):
        address, entry = wanted.strip(), _at(entries, wanted.strip())
    else:
        entry = _called(project, entries, wanted.strip())
        address = entry.url
    answered = _answered(address, entry)
    path = project.root / "content" / "posts" / f"{reply_slug(answered)}.md"
    return Reply(path, reply_source(answered, day), entry is not None)


def answered_at(entries: Sequence[StoredEntry], address: str) -> Answered:
    """What stands at an address, as far as one of these entries knows it."""
    return _answered(address, _at(entries, address))


def _answered(address: str, entry: StoredEntry | None) -> Answered:
    if entry is None:
        return Answered(address)
    return Answered(address, entry.title, entry.author, entry.text or entry.summary)


def stored_entries(project: Project) -> list[StoredEntry]:
    """What was read of the followed feeds; nothing where no feed was ever read."""
    file = project.state / "entries.db"
    if not file.is_file():
        return []
    with EntryStore(file) as store:
        return store.entries()


def _at(entries: Sequence[StoredEntry], address: str) -> StoredEntry | None:
    """The entry at an address in whatever variant; where several feeds carry it, the one that says most of it."""
    wanted = canonical(address)
    found = [entry for entry in entries if entry.url and canonical(entry.url) == wanted]
    return max(found, key=lambda entry: (len(entry.text), -entry.dated.timestamp()), default=None)


def _called(project: Project, entries: Sequence[StoredEntry], prefix: str) -> StoredEntry:
    """The entry of a suggestion whose id begins so, or that has an id of its own that does."""
    if len(prefix) >= _SHORTEST_ID:
        items = [row.get("item") or {} for row in shown.find(project.state, prefix)]
        offered = {_at(entries, str(item["url"])) for item in items if item.get("url")} - {None}
        own = {entry for entry in entries if entry.url and entry.guid.startswith(prefix)}
        found = [entry for entry in offered or own if entry is not None and is_web(entry.url)]
        distinct = {canonical(entry.url): entry for entry in found}
        if len(distinct) == 1:
            return next(iter(distinct.values()))
        if distinct:
            raise UsageProblem(f"'{prefix}' could be {len(distinct)} entries: write more of it, or the link")
    raise UsageProblem(
        f"no entry is called '{prefix}'; write its link, whole, or the id of a suggestion that offers it"
    )
