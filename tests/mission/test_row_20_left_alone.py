"""Row 20: nobody is introduced to somebody who must be left alone, whoever of the two is asked."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

EXPERT = "expertise: [platform lead]"
PEOPLE = {
    "ada": "needs: [a platform lead]",
    "free": EXPERT,
    "never": f"{EXPERT}, do_not_contact: true",
    "gone": f"{EXPERT}, deceased: true",
    "held": f"{EXPERT}, hold: {{reason: bereavement, until: 2026-05-01}}",
    "wont": f"{EXPERT}, consent: {{introduce: 'no'}}",
}


def test_who_must_be_left_alone_is_named_to_nobody_even_where_both_said_yes(
    brand: Callable[..., Path], brandkit: Any
) -> None:
    both = [
        {"at": "2026-02-20", "contacts": [side], "type": "introduction", "a": "ada", "b": other, "state": "yes"}
        for other in PEOPLE
        if other != "ada"
        for side in ("ada", other)
    ]
    folder = brand(PEOPLE, both)
    found = [s for s in brandkit(folder, "suggest", "--json").json if s["move"] == "introduce"]
    assert [(s["contact"], s["item"]["key"]) for s in found] == [("ada", "ada+free@made")]
    for pair in (("ada", "never"), ("held", "ada")):
        refused = brandkit(folder, "introduce", *pair, "--made")
        assert refused.code == 3 and refused.out == "", pair
    assert brandkit(folder, "introduce", "ada", "free", "--made").code == 0
