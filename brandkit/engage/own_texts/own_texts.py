"""Texts for one's own posts, as files of the private folder: newsletters, and one text a network. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from brandkit.base.text import slugify
from brandkit.base.walls import Artifact, OwnPage
from brandkit.engage.own_texts.networks import NETWORKS, network_text
from brandkit.engage.own_texts.newsletter import newsletter_html, newsletter_text

_NEWEST = 10
_LONGEST = 80
_TO_COME = ("draft", "scheduled")


@dataclass(frozen=True)
class OwnTexts:
    """The texts for one post: what the page that lists them shows, and the files."""

    title: str
    status: str
    folder: str
    artifacts: tuple[Artifact, ...]

    @property
    def files(self) -> tuple[str, ...]:
        """The names of the files in the folder."""
        return tuple(artifact.path.rpartition("/")[2] for artifact in self.artifacts)


def own_texts(pages: Sequence[OwnPage]) -> tuple[OwnTexts, ...]:
    """Texts for what is to come, and for the newest that are published. `pages` stand newest first."""
    published = [page for page in pages if page.status == "published"][:_NEWEST]
    chosen = [*(page for page in pages if page.status in _TO_COME), *published]
    taken: set[str] = set()
    return tuple(_texts(page, _free(page, taken)) for page in chosen)


def _texts(page: OwnPage, folder: str) -> OwnTexts:
    texts = {"newsletter.html": newsletter_html(page), "newsletter.txt": newsletter_text(page)}
    texts |= {f"{network.name}.txt": network_text(page, network) for network in NETWORKS}
    artifacts = (Artifact(f"{folder}/{name}", text.encode("utf-8", "replace")) for name, text in texts.items())
    return OwnTexts(page.title or page.url, page.status, folder, tuple(artifacts))


def _free(page: OwnPage, taken: set[str]) -> str:
    """A folder of its own: two posts may share a slug, as translations do."""
    slug = slugify(page.slug or page.title, "post")[:_LONGEST]
    names = [
        slug,
        f"{slug}-{slugify(page.language, 'x')}",
        *(f"{slug}-{number}" for number in range(2, len(taken) + 3)),
    ]
    name = next(name for name in names if name.casefold() not in taken)
    taken.add(name.casefold())
    return f"posts/{name}"
