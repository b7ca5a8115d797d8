"""The one table of how a journey may move, and the reasons for closing."""

import pytest

from participants.actions.journeys import move
from participants.models import StageChange
from participants.stages import (
    AFTER_START,
    BEFORE_START,
    TRANSITIONS,
    ClosureReason,
    Stage,
    closure_reasons,
    may_move,
)
from spring.core import clock
from spring.core.refusal import Refused

ALLOWED = {
    ("waiting", "active"),
    ("waiting", "closed"),
    ("active", "paused"),
    ("active", "closed"),
    ("active", "waiting"),
    ("paused", "active"),
    ("paused", "closed"),
}


def test_the_table_knows_every_stage_and_leads_only_to_stages():
    assert set(TRANSITIONS) == set(Stage)
    assert set().union(*TRANSITIONS.values()) <= set(Stage)


@pytest.mark.parametrize("now", Stage)
@pytest.mark.parametrize("to", Stage)
def test_each_pair_is_decided(now, to):
    assert may_move(now, to) == ((now.value, to.value) in ALLOWED)


def test_nothing_leads_out_of_closed():
    assert TRANSITIONS[Stage.CLOSED] == frozenset()


@pytest.mark.parametrize("now", Stage)
@pytest.mark.parametrize("to", Stage)
def test_a_journey_moves_only_as_the_table_says_and_leaves_a_trace(world, now, to):
    journey = world.journey
    journey.stage = now
    if (now.value, to.value) in ALLOWED:
        move(journey, to, by=world.worker, on=clock.today(), reason="test")
        change = StageChange.objects.get(journey=journey)
        assert (change.from_stage, change.to_stage, change.by) == (now, to, world.worker)
    else:
        with pytest.raises(Refused):
            move(journey, to, by=world.worker, on=clock.today())
        assert not StageChange.objects.filter(journey=journey).exists()
        assert journey.stage == now


def test_every_reason_fits_before_or_after_the_start():
    assert set(ClosureReason) == BEFORE_START | AFTER_START


@pytest.mark.parametrize("started", [True, False])
def test_the_reasons_offered_fit(started):
    offered = {value for value, _ in closure_reasons(started=started)}
    assert offered == (AFTER_START if started else BEFORE_START)
    assert ("goals_met" in offered) is started
    assert ("declined" in offered) is not started
