"""A line of plain words: what happened, when, what was promised and what was learned. English and German.

In: the words, today, the names of those it is about, the names of events. Out: what was heard, for
a person to look at. What is unsure stays in the summary alone. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from brandkit.engage.ledger import HARD_TIMES
from brandkit.engage.plain_words.clauses import Clause, clauses_of, folded, unfold
from brandkit.engage.plain_words.days import Found, find_due, find_due_since, find_past
from brandkit.engage.plain_words.english import ENGLISH
from brandkit.engage.plain_words.german import GERMAN
from brandkit.engage.plain_words.heard import Heard, HeardPromise, Kind, Language

_LANGUAGES = (ENGLISH, GERMAN)
_LINK = re.compile(r"https?://[^\s<>\"“”„]+", re.IGNORECASE)
_LINK_END = ".,;:!?)]'’"
_LONGEST = 2000  # characters that are read for their sense
_MOST_WORDS = 14  # of a need
_LONG_FORMS = (
    (re.compile(r"\bwon['’]t\b", re.I), "will not"),
    (re.compile(r"(?<=\w)['’]ll\b", re.I), " will"),
    (re.compile(r"\b(she|he|it)['’]s got\b", re.I), r"\1 has got"),
    (re.compile(r"\b(she|he|it)['’]s\b", re.I), r"\1 is"),
    (re.compile(r"\b(I|we|she|he|they)['’]d\b", re.I), r"\1 would"),
    (re.compile(r"\b(they|we|you)['’]re\b", re.I), r"\1 are"),
    (re.compile(r"\bI['’]m\b", re.I), "I am"),
    (re.compile(r"\b(I|we|they|you)['’]ve\b", re.I), r"\1 have"),
)
_FILLER = re.compile(
    r"^(?:(?:so|well|also|then|and|but|oh|yes|ok|okay|note|fyi|sadly|unfortunately|luckily|"
    r"und|aber|dann|also|außerdem|leider|übrigens|happily|by the way),? )+",
    re.I,
)
_ABOUT = re.compile(
    r"\b(?:about|regarding|concerning|re|that|for|because|über|wegen|dass|weil|um|zum|zur|betreffend|für)\b", re.I
)
_THING_END = re.compile(
    r"\s+(?:because|since|so that|so she|so he|when|after|before|weil|damit|denn|bevor|nachdem|any ?more|at the moment|"
    r"right now|again|zurzeit|derzeit)\b.*$|\s+(?:now|lately|these days|too|jetzt|gerade)$",
    re.I,
)
_NO_THING = re.compile(
    r"^(?:it|that|this|them|him|her|something|trouble|fun|streit|nothing|more|me|us|you|out|up|es|das|etwas|"
    r"nichts|mich|uns|mehr|ihn|"
    r"sie)$",
    re.I,
)
_LIMIT = re.compile(r"(?:by|until|before|bis)\b", re.I)
_LONG_AGO = re.compile(
    r"\byears? ago\b|\blast year\b|\bwhen (?:she|he|they) (?:was|were)\b|\bas a (?:child|kid)\b|"
    r"\bin (?:19|20)[0-9]{2}\b|"
    r"\bvor (?:\w+ )?jahre?n?\b|\bletztes jahr\b|\bals (?:sie|er|kind)\b|\bdamals\b|\bonce\b",
    re.I,
)
_AND = re.compile(r",\s*(?:and |und )?|\s+(?:and|und)\s+", re.I)
_YEAR = re.compile(r" [0-9]{4}$")
_AT = r"(?:\bat|\bduring|\bauf|\bbei|\bbeim|\bam|\bon|@)\s+(?:the |de[rmn] |das )?"
_PROMISED_WOULD = re.compile(r"\b(?:I|we) would\b", re.I)
_TOLD = re.compile(r"^(?:she|he|they) (?:told (?:me|us)|said|wrote|mentioned) (?:that )?(?=(?:her|his|their)\b)", re.I)
_SUBJECT = re.compile(r"^(?:she|he|they|sie|er) ", re.I)


_PLANNED = re.compile(
    r"\b(?:next (?:week|month|year|spring|summer|autumn|fall|winter|weekend|\w+day|time|(?:jan|feb|mar|apr|may|"
    r"jun|jul|aug|"
    r"sep|oct|nov|dec)\w*)|in (?:the )?(?:new year|spring|summer|autumn|winter)|soon|some ?day|one day|tomorrow|bald|"
    r"demnächst|irgendwann|übermorgen|(?:nächste[nrsm]?|kommende[nrsm]?) (?:woche|monat|jahr|mal|wochenende|frühling|"
    r"frühjahr|sommer|herbst|winter|\w+tag)|im (?:frühling|frühjahr|sommer|herbst|winter)|"
    r"(?<!am )(?<!heute )(?<!guten )morgen)\b",
    re.I,
)
_DONE = re.compile(  # a verb of the past: what then is to come is something else
    r"\b(?:met|had|called|phoned|rang|spoke|talked|chatted|ran into|bumped into|caught up|visited|"
    r"telefoniert|angerufen|getroffen|gesprochen|gegangen|gegessen|besucht)\b",
    re.I,
)
_TO_BE = re.compile(  # words of what is still to be: their day is none that was
    r"\b(?:will|shall|must|should|can|needs?|wants?|going to|plans?|planned|has to|have to|due|deadline|birthday|since|"
    r"until|by|^(?:text|write|send|ask|remind|check|email|mail|invite|buy|pay|book|order)|muss|müssen|soll|"
    r"sollte|kann|wird|werden?|möchte|braucht|fällig|frist|geburtstag|seit|bis)\b",
    re.I,
)
_TOGETHER = frozenset({"call", "meeting", "session"})
_TOLD_IN = frozenset({"call", "meeting", "message"})  # said in passing, a referral is the greater thing


@dataclass(frozen=True)
class _Reader:
    """What every clause of a line is read with."""

    today: date
    since: date  # what was promised then is due counted from then
    names: tuple[str, ...]
    quotes: tuple[str, ...]

    def said(self, words: str) -> str:
        """The words as they are written down."""
        return unfold(" ".join(words.split()), self.quotes).strip(" ,.;:-–—")


def read_words(
    text: str, today: date, contact_names: Sequence[str] = (), event_names: Mapping[str, str] | None = None
) -> Heard:
    """What a line says. `event_names` are the names of events by their ids. Never fails; all words are kept."""
    summary = text.strip()
    link, plain = _without_link(summary[:_LONGEST])
    hidden, quotes = folded(plain)
    reader = _Reader(today, today, _each_name(contact_names), quotes)
    clauses = [replace(clause, words=_normal(clause.words, reader)) for clause in clauses_of(hidden)]
    read = [_read_clause(clause, reader) for clause in clauses]
    on = _on(read) or today
    if on < today and any(one.promise for one in read):
        read = [_read_clause(clause, replace(reader, since=on)) for clause in clauses]
    type_, direction, reason = _type(read, link, plain)
    return Heard(
        type_,
        direction,
        on,
        summary,
        tuple(one.promise for one in read if one.promise),
        _gathered(read, reason),
        _event(plain, event_names or {}),
        link,
        reason,
    )


@dataclass(frozen=True)
class _Sense:
    """What one clause says."""

    kind: Kind | None = None
    reason: str | None = None
    news: str = ""  # the words of a turn of life
    on: date | None = None
    loose: date | None = None  # a day in words that say nothing else that is known
    promise: HeardPromise | None = None
    learned: tuple[tuple[str, tuple[str, ...]], ...] = ()


def _read_clause(clause: Clause, reader: _Reader) -> _Sense:
    """A clause says one thing: a promise, something learned, a turn of life, or what happened."""
    words = clause.words
    if clause.asked:
        return _Sense()
    happened = find_past(_before_topic(words), reader.today)
    on = happened.day if happened else None
    bare = _without(words, happened) if happened and happened.start == 0 else words
    if any(language.unsure.search(_PROMISED_WOULD.sub(" ", words)) for language in _LANGUAGES):
        kind = _kind(bare)
        certain = kind if kind and kind.type != "referral" else None
        return _Sense(certain, on=on if certain else None)
    promise = _promise(words, reader)
    if promise:
        return _Sense(promise=promise)
    promise = _promise(bare, reader) if bare != words else None
    if promise:
        return _Sense(promise=promise, on=on)
    undated = _without(words, happened) if happened else words
    undated = _TOLD.sub("", undated)
    reason = None if _LONG_AGO.search(words) else _first_reason(undated)
    if reason:
        return _Sense(reason=reason, news=reader.said(_SUBJECT.sub("", words)), on=on)
    learned = tuple(_learned(words, reader))
    if learned:
        return _Sense(learned=learned)
    kind = _kind(bare) or _kind(undated)
    dated = kind or not undated or (happened and words[: happened.start].endswith(", "))
    return _Sense(kind, on=on if dated else None, loose=None if _TO_BE.search(words) else on)


def _on(read: Sequence[_Sense]) -> date | None:
    """The day of what happened; where nothing known did, a day in the first words."""
    told = next((one.on for one in read if one.on), None)
    known = any(one.kind or one.reason for one in read)
    return told or (read[0].loose if read and not known else None)


def _normal(words: str, reader: _Reader) -> str:
    """A clause in its long forms, without fillers, and with `she` for the names at its beginning."""
    for short, long in _LONG_FORMS:
        words = short.sub(long, words)
    words = _FILLER.sub("", words)
    for name in reader.names:
        start = re.match(rf"{re.escape(name)}(?P<own>['’]s|s(?=\s))?(?=\s)", words, re.I)
        if start:
            return ("her" if start["own"] else "she") + words[start.end() :]
    return words


def _each_name(names: Sequence[str]) -> tuple[str, ...]:
    """Whole names and first names, the longest first."""
    every = {part for name in names for part in (name.strip(), name.strip().partition(" ")[0]) if len(part) > 1}
    return tuple(sorted(every, key=lambda name: (-len(name), name)))


def _without(words: str, found: Found | None) -> str:
    if found is None:
        return words
    return " ".join(f"{words[: found.start]} {words[found.end :]}".split()).strip(" ,")


def _before_topic(words: str) -> str:
    """The words up to `about`: a day after it is one that was talked about."""
    topic = _ABOUT.search(words)
    return words[: topic.start()] if topic else words


def _kind(words: str) -> Kind | None:
    kind = next((kind for language in _LANGUAGES for kind in language.kinds if kind.pattern.match(words)), None)
    return None if kind and kind.type in _TOGETHER and _is_planned(words) else kind


def _is_planned(words: str) -> bool:
    """`lunch next spring`: nothing that happened."""
    first = _before_topic(words)
    return _PLANNED.search(first) is not None and not _DONE.search(first)


def _first_reason(words: str) -> str | None:
    return next((reason for lang in _LANGUAGES for pattern, reason in lang.life if pattern.match(words)), None)


def _promise(words: str, reader: _Reader) -> HeardPromise | None:
    due = find_due_since(words, reader.since, reader.today)
    undated = _without(words, due)
    for language in _LANGUAGES:
        for pattern, by in language.promises:
            match = pattern.match(_nameless(undated, reader))
            text = match and language.wording(match, by, due is not None)
            if text and reader.said(text):
                return HeardPromise(by, reader.said(text), due.day if due else None)
    return None


def _nameless(words: str, reader: _Reader) -> str:
    """`I promised Ada the list` as `I promised her the list`."""
    if not reader.names:
        return words
    names = "|".join(re.escape(name) for name in reader.names)
    return re.sub(rf"\b(promised|told|owe|ich habe|habe) (?:{names})\b(?!['’])", r"\1 her", words, count=1, flags=re.I)


def _type(read: Sequence[_Sense], link: str | None, plain: str) -> tuple[str, str | None, str | None]:
    """Type, direction and reason. A hard turn of life says more than the call in which it was told; a good one less."""
    reasons = [one.reason for one in read if one.reason]
    kinds = [one.kind for one in read if one.kind]
    kind = kinds[0] if kinds else None
    referral = next((one for one in kinds if (one.type, one.direction) == ("referral", "received")), None)
    if referral and kind and kind.type in _TOLD_IN:
        kind = referral
    hard = next((reason for reason in reasons if reason in HARD_TIMES), None)
    if hard or (reasons and kind is None):
        return "life-event", None, hard or reasons[0]
    if link and (not plain.strip(" ,.;:") or (kind is not None and (kind.type, kind.direction) == ("message", "gave"))):
        return "share", "gave", None
    return (kind.type, kind.direction, None) if kind else ("message", "mutual", None)


def _gathered(read: Sequence[_Sense], reason: str | None) -> dict[str, tuple[str, ...]]:
    """All that was learned, each thing once; good news that was told in passing is a fact."""
    learned: dict[str, tuple[str, ...]] = {}
    told = (("facts", (one.news,)) for one in read if one.news and not reason)
    for name, texts in (*(pair for one in read for pair in one.learned), *told):
        learned[name] = tuple(dict.fromkeys((*learned.get(name, ()), *texts)))
    return learned


def _without_link(text: str) -> tuple[str | None, str]:
    """The first address of the web, and the text without addresses."""
    found = _LINK.search(text)
    return (found[0].rstrip(_LINK_END) if found else None), _LINK.sub(lambda m: _rest_of(m[0]), text)


def _rest_of(link: str) -> str:
    """The marks after an address, which end a sentence and not the address."""
    return link[len(link.rstrip(_LINK_END)) :]


def _event(text: str, names: Mapping[str, str]) -> str | None:
    """The event that is named after `at`: the longest name, if it is one event's alone."""
    found: dict[str, set[str]] = {}
    for id_, name in names.items():
        for called in {id_, name, _YEAR.sub("", name)} - {""}:
            if re.search(rf"{_AT}{re.escape(called)}(?!\w)", text, re.I):
                found.setdefault(called.casefold(), set()).add(id_)
    ids = found[max(found, key=len)] if found else set()
    return next(iter(ids)) if len(ids) == 1 else None


def _learned(words: str, reader: _Reader) -> Iterator[tuple[str, tuple[str, ...]]]:
    for language in _LANGUAGES:
        if thing := _thing(language.needs, words, reader):
            yield "needs", (thing,)
        elif thing := _thing(language.interests, words, reader):
            yield "interests", tuple(part for part in _AND.split(thing) if part.strip()) or (thing,)
        elif fact := _fact(language, words, reader):
            yield "facts", (fact,)
        else:
            continue
        return


def _thing(patterns: Sequence[re.Pattern[str]], words: str, reader: _Reader) -> str | None:
    match = next((found for found in (pattern.match(words) for pattern in patterns) if found), None)
    thing = reader.said(_undated(_THING_END.sub("", match["thing"]), reader.today)) if match else ""
    fits = 0 < len(thing.split()) <= _MOST_WORDS and not _NO_THING.match(thing)
    return thing if fits else None


def _undated(thing: str, today: date) -> str:
    """What is needed without `by Friday`, which would soon be another one."""
    due = find_due(thing, today)
    return _without(thing, due) if due and _LIMIT.match(thing, due.start) else thing


def _fact(language: Language, words: str, reader: _Reader) -> str | None:
    match = next((found for found in (pattern.match(words) for pattern in language.facts) if found), None)
    return reader.said(match["fact"]) or None if match else None
