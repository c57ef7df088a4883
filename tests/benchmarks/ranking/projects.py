"""A set laid out as a brandkit project, and brandkit run in it by a process of its own, as people run it."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

_WITHOUT = Path(__file__).with_name("without.py")
_SAID = re.compile(r"candidates since (\S+), today (\S+)")


class FailedRun(Exception):
    """A program said that it failed."""


@dataclass(frozen=True)
class Brandkit:
    """The program that is measured, and what it is able to do."""

    source: Path | None
    version: str
    place: str
    knows_diverse: bool
    knows_semantic: bool

    def __str__(self) -> str:
        return f"brandkit {self.version} from {self.place}"

    def call(self, folder: Path, *arguments: str, runner: tuple[str, ...] = ("-m", "brandkit")) -> str:
        """What it prints when it is called in a folder."""
        return _call(self.source, folder, *runner, *arguments)


def brandkit_at(source: Path | None) -> Brandkit:
    """Which brandkit this is, by asking it."""
    source = source.resolve() if source else None
    code = "import brandkit; print(brandkit.__version__); print(brandkit.__path__[0])"
    with tempfile.TemporaryDirectory() as name:
        version, place = _call(source, Path(name), "-c", code).splitlines()
        options = _call(source, Path(name), "-m", "brandkit", "suggest", "--help")
        vault = Path(name) / "content" / "vault"
        vault.mkdir(parents=True)
        (Path(name) / "site.yaml").write_text("title: Test\nurl: https://test.example\n")
        (vault / "me.yaml").write_text("name: Test Example\nsettings:\n  semantic: 'off'\n")
        try:
            _call(source, Path(name), "-m", "brandkit", "suggest", "--json", "--offline")
            semantic = True
        except FailedRun:
            semantic = False
    return Brandkit(source, version, place, "--ranking-diverse" in options, semantic)


def _call(source: Path | None, folder: Path, *arguments: str) -> str:
    environment = dict(os.environ)
    if source:
        environment["PYTHONPATH"] = os.pathsep.join([str(source), *filter(None, [environment.get("PYTHONPATH")])])
    command = [sys.executable, *arguments]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, encoding="utf-8")
    if done.returncode:
        said = "\n".join((done.stderr or done.stdout).strip().splitlines()[-8:])
        raise FailedRun(f"This ended with {done.returncode}: {' '.join(arguments[:12])}\n{said}")
    return done.stdout


@dataclass(frozen=True)
class Layout:
    """What to lay out: a set, with so much of its history (all of it, if None), for so much of brandkit."""

    folder: Path
    setting: str = "A"
    lines: int | None = None
    semantic: str = "auto"
    only_new: bool = False  # suggestions, too, are made of new items alone


@dataclass(frozen=True)
class Project:
    """A project on disk."""

    folder: Path
    brandkit: Brandkit
    day: str
    today: str

    def rank(self, file: str = "run.tsv", without: str | None = None, diverse: str | None = None) -> Path:
        """Write the order by fit, and if wished the order after re-ranking; with one component left out, if named."""
        arguments = ["--ranking", file, "--depth", "200", "--since", self.day, "--today", self.today, "--offline"]
        if diverse:
            arguments += ["--ranking-diverse", diverse]
        runner = (str(_WITHOUT), without) if without else ("-m", "brandkit")
        self.brandkit.call(self.folder, "suggest", *arguments, runner=runner)
        return self.folder / file

    def components(self) -> list[str]:
        """The names of the components that make up the fit, from the registry."""
        return json.loads(self.brandkit.call(self.folder, runner=(str(_WITHOUT), "--names")))

    def suggestions(self) -> list[dict[str, Any]]:
        """Everything that is suggested for everybody."""
        return json.loads(self.brandkit.call(self.folder, "suggest", "--json", "--offline", "--today", self.today))

    def copy(self, folder: Path) -> Project:
        """The same again, with what brandkit remembers of the feeds."""
        shutil.copytree(self.folder, folder)
        return Project(folder, self.brandkit, self.day, self.today)


def lay_out(layout: Layout, folder: Path, brandkit: Brandkit, program: Path) -> Project:
    """Call lay_out.py, and add settings to me.yaml."""
    wanted = ["--set", str(layout.folder), "--out", str(folder)]
    wanted += ["--setting", "history" if layout.setting == "B" else "profile"]
    if layout.lines is not None:
        wanted += ["--history", str(layout.lines)]
    said = _call(None, folder.parent, str(program), *wanted)
    found = _SAID.search(said)
    if found is None:
        raise FailedRun(f"lay_out.py did not say since when and until when: {said.strip()}")
    project = Project(folder, brandkit, *found.groups())
    settings = []
    if layout.semantic != "auto" and (brandkit.knows_semantic or layout.semantic != "off"):
        settings.append(f"  semantic: {json.dumps(layout.semantic)}\n")
    if layout.only_new:
        settings.append(f"  share_days: {(date.fromisoformat(project.today) - date.fromisoformat(project.day)).days}\n")
    if settings:
        with (folder / "content" / "vault" / "me.yaml").open("a", encoding="utf-8") as me:
            me.write("settings:\n" + "".join(settings))
    return project
