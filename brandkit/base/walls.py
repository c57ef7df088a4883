"""The types that cross walls, and the two protocols that let pure code ask for work.

A function that takes a `PublicRoot` cannot be handed the vault; a deploy target that takes a
`PublicOutput` cannot be handed the private pages. Knows no domain noun.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any, Protocol, TypeVar

A = TypeVar("A")
B = TypeVar("B")


@dataclass(frozen=True)
class PublicRoot:
    """The folder of the project, of which only the public parts may be read, and which edition is wanted.

    `sections` are the folders below content/ that hold texts; nothing else there is read but static and data.
    `indexed`: whether the search knows what changed; if not, it finds what it found the last time that it did.
    """

    path: Path
    today: date | None = None
    drafts: bool = False
    future: bool = False
    expired: bool = False
    base_url: str | None = None
    sections: tuple[str, ...] = ("posts", "pages")
    indexed: bool = True

    @property
    def edition(self) -> str:
        """What beside the files decides the output: part of what the manifest remembers."""
        flags = [name for name in ("drafts", "future", "expired") if getattr(self, name)]
        flags += [] if self.indexed else ["unindexed"]
        return " ".join([*flags, self.base_url or "", str(self.today or "")]).strip()


@dataclass(frozen=True)
class OutputDir:
    """A folder that brandkit fills, and the folder where it may keep what it remembers of it.

    `kept` are folders in it in which people write: nothing there is ever removed, nor in the way. `mode` says who may
    look into it, where brandkit makes it.
    """

    path: Path
    cache: Path
    kept: tuple[str, ...] = ()
    mode: int = 0o777

    def keeps(self, path: str) -> bool:
        """Whether a path, with forward slashes, is or lies in a folder in which people write."""
        return path.split("/", 1)[0] in self.kept


@dataclass(frozen=True)
class PublicOutput:
    """The site as it stands on disk. Only `publish` makes one; deploy targets take nothing else."""

    path: Path
    files: tuple[str, ...]
    url: str


class Html(Protocol):
    """Text with markup that is made only when somebody asks for it."""

    def __html__(self) -> str:
        """The markup."""


@dataclass(frozen=True)
class OwnPage:
    """A page of one's own, as the private side may know it: worth sharing, worth naming.

    Links and pictures in `html` are whole addresses; `links` are those that lead to other sites.
    """

    url: str
    title: str
    summary: str
    text: str
    tags: tuple[str, ...]
    date: datetime | None
    language: str
    status: str
    slug: str
    author: str
    html: Html
    links: tuple[str, ...] = ()
    kind: str = "post"


@dataclass(frozen=True)
class Clearance:
    """Leave to deploy: what was searched for private strings, or why nothing could be.

    `digests` are those of the bytes that were searched, by path: only these may be sent.
    """

    searched: bool
    detail: str
    digests: Mapping[str, str] = field(default_factory=dict)

    def check(self, path: str, digest: str) -> None:
        """Raises Refused for a file that is no longer, or never was, what was searched."""
        if self.searched and self.digests.get(path) != digest:
            raise Refused(f"{path} changed after it was searched for private words, so it was not sent; run it again")


@dataclass(frozen=True)
class Artifact:
    """Bytes for a path of an output folder."""

    path: str
    data: bytes


@dataclass(frozen=True)
class CopyOf:
    """A file to be copied as it is: too large to be carried around as bytes."""

    path: str
    source: Path


@dataclass(frozen=True)
class Staged:
    """A file that was made for a path of an output folder: mtime in nanoseconds and size, or None where the same
    bytes stand there already."""

    path: str
    stamp: tuple[int, int] | None


@dataclass(frozen=True)
class Source:
    """A public file: its path from the project's root, with forward slashes, and the digest of its bytes."""

    path: str
    digest: str


class Sources(Protocol):
    """The public files of a project, known by digest; bytes are read when somebody needs them."""

    def all(self) -> Sequence[Source]:
        """Every file, ordered by path."""

    def below(self, folder: str) -> Sequence[Source]:
        """The files below a folder, ordered by path."""

    def get(self, path: str) -> Source | None:
        """One file, or None."""

    def read(self, path: str) -> bytes:
        """The bytes of a file. Raises KeyError for a path that is not there."""

    def locate(self, path: str) -> Path:
        """Where the file stands on disk, for copying."""


class Memo(Protocol):
    """What was computed once from the same bytes: text and files by key. May be empty, is never wrong."""

    @property
    def templates(self) -> Any | None:
        """Where compiled templates are kept (a `jinja2.BytecodeCache`), or None."""

    def get_many(self, table: str, keys: Iterable[str]) -> Mapping[str, str]:
        """The known ones among `keys`."""

    def put_many(self, table: str, rows: Mapping[str, str]) -> None:
        """Keep rows. A failure to keep is no failure of the run."""

    def file(self, key: str) -> Path | None:
        """Where the bytes that were kept under `key` stand on disk, or None."""

    def keep_file(self, key: str, data: bytes) -> Path | None:
        """Keep bytes; where they stand, or None where they could not be kept."""


class Stage(Protocol):
    """Takes files as they are made, so that nobody holds many; they take their places together, later."""

    def put(self, made: Artifact | CopyOf) -> Staged:
        """Keep a file for its place. Raises EnvironmentProblem where the disk says no."""


class Mapper(Protocol):
    """`map` in order, spread over the cores where that pays. `work` must be picklable."""

    def __call__(self, work: Callable[[A], B], items: Sequence[A], worth: int = ...) -> list[B]:
        """The results, in the order of `items`. `worth`: from how many items on a second core pays."""


Parts = Mapping[str, str]


def _nothing(_: str) -> Parts:
    return {}


@dataclass(frozen=True)
class Origins:
    """What routes were planned from: a digest by path, and one of the templates behind each template's name."""

    routes: Mapping[str, str] = field(default_factory=dict)
    templates: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Remembered:
    """What the last run left behind about one output folder.

    `marks` are the fingerprints of all routes by path, `standing` those whose files stand as they were left;
    `parts` tells what a fingerprint was taken of, as far as that is still known.
    """

    marks: Mapping[str, str] = field(default_factory=dict)
    standing: Mapping[str, str] = field(default_factory=dict)
    parts: Callable[[str], Parts] = _nothing
    origins: Origins = field(default_factory=Origins)


@dataclass(frozen=True)
class Committed:
    """What a commit did: paths in the output folder."""

    written: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    unchanged: int = 0


class Forgotten(Exception):
    """A memo lost a row that another one counts on: nothing is wrong that parsing again would not mend."""


class Stop(Exception):
    """An expected end of a run. The message is for people; `exit_code` tells scripts of which kind it was.

    `hint` goes on where the message ends, with options and commands: for those who have a command line before them.
    """

    exit_code = 1

    def __init__(self, message: str = "", hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


class UsageProblem(Stop):
    """The command asked for something that is not there."""

    exit_code = 2


class Refused(Stop):
    """A safety gate said no."""

    exit_code = 3


class EnvironmentProblem(Stop):
    """Disk full, lock held, permission denied, store damaged, target unreachable."""

    exit_code = 4
