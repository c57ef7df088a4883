"""The posts of the site as anybody outside of this wing may know them: address, words, tags."""

from __future__ import annotations

from brandkit.base.walls import Memo, OwnPage
from brandkit.site.config import SiteConfig
from brandkit.site.model import Page, Site


def own_pages(site: Site, config: SiteConfig, memo: Memo) -> tuple[OwnPage, ...]:
    """Every post, shown or held back, newest first, with its plain text."""
    dated = [*site.posts, *(page for page in site.held_back if page.document.date)]
    texts = memo.get_many("texts", {page.document.text_digest for page in dated})
    return tuple(_own_page(page, config, texts.get(page.document.text_digest, "")) for page in dated)


def _own_page(page: Page, config: SiteConfig, text: str) -> OwnPage:
    document = page.document
    return OwnPage(
        url=page.permalink,
        title=document.title,
        summary=document.description or document.excerpt,
        text=text,
        tags=document.terms.get("tags", ()),
        date=document.date,
        language=document.language or config.language,
        status=page.status,
    )
