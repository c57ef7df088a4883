"""Texts that belong together: by shared tags and by the words that both use most. Pure.

Bounded on purpose: a tag or a word brings together only texts that stand near each other among those that
bear it, so that one new text changes what stands below a few others and not below all. What was found is
remembered, and only what stood near a change is looked at again.
"""

from __future__ import annotations

import json
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from brandkit.base.digest import digest_text
from brandkit.base.walls import Memo
from brandkit.site.config import SiteConfig
from brandkit.site.model import Page

HOW_MANY = 3
_TAG_WEIGHT, _ENOUGH = 3, 3  # one shared tag is enough, or three shared words
_NEAR_BY_TAG, _NEAR_BY_WORD = 15, 10  # so many before it and so many after it
_MANY = 10  # where more than one text of so many changed, all are looked at
_TABLE = "related"

Key = tuple[str, str]  # (taxonomy, term), or ("", language and word)
Keys = frozenset[Key]


@dataclass(frozen=True)
class _Last:
    """What was found the last time: the keys of the documents in their order, and for each the places of others."""

    documents: list[str]
    found: list[list[int]]


def find_related(pages: Sequence[Page], config: SiteConfig, memo: Memo) -> Mapping[str, tuple[Page, ...]]:
    """For each page, by its path, up to three others, the closest first. `pages` are newest first."""
    name = digest_text(repr((config.language, config.timezone, config.url, sorted(config.permalinks.items()))))
    stored = memo.get_many(_TABLE, [name]).get(name)
    last = _Last(**json.loads(stored)) if stored else _Last([], [])
    documents = [page.document.key for page in pages]
    found = last.found
    if last.documents != documents:
        found = _mended(pages, documents, last, config.language, memo) or _all(pages, config.language)
        memo.put_many(_TABLE, {name: json.dumps({"documents": documents, "found": found}, separators=(",", ":"))})
    return {page.path: tuple([pages[other] for other in found[index]]) for index, page in enumerate(pages)}


def _all(pages: Sequence[Page], language: str) -> list[list[int]]:
    keys = [_keys(page, language) for page in pages]
    bearers = _bearers(keys)
    return [_closest(index, own, bearers) for index, own in enumerate(keys)]


def _mended(
    pages: Sequence[Page], documents: Sequence[str], last: _Last, language: str, memo: Memo
) -> list[list[int]] | None:
    """What was found before, with that looked at again which stands near a change; None where that is not worth it."""
    if _is_only_reworded(pages, documents, last, language, memo):
        return last.found
    before = {document: index for index, document in enumerate(last.documents)}
    at = {document: index for index, document in enumerate(documents)}
    fresh = [index for index, document in enumerate(documents) if document not in before]
    gone = [index for index, document in enumerate(last.documents) if document not in at]
    if (len(fresh) + len(gone)) * _MANY > len(documents):
        return None
    forgotten = _keys_of_rows([last.documents[index] for index in gone], language, memo)
    if len(forgotten) != len(gone):
        return None
    places = [_place_after(index, last.documents, at) for index in gone]
    changes = [*((index, _keys(pages[index], language)) for index in fresh), *zip(places, forgotten, strict=True)]
    near = _near(changes, _bearers_of(chain.from_iterable(own for _, own in changes), pages, language))
    again = {index: _keys(pages[index], language) for index in {*fresh, *near}}
    bearers = _bearers_of(chain.from_iterable(again.values()), pages, language)
    return [
        _closest(index, again[index], bearers)
        if index in again
        else [at[last.documents[other]] for other in last.found[before[document]]]
        for index, document in enumerate(documents)
    ]


def _is_only_reworded(pages: Sequence[Page], documents: Sequence[str], last: _Last, language: str, memo: Memo) -> bool:
    """Whether each document stands where its forerunner stood, and bears the same tags and words."""
    if len(last.documents) != len(documents):
        return False
    others = [(i, old) for i, (old, new) in enumerate(zip(last.documents, documents, strict=True)) if old != new]
    if len(others) * _MANY > len(documents):
        return False
    borne = _keys_of_rows([old for _, old in others], language, memo)
    return borne == [_keys(pages[index], language) for index, _ in others]


def _place_after(index: int, documents: Sequence[str], at: Mapping[str, int]) -> int:
    """Where a document that is gone would stand now: before the next one that is still there."""
    return next((at[document] for document in documents[index + 1 :] if document in at), len(at))


def _near(changes: Iterable[tuple[int, Keys]], bearers: Mapping[Key, Sequence[int]]) -> set[int]:
    """The places of all that may have looked at a change, or past it."""
    found: set[int] = set()
    for index, own in changes:
        for key in own & bearers.keys():
            near = (_NEAR_BY_TAG if key[0] else _NEAR_BY_WORD) + 1
            at = bisect_left(bearers[key], index)
            found.update(bearers[key][max(0, at - near) : at + near + 1])
    return found


def _bearers(keys: Sequence[Keys]) -> Mapping[Key, list[int]]:
    """The places of those that bear each key, in order."""
    found: dict[Key, list[int]] = defaultdict(list)
    for index, own in enumerate(keys):
        for key in own:
            found[key].append(index)
    return found


def _bearers_of(wanted: Iterable[Key], pages: Sequence[Page], language: str) -> Mapping[Key, list[int]]:
    """The same of these keys alone: what else a page bears is not looked at."""
    terms, words = set[Key](), defaultdict[str, set[str]](set)
    for key in wanted:
        if key[0]:
            terms.add(key)
        else:
            spoken, _, word = key[1].partition(" ")
            words[spoken].add(word)
    found: dict[Key, list[int]] = defaultdict(list)
    for index, page in enumerate(pages):
        spoken = page.document.language or language
        for word in words[spoken].intersection(page.document.telling.split()):
            found["", f"{spoken} {word}"].append(index)
        for taxonomy, names in page.document.terms.items():
            for key in terms.intersection([(taxonomy, name.casefold()) for name in names]):
                found[key].append(index)
    return found


def _closest(index: int, keys: Keys, bearers: Mapping[Key, list[int]]) -> list[int]:
    shared: Counter[int] = Counter()
    for key in keys:
        places = bearers[key]
        if len(places) > 1:
            near = _NEAR_BY_TAG if key[0] else _NEAR_BY_WORD
            at = bisect_left(places, index)
            around = places[max(0, at - near) : at + near + 1]
            shared.update(around * _TAG_WEIGHT if key[0] else around)
    shared.pop(index, None)
    good = [(-weight, other) for other, weight in shared.items() if weight >= _ENOUGH]
    return [other for _, other in sorted(good)[:HOW_MANY]]


def _keys(page: Page, language: str) -> Keys:
    """(taxonomy, term) for each term; ("", word) for each telling word. Only texts in one language meet by words."""
    document = page.document
    return _named(document.terms, document.telling, document.language or language)


def _named(terms: Mapping[str, Iterable[str]], telling: str, language: str) -> Keys:
    of_terms = [(taxonomy, name.casefold()) for taxonomy, names in terms.items() for name in names]
    return frozenset([*of_terms, *(("", f"{language} {word}") for word in telling.split())])


def _keys_of_rows(documents: Sequence[str], language: str, memo: Memo) -> list[Keys]:
    """The keys of documents that are there no more, of what was remembered of them."""
    rows = memo.get_many("documents", documents)
    read = (json.loads(rows[document]) for document in documents if document in rows)
    return [_named(row["terms"], row["telling"], row["language"] or language) for row in read]
