"""Row 25, stay yourself: drafts from one's own templates, for the channel and language of the person."""

from __future__ import annotations

from collections.abc import Callable
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

Brand = Callable[..., Path]

NEED = "needs: [{text: find a platform lead, since: 2026-02-01}]"


def drafts(suggestions: list[dict[str, Any]], move: str = "share") -> dict[str, Any]:
    return {s["contact"]: s["draft"] for s in suggestions if s["move"] == move}


def test_no_draft_quotes_a_need_a_note_or_what_was_learned(
    brand: Brand, brandkit: Any, library: Any, item: Any
) -> None:
    telling = item(
        "https://talk.example/x",
        "A talk about talks",
        "The canaryneed is what we heard of most. After the canaryneed came canarylearned, and then canaryinterest.",
    )
    call = {"at": "2026-01-01", "contacts": ["ada"], "type": "call", "direction": "mutual"}
    said = {"summary": "canarysummary about her boss", "learned": {"needs": ["canarylearned"]}}
    contact = (
        "- {id: ada, name: Ada Example, every: 30 days, organization: Canaryfirm, facts: [canaryfact],\n"
        "   needs: [{text: canaryneed, since: 2026-02-01, sensitive: true}], notes: canarynote,\n"
        "   interests: [canaryinterest], avoid: [canaryavoid]}\n"
    )
    found = brandkit(brand(contact, [{**call, **said}], [*library.values(), telling]), "suggest", "--json").json
    assert {s["move"] for s in found} == {"share", "check-in"}
    for suggestion in found:
        assert "canary" not in str(suggestion["draft"]).casefold()
    assert "The canaryneed is what we heard of most." in str(found), "the evidence is for you, and does say it"


def test_the_channel_and_the_language_of_the_person_choose_the_words(brand: Brand, brandkit: Any, feed_of: Any) -> None:
    people = "".join(
        f"- {{id: {id}, name: {id.title()} Example, every: 30 days, {more}}}\n"
        for id, more in {
            "mail": "channel: email, languages: [en-GB]",
            "sms": "channel: sms, languages: [en]",
            "de": "languages: [de]",
            "sie": "languages: [de-AT], tone: formal",
            "fr": "languages: [fr]",
            "both": "languages: [fr, de]",
        }.items()
    )
    said = brandkit(brand(people), "suggest", "--json").json
    found = drafts(said, "check-in")
    assert found["mail"]["subject"] == "How are you?"
    assert (found["sms"]["channel"], found["sms"]["subject"]) == ("sms", "")
    assert "Subject:" not in found["sms"]["text"]
    assert found["de"]["text"].startswith("Hallo De,")
    assert found["sie"]["text"].startswith("Guten Tag")
    assert "Ihnen" in found["sie"]["text"]
    assert found["both"]["text"].startswith("Hallo Both,")
    assert found["fr"] is None
    note = next(s for s in said if s["contact"] == "fr")["notes"]
    assert note == ["There is no check-in template in fr yet: write one in templates/."]


def test_your_own_templates_come_before_the_built_in_ones(brand: Brand, brandkit: Any) -> None:
    own = "content/vault/templates"
    files = {
        f"{own}/share.en.txt": "Subject: For you: {{ item.title }}\nDear {{ first_name }}, {{ item.url }}\n{{ me }}\n",
        f"{own}/share.signal.en.txt": "{{ first_name }}! {{ item.url }}\n",
        f"{own}/share.fr.txt": "Bonjour {{ first_name }}, {{ item.url }}\n",
        f"{own}/check-in.en.txt": "{{ contact.notes }}\n",
    }
    folder = brand(
        f"- {{id: ada, name: Ada Example, {NEED}, every: 30 days, avoid: [crypto]}}\n"
        f"- {{id: bea, name: Bea Example, channel: signal, {NEED}, avoid: [crypto]}}\n",
        files=files,
    )
    said = brandkit(folder, "suggest", "--json")
    assert said.code == 0
    found = drafts(said.json)
    assert found["ada"]["subject"].startswith("For you: How we found")
    assert found["ada"]["text"].startswith("Dear Ada, https://")
    assert found["bea"]["text"].startswith("Bea! https://")
    broken = next(s for s in said.json if s["move"] == "check-in")
    assert broken["draft"] is None
    assert "check-in.en.txt" in broken["notes"][0], "a template that asks for what a draft may not see says so"


def test_a_draft_is_written_out_for_its_channel_and_what_was_edited_is_kept(
    brand: Brand, brandkit: Any, library: Any
) -> None:
    more = f"{NEED}, avoid: [crypto]"
    people = f"- {{id: ada, name: Ada Example, emails: [ada@example.org], {more}}}\n- {{id: bea, name: Bea Example}}\n"
    folder = brand(people)
    (one,) = brandkit(folder, "suggest", "--json").json
    assert (one["contact"], one["move"]) == ("ada", "share")
    written = brandkit(folder, "draft", one["id"], "--json").json
    assert (written["subject"], written["channel"]) == (library["lead"].title, "email")
    assert written["text"].startswith("Hi Ada,\n")
    assert written["text"].endswith("Alex\n")
    assert library["lead"].url in written["text"]
    assert "?" not in written["text"]
    assert written["kept"] == written["notes"] == []
    text, mail = (folder / file for file in written["files"])
    message = message_from_bytes(mail.read_bytes(), policy=policy.default)
    assert (message["To"], message["Subject"], message["X-Unsent"]) == ("ada@example.org", one["draft"]["subject"], "1")
    mine = "Subject: Mine\n\nAda, could you read [this]?\n"
    text.write_text(mine)
    again = brandkit(folder, "draft", one["id"], "--json")
    assert again.code == 0, "lint is a note, never a failure"
    assert again.json["kept"] == [written["files"][0]]
    assert any("still to be filled in" in note for note in again.json["notes"])
    assert text.read_text() == mine
    short = brandkit(folder, "draft", one["id"], "--channel", "call", "--json").json
    assert text.read_text() == mine, "neither is it overwritten for another channel"
    assert short["channel"] == "call"


def test_each_network_gets_words_within_its_limit(brand: Brand, brandkit: Any, library: Any) -> None:
    limits = {"sms": 306, "whatsapp": 65536, "signal": 2000, "mastodon": 500, "bluesky": 300, "linkedin": 8000}
    people = "".join(
        f"- {{id: {c}, name: Ada Example, channel: {c}, {NEED}, avoid: [crypto], every: 30 days}}\n"
        for c in (*limits, "call", "email")
    )
    said = brandkit(brand(people), "suggest", "--json").json
    for move in ("share", "check-in"):
        found = drafts(said, move)
        assert set(found) == {*limits, "call", "email"}
        for channel, limit in limits.items():
            assert found[channel]["channel"] == channel
            assert found[channel]["subject"] == ""
            assert len(found[channel]["text"]) <= limit
        assert all(line.startswith("- ") for line in found["call"]["text"].strip().split("\n")), "talking points"
        assert "http" not in found["call"]["text"], "nobody reads an address aloud"
        assert found["email"]["subject"]
    assert all(library["lead"].url in drafts(said)[channel]["text"] for channel in limits)


def test_nothing_that_is_run_sends_anything_or_writes_into_the_vault(brand: Brand, brandkit: Any) -> None:
    folder = brand(f"- {{id: ada, name: Ada Example, {NEED}}}\n")
    vault = folder / "content/vault"
    before = {p: p.read_bytes() for p in vault.rglob("*") if p.is_file()}
    for arguments in (("suggest", "ada"), ("build", "--offline"), ("check",)):
        assert brandkit(folder, *arguments).code == 0
    assert {p: p.read_bytes() for p in vault.rglob("*") if p.is_file()} == before
