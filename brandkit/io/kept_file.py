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
from hashlib import blake2b
from importlib import import_module
from pathlib import Path
from typing import Any

from brandkit.io.collecting import at_rest
from brandkit.io.commit import replace_file, scratch_of

NAME = "vault.kept"
_OURS = "brandkit.engage."
_DIGEST = 16  # bytes, before all others
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
        data = (state / NAME).read_bytes()
        if data[:_DIGEST] != _digest(data[_DIGEST:]):
            return {}  # a letter that was altered would say something else of somebody
        with at_rest():
            kept = _Reader(io.BytesIO(data[_DIGEST:])).load()
        return dict(kept["values"]) if kept["version"] == version else {}
    except Exception:  # a file that cannot be read may raise anything, and is only slower
        return {}


def save(state: Path, version: str, values: Mapping[str, Any]) -> None:
    """Keep these and nothing else. A failure to keep is no failure of the run."""
    with contextlib.suppress(OSError):
        state.mkdir(parents=True, exist_ok=True, mode=0o700)
        data = pickle.dumps({"version": version, "values": dict(values)}, protocol=5)
        _scratch(state).unlink(missing_ok=True)  # one of a killed run keeps the mode that it has
        replace_file(state / NAME, _digest(data) + data, mode=0o600)


def _digest(data: bytes) -> bytes:
    return blake2b(data, digest_size=_DIGEST).digest()


def forget(state: Path) -> None:
    """Remove the file, and what a killed run left of one."""
    _scratch(state).unlink(missing_ok=True)
    (state / NAME).unlink(missing_ok=True)


def _scratch(state: Path) -> Path:
    return scratch_of(state / NAME)
