"""The version of whatever turns sources into pages: another one remembers nothing of what this one made."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from functools import lru_cache

import brandkit
from brandkit.base.digest import digest_bytes

_PACKAGE = os.path.dirname(brandkit.__file__)
_ROOMS = ("base", "site", "engage")
_FILES = ("io/search_index.py",)  # what makes public files without being in one of the rooms
_LIBRARIES = (
    *("jinja2-", "markdown_it_py-", "mdit_py_plugins-", "pygments-", "linkify_it_py-", "markupsafe-", "nh3-"),
    *("latex2mathml-", "pillow-", "icalendar-", "pagefind-", "pagefind_bin-", "python_dateutil-"),
)


@lru_cache(maxsize=1)
def renderer_version() -> str:
    """Digest of the code that makes pages, public and private, of Python, and of what is installed.

    The stamps of installed libraries stand for their versions: cheaper to read than metadata.
    """
    parts = [brandkit.__version__, sys.version.split()[0]]
    for room in _ROOMS:
        parts.extend(digest_bytes(_bytes(path)) for path in sorted(_code_below(os.path.join(_PACKAGE, room))))
    parts.extend(digest_bytes(_bytes(os.path.join(_PACKAGE, file))) for file in _FILES)
    return digest_bytes(" ".join([*parts, *_libraries()]).encode())


def _code_below(folder: str) -> Iterator[str]:
    for at, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if name != "__pycache__"]
        yield from (os.path.join(at, name) for name in names if name.endswith((".py", ".html", ".txt", ".css")))


def _bytes(path: str) -> bytes:
    with open(path, "rb") as file:
        return file.read()


def _libraries() -> list[str]:
    """Names like `jinja2-3.1.6.dist-info` of the libraries that shape a page."""
    found: set[str] = set()
    for folder in sys.path:
        if folder.endswith(("site-packages", "dist-packages")) and os.path.isdir(folder):
            found.update(name.lower() for name in os.listdir(folder) if name.lower().startswith(_LIBRARIES))
    return sorted(found)
