"""A followed file beside feeds.yaml, read like an answer of a server.

In: the folder, the path in it, limits. Out: a `Response` without status; a path that leaves the folder is refused.
"""

from __future__ import annotations

from pathlib import Path

from brandkit.io.net.asking import Limits, Response
from brandkit.io.net.failures import megabytes


class _Bad(Exception):
    """A file that is not read. The message is one plain line."""


def read_local(base: Path, name: str, limits: Limits) -> Response:
    """A file below `base`, as a response without status; a path that leaves `base` is refused."""
    try:
        body = _bytes_below(base, name, limits.body_bytes)
    except _Bad as error:
        return Response(name, name, None, problem=str(error))
    except FileNotFoundError:
        return Response(name, name, None, problem=f"there is no file {name}")
    except (OSError, ValueError, RuntimeError):  # no right to read, a name no file can have, a loop of links
        return Response(name, name, None, problem=f"the file {name} can not be read")
    return Response(name, name, None, body)


def _bytes_below(base: Path, name: str, limit: int) -> bytes:
    root, path = base.resolve(), (base / name).resolve(strict=True)
    if not path.is_relative_to(root) or Path(name).is_absolute():
        raise _Bad(f"{name} lies outside of its folder, so it is not read")
    if not path.is_file():  # to open a pipe would be to wait for its writer
        raise _Bad(f"{name} is not a file")
    with path.open("rb") as file:
        body = file.read(limit + 1)
    if len(body) > limit:
        raise _Bad(f"the file {name} is larger than {megabytes(limit)}")
    return body
