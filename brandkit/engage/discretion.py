"""What touches something sensitive, and so stays between two people. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from brandkit.engage.contacts import Contact
from brandkit.engage.matching import telling

_QUIET = frozenset({"stand-by", "life-event"})


def is_quiet(kinds: Iterable[str], said: str, contacts: Iterable[Contact]) -> bool:
    """Whether a line of the journal is nobody's business over a shoulder. `kinds` are its type and its move."""
    return not _QUIET.isdisjoint(kinds) or any(touches_secret(said, contact) for contact in contacts)


def touches_secret(text: str, contact: Contact) -> bool:
    """Whether a text shares a telling word with a need of theirs that is sensitive."""
    secrets = [telling(need.text, contact.languages) for need in contact.needs if need.sensitive]
    return bool(secrets) and any(telling(text, contact.languages) & words for words in secrets)
