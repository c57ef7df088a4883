"""What a guest list says about whether somebody comes, in one word. Pure."""

from __future__ import annotations

_WORDS = {
    "yes": "yes y ja j oui si true 1 x going attending attended coming comes accepted approved confirmed present paid "
    "registered valid complete completed zugesagt zusage kommt anwesend bestätigt teilgenommen bezahlt angemeldet",
    "no": "no n nein non false 0 declined cancelled canceled refunded absent expired abgesagt absage storniert "
    "abgelehnt abwesend rejected deleted",
    "maybe": "maybe tentative perhaps interested vielleicht unsicher interessiert",
    "waiting": "waiting waitlist waitlisted pending invited warteliste eingeladen offen ausstehend",
}
_PHRASES = {
    "checked in": "yes", "not going": "no", "not attending": "no", "no show": "no", "no-show": "no",
    "not checked in": "yes", "pending approval": "waiting", "pending payment": "waiting", "on waitlist": "waiting",
    "nicht erschienen": "no", "kommt nicht": "no", "nimmt teil": "yes", "nimmt nicht teil": "no",
}  # fmt: skip
_MEANS = {**{word: meaning for meaning, words in _WORDS.items() for word in words.split()}, **_PHRASES}


def attendance(text: str) -> str:
    """`yes`, `no`, `maybe` or `waiting`; a word that is not known stays as it is."""
    said = text.replace("_", " ").strip().lower()
    return _MEANS.get(said, said)
