"""Every input that somebody else can shape, by the module that holds it; a module is loaded when it is asked for."""

from __future__ import annotations

from importlib import import_module

from target import Target

MODULES: dict[str, tuple[str, ...]] = {
    "feeds": ("feed", "markup", "page", "calendar", "opml"),
    "people": ("vcard", "tables"),
    "pictures": ("picture",),
    "vaults": ("contacts", "me", "followed", "events", "journal", "rule", "patch"),
    "words": ("words", "address"),
    "written": ("posts", "markdown", "site", "theme", "data"),
}
NAMES = tuple(name for names in MODULES.values() for name in names)


def target_named(name: str) -> Target:
    """The target of that name. Raises StopIteration."""
    module = next(module for module, names in MODULES.items() if name in names)
    return next(target for target in import_module(f"targets.{module}").TARGETS if target.name == name)
