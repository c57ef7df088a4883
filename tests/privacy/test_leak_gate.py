"""The leak gate: a private string in the site stops a deploy; nothing is carried anywhere."""

from __future__ import annotations

import base64
import gzip
import random
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from brandkit.app.leak_report import Leak, told
from brandkit.app.leak_sources import Written
from brandkit.engage.config import Me
from brandkit.engage.model import Interaction, Vault
from brandkit.engage.secrets import Secret, secrets_of, spellings
from brandkit.io.leak_search import inflating
from brandkit.io.leak_search.matching import Matcher
from brandkit.io.leak_search.searching import search
from brandkit.io.leak_search.unwrapping import base64_in

SITE = """
-- site.yaml --
title: Gate
url: https://gate.example/
-- content/posts/own.md --
---
title: Own
date: 2026-01-01
description: {description}
---
{text}
-- content/vault/contacts.yaml --
- id: ada
  name: Ada Example
  emails: [ada.private@acme.example]
  phones: ["+49 30 5550 0101"]
  needs: [{{text: find a platform lead by spring}}]
  notes: Wednesday afternoons are for her team. Her firm is up for sale.
-- content/vault/journal/2026.jsonl --
{{"id": "01KEKNJD80NPGAG1J9QB1DHPWB", "at": "2026-01-10T10:00:00Z", "contacts": ["ada"], "type": "call", \
"direction": "mutual", "summary": "the board does not know yet"}}
"""

LEAKS = {
    "an address": "Write to ada.private@acme.example.",
    "an address in other letters": "Write to Ada.Private@ACME.example.",
    "a phone number": "Call +49 30 5550 0101.",
    "a need": "Somebody wants to find a platform lead by spring.",
    "a sentence of a note": "I heard that her firm is up for sale.",
    "a sentence over two lines": "I heard: her firm is\nup for sale.",
    "a line of the journal": "It seems the board does not know yet.",
    "behind an entity": "Write to ada.private&#64;acme.example.",
}


def test_every_private_string_is_found_and_stops_the_deploy(
    site: Callable[[str], Path], tmp_path: Path, brandkit: Callable[..., object]
) -> None:
    project = site(SITE.format(text="Text.", description="d"))
    for number, text in enumerate(LEAKS.values()):
        post = f"---\ntitle: T\ndate: 2026-01-01\ndescription: d\n---\n{text}\n"
        (project / f"content/posts/leak-{number}.md").write_text(post)
    ran = brandkit(project, "deploy", "--example", "folder", str(tmp_path / "www"))
    assert ran.code == 3
    found = {name for number, name in enumerate(LEAKS) if f"public/posts/leak-{number}/index.html" in ran.err}
    assert found == set(LEAKS)
    assert "posts/own/" not in ran.err
    assert not (tmp_path / "www").exists()
    assert brandkit(project, "deploy", "--example", "folder", str(tmp_path / "www"), "--dry-run").code == 3


def test_what_is_not_private_is_deployed(
    site: Callable[[str], Path], tmp_path: Path, brandkit: Callable[..., object]
) -> None:
    project = site(SITE.format(text="Ada is an example of how hiring can go.", description="d"))
    ran = brandkit(project, "deploy", "--example", "folder", str(tmp_path / "www"))
    assert ran.code == 0, ran.err
    assert "none found" in ran.out
    assert (tmp_path / "www/posts/own/index.html").is_file()


def test_without_a_vault_the_search_has_to_be_waived_aloud(
    site: Callable[[str], Path], tmp_path: Path, brandkit: Callable[..., object]
) -> None:
    project = site(SITE.format(text="Text.", description="d"))
    (project / "content/vault").rename(tmp_path / "away")
    assert brandkit(project, "deploy", "--example", "folder", str(tmp_path / "www")).code == 3
    ran = brandkit(project, "deploy", "--example", "folder", str(tmp_path / "www"), "--public-only")
    assert ran.code == 0, ran.err
    assert "not searched" in ran.out


def leaks(project: Path, brandkit: Callable[..., Any], *arguments: str) -> Any:
    return brandkit(project, "check", "--leaks", *arguments)


def test_each_private_string_is_told_with_file_field_and_line(
    site: Callable[[str], Path], brandkit: Callable[..., Any]
) -> None:
    project = site(SITE.format(text="Ask Ada Example; her firm is up for sale, they say.", description="d"))
    ran = leaks(project, brandkit)
    assert ran.code == 3
    place = "content/posts/own.md:6: ada.name, ada.notes (content/vault/contacts.yaml:2, :6)"
    assert f"  {place}\n    in public/posts/own/index.html and 6 more files\n" in ran.err
    assert ran.err.count("ada.name") == 1
    said = leaks(project, brandkit, "--json")
    assert said.code == 3
    assert {finding["code"] for finding in said.json["diagnostics"]} == {"BK320"}


@pytest.mark.parametrize(
    "consent",
    {
        "contact": ("consent: {publish: [name]}", "", ""),
        "mentioned": ("", "mentions: [Ada Example]", ""),
        "mentioned with others": ("", "mentions: [Somebody Else, Ada Example]", ""),
        "thanked": ("", "", "- name: Ada Example\n  for: her time\n"),
    }.items(),
    ids=lambda item: item[0],
)
def test_who_is_named_on_purpose_is_told_and_not_refused(
    consent: tuple[str, tuple[str, str, str]], site: Callable[[str], Path], brandkit: Callable[..., Any]
) -> None:
    agreed, mentions, thanks = consent[1]
    project = site(SITE.format(text="Ask Ada Example.", description="d"))
    contacts, post = project / "content/vault/contacts.yaml", project / "content/posts/own.md"
    contacts.write_text(contacts.read_text() + (f"  {agreed}\n" if agreed else ""))
    post.write_text(post.read_text().replace("description: d", f"description: d\n{mentions}"))
    (project / "content/data").mkdir()
    (project / "content/data/thanks.yaml").write_text(thanks)
    ran = leaks(project, brandkit)
    assert ran.code == 0, ran.err
    told = next(line for line in ran.out.splitlines() if "allowed: Ada Example" in line)
    where = {"contact": "contacts.yaml:2", "thanked": "content/data/thanks.yaml:1"}.get(consent[0], "posts/own.md:5")
    assert where in told


def test_a_mention_lets_no_address_number_or_note_pass(
    site: Callable[[str], Path], brandkit: Callable[..., Any]
) -> None:
    text = "Ask ada.private@acme.example or +49 30 5550 0101."
    named = 'd\nmentions: [Ada Example, ada.private@acme.example, "+49 30 5550 0101"]'
    ran = leaks(site(SITE.format(text=text, description=named)), brandkit)
    assert ran.code == 3
    assert "ada.emails[0]" in ran.err
    assert "ada.phones[0]" in ran.err
    assert "ada.name" not in ran.err


def test_what_stands_in_ones_own_configuration_is_ones_own(
    site: Callable[[str], Path], brandkit: Callable[..., Any]
) -> None:
    project = site(SITE.format(text="Write to ada.private@acme.example.", description="d"))
    config = project / "site.yaml"
    config.write_text(config.read_text() + "contact: {email: ada.private@acme.example}\n")
    ran = leaks(project, brandkit)
    assert ran.code == 0, ran.err
    assert "allowed: ada.private@acme.example, in site.yaml:3" in ran.out


def test_files_and_their_names_are_searched_too(site: Callable[[str], Path], brandkit: Callable[..., Any]) -> None:
    project = site(SITE.format(text="Text.", description="d"))
    static = project / "content/static"
    static.mkdir()
    (static / "ada-example.txt").write_text("a list")
    with gzip.open(static / "notes.txt.gz", "wt") as file:
        file.write("her firm is up for sale")
    (static / "locked.7z").write_bytes(b"7z\xbc\xaf\x27\x1c" + bytes(40))
    ran = leaks(project, brandkit)
    assert ran.code == 3
    assert "public/ada-example.txt: ada.name" in ran.err
    assert "content/static/notes.txt.gz: ada.notes (content/vault/contacts.yaml:6)\n    in public/notes" in ran.err
    assert "not searched: public/locked.7z" in ran.out


@pytest.mark.parametrize(
    "text",
    [
        "It will grant a page to Mark, and Grace will long for it.",
        "Canada Examples are many. So said Ada. Example one is short.",
        "Call 030 5550 01, or look at 2030 5550 0101 apples.",
        "The board does not know what a firm is.",
        "Her team likes afternoons.",
    ],
)
def test_what_only_looks_alike_is_no_leak(text: str, site: Callable[[str], Path], brandkit: Callable[..., Any]) -> None:
    project = site(SITE.format(text=text, description="d"))
    contacts = project / "content/vault/contacts.yaml"
    contacts.write_text(contacts.read_text() + "- {id: w, name: Will Grant}\n- {id: g, name: Grace Will}\n")
    ran = leaks(project, brandkit)
    assert ran.code == 0, ran.err


@pytest.mark.slow
def test_the_example_has_no_false_alarm(built_example: Path, brandkit: Callable[..., Any]) -> None:
    ran = leaks(built_example, brandkit)
    assert ran.code == 0, ran.err
    assert "none found" in ran.out


def test_a_bomb_is_given_up_and_told(
    site: Callable[[str], Path], brandkit: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inflating, "MOST", 1_000_000)
    project = site(SITE.format(text="Text.", description="d"))
    (project / "content/static").mkdir()
    bomb = gzip.compress(bytes(3_000_000), 1)
    (project / "content/static/bomb.gz").write_bytes(bomb)
    ran = leaks(project, brandkit)
    assert "not searched: public/bomb.gz: it unpacks to more than can be meant" in ran.out


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("Dr. Ada Lovelock", "Ada Lovelock"),
        ("Lovelock, Ada", "Ada Lovelock"),
        ("Prof. Dr. Lovelock, Ada", "Ada Lovelock"),
        ("Ada Lovelock, PhD", "Ada Lovelock"),
        ("Ada Lovelock (Acme)", "Ada Lovelock"),
        ("Ada Lovelock", "**Ada** Lovelock"),
        ("Ada Lovelock", 'Ada <a title="a &lt; b">Lovelock</a>'),
        # of possession
        ("Ada Lovelock", "Ada Lovelock's"),
        ("Ada Lovelock", "ADA LOVELOCK\N{RIGHT SINGLE QUOTATION MARK}S"),
        ("Ada Lovelock", "Ada Lovelocks Buch"),
        ("Ada Lovelock", "Ada <b>Lovelock</b>s Buch"),
        ("Hans Maass", "Hans Maass\N{RIGHT SINGLE QUOTATION MARK} Haus"),
        # as files, addresses and tags have it
        ("Ada Lovelock", "#AdaLovelock"),
        ("Ada Lovelock", "adaLovelock"),
        ("Ada Lovelock", "/talks/adalovelock/"),
        ("Ada Lovelock", "/talks/ada-lovelock2.jpg"),
        ("Ada Lovelock", "IMG_2026ada_lovelock.jpg"),
        ("Ada Lovelock", "photoAdaLovelockSmall.jpg"),
        ("Ann Reh", "photo-AnnReh.jpg"),
        ("Ann-Marie Reh", "Annmarie Reh"),
        ("J. R. Lovelock", "JR Lovelock"),
        ("Jörg Müller", "joerg-mueller"),
        ("Will Grant", "WillGrant"),
        ("Ludwig van der Berg", "Ludwig van der Berg"),
        # as lists have it, and with links
        ("Cleopatra Niles", "Niles, Cleopatra"),
        ("Cleopatra Niles", "engineers:\nStone, Mark\nNiles, Cleopatra\nKing, Ann"),
        ("Cleopatra Niles", "<td>Queen</td><td>Niles, Cleopatra</td>"),
        ("Cleopatra Niles", '<a href="/niles/">Niles</a>, Cleopatra'),
        ("Cleopatra Niles", "[Niles](https://a.example/n_(b) 'of Egypt'), Cleopatra"),
        ("Niles, Cleopatra", '<a href="/niles/">Cleopatra</a> Niles'),
        ("Niles, Cleopatra", "[Cleopatra](https://a.example/) **Niles**"),
        ("Niles, Cleopatra", "[Cleopatra][c] [Niles][n]"),
        ("Ludwig van der Berg", "van der Berg, Ludwig"),
        ("Cleopatra Niles", "it. By Niles, Cleopatra"),
        ("Cleopatra Niles", "it. See Niles, Cleopatra (2020)"),
        ("Cleopatra Niles", "with Frau Niles, Cleopatra"),
        ("Cleopatra Niles", "<li>Speaker Niles, Cleopatra</li>"),
        ("Cleopatra Niles", "Guests\n\nNiles, Cleopatra M."),
        # titles, and letters that people write in two ways
        ("Prof. Dr.-Ing. Cleopatra Niles", "Cleopatra Niles"),
        ("Dr. rer. pol. Cleopatra Niles", "Cleopatra Niles"),
        ("Dr. Phil Niles", "Phil Niles"),
        ("Juergen Mueller", "Jürgen Müller"),
        ("Jürgen Müller", "Jürgen Mueller"),
        ("Jörg Müller", "Jorg Mueller"),
        ("Søren Niles", "Soeren Niles"),
    ],
)
def test_a_name_is_found_as_it_is_said(written: str, said: str) -> None:
    secret = Secret(written, "name", "contacts", "ada", ("name",))
    assert search(Matcher(spellings(secret)), "a.html", f"&amp; with {said}.".encode()).found
    assert search(Matcher(spellings(secret)), f"with {said}", b"").found


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Ann Other", "another, ANOTHER, Another"),
        ("Art Lingen", "Startlingen"),
        ("Will Grant", "willGrant(), willgrant"),
        ("Mark Page", "markPage()"),
        ("Donald Smythe", "Ronald McDonald Smythe"),
        ("Ada Lovelock", "Canada Lovelock, Ada Lovelocksmith, GrenadaLovelock, adaLovelocksmith"),
        ("Ada Lovelock", "Mary Lovelock, Ada Brown and J. Lovelock, Ada Brown"),
        ("Ada Lovelock", "so did Mary\nLovelock, Ada Brown"),
        ("Ada Lovelock", "<a>Mary Lovelock</a>, <a>Ada Brown</a>"),
        ("Thomas Jameson", "Thomas, Jameson and Peter"),
        ("Martin Thomas", "Thanks to Anna, Thomas, Martin and Paul"),
        ("Rosemary Lamb", "roast lamb, rosemary and garlic"),
        ("Austin Jackson", "Memphis, Jackson, Austin"),
    ],
)
def test_other_words_and_other_people_are_no_name(name: str, text: str) -> None:
    secret = Secret(name, "name", "contacts", "ada", ("name",))
    assert not search(Matcher(spellings(secret)), "a.html", text.encode()).found


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\n    ", "\n\t", "\\n  "])
def test_base64_is_read_over_lines_that_are_indented(line_end: str) -> None:
    coded = base64.b64encode(b"It was said long before Ada Lovelock knew of it" + b" and of it" * 9).decode()
    lines = line_end.join(coded[at : at + 40] for at in range(0, len(coded), 40))  # the name stands on two of them
    secret = Secret("Ada Lovelock", "name", "contacts", "ada", ("name",))
    assert search(Matcher(spellings(secret)), "a.yaml", f"data: |{line_end}{lines}{line_end}".encode()).found


def test_many_lines_of_base64_are_put_together_once() -> None:
    lines = base64.encodebytes(random.Random(1).randbytes(60_000)).decode()
    read = sum(len(said) for coded in base64_in(lines) for said in coded.said)
    assert read < 10 * len(lines), "each line together with all before it would be hundreds of times as much"


def test_whatever_was_learned_is_private_but_not_what_somebody_likes() -> None:
    learned = {"family": ("expects twins in the coming winter",), "interests": ("very old mechanical clocks",)}
    line = Interaction("j1", datetime(2026, 1, 1, tzinfo=UTC), "call", learned=learned)
    assert [secret.text for secret in secrets_of(Vault(Me(), journal=(line,)))] == [*learned["family"]]


def test_what_a_mistake_hides_of_any_file_of_the_vault_is_no_clearance(
    site: Callable[[str], Path], brandkit: Callable[..., Any]
) -> None:
    project = site(SITE.format(text="Text.", description="d"))
    events = project / "content/vault/events.yaml"
    events.write_text("- {id: conf, name: Conf, start: 2026-05-01, attendees: [{name: Zoe Hidden}], nonsense: 1}\n")
    ran = leaks(project, brandkit)
    assert ran.code == 3
    assert "content/vault/events.yaml:1" in ran.err
    events.rename(project / "content/vault/feeds.yaml")
    assert leaks(project, brandkit).code == 0, "what you follow is no secret"


def test_a_comment_names_nobody_on_purpose(site: Callable[[str], Path], brandkit: Callable[..., Any]) -> None:
    project = site(SITE.format(text="Ask Ada Example.", description="d"))
    (project / "content/data").mkdir()
    (project / "content/data/thanks.yaml").write_text("# not yet: Ada Example\n- name: Somebody Else\n  for: time\n")
    assert leaks(project, brandkit).code == 3


def test_a_vault_that_lost_its_people_clears_nothing(
    site: Callable[[str], Path], tmp_path: Path, brandkit: Callable[..., Any]
) -> None:
    project = site(SITE.format(text="Text.", description="d"))
    deploy = ("deploy", "--example", "folder", str(tmp_path / "www"))
    people = "".join(f"- {{id: p{n}, name: Person{n} Sample, emails: [p{n}@acme.example]}}\n" for n in range(9))
    contacts = project / "content/vault/contacts.yaml"
    contacts.write_text(contacts.read_text() + people)
    assert brandkit(project, *deploy).code == 0
    contacts.unlink()
    (project / "content/vault/journal/2026.jsonl").unlink()
    lost = brandkit(project, *deploy)
    assert lost.code == 3
    assert "was a file of it lost?" in lost.err
    assert brandkit(project, *deploy, "--smaller-vault").code == 0
    assert brandkit(project, *deploy).code == 0


@pytest.mark.parametrize("gap", [" ", "\n", "[", "_ ", "<b> "])
def test_what_stands_between_two_words_is_read_once(gap: str) -> None:
    text = f"Ada{gap * 200_000}Lovelocksmith, Lovelock{gap * 200_000},Adam"  # each part of it anew would take minutes
    secret = Secret("Ada Lovelock", "name", "contacts", "ada", ("name",))
    assert not search(Matcher(spellings(secret)), "a.html", text.encode()).found


def test_comments_that_never_end_are_read_once() -> None:
    text = f"<b>Ada</b> Lovelock {'<!-- ' * 50_000}".encode()  # a second look at each would take minutes
    secret = Secret("Ada Lovelock", "name", "contacts", "ada", ("name",))
    assert search(Matcher(spellings(secret)), "a.html", text).found


SHARED_WORDS = """
-- site.yaml --
title: T
url: https://t.example/
today: 2026-03-01
-- content/posts/one.md --
---
title: One
date: 2026-02-01
---
A quiet post.

Call her: +49 30 5550
0101, at any time.
-- content/posts/two.md --
---
title: Two
date: 2026-02-02
---
Nothing here.
-- content/static/notes.txt --
first line
write to ada@private.example
-- content/vault/contacts.yaml --
- id: ada
  name: Ada Example
  emails: [ada@private.example]
  phones: ["+49 30 5550 0101"]
"""


def test_what_is_found_names_the_source_to_open(
    site: Callable[[str], Path], brandkit: Callable[..., Any], tmp_path: Path
) -> None:
    folder = site(SHARED_WORDS)
    said = brandkit(folder, "check", "--leaks")
    assert said.code == 3
    phone = "content/posts/one.md:7: ada.phones[0] (content/vault/contacts.yaml:4)\n    in public/posts/one/index.html"
    assert f"{phone} and " in said.err
    mail = "content/static/notes.txt:2: ada.emails[0] (content/vault/contacts.yaml:3)\n    in public/notes.txt\n"
    assert mail in said.err
    assert "two.md" not in said.err
    machine = brandkit(folder, "check", "--leaks", "--json").json["diagnostics"]
    words = {finding["file"]: finding["message"] for finding in machine}
    written = "ada.phones[0] (content/vault/contacts.yaml:4), written in content/posts/one.md:7"
    assert words["public/posts/one/index.html"] == f"private words stand here: {written}"
    assert words["public/feed.xml"] == f"private words stand here: {written}"  # the post that says it is named
    assert {finding["hint"] for finding in machine} == {"take them out"}
    refused = brandkit(folder, "deploy", "--example", "folder", str(tmp_path / "www"))
    assert refused.code == 3
    assert phone in refused.err
    assert "mentions:" not in refused.err  # it lets no number pass
    (folder / "content/posts/two.md").write_text("---\ntitle: Two\ndate: 2026-02-02\n---\nAsk Ada Example.\n")
    assert "mentions: [Their Name]" in brandkit(folder, "deploy", "--example", "folder", str(tmp_path / "www")).err


def test_a_long_report_stays_short() -> None:
    written = Written(("content/posts/x.md:7",), own=True)
    many = [Leak(f"ada.facts[{n}]", f"content/vault/contacts.yaml:{n + 3}", "text", written) for n in range(20)]
    said = told(
        {
            "public/feed.xml": [replace(one, written=replace(written, own=False)) for one in many],
            "public/posts/x/index.html": many,
        }
    )
    assert said.startswith("content/posts/x.md:7: ada.facts[0], ")
    assert said.endswith(":9, :10) and 12 more\n    in public/posts/x/index.html and 1 more file")
    pushed = {f"{n}.md (pushed)": [replace(one, written=Written()) for one in many] for n in range(30)}
    lines = told(pushed).splitlines()
    assert len(lines) == 21
    assert lines[-1] == "  and 10 more places"
    assert max(map(len, lines)) < 250
