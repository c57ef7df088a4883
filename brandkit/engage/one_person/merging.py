"""Two contacts that are one person: what each says, and the patch that makes one of two. Pure; nothing is merged here.

What protects a person survives from either: do_not_contact, deceased, a hold, the stricter consent, what to avoid.
The journal stays as it is: `formerly` makes the lines of both count as one, the links that were shared too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from brandkit.base.marked_yaml import Path, read_yaml
from brandkit.engage.one_person.mentions import Mention, mentions
from brandkit.engage.sources.patches import Added, Change, Gone, Put, changed

_LISTS = (
    *("roles", "emails", "phones", "links", "feeds", "languages", "interests", "expertise", "needs", "offers"),
    *("prefers", "avoid", "facts", "dates", "knows", "competes_with"),
)
_ONCE = (*("pronouns", "organization", "title", "circle", "every", "channel", "timezone", "birthday", "tone", "met"),)
_PROTECTING = ("do_not_contact", "deceased")
_STRICTEST_FIRST = ("no", "ask", "yes")


@dataclass(frozen=True)
class Merge:
    """The patched texts by file (None where a file goes), what differs, and what has to be done by hand."""

    texts: Mapping[str, str | None] = field(default_factory=dict)
    gained: tuple[str, ...] = ()
    conflicts: tuple[str, ...] = ()
    by_hand: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Item:
    file: str
    path: Path
    data: Mapping[str, Any]


def merge(texts: Mapping[str, str], keep: str, gone: str) -> Merge:
    """What makes one of two. `texts` are the YAML files of the vault as they stand. Raises LookupError for an id that
    has no entry."""
    read = {name: read_yaml(text.removeprefix("\ufeff"), name).value for name, text in texts.items()}
    data = {name: marked.data for name, marked in read.items() if marked is not None}
    one, other = _item(data, keep), _item(data, gone)
    added, conflicts = _joined(one, other, keep, gone)
    changes: dict[str, list[Change]] = {one.file: list(added)}
    for name, content in data.items():
        for mention in mentions(name, content, (gone,)):
            within = name == one.file and mention.path[: len(one.path)] == one.path and mention.kind != "own"
            changes.setdefault(name, []).extend(_instead(content, mention, keep, gone, within))
    patched: dict[str, str | None] = {}
    by_hand = []
    for name, wanted in changes.items():
        if any(isinstance(change, Gone) and not change.path for change in wanted):
            patched[name] = None
            continue
        after = changed(texts[name], wanted) if wanted else texts[name]
        if after is None:
            by_hand.append(name)
        else:
            patched[name] = after
    gained = tuple(_said(change, one.path) for change in added)
    return Merge(patched, gained, tuple(conflicts), tuple(by_hand))


def _item(data: Mapping[str, Any], id_: str) -> _Item:
    for name, content in data.items():
        for mention in mentions(name, content, (id_,)):
            if mention.kind == "own":
                return _Item(name, mention.path, _at(content, mention.path))
    raise LookupError(id_)


def _at(data: Any, path: Path) -> Any:
    for step in path:
        data = data[step]
    return data


def _instead(content: Any, mention: Mention, keep: str, gone: str, within: bool) -> Iterator[Change]:
    """The change of one place where the one who goes is named."""
    if mention.kind == "own" or within:
        yield Gone(mention.path)
        return
    *_, last = mention.path or ("",)
    parent, value = _at(content, mention.path[:-1]), _at(content, mention.path)
    if mention.kind == "whole":
        key = "with" if "with" in value else "for"
        yield Put((*mention.path, key), keep if key == "with" else [keep])
    elif mention.kind == "item":
        there = any(item == keep or (isinstance(item, dict) and item.get("contact") == keep) for item in parent)
        written = value if isinstance(value, str) else value.get("contact")
        if there or written != gone:
            yield Gone(mention.path)
        else:
            yield Put(mention.path if isinstance(value, str) else (*mention.path, "contact"), keep)
    elif last == "via":
        yield Put(mention.path, keep)
    else:
        yield Gone(mention.path)
        if keep not in parent:
            yield Put((*mention.path[:-1], keep), value)


def _joined(one: _Item, other: _Item, keep: str, gone: str) -> tuple[list[Change], list[str]]:
    """What the one who stays is given, and where the two say different things."""
    changes: list[Change] = []
    conflicts: list[str] = []
    if one.data.get("name") != other.data.get("name"):
        conflicts.append(_conflict("name", one.data.get("name"), other.data.get("name")))
    for key in _ONCE:
        mine, theirs = one.data.get(key), _without_self(key, other.data.get(key), keep)
        if mine is None and theirs is not None:
            changes.append(Put((*one.path, key), theirs))
        elif theirs is not None and mine != theirs:
            conflicts.append(_conflict(key, mine, theirs))
    for key in _LISTS:
        changes += _longer(one, key, [value for value in _list(other.data, key) if value not in (keep, gone)])
    changes += _profiles(one, other, conflicts)
    changes += _protections(one, other)
    changes += _notes(one, other)
    earlier = [id_ for id_ in (*_list(other.data, "formerly"), gone) if id_ not in _list(one.data, "formerly")]
    changes += _longer(one, "formerly", earlier)
    return changes, conflicts


def _without_self(key: str, value: Any, keep: str) -> Any:
    """How they met, unless it says that they brought you together with themselves."""
    if key != "met" or not isinstance(value, dict):
        return value
    return {name: said for name, said in value.items() if said != keep} or None


def _conflict(key: str, mine: Any, theirs: Any) -> str:
    return f"{key}: stays {mine}, {theirs} goes"


def _longer(one: _Item, key: str, values: Sequence[Any]) -> Iterator[Change]:
    known = [_same(value) for value in _list(one.data, key)]
    fresh = {_same(value): value for value in values if _same(value) not in known}
    if fresh and _list(one.data, key):
        yield Added((*one.path, key), tuple(fresh.values()))
    elif fresh:
        yield Put((*one.path, key), list(fresh.values()))


def _same(value: Any) -> str:
    """The form under which two values of a list are the same."""
    said = value.get("text") or (value.get("kind"), value.get("date")) if isinstance(value, dict) else value
    return str(said).casefold()


def _list(data: Mapping[str, Any], key: str) -> list[Any]:
    found = data.get(key)
    return found if isinstance(found, list) else []


def _profiles(one: _Item, other: _Item, conflicts: list[str]) -> Iterator[Change]:
    mine, theirs = (item.data.get("profiles") or {} for item in (one, other))
    fresh = {network: name for network, name in theirs.items() if network not in mine}
    conflicts += [_conflict(f"profiles.{n}", mine[n], theirs[n]) for n in theirs if n in mine and mine[n] != theirs[n]]
    if fresh and mine:
        yield from (Put((*one.path, "profiles", network), name) for network, name in fresh.items())
    elif fresh:
        yield Put((*one.path, "profiles"), fresh)


def _protections(one: _Item, other: _Item) -> Iterator[Change]:
    """What protects the person, from either."""
    for key in _PROTECTING:
        if other.data.get(key) is True and one.data.get(key) is not True:
            yield Put((*one.path, key), True)
    hold = _longer_hold(one.data.get("hold"), other.data.get("hold"))
    if hold != one.data.get("hold"):
        yield Put((*one.path, "hold"), hold)
    mine, theirs = (item.data.get("consent") or {} for item in (one, other))
    strict = _stricter(mine, theirs)
    if strict != mine and mine:
        yield from (Put((*one.path, "consent", key), value) for key, value in strict.items() if mine.get(key) != value)
    elif strict != mine:
        yield Put((*one.path, "consent"), strict)


def _longer_hold(mine: Any, theirs: Any) -> Any:
    """Of two holds the one that lasts longer; one without an end lasts until somebody writes one."""
    if not (mine and theirs):
        return mine or theirs
    return theirs if mine.get("until") and (theirs.get("until") or "9999") > mine["until"] else mine


def _stricter(mine: Mapping[str, Any], theirs: Mapping[str, Any]) -> dict[str, Any]:
    """What both agree to. Where only one says something, that counts."""
    strict = {**theirs, **mine}
    if "publish" in mine and "publish" in theirs:
        strict["publish"] = [what for what in mine["publish"] or () if what in (theirs["publish"] or ())]
    if mine.get("promote") and theirs.get("promote"):
        strict["promote"] = max(mine["promote"], theirs["promote"])
    said = {consent["introduce"] for consent in (mine, theirs) if consent.get("introduce")}
    strict |= {"introduce": next(word for word in _STRICTEST_FIRST if word in said)} if said else {}
    return strict


def _notes(one: _Item, other: _Item) -> Iterator[Change]:
    mine, theirs = (str(item.data.get("notes") or "") for item in (one, other))
    if theirs.strip() and theirs.strip() not in mine:
        yield Put((*one.path, "notes"), f"{mine.rstrip()}\n\n{theirs.strip()}\n" if mine.strip() else theirs)


def _said(change: Change, path: Path) -> str:
    """A change in words, for whoever decides."""
    key = ".".join(str(step) for step in change.path[len(path) :])
    values = change.values if isinstance(change, Added) else change.value if isinstance(change, Put) else ()
    shown = ", ".join(map(str, values)) if isinstance(values, (list, tuple)) else str(values).strip()
    return f"{key}: {shown}"
