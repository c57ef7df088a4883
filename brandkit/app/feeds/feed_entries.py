"""What followed feeds hold, ready to be reasoned about: refreshed, sorted to where it belongs, counted, understood.

What is computed from an entry is kept beside it in the entry store, so that a run computes it for new ones only.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import numpy as np

from brandkit.app.feeds.placed_terms import placed_terms
from brandkit.app.feeds.refreshing import Progress, Reading, RefreshReport, occasions_of, refresh
from brandkit.base.diagnostics import Code, Diagnostic, Place
from brandkit.base.url import canonical
from brandkit.base.walls import UsageProblem
from brandkit.engage.config import Feed
from brandkit.engage.days.occasions import Occasion
from brandkit.engage.days.occasions import followed as announced
from brandkit.engage.feeds.following import followed, sorted_out
from brandkit.engage.model import Entry, Vault
from brandkit.engage.scoring.vectors import Encoder, Vectors, text_of, vectors_of
from brandkit.engage.world import Read
from brandkit.io import vault
from brandkit.io.language_model.encoders import find_encoder
from brandkit.io.store.entry_rows import Gist
from brandkit.io.store.entry_store import EntryStore

UNUSABLE = Code(
    "BK244",
    "warning",
    "a language model can not be used",
    "settings.semantic in me.yaml names a model that is not there or not whole. Entries are ranked by words alone.",
    "name a folder with model.safetensors and tokenizer.json, or write off",
)
_BATCH = 512  # entries whose vectors are kept together: what an interruption can cost


@dataclass(frozen=True)
class Gathered:
    """What the feeds and calendars hold, how each feed fared, and how many entries each has."""

    read: Read
    occasions: tuple[Occasion, ...]
    refreshed: RefreshReport
    counts: Counter[str]
    diagnostics: tuple[Diagnostic, ...] = ()


def ask_feeds(store_file: Path, content: Vault, now: datetime, reading: Reading) -> RefreshReport:
    """Ask the feeds that are due, and keep what is new; no more."""
    with EntryStore(store_file) as store:
        return refresh(followed(content), store, now, reading)


def read_feeds(store_file: Path, content: Vault, now: datetime, reading: Reading) -> Gathered:
    """Read the feeds that are due, and gather all that is known."""
    feeds = followed(content)
    with EntryStore(store_file) as store:
        refreshed = refresh(feeds, store, now, reading)
        occasions = occasions_of(store)
        known, chosen = {feed.id for feed in feeds}, {feed.id: feed for feed in content.feeds}
        entries = [(_entry(row), (row.entry_id, row.digest)) for row in store.gists() if row.feed_id in known]
        wanted = [entry for entry, _ in entries if _wanted(entry, chosen.get(entry.feed))]
        read, names = sorted_out(wanted, content), {id(entry): name for entry, name in entries}
        keys = [names[id(entry)] for entry in read.entries]
        read = replace(read, placed=placed_terms(read.entries, keys, store, store_file.parent))
        ids = [number for number, _ in keys]
        read, found = _understood(read, ids, store, content.me.settings.semantic, reading)
    counts = Counter(entry.feed for entry in wanted)
    return Gathered(read, announced(occasions, content.feeds), refreshed, counts, found)


def _understood(
    read: Read, ids: Sequence[int], store: EntryStore, semantic: str, reading: Reading
) -> tuple[Read, tuple[Diagnostic, ...]]:
    """The same, with what they mean, where a model is there; one that can not be used is no reason to say nothing."""
    try:
        encoder = find_encoder(semantic, reading.root) if read.entries else None
        if encoder is None:
            return read, ()
        return replace(read, vectors=_vectors(encoder, read.entries, ids, store, reading.progress)), ()
    except (UsageProblem, ArithmeticError, LookupError, ValueError) as problem:  # a model may be broken in many ways
        if not semantic:
            return read, ()
        place = Place(f"{vault.display_name(reading.folder, reading.root)}/me.yaml")
        return read, (UNUSABLE.at(place, f"the language model {semantic} can not be used: {problem}"),)


def _vectors(
    encoder: Encoder, entries: Sequence[Entry], ids: Sequence[int], store: EntryStore, progress: Progress | None
) -> Vectors:
    kind = f"vectors/{encoder.name}-1"  # another number when another part of an entry is encoded
    size = encoder.dimensions * np.dtype(np.float16).itemsize
    known = {id_: value for id_, value in store.features(kind).items() if len(value) == size}
    missing = [(id_, entry) for id_, entry in zip(ids, entries, strict=True) if id_ not in known]
    for number, batch in enumerate(_batches(missing)):
        if progress is not None:
            progress("what entries mean", number * _BATCH, len(missing))
        rows = encoder.encode([text_of(entry) for _, entry in batch]).astype(np.float16)
        if not np.isfinite(rows).all():
            raise ValueError("its vectors are no numbers")
        found = {id_: row.tobytes() for (id_, _), row in zip(batch, rows, strict=True)}
        store.save_features(kind, found)
        known |= found
    whole = np.frombuffer(b"".join(known[id_] for id_ in ids), np.float16).reshape(len(ids), encoder.dimensions)
    return vectors_of(encoder, whole.astype(np.float32))


def _batches(rows: Sequence[tuple[int, Entry]]) -> Iterable[Sequence[tuple[int, Entry]]]:
    return (rows[first : first + _BATCH] for first in range(0, len(rows), _BATCH))


def _entry(row: Gist) -> Entry:
    return Entry(
        guid=row.guid,
        feed=row.feed_id,
        url=row.url,
        canonical=canonical(row.url) if row.url else row.guid,
        title=row.title,
        summary=row.summary,
        text=row.text,
        published=datetime.fromisoformat(row.dated),
        language=row.language or "",
        author=row.author,
    )


def _wanted(entry: Entry, feed: Feed | None) -> bool:
    """The words that feeds.yaml asks for or excludes."""
    if feed is None or not (feed.include or feed.exclude):
        return True
    text = f"{entry.title} {entry.summary} {entry.text}".casefold()
    if feed.include and not any(word.casefold() in text for word in feed.include):
        return False
    return not any(word.casefold() in text for word in feed.exclude)
