"""What a public build loads and opens: nothing private, seen from outside."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow  # whole builds, several of them
REPOSITORY = Path(__file__).resolve().parents[2]
PRIVATE = (
    *("brandkit.engage", "brandkit.io.vault", "brandkit.io.net.fetch", "brandkit.io.store.entry_store"),
    *(
        "brandkit.io.feeds.feed_parsing",
        "brandkit.app.advise",
        "brandkit.app.feeds.refreshing",
        "brandkit.app.words.journaling",
    ),
)

RUN = """
import sys
from brandkit.cli.main import main
sys.argv = ["brandkit", *sys.argv[1:]]
try:
    main()
except SystemExit as stop:
    code = stop.code
import json
print("modules " + json.dumps(sorted(m for m in sys.modules if m.startswith(("brandkit", "feedparser", "httpx2")))))
sys.exit(code)
"""

HOOK = """
import os, sys
vaults = [os.path.realpath(path) for path in sys.argv.pop(1).split(os.pathsep)]
def below(path):
    if isinstance(path, int) or path is None:
        return False
    real = os.path.realpath(os.fsdecode(path))
    return any(real == vault or real.startswith(vault + os.sep) for vault in vaults)
def hook(event, arguments):
    if event in ("open", "os.listdir", "os.scandir", "os.chdir", "sqlite3.connect", "os.walk", "glob.glob"):
        if arguments and below(arguments[0]):
            sys.stderr.write(f"REACHED THE VAULT: {event} {arguments[0]!r}\\n")
            os._exit(99)
sys.addaudithook(hook)
"""


def _python(folder: Path, code: str, *arguments: str, **env: str) -> subprocess.CompletedProcess[str]:
    whole = {**os.environ, "PYTHONPATH": str(REPOSITORY), "CI": "true", **env}
    command = [sys.executable, "-c", code, *arguments]
    return subprocess.run(command, cwd=folder, env=whole, capture_output=True, text=True, check=False, timeout=120)


def test_a_build_with_nothing_to_do_loads_nothing_heavy(plain_example: Path) -> None:
    assert _python(plain_example, RUN, "build", "--public-only").returncode == 0
    heavy = RUN.replace(
        '("brandkit", "feedparser", "httpx2")', '("jinja2", "pydantic", "markdown_it", "yaml", "pygments")'
    )
    done = _python(plain_example, heavy, "build", "--public-only")
    assert json.loads(done.stdout.split("modules ")[1]) == []


def test_a_public_build_loads_nothing_private_and_opens_nothing_of_the_vault(example: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    (example / "content/vault").rename(elsewhere)
    (example / "content/vault").symlink_to(elsewhere)
    vaults = os.pathsep.join([str(example / "content/vault"), str(elsewhere), str(example / "private")])
    for build in ("the first, with all pictures", "one with nothing to do"):
        done = _python(example, HOOK + RUN, vaults, "build", "--public-only", BRANDKIT_VAULT=str(elsewhere))
        assert done.returncode == 0, (build, done.stderr)
        modules = json.loads(done.stdout.split("modules ")[1])
        assert [name for name in modules if name.startswith((*PRIVATE, "feedparser", "httpx2"))] == [], build
        assert "brandkit.cli.build_command" in modules
    assert list((example / "public/assets/images").glob("*.avif"))


def test_the_modules_would_have_been_seen(plain_example: Path) -> None:
    done = _python(plain_example, RUN, "build", "--offline")
    assert {"brandkit.app.advise", "brandkit.io.vault"} <= set(json.loads(done.stdout.split("modules ")[1]))


def test_the_hook_would_have_seen_it(plain_example: Path) -> None:
    done = _python(plain_example, HOOK + RUN, str(plain_example / "content/vault"), "build", "--offline")
    assert done.returncode == 99, done.stderr
