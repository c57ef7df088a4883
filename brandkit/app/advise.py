"""The private run, from top to bottom: vault and entries in, suggestions and private pages out.

The mirror of `publish`: read, decode, refresh, ask the moves, ask the gates, plan, write. It may
know own pages; the public build never knows this.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from brandkit.app.feeds.feed_entries import ask_feeds, read_feeds
from brandkit.app.feeds.refreshing import Progress, Reading, RefreshReport
from brandkit.app.own_calendar import own_calendar
from brandkit.app.project import Project
from brandkit.app.unchanged import joined, own_inputs, vault_inputs
from brandkit.base.diagnostics import Outcome, Report
from brandkit.base.walls import Committed, OwnPage, Refused
from brandkit.engage.advising import advise_all, advise_one, found_among_all
from brandkit.engage.config import Me
from brandkit.engage.contacts import Contact
from brandkit.engage.days.occasions import Occasion
from brandkit.engage.feeds.feed_names import feed_names, handle, label
from brandkit.engage.feeds.following import followed
from brandkit.engage.gates.standing import closed_because
from brandkit.engage.model import Advice, Suggestion, Vault
from brandkit.engage.moves.registry import BY_NAME
from brandkit.engage.own_texts.own_texts import own_texts
from brandkit.engage.pages.page import Facts, FeedHealth
from brandkit.engage.pages.writing import private_pages
from brandkit.engage.plan import Plan, plan
from brandkit.engage.reread import Reread
from brandkit.engage.vault import read_vault, with_learned
from brandkit.engage.world import Own, World, world_of
from brandkit.io import commit, kept_file, last_vault, manifest, shown, vault
from brandkit.io.collecting import at_rest
from brandkit.io.net.fetch import Limits
from brandkit.io.renderer import renderer_version
from brandkit.io.resources import private_templates
from brandkit.io.scan import Scan, Stamp
from brandkit.io.standing import present
from brandkit.io.store.entry_store import EntryStore


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
class Known:
    """Everything that advice rests on."""

    world: World
    written: Vault
    pages: tuple[OwnPage, ...]
    occasions: tuple[Occasion, ...]
    templates: dict[str, str]
    feeds: RefreshReport
    counts: Counter[str]  # entries of each feed
    inputs: Scan
    report: Report = field(default_factory=Report)

    @property
    def vault(self) -> Vault:
        """What people wrote."""
        return self.world.vault


@dataclass(frozen=True)
class Advised:
    """The advice for everybody, and the plan of the week."""

    known: Known
    advice: tuple[Advice, ...]
    plan: Plan


def advise(project: Project, when: When, offline: bool, minutes: int | None, progress: Progress | None) -> Advised:
    """Advice for everybody. Mistakes in the vault are in the report; they stop only what they spoil."""
    with at_rest():
        known = gather(project, when, offline, progress)
        advice = advise_all(known.world, known.templates)
        budget = minutes if minutes is not None else round(known.vault.me.hours_a_week * 60)
        return Advised(known, advice, plan(advice, budget))


def gather(project: Project, when: When, offline: bool, progress: Progress | None) -> Known:
    """Read the vault, refresh the feeds that are due, know the own pages, index all that was read."""
    from brandkit.app.own_posts import own_posts  # here, so that what needs no advice never waits for the public wing

    report = Report()
    inputs = joined(
        vault_inputs(project, manifest.load(project.private).inputs),
        own_inputs(project, manifest.load(project.public).inputs),
    )
    folder = vault.locate(project.root)
    written = report.take(_read_vault(project, folder))
    content = with_learned(written, when.today, when.zone)
    gathered = read_feeds(_store(project), content, when.now, _reading(project, folder, content, offline, progress))
    report.add(gathered.diagnostics)
    _note_news(project, gathered.refreshed)
    site, pages = own_posts(project, when.today)
    return Known(
        world=world_of(content, gathered.read, Own(pages, site), when.today, when.zone),
        written=written,
        pages=pages,
        occasions=gathered.occasions,
        templates={**private_templates("drafts"), **content.templates},
        feeds=gathered.refreshed,
        counts=gathered.counts,
        inputs=inputs,
        report=report,
    )


def refresh_feeds(
    project: Project, when: When, offline: bool, progress: Progress | None
) -> tuple[RefreshReport, Report]:
    """Refresh the feeds that are due, and no more: what they hold is weighed when somebody asks for advice."""
    report, folder = Report(), vault.locate(project.root)
    content = with_learned(report.take(_read_vault(project, folder)), when.today, when.zone)
    refreshed = ask_feeds(_store(project), content, when.now, _reading(project, folder, content, offline, progress))
    _note_news(project, refreshed)
    return refreshed, report


def _read_vault(project: Project, folder: Path) -> Outcome[Vault]:
    name = vault.display_name(folder, project.root)
    texts = vault.read(folder, name)
    reread = Reread(kept_file.load(project.state, renderer_version()))
    written = read_vault(texts.value, name, reread)
    if reread.has_changed:
        kept_file.save(project.state, renderer_version(), reread.after)
    last_vault.remember(project.state, last_vault.Held(len(written.value.contacts), len(written.value.journal)))
    return Outcome(written.value, (*texts.diagnostics, *written.diagnostics))


def _store(project: Project) -> Path:
    return project.state / "entries.db"


def _reading(project: Project, folder: Path, content: Vault, offline: bool, progress: Progress | None) -> Reading:
    limits = Limits(allow=frozenset(content.me.settings.allow_hosts))
    return Reading(project.root, folder, offline, limits, progress)


def _note_news(project: Project, refreshed: RefreshReport) -> None:
    if refreshed.new:  # what the private pages were made of has changed
        manifest.forget(project.private)


def find_draftable(
    project: Project, when: When, id_: str
) -> tuple[Suggestion, Contact | None, Me, Mapping[str, str]] | None:
    """The suggestion of that id, or of one that begins so, as it stands now, whether a gate refused it or not.

    Also the contact that it is for, and what its words are made from. None where there is no such occasion (any
    more). Raises Refused where its person is to be left alone.
    """
    known = gather(project, when, offline=True, progress=None)
    world = known.world
    several = found_among_all(world)
    shown_for = {row["contact"] for row in shown.find(project.state, id_)}
    people = [world.people[id] for id in shown_for if id in world.people] or list(world.people.values())
    advice = [advise_one(person, world, known.templates, several, explain=True) for person in people]
    own = Advice(None, tuple(several.get("", ())))
    matching = [(s, one.contact) for one in (*advice, own) for s in _beginning(one, id_)]
    if len(matching) == 1:
        return (*matching[0], world.me, known.templates)
    closed = [reason for person in people if shown_for and (reason := closed_because(person, when.today))]
    if closed:
        raise Refused(f"there is no draft for this: {closed[0]}")
    return None


def _beginning(advice: Advice, id_: str) -> Iterator[Suggestion]:
    """The suggestions whose id begins so, whether a gate refused them or not."""
    yield from (advice.suggestions[at] for at, s in enumerate(advice.bare) if s.id.startswith(id_))
    yield from (s for s in advice.refused if s.id.startswith(id_))


def write_pages(project: Project, when: When, advised: Advised) -> Committed:
    """Write the private pages, and remember what they suggest. Raises Refused for a foreign folder."""
    known, facts = advised.known, facts_of(project, advised)
    calendar, revisions, kept = own_calendar(project, known.world, known.occasions)
    artifacts = [*private_pages(facts, private_templates("pages")), calendar]
    out = project.private
    commit.check_owned(out)
    commit.recover(out)
    paths = [artifact.path for artifact in artifacts]

    def memory(stamps: Mapping[str, Stamp]) -> dict[Path, bytes]:
        return {revisions: kept, **_memory(project, when, advised, stamps)}

    return commit.commit(out, paths, artifacts, present(out), memory)


def facts_of(project: Project, advised: Advised) -> Facts:
    """What private pages are made of."""
    known, own = advised.known, own_texts(advised.known.pages)
    return Facts(
        known.world, advised.advice, advised.plan, known.occasions, _health(project, known), own, known.written
    )


def _health(project: Project, known: Known) -> list[FeedHealth]:
    counts = known.counts + Counter(occasion.feed for occasion in known.occasions)
    feeds = {feed.id: feed for feed in followed(known.written)}
    with EntryStore(_store(project)) as store:
        states = store.feed_states()
    rows, names = [], feed_names(known.written)
    for o in known.feeds.feeds:
        feed, state = feeds.get(o.feed_id), states.get(o.feed_id)
        row = FeedHealth(o.feed_id, o.kind, o.status, counts[o.feed_id], o.new, o.problem or "")
        if feed is not None:
            row = replace(row, id=label(feed, known.written) or feed.id, handle=handle(feed, known.written, names))
        rows.append(row if state is None else replace(row, checked=state.checked_at, paused=state.paused))
    return rows


def _memory(project: Project, when: When, advised: Advised, stamps: Mapping[str, Stamp]) -> dict[Path, bytes]:
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
        inputs=known.inputs,
        outputs={path: (stamp, "") for path, stamp in stamps.items()},
        diagnostics=tuple(asdict(d) for d in known.report.diagnostics),
        facts=facts,
    )
    return {manifest.path_of(project.private): manifest.dump(kept)}


def summary(advised: Advised) -> dict[str, int]:
    """The figures that a run reports."""
    return {
        "feeds": len(advised.known.feeds.feeds),
        "entries": len(advised.known.world.setting.index.entries),
        "people": sum(1 for one in advised.advice if one.suggestions),
        "suggestions": sum(len(one.suggestions) for one in advised.advice),
        "this_week": len(advised.plan.suggestions),
        "failed_feeds": sum(1 for feed in advised.known.feeds.feeds if feed.status == "failed"),
    }


def remember_shown(project: Project, advice: Iterable[Advice]) -> None:
    """Keep what was suggested, so that an id can be answered."""
    from brandkit.engage.as_json import remembered_json

    with at_rest():
        shown.remember(project.state, [remembered_json(s) for one in advice for s in _as_answered(one)])


def _as_answered(advice: Advice) -> Iterator[Suggestion]:
    """The suggestions; with its draft where it tells how it is answered: who was called has answered."""
    is_called = advice.contact is not None and advice.contact.channel == "call"
    for at, suggestion in enumerate(advice.bare):
        is_message = BY_NAME[suggestion.move].done[0] == "message"
        yield advice.suggestions[at] if is_called and is_message else suggestion
