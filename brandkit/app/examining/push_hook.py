"""Is the hook that searches each push the one that this brandkit would write?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

from brandkit.app.examining.look import Found
from brandkit.app.project import Project
from brandkit.base.diagnostics import Code, Place
from brandkit.base.walls import EnvironmentProblem
from brandkit.io import pushed, vault

OLDER = Code(
    "BK331",
    "warning",
    "the hook before a push is of an older brandkit",
    "The pre-push hook was written by a brandkit that did less, or was changed since. An older one may let a push "
    "through, or stop each without a word, once brandkit is no longer where it was.",
    "brandkit doctor --install-hook writes it anew; lines of your own in it belong into a hook that calls it",
)


def look_at_push_hook(project: Project, _: datetime) -> Iterator[Found]:
    """Whether a hook of ours has today's form, whichever Python and folder it names."""
    try:
        place = pushed.hook_place(project.root)
    except EnvironmentProblem:  # no repository, or no git
        return
    text = place.read_text(encoding="utf-8", errors="replace") if place.is_file() else ""
    if pushed.MARK in text and not _form().fullmatch(text):
        shown = vault.display_name(place, project.root)
        yield Found(OLDER.at(Place(shown), "this hook is not the one that this brandkit writes"))


def _form() -> re.Pattern[str]:
    written = re.escape(pushed.HOOK.format(mark=pushed.MARK, command="\0", folder="\0"))
    return re.compile(written.replace(re.escape("\0"), ".+"))
