"""Text to vectors with a BERT of sentences: the mean over the tokens of its last layer, in numpy alone.

In: a folder with model.safetensors, tokenizer.json and config.json; texts. Out: rows of unit length.
Texts are packed one behind the other, so that the large products need neither padding nor masks; only
attention, which must stay within a text, is reckoned for texts of one length at a time.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import groupby
from math import erf, sqrt
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from brandkit.io.language_model.model_files import (
    TOKENS,
    ModelProblem,
    cut,
    read_settings,
    read_shapes,
    read_tensors,
    read_tokenizer,
    tell_apart,
    unit_rows,
)

_VERSION = 1  # of this code: one more when the same text would get another vector
_PACK = 512  # tokens in one pack
_WORDS = "embeddings.word_embeddings.weight"
_EMBEDDINGS = ("word_embeddings", "position_embeddings", "token_type_embeddings")

Rows = NDArray[np.float32]
Runs = list[tuple[int, int]]  # how many texts of which length lie behind each other in a pack


class Bert:
    """A model of sentences. Read when the first text comes."""

    def __init__(self, folder: Path) -> None:
        """Look at the files, without reading them whole. Raises ModelProblem."""
        self._files = [folder / name for name in ("model.safetensors", "tokenizer.json", "config.json")]
        self._settings = read_settings(self._files[2])
        shapes = {_plain(name): shape for name, shape in read_shapes(self._files[0]).items()}
        _check(folder, self._settings, shapes)
        self._known, self.dimensions = shapes[_WORDS]
        self._longest = min(shapes["embeddings.position_embeddings.weight"][0], TOKENS)
        self.name = f"bert-{tell_apart(self._files)}-{_VERSION}"

    def encode(self, texts: Sequence[str]) -> Rows:
        """One row of unit length for each text; zeros for an empty one."""
        out = np.zeros((len(texts), self.dimensions), np.float32)
        places = [place for place, text in enumerate(texts) if text.strip()]
        tokens = cut(self._tokenizer, (texts[place] for place in places), ends=True)
        by_length = sorted(zip(tokens, places, strict=True), key=_length)
        for pack in _packs(by_length):
            runs = [(len(list(same)), length) for length, same in groupby(pack, _length)]
            out[[place for _, place in pack]] = self._network.means([ids for ids, _ in pack], runs)
        return unit_rows(out)

    @cached_property
    def _tokenizer(self) -> Any:
        tokenizer = read_tokenizer(self._files[1], self._longest)
        if tokenizer.get_vocab_size() > self._known:
            raise ModelProblem(f"{self._files[1].parent.name}/tokenizer.json knows more tokens than model.safetensors")
        return tokenizer

    @cached_property
    def _network(self) -> _Network:
        tensors = {_plain(name): value for name, value in read_tensors(self._files[0]).items()}
        return _Network(tensors, self._settings)


class _Network:
    """The layers, with what is the same for every text reckoned beforehand."""

    def __init__(self, tensors: dict[str, Any], settings: dict[str, Any]) -> None:
        self._words, self._positions, kinds = (tensors[f"embeddings.{name}.weight"] for name in _EMBEDDINGS)
        self._positions = self._positions + kinds[0]
        self._norm = _Norm(tensors, "embeddings.LayerNorm", settings)
        count = settings["num_hidden_layers"]
        self._layers = [_Layer(tensors, f"encoder.layer.{number}.", settings) for number in range(count)]

    def means(self, ids: list[list[int]], runs: Runs) -> Rows:
        """The mean of the last layer for each text of a pack."""
        rows = self._words.take(np.concatenate(ids), axis=0)
        for part in _blocks(rows, runs):
            part += self._positions[: part.shape[1]]
        self._norm.apply(rows)
        for layer in self._layers:
            layer.apply(rows, runs)
        means: Rows = np.concatenate([part.mean(axis=1) for part in _blocks(rows, runs)])
        return means


class _Layer:
    """Attention, then two products with a bend between them; each adds to what came in."""

    def __init__(self, tensors: dict[str, Any], name: str, settings: dict[str, Any]) -> None:
        self._heads = settings["num_attention_heads"]
        own = name + "attention.self."
        parts = [_linear(tensors, own + part) for part in ("query", "key", "value")]
        shrink = np.float32(1 / sqrt(len(parts[0][1]) // self._heads))
        parts[0] = parts[0][0] * shrink, parts[0][1] * shrink
        self._in = np.hstack([weight for weight, _ in parts]), np.hstack([bias for _, bias in parts])
        self._out = _linear(tensors, name + "attention.output.dense")
        self._out_norm = _Norm(tensors, name + "attention.output.LayerNorm", settings)
        self._wide = _linear(tensors, name + "intermediate.dense")
        self._narrow = _linear(tensors, name + "output.dense")
        self._narrow_norm = _Norm(tensors, name + "output.LayerNorm", settings)

    def apply(self, rows: Rows, runs: Runs) -> None:
        """Change the rows of a pack in place."""
        mixed = _times(rows, self._in)
        heard = np.empty_like(rows)
        for part, into in zip(_blocks(mixed, runs), _blocks(heard, runs), strict=True):
            self._attend(part, into)
        rows += _times(heard, self._out)
        self._out_norm.apply(rows)
        wide = _times(rows, self._wide)
        _bend(wide)
        rows += _times(wide, self._narrow)
        self._narrow_norm.apply(rows)

    def _attend(self, mixed: Rows, into: Rows) -> None:
        """Each token hears the others of its text: texts × tokens × (query, key, value) into texts × tokens × heard."""
        count, length, width = into.shape
        by_head = (count, length, -1, self._heads, width // self._heads)
        query, key, value = mixed.reshape(by_head).transpose(2, 0, 3, 1, 4)
        share = query @ key.swapaxes(-1, -2)
        share -= share.max(axis=-1, keepdims=True)
        np.exp(share, out=share)
        share /= share.sum(axis=-1, keepdims=True)
        np.matmul(share, value, out=into.reshape(by_head[:2] + by_head[3:]).transpose(0, 2, 1, 3))


class _Norm:
    """Rows to mean zero and variance one, then scaled and moved."""

    def __init__(self, tensors: dict[str, Any], name: str, settings: dict[str, Any]) -> None:
        self._scale, self._move = tensors[name + ".weight"], tensors[name + ".bias"]
        self._least = np.float32(settings.get("layer_norm_eps", 1e-12))

    def apply(self, rows: Rows) -> None:
        """Change the rows in place."""
        rows -= rows.mean(axis=1, keepdims=True)
        variance = np.einsum("ij,ij->i", rows, rows) / np.float32(rows.shape[1])
        rows /= np.sqrt(variance + self._least)[:, None]
        rows *= self._scale
        rows += self._move


def _linear(tensors: dict[str, Any], name: str) -> tuple[Rows, Rows]:
    return np.ascontiguousarray(tensors[name + ".weight"].T), tensors[name + ".bias"]


def _times(rows: Rows, linear: tuple[Rows, Rows]) -> Rows:
    product: Rows = rows @ linear[0]
    product += linear[1]
    return product


def _bend_table(reach: float = 6.0, steps: int = 4096) -> tuple[np.float32, np.float32, Rows, Rows]:
    """x · Φ(x) as short straight lines: zero below, x above; nowhere further off than a millionth."""
    edges = np.linspace(-reach, reach, steps + 1)
    exact = np.array([x * (1 + erf(x / sqrt(2))) / 2 for x in edges])
    exact[0], exact[-1] = 0, reach
    slopes = np.diff(exact) / np.diff(edges)
    starts = exact[:-1] - slopes * edges[:-1]
    ends = (np.array([0, *slopes, 1], np.float32), np.array([0, *starts, 0], np.float32))
    return np.float32(steps / (2 * reach)), np.float32(steps / 2 + 1), *ends


_SCALE, _MIDDLE, _SLOPES, _STARTS = _bend_table()


def _bend(rows: Rows, at_once: int = 32) -> None:
    """GELU in place, few rows at a time, so that they stay near the processor."""
    line = np.empty((at_once, rows.shape[1]), np.intp)
    step = np.empty((at_once, rows.shape[1]), np.float32)
    for start in range(0, len(rows), at_once):
        part = rows[start : start + at_once]
        which, number = line[: len(part)], step[: len(part)]
        np.multiply(part, _SCALE, out=number)
        number += _MIDDLE
        which[...] = number
        part *= _SLOPES.take(which, out=number, mode="clip")
        part += _STARTS.take(which, out=number, mode="clip")


def _length(found: tuple[list[int], int]) -> int:
    return len(found[0])


def _packs(by_length: list[tuple[list[int], int]]) -> Iterator[list[tuple[list[int], int]]]:
    """Texts by length, as many together as a pack holds, one at least."""
    pack: list[tuple[list[int], int]] = []
    filled = 0
    for found in by_length:
        if pack and filled + len(found[0]) > _PACK:
            yield pack
            pack, filled = [], 0
        pack.append(found)
        filled += len(found[0])
    if pack:
        yield pack


def _blocks(rows: Rows, runs: Runs) -> Iterator[Rows]:
    """The rows of the texts of each length: texts × tokens × width."""
    start = 0
    for count, length in runs:
        yield rows[start : start + count * length].reshape(count, length, -1)
        start += count * length


def _plain(name: str) -> str:
    return name.removeprefix("bert.")


def _check(folder: Path, settings: dict[str, Any], shapes: dict[str, tuple[int, ...]]) -> None:
    """Raises ModelProblem for a model that would be reckoned wrongly."""
    pooling = read_settings(folder / "1_Pooling" / "config.json")
    ways = {key for key, on in pooling.items() if key.startswith("pooling_mode_") and on is True}
    if ways - {"pooling_mode_mean_tokens"}:
        raise ModelProblem("its 1_Pooling/config.json asks for another vector than the mean of the tokens")
    if settings.get("hidden_act") != "gelu" or settings.get("position_embedding_type", "absolute") != "absolute":
        raise ModelProblem("its config.json asks for another BERT than one with gelu and absolute positions")
    counts = [settings.get(key) for key in ("num_hidden_layers", "num_attention_heads")]
    if not all(isinstance(count, int) and count > 0 for count in counts):
        raise ModelProblem("its config.json does not say num_hidden_layers and num_attention_heads")
    missing = [name for name in _wanted(settings["num_hidden_layers"]) if name not in shapes]
    if missing:
        raise ModelProblem(f"its model.safetensors lacks {missing[0]}")
    if shapes[_WORDS][1] % settings["num_attention_heads"]:
        raise ModelProblem("its config.json says num_attention_heads that do not fit its model.safetensors")


def _wanted(layers: int) -> Iterator[str]:
    """The tensors without which nothing can be reckoned."""
    yield from (f"embeddings.{name}.weight" for name in _EMBEDDINGS)
    attention = [f"attention.{name}" for name in ("self.query", "self.key", "self.value", "output.dense")]
    names = [*attention, "attention.output.LayerNorm", "intermediate.dense", "output.dense", "output.LayerNorm"]
    parts = ["embeddings.LayerNorm", *(f"encoder.layer.{layer}.{name}" for layer in range(layers) for name in names)]
    yield from (f"{part}.{kind}" for part in parts for kind in ("weight", "bias"))
