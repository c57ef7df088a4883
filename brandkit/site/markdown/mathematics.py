"""Formulas as MathML, which browsers draw by themselves: `$a$` in a line, `$$a$$` on its own."""

from __future__ import annotations

import html
import re
import xml.etree.ElementTree as ET
from typing import Any

_LINK = re.compile(r'\s(?:xlink:)?(?:href|on\w+|style)="[^"]*"', re.IGNORECASE)
# MathML Core, and what the library writes beside it
_ELEMENTS = frozenset(
    "math mrow mi mn mo ms mtext mspace mfrac msqrt mroot mstyle merror mpadded mphantom mfenced menclose msub msup "
    "msubsup munder mover munderover mmultiscripts mprescripts none mtable mtr mtd mlabeledtr".split()
)
_ATTRIBUTES = frozenset(
    "display displaystyle scriptlevel mathvariant mathsize mathcolor mathbackground stretchy fence separator form "
    "lspace rspace minsize maxsize symmetric largeop movablelimits accent accentunder linethickness bevelled "
    "columnalign rowalign columnspacing rowspacing columnlines rowlines frame framespacing notation width height depth "
    "voffset open close separators align side columnspan rowspan groupalign equalrows equalcolumns".split()
)


def formula(source: str, options: dict[str, Any]) -> str:
    """A formula of LaTeX as MathML; as code where it cannot be read, or where it holds anything but MathML."""
    import latex2mathml.converter as latex

    display = "block" if options.get("display_mode") else "inline"
    try:
        drawn = _LINK.sub("", str(latex.convert(source.strip(), display=display)))
        if _is_mathml(drawn):
            return drawn
    except Exception:  # the library raises whatever its tables lack: a formula must not stop a page
        pass
    return f'<code class="formula">{html.escape(source.strip())}</code>'


def _is_mathml(drawn: str) -> bool:
    """Whether this is MathML and nothing else: the library puts the text of `\\text{}` in as it is."""
    elements = list(ET.fromstring(drawn).iter())  # no entity of its own can be declared within an element
    names = {element.tag.rpartition("}")[2] for element in elements}
    return names <= _ELEMENTS and all(set(element.attrib) <= _ATTRIBUTES for element in elements)
