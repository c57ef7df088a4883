"""Row 10, appreciation in public: consented quotes are offered and shown, others never; thanks are public."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

PROJECT = """
-- site.yaml --
title: Kim
url: https://kim.example/
-- content/testimonials/mo.md --
---
by: Mo Example
quote: She mended it in the rain.
consent: 2026-02-01
---
-- content/testimonials/jo.md --
---
by: Jo Secret
quote: Nobody should read this.
---
-- content/data/thanks.yaml --
- {name: The tea shop, for: warm hands}
"""


@pytest.fixture
def folder(site: Callable[[str], Path]) -> Path:
    return site(PROJECT)


def everything(folder: Path) -> str:
    files = (
        path for path in sorted((folder / "public").rglob("*")) if path.suffix in (".html", ".xml", ".json", ".txt")
    )
    return "\n".join(path.read_text(encoding="utf-8") for path in files)


def test_a_quote_is_shown_with_its_consent_and_never_without(brandkit: Any, folder: Path) -> None:
    ran = brandkit(folder, "build", "--today", "2026-03-01")
    assert ran.code == 1 and "content/testimonials/jo.md:1:1: error BK145" in ran.err
    text = everything(folder)
    assert "She mended it in the rain." in text and "Mo Example" in text
    assert "Nobody should read this." not in text and "Jo Secret" not in text


def test_thanks_stand_on_a_page_of_their_own(brandkit: Any, folder: Path) -> None:
    (folder / "content/testimonials/jo.md").unlink()
    assert brandkit(folder, "build", "--today", "2026-03-01").code == 0
    assert "warm hands" in (folder / "public/thanks/index.html").read_text(encoding="utf-8")
    (folder / "content/data/thanks.yaml").unlink()
    assert brandkit(folder, "build", "--today", "2026-03-01").code == 0
    assert not (folder / "public/thanks").exists()


WORDS = "She mended our pipeline before lunch."
PEOPLE = """
- {id: ada, name: Ada Example, consent: {publish: [name, quote]}}
- {id: half, name: Half Example, consent: {publish: [name]}}
- {id: shy, name: Shy Example, consent: {publish: [quote]}}
- {id: mum, name: Mum Example}
- {id: mute, name: Mute Example, consent: {publish: [name, quote]}}
- {id: nora, name: Nora Example, consent: {publish: [name, quote]}, do_not_contact: true}
- {id: dan, name: Dan Example, consent: {publish: [name, quote]}, deceased: true}
- {id: held, name: Held Example, consent: {publish: [name, quote]}, hold: {reason: illness, until: 2026-04-01}}
"""


def praise(who: str, summary: str = WORDS) -> dict[str, Any]:
    return {"at": "2026-02-10", "contacts": [who], "type": "feedback", "direction": "received", "summary": summary}


def test_a_consented_quote_is_offered_as_a_draft_that_is_public_only_once_it_was_read(
    brand: Callable[..., Path], brandkit: Any
) -> None:
    folder = brand(PEOPLE, [praise("ada", "Older words."), praise("ada")])
    made = brandkit(folder, "export", "testimonials", "ada", "--json")
    assert made.code == 0
    assert made.json == {"written": ["content/testimonials/ada-example.md"]}
    file = folder / "content/testimonials/ada-example.md"
    text = file.read_text(encoding="utf-8")
    assert "by: Ada Example" in text.replace('"', "") and WORDS in text
    assert brandkit(folder, "build", "--offline").code == 0
    assert WORDS not in everything(folder), "a draft, to be read first"
    file.write_text(text.replace("draft: true\n", ""), encoding="utf-8")
    assert brandkit(folder, "build", "--offline").code == 0
    assert WORDS in everything(folder)
    again = brandkit(folder, "export", "testimonials", "ada")
    assert again.code == 2, "what a person has read and changed is never replaced"
    assert file.read_text(encoding="utf-8") == text.replace("draft: true\n", "")


def test_without_consent_to_name_and_quote_it_is_refused_and_no_file_is_made(
    brand: Callable[..., Path], brandkit: Any
) -> None:
    who = ["half", "shy", "mum", "nora", "dan", "held"]
    folder = brand(PEOPLE, [praise(one) for one in who])
    for one in who:
        refused = brandkit(folder, "export", "testimonials", one)
        assert refused.code == 3, one
        assert WORDS not in refused.out + refused.err
    mute = brandkit(folder, "export", "testimonials", "mute")
    assert mute.code == 2 and "there are no words of Mute Example" in mute.err
    assert not (folder / "content/testimonials").exists()
