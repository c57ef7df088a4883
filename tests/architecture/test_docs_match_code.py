"""The documents say what the code does: generated pages, the README's commands, links, codes."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
DOCUMENTS = sorted(
    [*REPOSITORY.glob("*.md"), *(REPOSITORY / "docs").rglob("*.md")], key=lambda path: path.relative_to(REPOSITORY)
)
# In pieces, so that this file does not name them itself.
REGISTRIES = ("pypi" + ".org", "files.python" + "hosted.org", "registry.npm" + "js.org", "crates" + ".io")


def blocks(text: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def test_the_generated_pages_are_what_the_code_would_write_today() -> None:
    from brandkit.cli.reference import pages

    regenerate = "regenerate them with: python -m brandkit.cli.reference docs"
    for name, text in pages().items():
        path = REPOSITORY / "docs" / name
        assert path.is_file(), f"docs/{name} is missing; {regenerate}"
        assert path.read_text(encoding="utf-8") == text, f"docs/{name} is out of date; {regenerate}"


def test_no_generated_page_is_left_over() -> None:
    from brandkit.cli.reference import pages

    marked = {
        path.relative_to(REPOSITORY / "docs").as_posix()
        for path in (REPOSITORY / "docs").rglob("*.md")
        if "brandkit.cli.reference" in path.read_text(encoding="utf-8").split("\n", 1)[0]
    }
    assert marked <= set(pages())


def test_every_code_is_declared_once_and_says_cause_and_cure() -> None:
    from brandkit.cli.reference import all_codes

    codes = all_codes()
    assert len(codes) > 10
    for code in codes:
        assert re.fullmatch(r"BK\d{3}", code.id)
        assert code.cause.endswith(".")
        assert code.cure
        assert not code.cure.endswith(".")


def test_the_readme_installs_in_one_block_and_ci_runs_the_second_as_it_stands() -> None:
    first, second, *_ = blocks((REPOSITORY / "README.md").read_text(encoding="utf-8"), "sh")
    assert "pip install" in first
    assert "brandkit build" in first
    assert "pytest" in second
    for block in (first, second):
        assert len(block.strip().splitlines()) == 1, "one line to copy"
    script = (REPOSITORY / ".ci/run").read_text(encoding="utf-8")
    (awk,) = re.findall(r"^command=\$\((.*)\)$", script, re.MULTILINE)
    found = subprocess.run(["bash", "-c", awk], cwd=REPOSITORY, capture_output=True, text=True, check=True).stdout
    assert found.strip() == second.strip()
    assert 'bash -c "$command"' in script


def test_commands_that_the_readme_shows_exist() -> None:
    from brandkit.cli.main import ALSO, EVERY_WEEK

    text = (REPOSITORY / "README.md").read_text(encoding="utf-8")
    shown = set(re.findall(r"^(?:.*&& )?(?:\S*/)?brandkit (\w+)", "\n".join(blocks(text, "sh")), re.MULTILINE))
    shown |= set(re.findall(r"`brandkit (\w+)", text))
    assert shown
    assert shown <= {*EVERY_WEEK, *ALSO}


def anchors(path: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(REPOSITORY).as_posix())
def test_every_relative_link_leads_somewhere(document: Path) -> None:
    text = re.sub(r"```.*?^```", "", document.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    for target in re.findall(r"(?<!`)\[[^\]\n]*\]\(([^)\s]+)\)", re.sub(r"`[^`\n]+`", "", text)):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, anchor = target.partition("#")
        there = (document.parent / path).resolve() if path else document
        assert there.exists(), f"{document.name} links to {target}"
        assert not anchor or anchor in anchors(there), f"{document.name} links to {target}"


def committed() -> Iterator[Path]:
    """What git has, or else what stands here and would be committed."""
    try:
        done = subprocess.run(["git", "ls-files", "-z"], cwd=REPOSITORY, capture_output=True, check=True, timeout=30)
        names = [name for name in done.stdout.decode().split("\0") if name]
    except (OSError, subprocess.SubprocessError):
        names = []
    if names:
        yield from (REPOSITORY / name for name in names if (REPOSITORY / name).is_file())
        return
    skipped = {"public", "private", "__pycache__", "node_modules", "build", "dist"}
    for path in REPOSITORY.rglob("*"):
        parts = path.relative_to(REPOSITORY).parts
        hidden = any(part.startswith(".") and part not in {".ci", ".github"} for part in parts[:-1])
        if path.is_file() and not hidden and not skipped & set(parts):
            yield path


def test_no_committed_text_names_the_host_of_a_package_registry() -> None:
    for path in committed():
        text = path.read_bytes().decode("utf-8", "replace").lower()
        assert not [host for host in REGISTRIES if host in text], path


def test_the_rules_that_no_reason_overrides_are_named() -> None:
    from brandkit.engage.gates.registry import FINAL

    text = (REPOSITORY / "docs" / "suggestions.md").read_text(encoding="utf-8")
    (named,) = re.findall(r"^No reason overrides (.*?)\. ", text, re.MULTILINE | re.DOTALL)
    assert set(re.findall(r"`([a-z-]+)`", named)) == FINAL


def test_each_practice_leads_to_its_move_and_to_commands_that_exist() -> None:
    from brandkit.cli.main import ALSO, EVERY_WEEK
    from brandkit.engage.moves.registry import BY_NAME

    rows = [
        line for line in (REPOSITORY / "docs" / "practices.md").read_text(encoding="utf-8").splitlines() if "|" in line
    ]
    cells = [[cell.strip() for cell in row.strip("|").split("|")] for row in rows[2:]]
    moves = [name for row in cells for name in re.findall(r"`([a-z-]+)`", row[2])]
    assert sorted(moves) == sorted(BY_NAME), "each move serves one practice"
    named = re.findall(r"brandkit ([a-z]+)", "".join(row[3] for row in cells))
    assert set(named) <= {*EVERY_WEEK, *ALSO}
