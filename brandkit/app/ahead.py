"""The page that somebody is writing, ahead of all else: shown at once, while the whole site is built behind it.

In: the last plan, and the one text that changed. Out: its page in the output folder, if it is still the same page.
What else the change concerns, and whether this page was right, is for the build that follows to say: it sees a file
that is not as it left it, and makes it anew.
"""

from __future__ import annotations

from brandkit.app.publish import Planned
from brandkit.base.walls import Artifact, CopyOf, Memo, OutputDir, Staged
from brandkit.io.commit import put_ahead
from brandkit.io.pool import one_by_one
from brandkit.site.parse import parse_again
from brandkit.site.plans.documents import again
from brandkit.site.render import render


def show_ahead(planned: Planned, memo: Memo, out: OutputDir, name: str) -> str | None:
    """Write the page of the text `name`; its output path, or None where only a whole build can tell."""
    route = next((route for route in planned.routes if route.source == name), None)
    if route is None:
        return None
    try:
        read = parse_again(planned.settings, memo, name, planned.sources.read(name))
    except (OSError, KeyError):
        return None
    if read.value is None or any(found.severity == "error" for found in read.diagnostics):
        return None
    page = again(route, read.value, planned.settings.config, planned.site.moment)
    if page is None:
        return None
    made = _Made(out)
    done = render([page], planned.theme, planned.sources, memo, one_by_one, made)
    return route.path if done.value and not done.diagnostics else None


class _Made:
    """Takes the one page, and puts it where it is shown."""

    def __init__(self, out: OutputDir) -> None:
        self._out = out

    def put(self, made: Artifact | CopyOf) -> Staged:
        """Put it there. Raises EnvironmentProblem where the disk says no."""
        assert isinstance(made, Artifact)
        return Staged(made.path, put_ahead(self._out, made))
