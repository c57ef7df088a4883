"""What is known of a person in words for a reader: labels, lines, sentences; for the terminal and for a page. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from brandkit.base.text import plural
from brandkit.engage.one_person.knowing import Happening, Known
from brandkit.engage.rhythm import in_words
from brandkit.engage.values import Rhythm

# How each field is called on the page. What is not here is said in a way of its own.
_LABELS = {
    "name": "Name", "pronouns": "Pronouns", "organization": "Works at", "title": "As",
    "roles": "Who you are to each other",
    "circle": "Circle", "emails": "Mail", "phones": "Phone", "channel": "Usual channel", "profiles": "Accounts",
    "links": "Links", "feeds": "What they publish", "languages": "Reads", "timezone": "Time zone",
    "birthday": "Birthday", "interests": "Likes to read about", "expertise": "Knows well", "offers": "Offers",
    "prefers": "Favours", "avoid": "Not to bring up", "facts": "Also", "tone": "Tone of letters", "notes": "Notes",
    "formerly": "Ids of earlier", "id": "Id",
}  # fmt: skip

_INTRODUCE = {"yes": "welcome", "no": "not wanted", "ask": "not before they were asked, each time"}


def facts(known: Known) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """What is written down, as pairs of a label and its lines, in the order in which people ask."""
    return tuple(pair for pair in _facts(known) if pair[1])


def _facts(known: Known) -> Iterator[tuple[str, tuple[str, ...]]]:
    said = known.fields
    for name, label in _LABELS.items():
        yield label, _lines(said.get(name))
    yield "Looks for", tuple(_need(need) for need in said.get("needs", ()))
    yield "Days to remember", tuple(f"{one['kind']}: {one['date']}" for one in said.get("dates", ()))
    yield "How you met", _met(said.get("met", {}))
    yield "How often to be in touch", (in_words(_days(said["every"])),) if "every" in said else ()
    yield "Agreed to", tuple(_agreed(said.get("consent", {})))
    yield "Introductions", (_INTRODUCE[said.get("consent", {}).get("introduce", "ask")],)
    yield "To respect", tuple(_respect(said))
    yield "Together at", tuple(f"{event['name']}, {event['start'][:10]}" for event in known.events)
    yield "In communities", tuple(f"{one['name']}, as {one['handle']}" for one in known.communities)
    yield "Mentoring", tuple(_mentoring(one) for one in known.mentorships)
    yield "Posts with them in mind", tuple(": ".join(one.values()) for one in known.posts)
    yield "Other people", tuple(_others(known.others))


def _lines(value: Any) -> tuple[str, ...]:
    if not value:
        return ()
    if isinstance(value, Mapping):
        return tuple(f"{key}: {text}" for key, text in value.items())
    return (str(value).strip(),) if not isinstance(value, list) else (", ".join(map(str, value)),)


def _need(need: Mapping[str, Any]) -> str:
    since = f" (since {need['since']})" if need.get("since") else ""
    return f"{need['text']}{since}{', in confidence' if need.get('sensitive') else ''}"


def _met(met: Mapping[str, Any]) -> tuple[str, ...]:
    parts = [f"on {met['on']}" if met.get("on") else "", f"at {met['at']}" if met.get("at") else ""]
    return (" ".join(part for part in parts if part),) if met else ()


def _days(every: str) -> float:
    count, unit = every.split()
    return Rhythm(int(count), unit.rstrip("s")).days


def _agreed(consent: Mapping[str, Any]) -> Iterator[str]:
    if consent.get("publish"):
        yield f"being named in public: {', '.join(consent['publish'])}"
    if consent.get("promote"):
        yield f"speaking up for me, since {consent['promote']}"


def _respect(said: Mapping[str, Any]) -> Iterator[str]:
    if said.get("do_not_contact"):
        yield "does not want to be written to"
    if said.get("deceased"):
        yield "has died"
    hold = said.get("hold")
    if hold:
        until = f" until {hold['until']}" if hold.get("until") else ""
        yield f"a hard time ({hold['reason']}){until}: nothing but kindness"


def _mentoring(one: Mapping[str, Any]) -> str:
    since = f" since {one['since']}" if one.get("since") else ""
    goals = f": {', '.join(one['goals'])}" if one.get("goals") else ""
    return f"as {one['your_role']}{since}{goals}"


def _others(others: Mapping[str, int]) -> Iterator[str]:
    said = {
        "knows": "whom they know",
        "known_by": "of whom it is written down that they know them",
        "competes_with": "they are not to be introduced to",
        "introduced_by": "who brought us together",
    }
    for name, words_ in said.items():
        if name in others:
            yield f"{plural(others[name], 'person', 'people')} {words_}"


def details(one: Happening) -> tuple[str, ...]:
    """The words of something that happened, line by line."""
    heard = (f"learned ({name}): {', '.join(texts)}" for name, texts in one.learned.items())
    promised = (_promised(promise) for promise in one.promises)
    liked = {"liked": "they liked it", "disliked": "they did not like it"}.get(one.reaction, "")
    rhythm = in_words(_days(one.every)) if one.every else ""
    said = (rhythm, *one.words, one.link, *heard, *promised, liked)
    together = f"with {plural(one.others, 'other', 'others')}" if one.others else ""
    return tuple(line for line in (*said, together) if line)


def _promised(promise: Mapping[str, Any]) -> str:
    who = "they promised" if promise["by"] == "you" else "I promised"
    return f"{who}: {promise['text']}" + (f", by {promise['due']}" if promise.get("due") else "")


def known_view(known: Known) -> dict[str, object]:
    """What the page sees."""
    return {
        "name": known.name,
        "first_name": known.first_name,
        "facts": facts(known),
        "history": tuple((one.day, one.in_words, details(one)) for one in reversed(known.history)),
        "left_out": known.left_out,
    }
