"""Social cards: the picture that other sites show where somebody shares a page.

In: what stands on the card, a portrait, and fonts as name → bytes ("inter-latin-700.woff"; .woff or .ttf).
Out: a PNG of 1200 × 630 pixels; the same bytes for the same input. It looks like the default theme: paper,
ink, a ribbon in the accent, a portrait in an arch. Knows neither files nor pages.
"""

from __future__ import annotations

import re
import struct
import unicodedata
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from brandkit.site.colour import PAPER, readable
from brandkit.site.images import upright

if TYPE_CHECKING:
    from PIL import Image, ImageFont

INK, MUTED, RULE, TINT = "#211f1b", "#5e5a52", "#dfdacd", "#f3f1ea"  # with PAPER, the colours of the theme
WIDTH, HEIGHT, MARGIN = 1200, 630, 80
ROOM = WIDTH - 2 * MARGIN
RIBBON = (48, 102)
TITLE_TOP, RULE_Y, FOOT = 162, 508, 570  # top of the capitals, the line, the baseline of the foot
ARCH = (256, 320)  # four to five, as in the theme
GAP, AIR = 56, 24  # beside a text, and below the title
SIZES = (100, 95, 90, 85, 80, 76, 72, 68, 64, 60, 57, 54, 51, 48)
BREAKS_WORDS = 64  # from this size on a word that is too long is broken rather than set smaller
LINES, LEADING = 4, 1.13
CAPITALS, DESCENT = 0.727, 0.2  # heights of Inter, in sizes of the type
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
    letters = _letters(_faces(fonts, BOLD)) & _letters(_faces(fonts, MEDIUM))
    needed = filter(_is_needed, unicodedata.normalize("NFC", text))
    return bool(_drawable(text, letters)) and all(_substitute(char, letters) for char in needed)


# Layout. Everything is laid out from the start of the line, which is the right side for "rtl".


def _draw_title(canvas: Image.Image, card: Card, fonts: Mapping[str, bytes], width: int) -> None:
    faces = _faces(fonts, BOLD)
    text = _drawable(card.title, _letters(faces))
    type_, lines = _fit(text, faces, width)
    for number, line in enumerate(lines):
        baseline = TITLE_TOP + round(type_.size * (CAPITALS + number * LEADING))
        _draw_line(canvas, line, type_, baseline, card.direction == "rtl", _INK)


def _draw_foot(canvas: Image.Image, card: Card, fonts: Mapping[str, bytes]) -> None:
    """The name at the start, the note at the end; if both are long, each has half of the line."""
    bold, medium = _Type(_faces(fonts, BOLD), 33, -0.012), _Type(_faces(fonts, MEDIUM), 29, -0.005)
    rtl = card.direction == "rtl"
    name, note = _drawable(card.name, _letters(bold.faces)), _drawable(card.note, _letters(medium.faces))
    taken = GAP + medium.width(note) if note else 0
    name = _shorten(name, bold, max(ROOM - taken, ROOM / 2))
    note = _shorten(note, medium, ROOM - GAP - bold.width(name))
    _draw_line(canvas, name, bold, FOOT, rtl, _INK)
    _draw_line(canvas, note, medium, FOOT, not rtl, _MUTED)


def _from_start(start: float, width: float, rtl: bool) -> int:
    """The left edge of something that begins `start` after the margin."""
    return round(WIDTH - MARGIN - start - width if rtl else MARGIN + start)


@dataclass(frozen=True)
class _Type:
    """Fonts that complete one another, their size, and the space between letters in sizes."""

    faces: tuple[bytes, ...]
    size: int
    tracking: float

    def width(self, text: str) -> float:
        """In pixels; measured once for all sizes."""
        return self.size * (_measure(text, self.faces) + self.tracking * len(text))


def _fit(text: str, faces: tuple[bytes, ...], width: float) -> tuple[_Type, list[str]]:
    """The largest type in which the title has few enough lines, and these lines, of about one length."""
    for size in SIZES:
        type_ = _Type(faces, size, -0.024)  # Inter is spaced for texts; at the size of a title it needs less
        words = [piece for word in text.split() for piece in _break(word, type_, width)]
        lines = _wrap(words, type_, width)
        high = size * (CAPITALS + (len(lines) - 1) * LEADING + DESCENT)
        if (
            len(lines) <= LINES
            and high <= RULE_Y - TITLE_TOP - AIR
            and all(type_.width(word) <= width for word in words)
        ):
            return type_, _balance(words, type_, width)
    return type_, [*lines[: LINES - 1], _shorten(" ".join(lines[LINES - 1 :]), type_, width)]


def _wrap(words: Sequence[str], type_: _Type, width: float) -> list[str]:
    lines: list[str] = []
    left, space = 0.0, type_.width(" ")
    for word in words:
        needs = type_.width(word)
        if lines and needs + space <= left:
            lines[-1] += " " + word
            left -= needs + space
        else:
            lines.append(word)
            left = width - needs
    return lines


def _balance(words: Sequence[str], type_: _Type, width: float) -> list[str]:
    """The same number of lines in the narrowest column that holds them."""
    count, low, high = len(_wrap(words, type_, width)), max(map(type_.width, words), default=0.0), width
    while high - low > 4:
        middle = (low + high) / 2
        low, high = (low, middle) if len(_wrap(words, type_, middle)) <= count else (middle, high)
    return _wrap(words, type_, high)


def _break(word: str, type_: _Type, width: float) -> list[str]:
    """The word; at small sizes in pieces, if it is too long: after its own hyphens and slashes, or else anywhere."""
    if type_.width(word) <= width or type_.size > BREAKS_WORDS:
        return [word]
    parts = re.split(r"(?<=[-‐–—/_.:@&=])(?=\w)", word)
    if all(type_.width(part) <= width for part in parts):
        pieces = [""]
        for part in parts:
            if type_.width(pieces[-1] + part) > width:
                pieces.append("")
            pieces[-1] += part
        return pieces
    hyphen = "-" if word.isalpha() and unicodedata.bidirectional(word[0]) == "L" else ""
    for long in range(int(len(word) * width / type_.width(word)), 1, -1):
        even = -(-len(word) // -(-len(word) // long))  # as many pieces, but of one length
        pieces = [word[at : at + even] for at in range(0, len(word), even)]
        pieces = [piece + hyphen for piece in pieces[:-1]] + pieces[-1:]
        if all(type_.width(piece) <= width for piece in pieces):
            return pieces
    return [word]


def _shorten(text: str, type_: _Type, width: float) -> str:
    """The text, with an ellipsis where it is cut, so that it fits."""
    if not text or type_.width(text) <= width:
        return text
    cut = len(text)
    while cut and type_.width(text[:cut] + "…") > width:
        cut -= 1
    kept = text[:cut] if text[cut] == " " else text[:cut].rpartition(" ")[0] or text[:cut]  # whole words, if any fits
    return kept.rstrip(" ,;:.·–—-") + "…"


# Letters: which font has them, and in which order they stand


def _faces(fonts: Mapping[str, bytes], weight: int) -> tuple[bytes, ...]:
    """The fonts whose weight is nearest to this one, by name: several subsets together are one font."""
    readable_ones = (name for name in sorted(fonts) if _letters_of(fonts[name]))
    weights = {name: int(found[1]) for name in readable_ones if (found := re.search(r"(\d{3})\D*\.\w+$", name))}
    nearest = min(weights.values(), key=lambda one: abs(one - weight), default=None)
    return tuple(fonts[name] for name, one in weights.items() if one == nearest)


def _letters(faces: Sequence[bytes]) -> frozenset[str]:
    return frozenset().union(*map(_letters_of, faces))


def _is_needed(char: str) -> bool:
    """Whether a text is not the same text without this character."""
    return unicodedata.category(char) in _WORDS and not "\ufe00" <= char <= "\ufe0f"  # which choose between emoji


_WORDS = frozenset("Lu Ll Lt Lm Lo Mn Mc Nd Nl No".split())
_ALIKE = {"→": "›", "⇒": "›", "←": "‹", "‑": "-", "‐": "-", "−": "–", "″": '"', "′": "'"}
_GONE = "\0"


def _substitute(char: str, letters: frozenset[str]) -> str:
    """The character, or others that say the same and that the fonts have; or nothing."""
    for one in (char, _ALIKE.get(char, ""), unicodedata.normalize("NFKC", char)):
        if one and all(part in letters for part in one):
            return one
    return ""


def _drawable(text: str, letters: frozenset[str]) -> str:
    """The text as the fonts can show it, without what they lack, in single spaces."""
    chars = (
        " " if char.isspace() else _GONE if unicodedata.category(char) in ("Cf", "Cc") else _substitute(char, letters)
        for char in unicodedata.normalize("NFC", text)
    )
    kept = "".join(char or _GONE for char in chars)
    return " ".join(kept.split()) if _GONE not in kept else _closed(kept)


def _closed(text: str) -> str:
    """Without the gaps that what is gone has left: none before a full stop, one between words."""
    text = re.sub(rf"\s+{_GONE}[\s{_GONE}]*(?=[.,;:!?)]|$)", "", text)
    return " ".join(re.sub(rf"{_GONE}+", "", re.sub(rf"\s+{_GONE}[\s{_GONE}]*", " ", text)).split())


class _Run(NamedTuple):
    text: str
    face: bytes
    rtl: bool


def _runs(text: str) -> Iterator[tuple[bool, str]]:
    """Stretches of one direction; what has none goes with its neighbours, or with the line."""
    base = _is_rtl(text)
    strong = [_direction(char) for char in text]
    for at, one in enumerate(strong):
        if one is None:
            before = next((s for s in reversed(strong[:at]) if s is not None), base)
            after = next((s for s in strong[at:] if s is not None), base)
            strong[at] = before if before == after else base
    for rtl, pairs in groupby(zip(strong, text, strict=True), key=lambda pair: bool(pair[0])):
        yield rtl, "".join(char for _, char in pairs)


def _direction(char: str) -> bool | None:
    """Whether a character runs from right to left; None if it has no direction of its own."""
    kind = unicodedata.bidirectional(char)
    return True if kind in ("R", "AL") else False if kind in ("L", "EN", "AN") else None


def _is_rtl(text: str) -> bool:
    """The direction of a line is that of its first letter, as in the pages of the theme."""
    return next((kind != "L" for char in text if (kind := unicodedata.bidirectional(char)) in ("L", "R", "AL")), False)


def _visual(text: str, faces: tuple[bytes, ...]) -> list[_Run]:
    """The runs of a line from left to right, each of one font and one direction."""
    logical: list[_Run] = []
    for rtl, stretch in _runs(text):
        chosen: bytes | None = None
        runs: list[_Run] = []
        for char in stretch:
            if chosen is None or char not in _letters_of(chosen):
                chosen = next((face for face in faces if char in _letters_of(face)), chosen or faces[0])
            if runs and runs[-1].face is chosen:
                runs[-1] = runs[-1]._replace(text=runs[-1].text + char)
            else:
                runs.append(_Run(char, chosen, rtl))
        logical.extend(runs)
    base = _is_rtl(text)
    groups = [list(group) for _, group in groupby(logical, key=lambda run: run.rtl)]
    ordered = [group[::-1] if group[0].rtl else group for group in groups]
    return [run for group in (ordered[::-1] if base else ordered) for run in group]


# Fonts


@lru_cache(maxsize=64)
def _font(face: bytes, size: int) -> ImageFont.FreeTypeFont:
    """Opening a font is slow, so it is kept; the key is what it says, not where it came from."""
    from PIL import ImageFont

    return ImageFont.truetype(BytesIO(face), size)


@lru_cache(maxsize=8192)
def _length(face: bytes, size: int, text: str) -> float:
    return _font(face, size).getlength(text) if text else 0.0


@lru_cache(maxsize=8192)
def _measure(text: str, faces: tuple[bytes, ...]) -> float:
    """The width of a text without tracking, in sizes of the type."""
    return sum(_font(run.face, 100).getlength(run.text) for run in _visual(text, faces)) / 100 if faces else 0.0


@lru_cache(maxsize=64)
def _letters_of(face: bytes) -> frozenset[str]:
    """The characters that a font has: its table "cmap". None for what is no .woff, .ttf or .otf."""
    try:
        return frozenset(map(chr, _read_cmap(_font_table(face, b"cmap"))))
    except (struct.error, zlib.error, ValueError):
        return frozenset()


def _font_table(face: bytes, name: bytes) -> bytes:
    woff = face.startswith(b"wOFF")
    count, at, each = struct.unpack_from(">H", face, 12 if woff else 4)[0], 44 if woff else 12, 20 if woff else 16
    for entry in range(at, at + count * each, each):
        if face[entry : entry + 4] == name and woff:
            start, packed, size = struct.unpack_from(">III", face, entry + 4)
            table = face[start : start + packed]
            return zlib.decompress(table) if packed < size else table
        if face[entry : entry + 4] == name:
            start, size = struct.unpack_from(">II", face, entry + 8)
            return face[start : start + size]
    raise ValueError("no such table")


def _read_cmap(cmap: bytes) -> Iterator[int]:
    """Formats 4 and 12 are the ones in use for Unicode."""
    for number in range(struct.unpack_from(">H", cmap, 2)[0]):
        platform, _, start = struct.unpack_from(">HHI", cmap, 4 + 8 * number)
        form = struct.unpack_from(">H", cmap, start)[0]
        if form == 12:
            for group in range(struct.unpack_from(">I", cmap, start + 12)[0]):
                first, last, _ = struct.unpack_from(">III", cmap, start + 16 + 12 * group)
                yield from range(first, min(last, 0x10FFFF) + 1)
        elif form == 4 and platform in (0, 3):
            count = struct.unpack_from(">H", cmap, start + 6)[0] // 2
            lasts = struct.unpack_from(f">{count}H", cmap, start + 14)
            firsts = struct.unpack_from(f">{count}H", cmap, start + 16 + 2 * count)
            for first, last in zip(firsts, lasts, strict=True):
                yield from range(first, min(last, 0xFFFE) + 1)


# Drawing. The canvas has a palette made for it: shades from paper to each ink, then the portrait's colours.

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


def _draw_line(canvas: Image.Image, text: str, type_: _Type, baseline: int, from_right: bool, ink: int) -> None:
    """One line on its baseline, from the left margin, or up to the right one."""
    from PIL import Image, ImageDraw

    if not text or not type_.faces:
        return
    above, below = round(type_.size * 1.2), round(type_.size * 0.4)  # room for marks on capitals
    cover = Image.new("L", (WIDTH, above + below), 0)
    pen = ImageDraw.Draw(cover)
    glyphs, width = _place(text, type_)
    left = WIDTH - MARGIN - width if from_right else float(MARGIN)
    for glyph in glyphs:
        pen.text((left + glyph.x, above), glyph.text, fill=255, font=glyph.font, anchor="ls", direction=glyph.direction)
    _ink(canvas, cover, (0, baseline - above), ink)


class _Glyph(NamedTuple):
    """One letter with its marks, or a whole run where letters join."""

    x: float
    text: str
    font: ImageFont.FreeTypeFont
    direction: str | None


def _place(text: str, type_: _Type) -> tuple[list[_Glyph], float]:
    """Where each piece of a line stands, from the left edge of its first letter, and how wide the line is."""
    from PIL import features

    glyphs: list[_Glyph] = []
    x = 0.0
    for run in _visual(text, type_.faces):
        font = _font(run.face, type_.size)
        pieces = _letter_by_letter(run.text) if _SEPARATE.fullmatch(run.text) else [run.text]
        direction = "rtl" if run.rtl and features.check("raqm") else None
        for piece, after in zip(pieces, [*pieces[1:], ""], strict=True):
            glyphs.append(_Glyph(x, piece, font, direction))  # the next one is measured with it, for the kerning
            x += _length(run.face, type_.size, piece + after) - _length(run.face, type_.size, after)
            x += type_.tracking * type_.size
    edge = _bearing(glyphs[0])
    return [glyph._replace(x=glyph.x - edge) for glyph in glyphs], x - edge - type_.tracking * type_.size


def _bearing(glyph: _Glyph) -> float:
    """How far the ink of a letter begins from where it is set: left edges align by what one sees."""
    found = glyph.font.getmask(glyph.text).getbbox()
    return glyph.font.getbbox(glyph.text)[0] + (found[0] if found else 0)


_SEPARATE = re.compile(r"[\0-\u058f\u1e00-\u2bff\u2c60-\u2dff\ua640-\ua69f\ua720-\ua7ff]*")  # letters that never join


def _letter_by_letter(text: str) -> list[str]:
    pieces: list[str] = []
    for char in text:
        if pieces and unicodedata.combining(char):
            pieces[-1] += char
        else:
            pieces.append(char)
    return pieces


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
