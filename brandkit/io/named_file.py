"""A file that somebody names on the command line, read whole if it is of a size that can be meant."""

from __future__ import annotations

from pathlib import Path

from brandkit.base.walls import UsageProblem

_MOST = 50_000_000


def read(path: Path) -> bytes:
    """Its bytes; also of a pipe or a device, of which no more than this is read. Raises UsageProblem."""
    try:
        with path.open("rb") as file:
            data = file.read(_MOST + 1)
    except OSError as error:
        raise UsageProblem(f"{path} cannot be read: {error.strerror or error}") from None
    if len(data) > _MOST:
        raise UsageProblem(
            f"{path} is larger than {_MOST // 1_000_000} MB, which no such list is. Is it the right file?"
        )
    return data
