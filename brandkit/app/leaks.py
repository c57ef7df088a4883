"""The leak gate, first form: vault + public output → clearance to deploy."""

from __future__ import annotations

import html
import re
from pathlib import Path

from brandkit.app.project import Project
from brandkit.app.words.journaling import open_desk
from brandkit.base.walls import Clearance, PublicOutput, Refused
from brandkit.engage.secrets import private_strings
from brandkit.io import vault

_SHOWN = 20  # files
_TAG = re.compile(r"<[^<>]*>")


def clear(project: Project, output: PublicOutput, public_only: bool) -> Clearance:
    """Search every file of the output for the vault's private strings. Raises Refused on a hit.

    Without a vault nothing can be searched; that has to be said out loud with `public_only`.
    """
    if not vault.locate(project.root).is_dir():
        if not public_only:
            raise Refused(
                "there is no vault here, so the site could not be searched for private words.\n"
                "If that is meant (in CI it is), say so with --public-only."
            )
        return Clearance(False, "no vault here; the site was not searched for private words")
    if public_only:
        return Clearance(False, "not searched for private words, as asked")
    desk = open_desk(project)
    unread = [str(d.place) for d in desk.report.sorted() if d.severity == "error" and _holds_people(d.place.file)]
    if unread:
        raise Refused(
            "the site could not be searched for every private word, because mistakes hide some of the vault:\n  "
            + "\n  ".join(unread[:20])
            + "\nSee brandkit check; mend them, or deploy with --public-only."
        )
    strings = private_strings(desk.vault)
    pages_first = sorted(output.files, key=lambda path: (not path.endswith(".html"), path))
    hits = [hit for path in pages_first if (hit := _hit(output.path / path, path, strings))]
    if hits:
        more = [f"and {len(hits) - _SHOWN} more files"] if len(hits) > _SHOWN else []
        lines = "\n  ".join([*hits[:_SHOWN], *more])
        raise Refused(f"private words stand in the public site, so nothing was deployed:\n  {lines}")
    return Clearance(True, f"searched {len(output.files)} files for {len(strings)} private strings: none found")


def _holds_people(file: str) -> bool:
    """Whether the private words of people stand in this file of the vault."""
    return "/contacts" in file or "/journal/" in file


def _hit(file: Path, path: str, strings: dict[str, str]) -> str | None:
    """A file and the fields whose words stand in it, as it is or between its tags; None where there are none."""
    raw = file.read_bytes().decode("utf-8", "replace")
    texts = [" ".join(html.unescape(text).casefold().split()) for text in (raw, _TAG.sub("", raw))]
    fields = [field for string, field in strings.items() if any(string.casefold() in text for text in texts)]
    return f"public/{path}: {', '.join(fields)}" if fields else None
