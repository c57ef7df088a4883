"""Which module may import which, counting imports that are lazy or for types alone."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.architecture.trees import nodes

REPOSITORY = Path(__file__).resolve().parents[2]
PACKAGE = REPOSITORY / "brandkit"
PRIVATE = (
    *("engage", "io.vault", "io.fetch", "io.entry_store", "io.feed_parsing"),
    *("io.calendar_parsing", "io.calendar_lines", "io.calendar_times", "io.occasion_store"),
    *("io.store_file", "io.feature_store", "io.encoders", "io.model_files", "io.token_table", "io.bert"),
)


def _name(path: Path) -> str:
    parts = path.relative_to(REPOSITORY).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {_name(path): path for path in sorted(PACKAGE.rglob("*.py"))}


@cache
def _imports(module: str) -> tuple[str, ...]:
    """Every module of brandkit that this one names in an import statement, wherever it stands."""
    return tuple(_imported(module))


def _imported(module: str) -> Iterator[str]:
    for node in nodes(MODULES[module]):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in MODULES)
        elif isinstance(node, ast.ImportFrom) and node.module:
            assert node.level == 0, f"{module} imports relatively"
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                if whole in MODULES:
                    yield whole
                elif node.module in MODULES:
                    yield node.module


def _room(module: str) -> str:
    return module.split(".")[1] if "." in module else ""


def test_the_contracts_of_import_linter_hold() -> None:
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    if not Path(command[0]).is_file():
        pytest.skip("import-linter is not installed")
    done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_no_module_imports_itself_in_a_circle() -> None:
    edges = {module: sorted(set(_imports(module)) - {module}) for module in MODULES}
    done: set[str] = set()

    def visit(module: str, trail: tuple[str, ...]) -> None:
        assert module not in trail, " → ".join((*trail[trail.index(module) :], module))
        if module not in done:
            for other in edges[module]:
                visit(other, (*trail, module))
            done.add(module)

    for module in MODULES:
        visit(module, ())


@pytest.mark.parametrize("room", ["site", "engage", "importers", "io"])
def test_a_wing_imports_only_itself_and_base(room: str) -> None:
    for module in MODULES:
        if _room(module) == room:
            foreign = {other for other in _imports(module) if _room(other) not in ("", "base", room)}
            assert not foreign, f"{module} imports {foreign}"


def test_base_imports_only_base() -> None:
    for module in MODULES:
        if _room(module) == "base":
            assert {_room(other) for other in _imports(module)} <= {"base", ""}, module


def test_the_public_build_reaches_nothing_private_not_even_lazily() -> None:
    starts = [
        "brandkit.app.publish",
        "brandkit.app.deploy",
        "brandkit.app.before_deploy",
        "brandkit.app.running",
        "brandkit.app.looking",
    ]
    seen: set[str] = set()
    waiting = list(starts)
    while waiting:
        module = waiting.pop()
        if module not in seen:
            seen.add(module)
            waiting.extend(_imports(module))
    private = [m for m in seen if m.removeprefix("brandkit.").startswith(PRIVATE)]
    assert private == []


def test_the_files_that_make_packages_are_empty() -> None:
    for path in PACKAGE.rglob("__init__.py"):
        if path != PACKAGE / "__init__.py":
            assert path.read_text() == "", f"{path} is not empty"


def test_tests_have_no_packages() -> None:
    assert list((REPOSITORY / "tests").rglob("__init__.py")) == []
