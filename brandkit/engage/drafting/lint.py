"""What to look at again in a draft: notes, never failures. Pure.

In: a draft, its move, your own hosts, and what in it are words of others (titles, quotes), which are not judged.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from brandkit.base.text import fold
from brandkit.base.url import host_of, same_site
from brandkit.engage.model import Draft
from brandkit.engage.own_texts.networks import NETWORKS

GIFTS = frozenset({"share", "offer", "thank", "congratulate", "stand-by"})
_ABOUT_THEM = frozenset({"thank", "congratulate", "stand-by"})
_LINK = re.compile(r"https?://[^\s<>\"]+|\bwww\.[^\s<>\"]+", re.IGNORECASE)
_TRAILING = ".,;:!?)]}'’”“"
_PLACEHOLDER = re.compile(r"\[[^\]\n]{0,60}\]?|\bTODO\b|\bTBD\b|\bXXX+\b|\{[{%][^\n]{0,60}|\{\w+\}")
# What makes a loss smaller, or speaks of oneself; in the languages that brandkit writes.
_MINIMISES = (
    *("at least", "for the best", "for a reason", "time heals", "stay strong", "be strong", "i know how you feel"),
    *("i know exactly how", "could be worse", "could have been worse", "look on the bright side", "silver lining"),
    *(
        "better place",
        "move on",
        "moving on",
        "get over it",
        "chin up",
        "cheer up",
        "you'll be fine",
        "you will be fine",
    ),
    *(
        "you will be fine",
        "everything will be fine",
        "other fish",
        "blessing in disguise",
        "what doesn't kill",
        "they had a good life",
    ),
    *("wenigstens", "zumindest", "immerhin", "alles hat seinen grund", "wer weiß, wofür", "die zeit heilt"),
    *("zeit heilt alle", "bleib stark", "bleiben sie stark", "sei stark", "seien sie stark", "kopf hoch"),
    *("ich weiß, wie du dich fühlst", "ich weiß genau, wie", "ich weiß, wie sie sich fühlen", "hätte schlimmer"),
    *("könnte schlimmer", "das leben geht weiter", "wird schon wieder", "wird schon werden", "besseren ort"),
    *("schicksal", "loslassen", "andere mütter", "alles wird gut", "nach vorn schauen", "nach vorne schauen"),
)
_ASKS = (
    *("could you", "can you", "would you mind", "would you be able", "would you please", "will you please"),
    *("can i ask", "may i ask", "could i ask", "let me know if you can", "i need your", "i'd need", "do me a favour"),
    *("do me a favor", "pick your brain", "your help with", "help me", "hop on a call", "quick call"),
    *("könntest du", "könnten sie", "kannst du", "können sie", "würdest du", "würden sie", "darf ich dich bitten"),
    *("darf ich sie bitten", "darf ich dich fragen", "darf ich sie fragen", "hättest du zeit", "hätten sie zeit"),
    *("hilf mir", "helfen sie mir", "einen gefallen tun", "deine hilfe bei", "ihre hilfe bei"),
)
_SMS_MOST = 2
_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
_TWICE = frozenset("^{}\\[~]|€\f")


def lint(draft: Draft, move: str, own_hosts: Iterable[str] = (), quoted: Iterable[str] = ()) -> tuple[str, ...]:
    """Notes on a draft, in the order in which one would want to hear them; none where there is nothing to say."""
    said = f"{draft.subject}\n{draft.text}"
    for words in sorted(filter(None, quoted), key=len, reverse=True):
        said = said.replace(words, " ")
    links = [link.rstrip(_TRAILING) for link in _LINK.findall(draft.text)]
    plain = fold(_LINK.sub(" ", said)).lower().replace("’", "'")
    notes = [*_unfinished(draft, _LINK.sub(" ", said)), *too_long(draft)]
    if move == "stand-by":
        notes += _unkind(plain, links)
    if move in GIFTS:
        notes += _asking(plain)
    own = tuple(own_hosts)
    if move in _ABOUT_THEM and any(same_site(_host(link), host) for link in links for host in own):
        notes.append("It links to your own site, and this message is about them.")
    return tuple(notes)


def too_long(draft: Draft) -> tuple[str, ...]:
    """A note where a message is longer than its channel takes at once."""
    text = draft.text.strip()
    if draft.channel == "sms":
        parts = text_messages(text)
        return (f"This makes {parts} text messages; shorter is kinder.",) if parts > _SMS_MOST else ()
    network = next((network for network in NETWORKS if network.name == draft.channel), None)
    if network is None or network.takes(text):
        return ()
    name = network.name.capitalize() if network.name != "linkedin" else "LinkedIn"
    return (f"{name} takes {network.limit:,} characters, and this has {network.measure(text):,}.",)


def text_messages(text: str) -> int:
    """How many text messages a phone makes of a text: 160 plain characters fit in one, 70 of any other script."""
    if all(c in _BASIC or c in _TWICE for c in text):
        length, one, each = len(text) + sum(c in _TWICE for c in text), 160, 153
    else:
        length, one, each = len(text.encode("utf-16-le", "replace")) // 2, 70, 67
    return 1 if length <= one else -(-length // each)


def _unfinished(draft: Draft, said: str) -> Iterator[str]:
    if draft.channel == "email" and not draft.subject.strip():
        yield "There is no subject."
    placeholder = _PLACEHOLDER.search(said)
    if placeholder:
        yield f"Something is still to be filled in: {placeholder[0].strip()}"


def _unkind(plain: str, links: list[str]) -> Iterator[str]:
    yield from (f"“{phrase}” can make a loss sound small." for phrase in _phrases(_MINIMISES, plain))
    if "!" in plain:
        yield "There is an exclamation mark; a full stop is quieter."
    if links:
        yield "There is a link; in a hard time a message needs none."


def _asking(plain: str) -> Iterator[str]:
    yield from (f"“{phrase}” asks for something, and this is a gift." for phrase in _phrases(_ASKS, plain))


def _phrases(phrases: Iterable[str], plain: str) -> list[str]:
    return [one for one in phrases if one in plain and re.search(rf"(?<!\w){re.escape(one)}(?!\w)", plain)]


def _host(link: str) -> str:
    return host_of(link if "://" in link else f"https://{link}")
