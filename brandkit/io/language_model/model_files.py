"""The files of a language model, as they lie on disk: tensors, tokens, settings, and who the model is.

In: paths. Out: arrays, tokenizers, digests. Whatever is wrong with a file is one plain `ModelProblem`.
Needs the libraries of the extra "semantic", which are asked for when a file is read.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any

from brandkit.base.walls import UsageProblem

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from tokenizers import Tokenizer

TOKENS = 256  # of a text; what stands behind is not read
_SIGNS = 8192  # of a text that are cut into tokens: long texts are slow, and their tokens are not wanted
_EDGE = 64 * 1024


class ModelProblem(UsageProblem):
    """A file can not be used. The message says which, and why."""


def read_shapes(path: Path) -> dict[str, tuple[int, ...]]:
    """The tensors of a file and their shapes, without the tensors themselves."""
    from safetensors import safe_open

    with _plain_problems(path), safe_open(path, "np") as tensors:
        return {name: tuple(tensors.get_slice(name).get_shape()) for name in tensors.keys()}  # noqa: SIM118


def read_tensors(path: Path) -> dict[str, NDArray[Any]]:
    """All tensors of a file: real numbers in four bytes, others as they are."""
    import numpy as np
    from safetensors.numpy import load_file

    with _plain_problems(path):
        tensors = load_file(path)
    real = {name: value.astype(np.float32, copy=False) for name, value in tensors.items() if value.dtype.kind == "f"}
    return {**tensors, **real}


def read_tokenizer(path: Path, longest: int = TOKENS) -> Tokenizer:
    """What cuts texts into tokens, `longest` of them at most, and adds none to fill up."""
    from tokenizers import Tokenizer

    # On one core: its threads would not outlive the start of brandkit's own workers, and it would say so.
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    with _plain_problems(path):
        tokenizer = Tokenizer.from_file(str(path))
    tokenizer.no_padding()
    tokenizer.enable_truncation(min(longest, TOKENS))
    return tokenizer


def cut(tokenizer: Tokenizer, texts: Iterable[str], *, ends: bool) -> list[list[int]]:
    """The numbers of the tokens of each text, with or without what the model puts at its ends."""
    whole = [text[:_SIGNS].encode("utf-8", "replace").decode("utf-8") for text in texts]
    return [tokens.ids for tokens in tokenizer.encode_batch_fast(whole, add_special_tokens=ends)]


def read_settings(path: Path) -> dict[str, Any]:
    """A JSON object, or an empty one where there is no such file."""
    if not path.exists():
        return {}
    with _plain_problems(path):
        settings = json.loads(path.read_text(encoding="utf-8"))
        return dict(settings)


def tell_apart(paths: Sequence[Path]) -> str:
    """A short digest of the files' sizes and of how they begin and end: enough to tell one model from another."""
    digest = blake2b(digest_size=6)
    for path in paths:
        with _plain_problems(path), path.open("rb") as file:
            size = path.stat().st_size
            digest.update(b"%d " % size + file.read(_EDGE))
            file.seek(max(size - _EDGE, 0))
            digest.update(file.read(_EDGE))
    return digest.hexdigest()


def unit_rows(rows: NDArray[np.float32]) -> NDArray[np.float32]:
    """Each row with length one, in place; a row of zeros stays."""
    import numpy as np

    lengths = np.sqrt(np.einsum("ij,ij->i", rows, rows))
    rows /= np.where(lengths > 0, lengths, 1)[:, None]
    return rows


@contextmanager
def _plain_problems(path: Path) -> Iterator[None]:
    # The libraries raise plain Exception for a torn file, each in its own way.
    try:
        yield
    except ImportError:
        raise
    except Exception as error:
        why = " ".join(str(error).split())[:120]
        raise ModelProblem(f"{path.parent.name}/{path.name} can not be read ({why or type(error).__name__})") from error
