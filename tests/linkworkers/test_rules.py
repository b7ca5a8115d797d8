"""Each rule of Today on the day before, on the day, and the day after."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from linkworkers import reasons, today
from linkworkers.today import RULES, last_start, next_free_day
from linkworkers.views.today import greeting
from participants.models import MeasureSet
from spring.core.dates import add_months
from tests.factories import (
    JourneyFactory,
    TaskFactory,
)
from tests.linkworkers.cases import (
    answer,
    code_of,
    pause,
    reason_today,
    settled,
)

D = date
# what is so, and the reason that must be given on each day
TABLE = {
    "quiet for 30 days, across the change to summer time": (
        {"started_on": D(2026, 3, 1)},
        {D(2026, 3, 30): None, D(2026, 3, 31): "no_contact", D(2026, 4, 1): "no_contact"},
    ),
    "an agreed rhythm of six weeks": (
        {"started_on": D(2026, 3, 1), "rhythm_days": 42, "rhythm_reason": "Well supported"},
        {D(2026, 4, 11): None, D(2026, 4, 12): None, D(2026, 4, 13): "no_contact"},
    ),
    "a review that falls due": (
        {
            "started_on": D(2026, 1, 10),
            "last_engaged_on": D(2026, 4, 15),
            "next_review_on": D(2026, 4, 10),
            "next_review_month": 3,
        },
        {
            D(2026, 4, 3): None,
            D(2026, 4, 4): "review_soon",
            D(2026, 4, 9): "review_soon",
            D(2026, 4, 10): "review_due",
            D(2026, 5, 8): "review_due",
            D(2026, 5, 9): "review_late",
        },
    ),
    "a journey of twelve months, begun on a 31st": (
        {"started_on": D(2025, 3, 31), "last_engaged_on": D(2026, 3, 25), "step": D(2027, 1, 1)},
        {
            D(2026, 2, 27): None,
            D(2026, 2, 28): "ending",
            D(2026, 3, 31): "ending",
            D(2026, 4, 1): "over",
        },
    ),
    "a journey begun on 29 February": (
        {"started_on": D(2024, 2, 29), "last_engaged_on": D(2025, 2, 20), "step": D(2026, 1, 1)},
        {D(2025, 2, 28): "ending", D(2025, 3, 1): "over"},
    ),
    "a journey that ends on 28 February of a leap year": (
        {"started_on": D(2027, 2, 28), "last_engaged_on": D(2028, 2, 20), "step": D(2029, 1, 1)},
        {D(2028, 2, 28): "ending", D(2028, 2, 29): "over"},
    ),
    "a next step": (
        {"started_on": D(2026, 4, 1), "step": D(2026, 4, 10)},
        {
            D(2026, 4, 3): None,
            D(2026, 4, 4): "step_soon",
            D(2026, 4, 9): "step_soon",
            D(2026, 4, 10): "step_today",
            D(2026, 4, 11): "step_late",
        },
    ),
    "no next step": ({"started_on": D(2026, 4, 1), "step": None}, {D(2026, 4, 2): "no_step"}),
    "no plan by the day the clocks change": (
        {"started_on": D(2026, 3, 1), "plan": False, "last_engaged_on": D(2026, 3, 20)},
        {D(2026, 3, 28): None, D(2026, 3, 29): "no_plan", D(2026, 3, 30): "no_plan"},
    ),
    "no first measures": (
        {"started_on": D(2026, 3, 1), "answered": False, "last_engaged_on": D(2026, 3, 20)},
        {D(2026, 3, 14): None, D(2026, 3, 15): "no_baseline", D(2026, 3, 30): "no_baseline"},
    ),
}


@pytest.mark.parametrize("case", TABLE)
def test_each_rule_begins_on_its_day(world, case):
    facts, days = TABLE[case]
    journey = settled(world.worker, world.partner, **facts)

    for day, code in days.items():
        with time_machine.travel(datetime(day.year, day.month, day.day, 9, tzinfo=UTC)):
            assert code_of(journey) == code, day


def test_the_table_above_sees_a_rule_that_begins_a_day_late(world, monkeypatch):
    """The negative control."""
    wrong = [
        today.Rule(**{**vars(rule), "when": lambda day, when=rule.when: when(day - timedelta(1))})
        for rule in RULES
    ]
    monkeypatch.setattr(reasons, "RULES", tuple(wrong))
    caught = 0
    for case in TABLE:
        try:
            test_each_rule_begins_on_its_day(world, case)
        except AssertionError:
            caught += 1
    assert caught >= len(TABLE) - 1  # "no next step" holds on every day


def waiting(world, **facts):
    return JourneyFactory(
        lead=world.worker,
        partner=world.partner,
        referred_on=D(2026, 2, 27),
        accepted_on=D(2026, 3, 2),
        first_contact_due_on=D(2026, 3, 9),
        **facts,
    )


@pytest.mark.parametrize(
    ("day", "code"),
    [
        (D(2026, 3, 8), "new"),
        (D(2026, 3, 9), "first_contact_today"),
        (D(2026, 3, 10), "first_contact_late"),
        (D(2026, 4, 20), "first_contact_late"),
    ],
)
def test_someone_never_met_is_new_and_then_late_but_never_quiet_for_30_days(world, day, code):
    journey = waiting(world)

    with time_machine.travel(datetime(day.year, day.month, day.day, 9, tzinfo=UTC)):
        assert code_of(journey) == code


@time_machine.travel("2026-03-12T09:00Z")
@pytest.mark.parametrize(
    ("attempts", "words"),
    [
        (1, "First contact due, 1 attempt made"),
        (2, "First contact due, 2 attempts made"),
        (3, "Not reached, 3 attempts made: time to write"),
        (0, "In touch, but not yet spoken"),
    ],
)
def test_attempts_are_told_and_after_three_it_is_time_to_write(world, attempts, words):
    journey = waiting(world, attempts=attempts, first_attempt_on=D(2026, 3, 4))

    assert reason_today(journey).words == words
    assert reason_today(journey).since == D(2026, 3, 4)


@time_machine.travel("2026-03-12T09:00Z")
def test_someone_not_reached_rests_until_the_day_of_the_next_try(world):
    journey = waiting(world, attempts=1, first_attempt_on=D(2026, 3, 4))
    TaskFactory(journey=journey, due_on=D(2026, 3, 25))

    assert code_of(journey) is None


@time_machine.travel("2026-06-01T09:00Z")
def test_nobody_is_nagged_about_a_paused_journey(world):
    journey = settled(world.worker, world.partner, started_on=D(2026, 1, 10), step=None, plan=False)
    assert code_of(journey) == "no_contact"

    pause(journey, D(2026, 5, 1))

    reason = reason_today(journey)
    assert reason.rule.group == today.Group.WAITING
    assert reason.words == "Paused: in hospital or unwell"
    assert reason.since == D(2026, 5, 1)


@time_machine.travel("2026-06-01T09:00Z")
def test_a_pause_hides_neither_a_promise_nor_the_end_of_twelve_months(world):
    promised = settled(world.worker, world.partner, started_on=D(2026, 1, 1), step=D(2026, 6, 1))
    long = settled(world.worker, world.partner, started_on=D(2025, 5, 1))
    for journey in (promised, long):
        pause(journey, D(2026, 5, 1))

    assert code_of(promised) == "step_today"
    assert code_of(long) == "over"


@time_machine.travel("2026-03-20T09:00Z")
def test_measures_count_when_they_are_whole_and_stand(world):
    journey = settled(world.worker, world.partner, started_on=D(2026, 3, 1), answered=False)
    answer(journey, world.worker, complete=False)
    replaced = answer(journey, world.worker, complete=True)
    by = answer(journey, world.worker, complete=False)
    MeasureSet.objects.filter(pk=replaced.pk).update(superseded_by=by)
    assert code_of(journey) == "no_baseline"

    answer(journey, world.worker, complete=True)

    assert code_of(journey) is None


def test_whoever_has_left_holds_nobody(world):
    journey = world.journey
    assert code_of(journey) == "no_contact"

    membership = world.worker.memberships.get()
    membership.ends_on = membership.starts_on
    membership.save()
    assert code_of(journey) == "unheld"

    membership.ends_on = None
    membership.save()
    world.worker.end()
    world.worker.save()
    assert code_of(journey) == "unheld"
    assert code_of(world.nhs_journey) != "unheld"


@time_machine.travel("2026-03-31T23:30:00Z")  # half past midnight in London, on 1 April
def test_the_day_is_londons(world):
    journey = settled(world.worker, world.partner, started_on=D(2026, 3, 25), step=D(2026, 4, 1))

    assert code_of(journey) == "step_today"


@pytest.mark.parametrize("months", [11, 12])
def test_the_latest_start_is_right_for_every_day_of_twenty_years(months):
    day = D(2020, 1, 1)
    while day < D(2040, 1, 1):
        start = last_start(months, day)
        assert add_months(start, months) <= day < add_months(start + timedelta(1), months)
        day += timedelta(days=1)


@pytest.mark.parametrize(
    ("today", "busy", "free"),
    [
        (D(2026, 11, 20), [], D(2026, 11, 23)),  # Friday: the weekend is nobody's free day
        (D(2026, 11, 20), [D(2026, 11, 23), D(2026, 11, 25)], D(2026, 11, 24)),
        (D(2026, 12, 24), [], D(2026, 12, 29)),  # Christmas, the weekend, Boxing Day's substitute
    ],
)
def test_the_next_free_day_is_a_working_day_with_nothing_promised(today, busy, free):
    assert next_free_day(busy, today) == free


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (datetime(2026, 3, 29, 10, 59, tzinfo=UTC), "Good morning"),  # 11:59, summer time
        (datetime(2026, 3, 29, 11, 0, tzinfo=UTC), "Good afternoon"),
        (datetime(2026, 10, 25, 11, 59, tzinfo=UTC), "Good morning"),  # winter time again
        (datetime(2026, 10, 25, 18, 0, tzinfo=UTC), "Good evening"),
    ],
)
def test_the_greeting_knows_the_time_in_london(moment, words):
    assert greeting(moment) == words
