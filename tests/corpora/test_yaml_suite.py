"""YAML right and wrong, as front matter and as a vault: a value or findings with a place, never an exception."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml

from brandkit.base import marked_yaml
from brandkit.base.diagnostics import Diagnostic
from brandkit.engage.vault import read_vault
from brandkit.site.parse import Choice, parse_source

CHOICE = Choice("UTC", True, False, ("tags",))
# How the suite writes characters that would not show.
SHOWN = {"␣": " ", "»": "\t", "—": "", "↵": "", "∎": "", "←": "\r", "⇔": "\ufeff"}


@pytest.fixture(scope="module")
def texts(shared: Path) -> list[str]:
    """Every case as it is meant, and every file of the suite as it stands."""
    found = []
    for path in sorted((shared / "corpora/yaml-test-suite").glob("*.yaml")):
        whole = path.read_text(encoding="utf-8")
        found.append(whole)
        for case in yaml.safe_load(whole):
            if "yaml" in case:
                found.append("".join(SHOWN.get(c, c) for c in case["yaml"]))
    assert len(found) > 250
    return found


def _has_a_place(finding: Diagnostic) -> None:
    assert finding.place.file
    assert finding.place.line is None or finding.place.line >= 1
    assert finding.message


@pytest.mark.slow
def test_as_front_matter(texts: list[str]) -> None:
    for text in texts:
        for ending in ("\n", ""):
            parsed = parse_source(CHOICE, ("content/posts/x.md", f"---\n{text}{ending}---\nBody\n".encode()))
            assert isinstance(json.loads(parsed.row), dict)


def test_as_contacts(texts: list[str]) -> None:
    for text in texts:
        for name in ("contacts.yaml", "me.yaml"):
            outcome = read_vault({name: text}, "content/vault")
            for finding in outcome.diagnostics:
                _has_a_place(finding)


def test_as_any_file_with_either_loader(texts: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    read = 0
    for loader in {marked_yaml._LOADER, yaml.SafeLoader}:
        monkeypatch.setattr(marked_yaml, "_LOADER", loader)
        for text in texts:
            outcome = marked_yaml.read_yaml(text, "x.yaml")
            assert outcome.value is not None or outcome.diagnostics, text
            read += outcome.value is not None
            for finding in outcome.diagnostics:
                _has_a_place(finding)
    assert read > len(texts)
