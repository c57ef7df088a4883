"""What others were told of already: which page links where, which feeds' news still wait. A file below the cache.

A file that is broken, or was written by somebody else, is as good as none.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

from brandkit.io.whole_file import replace_file

_NAME, _FORM = "announced.json", 2


@dataclass(frozen=True)
class Announced:
    """The links of each page that were told, by the page's address; how often others were tried in vain, by
    `page link`; the feeds whose news a hub has still to hear of; the digest of each feed as it stood then."""

    links: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    tried: Mapping[str, int] = field(default_factory=dict)
    feeds: tuple[str, ...] = ()
    stood: Mapping[str, str] = field(default_factory=dict)


def recall(cache: Path) -> Announced | None:
    """What is remembered; None where nothing is."""
    try:
        kept = json.loads((cache / _NAME).read_text(encoding="utf-8"))
        if kept["form"] != _FORM:
            return None
        links = {str(page): tuple(map(str, targets)) for page, targets in kept["links"].items()}
        tried = {str(pair): int(count) for pair, count in kept["tried"].items()}
        stood = {str(feed): str(digest) for feed, digest in kept["stood"].items()}
        return Announced(links, tried, tuple(map(str, kept["feeds"])), stood)
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return None


def remember(cache: Path, announced: Announced) -> None:
    """Keep it, whole or not at all. A failure to keep is no failure of the run: what stands is then taken as told."""
    with contextlib.suppress(OSError):
        data = json.dumps({"form": _FORM, **asdict(announced)}, ensure_ascii=False, indent=0, sort_keys=True)
        replace_file(cache / _NAME, data.encode("utf-8", "replace"))
