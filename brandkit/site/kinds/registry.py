"""Every kind of content, in the order in which commands list them."""

from __future__ import annotations

from brandkit.site.kinds.kind import Kind
from brandkit.site.kinds.page import PlainPage
from brandkit.site.kinds.post import Post

KINDS: tuple[Kind, ...] = (Post(), PlainPage())
TEXTS = (".md", ".markdown")


def kind_of(path: str) -> Kind | None:
    """The kind of the source at `path`, or None where a path is no source of a page."""
    if not path.lower().endswith(TEXTS):
        return None
    return next((kind for kind in KINDS if path.startswith(f"content/{kind.folder}/")), None)


def kind_named(name: str) -> Kind:
    """The kind of that name. Raises KeyError."""
    return {kind.name: kind for kind in KINDS}[name]
