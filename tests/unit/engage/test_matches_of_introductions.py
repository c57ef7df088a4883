"""Who is proposed to whom is found among few, and is whom a look at everybody would find."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest

from brandkit.engage.contacts import Contact, Need
from brandkit.engage.matching import meets, telling, topic_terms
from brandkit.engage.moves.introduce import _matches, _strangers, _topics

TOPICS = (
    "platform lead",
    "lead",
    "Platform Leads",
    "tea",
    "remote caching",
    "caching",
    "slow bread",
    "bread",
    "paper boats",
)
NEEDS = ("find a platform lead", "learn about caching", "bread", "remote tea caching", "boats", "a lead for slow bread")


def everybody(person: Any, world: Any) -> list[tuple[float, int, str, str]]:
    """The best of all pairs, looked at one by one."""
    best: dict[str, tuple[float, int, str]] = {}
    for number, need in enumerate(person.contact.needs):
        wanted = telling(need.text, person.contact.languages or world.me.languages)
        for other in world.people.values():
            known = [*dict.fromkeys((*other.contact.expertise, *other.contact.offers))]
            rows = [(topic_terms(topic, other.contact.languages or world.me.languages), topic) for topic in known]
            for word in sorted(wanted):
                for words, topic in rows:
                    share = meets(wanted, words, world.setting.index.idf) if word in words else 0.0
                    before = best.get(other.contact.id)
                    is_new = share and _strangers(person.contact, other.contact, world)
                    if is_new and (before is None or share > before[0]):
                        best[other.contact.id] = (share, number, topic)
    rows_ = ((-round(share, 9), id_, number, topic) for id_, (share, number, topic) in best.items())
    return [(-share, number, topic, id_) for share, id_, number, topic in sorted(rows_)][:3]


@pytest.mark.parametrize("seed", range(8))
def test_the_first_few_are_those_of_a_look_at_everybody(seed: int, whole: Any, entry: Any) -> None:
    dice = Random(seed)
    contacts = [
        Contact(
            f"p{n:02}",
            f"Person{n} Example",
            expertise=tuple(dice.sample(TOPICS, k=dice.randrange(3))),
            offers=tuple(dice.sample(TOPICS, k=dice.randrange(2))),
            needs=tuple(Need(text) for text in dice.sample(NEEDS, k=dice.randrange(3))),
            knows=tuple(f"p{dice.randrange(30):02}" for _ in range(dice.randrange(3))),
            languages=("en",),
        )
        for n in range(30)
    ]
    world = whole(
        contacts, [entry(topic, f"All about {topic}.", f"https://{n}.example/") for n, topic in enumerate(TOPICS)]
    )
    topics = _topics(world)
    for person in world.people.values():
        found = [(round(m.share, 9), m.need, m.topic, m.other.contact.id) for m in _matches(person, world, topics)]
        assert found == everybody(person, world)
