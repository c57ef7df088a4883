"""`publish` is what a newcomer reads first, and it alone makes what may be deployed."""

from __future__ import annotations

import ast
from pathlib import Path

from tests.architecture.trees import nodes, tree

PACKAGE = Path(__file__).resolve().parents[2] / "brandkit"


def test_the_build_fits_on_one_screen() -> None:
    module = tree(PACKAGE / "app/publish.py")
    publish = next(node for node in module.body if isinstance(node, ast.FunctionDef) and node.name == "publish")
    assert publish.end_lineno is not None
    assert publish.end_lineno - publish.lineno + 1 <= 30


def _makers(type_: str) -> set[str]:
    found = set()
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in nodes(path):
            if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) == type_:
                found.add(path.relative_to(PACKAGE).as_posix())
    return found


def test_only_publish_makes_a_public_output() -> None:
    assert _makers("PublicOutput") == {"app/publish.py"}


def test_only_the_leak_gate_gives_clearance() -> None:
    assert _makers("Clearance") == {"app/leaks.py"}


def test_a_public_output_cannot_be_had_by_replacing_one() -> None:
    for path in sorted((PACKAGE / "io/targets").rglob("*.py")):
        assert "replace(output" not in path.read_text(encoding="utf-8"), path
