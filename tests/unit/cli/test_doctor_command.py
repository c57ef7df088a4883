"""doctor: finds a vault that git could publish, and says how to mend it. In real repositories."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from brandkit.io.store.entry_store import EntryStore, FeedStateRow

Site = Callable[[str], Path]

SITE = "-- site.yaml --\ntitle: T\nurl: https://t.example/\ntoday: 2026-03-01\n"
ADA = "-- content/vault/contacts.yaml --\n- {id: ada, name: Ada Example, emails: [ada@%s]}\n"
EXAMPLE = "-- content/vault/me.yaml --\nname: Alex Example\n"  # whose vault comes with brandkit
IGNORE = "-- .gitignore --\n/private/\n/.brandkit/\n"
REAL = "ada-lovelace.de"  # a host that is not reserved for examples; nothing is asked of it


@pytest.fixture(autouse=True)
def _needs_git() -> None:
    if shutil.which("git") is None:
        pytest.skip("no git on this machine")


def git(folder: Path, *arguments: str) -> None:
    subprocess.run(["git", "-c", "init.defaultBranch=main", *arguments], cwd=folder, check=True, capture_output=True)


def tracked(folder: Path) -> Path:
    git(folder, "init")
    git(folder, "add", "-A")
    return folder


def test_a_vault_of_real_people_that_git_tracks_is_an_error_with_the_mend(site: Site, brandkit: Any) -> None:
    folder = tracked(site(SITE + EXAMPLE + ADA % REAL + IGNORE))
    said = brandkit(folder, "doctor", "--json")
    assert said.code == 1
    (found,) = [d for d in said.json["diagnostics"] if d["severity"] == "error"]
    assert found["file"] == "content/vault/contacts.yaml"
    assert f"{REAL} is a real address" in found["message"]
    assert "git rm -r --cached content/vault" in found["hint"]

    git(folder, "rm", "-r", "--cached", "content/vault")
    (folder / ".gitignore").write_text("/private/\n/.brandkit/\n/content/vault/\n")
    mended = brandkit(folder, "doctor")
    assert (mended.code, mended.err) == (0, "")
    assert mended.out.startswith("All is well")
    assert (folder / "content/vault/contacts.yaml").is_file()


@pytest.mark.parametrize("host", ["example.org", "acme.example", "mail.example.com", "acme.test"])
def test_an_example_of_reserved_names_may_be_tracked(site: Site, brandkit: Any, host: str) -> None:
    assert brandkit(tracked(site(SITE + EXAMPLE + ADA % host + IGNORE)), "doctor").code == 0


def test_of_a_vault_of_ones_own_reserved_addresses_tell_nothing(site: Site, brandkit: Any) -> None:
    for me in ("", "-- content/vault/me.yaml --\nname: Robin Sample\n"):
        said = brandkit(tracked(site(SITE + me + ADA % "example.org" + IGNORE)), "doctor")
        assert said.code == 1
        assert "not the vault of the example" in said.err


@pytest.mark.parametrize("host", ["myexample.org", "example.org.evil.de", "example.de"])
def test_a_name_that_only_looks_like_an_example_is_real(site: Site, brandkit: Any, host: str) -> None:
    assert brandkit(tracked(site(SITE + EXAMPLE + ADA % host + IGNORE)), "doctor").code == 1


def test_the_example_brand_may_be_tracked(example: Path, brandkit: Any) -> None:
    (example / ".gitignore").write_text("/private/\n/.brandkit/\n/public/\n")
    said = brandkit(tracked(example), "doctor")
    assert (said.code, said.err) == (0, "")


def test_a_vault_of_phone_numbers_alone_is_as_private(site: Site, brandkit: Any) -> None:
    contacts = '-- content/vault/contacts.yaml --\n- {id: ada, name: Ada, phones: ["+49 171 2345678"]}\n'
    assert brandkit(tracked(site(SITE + contacts + IGNORE)), "doctor").code == 1


def test_private_folders_that_git_does_not_ignore_are_a_warning(site: Site, brandkit: Any) -> None:
    folder = site(SITE + ADA % REAL)
    git(folder, "init")
    said = brandkit(folder, "doctor")
    assert said.code == 0
    for name in ("content/vault", "private", ".brandkit"):
        assert f"git does not ignore {name}/" in said.err


def test_without_git_there_is_nothing_to_fear_from_it(site: Site, brandkit: Any) -> None:
    assert brandkit(site(SITE + ADA % REAL), "doctor").code == 0


def test_a_foreign_output_folder_and_a_damaged_store_are_named(site: Site, brandkit: Any) -> None:
    folder = site(
        SITE + ADA % REAL + "-- public/mine.txt --\nkeep\n-- .brandkit/state/entries.db --\nrubbish rubbish\n"
    )
    said = brandkit(folder, "doctor")
    assert said.code == 1
    assert "public/ holds files that brandkit did not make" in said.err
    assert "the store of entries is damaged" in said.err


def test_a_project_without_a_vault_is_told_how_to_begin_one(site: Site, brandkit: Any) -> None:
    said = brandkit(site(SITE), "doctor")
    assert said.code == 0
    assert "brandkit new contact NAME" in said.err


# What --repair mends

FEED = """\
<rss version="2.0"><channel><title>F</title>
<item><title>One</title><link>https://f.example/1</link></item></channel></rss>
"""

VAULT = (
    SITE
    + ADA % "acme.example"
    + "-- content/vault/journal/2026.jsonl --\n"
    + '{"id": "1", "at": "2026-02-01T09:00:00Z", "contacts": ["ada"], "type": "call"}\n'
)


def found(brandkit: Any, folder: Path) -> dict[str, str]:
    """Messages of the findings by code."""
    return {d["code"]: d["message"] for d in brandkit(folder, "doctor", "--json").json["diagnostics"]}


def test_looking_changes_nothing_and_says_what_can_be_mended(site: Site, brandkit: Any) -> None:
    folder = site(VAULT)
    with (folder / "content/vault/journal/2026.jsonl").open("a") as file:
        file.write('{"id": "2", "summ')
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    said = brandkit(folder, "doctor")
    assert "1 of these is mended by: brandkit doctor --repair" in said.err
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


def test_a_torn_line_is_put_aside(site: Site, brandkit: Any) -> None:
    folder = site(VAULT)
    journal = folder / "content/vault/journal/2026.jsonl"
    whole = journal.read_bytes()
    journal.write_bytes(whole + b'{"id": "2", "summ')
    said = brandkit(folder, "doctor", "--repair")
    assert said.code == 0
    assert "stands in 2026.torn beside it" in said.out
    assert journal.read_bytes() == whole
    assert journal.with_suffix(".torn").read_bytes() == b'{"id": "2", "summ\n'
    assert "BK220" not in found(brandkit, folder)


def test_a_damaged_store_is_put_aside_and_feeds_are_read_anew(site: Site, brandkit: Any) -> None:
    folder = site(VAULT + "-- .brandkit/state/entries.db --\nrubbish\n")
    said = brandkit(folder, "doctor", "--repair", "--json")
    assert said.code == 0
    assert "the next build reads the feeds anew" in said.json["repaired"][0]
    (aside,) = (folder / ".brandkit/state").glob("entries.db.damaged-*")
    assert aside.read_text() == "rubbish\n"
    assert [d["code"] for d in said.json["diagnostics"]] == ["BK311"], "it is there until a person removes it"
    assert brandkit(folder, "build", "--offline").code == 0


@pytest.mark.slow
def test_a_store_that_is_damaged_between_two_builds_is_filled_by_the_next(site: Site, brandkit: Any) -> None:
    folder = site(VAULT + "-- content/vault/feeds.yaml --\n- {id: f, url: f.xml}\n-- content/vault/f.xml --\n" + FEED)
    store = folder / ".brandkit/state/entries.db"
    assert brandkit(folder, "build", "--offline").code == 0
    store.write_text("rubbish\n")
    assert brandkit(folder, "doctor", "--repair").code == 0
    assert not store.exists()
    assert brandkit(folder, "build", "--offline").code == 0
    with EntryStore(store) as filled:
        assert filled.counts() == {"f": 1}


def test_a_store_of_a_newer_brandkit_is_named_and_left_alone(site: Site, brandkit: Any) -> None:
    folder = site(VAULT)
    (folder / ".brandkit/state").mkdir(parents=True)
    with closing(sqlite3.connect(folder / ".brandkit/state/entries.db")) as db:
        db.execute("PRAGMA user_version = 99")
    before = (folder / ".brandkit/state/entries.db").read_bytes()
    said = brandkit(folder, "doctor", "--repair")
    assert said.code == 1
    assert "written by a newer brandkit" in said.err
    assert (folder / ".brandkit/state/entries.db").read_bytes() == before


def test_what_a_stopped_run_left_is_tidied_up_and_nothing_of_a_person_is_lost(site: Site, brandkit: Any) -> None:
    folder = site(VAULT)
    state, beside = folder / ".brandkit/state", folder / "content/vault/.01J00000000000000000000000.new"
    (state / "stage-0").mkdir(parents=True)
    (state / ".shown.json.new").write_text("[")
    beside.write_text("- {id: eve, name: Eve}\n")
    (folder / "content/vault/.mine.new").write_text("a person's own")
    said = brandkit(folder, "doctor", "--repair")
    assert said.code == 0
    assert not (state / ".shown.json.new").exists()
    assert not beside.exists()
    (aside,) = (folder / ".brandkit").glob("put-aside-*")
    assert (aside / beside.name).read_text() == "- {id: eve, name: Eve}\n"
    assert (folder / "content/vault/.mine.new").read_text() == "a person's own"


def test_a_commit_that_was_stopped_is_finished(site: Site, brandkit: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = site(VAULT + "-- content/pages/about.md --\n---\ntitle: About\n---\nHere.\n")
    from brandkit.io import commit

    with monkeypatch.context() as stopped:
        stopped.setattr(commit, "_apply", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with suppress(KeyboardInterrupt):
            brandkit(folder, "build", "--public-only")
    assert not (folder / "public/about/index.html").exists()
    assert "BK310" in found(brandkit, folder)
    said = brandkit(folder, "doctor", "--repair")
    assert "public/: what was stopped is finished" in said.out
    assert (folder / "public/about/index.html").exists()
    assert "BK310" not in found(brandkit, folder)


def test_git_is_told_to_leave_private_folders_alone(site: Site, brandkit: Any) -> None:
    folder = site(SITE + ADA % REAL + "-- .gitignore --\n/public/")
    git(folder, "init")
    said = brandkit(folder, "doctor", "--repair")
    assert said.code == 0
    lines = ["/public/", "/content/vault/", "/private/", "/.brandkit/"]
    assert (folder / ".gitignore").read_text().splitlines() == lines
    assert "BK301" not in found(brandkit, folder)


def test_a_rule_that_takes_another_back_is_told_and_not_written_again(site: Site, brandkit: Any) -> None:
    folder = site(SITE + ADA % REAL + "-- .gitignore --\n/private/\n/.brandkit/\n-- content/.gitignore --\n!vault/\n")
    git(folder, "init")
    for _ in range(2):
        said = brandkit(folder, "doctor", "--repair")
    assert "Mended" not in said.out
    assert "another rule takes it back" in said.err
    assert (folder / ".gitignore").read_text().count("/content/vault/") == 1


def test_what_can_not_be_mended_here_stops_no_other_mending(
    site: Site, brandkit: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = site(VAULT + "-- .gitignore --\n/public/")
    git(folder, "init")
    with (folder / "content/vault/journal/2026.jsonl").open("a") as journal:
        journal.write('{"id": "cut')
    from brandkit.app.examining import gitignore

    def refused(path: Path, _: bytes) -> None:
        raise PermissionError(1, "Operation not permitted", str(path))

    monkeypatch.setattr(gitignore, "replace_file", refused)
    said = brandkit(folder, "doctor", "--repair")
    assert "the line that was cut off stands in" in said.out
    assert "BK301" in said.err


def test_private_folders_are_closed_to_other_accounts(
    site: Site, brandkit: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = site(VAULT + "-- .brandkit/state/shown.json --\n[]\n")
    (folder / ".brandkit/state").chmod(0o755)
    from brandkit.app.examining import own_eyes

    monkeypatch.setattr(own_eyes, "_way", lambda _: ())  # as if the folders above could be entered by everybody
    assert "BK308" in found(brandkit, folder)
    said = brandkit(folder, "doctor", "--repair")
    assert ".brandkit/state is for your account alone now" in said.out
    assert (folder / ".brandkit/state").stat().st_mode & 0o777 == 0o700
    assert (folder / "content/vault").stat().st_mode & 0o005, "the vault may be shared on purpose"


def test_a_clock_that_was_ahead_is_noticed_and_its_feeds_are_due_again(site: Site, brandkit: Any) -> None:
    folder = site(
        VAULT
        + '{"id": "9", "at": "2150-01-01T00:00:00Z", "contacts": ["ada"], "type": "call"}\n'
        + "-- .brandkit/state/shown.json --\n[]\n"
    )
    ahead, now = datetime(2150, 1, 1, tzinfo=UTC), datetime.now(UTC)
    with EntryStore(folder / ".brandkit/state/entries.db") as store:
        store.save_feed_state(FeedStateRow("f", "https://acme.example/f", checked_at=ahead, next_check_at=ahead))
    said = brandkit(folder, "doctor")
    assert "1 line is dated in the future, up to 2150-01-01" in said.err
    assert "1 feed was asked by a clock that was ahead" in said.err
    said = brandkit(folder, "doctor", "--repair")
    assert "1 feed is due now" in said.out
    with EntryStore(folder / ".brandkit/state/entries.db") as store:
        state = store.feed_states()["f"]
    assert state.next_check_at is not None
    assert abs(state.next_check_at - now) < timedelta(days=1)
    assert '"id": "9"' in (folder / "content/vault/journal/2026.jsonl").read_text(), "the line is a person's to judge"


def test_a_folder_that_may_not_be_read_is_named_and_the_rest_is_looked_at_all_the_same(
    site: Site, brandkit: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = site(VAULT + "-- public/mine.txt --\nkeep\n")
    from brandkit.io import vault

    def refused(path: Path) -> bool:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(vault, "has_torn_tail", refused)
    said = brandkit(folder, "doctor")
    assert said.code == 1
    assert "content/vault/journal/2026.jsonl: error BK309: this account may not look here" in said.err
    assert "public/ holds files that brandkit did not make" in said.err


def test_a_journal_of_people_whom_nobody_knows_any_more_is_named(site: Site, brandkit: Any) -> None:
    line = '{"id": "%s", "at": "2026-01-05T09:00:00Z", "contacts": ["%s"], "type": "call"}\n'
    lines = "".join(line % (f"01KEKNJD80NPGAG1J9QB1DHP0{n}", who) for n, who in enumerate(["ada", "bo", "cy", "di"]))
    folder = site(SITE + ADA % REAL + f"-- content/vault/journal/2026.jsonl --\n{lines}")
    said = brandkit(folder, "doctor")
    assert said.code == 1
    assert "the journal knows 3 people without a contact: bo, cy, di" in said.err
    assert "brandkit restore FILE" in said.err


def _line(number: int, who: str = "ada") -> str:
    return f'{{"id": "j{number}", "at": "2026-01-05T09:00:00Z", "contacts": ["{who}"], "type": "call"}}\n'


PEOPLE = "".join(f"- {{id: {name}, name: {name.title()} Example}}\n" for name in ("bo", "cy", "di", "ed", "flo"))
FULL = (
    f"{SITE}search: false\ncards: false\n{ADA % REAL}-- content/vault/contacts/more.yaml --\n{PEOPLE}"
    f"-- content/vault/journal/2026.jsonl --\n{''.join(_line(number) for number in range(4))}"
)


@pytest.mark.parametrize(
    ("file", "text", "where"),
    [
        ("contacts.yaml", '- {id: "ada\n', "contacts.yaml"),
        ("journal/2026.jsonl", f'{_line(1)}{{"id": "j2", "ty: "sorted"}}\n{_line(3)}', "journal/2026.jsonl"),
    ],
)
def test_what_can_not_be_read_is_told_and_check_names_it(
    site: Site, brandkit: Any, file: str, text: str, where: str
) -> None:
    folder = site(SITE + ADA % REAL)
    (folder / "content/vault" / file).parent.mkdir(exist_ok=True)
    (folder / "content/vault" / file).write_text(text, encoding="utf-8")
    said = brandkit(folder, "doctor")
    assert said.code == 1 and "All is well" not in said.out
    assert f"error BK314: 1 mistake in the vault: content/vault/{where}" in said.err
    assert "hint: brandkit check names each" in said.err


def test_what_mends_a_line_of_the_journal_is_said_in_words_of_json(site: Site, brandkit: Any) -> None:
    folder = site(SITE + ADA % REAL + '-- content/vault/journal/2026.jsonl --\n{"id": "j2", "ty: "sorted"}\n')
    said = brandkit(folder, "check")
    assert "this line is not JSON" in said.err and "one JSON object" in said.err and "indent" not in said.err


@pytest.mark.parametrize(
    ("lost", "what"),
    [
        ("contacts/more.yaml", "1 person, and held 6 at an earlier run"),
        ("journal", "0 lines of the journal, and held 4 at an earlier run"),
        ("", "0 people, and held 6 at an earlier run; 0 lines of the journal, and held 4"),
    ],
)
def test_a_vault_that_holds_much_less_than_at_the_last_run_is_told_until_somebody_looks(
    site: Site, brandkit: Any, lost: str, what: str
) -> None:
    folder = site(FULL)
    assert brandkit(folder, "suggest", "--offline").code == 0
    assert "BK315" not in brandkit(folder, "doctor").err
    gone = folder / "content/vault" / lost
    shutil.rmtree(gone) if gone.is_dir() else gone.unlink()
    brandkit(folder, "suggest", "--offline")  # a run in between does not take the smaller one for good
    said = brandkit(folder, "doctor")
    assert said.code == 1 and f"error BK315: the vault holds {what}" in said.err
    assert "was a file of it lost?" in said.err and "brandkit restore FILE" in said.err
    (folder / ".brandkit/state/vault-held").unlink()
    assert "BK315" not in brandkit(folder, "doctor").err


def test_what_a_deploy_searched_for_tells_of_a_loss_too(site: Site, brandkit: Any) -> None:
    folder = site(FULL + "-- .brandkit/state/searched-for --\n35\n")
    assert "private strings to search for, and held 35 at the last deploy" in brandkit(folder, "doctor").err


def test_an_erasure_is_no_loss(site: Site, brandkit: Any) -> None:
    folder = site(FULL)
    brandkit(folder, "suggest", "--offline")
    assert brandkit(folder, "person", "erase", "ada", "--yes").code == 0
    assert "BK315" not in brandkit(folder, "doctor").err
