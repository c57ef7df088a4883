"""Five thousand names that many people have, among them such as are words, too: Will Grant, Mark Page, Grace Long."""

from __future__ import annotations

FIRST = (
    "James Mary Robert Patricia John Jennifer Michael Linda David Elizabeth William Barbara Richard Susan Joseph "
    "Jessica Thomas Sarah Christopher Karen Charles Lisa Daniel Nancy Matthew Betty Anthony Sandra Mark Margaret "
    "Donald Ashley Steven Kimberly Andrew Emily Paul Donna Joshua Michelle Kenneth Carol Kevin Amanda Brian "
    "Melissa George Deborah Timothy Stephanie Will Grace Hope Faith Joy May June April Rose Dawn Grant Art Bill "
    "Jack Frank Rich Pat Drew Chase Max Miles Summer Autumn Ray Dale Page Hunter Mason Sky Star Rob Bob Gene Guy "
    "Earl Duke Dean Reed Clay Cliff Heath Ernst Jean Ivy Lily Daisy Violet Olive Ruby Pearl Jade Amber"
).split()
LAST = (
    "Smith Johnson Williams Brown Jones Garcia Miller Davis Rodriguez Martinez Anderson Taylor Moore Jackson "
    "Martin Lee Thompson White Harris Clark Lewis Robinson Walker Young Allen King Wright Scott Green Baker Page "
    "Long Grant Price Cash Short Small Wise Good Best Cross Stone Wood Hill Field Bridge Bell Case Power Work"
).split()


def vault(names: list[str] | None = None) -> str:
    """contacts.yaml with somebody of each name."""
    everybody = names or [f"{first} {last}" for first in FIRST for last in LAST]
    return "".join(f'- {{id: p{number}, name: "{name}"}}\n' for number, name in enumerate(everybody))
