"""The small world stands, and people in it see what they may."""

import pytest

from participants.models import Journey, Participant

SEES = {
    "worker": {"journey"},
    "colleague": {"colleague_journey"},
    "volunteer": {"volunteer_journey"},
    "stranger": {"other_journey"},
    "nhs_worker": {"nhs_journey"},
    "other_nhs_worker": set(),
    "manager": {"journey", "colleague_journey", "volunteer_journey"},
    "other_manager": {"other_journey"},
    "partner_coordinator": {"journey", "colleague_journey", "volunteer_journey"},
    "coordinator": {
        "journey",
        "colleague_journey",
        "volunteer_journey",
        "other_journey",
        "nhs_journey",
    },
    "service_manager": {
        "journey",
        "colleague_journey",
        "volunteer_journey",
        "other_journey",
        "nhs_journey",
    },
    "commissioner": set(),
    "administrator": set(),
    "nobody": set(),
}


@pytest.mark.parametrize("actor", SEES)
def test_each_sees_the_journeys_and_people_they_may(world, actor):
    user = world.actors()[actor]
    journeys = {getattr(world, name) for name in SEES[actor]}

    assert set(Journey.objects.visible_to(user)) == journeys
    assert set(Participant.objects.visible_to(user)) == {j.participant for j in journeys}


def test_every_actor_is_in_the_table(world):
    assert set(SEES) == set(world.actors())
