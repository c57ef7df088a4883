"""Where the vault of a project is, and how it is called. Looks into no file of it: the public side may ask this."""

from __future__ import annotations

import os
from pathlib import Path

from brandkit.base.walls import UsageProblem

VARIABLE = "BRANDKIT_VAULT"
_PUBLIC = ("posts", "pages", "notes", "talks", "events", "projects", "testimonials", "data", "static")


def locate(root: Path) -> Path:
    """The vault of a project: `content/vault/`, or where the environment says. Raises UsageProblem."""
    elsewhere = os.environ.get(VARIABLE)
    vault = Path(elsewhere).expanduser().resolve() if elsewhere else root / "content" / "vault"
    if elsewhere and (root / "content").resolve().is_relative_to(vault):
        raise UsageProblem(f"{VARIABLE} points to {vault}, which holds the site. Choose a folder of its own.")
    for name in (*(f"content/{folder}" for folder in _PUBLIC), "themes", "public", "private"):
        taken = (root / name).resolve()
        if vault == taken or taken in vault.parents:
            fate = "is published" if name.startswith(("content/", "themes")) else "every build writes anew"
            raise UsageProblem(f"{VARIABLE} points into {taken}, which {fate}. Choose a folder outside of it.")
    return vault


def display_name(vault: Path, root: Path) -> str:
    """How files of the vault are named in findings."""
    return vault.relative_to(root).as_posix() if vault.is_relative_to(root) else str(vault)
