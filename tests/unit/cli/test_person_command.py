"""brandkit person: show, export, erase and merge on the command line."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

BRAND = """\
-- site.yaml --
title: Test
url: https://me.example/
today: 2026-03-01
-- content/vault/me.yaml --
name: Alex Example
-- content/vault/contacts.yaml --
- {id: ada, name: Ada Lantern, organization: Acme, emails: [ada@acme.example], knows: [grace], facts: [two kids]}
# between
- {id: grace, name: Grace Harbour, knows: [ada], needs: [a new job]}
- {id: adam, name: Adam Brook}
-- content/vault/contacts/ada-l.yaml --
id: ada-l
name: Ada Lantern
emails: [ada@acme.example]
do_not_contact: true
-- content/vault/journal/2026.jsonl --
{"id": "j1", "at": "2026-02-01T09:00:00Z", "contacts": ["ada"], "type": "call", "summary": "likes stones"}
{"id": "j2", "at": "2026-02-02T09:00:00Z", "contacts": ["ada", "grace"], "type": "meeting", "summary": "tea with Ada"}
{"id": "j3", "at": "2026-02-03T09:00:00Z", "contacts": ["ada-l"], "type": "share", "link": "https://x.example/1"}
"""
Run = Callable[..., Any]


@pytest.fixture
def folder(site: Callable[[str], Path]) -> Path:
    return site(BRAND)


def _patch(folder: Path, text: str) -> None:
    subprocess.run(["patch", "-p1"], cwd=folder, input=text, text=True, check=True, capture_output=True)


def test_show_tells_what_is_kept_and_nothing_of_others(folder: Path, brandkit: Run) -> None:
    ran = brandkit(folder, "person", "show", "ada")
    assert ran.code == 0 and "What brandkit knows about Ada" in ran.out
    assert "two kids" in ran.out and "likes stones" in ran.out and "1 person whom they know" in ran.out
    assert "Grace" not in ran.out and "grace" not in ran.out and "score" not in ran.out


def test_export_writes_a_new_file_and_never_over_one(folder: Path, brandkit: Run) -> None:
    assert brandkit(folder, "person", "export", "ada", "--output", "ada.json").code == 0
    told = json.loads((folder / "ada.json").read_text(encoding="utf-8"))
    assert told["person"]["emails"] == ["ada@acme.example"] and len(told["history"]) == 2
    assert (
        told
        == brandkit(folder, "person", "export", "ada").json
        == brandkit(folder, "person", "show", "ada", "--json").json
    )
    assert brandkit(folder, "person", "export", "ada", "--output", "ada.json").code == 2


def test_a_dry_run_of_an_erasure_changes_nothing(folder: Path, brandkit: Run) -> None:
    before = {path: path.read_bytes() for path in folder.rglob("content/**/*") if path.is_file()}
    ran = brandkit(folder, "person", "erase", "ada", "--dry-run")
    assert ran.code == 0 and "journal/2026.jsonl: 1 line removed, 1 without their id" in ran.out
    assert "-- {id: ada, name" in ran.out and "the history of git" in ran.out
    assert {path: path.read_bytes() for path in before} == before


@pytest.mark.slow
def test_without_a_terminal_nobody_is_forgotten_unasked(folder: Path, brandkit_process: Run) -> None:
    ran = brandkit_process(folder, "person", "erase", "ada")
    assert ran.code == 2 and "--yes" in ran.err
    assert "likes stones" in (folder / "content/vault/journal/2026.jsonl").read_text(encoding="utf-8")


def test_erasure_is_done_when_the_patch_is_in(folder: Path, brandkit: Run) -> None:
    first = brandkit(folder, "person", "erase", "ada", "--yes", "--json").json
    assert first["carried_out"] and not first["erased"]
    assert first["left"] == ["content/vault/contacts.yaml:1", "content/vault/contacts.yaml:3"]
    assert "content/vault/journal/2026.jsonl:1" in first["mentioned"]  # tea with Ada
    assert not brandkit(folder, "person", "erase", "ada", "--yes", "--json").json["erased"]
    _patch(folder, first["patch"])
    ran = brandkit(folder, "person", "erase", "ada", "--yes")  # two others are called almost so
    assert ran.code == 2 and "nothing is kept under just 'ada'" in ran.err and "adam (Adam Brook)" in ran.err
    contacts = (folder / "content/vault/contacts.yaml").read_text(encoding="utf-8")
    assert contacts.startswith("# between\n- {id: grace, name: Grace Harbour, needs") and "id: adam" in contacts


def test_of_whom_nobody_knows_nothing_is_said_to_be_erased(folder: Path, brandkit: Run) -> None:
    aside = folder / ".brandkit/before-restore-2026-02-01"
    (aside / "vault").mkdir(parents=True)
    for more in ((), ("--dry-run",), ("--yes", "--json")):
        ran = brandkit(folder, "person", "erase", "nobody-here", *more)
        assert ran.code == 2 and not ran.out and "nothing is kept under that name" in ran.err
        assert "not looked into, since put aside once: .brandkit/before-restore-2026-02-01" in ran.err


def test_who_is_named_in_the_words_of_others_alone_has_no_file_and_the_words_are_shown(
    folder: Path, brandkit: Run
) -> None:
    ran = brandkit(folder, "person", "erase", "stones")
    assert ran.code == 0 and "the state or the drafts but what is listed here.\n" in ran.out
    assert "  content/vault/journal/2026.jsonl:1\n" in ran.out


def test_a_part_of_a_name_is_who_it_is_everywhere_else_and_is_asked_about(folder: Path, brandkit: Run) -> None:
    for who in ("harbour", "Harbour", "Grace H"):
        ran = brandkit(folder, "person", "erase", who, "--dry-run")
        assert ran.code == 0 and ran.out.startswith("About Grace Harbour (grace), this would go:")
        ran = brandkit(folder, "person", "erase", who, "--yes")
        assert ran.code == 2 and "to forget Grace Harbour (grace) unasked, write the id" in ran.err
    assert "Grace Harbour" in (folder / "content/vault/contacts.yaml").read_text(encoding="utf-8")
    assert "j2" in (folder / "content/vault/journal/2026.jsonl").read_text(encoding="utf-8")


def test_a_slip_of_the_pen_erases_nobody_and_says_who_may_be_meant(folder: Path, brandkit: Run) -> None:
    for who, meant in (("adama", "adam"), ("Garce Harbour", "Grace Harbour")):
        for more in ("--yes", "--dry-run"):
            ran = brandkit(folder, "person", "erase", who, more)
            assert ran.code == 2 and not ran.out and f"did you mean '{meant}'?" in ran.err
    assert brandkit(folder, "person", "erase", "Ada Lantern", "--yes").code == 2  # there are two
    assert "could be" in brandkit(folder, "person", "erase", "lantern", "--dry-run").err


def test_what_is_left_of_an_id_goes_though_another_begins_so(folder: Path, brandkit: Run) -> None:
    contacts, journal = folder / "content/vault/contacts.yaml", folder / "content/vault/journal/2026.jsonl"
    kept = [line for line in contacts.read_text(encoding="utf-8").splitlines() if "id: ada," not in line]
    contacts.write_text("\n".join(kept).replace("knows: [ada], ", ""), encoding="utf-8")
    ran = brandkit(folder, "person", "erase", "ada", "--yes")
    assert ran.code == 0 and ran.out.startswith("About ada, this goes:")
    assert '"ada"' not in journal.read_text(encoding="utf-8") and '"ada-l"' in journal.read_text(encoding="utf-8")


def test_who_asked_not_to_be_contacted_leaves_digests_and_nobody_else_does(folder: Path, brandkit: Run) -> None:
    file = folder / "content/vault/erased.txt"
    brandkit(folder, "person", "erase", "grace", "--yes")
    assert not file.exists()
    for _ in range(2):
        brandkit(folder, "person", "erase", "ada-l", "--yes")
    lines = file.read_text(encoding="utf-8").splitlines()
    assert len(lines) == 3 and "ada" not in lines[1]
    brandkit(folder, "person", "erase", "adam", "--yes", "--remember")
    assert len(file.read_text(encoding="utf-8").splitlines()) == 4
    assert brandkit(folder, "check").code == 0


def test_an_import_leaves_out_who_asked_to_be_forgotten(folder: Path, brandkit: Run) -> None:
    erasure = brandkit(folder, "person", "erase", "ada-l", "--yes", "--json").json
    _patch(folder, erasure["patch"])
    brandkit(folder, "person", "erase", "ada", "--yes")
    _patch(folder, brandkit(folder, "person", "erase", "ada", "--dry-run", "--json").json["patch"])
    cards = "".join(
        f"BEGIN:VCARD\nVERSION:3.0\nFN:{name}\nEMAIL:{mail}\nEND:VCARD\n"
        for name, mail in (("A. L.", "ADA@acme.example"), ("Kim Reed", "kim@reed.example"))
    )
    (folder / "people.vcf").write_text(cards, encoding="utf-8")
    told = brandkit(folder, "import", "vcard", "people.vcf", "--json").json
    assert told["erased"] == 1 and [one["name"] for one in told["new"]] == ["Kim Reed"]


def test_a_vault_elsewhere_is_patched_from_its_own_root(folder: Path, tmp_path: Path, brandkit: Run) -> None:
    (folder / "content/vault").rename(tmp_path / "elsewhere")
    env = {"BRANDKIT_VAULT": str(tmp_path / "elsewhere")}
    erasure = brandkit(folder, "person", "erase", "ada", "--yes", "--json", env=env).json
    assert str(tmp_path / "elsewhere") in erasure["apply"]
    _patch(tmp_path / "elsewhere", erasure["patch"])
    assert "nothing is kept under just 'ada'" in brandkit(folder, "person", "erase", "ada", env=env).err


def test_a_merge_prints_a_patch_after_which_the_link_is_not_offered_again(folder: Path, brandkit: Run) -> None:
    before = {path: path.read_bytes() for path in folder.rglob("content/**/*") if path.is_file()}
    plan = brandkit(folder, "person", "merge", "ada", "ada-l", "--json").json
    assert {path: path.read_bytes() for path in before} == before
    assert "mail" in plan["evidence"] and "do_not_contact: True" in plan["gained"]
    _patch(folder, plan["patch"])
    assert not (folder / "content/vault/contacts/ada-l.yaml").exists()
    told = brandkit(folder, "person", "show", "ada", "--json").json
    assert told["person"]["do_not_contact"] is True and told["person"]["formerly"] == ["ada-l"]
    assert any(one.get("link") == "https://x.example/1" for one in told["history"])
    assert brandkit(folder, "check").code == 0


def test_nobody_is_merged_with_themselves(folder: Path, brandkit: Run) -> None:
    assert brandkit(folder, "person", "merge", "grace", "grace").code == 2


FEED = (
    '<?xml version="1.0"?><rss version="2.0"><channel><title>L</title><link>https://l.example/</link><language>en</language>'
    "<item><title>How we found our platform lead</title><link>https://l.example/1</link><guid>1</guid>"
    "<pubDate>Fri, 20 Feb 2026 08:00:00 +0000</pubDate>"
    "<description>We looked for a platform lead for a year. The platform lead came from the support desk.</description>"
    "</item></channel></rss>"
)
TWO = """\
-- site.yaml --
title: Test
url: https://me.example/
today: 2026-03-01
-- content/vault/feeds.yaml --
- {id: l, url: feeds/l.xml, title: L}
-- content/vault/feeds/l.xml --
%s
-- content/vault/contacts.yaml --
- {id: ada, name: Ada Lantern, every: 30 days, needs: [a platform lead]}
- id: ada-l
  name: Ada L.
  emails: [ada@acme.example]%s
- {id: grace, name: Grace Harbour}
-- content/vault/journal/2026.jsonl --
%s
"""
SHARED = '{"id": "j1", "at": "2026-01-01T09:00:00Z", "contacts": ["ada-l"], "type": "share", "link": %s}'


@pytest.mark.parametrize(
    ("link", "more", "offered"),
    [
        ("https://l.example/1?utm_source=x", "", []),
        ("https://l.example/other", "", ["https://l.example/1"]),
        ("https://l.example/other", "\n  do_not_contact: true", []),
    ],
)
def test_after_a_merge_two_ledgers_are_one_and_what_forbids_forbids(
    site: Callable[[str], Path], brandkit: Run, link: str, more: str, offered: list[str]
) -> None:
    folder = site(TWO % (FEED, more, SHARED % json.dumps(link)))

    def links() -> list[str]:
        found = brandkit(folder, "suggest", "ada", "--json").json
        return [one["item"]["url"] for one in found if one["move"] == "share"]

    assert links() == ["https://l.example/1"]
    _patch(folder, brandkit(folder, "person", "merge", "ada", "ada-l", "--json").json["patch"])
    assert links() == offered
