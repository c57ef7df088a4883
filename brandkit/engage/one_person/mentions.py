"""Where a person stands in the files of the vault: their own entry, ids in lists, words in texts. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from brandkit.base.marked_yaml import Path
from brandkit.base.text import fold, words
from brandkit.engage.contacts import Contact

Kind = Literal["own", "item", "key", "whole"]
_SHORTEST = 3


@dataclass(frozen=True)
class Mention:
    """A place in a YAML file. `own` is the person's entry, `whole` an entry that is about them alone, `item` one of
    a list, `key` one of a mapping."""

    path: Path
    kind: Kind


@dataclass(frozen=True)
class Names:
    """What a person goes by: ids of today and of earlier, texts of which each points to them, single names."""

    ids: frozenset[str]
    texts: tuple[str, ...] = ()  # in whatever case they are written
    singles: tuple[str, ...] = ()  # as they are written: `Will` is somebody, `will` is not

    def stand_in(self, text: str) -> bool:
        """Whether a text holds the person's name, address, number or id as whole words."""
        folded = fold(text)
        low = folded.casefold()
        return any(_holds(low, word.casefold()) for word in self.texts) or any(
            _holds(folded, word) for word in (*self.singles, *self.ids)
        )


def names_of(contact: Contact) -> Names:
    """Everything that a person can be found by."""
    texts = [contact.name, *contact.emails, *contact.phones, *contact.profiles.values()]
    kept = dict.fromkeys(fold(text) for text in texts if len(fold(text)) >= _SHORTEST)
    return Names(frozenset((contact.id, *contact.formerly)), tuple(kept), single_names(contact.name))


def single_names(name: str) -> tuple[str, ...]:
    """The words of a name that point to somebody: those with a capital letter, or of a script that has none."""
    return tuple(word for word in words(name) if not word.islower() and (len(word) >= _SHORTEST or _is_dense(word)))


def _is_dense(word: str) -> bool:
    """Whether a word is of a script without capitals, in which words may stand without spaces."""
    return word.upper() == word.lower()


def _holds(text: str, word: str) -> bool:
    if word not in text:
        return False
    if _is_dense(word) and not word.isascii():
        return True
    return re.search(rf"(?<![^\W_]){re.escape(word)}s?(?![^\W_])", text) is not None


def mentions(name: str, data: Any, ids: Collection[str]) -> Iterator[Mention]:
    """Every place in a file of the vault, by its path below it, where one of these ids stands."""
    single = isinstance(data, dict) and "/" in name
    items = [((), data)] if single else [((n,), item) for n, item in enumerate(data)] if isinstance(data, list) else []
    for path, item in items:
        if isinstance(item, dict):
            yield from _in_item(name, path, item, ids)


def _in_item(name: str, path: Path, item: Mapping[str, Any], ids: Collection[str]) -> Iterator[Mention]:
    if name == "contacts.yaml" or name.startswith("contacts/"):
        yield from _in_contact(path, item, ids)
    elif name.startswith("briefs/"):
        yield from _in_list(path, item, "for", ids, alone="whole")
    elif name == "events.yaml":
        yield from _in_list(path, item, "attendees", ids)
    elif name == "communities.yaml" and isinstance(item.get("members"), dict):
        yield from (Mention((*path, "members", id_), "key") for id_ in item["members"] if id_ in ids)
    elif name == "mentorships.yaml" and item.get("with") in ids:
        yield Mention(path, "whole")


def _in_contact(path: Path, item: Mapping[str, Any], ids: Collection[str]) -> Iterator[Mention]:
    if item.get("id") in ids:
        yield Mention(path, "own")
        return
    for key in ("knows", "competes_with", "formerly"):
        yield from _in_list(path, item, key, ids)
    if isinstance(item.get("met"), dict) and item["met"].get("via") in ids:
        yield Mention((*path, "met", "via"), "key")


def _in_list(
    path: Path, item: Mapping[str, Any], key: str, ids: Collection[str], alone: Kind | None = None
) -> Iterator[Mention]:
    values = item.get(key)
    if not isinstance(values, list):
        return
    found = [n for n, value in enumerate(values) if _id(value) in ids]
    if alone and found and len(found) == len(values):
        yield Mention(path, alone)
    else:
        yield from (Mention((*path, key, n), "item") for n in found)


def _id(value: Any) -> Any:
    """The id that an item of a list stands for: as it is, or behind `contact`."""
    found = value.get("contact") if isinstance(value, dict) else value
    return found if isinstance(found, str) else None


def lines_with(texts: Mapping[str, str], names: Names) -> Iterator[tuple[str, int, str]]:
    """(file, line number, line) of every line in which the person's names or ids stand."""
    for file, text in texts.items():
        for number, line in enumerate(text.split("\n"), 1):
            if names.stand_in(line):
                yield file, number, line


def ids_in(values: Iterable[Any]) -> list[str]:
    """Those of some values that are texts."""
    return [value for value in values if isinstance(value, str)]
