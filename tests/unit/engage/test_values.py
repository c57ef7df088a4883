"""Rhythms, days of the year, addresses: what is read from what people type, and what is said of a slip."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brandkit.engage.values import (
    DayOfYear,
    Rhythm,
    add_months,
    read_address,
    read_day,
    read_day_of_year,
    read_feed_place,
    read_id,
    read_language,
    read_rhythm,
    read_web,
)


@pytest.mark.parametrize(
    ("text", "rhythm"),
    [
        ("30 days", Rhythm(30, "day")),
        ("1 day", Rhythm(1, "day")),
        (" 2 Weeks ", Rhythm(2, "week")),
        ("1 month", Rhythm(1, "month")),
        ("3months", Rhythm(3, "month")),
        ("monthly", Rhythm(1, "month")),
        ("Quarterly", Rhythm(3, "month")),
        ("yearly", Rhythm(1, "year")),
    ],
)
def test_a_rhythm_is_read_as_people_write_it(text: str, rhythm: Rhythm) -> None:
    assert read_rhythm(text) == rhythm


@pytest.mark.parametrize("text", ["", "0 days", "often", "30", "1.5 months", "-1 month", "30 days or so", 30, None])
def test_what_is_no_rhythm_is_answered_with_an_example(text: object) -> None:
    with pytest.raises(ValueError, match="30 days"):
        read_rhythm(text)


@pytest.mark.parametrize(
    ("day", "rhythm", "after"),
    [
        ("2026-01-31", "1 month", "2026-02-28"),
        ("2028-01-31", "1 month", "2028-02-29"),
        ("2026-08-31", "1 month", "2026-09-30"),
        ("2026-11-30", "3 months", "2027-02-28"),
        ("2026-12-15", "1 month", "2027-01-15"),
        ("2028-02-29", "1 year", "2029-02-28"),
        ("2026-02-28", "1 month", "2026-03-28"),
        ("2026-01-25", "30 days", "2026-02-24"),
        ("2026-12-30", "2 weeks", "2027-01-13"),
    ],
)
def test_a_rhythm_later_is_the_last_day_of_a_shorter_month(day: str, rhythm: str, after: str) -> None:
    assert read_rhythm(rhythm).after(date.fromisoformat(day)).isoformat() == after


@given(st.dates(date(1900, 1, 1), date(2200, 1, 1)), st.integers(0, 240))
def test_adding_months_lands_in_the_right_month_and_never_after_the_day(day: date, months: int) -> None:
    later = add_months(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == day.day or (later.day < day.day and add_months(later, 0).replace(day=1) <= later)
    assert later.day >= min(day.day, 28)


@pytest.mark.parametrize("rhythm", ["1 day", "30 days", "1 month", "2 weeks"])
def test_a_rhythm_is_written_as_it_is_read(rhythm: str) -> None:
    assert str(read_rhythm(rhythm)) == rhythm


def test_a_birthday_may_lack_its_year_even_on_29_february() -> None:
    assert read_day_of_year("--02-29") == DayOfYear(2, 29)
    assert read_day_of_year("--0229") == DayOfYear(2, 29)
    assert read_day_of_year("2024-02-29") == DayOfYear(2, 29, 2024)
    assert read_day_of_year("1971-11-03") == DayOfYear(11, 3, 1971)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2025-02-29", "2025 has no 29 February .* --02-29"),
        ("--02-30", "there is no day 30 in month 2"),
        ("2026-13-01", "there is no day 1 in month 13"),
        ("2026-04-31", "there is no day 31 in month 4"),
        ("1.3.2026", "write it like 1971-11-03, or --11-03 without the year"),
        ("12-01", "write it like 1971-11-03, or --11-03 without the year"),
        (1971, "write it like 1971-11-03, or --11-03 without the year"),
        ("2026-3-1", "write it like 1971-11-03"),
        ("soon", "write it like 1971-11-03"),
        ("0000-01-01", "is not a date"),
    ],
)
def test_a_day_that_is_none_says_why(text: object, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        read_day_of_year(text)


def test_a_day_is_read_and_a_missing_one_stays_missing() -> None:
    assert read_day(" 2026-03-01 ") == date(2026, 3, 1)
    assert read_day(None) is None
    with pytest.raises(ValueError, match="write it like 2026-03-01"):
        read_day("1.3.2026")


@pytest.mark.parametrize("place", ["https://ada.example/feed", "feeds/ada.xml", "ada feed.xml", "http-notes.xml"])
def test_a_feed_is_an_address_or_a_file_beside(place: str) -> None:
    assert read_feed_place(place) == place


@pytest.mark.parametrize(
    "place",
    [
        *("/etc/passwd", "~/x.xml", "../x.xml", "feeds/../../x.xml", "", "  "),
        *(
            "https//ada.example/feed",
            "http:/ada.example",
            "www.ada.example",
            "//ada.example/feed",
            "ftp://ada.example/",
        ),
        *("file:///etc/passwd", "javascript:alert(1)", "https:///feed", "https://ada.example:port/"),
    ],
)
def test_a_feed_that_leads_out_of_the_vault_or_nowhere_is_none(place: str) -> None:
    with pytest.raises(ValueError, match=r"web address|leads out of the vault"):
        read_feed_place(place)


@pytest.mark.parametrize("value", ["ada@example.org", "a.b+c@mail.example.org", "ü@münchen.example"])
def test_a_mail_address_is_taken_as_it_is(value: str) -> None:
    assert read_address(value) == value


@pytest.mark.parametrize("value", ["ada", "ada@", "@example.org", "ada@example", "a b@c.de", "a@b.de, c@d.de", 5, None])
def test_a_slip_in_a_mail_address_is_caught(value: object) -> None:
    with pytest.raises(ValueError, match=r"ada@example\.org"):
        read_address(value)


def test_languages_ids_and_addresses_have_one_form() -> None:
    assert [read_language(tag) for tag in ("en", "pt-BR", "gsw", "zh-Hans-CN")] == ["en", "pt-BR", "gsw", "zh-Hans-CN"]
    assert [read_id(id_) for id_ in ("ada", "ada-example", "ev.1", "zoë")] == ["ada", "ada-example", "ev.1", "zoë"]
    assert read_web("https://example.org/a") == "https://example.org/a"
    for reader, bad in (
        (read_language, ("english language", "e", "en_GB", "", None, False)),
        (read_id, ("", "-ada", "../ada", "a/b", "ada example", ".ada", 7, "a" * 81)),
        (read_web, ("example.org", "ftp://example.org", "https://", "https://a b.example/", None)),
    ):
        for value in bad:
            with pytest.raises(ValueError):
                reader(value)
