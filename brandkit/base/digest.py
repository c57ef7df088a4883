"""Digests: names for content. Short (80 bits): they tell apart, they do not authenticate."""

from __future__ import annotations

import dataclasses
import json
from datetime import date
from functools import lru_cache
from hashlib import blake2b
from json.encoder import encode_basestring_ascii
from typing import Any, BinaryIO

SIZE = 10
_PIECE = 1 << 20


def digest_bytes(data: bytes) -> str:
    """Twenty hex characters that stand for these bytes."""
    return blake2b(data, digest_size=SIZE).hexdigest()


def digest_stream(file: BinaryIO) -> str:
    """`digest_bytes` of a file, of which little is held at a time."""
    digest = blake2b(digest_size=SIZE)
    while piece := file.read(_PIECE):
        digest.update(piece)
    return digest.hexdigest()


def digest_text(text: str) -> str:
    """`digest_bytes` of the UTF-8 form; lone surrogates are kept apart, not refused."""
    return digest_bytes(text.encode("utf-8", "surrogatepass"))


class Digester:
    """Digests of frozen dataclasses and plain data, each shared object computed once.

    Keep one for one run: it remembers objects by identity and holds them alive while it does.
    A value with a `digest` attribute (a body, a source) stands for itself by that digest.
    """

    def __init__(self) -> None:
        self._known: dict[int, tuple[Any, str]] = {}

    def of(self, value: Any) -> str:
        """The digest of any view: dataclasses, tuples, mappings, text, numbers, dates, None."""
        return digest_text(self._text(value))

    def _text(self, value: Any) -> str:
        if type(value) is str:  # what json.dumps does with text, without its detours: most of what there is
            return encode_basestring_ascii(value)
        if isinstance(value, tuple):
            return "(" + ",".join([self._text(item) for item in value]) + ")"
        if value is None:
            return "null"
        if isinstance(value, (str, int, float)):
            return json.dumps(value)
        if isinstance(value, date):  # datetime is a date too
            return value.isoformat()
        known = self._known.get(id(value))
        if known is None:
            known = (value, self._shared(value))
            self._known[id(value)] = known
        return known[1]

    def _shared(self, value: Any) -> str:
        if dataclasses.is_dataclass(value) and not isinstance(value, type):
            if hasattr(value, "digest"):
                return f"#{value.digest}"
            pairs = [f"{name}={self._text(getattr(value, name))}" for name in _names(type(value))]
            return digest_text(type(value).__name__ + "|".join(pairs))
        if isinstance(value, dict):
            # in its own order: a template may go through it
            return digest_text("|".join([f"{self._text(key)}={self._text(value[key])}" for key in value]))
        if isinstance(value, (list, frozenset, set)):
            raise TypeError(f"a view holds a {type(value).__name__}; use a tuple")
        raise TypeError(f"a view holds a {type(value).__name__}, which has no digest")


@lru_cache(maxsize=256)
def _names(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in dataclasses.fields(kind))
