"""The list of addresses that were published once: a text file that people may edit too.

One path a line, from the root of the site; `gone /old/` is one that may be missed; `#` begins a comment.
What stands there keeps its place, its spelling and its line ends; a change replaces the file whole.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path
from urllib.parse import unquote

from brandkit.io.whole_file import environment_problem, replace_file

FILE = "content/published-urls.txt"
GONE = "gone "
_HEAD = (
    "# Every address that was ever published: deploy adds new ones, check tells when one is lost.",
    "# Write 'gone' before one that may be missed: gone /old/",
)


def add(root: Path, addresses: Iterable[str]) -> list[str]:
    """Append the addresses that are not listed yet, in any spelling. Returns them. Raises EnvironmentProblem."""
    text = _read(root)
    known = {_comparable(line.removeprefix(GONE)) for line in text.splitlines()}
    new = [address for address in dict.fromkeys(addresses) if _comparable(address) not in known]
    if new:
        head = text or "".join(f"{line}\n" for line in _HEAD)
        _write(root, head + ("" if head.endswith("\n") else "\n") + "".join(f"{address}\n" for address in new))
    return new


def let_go(root: Path, numbers: Collection[int]) -> list[str]:
    """Write `gone` before the addresses on these lines (from 1). Returns them. Raises EnvironmentProblem."""
    lines = _read(root).splitlines(keepends=True)
    gone = [n for n in sorted(set(numbers)) if 0 < n <= len(lines) and lines[n - 1].startswith("/")]
    for number in gone:
        lines[number - 1] = GONE + lines[number - 1]
    if gone:
        _write(root, "".join(lines))
    return [lines[number - 1].removeprefix(GONE).strip() for number in gone]


def _comparable(address: str) -> str:
    return unquote(address.strip()).casefold()


def _read(root: Path) -> str:
    try:  # bytes that are no UTF-8 are kept as they are
        return (root / FILE).read_bytes().decode("utf-8", "surrogateescape")
    except FileNotFoundError:
        return ""


def _write(root: Path, text: str) -> None:
    path = (root / FILE).resolve()  # a link to the list stays one
    try:
        replace_file(path, text.encode("utf-8", "surrogateescape"))
    except OSError as error:
        raise environment_problem(error, path) from error
