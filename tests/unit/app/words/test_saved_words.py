"""Words of a suggestion that a person edited: kept in its files, shown, and given back for brandkit's own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from brandkit.app.advise import When
from brandkit.app.project import Project
from brandkit.app.words import drafting
from brandkit.app.words.drafting import Draftable, reset_words, save_words, standing_words, write_draft
from brandkit.base.walls import Refused, UsageProblem
from brandkit.engage.config import Me
from brandkit.engage.contacts import Contact
from brandkit.engage.model import Draft, Gate, Item, Suggestion
from brandkit.io.resources import private_templates

ADA = Contact("ada", "Ada Example", emails=("ada@example.org",))
SHARE = Suggestion(
    "1a2b3c4d", "ada", "share", "", 0.5, (), 5, None, item=Item("entry", "k", "A title", "https://news.example/1"),
    draft=Draft("email", "A title", "…"),
)  # fmt: skip
UTC = ZoneInfo("UTC")
WHEN = When(datetime(2026, 3, 1, 12, tzinfo=UTC), UTC)
ID = "1a2b"
OWN = Draft("email", "My own", "Hi Ada,\n\nread this?\n")


@pytest.fixture
def project(site: Callable[[str], Path], lay: Callable[..., None]) -> Project:
    lay()
    return Project(site("-- site.yaml --\ntitle: T\nurl: https://alex.example.org/\n"))


@pytest.fixture
def lay(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Lay a suggestion on the desk: `lay(suggestion, contact)`."""

    def do(suggestion: Suggestion = SHARE, contact: Contact | None = ADA) -> None:
        me = Me(name="Alex Example", email="alex@example.org")
        found = Draftable(suggestion, contact, me, private_templates("drafts"))
        monkeypatch.setattr(drafting, "suggestion_to_draft", lambda *_: found)

    return do


def text_file(project: Project) -> Path:
    return project.private.path / "drafts" / "ada-share-1a2b3c4d.txt"


def test_words_are_kept_as_a_person_s_and_the_mail_says_the_same(project: Project) -> None:
    write_draft(project, WHEN, ID, None, None)
    assert standing_words(project, SHARE) is None
    saved = save_words(project, WHEN, ID, " My\nown ", "Hi Ada,\r\n\r\nread this?\r\n")
    assert saved.draft == OWN == standing_words(project, SHARE)
    assert (saved.kept, saved.files) == ((text_file(project),), (text_file(project), saved.files[1]))
    assert text_file(project).read_bytes() == b"Subject: My own\n\nHi Ada,\n\nread this?\n"
    mail = message_from_bytes(saved.files[1].read_bytes(), policy=default)
    assert (mail["Subject"], mail["To"]) == ("My own", "ada@example.org")
    assert "read this?" in mail.get_payload()
    assert write_draft(project, WHEN, ID, None, None).draft == OWN


def test_brandkit_s_words_that_a_person_had_kept_stay_as_well(project: Project) -> None:
    first = write_draft(project, WHEN, ID, None, None).draft
    save_words(project, WHEN, ID, first.subject, first.text)
    assert write_draft(project, WHEN, ID, None, None).kept == (text_file(project),)
    assert standing_words(project, SHARE) == first


def test_back_to_brandkit_s_words_leaves_a_copy_of_the_person_s(project: Project) -> None:
    save_words(project, WHEN, ID, OWN.subject, OWN.text)
    mine = text_file(project).read_bytes()
    back = reset_words(project, WHEN, ID)
    assert (back.kept, back.draft.subject) == ((), "A title")
    assert standing_words(project, SHARE) is None
    assert text_file(project).with_name("ada-share-1a2b3c4d.txt.before").read_bytes() == mine
    assert b"A title" in back.files[1].read_bytes()
    assert write_draft(project, WHEN, ID, None, None).kept == ()


def test_a_rule_that_says_no_is_asked_first(project: Project, lay: Callable[..., None]) -> None:
    lay(replace(SHARE, gates=(Gate("hold", False, "a loss"),)))
    for attempt in (lambda: save_words(project, WHEN, ID, "", "Hi"), lambda: reset_words(project, WHEN, ID)):
        with pytest.raises(Refused, match="hold: a loss"):
            attempt()
    assert not text_file(project).exists()


def test_words_of_one_s_own_need_no_template_but_somebody_to_write_to(
    project: Project, lay: Callable[..., None]
) -> None:
    lay(replace(SHARE, draft=None), replace(ADA, languages=("fr",), channel="sms"))
    assert save_words(project, WHEN, ID, "none", "Salut Ada").draft == Draft("sms", "", "Salut Ada\n")
    with pytest.raises(UsageProblem, match="no share template in fr"):
        reset_words(project, WHEN, ID)
    with pytest.raises(UsageProblem, match="no words to keep yet"):
        save_words(project, WHEN, ID, "A subject", " \r\n ")
    lay(replace(SHARE, move="renew", contact=""), None)
    with pytest.raises(UsageProblem, match="renew is for you"):
        save_words(project, WHEN, ID, "", "Hi")
