"""The wings take values and give values: no disk, network, clock, process or chance."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.trees import nodes

REPOSITORY = Path(__file__).resolve().parents[2]
PURE = ("base", "site", "engage", "importers")
FORBIDDEN_MODULES = {
    *("os", "io", "shutil", "tempfile", "glob", "fileinput", "mmap", "fcntl", "sqlite3", "dbm", "shelve", "pickle"),
    *("socket", "ssl", "http", "httpx", "httpx2", "urllib.request", "ftplib", "smtplib", "requests", "feedparser"),
    *("subprocess", "multiprocessing", "threading", "concurrent", "asyncio", "signal", "sys", "platform", "ctypes"),
    *("random", "secrets", "uuid", "time", "locale", "getpass", "logging", "importlib", "click", "rich", "boto3"),
}
FORBIDDEN_NAMES = {"open", "print", "input", "exec", "eval", "compile", "__import__", "breakpoint"}
FORBIDDEN_METHODS = {
    *("now", "utcnow", "today", "getcwd", "getenv", "read_text", "read_bytes", "write_text", "write_bytes"),
    *("iterdir", "glob", "rglob", "unlink", "mkdir", "rmdir", "touch", "exists", "is_file", "is_dir", "stat"),
    *("fromtimestamp", "localtime", "gmtime"),
}
CLOCKS = {"now", "utcnow", "today"}


def _files() -> list[Path]:
    return [path for room in PURE for path in sorted((REPOSITORY / "brandkit" / room).rglob("*.py"))]


def _forbidden_imports(tree: ast.Module, path: Path) -> Iterator[str]:
    for node in ast.walk(tree):
        names: list[tuple[str, list[str]]] = []
        if isinstance(node, ast.Import):
            names = [(alias.name, []) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [(node.module or "", [alias.name for alias in node.names])]
        for module, inner in names:
            tops = {module, module.split(".")[0], *(f"{module}.{name}" for name in inner)}
            if tops & FORBIDDEN_MODULES and not (module == "io" and inner == ["BytesIO"]):
                yield f"{path.name}:{node.lineno} imports {module}"
            if module == "pathlib" and path.name != "walls.py" and inner != ["PurePosixPath"]:
                yield f"{path.name}:{node.lineno} imports {inner or 'all'} from pathlib"
            if "tzlocal" in tops:
                yield f"{path.name}:{node.lineno} asks for the machine's zone"


def _forbidden_calls(tree: ast.Module, path: Path) -> Iterator[str]:
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        called = node.func
        if isinstance(called, ast.Name) and called.id in FORBIDDEN_NAMES:
            yield f"{path.name}:{node.lineno} calls {called.id}()"
        if isinstance(called, ast.Attribute) and called.attr in FORBIDDEN_METHODS:
            yield f"{path.name}:{node.lineno} calls .{called.attr}()"
        if isinstance(called, ast.Attribute) and called.attr == "astimezone" and not node.args and not node.keywords:
            yield f"{path.name}:{node.lineno} asks for the machine's zone"


def _called_path(tree: ast.Module) -> list[int]:
    return [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Path"
    ]


@pytest.mark.parametrize("path", _files(), ids=lambda path: path.relative_to(REPOSITORY).as_posix())
def test_a_pure_room_touches_nothing(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert [*_forbidden_imports(tree, path), *_forbidden_calls(tree, path)] == []


def test_paths_are_only_a_type_in_the_walls() -> None:
    tree = ast.parse((REPOSITORY / "brandkit/base/walls.py").read_text(encoding="utf-8"))
    assert _called_path(tree) == []


def test_only_io_asks_the_clock() -> None:
    askers = set()
    for path in sorted((REPOSITORY / "brandkit").rglob("*.py")):
        for node in nodes(path):
            asked = isinstance(node, ast.Attribute) and node.attr in CLOCKS and isinstance(node.value, ast.Name)
            if asked and node.value.id in ("datetime", "date", "dt"):
                askers.add(path.relative_to(REPOSITORY / "brandkit").parts[0])
    assert askers == {"io"}
