"""Row 17, needs and perspectives: needs fade, `avoid` excludes, what is sensitive stays out of sight."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

Brand = Callable[..., Path]


def person(id: str, needs: str, more: str = "") -> str:
    return f"- {{id: {id}, name: {id.title()} Example, needs: [{needs}]{', ' + more if more else ''}}}\n"


def offered(suggestions: list[dict[str, Any]], who: str) -> list[str]:
    return [s["item"]["url"] for s in suggestions if s["contact"] == who and s["item"]]


def test_needs_fade_and_what_was_learned_joins_the_contact(brand: Brand, brandkit: Any, library: Any) -> None:
    lead = "text: find a platform lead"
    old = "interests: [rainwater], every: 30 days"
    learned = {"learned": {"needs": ["a platform lead"], "interests": ["rainwater"]}}
    folder = brand(
        person("ada", f"{{{lead}, since: 2025-09-01}}", old)
        + person("bea", f"{{{lead}, since: 2025-09-02}}", old)
        + person("cleo", f"{{{lead}}}", old)
        + person("dora", f"{{{lead}, since: 2025-09-01, sensitive: true}}", old)
        + "".join(person(who, "") for who in ("told", "long", "quiet", "undone")),
        [
            {"did": "2026-02-20 told call mutual", **learned},
            {"did": "2025-06-01 long call mutual", **learned},
            {"did": "2026-02-20 quiet call mutual", "summary": "spoke about the weather"},
            {"did": "2026-02-20 undone call mutual", **learned, "id": "slip"},
            {"at": "2026-02-21", "supersedes": "slip"},
        ],
    )
    said = brandkit(folder, "suggest", "--json").json
    assert offered(said, "ada") == [library["rain"].url]
    assert library["lead"].url in offered(said, "bea"), "180 days ago still counts"
    assert library["lead"].url in offered(said, "cleo"), "a need without a day does not fade"
    assert not any(c["name"] == "need" for s in said if s["contact"] == "ada" for c in s["components"])
    notes = {s["contact"]: s["notes"] for s in said if s["item"]}
    assert notes["ada"] == ["“find a platform lead” is from September 2025: is it still so?"]
    assert notes["bea"] == notes["cleo"] == notes["dora"] == []
    assert set(offered(said, "told")) >= {library["lead"].url, library["rain"].url}
    assert offered(said, "long") == [library["rain"].url], "what was learned long ago fades like any need"
    assert offered(said, "quiet") == offered(said, "undone") == []


def test_what_they_avoid_is_left_out_and_asked_why_it_says_so(brand: Brand, brandkit: Any, library: Any) -> None:
    lead = "{text: find a platform lead, since: 2026-02-01}"
    folder = brand(
        person("ada", lead, "avoid: [Crypto]")
        + person("bea", lead)
        + person("keys", "{text: release signatures, since: 2026-02-01}", "avoid: [crypto]")
    )
    said = brandkit(folder, "suggest", "--json").json
    assert offered(said, "ada") == [library["lead"].url]
    assert set(offered(said, "bea")) == {library["lead"].url, library["ledger"].url}
    assert offered(said, "keys") == [library["signatures"].url], "whole words: cryptography is not crypto"
    why = brandkit(folder, "suggest", "--blocked", "ada")
    assert why.code == 0
    assert library["ledger"].title in why.out
    assert "avoid: it touches Crypto, which they would rather not read about" in why.out
    assert "No gate refused anything for Bea." in brandkit(folder, "suggest", "--blocked", "bea").out


def test_a_sensitive_need_is_met_but_stays_off_the_page_of_the_week(brand: Brand, brandkit: Any, library: Any) -> None:
    lead = "text: find a platform lead, since: 2026-02-01"
    folder = brand(person("ada", f"{{{lead}, sensitive: true}}") + person("bea", f"{{{lead}}}"))
    said = brandkit(folder, "suggest", "--json").json
    secret = next(s for s in said if s["contact"] == "ada")
    assert secret["item"]["url"] == library["lead"].url
    assert "platform lead" not in secret["why"]
    assert "platform lead" in next(s for s in said if s["contact"] == "bea")["why"]
    assert {s["contact"] for s in brandkit(folder, "suggest", "--json", "--minutes", "600").json} == {"bea"}
    assert brandkit(folder, "build", "--offline").code == 0
    week = (folder / "private/index.html").read_text()
    assert "Bea Example" in week
    assert "Ada" not in week
    assert "This may be of use to" in (folder / "private/people/ada.html").read_text()


def test_a_call_that_is_logged_in_plain_words_joins_the_contact(brand: Brand, brandkit: Any, library: Any) -> None:
    folder = brand(person("ada", ""))
    assert offered(brandkit(folder, "suggest", "--json").json, "ada") == []
    assert brandkit(folder, "log", "ada", "call, looks for a platform lead").code == 0
    said = brandkit(folder, "suggest", "--json").json
    assert library["lead"].url in offered(said, "ada")
    assert "platform lead" not in str([s["draft"]["text"] for s in said]).replace(library["lead"].title, "").replace(
        library["ledger"].title, ""
    )
    assert "a platform lead" in brandkit(folder, "brief", "ada").out
