"""llms.txt: the site in a page of Markdown, for programs that read on somebody's behalf."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from brandkit.site.model import Page, Route
from brandkit.site.plans.planner import Planner
from brandkit.site.views.outputs import LlmsView

PATH = "llms.txt"
_LONGEST = 100  # entries a section: an overview, no second sitemap


def plan(planner: Planner) -> Iterator[Route]:
    """One file; an llms.txt of one's own below content/static/ comes first."""
    if PATH in planner.site.files:
        return
    labels = planner.show.site.words["sections"]
    sections = {
        labels.get(folder, folder.capitalize()): _lines(pages)
        for folder, pages in planner.site.sections.items()
        if pages and folder != "testimonials"
    }
    config = planner.config
    yield Route(PATH, LlmsView(config.title, config.tagline, config.author.bio, sections), writer=write)


def _lines(pages: Sequence[Page]) -> tuple[tuple[str, str, str], ...]:
    shown = [page for page in pages if page.status == "published"][:_LONGEST]
    return tuple((p.document.title, p.permalink, p.document.description or p.document.excerpt) for p in shown)


def write(view: LlmsView) -> str:
    """The file."""
    lines = [f"# {view.title}", ""]
    lines += [f"> {text}\n" for text in (view.tagline, view.bio) if text]
    for heading, entries in view.sections.items():
        lines += [f"## {heading}", ""]
        lines += [
            f"- [{_plain(title)}]({address}){f': {_plain(text)}' if text else ''}" for title, address, text in entries
        ]
        lines.append("")
    return "\n".join(lines)


def _plain(text: str) -> str:
    return " ".join(text.replace("[", "(").replace("]", ")").split())
