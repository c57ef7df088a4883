"""Following a feed, leaving it alone for a while, and letting it go, on a person's word.

Reads the vault and the entry store; writes feeds-added.yaml and the store. What a person wrote gets a patch.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace

from brandkit.app.people.person import how_to_apply, patch_of
from brandkit.app.words.journaling import Desk
from brandkit.base.marked_yaml import Path as Steps
from brandkit.base.marked_yaml import read_yaml
from brandkit.base.spelling import did_you_mean
from brandkit.base.walls import Stop, UsageProblem
from brandkit.engage.feeds.added_feeds import FILE, AddedFeed, free_feed_id, with_feed, without_feed
from brandkit.engage.feeds.feed_names import addresses, feed_names, handle, label, named, owner_of
from brandkit.engage.feeds.following import followed
from brandkit.engage.feeds.refresh import FeedState, FollowedFeed, state_of
from brandkit.engage.one_person.mentions import mentions
from brandkit.engage.sources.patches import Gone, changed
from brandkit.io import forgetting, manifest, vault
from brandkit.io.net.autodiscovery import Find
from brandkit.io.store.entry_store import EntryStore, FeedStateRow
from brandkit.io.whole_file import replace_file


@dataclass(frozen=True)
class FeedFacts:
    """A followed feed and how it is doing: `handle` is what to type for it, `label` what it is called."""

    feed: FollowedFeed
    handle: str
    label: str
    state: FeedState
    count: int

    @property
    def is_local(self) -> bool:
        """Whether it is a file beside the vault's."""
        return "://" not in self.feed.url


@dataclass(frozen=True)
class Removal:
    """What became of a feed: gone with `entries`, or a patch (or places) for the person who wrote it."""

    label: str
    done: bool
    entries: int = 0
    patch: str = ""
    apply: str = ""
    places: tuple[str, ...] = ()


def _store(desk: Desk) -> EntryStore:
    return EntryStore(desk.project.state / "entries.db")


def all_feeds(desk: Desk) -> list[FeedFacts]:
    """Every feed that is followed, in their order."""
    with _store(desk) as store:
        states = _states(store)
        counts = {**store.counts()}
        for occasion in store.occasions():
            counts[occasion.feed_id] = counts.get(occasion.feed_id, 0) + 1
    content, names = desk.vault, feed_names(desk.vault)
    return [
        FeedFacts(
            feed, handle(feed, content, names), label(feed, content), state_of(feed, states), counts.get(feed.id, 0)
        )
        for feed in followed(content)
    ]


def _states(store: EntryStore) -> dict[str, FeedState]:
    return {id_: FeedState(**asdict(row)) for id_, row in store.feed_states().items()}


def known_addresses(desk: Desk) -> dict[str, FollowedFeed]:
    """What is read already, by comparable address, also those to which servers sent us on."""
    with _store(desk) as store:
        moved = {id_: state.moved_to for id_, state in _states(store).items()}
    return addresses(desk.vault, moved)


def told(feed: FollowedFeed, desk: Desk) -> str:
    """`acme-blog (Acme engineering)`, `Ada's feed`."""
    name = label(feed, desk.vault)
    if owner_of(feed.id):
        return name
    return f"{feed.id} ({name})" if name else feed.id


def add(desk: Desk, finds: Sequence[Find], dry_run: bool) -> list[AddedFeed]:
    """Follow these from now on. Raises Stop where feeds-added.yaml is no list that brandkit can add to."""
    path = desk.folder / FILE
    text = _text(desk)
    with _store(desk) as store:  # ids of feeds that were followed once still have entries
        taken = {feed.id for feed in desk.vault.feeds} | set(store.feed_states())
    added: list[AddedFeed] = []
    for find in finds:
        id_ = free_feed_id(find.title, find.url, taken | {feed.id for feed in added})
        added.append(AddedFeed(id_, find.url, find.title, find.kind))
        after = with_feed(text, added[-1])
        if after is None:
            raise Stop(f"{path} does not hold a list of feeds any more; mend it first", ", see brandkit check")
        text = after
    if added and not dry_run:
        replace_file(path, text.encode("utf-8"))
    return added


def _text(desk: Desk) -> str:
    path = desk.folder / FILE
    try:
        return path.read_text(encoding="utf-8") if path.is_file() else ""
    except UnicodeDecodeError:
        raise Stop(f"{path} is not UTF-8 text; mend it first") from None


def find_feed(desk: Desk, what: str) -> FollowedFeed:
    """The followed feed that is meant. Raises UsageProblem."""
    found = named(what, desk.vault)
    if len(found) == 1:
        return found[0]
    if found:
        raise UsageProblem(
            f"'{what}' could be {', '.join(handle(feed, desk.vault) for feed in found[:6])}: write which"
        )
    known = feed_names(desk.vault)
    meant = did_you_mean(what, [handle(feed, desk.vault, known) for feed in followed(desk.vault)])
    no_such = f"you follow no feed '{what}'"
    raise UsageProblem(f"{no_such}; {meant}") if meant else UsageProblem(no_such, "; see brandkit feeds list")


def set_paused(desk: Desk, feed: FollowedFeed, paused: bool) -> bool:
    """Leave a feed alone, or go on with it; False where it was so already. Its entries stay."""
    with _store(desk) as store:
        state = state_of(feed, _states(store))
        if state.paused == paused:
            return False
        store.save_feed_state(FeedStateRow(**asdict(replace(state, paused=paused))))
    manifest.forget(desk.project.private)  # what the private pages were made of has changed
    return True


def remove(desk: Desk, feed: FollowedFeed, dry_run: bool) -> Removal:
    """Let a feed go that a command added, with its entries; for one that a person wrote, say what to take out."""
    text = _text(desk)
    after = without_feed(text, feed.id)
    name = told(feed, desk)
    if after is None:
        return _by_hand(desk, feed, name)
    entries = next((facts.count for facts in all_feeds(desk) if facts.feed.id == feed.id), 0)
    if not dry_run:
        replace_file(desk.folder / FILE, after.encode("utf-8"))
        with _store(desk) as store:
            store.forget_feeds([id_ for id_ in store.feed_states() if id_ != feed.id])
    return Removal(name, True, entries)


def _by_hand(desk: Desk, feed: FollowedFeed, name: str) -> Removal:
    changes: dict[str, tuple[str, str | None]] = {}
    places: list[str] = []
    folder = vault.display_name(desk.folder, desk.project.root)
    for file, text in forgetting.texts_of(desk.folder).items():
        read = read_yaml(text.removeprefix("\ufeff"), file).value if file.endswith((".yaml", ".yml")) else None
        steps = _steps(file, read.data, feed) if read is not None else None
        if read is not None and steps is not None:
            places.append(f"{folder}/{file}:{read.place(steps).line}")
            after = changed(text, [Gone(steps)])
            changes |= {file: (text, after)} if after is not None else {}
    patch = patch_of(desk, changes) if len(changes) == len(places) else ""
    return Removal(name, False, patch=patch, apply=how_to_apply(desk), places=tuple(places))


def _steps(file: str, data: object, feed: FollowedFeed) -> Steps | None:
    """Where a feed stands in a file of the vault."""
    owner = owner_of(feed.id)
    if feed.id.startswith("people/"):
        own = next((m.path for m in mentions(file, data, [owner]) if m.kind == "own"), None)
        return None if own is None else (*own, "feeds", int(feed.id.rpartition("/")[2]) - 1)
    if file != ("communities.yaml" if owner else "feeds.yaml") or not isinstance(data, list):
        return None
    rows = [n for n, row in enumerate(data) if isinstance(row, dict) and row.get("id") == (owner or feed.id)]
    return ((rows[0], "feed") if owner else (rows[0],)) if rows else None


def same_feed(find: Find, others: Sequence[Find]) -> Find | None:
    """One of the others that holds the same entries: what many sites offer as RSS and as Atom."""
    alike = (one for one in others if one.url == find.url or (find.links and one.links == find.links))
    return next(alike, None)
