"""The private strings of a vault: what must not be found in anything that is published. Pure.

First form: mail addresses, phone numbers, and the sentences of notes, needs, facts and the journal,
with what was learned and promised.
Strings of fewer than eight characters are too common to search for. Consent to publish covers name
and quote, which are not among these.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from brandkit.base.text import fold, sentences
from brandkit.engage.model import Interaction, Vault

SHORTEST = 8


def private_strings(vault: Vault) -> dict[str, str]:
    """Each string that must stay private, with the field that it stands in."""
    found: dict[str, str] = {}
    for text, field in _strings(vault):
        clean = fold(text).strip(".!?…,;: ")
        if len(clean) >= SHORTEST:
            found.setdefault(clean, field)
    return found


def _strings(vault: Vault) -> Iterator[tuple[str, str]]:
    for contact in vault.contacts:
        for name in ("emails", "phones", "facts"):
            yield from ((value, f"{contact.id}.{name}") for value in getattr(contact, name))
        yield from ((need.text, f"{contact.id}.needs") for need in contact.needs)
        yield from ((sentence, f"{contact.id}.notes") for sentence in sentences(contact.notes))
    for brief in vault.briefs:
        yield from ((sentence, f"briefs {brief.id}") for sentence in sentences(brief.about))
    quoted = {contact.id for contact in vault.contacts if "quote" in contact.consent.publish}
    for line in vault.journal:
        heard = [text for name in ("needs", "facts") for text in line.learned.get(name, ())]
        summary = () if _is_no_secret(line, quoted) else sentences(line.summary)
        said = [*summary, *heard, *(promise.text for promise in line.promises)]
        yield from ((text, f"journal {line.id}") for text in said if " " in text)


def _is_no_secret(line: Interaction, quoted: Collection[str]) -> bool:
    """The title of what an answer was about; words that they gave you and agreed to see in public."""
    consented = line.type in ("feedback", "promotion") and bool(line.contacts) and set(line.contacts) <= set(quoted)
    return consented or bool(line.move and line.link)
