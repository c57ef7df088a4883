"""What a picture is, and in which widths it is worth offering. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from brandkit.site.model import Image

_SMALLEST = 200  # narrower pictures are icons and badges: copies of them save nothing
_APART = 1.1  # widths nearer to one another than this are one width
CUT_OFF = "the picture is cut off or damaged"


@dataclass(frozen=True)
class Picture:
    """What a picture is. Width and height are those that a reader sees; `private` says that it tells more."""

    width: int
    height: int
    format: str  # jpeg, png, webp, avif, gif or svg
    animated: bool
    private: bool


def widths_for(picture: Picture | Image, wanted: Sequence[int]) -> tuple[int, ...]:
    """The widths in which to offer a picture, ascending: those wanted that it fills, and its own below the largest."""
    if picture.format == "svg" or picture.animated or picture.width < _SMALLEST or not wanted:
        return ()
    able = {width for width in wanted if 0 < width <= picture.width}
    if picture.width < max(wanted):
        able.add(picture.width)
    kept: list[int] = []
    for width in sorted(able, reverse=True):
        if not kept or kept[-1] > width * _APART:
            kept.append(width)
    return tuple(reversed(kept))
