"""draft: the words of a suggestion as files; the gates are asked, an override is written down, edits are kept."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from brandkit.app.words import drafting
from brandkit.app.words.drafting import Draftable
from brandkit.base.walls import Refused, UsageProblem
from brandkit.cli.draft_command import draft
from brandkit.engage.config import Me
from brandkit.engage.contacts import Contact
from brandkit.engage.gates.registry import FINAL
from brandkit.engage.model import Gate, Item, Suggestion
from brandkit.io.resources import private_templates

PROJECT = """
-- site.yaml --
title: T
url: https://alex.example.org/
today: 2026-03-01
-- content/vault/me.yaml --
name: Alex Example
-- content/vault/contacts.yaml --
- {id: ada, name: Ada Example, emails: [ada@example.org]}
"""
ADA = Contact("ada", "Ada Example", emails=("ada@example.org",))
SHARE = Suggestion(
    "1a2b3c4d", "ada", "share", "", 0.5, (), 5, None, item=Item("entry", "k", "A title", "https://news.example/1")
)  # fmt: skip
BUDGET, RHYTHM = Gate("ask-budget", False, "you asked on 2026-02-01"), Gate("gifts", False, "one a month")
OPEN = Gate("avoid", True)


@dataclass
class Desk:
    """A project in which one suggestion can be drafted."""

    folder: Path
    found: Draftable

    def run(self, *arguments: str) -> Any:
        result = CliRunner().invoke(draft, ["1a2b", "--project", str(self.folder), *arguments], catch_exceptions=True)
        if isinstance(result.exception, Exception) and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    @property
    def text(self) -> Path:
        return self.folder / "private" / "drafts" / "ada-share-1a2b3c4d.txt"

    @property
    def mail(self) -> Path:
        return self.text.with_suffix(".eml")

    @property
    def journal(self) -> list[dict[str, Any]]:
        files = sorted((self.folder / "content/vault/journal").glob("*.jsonl"))
        return [json.loads(line) for file in files for line in file.read_text(encoding="utf-8").splitlines()]


@pytest.fixture
def desk(site: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Desk]:
    """A desk on which lies this suggestion: `desk(suggestion, contact)`."""

    def make(suggestion: Suggestion = SHARE, contact: Contact | None = ADA) -> Desk:
        me = Me(name="Alex Example", email="alex@example.org")
        made = Desk(site(PROJECT), Draftable(suggestion, contact, me, private_templates("drafts")))
        monkeypatch.setattr(drafting, "suggestion_to_draft", lambda *_: made.found)
        return made

    return make


def test_a_draft_is_printed_and_stands_as_text_and_as_mail(desk: Any) -> None:
    at = desk()
    said = at.run().output
    assert "Subject: A title" in said
    assert "private/drafts/ada-share-1a2b3c4d.txt and private/drafts/ada-share-1a2b3c4d.eml" in said
    assert "brandkit done 1a2b3c4d" in said
    assert at.text.read_text(encoding="utf-8").startswith("Subject: A title\n\nHi Ada,\n\nI read this")
    mail = message_from_bytes(at.mail.read_bytes(), policy=default)
    assert (mail["To"], mail["Subject"], mail["X-Unsent"]) == ("ada@example.org", "A title", "1")
    assert at.journal == []


def test_as_json(desk: Any) -> None:
    found = json.loads(desk().run("--json", "--channel", "signal").output)
    text = found.pop("text")
    assert text.startswith("Hi Ada, I read this")
    assert found == {
        "id": "1a2b3c4d",
        "contact": "ada",
        "move": "share",
        "channel": "signal",
        "subject": "",
        "files": ["private/drafts/ada-share-1a2b3c4d.txt"],
        "kept": [],
        "notes": [],
    }


def test_an_edited_draft_is_kept_and_only_remarked_upon_and_its_mail_says_the_same(desk: Any) -> None:
    at = desk()
    at.run()
    at.text.write_text("Subject: My own\n\nHi Ada,\n\ncould you read this? [more]\n", encoding="utf-8")
    result = at.run()
    assert result.exit_code == 0
    assert "You edited private/drafts/ada-share-1a2b3c4d.txt, so yours is kept." in result.output
    assert "note: “could you” asks for something" in result.output
    assert "note: Something is still to be filled in: [more]" in result.output
    assert "could you read this? [more]" in at.text.read_text(encoding="utf-8")
    mail = message_from_bytes(at.mail.read_bytes(), policy=default)
    assert mail["Subject"] == "My own"
    assert "could you read this?" in mail.get_payload()
    at.mail.write_bytes(b"mine\r\n")
    assert json.loads(at.run("--json").output)["kept"] == [
        "private/drafts/ada-share-1a2b3c4d.txt",
        "private/drafts/ada-share-1a2b3c4d.eml",
    ]
    assert at.mail.read_bytes() == b"mine\r\n"


def test_a_rule_that_says_no_is_named_with_the_way_around_it(desk: Any) -> None:
    at = desk(replace(SHARE, gates=(BUDGET, OPEN, RHYTHM)))
    with pytest.raises(Refused) as refused:
        at.run()
    said = str(refused.value)
    assert "ask-budget: you asked on 2026-02-01" in said and "gifts: one a month" in said and "avoid" not in said
    assert "--override" not in said and refused.value.hint == '\nIf you have a reason: --override "why"'
    assert not at.text.exists() and at.journal == []


def test_an_override_is_written_down_before_the_draft(desk: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    at = desk(replace(SHARE, gates=(BUDGET,)))
    at.run("--override", "  she asked\nfor it ")
    line = at.journal[0]
    assert {key: line[key] for key in line if key not in ("id", "at")} == {
        "contacts": ["ada"],
        "type": "override",
        "reason": "she asked for it",
        "link": "https://news.example/1",
        "move": "share",
    }
    assert at.text.is_file()

    def fail(*_: object) -> None:
        raise Refused("the disk said no")

    at.text.unlink()
    monkeypatch.setattr(drafting, "write_line", fail)
    with pytest.raises(Refused, match="the disk said no"):
        at.run("--override", "again")
    assert not at.text.exists()


def test_an_override_of_what_has_no_link_names_the_item(desk: Any) -> None:
    at = desk(replace(SHARE, move="check-in", item=Item("date", "ada 2026-03-01"), gates=(BUDGET,)))
    at.run("--override", "why not")
    assert at.journal[0]["item"] == "ada 2026-03-01"


@pytest.mark.parametrize("rule", sorted(FINAL))
def test_what_is_final_can_not_be_overridden(rule: str, desk: Any) -> None:
    at = desk(replace(SHARE, gates=(BUDGET, Gate(rule, False, "no means no"))))
    for arguments in ((), ("--override", "but I want to")):
        with pytest.raises(Refused, match=f"{rule}: no means no") as refused:
            at.run(*arguments)
        assert "--override" not in str(refused.value)
    assert not at.text.exists() and at.journal == []


def test_an_override_needs_a_reason_and_without_a_refusal_none_is_logged(desk: Any) -> None:
    at = desk()
    with pytest.raises(UsageProblem, match="needs a reason"):
        at.run("--override", " \n")
    at.run("--override", "just in case")
    assert at.text.is_file() and at.journal == []


def test_where_there_is_no_draft_it_says_why_and_overrides_nothing(desk: Any) -> None:
    at = desk(replace(SHARE, gates=(BUDGET,)), replace(ADA, languages=("fr",)))
    with pytest.raises(UsageProblem, match="no share template in fr yet"):
        at.run("--override", "why not")
    at = desk(replace(SHARE, move="renew", contact=""), None)
    with pytest.raises(UsageProblem, match="renew is for you"):
        at.run()
    assert at.journal == []


def test_an_answer_in_a_community_is_a_text_without_a_mail(desk: Any) -> None:
    thread = Item("thread", "https://forum.example/1", "How?", "https://forum.example/1")
    at = desk(replace(SHARE, contact="", move="answer", item=thread, words={"topic": "caches", "page": None}), None)
    assert json.loads(at.run("--json").output)["files"] == ["private/drafts/answer-1a2b3c4d.txt"]


def test_a_channel_that_is_not_one_is_a_usage_error(desk: Any) -> None:
    result = desk().run("--channel", "fax")
    assert result.exit_code == 2
    assert "'fax'" in result.output
