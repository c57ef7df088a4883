"""Lines of type: how wide a text is, and where each of its letters stands. Loads Pillow late."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from brandkit.site.painting.fonts import font_of, length
from brandkit.site.painting.letters import visual

if TYPE_CHECKING:
    from PIL import ImageFont


_SEPARATE = re.compile(r"[\0-\u058f\u1e00-\u2bff\u2c60-\u2dff\ua640-\ua69f\ua720-\ua7ff]*")  # letters that never join


@dataclass(frozen=True)
class Type:
    """Fonts that complete one another, their size, and the space between letters in sizes."""

    faces: tuple[bytes, ...]
    size: int
    tracking: float

    def width(self, text: str) -> float:
        """In pixels; measured once for all sizes."""
        return self.size * (measure(text, self.faces) + self.tracking * len(text))


@lru_cache(maxsize=8192)
def measure(text: str, faces: tuple[bytes, ...]) -> float:
    """The width of a text without tracking, in sizes of the type."""
    return sum(font_of(run.face, 100).getlength(run.text) for run in visual(text, faces)) / 100 if faces else 0.0


class Glyph(NamedTuple):
    """One letter with its marks, or a whole run where letters join."""

    x: float
    text: str
    font: ImageFont.FreeTypeFont
    direction: str | None


def place(text: str, type_: Type) -> tuple[list[Glyph], float]:
    """Where each piece of a line stands, from the left edge of its first letter, and how wide the line is."""
    from PIL import features

    glyphs: list[Glyph] = []
    x = 0.0
    for run in visual(text, type_.faces):
        font = font_of(run.face, type_.size)
        pieces = _letter_by_letter(run.text) if _SEPARATE.fullmatch(run.text) else [run.text]
        direction = "rtl" if run.rtl and features.check("raqm") else None
        for piece, after in zip(pieces, [*pieces[1:], ""], strict=True):
            glyphs.append(Glyph(x, piece, font, direction))  # the next one is measured with it, for the kerning
            x += length(run.face, type_.size, piece + after) - length(run.face, type_.size, after)
            x += type_.tracking * type_.size
    edge = _bearing(glyphs[0])
    return [glyph._replace(x=glyph.x - edge) for glyph in glyphs], x - edge - type_.tracking * type_.size


def _bearing(glyph: Glyph) -> float:
    """How far the ink of a letter begins from where it is set: left edges align by what one sees."""
    found = glyph.font.getmask(glyph.text).getbbox()
    return glyph.font.getbbox(glyph.text)[0] + (found[0] if found else 0)


def _letter_by_letter(text: str) -> list[str]:
    pieces: list[str] = []
    for char in text:
        if pieces and unicodedata.combining(char):
            pieces[-1] += char
        else:
            pieces.append(char)
    return pieces
