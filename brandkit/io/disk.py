"""The public files of a project, read for `publish`. Nothing here can reach the vault."""

from __future__ import annotations

import os
import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

from brandkit.base.diagnostics import Code, Diagnostic, Outcome, Place
from brandkit.base.walls import PublicRoot, Source
from brandkit.io.resources import bundled_themes
from brandkit.io.scan import Scan, Seen, scan

LEAVES = Code(
    "BK120",
    "error",
    "a link leads out of the public files",
    "A symbolic link below content/ or themes/ leads to something that is no public source: into the vault, to "
    "another folder of the project, out of it, or round in a circle; it is not followed.",
    "put a copy of the file there instead of a link",
)
UNREAD = Code(
    "BK121",
    "warning",
    "something stands where nothing reads it",
    "A file or folder below content/ is none that brandkit knows, so it becomes no page.",
    "move texts below content/posts/, pages/, notes/, talks/, events/ or projects/, files below content/static/",
)
UNNAMED = Code(
    "BK122",
    "error",
    "a file has a name that is not UTF-8",
    "The name was written by a system with another encoding; no address can be made of it. The file is left out.",
    "rename the file",
)
TOO_LARGE = Code(
    "BK123",
    "error",
    "a file is too large to be meant",
    "A text of more than 10 MB, or a picture or a font of more than 100 MB, would take all the memory. It is left out.",
    "divide the text, or save the picture smaller; other files below content/static/ may have any size",
)
ODD = Code(
    "BK124",
    "error",
    "something is neither a file nor a folder",
    "A pipe, a socket or a device stands below content/ or themes/; it is never opened.",
    "take it away",
)
_ALWAYS = ("content/static", "content/data", "content/published-urls.txt")
_TEXTS = (".md", ".markdown", ".yaml", ".yml", ".toml", ".json", ".html", ".txt")
_SHOWN = re.compile(
    r"(?:\.(?:jpe?g?|jfif|jif|pjpe?g?|a?png|webp|avif|gif|svg|hei[cf]|tiff?|bmp|ttf|otf|woff2?)|/[^./]*)\Z", re.I
)
_STATIC = re.compile(r"content/static/|themes/[^/]+/static/")
_TEXT_BYTES, _SHOWN_BYTES = 10_000_000, 100_000_000
_DEFAULT, _BEHIND = "themes/default", "themes/default (brandkit)"


class DiskSources:
    """Public files by path: digests are known, bytes are read when asked for."""

    def __init__(self, scan: Scan, places: Mapping[str, Path]) -> None:
        self._scan = scan
        self._files = {
            path: seen for path, seen in scan.files.items() if _is_text(path) and not _is_too_large(path, seen)
        }
        self._sources = [Source(path, seen.digest) for path, seen in self._files.items()]
        self._paths = [source.path for source in self._sources]
        self._places = places

    @property
    def scan(self) -> Scan:
        """What was seen, for the manifest."""
        return self._scan

    def all(self) -> Sequence[Source]:
        """Every file, ordered by path."""
        return self._sources

    def below(self, folder: str) -> Sequence[Source]:
        """The files below a folder, ordered by path."""
        return self._sources[bisect_left(self._paths, f"{folder}/") : bisect_left(self._paths, f"{folder}0")]

    def get(self, path: str) -> Source | None:
        """One file, or None."""
        seen = self._files.get(path)
        return Source(path, seen.digest) if seen else None

    def read(self, path: str) -> bytes:
        """The bytes of a file. Raises KeyError for a path that is not there."""
        return self.locate(path).read_bytes()

    def read_itself(self, path: str) -> bytes | None:
        """The bytes of a file that was seen as they are now, if it still stands there itself: what a link leads to, or
        what lies behind one, nobody has looked at. None where it does not."""
        try:
            place = self.locate(path)
            if os.path.realpath(place) != os.path.join(os.path.realpath(self._places["site.yaml"].parent), path):
                return None
            with open(os.open(place, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0)), "rb") as file:
                return file.read()
        except (KeyError, OSError):
            return None

    def locate(self, path: str) -> Path:
        """Where the file stands on disk. Raises KeyError for a path that is not there."""
        if path not in self._files:
            raise KeyError(path)
        prefix = next((p for p in self._places if path == p or path.startswith(p + "/")), None)
        assert prefix is not None
        return self._places[prefix] / path[len(prefix) + 1 :] if path != prefix else self._places[prefix]


def places(root: PublicRoot) -> dict[str, Path]:
    """Name and place of everything that is public; the bundled theme stands behind a default one of the project."""
    found = {"site.yaml": root.path / "site.yaml"}
    found.update({name: root.path / name for name in _read(root)})
    found[_bundled_name(root)] = bundled_themes() / "default"
    found["themes"] = root.path / "themes"
    return found


def _read(root: PublicRoot) -> tuple[str, ...]:
    """All that is read below content/."""
    return (*(f"content/{section}" for section in root.sections), *_ALWAYS)


def _bundled_name(root: PublicRoot) -> str:
    return _BEHIND if (root.path / _DEFAULT).is_dir() else _DEFAULT


def look(root: PublicRoot, before: Scan) -> Scan:
    """Which public files there are now."""
    own = {name: path for name, path in places(root).items() if path.is_relative_to(root.path)}
    own.pop(_bundled_name(root), None)
    seen = scan(own.items(), root.path, partial(_is_not_public, _read(root)), before)
    theme = bundled_themes() / "default"
    if (root.path / _DEFAULT).is_dir() and theme.samefile(root.path / _DEFAULT):
        return seen
    bundled = scan([(_bundled_name(root), theme)], theme, lambda _: False, before)
    return Scan(dict(sorted({**seen.files, **bundled.files}.items())), seen.at, seen.leaving)


def read(root: PublicRoot, seen: Scan) -> Outcome[DiskSources]:
    """The public sources of a look at them, with a finding for each link that leaves them, and for what is left out."""
    found = [_left(root.path, path) for path in seen.leaving]
    large = [(path, file.stamp[1]) for path, file in seen.files.items() if _is_too_large(path, file)]
    found += [TOO_LARGE.at(Place(path, 1, 1), f"this file has {size / 1e6:.0f} MB") for path, size in large]
    unnamed = (path for path in seen.files if not _is_text(path))
    found += [UNNAMED.at(Place(path.encode("utf-8", "replace").decode()), "its name is not UTF-8") for path in unnamed]
    found += [UNREAD.at(Place(f"content/{name}"), "nothing reads this") for name in _unread(root)]
    return Outcome(DiskSources(seen, places(root)), tuple(found))


def _left(root: Path, path: str) -> Diagnostic:
    if (root / path).is_symlink() or not os.path.lexists(root / path):
        return LEAVES.at(Place(path), "this link leads nowhere, or out of the public files")
    return ODD.at(Place(path), "this is neither a file nor a folder")


def _is_too_large(path: str, seen: Seen) -> bool:
    """Whether a file that is read whole has more bytes than anybody means; what is only copied may have any size."""
    size = seen.stamp[1]
    if size <= _TEXT_BYTES:
        return False
    is_text = not _STATIC.match(path) and path.lower().endswith(_TEXTS)
    return is_text or "/templates/" in path or (size > _SHOWN_BYTES and _SHOWN.search(path) is not None)


def _unread(root: PublicRoot) -> list[str]:
    """What stands directly below content/ and is no public source; the vault is nobody's business here."""
    folder = root.path / "content"
    known = {path.rpartition("/")[2] for path in _read(root)} | {"vault"}
    names = [path.name for path in folder.iterdir()] if folder.is_dir() else []
    return sorted(name for name in names if name not in known and not name.startswith(".") and _is_text(name))


def _is_text(path: str) -> bool:
    """Whether a path can be written down; bytes of a name that are no UTF-8 become lone surrogates."""
    return path.isascii() or not any("\udc80" <= character <= "\udcff" for character in path)


def _is_not_public(read: tuple[str, ...], path: str) -> bool:
    """What no link may lead to: everything but the public sources themselves."""
    return path != "site.yaml" and not f"{path}/".startswith(tuple(f"{folder}/" for folder in (*read, "themes")))
