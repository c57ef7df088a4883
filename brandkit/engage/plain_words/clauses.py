"""A line cut into clauses: what can be true or not by itself. Pure.

Quoted words are nobody's promise: each quotation becomes one sign, which `unfold` turns back.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_QUOTED = re.compile(r'"[^"\n]+"|“[^”\n]+”|„[^“”\n]+[“”]|»[^«\n]+«|«[^»\n]+»')
_FIRST_SIGN = 0xE000  # of Unicode's private use
_MOST_QUOTES = 500
_PRIVATE = re.compile("[\ue000-\uf8ff]")
_SENTENCE = re.compile(
    r"(?<!\bDr)(?<!\bMr)(?<!\bMs)(?<!\bMrs)(?<!\bProf)(?<!\bSt)(?<!e\.g)(?<!i\.e)(?<!\bz)(?<!\bca)(?<!\bNr)(?<!\bvs)"
    r"(?:(?<![0-9])\.(?=\s|$)|(?<=[0-9])\.(?=\s+(?!\d|Jan|Feb|Mär|Apr|Mai|Jun|Jul|Aug|Sep|Okt|Nov|Dez)[A-ZÄÖÜ]|$)"
    r"|[!?](?=\s|$)|[;\n]|:(?=\s|$)|\s[-–—]+\s|[()])"
)
_STARTS = (
    r"(?:I|we|he|she|they|ich|wir|er|sie)\b(?!\w)|(?:I|we|she|he|they)['’]|"
    r"(?:is|was|wants?|needs?|has|looks|will|promised|asked|sent|met|called|talked|told|thanked|helped|got|lost|"
    r"started|"
    r"moves|lives|works|loves|recommended|referred|gave|owes|"
    r"ist|hat|will|möchte|braucht|sucht|schickt|wohnt|arbeitet|habe|werde|interessiert|zieht|mag)\b"
)
_COMMA = re.compile(
    rf",\s+(?:and |und |but |aber )?|\s+(?:and|und)(?: then| dann)?\s+(?={_STARTS})|\s+(?:but|aber|because|weil)\s+",
    re.IGNORECASE,
)
_LIST = re.compile(r"[^\s,]+(?: [^\s,]+){0,3}(?:,| and | und )(?!\s*(?:" + _STARTS + "))", re.IGNORECASE)
_VERB = re.compile(
    r"\b(?:is|was|are|were|has|had|will|went|looks|wants|needs|ist|war|hat|wird|braucht|sucht|I|she|he|they|we|ich|"
    r"wir|er)\b"
)
_PROMISED = re.compile(r"(?:versprochen|zugesagt|versprach|promised)$", re.IGNORECASE)
_DAY_NEXT = re.compile(
    r"(?:by|until|before|no later than|due|bis|spätestens|on|am|yesterday|today|gestern|vorgestern|heute)\b[^,]{0,25}$"
    r"|[^,]{0,12}\bago$|vor \w+ \w+$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Clause:
    """Some words, and whether they are part of a question."""

    words: str
    asked: bool = False


def folded(text: str) -> tuple[str, tuple[str, ...]]:
    """The text with each quotation as one sign, and the quotations."""
    quotes: list[str] = []

    def hide(match: re.Match[str]) -> str:
        if len(quotes) >= _MOST_QUOTES:
            return " "
        quotes.append(match[0])
        return chr(_FIRST_SIGN + len(quotes) - 1)

    return _QUOTED.sub(hide, _PRIVATE.sub(" ", text)), tuple(quotes)


def unfold(words: str, quotes: Sequence[str]) -> str:
    """The words with their quotations."""
    return _PRIVATE.sub(lambda sign: quotes[ord(sign[0]) - _FIRST_SIGN], words)


def clauses_of(text: str) -> Iterator[Clause]:
    """The clauses of a text whose quotations are folded."""
    start = 0
    for end in (*_SENTENCE.finditer(text), None):
        sentence = text[start : end.start() if end else None]
        asked = end is not None and end[0] == "?"
        for part in _parts(sentence):
            if words := " ".join(part.split()).strip(" ,.-–—"):
                yield Clause(words, asked)
        start = end.end() if end else start


def _parts(sentence: str) -> Iterator[str]:
    """A sentence cut at commas and before verbs, but not inside of `the list, the notes and the slides`."""
    start = 0
    for cut in _COMMA.finditer(sentence):
        before, after = sentence[start : cut.start()], sentence[cut.end() :]
        if cut[0].strip() == "," and (_is_list(after) or _PROMISED.search(before) or _DAY_NEXT.match(after)):
            continue
        yield before
        start = cut.end()
    yield sentence[start:]


def _is_list(after: str) -> bool:
    match = _LIST.match(after)
    return match is not None and not _VERB.search(match[0]) and re.search(r"\b(?:and|und)\b", after) is not None
