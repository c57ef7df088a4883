"""What search engines read: JSON-LD in the words of schema.org. Pure.

In: views. Out: JSON that can stand in a page. What is absent is left out.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from brandkit.site.kinds.registry import kind_named
from brandkit.site.views.parts import LinkView, PageDetail, PersonView, SiteView


def home(site: SiteView, portrait: str | None) -> str:
    """The site and whose it is."""
    website = {
        "@type": "WebSite",
        "@id": f"{site.url}#website",
        "url": site.url,
        "name": site.title,
        "description": site.tagline,
        "inLanguage": site.language,
        "publisher": {"@id": f"{site.url}#owner"},
    }
    return _graph(website, owner(site, portrait))


def owner(site: SiteView, portrait: str | None) -> dict[str, Any]:
    """The person or organization whose site it is."""
    person = site.owner == "person"
    same = [profile.url for profile in site.author.profiles if profile.url.startswith("http")]
    return {
        "@type": "Person" if person else "Organization",
        "@id": f"{site.url}#owner",
        "name": site.author.name,
        "url": site.url,
        "description": site.author.bio,
        "image" if person else "logo": portrait,
        "email": site.author.email,
        "sameAs": same,
    }


def page(site: SiteView, detail: PageDetail, trail: Sequence[LinkView], image: str | None) -> str:
    """A document of any kind, and where it stands. `trail` leads from the home page to it, with whole addresses."""
    kind = kind_named(detail.kind)
    timed = {"startDate": detail.starts, "endDate": detail.ends} if kind.timed else {}
    entity: dict[str, Any] = {
        "@type": kind.schema,
        "@id": detail.permalink,
        "url": detail.permalink,
        "name": detail.title,
        "headline": detail.title if kind.schema in ("BlogPosting", "SocialMediaPosting", "Article") else None,
        "description": detail.description,
        "inLanguage": detail.language,
        "image": image,
        "datePublished": None if kind.timed else detail.date,
        "dateModified": None if kind.timed else detail.updated or detail.date,
        "keywords": [tag.label for tag in detail.tags],
        **kind.structured(detail.facts),
        **{name: day for name, day in timed.items() if day is not None},  # of what recurs, the next time
    }
    names = [_person(site, author) for author in detail.authors]
    if kind.timed:
        entity |= {"performer" if detail.kind == "talk" else "organizer": names}
    elif detail.kind != "testimonial":
        entity |= {"author": names, "publisher": {"@id": f"{site.url}#owner"}}
    else:
        entity |= {"itemReviewed": {"@id": f"{site.url}#owner"}}
    return _graph(entity, owner(site, None), _trail(trail))


def listing(trail: Sequence[LinkView]) -> str:
    """Where a list stands."""
    return _graph(_trail(trail))


def _person(site: SiteView, author: PersonView) -> dict[str, Any]:
    if author.owner:
        return {"@id": f"{site.url}#owner"}
    return {"@type": "Person", "name": author.name, "url": author.url}


def _trail(trail: Sequence[LinkView]) -> dict[str, Any]:
    steps = [
        {"@type": "ListItem", "position": number, "name": step.label, "item": step.path}
        for number, step in enumerate(trail, 1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": steps}


def _graph(*things: Mapping[str, Any]) -> str:
    data = {"@context": "https://schema.org", "@graph": [_said(thing) for thing in things]}
    # inside <script> nothing is escaped but by JSON itself: no tag may begin there
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), default=_plain)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _said(value: Any) -> Any:
    """Without what is absent."""
    if isinstance(value, Mapping):
        return {key: _said(item) for key, item in value.items() if item not in (None, "", [], ())}
    return [_said(item) for item in value] if isinstance(value, (list, tuple)) else value


def _plain(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(type(value).__name__)
