"""Text to vectors with a table of tokens: the mean of the rows of a text's tokens, and no model to run.

In: the files of weights and tokens, texts. Out: rows of unit length. Rows are not weighed: weights guessed
from the order of the tokens found a little more for wishes, and less that is like what was chosen before.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from brandkit.io.language_model.model_files import (
    ModelProblem,
    cut,
    read_shapes,
    read_tensors,
    read_tokenizer,
    tell_apart,
    unit_rows,
)

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_VERSION = 1  # of this code: one more when the same text would get another vector
_BATCH = 1024
_BESIDE = ("weights", "mapping")  # of model2vec: a weight for each token, and the row of each token


class TokenTable:
    """A table of one row for each token. Read when the first text comes."""

    def __init__(self, weights: Path, tokenizer: Path) -> None:
        """Look at the files, without reading them whole. Raises ModelProblem."""
        tables = {name: shape for name, shape in read_shapes(weights).items() if len(shape) == 2}
        if len(tables) != 1:
            raise ModelProblem(f"{weights.name} holds {len(tables) or 'no'} tables; one table of tokens is wanted")
        ((self._table, (_, self.dimensions)),) = tables.items()
        self._files = weights, tokenizer
        self.name = f"static-{tell_apart(self._files)}-{_VERSION}"

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One row of unit length for each text; zeros for a text without a known token."""
        import numpy as np

        rows, known, unknown = *self._rows, self._tokenizer.token_to_id(self._unknown)
        out = np.zeros((len(texts), self.dimensions), np.float32)
        for start in range(0, len(texts), _BATCH):
            batch = cut(self._tokenizer, texts[start : start + _BATCH], ends=False)
            for place, tokens in enumerate(batch, start):
                ids = [token for token in tokens if token != unknown and token < known]
                if ids:
                    rows.take(ids, axis=0).mean(axis=0, out=out[place])
        return unit_rows(out)

    @cached_property
    def _tokenizer(self) -> Any:
        return read_tokenizer(self._files[1])

    @property
    def _unknown(self) -> str:
        return "[UNK]" if self._tokenizer.token_to_id("[UNK]") is not None else "<unk>"

    @cached_property
    def _rows(self) -> tuple[NDArray[np.float32], int]:
        """The row of each token, and how many tokens have one."""
        tensors = read_tensors(self._files[0])
        rows = tensors[self._table]
        weights, mapping = (tensors.get(name) for name in _BESIDE)
        if mapping is not None:
            rows = rows[mapping]
        if weights is not None:
            rows = rows * weights[:, None]
        return rows, len(rows)
