"""The pictures among the sources: how large each is, remembered by digest. Pure."""

from __future__ import annotations

import dataclasses
import json
import posixpath
from collections.abc import Mapping

from brandkit.base.walls import Mapper, Memo, Source, Sources
from brandkit.site.model import Image

# What a picture is its first bytes say; the endings only say where to look. One without ending may be one as well.
_SHOWN = (".jpg", ".jpeg", ".jpe", ".jfif", ".jif", ".pjpeg", ".pjp", ".png", ".apng", ".webp", ".avif", ".gif", ".svg")
_REFUSED = (".heic", ".heif", ".tif", ".tiff", ".bmp")
ENDINGS = ("", *_SHOWN, *_REFUSED)
_TABLE = "pictures"


def find_images(sources: Sources, memo: Memo, map: Mapper) -> Mapping[str, Image]:
    """Every picture below content/, by the path of its source.

    One that cannot be read, or has no size, is 0 by 0; it is private, unless it is known to tell nothing.
    """
    wanted = [source for source in sources.below("content") if _ending(source.path) in ENDINGS]
    rows = dict(memo.get_many(_TABLE, {source.digest for source in wanted}))
    missing = {source.digest: source for source in wanted if source.digest not in rows}
    if missing:
        looked = map(_look, [sources.read(source.path) for source in missing.values()])
        fresh = dict(zip(missing, looked, strict=True))
        memo.put_many(_TABLE, fresh)
        rows.update(fresh)
    images = (_image(source, rows[source.digest]) for source in wanted)
    return {image.source: image for image in images if image is not None}


def _ending(path: str) -> str:
    return posixpath.splitext(path)[1].lower()


def _look(data: bytes) -> str:
    from brandkit.site.painting import pixels

    picture = pixels.look(data) or pixels.unreadable(data)
    return json.dumps(dataclasses.asdict(picture) if picture else None)


def _image(source: Source, row: str) -> Image | None:
    facts = json.loads(row)
    return Image(source.path, source.digest, **facts) if facts else None
