"""Names that some system cannot hold: who copies or clones the site there loses the page. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from brandkit.base.diagnostics import Code, Diagnostic, Place
from brandkit.site.model import Route, Site

UNPORTABLE = Code(
    "BK187",
    "warning",
    "some systems cannot hold a file of this name",
    "Windows keeps names like CON, NUL and COM1 for itself, takes none of `:*?|<>` or quotes in a name, and no dot or "
    "space at its end. There the site cannot be copied or checked out whole.",
    "give the page another slug, url or alias, the tag another word, or the file another name",
)
_KEPT = re.compile(
    r"(?:^|/)(?:(?:con|prn|aux|nul|com[1-9]|lpt[1-9])(?:\.[^/]*)?|[^/]*[<>:\"|?*\\][^/]*|[^/]*[ .])(?=/|\Z)",
    re.IGNORECASE,
)


def check(site: Site, routes: Sequence[Route]) -> Iterator[Diagnostic]:
    """The path of every route; what brandkit names itself is named well."""
    for route in routes:
        if _KEPT.search(route.path):
            place = Place(route.source, 1, 1) if route.source else Place("site.yaml")
            yield UNPORTABLE.at(place, f"'{route.path}' cannot stand on every system")
