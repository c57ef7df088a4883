"""Every kind of content, in the order in which commands list them."""

from __future__ import annotations

from brandkit.site.kinds.event import Event
from brandkit.site.kinds.kind import Kind
from brandkit.site.kinds.note import Note
from brandkit.site.kinds.page import PlainPage
from brandkit.site.kinds.post import Post
from brandkit.site.kinds.project import Project
from brandkit.site.kinds.talk import Talk
from brandkit.site.kinds.testimonial import Testimonial

KINDS: tuple[Kind, ...] = (Post(), PlainPage(), Note(), Talk(), Event(), Project(), Testimonial())
SECTIONS = tuple(kind.folder for kind in KINDS)
TEXTS = (".md", ".markdown")
_BY_NAME = {kind.name: kind for kind in KINDS}
_BY_FOLDER = {kind.folder: kind for kind in KINDS}


def kind_of(path: str) -> Kind | None:
    """The kind of the source at `path`, or None where a path is no source of a page."""
    return kind_at(path) if path.lower().endswith(TEXTS) else None


def kind_at(path: str) -> Kind | None:
    """The kind in whose folder `path` stands, whatever it is."""
    parts = path.split("/", 2)
    return _BY_FOLDER.get(parts[1]) if len(parts) == 3 and parts[0] == "content" else None


def kind_named(name: str) -> Kind:
    """The kind of that name. Raises KeyError."""
    return _BY_NAME[name]


def kind_in(folder: str) -> Kind:
    """The kind of that folder. Raises KeyError."""
    return _BY_FOLDER[folder]
