"""The posts of the site as anybody outside of this wing may know them: address, words, tags, whole text."""

from __future__ import annotations

from urllib.parse import urlsplit

from brandkit.base import url
from brandkit.base.walls import Memo, OwnPage
from brandkit.site.config import SiteConfig
from brandkit.site.kinds.registry import kind_named
from brandkit.site.links import Links
from brandkit.site.markdown.marks import PictureView
from brandkit.site.model import Page, Site
from brandkit.site.pictures import Pictures
from brandkit.site.views.parts import Content


def own_pages(site: Site, config: SiteConfig, memo: Memo) -> tuple[OwnPage, ...]:
    """Every post, shown or held back, newest first, with its plain text; HTML is made when somebody asks."""
    held_back = [page for page in site.held_back if page.document.date and kind_named(page.document.kind).streamed]
    dated = [*site.posts, *held_back]
    texts = memo.get_many("texts", {page.document.text_digest for page in dated})
    root, origin = url.folder_of(config.url), "{0.scheme}://{0.netloc}".format(urlsplit(config.url))
    links = Links((*site.pages, *site.held_back), site.files, root, origin)
    pictures = Pictures(site.images, site.files, config.images, root)
    return tuple(
        _own_page(page, config, texts.get(page.document.text_digest, ""), _content(page, links, pictures, origin))
        for page in dated
    )


def _own_page(page: Page, config: SiteConfig, text: str, content: Content) -> OwnPage:
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
        slug=document.slug,
        author=", ".join(document.authors) or config.author.name or config.title,
        html=content,
        links=tuple(link.target for link in document.inside.external if url.is_web(link.target)),
        kind=document.kind,
    )


def _content(page: Page, links: Links, pictures: Pictures, origin: str) -> Content:
    """The text of a page as it can be read in other places."""
    shown = []
    for link in page.document.links:
        source = links.source(link.target, page) if link.picture else None
        view = pictures.view(source) if source else None
        if view is not None:
            shown.append((link.target, PictureView(origin + view.path, view.width, view.height)))
    return Content(page.document.body, links.elsewhere(page), tuple(shown))
