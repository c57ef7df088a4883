"""The pictures among the sources: how large each is, remembered by digest. Pure."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping

from brandkit.base.walls import Mapper, Memo, Source, Sources
from brandkit.site.model import Image

ENDINGS = (".jpg", ".jpeg", ".png", ".webp", ".avif", ".gif", ".svg")
_TABLE = "pictures"


def find_images(sources: Sources, memo: Memo, map: Mapper) -> Mapping[str, Image]:
    """Every picture below content/ that can be read, by the path of its source."""
    wanted = [source for source in sources.below("content") if source.path.lower().endswith(ENDINGS)]
    rows = dict(memo.get_many(_TABLE, {source.digest for source in wanted}))
    missing = {source.digest: source for source in wanted if source.digest not in rows}
    if missing:
        looked = map(_look, [sources.read(source.path) for source in missing.values()])
        fresh = dict(zip(missing, looked, strict=True))
        memo.put_many(_TABLE, fresh)
        rows.update(fresh)
    images = (_image(source, rows[source.digest]) for source in wanted)
    return {image.source: image for image in images if image is not None}


def _look(data: bytes) -> str:
    from brandkit.site.painting import pixels

    picture = pixels.look(data)
    return json.dumps(dataclasses.asdict(picture) if picture else None)


def _image(source: Source, row: str) -> Image | None:
    facts = json.loads(row)
    return Image(source.path, source.digest, **facts) if facts else None
