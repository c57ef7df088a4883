"""The private run, from top to bottom: vault and entries in, suggestions and private pages out.

The mirror of `publish`: read, decode, refresh, ask the moves, ask the gates, plan, write. It may
know own pages; the public build never knows this.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from brandkit.app.project import Project
from brandkit.app.refreshing import FollowedFeed, RefreshReport, refresh
from brandkit.app.unchanged import joined, own_inputs, vault_inputs
from brandkit.base.diagnostics import Report
from brandkit.base.url import canonical
from brandkit.base.walls import Committed
from brandkit.engage.advising import advise_all
from brandkit.engage.config import Feed
from brandkit.engage.model import Advice, Entry, Vault
from brandkit.engage.own_texts import own_texts
from brandkit.engage.pages import Feeds, private_pages
from brandkit.engage.people import Person, people_of, setting_of
from brandkit.engage.plan import Plan, plan
from brandkit.engage.scoring.component import Setting
from brandkit.engage.scoring.index import build_index
from brandkit.engage.vault import read_vault, with_learned
from brandkit.io import commit, manifest, shown, vault
from brandkit.io.entry_store import EntryStore, StoredEntry
from brandkit.io.fetch import Limits
from brandkit.io.renderer import renderer_version
from brandkit.io.resources import private_templates
from brandkit.io.scan import Scan, Stamp

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class When:
    """The moment that advice is given for, and the zone that days are counted in."""

    now: datetime
    zone: ZoneInfo
    pinned: date | None = None

    @property
    def today(self) -> date:
        """The day."""
        return self.now.astimezone(self.zone).date()


@dataclass(frozen=True)
class Reading:
    """How feeds are read: where the local ones lie, whether the others are fetched, within which limits."""

    folder: Path
    offline: bool
    limits: Limits
    progress: Progress | None


@dataclass(frozen=True)
class Known:
    """Everything that advice rests on."""

    vault: Vault
    people: tuple[Person, ...]
    setting: Setting
    templates: dict[str, str]
    feeds: RefreshReport
    inputs: Scan
    report: Report = field(default_factory=Report)


@dataclass(frozen=True)
class Advised:
    """The advice for everybody, and the plan of the week."""

    known: Known
    advice: tuple[Advice, ...]
    plan: Plan


def advise(project: Project, when: When, offline: bool, minutes: int | None, progress: Progress | None) -> Advised:
    """Advice for everybody. Mistakes in the vault are in the report; they stop only what they spoil."""
    known = gather(project, when, offline, progress)
    advice = advise_all(known.people, known.setting, known.vault.me, known.templates)
    budget = minutes if minutes is not None else round(known.vault.me.hours_a_week * 60)
    return Advised(known, advice, plan(advice, budget))


def gather(project: Project, when: When, offline: bool, progress: Progress | None) -> Known:
    """Read the vault, refresh the feeds that are due, index the entries."""
    report = Report()
    inputs = vault_inputs(project, manifest.load(project.private).inputs)
    folder = vault.locate(project.root)
    texts = report.take(vault.read(folder, vault.display_name(folder, project.root)))
    content = with_learned(report.take(read_vault(texts, vault.display_name(folder, project.root))))
    reading = Reading(folder, offline, Limits(allow=frozenset(content.me.settings.allow_hosts)), progress)
    entries, refreshed = _entries(project, content.feeds, when, reading)
    index = build_index(entries)
    return Known(
        vault=content,
        people=people_of(content, index, when.today, when.zone),
        setting=setting_of(content, index, when.today),
        templates={**private_templates("drafts"), **content.templates},
        feeds=refreshed,
        inputs=inputs,
        report=report,
    )


def write_pages(project: Project, when: When, advised: Advised) -> Committed:
    """Write the private pages, and remember what they suggest. Raises Refused for a foreign folder."""
    from brandkit.app.own_posts import own_posts  # here, so that advice alone never waits for the public wing

    inputs = joined(advised.known.inputs, own_inputs(project, manifest.load(project.public).inputs))
    known, own = advised.known, own_texts(own_posts(project, when.today))
    feeds = Feeds(len(known.feeds.feeds), len(known.setting.index.entries))
    artifacts = private_pages(
        known.vault, known.people, advised.advice, advised.plan, when.today, feeds, private_templates("pages"), own
    )
    out = project.private
    commit.check_owned(out)
    commit.recover(out)
    paths = [artifact.path for artifact in artifacts]
    memory = partial(_memory, project, when, advised, inputs)
    return commit.commit(out, paths, artifacts, manifest.present(out), memory)


def _memory(
    project: Project, when: When, advised: Advised, inputs: Scan, stamps: Mapping[str, Stamp]
) -> dict[Path, bytes]:
    """What has to be the same for the next run to find nothing to do."""
    known, checks = advised.known, advised.known.feeds.next_check_at
    facts = {
        "day": when.today.isoformat(),
        "zone": when.zone.key,
        "pinned": when.pinned.isoformat() if when.pinned else "",
        **summary(advised),
    }
    kept = manifest.Manifest(
        renderer=renderer_version(),
        valid_until=checks.timestamp() if checks else None,
        inputs=inputs,
        outputs={path: (stamp, "") for path, stamp in stamps.items()},
        diagnostics=tuple(asdict(d) for d in known.report.diagnostics),
        facts=facts,
    )
    return {manifest.path_of(project.private): manifest.dump(kept)}


def summary(advised: Advised) -> dict[str, int]:
    """The figures that a run reports."""
    return {
        "feeds": len(advised.known.feeds.feeds),
        "entries": len(advised.known.setting.index.entries),
        "people": sum(1 for one in advised.advice if one.suggestions),
        "suggestions": sum(len(one.suggestions) for one in advised.advice),
        "this_week": len(advised.plan.suggestions),
        "failed_feeds": sum(1 for feed in advised.known.feeds.feeds if feed.status == "failed"),
    }


def remember_shown(project: Project, advice: Iterable[Advice]) -> None:
    """Keep what was suggested, so that an id can be answered."""
    from brandkit.engage.as_json import suggestion_json

    shown.remember(project.state, [suggestion_json(s) for one in advice for s in one.suggestions])


def _entries(
    project: Project,
    feeds: Sequence[Feed],
    when: When,
    reading: Reading,
) -> tuple[tuple[Entry, ...], RefreshReport]:
    followed = [FollowedFeed(feed.id, feed.url, feed.title) for feed in feeds if feed.kind == "feed"]
    by_id = {feed.id: feed for feed in feeds}
    with EntryStore(project.state / "entries.db") as store:
        refreshed = refresh(
            followed, reading.folder, store, when.now, reading.offline, reading.limits, reading.progress
        )
        stored = store.entries()
    if refreshed.new:  # what the private pages were made of has changed
        manifest.path_of(project.private).unlink(missing_ok=True)
    entries = (_entry(row) for row in stored if row.feed_id in by_id)
    wanted = (entry for entry in entries if _wanted(entry, by_id[entry.feed]))
    return tuple(sorted(wanted, key=lambda e: (e.published, e.canonical, e.guid), reverse=True)), refreshed


def _entry(row: StoredEntry) -> Entry:
    return Entry(
        guid=row.guid,
        feed=row.feed_id,
        url=row.url,
        canonical=canonical(row.url) if row.url else row.guid,
        title=row.title,
        summary=row.summary,
        text=row.text,
        published=row.published or row.updated or row.seen_at,
        language=row.language or "",
        author=row.author,
    )


def _wanted(entry: Entry, feed: Feed) -> bool:
    """The words that feeds.yaml asks for or excludes."""
    text = f"{entry.title} {entry.summary} {entry.text}".casefold()
    if feed.include and not any(word.casefold() in text for word in feed.include):
        return False
    return not any(word.casefold() in text for word in feed.exclude)
