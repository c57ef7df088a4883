"""The list of what brandkit put at a place that cannot be locked or journalled: only what it names is ever removed.

It is written before anything is sent, naming old and new, and once more at the end: whoever is stopped between can
go on, and knows what is whose. In and out: bytes and paths.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePosixPath

from brandkit.base.walls import Refused

NAME = ".brandkit-deployed"
_HEAD = "# brandkit put these files here. A later deploy removes what the site no longer has, and nothing else.\n"


def dump(paths: Iterable[str]) -> bytes:
    """The list as it stands at the place."""
    return (_HEAD + "".join(f"{path}\n" for path in sorted(set(paths)))).encode("utf-8", "surrogateescape")


def load(data: bytes) -> frozenset[str]:
    """The paths that it names. Anybody could have put it there: what leads elsewhere is left out."""
    lines = data.decode("utf-8", "surrogateescape").split("\n")
    return frozenset(line for line in lines if line and line != _HEAD.strip() and _lies_below(line))


def _lies_below(path: str) -> bool:
    inner = PurePosixPath(path).parts
    return bool(inner) and not path.startswith("/") and ".." not in inner and "\0" not in path and path != NAME


def refuse_foreign(where: str) -> Refused:
    """The refusal of a place that holds something which brandkit did not put there."""
    return Refused(
        f"{where} holds files that brandkit did not put there, so nothing was sent.\n"
        f"Choose an empty place; or put an empty file named {NAME} there: "
        "what stands there then stays, unless the site has a file of that name."
    )
