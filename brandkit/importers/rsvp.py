"""Guest lists, and any other table of people: ticket sites, sign-up sheets, and brandkit's own CSV. Pure.

English and German headings. A list may name the guest and who paid: the guest is meant.
"""

from __future__ import annotations

import re

from brandkit.importers.columns import Columns, read_people
from brandkit.importers.person import ImportedPeople

_GUEST = r"(?:attendee|guest|participant|ticket holder|teilnehmer|gast)(?:'s|in|s)?[ -]"
_PATTERNS = tuple(
    (re.compile(f"(?:{_GUEST})?(?:{pattern})"), meaning)
    for pattern, meaning in (
        (r"(?:full |vollständiger |ganzer )?name|display name|attendee|guest|participant", "name"),
        (r"teilnehmer(?:in|/in|\*in|:in)?|gast", "name"),
        (r"(?:name )?(?:first|given)[ -]?name|(?:name )?vorname", "given"),
        (r"middle[ -]?name", "middle"),
        (r"(?:name )?(?:last|family)[ -]?name|surname|(?:name )?(?:nach|familien)name", "family"),
        (r"e-?mail(?:[ -]?(?:address|adresse))?(?: \d)?|mail|email primary", "email"),
        (r"phone(?:[ -]?number)?(?: \d)?|(?:mobile|cell)(?: phone| number)?|telefon(?:nummer)?|handy|mobil", "phone"),
        (r"company|organi[sz]ation|employer|company name|firma|unternehmen|organisation|arbeitgeber", "organization"),
        (r"(?:job[ -]?|business )?title|position|role|funktion|beruf|berufsbezeichnung", "title"),
        (r"pronouns?|pronomen", "pronouns"),
        (r"url|web ?site|web ?page|links?|webseite|homepage|blog", "link"),
        (r"linkedin(?: profile| url| profil)?", "profile:linkedin"),
        (r"(?:twitter|x)(?: handle)?", "profile:twitter"),
        (r"mastodon(?: handle)?", "profile:mastodon"),
        (r"bluesky(?: handle)?", "profile:bluesky"),
        (r"github(?: handle| profile| user| username)?", "profile:github"),
        (r"birthday|date of birth|geburtstag|geburtsdatum", "birthday"),
        (r"languages?|sprachen?", "language"),
        (r"time ?zone|zeitzone", "timezone"),
        (r"notes?|comments?|notizen?|bemerkungen?|kommentare?|anmerkungen?", "notes"),
        (r"tags?|labels?|categor(?:y|ies)|roles|kategorien?|schlagworte", "category"),
        (r"(?:rsvp|attendance|approval|attending|going|response|order|ticket)(?: status)?|status", "status"),
        (r"zusage|antwort|kommt|teilnahme(?:status)?|anwesend", "status"),
        (r"met on", "met"),
        (r"profiles", "profiles"),
        (r"dates", "dates"),
    )
)


def read_rsvp(body: bytes, file: str) -> ImportedPeople:
    """Every guest, those who declined too; `attendance` says who comes."""
    return read_people(body, file, _COLUMNS)


def _meaning(heading: str) -> str:
    return next((meaning for pattern, meaning in _PATTERNS if pattern.fullmatch(heading)), "")


_COLUMNS = Columns(_meaning, frozenset({"name", "given", "family", "email"}), least=1, strong=re.compile(_GUEST))
