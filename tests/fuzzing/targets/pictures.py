"""Pictures: what they show is kept, what they tell is not."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image
from target import Target

from brandkit.site.painting import pixels


def _picture(data: bytes) -> None:
    look = pixels.look(data)
    if look is None:
        pixels.unreadable(data)
    try:
        bare = pixels.clean(data)
    except ValueError:
        return
    assert pixels.clean(bare) == bare, "a picture that was cleaned is not clean"
    assert b"Exif\0\0MM\0*SECRET" not in bare


def _pictures(corpora: Path) -> Iterator[bytes]:
    for kind, more in (("JPEG", {}), ("PNG", {}), ("GIF", {}), ("WEBP", {}), ("AVIF", {})):
        image, out = Image.new("RGB", (4, 3), (200, 10, 10)), BytesIO()
        exif: Any = Image.Exif()
        exif[0x0112], exif[0x010E] = 6, "SECRET"
        image.save(out, kind, **({"exif": exif} if kind != "GIF" else {}), **more)
        yield out.getvalue()
    yield b'<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"><script>1</script><metadata>x</metadata></svg>'


TARGETS = (
    Target("picture", _picture, _pictures, ("Exif\0\0", "IHDR", "tEXt", "<svg", "<script", "&#x3c;", "<!DOCTYPE")),
)
