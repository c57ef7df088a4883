"""Pictures: what one is, smaller copies of it, and the same picture without what is nobody's business.

In: the bytes of a picture. Out: `Picture`, or bytes. The same bytes give the same bytes. Every function
first drops the metadata from the file itself, part by part, so the pixels of a cleaned picture are the
very ones that came in, and the decoder never meets a hostile comment. Knows neither files nor pages.
"""

from __future__ import annotations

import re
import warnings
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from PIL import Image

SMALLEST = 200  # narrower pictures are icons and badges: copies of them save nothing
APART = 1.1  # widths nearer to one another than this are one width

_PNG = b"\x89PNG\r\n\x1a\n"
_UPRIGHT = 1  # of the eight orientations of EXIF
_CUT_OFF = "the picture is cut off or damaged"


@dataclass(frozen=True)
class Picture:
    """What a picture is. Width and height are those that a reader sees; `private` says that it tells more."""

    width: int
    height: int
    format: str  # jpeg, png, webp, avif, gif or svg
    animated: bool
    private: bool


@dataclass(frozen=True)
class _Bare:
    """A picture without metadata, and how it has to be turned."""

    format: str
    data: bytes
    orientation: int = _UPRIGHT


def look(data: bytes) -> Picture | None:
    """What the picture is; None for what is none, is damaged, or is too large to be opened safely."""
    try:
        if _looks_like_svg(data):
            return _look_at_svg(data)
        bare = _strip(data)
        with _opened(bare) as image:
            width, height = image.size
            animated = bool(getattr(image, "is_animated", False))
            if _orientation_of(bare, image) >= 5:
                width, height = height, width
        return Picture(width, height, bare.format, animated, bare.data != data)
    except Exception:  # a hostile file finds its own way to fail; for us it is no picture
        return None


def resize(data: bytes, width: int, format: str, quality: int) -> bytes:
    """A copy that is at most `width` wide, as "webp" or "avif": upright, in sRGB, without any metadata.

    Of an animation it is the first frame. ValueError if the picture cannot be read.
    """
    if format not in _ENCODERS:
        raise ValueError(f"copies are made as webp or avif, not as {format}")
    image = upright(data, width)
    out = BytesIO()
    try:
        image.save(out, format.upper(), quality=quality, **_ENCODERS[format])
    except (OSError, ValueError) as wrong:
        raise ValueError(f"the picture cannot be written as {format}: {wrong}") from wrong
    return out.getvalue()


def clean(data: bytes) -> bytes:
    """The same picture, pixel for pixel, without what should not be published; an ICC profile stays.

    An SVG is returned as it is. ValueError for what is damaged or no picture.
    """
    return data if _looks_like_svg(data) else _strip(data).data


def widths_for(picture: Picture, wanted: Sequence[int]) -> tuple[int, ...]:
    """The widths in which to offer a picture, ascending: those wanted that it fills, and its own below the largest."""
    if picture.format == "svg" or picture.animated or picture.width < SMALLEST or not wanted:
        return ()
    able = {width for width in wanted if 0 < width <= picture.width}
    if picture.width < max(wanted):
        able.add(picture.width)
    kept: list[int] = []
    for width in sorted(able, reverse=True):
        if not kept or kept[-1] > width * APART:
            kept.append(width)
    return tuple(reversed(kept))


def upright(data: bytes, width: int) -> Image.Image:
    """The pixels as a reader sees them, at most `width` wide: RGB or RGBA, in sRGB. ValueError if damaged."""
    if width < 1:
        raise ValueError("a picture is at least one pixel wide")
    bare = _strip(data)
    try:
        with _opened(bare) as image:
            image.draft(None, (2 * width, 2 * width))  # a JPEG may be read smaller, which is faster
            profile = image.info.get("icc_profile")
            turned = _turn(_full(image), _orientation_of(bare, image))
        return _in_srgb(_narrow(turned, width), profile)
    except Exception as wrong:
        raise ValueError(_CUT_OFF) from wrong


# Pixels

_ENCODERS: Mapping[str, Mapping[str, object]] = {
    "webp": {"method": 4},
    # One thread: the number of tiles, and so the bytes, would depend on the machine.
    "avif": {"speed": 7, "max_threads": 1},
}


def _opened(bare: _Bare) -> Image.Image:
    """The picture, its header read. What has more pixels than Pillow calls safe (89 million) is refused."""
    from PIL import Image

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        return Image.open(BytesIO(bare.data), formats=[bare.format.upper()])


def _orientation_of(bare: _Bare, image: Image.Image) -> int:
    """AVIF says in its structure how it is turned; Pillow knows. Elsewhere it stood in the metadata."""
    return int(image.getexif().get(0x0112, _UPRIGHT)) if bare.format == "avif" else bare.orientation


def _full(image: Image.Image) -> Image.Image:
    """Without palette, and with eight bits: RGB, RGBA, L, LA or CMYK."""
    if image.mode.startswith("I"):  # 16 bits of grey
        return image.convert("I").point(lambda value: value * (1 / 257)).convert("L")
    if image.mode in ("RGB", "RGBA", "L", "LA", "CMYK") and "transparency" not in image.info:
        image.load()
        return image
    if image.has_transparency_data:
        return image.convert("RGBA")
    return image.convert("L" if image.mode == "1" else "RGB")


def _turn(image: Image.Image, orientation: int) -> Image.Image:
    from PIL.Image import Transpose

    turns = {
        2: Transpose.FLIP_LEFT_RIGHT,
        3: Transpose.ROTATE_180,
        4: Transpose.FLIP_TOP_BOTTOM,
        5: Transpose.TRANSPOSE,
        6: Transpose.ROTATE_270,
        7: Transpose.TRANSVERSE,
        8: Transpose.ROTATE_90,
    }
    return image.transpose(turns[orientation]) if orientation in turns else image


def _narrow(image: Image.Image, width: int) -> Image.Image:
    from PIL.Image import Resampling

    if image.width <= width:
        return image
    height = max(1, round(image.height * width / image.width))
    return image.resize((width, height), Resampling.LANCZOS, reducing_gap=3)


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """RGB, or RGBA where something shows through, as the profile of the picture meant it; nothing else is kept."""
    alpha = image.getchannel("A") if image.mode in ("RGBA", "LA") else None
    if alpha is not None:
        image = image.convert(image.mode[:-1])
    seen = _convert(image, profile) if profile else image.convert("RGB")
    if alpha is not None and alpha.getextrema() != (255, 255):
        seen.putalpha(alpha)
    seen.info = {}
    return seen


def _convert(image: Image.Image, profile: bytes) -> Image.Image:
    from PIL import ImageCms

    try:
        made = ImageCms.profileToProfile(
            image, ImageCms.ImageCmsProfile(BytesIO(profile)), ImageCms.createProfile("sRGB"), outputMode="RGB"
        )
    except (ImageCms.PyCMSError, OSError):  # a broken profile, or one for other channels
        made = None
    return made or image.convert("RGB")


# Files, without their metadata. Only parts that are known to be needed are kept.


def _strip(data: bytes) -> _Bare:
    """ValueError for what is damaged or no picture."""
    for format, (begins, strip) in _FORMATS.items():
        if begins(data):
            try:
                return replace(strip(data), format=format)
            except IndexError as wrong:
                raise ValueError(_CUT_OFF) from wrong
    raise ValueError("this is no picture that brandkit knows")


def _strip_jpeg(data: bytes) -> _Bare:
    """What follows the end (videos of phones, second pictures) goes too."""
    out, orientation, at = [data[:2]], 0, 2
    while (mark := _JPEG_MARK.search(data, at)) and (kind := data[mark.start() + 1]) != 0xD9:
        at = mark.end() + int.from_bytes(data[mark.end() : mark.end() + 2])
        if at < mark.end() + 2 or at > len(data):
            raise ValueError(_CUT_OFF)
        body = data[mark.end() + 2 : at]
        if kind == 0xE1 and body.startswith(b"Exif\0\0") and not orientation:
            body, orientation = _only_orientation(body)
        elif kind == 0xE0 and body.startswith(b"JFIF\0"):
            body = body[:12] + b"\0\0"  # it may have a thumbnail
        elif not _jpeg_needs(kind, body):
            body = b""
        if body:
            out.append(bytes((0xFF, kind)) + (len(body) + 2).to_bytes(2) + body)
        if kind == 0xDA:  # the pixels, up to the next mark
            end = _JPEG_MARK.search(data, at)
            out.append(data[at : end.start() if end else len(data)])
            at = end.start() if end else len(data)
    if len(out) == 1:
        raise ValueError(_CUT_OFF)
    return _Bare("", b"".join(out) + (b"\xff\xd9" if mark else b""), orientation or _UPRIGHT)


_JPEG_MARK = re.compile(rb"\xff[^\x00\x01\xd0-\xd7\xff]")


def _jpeg_needs(kind: int, body: bytes) -> bool:
    if kind == 0xE2:
        return body.startswith(b"ICC_PROFILE\0")
    return kind == 0xEE or 0xC0 <= kind <= 0xDF  # 0xEE says what the channels are


def _strip_png(data: bytes) -> _Bare:
    out, orientation, at, kind = [_PNG], _UPRIGHT, len(_PNG), b""
    while kind != b"IEND":
        size, kind = int.from_bytes(data[at : at + 4]), data[at + 4 : at + 8]
        chunk = data[at : at + size + 12]
        if len(chunk) < size + 12:
            raise ValueError(_CUT_OFF)
        at += len(chunk)
        if kind == b"eXIf":
            body, orientation = _only_orientation(chunk[8:-4])
            sum_ = zlib.crc32(kind + body).to_bytes(4)
            out.append(len(body).to_bytes(4) + kind + body + sum_ if body else b"")
        elif kind in _PNG_NEEDS:
            out.append(chunk)
    return _Bare("", b"".join(out), orientation)


_PNG_NEEDS = frozenset(
    b"IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB iCCP cICP mDCV cLLI sBIT bKGD pHYs acTL fcTL fdAT".split()
)


def _strip_webp(data: bytes) -> _Bare:
    out, orientation, at, end = [b""], _UPRIGHT, 12, 8 + int.from_bytes(data[4:8], "little")
    if end > len(data):
        raise ValueError(_CUT_OFF)
    while at < end:
        kind, size = data[at : at + 4], int.from_bytes(data[at + 4 : at + 8], "little")
        body = data[at + 8 : at + 8 + size]
        at += 8 + size + size % 2
        if len(body) < size:
            raise ValueError(_CUT_OFF)
        if kind == b"EXIF":
            body, orientation = _only_orientation(body)
        if kind in _WEBP_NEEDS and body:
            out.append(kind + len(body).to_bytes(4, "little") + body + b"\0" * (len(body) % 2))
    if len(out) > 1 and out[1].startswith(b"VP8X"):  # its flags tell which parts follow
        flags = out[1][8] & ~0x0C | (0x08 if any(part.startswith(b"EXIF") for part in out) else 0)
        out[1] = out[1][:8] + bytes((flags,)) + out[1][9:]
    inside = b"WEBP" + b"".join(out)
    return _Bare("", b"RIFF" + len(inside).to_bytes(4, "little") + inside, orientation)


_WEBP_NEEDS = frozenset((b"VP8X", b"VP8 ", b"VP8L", b"ALPH", b"ICCP", b"ANIM", b"ANMF", b"EXIF"))


def _strip_gif(data: bytes) -> _Bare:
    at = 13 + _gif_colours(data[10])
    out = [data[:at]]
    while at < len(data) and (kind := data[at]) != 0x3B:
        if kind == 0x2C:
            blocks = at + 11 + _gif_colours(data[at + 9])
        elif kind == 0x21:
            blocks = at + 2
        else:
            raise ValueError(_CUT_OFF)
        end = _gif_end(data, blocks)
        if kind == 0x2C or data[at + 1] == 0xF9 or data[at + 1 : at + 14] in _GIF_NEEDS:
            out.append(data[at:end])
        at = end
    return _Bare("", b"".join(out) + b"\x3b")


_GIF_NEEDS = frozenset(b"\xff\x0b" + name for name in (b"NETSCAPE2.0", b"ANIMEXTS1.0", b"ICCRGBG1012"))


def _gif_colours(flags: int) -> int:
    """How many bytes of colours follow."""
    return 3 << (flags & 7) + 1 if flags & 0x80 else 0


def _gif_end(data: bytes, at: int) -> int:
    """Where a chain of blocks ends."""
    while data[at]:
        at += data[at] + 1
    return at + 1


def _only_orientation(exif: bytes) -> tuple[bytes, int]:
    """EXIF that tells only how the picture is turned (nothing for an upright one), and that orientation."""
    tiff = exif.removeprefix(b"Exif\0\0")
    order: Literal["little", "big"] = "little" if tiff.startswith(b"II") else "big"

    def number(at: int, size: int = 2) -> int:
        return int.from_bytes(tiff[at : at + size], order)

    first = number(4, 4)
    entries = range(first + 2, first + 2 + 12 * number(first), 12)
    found = next((number(entry + 8) for entry in entries if number(entry) == 0x0112), _UPRIGHT)
    orientation = found if 1 <= found <= 8 else _UPRIGHT
    if len(tiff) <= 26 and len(entries) == 1 and number(first + 2) == 0x0112:
        return exif, orientation  # it tells nothing else as it is
    if orientation == _UPRIGHT:
        return b"", orientation
    prefix = exif[: len(exif) - len(tiff)]
    entry = b"\x01\x12\0\x03\0\0\0\x01" + orientation.to_bytes(2) + b"\0\0"
    return prefix + b"MM\0*\0\0\0\x08\0\x01" + entry + bytes(4), orientation


# AVIF is a tree of boxes that point into one another by offset, so its metadata is not cut out but
# overwritten in place with metadata that says nothing.


def _strip_avif(data: bytes) -> _Bare:
    out = bytearray(data)
    _blank_boxes(out, 0, len(out))
    return _Bare("", bytes(out))


def _blank_boxes(data: bytearray, start: int, end: int) -> None:
    for kind, body, stop in list(_boxes(data, start, end)):
        if kind in (b"moov", b"trak"):
            _blank_boxes(data, body, stop)
        elif kind == b"meta":
            _blank_items(data, body + 4, stop)
        elif kind in (b"uuid", b"udta", b"free", b"skip"):
            named = data.rindex(kind, 0, body)
            data[named : named + 4] = b"free"
            data[body:stop] = bytes(stop - body)


def _boxes(data: bytes | bytearray, start: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    """Kind, start of the contents, and end of each box."""
    while start < end:
        size, kind, body = int.from_bytes(data[start : start + 4]), bytes(data[start + 4 : start + 8]), start + 8
        if size == 1:
            size, body = int.from_bytes(data[body : body + 8]), body + 8
        stop = start + size if size else end
        if stop < body or stop > end:
            raise ValueError(_CUT_OFF)
        yield kind, body, stop
        start = stop


def _blank_items(data: bytearray, start: int, end: int) -> None:
    inside = {kind: (body, stop) for kind, body, stop in _boxes(data, start, end)}
    if b"iinf" not in inside or b"iloc" not in inside:
        return
    told = _items_that_tell(data, *inside[b"iinf"])
    for item, (at, stop) in _places(data, *inside[b"iloc"], inside.get(b"idat", (0, 0))[0]):
        if item in told:
            if stop > len(data) or stop <= at:
                raise ValueError(_CUT_OFF)
            data[at:stop] = _NOTHING[told[item]](stop - at)


_EMPTY_EXIF = b"\0\0\0\0MM\0*\0\0\0\x08" + bytes(6)
_NOTHING: Mapping[bytes, Callable[[int], bytes]] = {
    b"Exif": lambda size: _EMPTY_EXIF.ljust(size, b"\0")[:size],
    b"mime": lambda size: b" " * size,  # XMP
    b"uri ": lambda size: b" " * size,
}


def _items_that_tell(data: bytearray, body: int, stop: int) -> dict[int, bytes]:
    """The items that are metadata, with their kind."""
    told = {}
    for kind, at, _ in _boxes(data, body + (8 if data[body] else 6), stop):
        wide = 4 if data[at] == 3 else 2
        item, what = int.from_bytes(data[at + 4 : at + 4 + wide]), bytes(data[at + 6 + wide : at + 10 + wide])
        if kind == b"infe" and what in _NOTHING:
            told[item] = what
    return told


def _places(data: bytearray, at: int, stop: int, idat: int) -> Iterator[tuple[int, tuple[int, int]]]:
    """Every item with where a piece of it starts and ends."""
    version, sizes = data[at], int.from_bytes(data[at + 4 : at + 6])
    offset_size, length_size, base_size = sizes >> 12, sizes >> 8 & 15, sizes >> 4 & 15
    index_size = sizes & 15 if version else 0
    at += 6

    def number(size: int) -> int:
        nonlocal at
        if at + size > stop:
            raise ValueError(_CUT_OFF)
        at += size
        return int.from_bytes(data[at - size : at])

    for _ in range(number(4 if version == 2 else 2)):
        item = number(4 if version == 2 else 2)
        inner = bool(version and number(2) & 15 == 1)
        number(2)
        base = number(base_size) + (idat if inner else 0)
        if (pieces := number(2)) > 64:
            raise ValueError(_CUT_OFF)
        for _ in range(pieces):
            number(index_size)
            start = base + number(offset_size)
            yield item, (start, start + number(length_size))


def _is_avif(data: bytes) -> bool:
    brands = data[8 : min(int.from_bytes(data[:4]), 256)]
    return data[4:8] == b"ftyp" and (b"avif" in brands or b"avis" in brands)


_FORMATS: Mapping[str, tuple[Callable[[bytes], bool], Callable[[bytes], _Bare]]] = {
    "jpeg": (lambda data: data.startswith(b"\xff\xd8\xff"), _strip_jpeg),
    "png": (lambda data: data.startswith(_PNG), _strip_png),
    "webp": (lambda data: data.startswith(b"RIFF") and data[8:12] == b"WEBP", _strip_webp),
    "gif": (lambda data: data.startswith((b"GIF87a", b"GIF89a")), _strip_gif),
    "avif": (_is_avif, _strip_avif),
}


# SVG: its size stands in the first tag. No XML is parsed, so there are no entities to expand.

_SVG_HEAD = 8192
_SVG_ROOT = re.compile(r"""<svg(?=[\s>/])((?:[^>"']|"[^"]*"|'[^']*')*)>""")
_SVG_BEFORE = re.compile(r"\s+|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>", re.DOTALL)
_SVG_ATTRIBUTE = re.compile(r"""(?<![\w:-])(width|height|viewBox)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_SVG_LENGTH = re.compile(r"\s*\+?(\d{1,7}(?:\.\d{0,9})?|\.\d{1,9})(?:px)?\s*")


def _svg_root(data: bytes) -> re.Match[str] | None:
    text, at = data[:_SVG_HEAD].decode("utf-8-sig", "replace"), 0
    while before := _SVG_BEFORE.match(text, at):
        at = before.end()
    return _SVG_ROOT.match(text, at)


def _looks_like_svg(data: bytes) -> bool:
    return data[:64].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<") and _svg_root(data) is not None


def _look_at_svg(data: bytes) -> Picture | None:
    root = _svg_root(data)
    said = {name: one or two for name, one, two in _SVG_ATTRIBUTE.findall(root[1] if root else "")}
    width, height = _length(said.get("width", "")), _length(said.get("height", ""))
    box = [_length(part) for part in re.split(r"[\s,]+", said.get("viewBox", "").strip())]
    wide, high = (box[2], box[3]) if len(box) == 4 else (0.0, 0.0)
    if wide and high:  # what is not said follows from the shape
        width, height = width or (height * wide / high if height else wide), height or (width or wide) * high / wide
    if not width or not height:
        return None
    return Picture(max(1, round(width)), max(1, round(height)), "svg", animated=False, private=False)


def _length(text: str) -> float:
    """Pixels; 0 for what is no number of them."""
    found = _SVG_LENGTH.fullmatch(text)
    return float(found[1]) if found else 0.0
