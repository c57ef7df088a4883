"""The evaluation sets, their evaluator and the figures of plain methods, read from the folder where they stand."""

from __future__ import annotations

import importlib.util
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import ModuleType
from typing import Any

_VECTORS = ("minilm", "glove", "static", "rrf-all")  # the plain methods that read more than words
_REFERENCES = ("A-bm25s", "B-tfidf-knn3")  # always shown


@dataclass(frozen=True)
class Baseline:
    """One row of BASELINES.md: figures over all contacts, as they are written there."""

    name: str
    cells: dict[str, str]

    @property
    def ndcg(self) -> float:
        """The mean alone, to compare by."""
        return float(self.cells["nDCG@10"].split()[0])

    @property
    def reads_words_only(self) -> bool:
        """Whether no embedding has a part in it."""
        return not any(word in self.name for word in _VECTORS)


@dataclass(frozen=True)
class EvaluationSet:
    """One set: judgements, items, and the contacts that are scored."""

    name: str
    folder: Path
    data: Any  # evaluate.EvalSet, with the contacts of the half alone
    evaluate: ModuleType
    baselines: tuple[Baseline, ...]

    @cached_property
    def vectors(self) -> Any:
        """The texts, ready to be compared."""
        return self.evaluate.Vectors(self.data.items)

    def settings(self, wanted: list[str]) -> list[str]:
        """A, and B where there is a history."""
        return [one for one in wanted if one == "A" or "history" in self.data.meta["settings"]]

    def groups(self) -> list[str]:
        """The kinds of contacts, where there are several."""
        found = list(dict.fromkeys(contact.get("group", "") for contact in self.data.contacts))
        return found if len(found) > 1 else []

    def compared(self, setting: str) -> list[tuple[str, Baseline]]:
        """The plain methods to stand beside: the best of words, the best with vectors, and two well-known ones."""
        rows = [row for row in self.baselines if row.name.startswith(("A-",) if setting == "A" else ("A-", "B-"))]
        words, vectors = (
            [row for row in rows if row.reads_words_only is wanted and row.ndcg == row.ndcg] for wanted in (True, False)
        )
        best = [("best of words", words), ("best with vectors", vectors)]
        found = [(label, max(group, key=lambda row: row.ndcg)) for label, group in best if group]
        shown = {row.name for _, row in found}
        return found + [("", row) for row in rows if row.name in _REFERENCES and row.name not in shown]


Sets = list[EvaluationSet]


def sets_in(folder: Path, names: list[str] | None, half: str) -> Sets:
    """The sets of these names, or all; with the contacts of one half."""
    there = sorted(path.parent.name for path in folder.glob("sets/*/meta.json"))
    if missing := sorted(set(names or ()) - set(there)):
        raise LookupError(f"There is no set {', '.join(missing)}; there are: {', '.join(there)}.")
    evaluate = _evaluator(folder / "evaluate.py")
    text = (folder / "BASELINES.md").read_text(encoding="utf-8") if (folder / "BASELINES.md").is_file() else ""
    found = []
    for name in names or there:
        data = evaluate.EvalSet(folder / "sets" / name)
        data.contacts = data.contacts[{"even": slice(0, None, 2), "odd": slice(1, None, 2), "all": slice(None)}[half]]
        found.append(EvaluationSet(name, folder / "sets" / name, data, evaluate, _baselines(text, name)))
    return found


def _evaluator(file: Path) -> ModuleType:
    if importlib.util.find_spec("numpy") is None:
        raise ModuleNotFoundError("evaluate.py needs numpy: pip install numpy")
    spec = importlib.util.spec_from_file_location("evaluate", file)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _baselines(text: str, name: str) -> tuple[Baseline, ...]:
    """The rows of the first table below `## NAME`; its first column holds the method."""
    section = next((part for part in text.split("\n## ") if part.split("(")[0].strip() == name), "")
    rows: list[list[str]] = []
    for line in section.splitlines():
        if line.startswith("|"):
            rows.append([cell.strip() for cell in line.strip("|").split("|")])
        elif rows:
            break
    if len(rows) < 3 or rows[0][:2] != ["method", "nDCG@10"]:
        return ()
    return tuple(Baseline(row[0], dict(zip(rows[0][1:], row[1:], strict=True))) for row in rows[2:])
