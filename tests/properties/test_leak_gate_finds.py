"""Whatever is private, however it is wrapped, wherever it stands: it is found; and what is not there is not."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from brandkit.engage.secrets import spellings
from brandkit.io.leak_search.matching import Matcher
from brandkit.io.leak_search.searching import search
from tests.properties.leaks import FILES, MAKERS, WRAPPINGS, a_secret, makes_sense, put


@pytest.mark.slow
@pytest.mark.parametrize("wrapping", WRAPPINGS)
def test_each_wrapping_is_seen_through_in_every_sort_of_file(wrapping: str) -> None:
    dice = random.Random(wrapping)
    secrets = {secret: Matcher(spellings(secret)) for secret in (a_secret(dice, kind) for kind in MAKERS)}
    missed = [
        (secret, file)
        for file in FILES
        for secret, matcher in secrets.items()
        if makes_sense(secret, wrapping, file) and not search(matcher, *put(dice, secret, wrapping, file)).found
    ]
    assert missed == []


@pytest.mark.slow
@given(
    st.integers(), st.sampled_from(sorted(MAKERS)), st.sampled_from(sorted(WRAPPINGS)), st.sampled_from(sorted(FILES))
)
@settings(max_examples=150)
def test_random_private_strings_are_found_among_others(seed: int, kind: str, wrapping: str, file: str) -> None:
    dice = random.Random(seed)
    others = [a_secret(dice, any_kind) for any_kind in MAKERS for _ in range(5)]
    secret = a_secret(dice, kind)  # type: ignore[arg-type]
    if not makes_sense(secret, wrapping, file):
        return
    needles = [spelling for one in (secret, *others) for spelling in spellings(one)]
    found = search(Matcher(needles), *put(dice, secret, wrapping, file)).found
    assert {needles[number] for number in found} & set(spellings(secret))
    assert not {needles[number] for number in found} - set(spellings(secret))


@pytest.mark.slow
@given(st.binary(max_size=400), st.sampled_from(["a.html", "a.zip", "a.png", "a.pdf", "a.br", "a"]))
@settings(max_examples=150)
def test_no_bytes_make_the_search_fail(data: bytes, name: str) -> None:
    matcher = Matcher(spellings(a_secret(random.Random(1), "name")))
    for begins in (b"", b"PK\x03\x04", b"\x1f\x8b\x08", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF89a", b"%PDF-"):
        assert search(matcher, name, begins + data).found == frozenset()
