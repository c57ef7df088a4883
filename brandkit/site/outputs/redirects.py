"""_redirects: old addresses and where they lead, as Netlify and Cloudflare Pages read it."""

from __future__ import annotations

from urllib.parse import quote

from brandkit.site.views.outputs import RedirectsView

PATH = "_redirects"


def write(view: RedirectsView) -> str:
    """One line for each address."""
    return "".join(f"{quote(old, safe='/@!$&+,;=~-._')} {new} 301\n" for old, new in view.pairs)
