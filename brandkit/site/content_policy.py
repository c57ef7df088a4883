"""The content security policy of a page: nothing foreign runs, unless the brand says so. Pure."""

from __future__ import annotations

import base64
import hashlib
from urllib.parse import urlsplit

from brandkit.site.config import SiteConfig


def policy(config: SiteConfig, script: str = "", searches: bool = False) -> str:
    """The policy for a page that holds `script` in its head, and perhaps the search. Empty: none.

    Pictures, sound, films and frames may come from anywhere by https: a text may embed them. Scripts
    may not, but for the few lines of our own, which are named by their digest.
    """
    if config.content_policy is not None:
        return config.content_policy
    scripts = [f"'sha256-{_digest(script)}'"] if script else []
    scripts += ["'self'", "'wasm-unsafe-eval'"] if searches else []
    actions = (config.newsletter.action if config.newsletter else "", config.contact.form or "")
    forms = sorted({"{0.scheme}://{0.netloc}".format(urlsplit(action)) for action in actions if action})
    parts = {
        "default-src": ["'self'"],
        "script-src": scripts or ["'none'"],
        "style-src": ["'self'", "'unsafe-inline'"],
        "img-src": ["'self'", "data:", "https:"],
        "media-src": ["'self'", "https:"],
        "frame-src": ["https:"],
        "form-action": ["'self'", *forms],
        "base-uri": ["'none'"],
        "object-src": ["'none'"],
    }
    return "; ".join(f"{name} {' '.join(values)}" for name, values in parts.items())


def _digest(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
