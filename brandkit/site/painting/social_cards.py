"""Social cards: the picture that other sites show where somebody shares a page.

In: what stands on the card, a portrait, and fonts as name → bytes ("inter-latin-700.woff"; .woff or .ttf).
Out: a PNG of 1200 × 630 pixels; the same bytes for the same input. It looks like the default theme: paper,
ink, a ribbon in the accent, a portrait in an arch. Knows neither files nor pages.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple

from brandkit.site.colour import PAPER, readable
from brandkit.site.painting.alphabets import is_needed
from brandkit.site.painting.card_layout import (
    ARCH,
    CAPITALS,
    FOOT,
    GAP,
    HEIGHT,
    LEADING,
    MARGIN,
    RIBBON,
    ROOM,
    RULE_Y,
    TITLE_TOP,
    WIDTH,
    fit,
    shorten,
)
from brandkit.site.painting.letters import drawable, faces_of, letters_in, substitute
from brandkit.site.painting.pixels import upright
from brandkit.site.painting.typesetting import Type, place

if TYPE_CHECKING:
    from PIL import Image


INK, MUTED, RULE, TINT = "#211f1b", "#5e5a52", "#dfdacd", "#f3f1ea"  # with PAPER, the colours of the theme
BOLD, MEDIUM = 700, 500


@dataclass(frozen=True)
class Card:
    """What stands on a card. `note` may be empty; `direction` is "ltr" or "rtl"."""

    title: str
    name: str
    note: str
    accent: str
    direction: str


def draw(card: Card, portrait: bytes | None, fonts: Mapping[str, bytes]) -> bytes:
    """The card as a PNG. Emoji are left out, and so is a portrait that cannot be read."""
    from PIL import Image

    canvas = Image.new("P", (WIDTH, HEIGHT), 0)
    person = _portrait(portrait) if portrait else None
    canvas.putpalette(_palette(card.accent) + (person.colours if person else b""))
    rtl = card.direction == "rtl"
    canvas.paste(_RULE, (MARGIN, RULE_Y, WIDTH - MARGIN, RULE_Y + 2))
    _ink(canvas, _shape(RIBBON, _RIBBON), (_from_start(0, RIBBON[0], rtl), 0), _ACCENT)
    if person:
        canvas.paste(person.pixels, (_from_start(0, ARCH[0], not rtl), RULE_Y - ARCH[1]))
    _draw_title(canvas, card, fonts, ROOM - (ARCH[0] + GAP if person else 0))
    _draw_foot(canvas, card, fonts)
    out = BytesIO()
    canvas.save(out, "PNG", compress_level=7)  # 9 takes seven times as long for a tenth less
    return out.getvalue()


def can_draw(text: str, fonts: Mapping[str, bytes]) -> bool:
    """Whether the fonts have every letter and digit of the text, and it has something to show. Emoji may be missing."""
    letters = letters_in(faces_of(fonts, BOLD)) & letters_in(faces_of(fonts, MEDIUM))
    needed = filter(is_needed, unicodedata.normalize("NFC", text))
    return bool(drawable(text, letters)) and all(substitute(char, letters) for char in needed)


# Everything is laid out from the start of the line, which is the right side for "rtl".


def _draw_title(canvas: Image.Image, card: Card, fonts: Mapping[str, bytes], width: int) -> None:
    faces = faces_of(fonts, BOLD)
    text = drawable(card.title, letters_in(faces))
    type_, lines = fit(text, faces, width)
    for number, line in enumerate(lines):
        baseline = TITLE_TOP + round(type_.size * (CAPITALS + number * LEADING))
        _draw_line(canvas, line, type_, baseline, card.direction == "rtl", _INK)


def _draw_foot(canvas: Image.Image, card: Card, fonts: Mapping[str, bytes]) -> None:
    """The name at the start, the note at the end; if both are long, each has half of the line."""
    bold, medium = Type(faces_of(fonts, BOLD), 33, -0.012), Type(faces_of(fonts, MEDIUM), 29, -0.005)
    rtl = card.direction == "rtl"
    name, note = drawable(card.name, letters_in(bold.faces)), drawable(card.note, letters_in(medium.faces))
    taken = GAP + medium.width(note) if note else 0
    name = shorten(name, bold, max(ROOM - taken, ROOM / 2))
    note = shorten(note, medium, ROOM - GAP - bold.width(name))
    _draw_line(canvas, name, bold, FOOT, rtl, _INK)
    _draw_line(canvas, note, medium, FOOT, not rtl, _MUTED)


def _from_start(start: float, width: float, rtl: bool) -> int:
    """The left edge of something that begins `start` after the margin."""
    return round(WIDTH - MARGIN - start - width if rtl else MARGIN + start)


# The canvas has a palette made for it: shades from paper to each ink, then the portrait's colours.

_SHADES = 20
_INK, _MUTED, _ACCENT = 1, 1 + _SHADES, 1 + 2 * _SHADES
_RULE = 1 + 3 * _SHADES
_OWN = _RULE + 1
_FOR_PORTRAIT = 160  # colours; more of them make larger files and hardly better pictures
_FINE = 4  # shapes are drawn so many times larger


def _palette(accent: str) -> bytes:
    paper, rule = _rgb(PAPER), _rgb(RULE)
    shades = bytearray(paper)
    for ink in (_rgb(INK), _rgb(MUTED), _rgb(readable(accent, PAPER))):
        for step in range(1, _SHADES + 1):
            shades += bytes(round(a + (b - a) * step / _SHADES) for a, b in zip(paper, ink, strict=True))
    return bytes(shades) + rule


def _rgb(colour: str) -> bytes:
    return bytes.fromhex(colour[1:7])


def _ink(canvas: Image.Image, cover: Image.Image, at: tuple[int, int], ink: int) -> None:
    """Colour the canvas where `cover` (0 to 255) says so, with shades of one ink."""
    shades = [round(value * _SHADES / 255) for value in range(256)]
    canvas.paste(
        cover.point([ink + shade - 1 if shade else 0 for shade in shades]),
        at,
        cover.point([255 if shade else 0 for shade in shades]),
    )


def _draw_line(canvas: Image.Image, text: str, type_: Type, baseline: int, from_right: bool, ink: int) -> None:
    """One line on its baseline, from the left margin, or up to the right one."""
    from PIL import Image, ImageDraw

    if not text or not type_.faces:
        return
    above, below = round(type_.size * 1.2), round(type_.size * 0.4)  # room for marks on capitals
    cover = Image.new("L", (WIDTH, above + below), 0)
    pen = ImageDraw.Draw(cover)
    glyphs, width = place(text, type_)
    left = WIDTH - MARGIN - width if from_right else float(MARGIN)
    for glyph in glyphs:
        pen.text((left + glyph.x, above), glyph.text, fill=255, font=glyph.font, anchor="ls", direction=glyph.direction)
    _ink(canvas, cover, (0, baseline - above), ink)


# As shares of width and height.
_RIBBON = ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.5, 0.76), (0.0, 1.0))


def _shape(size: tuple[int, int], corners: Sequence[tuple[float, float]]) -> Image.Image:
    """A polygon with smooth edges."""
    from PIL import Image, ImageDraw

    large = Image.new("L", (size[0] * _FINE, size[1] * _FINE), 0)
    ImageDraw.Draw(large).polygon([(x * large.width, y * large.height) for x, y in corners], fill=255)
    return large.reduce(_FINE)


def _arch() -> Image.Image:
    """The shape of the portrait: half a circle over a rectangle."""
    from PIL import Image, ImageDraw

    large = Image.new("L", (ARCH[0] * _FINE, ARCH[1] * _FINE), 0)
    pen = ImageDraw.Draw(large)
    pen.ellipse((0, 0, large.width - 1, large.width - 1), fill=255)
    pen.rectangle((0, large.width // 2, large.width, large.height), fill=255)
    return large.reduce(_FINE)


class _Portrait(NamedTuple):
    """Pixels in numbers of the card's palette, and the colours to add to it."""

    pixels: Image.Image
    colours: bytes


@lru_cache(maxsize=8)
def _portrait(data: bytes) -> _Portrait | None:
    """None for what cannot be read. Kept, because all cards of a person show it."""
    from PIL import Image, ImageOps

    try:
        person = upright(data, 2 * ARCH[0])
    except ValueError:
        return None
    arch, scene = _arch(), Image.new("RGB", person.size, TINT)
    scene.paste(person, mask=person.getchannel("A") if person.mode == "RGBA" else None)
    shown = Image.composite(ImageOps.fit(scene, ARCH), Image.new("RGB", ARCH, PAPER), arch)
    few = shown.quantize(_FOR_PORTRAIT, method=Image.Quantize.MEDIANCUT)
    pixels = few.point([min(255, _OWN + number) for number in range(256)])
    pixels.paste(0, mask=arch.point([255] + [0] * 255))
    return _Portrait(pixels, bytes(few.getpalette() or ())[: 3 * _FOR_PORTRAIT])
