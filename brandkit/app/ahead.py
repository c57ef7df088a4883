"""The page that somebody is writing, ahead of all else: shown at once, while the whole site is built behind it.

In: the last plan, and the one text that changed. Out: its page in the output folder, if it is still the same page.
What else the change concerns, and whether this page was right, is for the build that follows to say: it sees a file
that is not as it left it, and makes it anew.
"""

from __future__ import annotations

from dataclasses import dataclass

from brandkit.app.publish import Planned
from brandkit.base.walls import Artifact, CopyOf, Memo, OutputDir, Staged
from brandkit.io.commit import put_ahead
from brandkit.io.pool import one_by_one
from brandkit.site.parse import parse_again
from brandkit.site.plans.documents import again
from brandkit.site.render import render


@dataclass(frozen=True)
class Ahead:
    """A page that was written before its build: its output path, and the bytes that stood there."""

    path: str
    before: bytes

    def take_back(self, out: OutputDir) -> None:
        """Put back what stood there. Raises EnvironmentProblem where the disk says no."""
        put_ahead(out, Artifact(self.path, self.before))


def show_ahead(planned: Planned, memo: Memo, out: OutputDir, name: str) -> Ahead | None:
    """Write the page of the text `name`; None where only a whole build can tell.

    Raises EnvironmentProblem where the disk says no.
    """
    data = planned.sources.read_itself(name)
    if data is None:
        return None
    read = parse_again(planned.settings, memo, name, data)
    if read.value is None or any(found.severity == "error" for found in read.diagnostics):
        return None
    routes = [route for route in planned.routes if route.source == name]
    pages = (again(route, read.value, planned.settings.config, planned.site.moment) for route in routes)
    page = next((page for page in pages if page is not None), None)
    if page is None:
        return None
    try:
        before = (out.path / page.path).read_bytes()
    except OSError:
        return None
    done = render([page], planned.theme, planned.sources, memo, one_by_one, _Made(out))
    return Ahead(page.path, before) if done.value and not done.diagnostics else None


class _Made:
    """Takes the one page, and puts it where it is shown."""

    def __init__(self, out: OutputDir) -> None:
        self._out = out

    def put(self, made: Artifact | CopyOf) -> Staged:
        """Put it there. Raises EnvironmentProblem where the disk says no."""
        assert isinstance(made, Artifact)
        return Staged(made.path, put_ahead(self._out, made))
