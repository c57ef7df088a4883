"""What was read from texts of the vault before, by what it was read from: it can be old, and never wrong. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from brandkit.base.digest import digest_text


@dataclass
class Reread:
    """What is known `before`, and what was asked for and so is to be known `after`."""

    before: Mapping[str, Any] = field(default_factory=dict)
    after: dict[str, Any] = field(default_factory=dict)

    def key(self, kind: str, text: str) -> str:
        """The name of what a text says, read as something."""
        return f"{kind} {digest_text(text)}"

    def get(self, key: str) -> Any:
        """What is known, or None."""
        found = self.before.get(key)
        if found is not None:
            self.after[key] = found
        return found

    def put(self, key: str, value: Any) -> None:
        """Know this from now on."""
        self.after[key] = value

    @property
    def has_changed(self) -> bool:
        """Whether anything is to be kept, or forgotten."""
        return self.after.keys() != self.before.keys()
