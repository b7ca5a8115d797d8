"""The clock, the room and the questions of triage."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referrals.triage import clock_for, flags_for, room_for
from spring.core.calendar import add_working_days

# received, today: the words, and how long the bar is of three
CLOCKS = [
    ("2026-11-16", "2026-11-16", "2 working days left", "ok", 0),  # a Monday
    ("2026-11-16", "2026-11-17", "1 working day left", "ok", 1),
    ("2026-11-16", "2026-11-18", "Decide today", "due", 2),
    ("2026-11-16", "2026-11-19", "1 working day late", "late", 3),
    ("2026-11-16", "2026-11-27", "7 working days late", "late", 3),
    ("2026-11-18", "2026-11-20", "Decide today", "due", 2),  # due on a Friday
    ("2026-11-18", "2026-11-21", "Late since Friday", "late", 3),
    ("2026-11-18", "2026-11-23", "1 working day late", "late", 3),
    ("2026-11-21", "2026-11-22", "2 working days left", "ok", 0),  # a Saturday
    ("2026-11-21", "2026-11-24", "Decide today", "due", 2),
    ("2026-04-02", "2026-04-06", "2 working days left", "ok", 0),  # Easter lies between
    ("2026-04-02", "2026-04-08", "Decide today", "due", 2),
]


@pytest.mark.parametrize(("received", "today", "words", "kind", "used"), CLOCKS)
def test_the_clock_in_working_days(received, today, words, kind, used):
    received_on = date.fromisoformat(received)
    due_on = add_working_days(received_on, 2)
    clock = clock_for(received_on=received_on, due_on=due_on, today=date.fromisoformat(today))
    assert (clock.words, clock.kind, clock.used, clock.allowed) == (words, kind, used, 2)


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(1, 10), st.integers(0, 60))
def test_the_bar_is_red_exactly_when_the_day_has_passed(received_on, allowed, later):
    due_on = add_working_days(received_on, allowed)
    today = date.fromordinal(received_on.toordinal() + later)
    clock = clock_for(received_on=received_on, due_on=due_on, today=today)
    assert clock.is_late == (today > due_on)
    assert (clock.used > clock.allowed) == clock.is_late


ROOMS = [
    (0, 45, "0 of 45", "ok"),
    (44, 45, "44 of 45", "ok"),
    (45, 45, "45 of 45, full", "due"),
    (54, 45, "54 of 45, full", "due"),
    (55, 45, "55 of 45, too many", "late"),
    (45, 60, "45 of 60, full", "due"),  # the marks hold whatever was agreed
    (55, 60, "55 of 60, too many", "late"),
    (4, 5, "4 of 5", "ok"),
    (5, 5, "5 of 5, full", "due"),
    (6, 5, "6 of 5, full", "due"),
    (7, 5, "7 of 5, too many", "late"),
    (0, 0, "0 of 0, full", "due"),
    (1, 0, "1 of 0, too many", "late"),
]


@pytest.mark.parametrize(("load", "capacity", "words", "kind"), ROOMS)
def test_the_room_that_each_has(load, capacity, words, kind):
    room = room_for(load=load, capacity=capacity, amber=45, red=55)
    assert (room.words, room.kind) == (words, kind)


@given(st.integers(0, 99), st.integers(0, 80))
def test_the_bar_changes_colour_where_the_words_do(load, capacity):
    room = room_for(load=load, capacity=capacity, amber=45, red=55)
    assert (room.kind == "late") == (load > room.high)
    assert (room.kind == "ok") == (load <= room.low and load < capacity)
    assert load <= room.longest


FLAGS = [
    ({}, []),
    ({"age": 18}, []),
    ({"age": 17}, ["Under 18"]),
    ({"council": "", "practice": False}, ["Area not known"]),
    ({"council": "", "practice": False, "postcode": "NN1 2AB"}, []),
    ({"council": "", "practice": False, "postcode": "PE8 4AA"}, []),
    ({"council": "", "practice": False, "postcode": "PE9 4AA"}, ["Perhaps outside the area"]),
    ({"council": "", "practice": False, "postcode": "N1 2AB"}, ["Perhaps outside the area"]),
    ({"council": "", "postcode": ""}, ["Perhaps outside the area"]),
    ({"postcode": "SW1A 1AA"}, []),  # registered in the area is enough
    ({"age": 3, "council": "", "practice": False}, ["Under 18", "Area not known"]),
]


@pytest.mark.parametrize(("facts", "words"), FLAGS)
def test_what_to_ask_about(facts, words):
    usual = {"age": 71, "council": "west", "practice": True, "postcode": ""}
    flags = flags_for(**(usual | facts), areas=("NN", "PE8"), area="Northamptonshire")
    assert [flag.words for flag in flags] == words
    assert all(flag.advice for flag in flags)
