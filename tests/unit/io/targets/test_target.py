"""What all places share: the order of files, the comparison, the list of what is ours, the last words of programs."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brandkit.base.walls import EnvironmentProblem
from brandkit.io.targets import marker, programs
from brandkit.io.targets.target import DeployPlan, compared, in_waves

PATHS = st.lists(st.sampled_from(["index.html", "a/index.html", "b.css", "feed.xml", "x.json", "p.avif"]), unique=True)


def test_what_is_led_to_goes_before_what_leads_there() -> None:
    plan = DeployPlan(("posts/new/index.html", "card.png"), ("feed.xml", "index.html", "style.css"), (), 9)
    assert in_waves(plan) == [["card.png", "style.css"], ["posts/new/index.html"], ["index.html"], ["feed.xml"]]


@given(PATHS, PATHS, PATHS)
def test_a_plan_names_each_path_once_and_brings_one_to_the_other(
    old: list[str], new: list[str], equal: list[str]
) -> None:
    plan = compared(new, old, lambda path: path in equal)
    named = [*plan.new, *plan.changed, *plan.removed]
    assert len(named) == len(set(named))
    assert (set(old) - set(plan.removed)) | set(plan.new) == set(new)
    assert not set(plan.changed) & set(equal)
    assert sorted(path for wave in in_waves(plan) for path in wave) == sorted((*plan.new, *plan.changed))


@given(st.sets(st.lists(st.text("aé #.", min_size=3), min_size=1, max_size=3).map("/".join), max_size=9))
def test_the_list_of_what_is_ours_is_read_as_it_was_written(paths: set[str]) -> None:
    # three letters and more: no part of a path is `..`
    assert marker.load(marker.dump(paths)) == paths


@pytest.mark.parametrize("line", ["/etc/passwd", "../up.html", "a/../../up.html", ".", "a\0b", marker.NAME])
def test_a_list_that_leads_elsewhere_is_not_followed(line: str) -> None:
    assert marker.load(f"ours.html\n{line}\n".encode()) == {"ours.html"}


def test_no_host_steers_the_terminal() -> None:
    assert programs.last_words("fatal: \x1b]0;owned\x07no \x9b31mway\n").isprintable()


def test_no_secret_is_among_last_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOME_TOKEN", "t0p-s3cret")
    said = "hint: try again\nfatal: unable to access 'https://alex:pass@host.example/x': t0p-s3cret is wrong\n"
    assert programs.last_words(said) == "unable to access 'https://host.example/x': … is wrong"


def test_a_program_that_is_not_there_or_takes_too_long_ends_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentProblem, match="no-such-thing is not installed here"):
        programs.run(["no-such-thing"], tmp_path)
    child = "import subprocess, sys; subprocess.run([sys.executable, '-c', 'import time; time.sleep(60)'])"
    with pytest.raises(EnvironmentProblem, match="given up on after 1 seconds"):
        programs.run([sys.executable, "-c", child], tmp_path, timeout=1)
