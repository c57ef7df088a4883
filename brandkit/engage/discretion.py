"""What touches something sensitive, and so stays between two people. Pure."""

from __future__ import annotations

from brandkit.engage.contacts import Contact
from brandkit.engage.matching import telling


def touches_secret(text: str, contact: Contact) -> bool:
    """Whether a text shares a telling word with a need of theirs that is sensitive."""
    secrets = [telling(need.text, contact.languages) for need in contact.needs if need.sensitive]
    return bool(secrets) and any(telling(text, contact.languages) & words for words in secrets)
