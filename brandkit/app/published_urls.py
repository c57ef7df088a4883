"""Addresses that were published: noted after a deploy, let go when a person says so."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from urllib.parse import quote

from brandkit.app.publish import Planned
from brandkit.base.diagnostics import Report
from brandkit.base.walls import PublicOutput, Refused
from brandkit.io import published_list
from brandkit.site.checks.vanished import VANISHED, vanished

_NO_ADDRESS = "404.html"  # what a server shows for other addresses
_SHOWN = 5  # mistakes


def note_published(root: Path, output: PublicOutput) -> list[str]:
    """List the address of every page that was deployed. Returns those that are new."""
    return published_list.add(root, page_addresses(output.files))


def page_addresses(files: Sequence[str]) -> list[str]:
    """The addresses of the pages among the files of a site: `posts/a/index.html` is `/posts/a/`."""
    # the second page of a list comes and goes with what is listed: nobody links to it
    pages = (path for path in files if path.endswith(".html") and path != _NO_ADDRESS and "/page/" not in path)
    return sorted(quote("/" + _without_index(path), safe="/:@!$&'()*+,;=~-._") for path in pages)


def accept_vanished(root: Path, planned: Planned) -> tuple[list[str], Report]:
    """Let go of every address that is gone. Returns them, and what else was found.

    Raises Refused while a mistake leaves something out: what is missing only for that is not gone.
    """
    if planned.mistakes:
        shown = "".join(f"\n  {d.place}: {d.message}" for d in planned.mistakes[:_SHOWN])
        more = f"\n  and {len(planned.mistakes) - _SHOWN} more" if len(planned.mistakes) > _SHOWN else ""
        raise Refused(
            f"mistakes may hide texts, so it is not known which addresses are gone; none was let go:{shown}{more}",
            "\nMend them, and run it again.",
        )
    gone = published_list.let_go(root, {line for _, line in vanished(planned.site, planned.routes)})
    return gone, Report([d for d in planned.report.diagnostics if d.code != VANISHED.id])


def _without_index(path: str) -> str:
    folder, _, name = path.rpartition("/")
    return (f"{folder}/" if folder else "") if name == "index.html" else path
