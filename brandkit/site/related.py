"""Texts that belong together: by shared tags and by the words that both use most. Pure.

Bounded on purpose: a tag or a word brings in only the newest that bear it, so that one new text changes
what stands below a few others and not below all.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from brandkit.site.model import Page

HOW_MANY = 3
_TAG_WEIGHT, _ENOUGH = 3, 3  # one shared tag is enough, or three shared words
_NEWEST_BY_TAG, _NEWEST_BY_WORD = 30, 20


def find_related(pages: Sequence[Page]) -> Mapping[str, tuple[Page, ...]]:
    """For each page, by its path, up to three others, the closest first. `pages` are newest first."""
    bearers: dict[tuple[str, str], list[int]] = defaultdict(list)
    for index, page in enumerate(pages):
        for key in _keys(page):
            if len(bearers[key]) < (_NEWEST_BY_TAG if key[0] else _NEWEST_BY_WORD):
                bearers[key].append(index)
    closest = ((page, _closest(index, page, bearers)) for index, page in enumerate(pages))
    return {page.path: tuple(pages[other] for other in others) for page, others in closest}


def _closest(index: int, page: Page, bearers: Mapping[tuple[str, str], Sequence[int]]) -> list[int]:
    shared: Counter[int] = Counter()
    for key in _keys(page):
        weight = _TAG_WEIGHT if key[0] else 1
        for other in bearers[key]:
            shared[other] += weight
    shared.pop(index, None)
    good = [(-weight, other) for other, weight in shared.items() if weight >= _ENOUGH]
    return [other for _, other in sorted(good)[:HOW_MANY]]


def _keys(page: Page) -> list[tuple[str, str]]:
    """(taxonomy, term) for each term; ("", word) for each telling word. Only texts in one language meet by words."""
    document = page.document
    terms = [(taxonomy, name.casefold()) for taxonomy, names in document.terms.items() for name in names]
    return [*terms, *(("", f"{document.language or ''} {word}") for word in document.telling)]
