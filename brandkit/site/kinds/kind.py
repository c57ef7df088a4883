"""What a kind of content is: where its sources stand, where its pages go, how it begins."""

from __future__ import annotations

from typing import Protocol


class Kind(Protocol):
    """A content type. One file each; `registry.py` orders them."""

    @property
    def name(self) -> str:
        """The word for one, as `brandkit new` takes it."""

    @property
    def folder(self) -> str:
        """The folder below content/, which is the name of its section too."""

    @property
    def template(self) -> str:
        """The template that shows one."""

    @property
    def permalink(self) -> str:
        """The usual pattern of addresses; site.yaml may give another."""

    @property
    def dated(self) -> bool:
        """Whether one needs a date, and stands in lists and feeds by it."""

    def archetype(self, title: str, day: str) -> str:
        """The text of a new source."""
