"""What all tests share: whole sites from one string, the command line as a subprocess, what a machine lacks."""

from __future__ import annotations

import contextlib
import io
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

# How long one example takes tells of the machine, not of the code. Everybody meets the same examples each time;
# the full proof looks further.
FULL = os.environ.get("BRANDKIT_PROOF") == "full"
settings.register_profile("unhurried", deadline=None, derandomize=not FULL, max_examples=500 if FULL else 50)
settings.load_profile("unhurried")
# Hundreds of tests start Python anew: whatever a shell says, it may keep what it compiled.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

REPOSITORY = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("BRANDKIT_SHARED", REPOSITORY.parent / "shared"))
REQUIRED = set(filter(None, os.environ.get("BRANDKIT_REQUIRE", "").split(",")))


def lacking(name: str, reason: str) -> None:
    """Skip with a reason, or fail where BRANDKIT_REQUIRE says that the machine has it."""
    if name in REQUIRED:
        pytest.fail(f"{reason} (BRANDKIT_REQUIRE names {name})")
    pytest.skip(reason)


def write_blocks(folder: Path, blocks: str) -> Path:
    """Write a project from one string of `-- path --` blocks."""
    path: Path | None = None
    lines: dict[Path, list[str]] = {}
    for line in blocks.strip("\n").split("\n"):
        if line.startswith("-- ") and line.endswith(" --"):
            path = folder / line[3:-3]
            lines[path] = []
        elif path is not None:
            lines[path].append(line)
    for file, content in lines.items():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("\n".join(content) + "\n", encoding="utf-8")
    return folder


@dataclass(frozen=True)
class Ran:
    """What a run of brandkit said."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


def _environment(more: Mapping[str, str] | None) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(REPOSITORY), "CI": "true", "NO_COLOR": "1", **(more or {})}


def run_brandkit(folder: Path, *arguments: str, env: Mapping[str, str] | None = None, timeout: float = 120) -> Ran:
    """Run the command line in a folder, as a person would."""
    done = subprocess.run(
        [sys.executable, "-m", "brandkit", *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=timeout,
        env=_environment(env),
    )
    assert "Traceback (most recent call last)" not in done.stderr, done.stderr
    return Ran(done.returncode, done.stdout, done.stderr)


@pytest.fixture
def site(tmp_path: Path) -> Callable[[str], Path]:
    """A project in a folder of its own, from `-- path --` blocks."""
    return lambda blocks: write_blocks(tmp_path / "project", blocks)


def call_brandkit(folder: Path, *arguments: str, env: Mapping[str, str] | None = None) -> Ran:
    """The same without a new process: what most tests of commands need, a second faster each."""
    from brandkit.cli.main import main

    out, err = io.StringIO(), io.StringIO()
    here, before, arguments_before = Path.cwd(), dict(os.environ), sys.argv
    os.environ.update({"CI": "true", "NO_COLOR": "1", **(env or {})})
    os.environ.pop("GITHUB_ACTIONS", None)
    os.chdir(folder)
    sys.argv = ["brandkit", *arguments]
    code = 0
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            main()
    except SystemExit as stop:
        code = stop.code if isinstance(stop.code, int) else 0
    finally:
        os.chdir(here)
        os.environ.clear()
        os.environ.update(before)
        sys.argv = arguments_before
    return Ran(code, out.getvalue(), err.getvalue())


@pytest.fixture
def brandkit() -> Callable[..., Ran]:
    """The command line, in this process; tests of the mission run it as a person does."""
    return call_brandkit


@pytest.fixture(scope="session", name="lacking")
def lacking_fixture() -> Callable[[str, str], None]:
    """Skip with a reason, or fail where the machine is said to have it."""
    return lacking


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of outside test material."""
    if not SHARED.is_dir():
        lacking("shared", f"no outside test material at {SHARED}")
    return SHARED


@pytest.fixture(scope="session")
def example_files() -> list[str]:
    """What belongs to the example brand."""
    return ["site.yaml", "content", "themes"]


@pytest.fixture
def example(tmp_path: Path, example_files: list[str]) -> Path:
    """A copy of the example brand to do anything with."""
    folder = tmp_path / "example"
    folder.mkdir()
    for name in example_files:
        source = REPOSITORY / name
        if source.is_dir():
            shutil.copytree(source, folder / name)
        else:
            shutil.copy(source, folder / name)
    return folder


@pytest.fixture(scope="session")
def built_example(tmp_path_factory: pytest.TempPathFactory, example_files: list[str]) -> Path:
    """The example, built once for all tests that only look at it."""
    folder = tmp_path_factory.mktemp("built") / "example"
    folder.mkdir()
    for name in example_files:
        source = REPOSITORY / name
        if source.is_dir():
            shutil.copytree(source, folder / name)
        else:
            shutil.copy(source, folder / name)
    ran = run_brandkit(folder, "build", "--offline")
    assert ran.code == 0, ran.err
    return folder


@pytest.fixture(scope="session")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Ran]]:
    """Runs commands as children of a process that has loaded brandkit already."""
    folder = tmp_path_factory.mktemp("ready")
    out, err = folder / "out", folder / "err"
    server = subprocess.Popen(
        [sys.executable, str(REPOSITORY / "tests" / "ready_processes.py")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=_environment(None),
    )

    def run(cwd: Path, *arguments: str, env: Mapping[str, str] | None = None) -> Ran:
        for file in (out, err):
            file.write_bytes(b"")
        request = {"cwd": str(cwd), "arguments": arguments, "env": _environment(env), "out": str(out), "err": str(err)}
        assert server.stdin and server.stdout
        server.stdin.write(json.dumps(request) + "\n")
        server.stdin.flush()
        code = int(server.stdout.readline())
        said = Ran(code, out.read_text(encoding="utf-8"), err.read_text(encoding="utf-8"))
        assert "Traceback (most recent call last)" not in said.err, said.err
        return said

    yield run
    assert server.stdin
    server.stdin.close()
    server.wait(timeout=60)
    if server.stdout:
        server.stdout.close()


@pytest.fixture
def brandkit_process(ready: Callable[..., Ran]) -> Callable[..., Ran]:
    """The command line as a process of its own. With a setting for Python it starts from nothing."""

    def run(folder: Path, *arguments: str, env: Mapping[str, str] | None = None, **more: Any) -> Ran:
        fresh = more or not hasattr(os, "fork") or any(name.startswith("PYTHON") for name in env or {})
        return run_brandkit(folder, *arguments, env=env, **more) if fresh else ready(folder, *arguments, env=env)

    return run


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The mission is shown with real processes, a second each: part of the slow half."""
    for item in items:
        if "mission" in item.path.parts:
            item.add_marker(pytest.mark.slow)
