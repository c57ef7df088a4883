"""Digests tell values apart."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import pytest

from brandkit.base.digest import Digester, digest_bytes, digest_text


@dataclass(frozen=True)
class View:
    a: Any
    b: Any = None


@dataclass(frozen=True)
class Named:
    digest: str
    body: Any = None


def of(value: Any) -> str:
    return Digester().of(value)


def test_texts_and_bytes() -> None:
    assert digest_text("ä") == digest_bytes("ä".encode()) and len(digest_text("")) == 20
    assert digest_text("\udcff") != digest_text("\udcfe")


VALUES = [
    *(None, "", "None", "null", 0, 1, True, 1.5, "1", (), ("",), ((),), ("a", "b"), ("ab",), ("a,b",), {}, {"a": 1}),
    *({"a": "1"}, {"a": 1, "b": 2}, {"a=1|b": 2}, View(1), View(1, 2), View("1"), View(View(1)), date(2026, 3, 1)),
    *(datetime(2026, 3, 1, tzinfo=UTC), Named("x"), Named("y")),
]


def test_different_values_have_different_digests() -> None:
    digests = [of(value) for value in VALUES]
    assert len(set(digests)) == len(VALUES) - 0


def test_equal_values_have_equal_digests_whatever_their_identity() -> None:
    assert of(View(("a", "b"), {"x": 1, "y": 2})) == of(View(("a", "b"), {"x": 1, "y": 2}))


def test_a_mapping_in_another_order_is_another_one_as_a_template_may_go_through_it() -> None:
    assert of({"x": 1, "y": 2}) != of({"y": 2, "x": 1})


def test_a_value_with_a_digest_stands_by_it() -> None:
    assert of(Named("x", body=object())) == of(Named("x", body=[1]))


@pytest.mark.parametrize("value", [[1], {1}, object(), View([1])])
def test_what_could_change_is_refused(value: Any) -> None:
    with pytest.raises(TypeError, match="a view holds"):
        of(value)


def test_objects_that_come_and_go_are_not_confused() -> None:
    digester = Digester()
    assert len({digester.of(View(str(n))) for n in range(500)}) == 500
