"""The plan of the site: every output path, with the template that fills it and all that it may see.

In: site, settings, theme. Out: routes in a stable order, no two with one path. Pure.
"""

from __future__ import annotations

from functools import lru_cache

from brandkit.base.diagnostics import Code, Outcome, Place
from brandkit.base.walls import Memo
from brandkit.site.config import Settings
from brandkit.site.model import Route, Site
from brandkit.site.plans.planner import Planner
from brandkit.site.plans.registry import PLANS
from brandkit.site.theme import Theme

TAKEN = Code(
    "BK152",
    "error",
    "a source claims an address that brandkit uses itself",
    "A page, alias or static file would be written where a list, feed or page of the theme stands.",
    "give it another slug, url or name",
)


def plan_routes(site: Site, settings: Settings, theme: Theme, memo: Memo) -> Outcome[tuple[Route, ...]]:
    """All routes. Where two want one path the page wins over the file, the planned over the claimed.

    A file cannot stand where a folder has to be, so a path within another path is taken too.
    """
    planner = Planner(site, settings, theme, memo)
    kept: dict[str, Route] = {}
    folders: dict[str, Route] = {}
    for route in (route for plan in PLANS for route in plan(planner)):
        key = route.path.casefold()
        above = _folders_above(key.rpartition("/")[0])
        other = kept.get(key) or folders.get(key) or next((kept[path] for path in above if path in kept), None)
        if other is None:
            kept[key] = route
            folders.update((path, route) for path in above if path not in folders)
        elif route.source is not None and not (other.source == route.source and other.path == route.path):
            whose = other.source or "brandkit itself"
            what = "written" if other.path == route.path else f"taken by '{other.path}'"
            message = f"'{route.path}' is {what} from {whose} already"
            planner.found.append(TAKEN.at(Place(route.source, 1, 1), message))
    return Outcome(tuple(sorted(kept.values(), key=lambda route: route.path)), tuple(dict.fromkeys(planner.found)))


@lru_cache(maxsize=50_000)
def _folders_above(folder: str) -> tuple[str, ...]:
    """A folder and every folder that it stands in, the innermost first."""
    return (folder, *_folders_above(folder.rpartition("/")[0])) if folder else ()
