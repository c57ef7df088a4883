"""Which letters the fonts of the default theme have, without opening one: planning stays quick. Pure."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

# Inter in its subsets latin, latin-ext, vietnamese, greek and cyrillic.
_HAVE = (
    *((0x0020, 0x007E), (0x00A0, 0x0254), (0x0300, 0x0301), (0x0303, 0x0304), (0x0308, 0x0309), (0x0323, 0x0323)),
    *((0x037A, 0x037D), (0x0386, 0x03D7), (0x03F0, 0x03F5), (0x0400, 0x045F), (0x0490, 0x0491), (0x04B0, 0x04B1)),
    *((0x1E00, 0x1E9B), (0x1E9D, 0x1EFF), (0x2013, 0x2014), (0x2018, 0x201E), (0x2026, 0x2026), (0x20AC, 0x20AC)),
)
_WORDS = frozenset("Lu Ll Lt Lm Lo Mn Mc Nd Nl No".split())


@lru_cache(maxsize=4096)
def is_needed(character: str) -> bool:
    """Whether a text is not the same text without this character."""
    return unicodedata.category(character) in _WORDS and not "\ufe00" <= character <= "\ufe0f"  # these choose emoji


@lru_cache(maxsize=16384)
def is_drawn(text: str) -> bool:
    """Whether a card can say this text; never where `can_draw` says no."""
    composed = unicodedata.normalize("NFC", text)
    return all(map(_have, filter(is_needed, composed))) and any(_have(c) for c in composed if not c.isspace())


@lru_cache(maxsize=4096)
def _have(character: str) -> bool:
    """Signs that only look different, like ligatures and wide letters, are drawn as what they mean."""
    meant = unicodedata.normalize("NFKC", character)
    return all(any(low <= ord(part) <= high for low, high in _HAVE) for part in meant)
