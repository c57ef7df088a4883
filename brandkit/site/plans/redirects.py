"""Old addresses that lead to pages: a small page each, and one list for hosts that read `_redirects`."""

from __future__ import annotations

from collections.abc import Iterator

from brandkit.base.diagnostics import Place
from brandkit.site.addresses import as_folder, is_unfit, output_path, written_path
from brandkit.site.assemble import BAD_ADDRESS
from brandkit.site.model import Route
from brandkit.site.outputs import redirects
from brandkit.site.plans.planner import Planner
from brandkit.site.views.outputs import RedirectsView
from brandkit.site.views.pages import RedirectView


def plan(planner: Planner) -> Iterator[Route]:
    """A route for every alias, and the list of all."""
    pairs: list[tuple[str, str]] = []
    for page in planner.site.pages:
        for alias in map(written_path, page.document.aliases):
            if is_unfit(alias):
                place = Place(page.document.path, 1, 1)
                planner.found.append(BAD_ADDRESS.at(place, f"the alias {alias!r} cannot be used"))
                continue
            clean = as_folder(alias)
            words = planner.show.site_for(page).words
            language = planner.show.language(page)
            view = RedirectView(page.document.title, page.path, page.permalink, language, words["moved"])
            pairs.append((planner.root.rstrip("/") + clean, page.path))
            yield Route(output_path(clean), view, "redirect.html", source=page.document.path)
    if pairs and redirects.PATH not in planner.site.files:
        yield Route(redirects.PATH, RedirectsView(tuple(sorted(pairs))), writer=redirects.write)
