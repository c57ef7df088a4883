"""What comes with brandkit: the themes and the example brand, in a wheel or in a checkout."""

from __future__ import annotations

import json
import re
from pathlib import Path

import brandkit

_PACKAGE = Path(brandkit.__file__).parent


def bundled_themes() -> Path:
    """The folder that holds the default theme."""
    inside = _PACKAGE / "bundled" / "themes"
    return inside if inside.is_dir() else _PACKAGE.parent / "themes"


def bundled_example() -> Path:
    """The folder that holds the example: site.yaml and content/."""
    inside = _PACKAGE / "bundled" / "example"
    return inside if inside.is_dir() else _PACKAGE.parent


_AFAR = re.compile(r"(?:https|ssh|git)://")


def installed_from() -> str:
    """What pip takes to install this very brandkit on another machine: a repository with its commit.

    Empty where it was installed from a folder, a file or a repository of this machine.
    """
    from importlib import metadata

    try:
        said = json.loads(metadata.distribution("brandkit").read_text("direct_url.json") or "{}")
        inside = f"#subdirectory={said['subdirectory']}" if said.get("subdirectory") else ""
        found = f"{said['vcs_info']['vcs']}+{said['url']}@{said['vcs_info']['commit_id']}{inside}"
        return found if _AFAR.match(said["url"]) else ""
    except (metadata.PackageNotFoundError, ValueError, LookupError, TypeError):
        return ""


def private_templates(name: str) -> dict[str, str]:
    """The built-in templates of the private side: `drafts` or `pages`, by name."""
    folder = _PACKAGE / "engage" / "templates" / name
    return {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.iterdir())}
