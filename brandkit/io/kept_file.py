"""What was worked out from private files, kept in one file of the state until the next run: for its owner alone.

In: values by key, and the version of the code that made them. Out: the same values. The file holds what the vault
holds: it is written whole each time, with nothing that the last run did not ask for, and `forget` removes it. One that
is broken, or of another version, is as good as none. Only plain values and dataclasses of ours are read back.
"""

from __future__ import annotations

import contextlib
import dataclasses
import io
import pickle
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

from brandkit.io import own_file
from brandkit.io.collecting import at_rest

NAME = "vault.kept"
_OURS = "brandkit.engage."
_PLAIN = frozenset(
    {
        ("datetime", "date"),
        ("datetime", "datetime"),
        ("datetime", "timedelta"),
        ("datetime", "timezone"),
        ("pydantic_core._pydantic_core", "TzInfo"),
    }
)


class _Reader(pickle.Unpickler):
    """Makes nothing but days, times, and what our own frozen dataclasses hold."""

    def find_class(self, module: str, name: str) -> Any:
        """Raises UnpicklingError for anything else: a file that was put here runs nothing."""
        if (module, name) in _PLAIN:
            return getattr(import_module(module), name)
        found = getattr(import_module(module), name, None) if module.startswith(_OURS) else None
        if not (isinstance(found, type) and dataclasses.is_dataclass(found)):
            raise pickle.UnpicklingError(f"{module}.{name} does not belong here")
        return found


def load(state: Path, version: str) -> dict[str, Any]:
    """What the last run of this version kept; nothing where there is no such file."""
    try:
        data = own_file.unsealed((state / NAME).read_bytes())
        if data is None:
            return {}  # a letter that was altered would say something else of somebody
        with at_rest():
            kept = _Reader(io.BytesIO(data)).load()
        return dict(kept["values"]) if kept["version"] == version else {}
    except Exception:  # a file that cannot be read may raise anything, and is only slower
        return {}


def save(state: Path, version: str, values: Mapping[str, Any]) -> None:
    """Keep these and nothing else. A failure to keep is no failure of the run."""
    with contextlib.suppress(OSError):
        data = pickle.dumps({"version": version, "values": dict(values)}, protocol=5)
        own_file.put(state / NAME, [own_file.sealed(data)])


def forget(state: Path) -> None:
    """Remove the file, and what a killed run left of one."""
    own_file.forget(state / NAME)
