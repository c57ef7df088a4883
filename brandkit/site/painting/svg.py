"""The size of an SVG, which stands in its first tag, and the SVG without what an editor wrote into it.

No XML is parsed, so there are no entities to expand. Pure.
"""

from __future__ import annotations

import re

from brandkit.site.painting.picture import CUT_OFF, Picture

_HEAD = 65536
_ROOT = re.compile(r"""<(?:[\w.-]+:)?svg(?=[\s>/])((?:[^>"']|"[^"]*"|'[^']*')*)>""")
_BEFORE = re.compile(r"\s+|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>", re.DOTALL)
_ATTRIBUTE = re.compile(r"""(?<![\w:-])(width|height|viewBox)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_LENGTH = re.compile(r"\s*\+?(\d{1,7}(?:\.\d{0,9})?|\.\d{1,9})(?:px)?\s*")


def looks_like_svg(data: bytes) -> bool:
    return data[:_HEAD].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<") and _root(data) is not None


def look_at_svg(data: bytes) -> Picture | None:
    root = _root(data)
    said = {name: one or two for name, one, two in _ATTRIBUTE.findall(root[1] if root else "")}
    width, height = _length(said.get("width", "")), _length(said.get("height", ""))
    box = [_length(part) for part in re.split(r"[\s,]+", said.get("viewBox", "").strip())]
    wide, high = (box[2], box[3]) if len(box) == 4 else (0.0, 0.0)
    if wide and high:  # what is not said follows from the shape
        width, height = width or (height * wide / high if height else wide), height or (width or wide) * high / wide
    if not width or not height:
        return None
    return Picture(max(1, round(width)), max(1, round(height)), "svg", animated=False, private=False)


def without_metadata(data: bytes) -> bytes:
    """The same SVG without <metadata> and without the attributes in which editors keep paths; all else stays.

    ValueError for one that is cut off within a comment or within its metadata.
    """
    return _PART.sub(_cleaned, data)


_PART = re.compile(
    rb"""(?P<kept><!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>|<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>)"""
    rb"""|<(?P<name>(?:[^\s<>/:"'=!?]+:)?metadata)(?=[\s/>])(?:[^<>"'/]|/(?!>)|"[^"]*"|'[^']*')*+"""
    rb"""(?:/>|>.*?</(?P=name)\s*>)"""
    rb"""|(?P<tag><[^\s<>/!?"'=](?:[^<>"']|"[^"]*"|'[^']*')*+>)"""
    rb"""|(?P<open><!--|<!\[CDATA\[|<\?|<!DOCTYPE)""",
    re.DOTALL,
)
_OWN = re.compile(rb"""\s+([^\s=/>"']+)\s*=\s*(?:"[^"]*"|'[^']*')""")
_PATHS = (b":export-filename", b":docname", b":absref")
_METADATA = re.compile(rb"""<(?:[^\s<>/:"'=]+:)?metadata[\s>]""")


def _cleaned(part: re.Match[bytes]) -> bytes:
    if part["open"] or (_METADATA.match(part[0]) and not part["name"]):
        raise ValueError(CUT_OFF)
    if part["tag"]:
        return _OWN.sub(lambda own: b"" if own[1].endswith(_PATHS) else own[0], part[0])
    return part["kept"] or b""


def _root(data: bytes) -> re.Match[str] | None:
    text, at = data[:_HEAD].decode("utf-8-sig", "replace"), 0
    while before := _BEFORE.match(text, at):
        at = before.end()
    return _ROOT.match(text, at)


def _length(text: str) -> float:
    """Pixels; 0 for what is no number of them."""
    found = _LENGTH.fullmatch(text)
    return float(found[1]) if found else 0.0
