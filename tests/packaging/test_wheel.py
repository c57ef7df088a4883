"""The wheel holds all that brandkit needs: theme, example, templates. Built and run far from the checkout."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.slow


def run(*command: str, cwd: Path, path: str = "") -> subprocess.CompletedProcess[str]:
    env = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "COV", "BRANDKIT"))}
    env |= {"PYTHONPATH": path, "CI": "true", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    return subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True, timeout=300)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    for name in ("hatchling", "pip"):
        if importlib.util.find_spec(name) is None:
            pytest.skip(f"{name} is not installed, and a wheel is built without the network")
    out = tmp_path_factory.mktemp("wheel")
    pip = (sys.executable, "-m", "pip", "wheel", "--no-deps", "--no-build-isolation", "--no-index", "-w", str(out))
    done = run(*pip, str(REPOSITORY), cwd=out)
    assert done.returncode == 0, done.stderr[-3000:]
    (found,) = out.glob("brandkit-*.whl")
    return found


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel in a folder of its own; its dependencies come from this interpreter."""
    there = tmp_path_factory.mktemp("installed")
    pip = (sys.executable, "-m", "pip", "install", "--no-deps", "--no-index", "--target", str(there))
    done = run(*pip, str(wheel), cwd=there)
    assert done.returncode == 0, done.stderr[-3000:]
    return there


def test_the_wheel_carries_the_package_and_nothing_of_the_workshop(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    for needed in (
        "brandkit/bundled/themes/default/theme.yaml",
        "brandkit/bundled/example/site.yaml",
        "brandkit/bundled/example/content/vault/contacts.yaml",
        "brandkit/engage/templates/pages/base.html",
        "brandkit/engage/templates/drafts/share.en.txt",
        "brandkit/web/assets/live.js",
        "brandkit/web/assets/fresh.js",
        "brandkit/web/assets/overlay.js",
        "brandkit/web/assets/idiomorph.js",
        "brandkit/web/assets/LICENSE.idiomorph.txt",
    ):
        assert needed in names
    assert not [name for name in names if name.startswith(("tests/", "docs/", "content/", "public/", "private/"))]
    assert not [name for name in names if "__pycache__" in name or "/private/" in name or "/.brandkit/" in name]


def test_it_begins_a_brand_and_builds_it_away_from_the_checkout(installed: Path, tmp_path: Path) -> None:
    where = (
        "import brandkit, brandkit.io.resources as r; print(brandkit.__file__, r.bundled_themes(), r.bundled_example())"
    )
    said = run(sys.executable, "-c", where, cwd=tmp_path, path=str(installed)).stdout.split()
    assert len(said) == 3
    assert all(place.startswith(str(installed)) for place in said), said
    for folder, more in (("example", ()), ("mine", ("--mine", "Me"))):
        began = run(sys.executable, "-m", "brandkit", "init", folder, *more, cwd=tmp_path, path=str(installed))
        assert began.returncode == 0, began.stderr
        built = run(sys.executable, "-m", "brandkit", "build", "--offline", cwd=tmp_path / folder, path=str(installed))
        assert (built.returncode, built.stderr) == (0, "")
        assert (tmp_path / folder / "public/index.html").is_file()
        assert (tmp_path / folder / "private/index.html").is_file()
        assert not (tmp_path / folder / "themes").exists(), "the theme comes from the wheel"
    assert list((tmp_path / "example/public/posts").iterdir())


def test_the_command_is_installed_under_its_name(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        (name,) = [n for n in archive.namelist() if n.endswith("entry_points.txt")]
        assert "brandkit = brandkit.cli.main:main" in archive.read(name).decode()
        (name,) = [n for n in archive.namelist() if n.endswith(".dist-info/METADATA")]
        assert "Requires-Python: >=3.11" in archive.read(name).decode()
