"""A build of the preview as one line of the terminal: when, why, what, how long."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from brandkit.base.text import plural

if TYPE_CHECKING:
    from brandkit.app.preview import Built


def build_line(built: Built, moment: datetime) -> str:
    """`14:02:11  content/posts/ship.md: 3 pages in 0.08 s (posts/ship/index.html, index.html, feed.xml)`."""
    why = _listed(built.why, 3) or "everything"
    clock_ = f"{moment:%H:%M:%S}  {why}: "
    if built.waiting:
        return clock_ + "another brandkit is at work in this project; the preview waits for it"
    if built.trouble:
        return clock_ + built.trouble
    if built.held:
        return clock_ + f"not built ({built.seconds:.2f} s); the preview shows the last good site"
    if not built.written and not built.removed:
        return clock_ + f"nothing changed on the site ({built.seconds:.2f} s)"
    parts = [_counted(built.written)] if built.written else []
    parts += [f"{len(built.removed)} removed"] if built.removed else []
    listed = _listed(tuple(sorted((*built.written, *built.removed), key=lambda path: not path.endswith(".html"))), 3)
    return clock_ + f"{', '.join(parts)} in {built.seconds:.2f} s ({listed})"


def _counted(written: tuple[str, ...]) -> str:
    pages = sum(path.endswith(".html") for path in written)
    return plural(len(written), "page" if pages == len(written) else "file")


def _listed(names: tuple[str, ...], most: int) -> str:
    shown = ", ".join(names[:most])
    return f"{shown} and {len(names) - most} more" if len(names) > most else shown
