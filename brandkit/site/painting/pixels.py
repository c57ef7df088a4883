"""The pixels of pictures: how many, smaller copies, and upright in sRGB.

In: the bytes of a picture. Out: `Picture`, or bytes. The same bytes give the same bytes. Knows neither
files nor pages; loads Pillow late.
"""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING

from brandkit.site.painting.kinds import kind_of
from brandkit.site.painting.metadata import UPRIGHT, Bare, strip
from brandkit.site.painting.picture import CUT_OFF, Picture
from brandkit.site.painting.svg import look_at_svg, looks_like_svg, without_metadata

if TYPE_CHECKING:
    from PIL import Image


def look(data: bytes) -> Picture | None:
    """What the picture is; None for what is none, is damaged, or is too large to be opened safely."""
    try:
        if looks_like_svg(data):
            picture = look_at_svg(data)
            return picture and replace(picture, private=_tells(data))
        bare = strip(data)
        with _opened(bare) as image:
            width, height = image.size
            animated = bool(getattr(image, "is_animated", False))
            if _orientation_of(bare, image) >= 5:
                width, height = height, width
        return Picture(width, height, bare.format, animated, bare.data != data)
    except Exception:  # a hostile file finds its own way to fail; for us it is no picture
        return None


def unreadable(data: bytes) -> Picture | None:
    """What looks like a picture by its first bytes where `look` sees none: 0 by 0, and not to be published as it is."""
    if looks_like_svg(data):
        return Picture(0, 0, "svg", False, _tells(data))
    kind = kind_of(data)
    return Picture(0, 0, kind, False, True) if kind else None


def _tells(svg: bytes) -> bool:
    try:
        return without_metadata(svg) != svg
    except ValueError:
        return True


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


_ENCODERS: Mapping[str, Mapping[str, object]] = {
    "webp": {"method": 4},
    # One thread: the number of tiles, and so the bytes, would depend on the machine.
    "avif": {"speed": 7, "max_threads": 1},
}


def clean(data: bytes) -> bytes:
    """The same picture, pixel for pixel, without what should not be published; an ICC profile stays.

    ValueError for what is damaged, no picture, or of a kind that cannot be cleaned.
    """
    if looks_like_svg(data):
        bare_svg = without_metadata(data)
        if not looks_like_svg(bare_svg) or without_metadata(bare_svg) != bare_svg:
            raise ValueError(CUT_OFF)  # what was taken out was part of its tags, or hid more of the kind
        return bare_svg
    reason = _UNCLEANABLE.get(kind_of(data) or "")
    if reason:
        raise ValueError(f"this picture is not published: {reason}")
    bare = strip(data)
    _check_opens(bare)
    return bare.data


_UNCLEANABLE: Mapping[str, str] = {
    "heic": "HEIC is shown by few browsers and cannot be cleaned: save it as JPEG",
    "tiff": "TIFF is shown by few browsers and cannot be cleaned: save it as JPEG",
    "bmp": "BMP cannot be cleaned: save it as PNG",
    "utf16": "an SVG in UTF-16 cannot be cleaned: save it in UTF-8",
}


def _check_opens(bare: Bare) -> None:
    """ValueError for what is damaged; one that is only too large to be copied may be published as it is."""
    from PIL import Image

    try:
        with _opened(bare):
            return
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        return
    except Exception as wrong:  # as in `look`
        raise ValueError(CUT_OFF) from wrong


def upright(data: bytes, width: int) -> Image.Image:
    """The pixels as a reader sees them, at most `width` wide: RGB or RGBA, in sRGB. ValueError if damaged."""
    if width < 1:
        raise ValueError("a picture is at least one pixel wide")
    bare = strip(data)
    try:
        with _opened(bare) as image:
            image.draft(None, (2 * width, 2 * width))  # a JPEG may be read smaller, which is faster
            profile = image.info.get("icc_profile")
            turned = _turn(_full(image), _orientation_of(bare, image))
        return _in_srgb(_narrow(turned, width), profile)
    except Exception as wrong:
        raise ValueError(CUT_OFF) from wrong


def _opened(bare: Bare) -> Image.Image:
    """The picture, its header read. What has more pixels than Pillow calls safe (89 million) is refused."""
    from PIL import Image

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        return Image.open(BytesIO(bare.data), formats=[bare.format.upper()])


def _orientation_of(bare: Bare, image: Image.Image) -> int:
    """AVIF says in its structure how it is turned; Pillow knows. Elsewhere it stood in the metadata."""
    return int(image.getexif().get(0x0112, UPRIGHT)) if bare.format == "avif" else bare.orientation


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
