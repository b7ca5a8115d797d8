"""Dates as people type them."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spring.core.typed import MONTHS, NotADate, parse_typed_date

TODAY = date(2026, 11, 22)
BORN = date(1955, 3, 27)


@pytest.mark.parametrize(
    "typed",
    [
        "27 3 1955",
        "27/3/55",
        "27/03/1955",
        "27.3.1955",
        "27-3-1955",
        "27–3–1955",
        "27 March 1955",
        "27 mar 55",
        "27th March 1955",
        "the 27th of March 1955",
        "Sunday 27 March 1955",
        "Sun, 27 Mar 1955",
        "March 27 1955",
        "MARCH 27, 1955",
        "1955-03-27",
        "1955/3/27",
        "27031955",
        "19550327",
        "270355",
        "  27   3   1955  ",
        "27mar1955",
        "27 3 1955".replace(" ", "\N{NO-BREAK SPACE}"),
        "٢٧/٣/١٩٥٥",
        "२७ ३ १९५५",
        "27/3/1955",
    ],
)
def test_one_date_typed_in_many_ways(typed):
    assert parse_typed_date(typed, today=TODAY) == BORN


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "   ",
        "29/2/2023",
        "31/4/2020",
        "0/0/0",
        "0/3/1955",
        "27/0/1955",
        "27/13/1955",
        "3/27/1955",
        "27/3",
        "27",
        "1955",
        "27 March",
        "27/3/9999",
        "27/3/10000",
        "27/3/955",
        "27/3/1066",
        "27/3/0000",
        "27/3/5",
        "27/Smarch/1955",
        "27 ma 1955",
        "Jan Feb Mar",
        "27/3/1955/1",
        "27/3/1955\0",
        "\0",
        "27²/3/1955",
        "XXVII III MCMLV",
        "-27/3/1955;drop",
        "<27/3/1955>",
        "27_3_1955",
        "27/3/19 55",
        "2７ 3 19 5 5",
        "next Tuesday",
        "unknown",
        "?",
        "🎂",
        "1e3/3/1955",
        "9" * 4000,
        "a" * 100_000,
        "00000000",
        "99999999",
    ],
)
def test_what_is_no_date_is_refused_in_words(typed):
    with pytest.raises(NotADate) as refused:
        parse_typed_date(typed, today=TODAY)
    assert len(str(refused.value)) > 15
    assert "\0" not in str(refused.value)


@pytest.mark.parametrize(
    ("typed", "year"),
    [
        ("31.12.99", 1999),
        ("1/1/00", 2000),
        ("22/11/26", 2026),
        ("1/1/27", 1927),
        ("22/11/55", 1955),
    ],
)
def test_two_figures_of_a_birth_are_in_the_hundred_years_up_to_now(typed, year):
    assert parse_typed_date(typed, today=TODAY).year == year


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("1/2/27", date(2027, 2, 1)),
        ("1 feb", date(2027, 2, 1)),
        ("20/11", date(2026, 11, 20)),
        ("December 24", date(2026, 12, 24)),
        ("1/3/75", date(2075, 3, 1)),
        ("1/3/77", date(1977, 3, 1)),
    ],
)
def test_a_diary_takes_the_nearest(typed, meant):
    assert parse_typed_date(typed, today=TODAY, century="near") == meant


@pytest.mark.parametrize("typed", ["30/2", "31 June", "5/5/5/5", "mon tue", "13/13"])
def test_a_diary_refuses_days_that_never_come(typed):
    with pytest.raises(NotADate):
        parse_typed_date(typed, today=TODAY, century="near")


def test_words_for_days_near_today():
    assert parse_typed_date("Today", today=TODAY) == TODAY
    assert parse_typed_date("yesterday", today=TODAY) == date(2026, 11, 21)
    assert parse_typed_date(" Tomorrow ", today=TODAY) == date(2026, 11, 23)
    assert parse_typed_date("Today, 22 November 2026", today=TODAY) == TODAY


def test_a_leap_day_is_a_day_in_leap_years_only():
    assert parse_typed_date("29/2/2024", today=TODAY) == date(2024, 2, 29)
    with pytest.raises(NotADate, match="February 2023 has no day 29"):
        parse_typed_date("29/2/2023", today=TODAY)


@settings(deadline=None)  # the machine may be busy
@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2099, 12, 31)))
def test_every_date_comes_back_from_each_way_of_writing(day):
    for text in (
        f"{day.day}/{day.month}/{day.year}",
        f"{day.day} {MONTHS[day.month - 1]} {day.year}",
        day.isoformat(),
        f"{day:%d%m%Y}",
        f"{day:%A} {day.day} {day:%b} {day.year}",
    ):
        assert parse_typed_date(text, today=TODAY) == day


@settings(deadline=None)  # the machine may be busy
@given(st.text(max_size=80))
def test_nothing_that_can_be_typed_breaks_it(text):
    for century in ("past", "near"):
        try:
            found = parse_typed_date(text, today=TODAY, century=century)
        except NotADate:
            continue
        assert 1880 <= found.year <= 2120


@pytest.mark.parametrize("typed", ["999999999999 3 1955", "3 99999999999999 1955", "9" * 20])
@pytest.mark.parametrize("century", ["past", "near"])
def test_numbers_too_large_for_any_calendar_are_no_date(typed, century):
    with pytest.raises(NotADate):
        parse_typed_date(typed, today=date(2026, 11, 22), century=century)
    with pytest.raises(NotADate):
        parse_typed_date("3 99999999999999", today=date(2026, 11, 22), century=century)
