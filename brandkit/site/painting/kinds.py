"""What kind of picture bytes are, by how they begin: for those too that cannot be read. Pure."""

from __future__ import annotations

from brandkit.site.painting.avif import is_avif

_BEGINNINGS = {
    "jpeg": (b"\xff\xd8\xff",),
    "png": (b"\x89PNG",),
    "gif": (b"GIF8",),
    "tiff": (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+"),
}
_HEIC = frozenset((b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"heif", b"mif1", b"msf1"))
_WIDE = (b"\xff\xfe", b"\xfe\xff")


def kind_of(data: bytes) -> str | None:
    """jpeg, png, gif, tiff, webp, avif, heic, bmp, or utf16 for an SVG in UTF-16; None for what is no picture."""
    for kind, beginnings in _BEGINNINGS.items():
        if data.startswith(beginnings):
            return kind
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return "webp"
    if data[4:8] == b"ftyp":
        return "avif" if is_avif(data) else "heic" if _is_heic(data) else None
    if data.startswith(b"BM") and data[6:10] == bytes(4):
        return "bmp"
    return "utf16" if data.startswith(_WIDE) and b"<svg" in data[:8192].replace(b"\0", b"") else None


def _is_heic(data: bytes) -> bool:
    brands = data[8 : min(int.from_bytes(data[:4]), 256)]
    return any(brands[at : at + 4] in _HEIC for at in range(0, len(brands), 4))
