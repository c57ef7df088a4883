"""Letters: which font has them, what stands for those that none has, and in which order they are drawn. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from brandkit.site.painting.fonts import letters_of

_ALIKE = {"→": "›", "⇒": "›", "←": "‹", "‑": "-", "‐": "-", "−": "–", "″": '"', "′": "'"}
_GONE = "\0"


def faces_of(fonts: Mapping[str, bytes], weight: int) -> tuple[bytes, ...]:
    """The fonts whose weight is nearest to this one, by name: several subsets together are one font."""
    readable_ones = (name for name in sorted(fonts) if letters_of(fonts[name]))
    weights = {name: int(found[1]) for name in readable_ones if (found := re.search(r"(\d{3})\D*\.\w+$", name))}
    nearest = min(weights.values(), key=lambda one: abs(one - weight), default=None)
    return tuple(fonts[name] for name, one in weights.items() if one == nearest)


def letters_in(faces: Sequence[bytes]) -> frozenset[str]:
    """All characters that these fonts have."""
    return frozenset().union(*map(letters_of, faces))


def substitute(char: str, letters: frozenset[str]) -> str:
    """The character, or others that say the same and that the fonts have; or nothing."""
    for one in (char, _ALIKE.get(char, ""), unicodedata.normalize("NFKC", char)):
        if one and all(part in letters for part in one):
            return one
    return ""


def drawable(text: str, letters: frozenset[str]) -> str:
    """The text as the fonts can show it, without what they lack, in single spaces."""
    chars = (
        " " if char.isspace() else _GONE if unicodedata.category(char) in ("Cf", "Cc") else substitute(char, letters)
        for char in unicodedata.normalize("NFC", text)
    )
    kept = "".join(char or _GONE for char in chars)
    return " ".join(kept.split()) if _GONE not in kept else _closed(kept)


def _closed(text: str) -> str:
    """Without the gaps that what is gone has left: none before a full stop, one between words."""
    text = re.sub(rf"\s+{_GONE}[\s{_GONE}]*(?=[.,;:!?)]|$)", "", text)
    return " ".join(re.sub(rf"{_GONE}+", "", re.sub(rf"\s+{_GONE}[\s{_GONE}]*", " ", text)).split())


class Run(NamedTuple):
    """A stretch of a line in one font and one direction."""

    text: str
    face: bytes
    rtl: bool


def visual(text: str, faces: tuple[bytes, ...]) -> list[Run]:
    """The runs of a line from left to right, each of one font and one direction."""
    logical: list[Run] = []
    for rtl, stretch in _runs(text):
        chosen: bytes | None = None
        runs: list[Run] = []
        for char in stretch:
            if chosen is None or char not in letters_of(chosen):
                chosen = next((face for face in faces if char in letters_of(face)), chosen or faces[0])
            if runs and runs[-1].face is chosen:
                runs[-1] = runs[-1]._replace(text=runs[-1].text + char)
            else:
                runs.append(Run(char, chosen, rtl))
        logical.extend(runs)
    base = _is_rtl(text)
    groups = [list(group) for _, group in groupby(logical, key=lambda run: run.rtl)]
    ordered = [group[::-1] if group[0].rtl else group for group in groups]
    return [run for group in (ordered[::-1] if base else ordered) for run in group]


def _runs(text: str) -> Iterator[tuple[bool, str]]:
    """Stretches of one direction; what has none goes with its neighbours, or with the line."""
    base = _is_rtl(text)
    strong = [_direction(char) for char in text]
    for at, one in enumerate(strong):
        if one is None:
            before = next((s for s in reversed(strong[:at]) if s is not None), base)
            after = next((s for s in strong[at:] if s is not None), base)
            strong[at] = before if before == after else base
    for rtl, pairs in groupby(zip(strong, text, strict=True), key=lambda pair: bool(pair[0])):
        yield rtl, "".join(char for _, char in pairs)


def _direction(char: str) -> bool | None:
    """Whether a character runs from right to left; None if it has no direction of its own."""
    kind = unicodedata.bidirectional(char)
    return True if kind in ("R", "AL") else False if kind in ("L", "EN", "AN") else None


def _is_rtl(text: str) -> bool:
    """The direction of a line is that of its first letter, as in the pages of the theme."""
    return next((kind != "L" for char in text if (kind := unicodedata.bidirectional(char)) in ("L", "R", "AL")), False)
