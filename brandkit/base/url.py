"""Addresses: joining, comparing, and the canonical form under which a link is remembered. Pure."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit, urlunsplit

_TRACKING = re.compile(
    r"(utm_.*|pk_.*|mtm_.*|matomo_.*|piwik_.*|_gl|_ga|si|mc_[ce]id|fbclid|gclid|dclid|gbraid|wbraid|msclkid|yclid|igshid|twclid|ttclid|li_fat_id|mkt_tok|"
    r"_hs(enc|mi)|hsa_.*|vero_(conv|id)|oly_(anon|enc)_id|ref|ref_src|ref_url|source|cmpid|campaign_id|spm|s_cid|__s)\Z",
    re.IGNORECASE,
)
_PLAIN_WEB = re.compile(r"https?://[a-z0-9.-]+(?:/[A-Za-z0-9/._~-]*)?")  # most of them: a look is enough
_NOT_IN_WEB = re.compile(r"[\s<>\"]")
_NOT_IN_HOST = re.compile(r"[\x00-\x20\x7f\s<>\"\\^`{|}]")
_WWW = re.compile(r"\A(?:www\.)+")
_INDEX = re.compile(r"(?:/(?:(?:index|default)\.(?:html?|php))?)+\Z")
# most links are as plain as that, and differ in nothing from their canonical form but scheme, `www.` and last slash
_PLAIN = re.compile(
    r"https?://(?:www\.)?(?!www\.)([a-z0-9](?:[a-z0-9.-]*[a-z0-9])?)((?:/[A-Za-z0-9._~-]+)*)/?", re.ASCII
)
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)


def canonical(link: str) -> str:
    """The form under which variants of one link are the same.

    http and https, `www.`, a trailing slash, an index page, a default port, a fragment, the order of
    parameters, tracking parameters and needless percent-encoding make no difference. It is an
    identity for comparing, not an address for fetching. Text that is no link comes back folded.
    """
    plain = _PLAIN.fullmatch(link)
    if plain is not None and not _INDEX.search(plain[2]):
        return f"https://{plain[1]}{plain[2]}"
    try:
        parts = urlsplit(link.strip())
        port = parts.port
    except ValueError:
        return link.strip()
    if parts.scheme.lower() not in ("http", "https") or not parts.hostname:
        return link.strip()
    host = _WWW.sub("", parts.hostname.lower().rstrip("."))
    if not host or _NOT_IN_HOST.search(host):
        return link.strip()
    host = f"[{host}]" if ":" in host else host
    netloc = host if port in (None, 80, 443) else f"{host}:{port}"
    path = quote(unquote(parts.path), safe="/:@!$&'()*+,;=~-._")
    path = re.sub(r"/{2,}", "/", path)
    path = _INDEX.sub("", path)
    pairs = [(k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if not _TRACKING.match(k)]
    return urlunsplit(("https", netloc, path, urlencode(sorted(pairs)), ""))


@lru_cache(maxsize=20_000)
def host_of(link: str) -> str:
    """The host of a link, lower case, without `www.`; empty where there is none."""
    try:
        return (urlsplit(link).hostname or "").lower().removeprefix("www.")
    except ValueError:
        return ""


def same_site(host: str, other: str) -> bool:
    """Whether two hosts are one, or one is below the other."""
    return bool(host and other) and (host == other or host.endswith("." + other) or other.endswith("." + host))


def is_web(link: str) -> bool:
    """Whether this is a well-formed http or https address with a host."""
    if _PLAIN_WEB.fullmatch(link):
        return True
    try:
        parts = urlsplit(link)
        _ = parts.port
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and not _NOT_IN_WEB.search(link)


def is_elsewhere(link: str) -> bool:
    """Whether a link in a text leads outside: it has a scheme or a host of its own."""
    return bool(_SCHEME.match(link)) or link.startswith("//")


def folder_of(base: str) -> str:
    """The path under which a site lives: `/` for a host of its own, `/repo/` for a site under a path."""
    return urlsplit(base).path.rstrip("/") + "/"
