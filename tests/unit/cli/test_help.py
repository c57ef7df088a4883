"""What the command line says of itself: the weekly commands first, and how to begin."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from brandkit.cli.main import ALSO, EVERY_WEEK


def test_help_lists_the_commands_of_every_week_first_and_teaches_how_to_begin(brandkit: Any, tmp_path: Path) -> None:
    said = brandkit(tmp_path, "--help")
    assert said.code == 0
    places = [said.out.index(f"\n  {name} ") for name in (*EVERY_WEEK, *ALSO)]
    assert places == sorted(places)
    assert said.out.index("Every week:") < places[0]
    assert len(EVERY_WEEK) == 5
    assert "brandkit init my-brand && cd my-brand && brandkit build" in said.out
    assert "publishes nothing private and never sends a message" in " ".join(said.out.split())


@pytest.mark.parametrize("name", [*EVERY_WEEK, *ALSO])
def test_every_command_explains_itself(name: str) -> None:
    from click.testing import CliRunner

    from brandkit.cli.main import cli

    said = CliRunner().invoke(cli, [name, "--help"])
    assert said.exit_code == 0, said.output
    assert len(said.output.split("\n\n")[1].split()) >= 2, "a sentence that says what it does"


def test_a_mistyped_command_is_answered_with_the_one_that_was_meant(brandkit: Any, tmp_path: Path) -> None:
    said = brandkit(tmp_path, "sugest")
    assert said.code == 2
    assert "there is no command 'sugest'; did you mean 'suggest'?" in said.err
    assert "see brandkit --help" in brandkit(tmp_path, "xyzzy").err


def test_the_version_is_one_line(brandkit: Any, tmp_path: Path) -> None:
    assert brandkit(tmp_path, "--version").out.startswith("brandkit, version ")
