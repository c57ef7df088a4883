"""Changes of inputs that know nothing of what they are: pieces repeated, put together, cut, words put in. Pure."""

from __future__ import annotations

import random
from collections.abc import Sequence

LONGEST = 40_000


def repeated(data: bytes, chance: random.Random, most: int = LONGEST) -> bytes:
    """A piece of it many times over, which is what finds the work that grows with the square."""
    if not data:
        return data
    start = chance.randrange(len(data))
    piece = data[start : start + chance.randint(1, 24)]
    times = chance.randint(2, max(2, most // len(piece)))
    return (data[:start] + piece * times + data[start + len(piece) :])[:most]


def changed(data: bytes, others: Sequence[bytes], words: Sequence[bytes], chance: random.Random) -> bytes:
    """One to four changes."""
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(data) + 1)
        end = min(len(data), at + chance.randint(1, 64))
        kind = chance.randrange(6)
        if kind == 0 and words:
            data = data[:at] + chance.choice(words) + data[at:]
        elif kind == 1 and others:
            other = chance.choice(others)
            data = data[:at] + other[chance.randrange(len(other) + 1) :]
        elif kind == 2:
            data = data[:at] + data[end:]
        elif kind == 3 and at < len(data):
            data = data[:at] + bytes((data[at] ^ (1 << chance.randrange(8)),)) + data[at + 1 :]
        elif kind == 4:
            data = data[:at] + data[at:end] + data[at:]
        else:
            data = data[:at] + bytes(chance.randrange(256) for _ in range(chance.randint(1, 4))) + data[at:]
    return data[:LONGEST]
