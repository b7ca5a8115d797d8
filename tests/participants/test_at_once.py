"""The same thing pressed many times at the same moment (R-13), each on its own connection."""

from uuid import uuid4

import pytest
from django.urls import reverse

from linkworkers.actions import log_contact
from linkworkers.models import Task
from participants.actions import (
    PlanChanged,
    change_details,
    change_plan,
    hand_over,
    open_journey,
    record_measure,
    record_session,
)
from participants.actions.journeys import Opening
from participants.models import Assignment, Journey, MeasureSet, Participant, Plan, Session
from spring.core import clock
from spring.core.refusal import Refused
from tests.factories import ParticipantFactory
from tests.referrals.at_once import at_once
from tests.world import make_world

pytestmark = pytest.mark.django_db(transaction=True)

TIMES = 12


@pytest.fixture
def small_world(transactional_db):
    return make_world()


def contact(**facts):
    return {
        "kind": "session",
        "mode": "telephone",
        "outcome": "attended",
        "happened_on": clock.today(),
        **facts,
    }


def problems(answers):
    return [answer for answer in answers if isinstance(answer, Exception)]


def test_one_contact_sent_many_times_at_once_is_one_session_and_one_next_step(small_world):
    world, submission = small_world, uuid4()

    def send():
        return log_contact(
            journey=world.journey,
            by=world.worker,
            next_step="Ring",
            next_on=clock.today(),
            **contact(submission=submission),
        ).pk

    answers = at_once([send] * TIMES)
    assert problems(answers) == []
    assert len(set(answers)) == 1, "all see the same session"
    assert Session.objects.count() == Task.objects.count() == 1


def test_without_the_number_of_the_form_there_would_be_many(small_world):
    """Negative control: the same, with a new number each time."""
    world = small_world

    def send():
        record_session(journey=world.journey, by=world.worker, **contact(submission=uuid4()))

    assert problems(at_once([send] * 4)) == []
    assert Session.objects.count() == 4


def test_the_page_says_the_same_to_each_of_them(small_world, sign_in):
    world, submission = small_world, str(uuid4())
    browsers = [sign_in(world.worker) for _ in range(6)]
    sent = contact(
        submission=submission, happened_on="today", minutes="30", due_in="2", next_step="Ring"
    )
    where = reverse("log-contact", args=[world.participant.pk])
    answers = at_once([lambda b=b: b.post(where, sent).status_code for b in browsers])
    assert answers == [302] * 6
    assert Session.objects.count() == Task.objects.count() == 1


def test_two_first_journeys_at_once_are_one(small_world):
    world, person = small_world, ParticipantFactory()
    opening = Opening("SPR-346-789-A", clock.today(), "practice", ["loneliness"])

    def take(partner, worker):
        return lambda: open_journey(
            participant=person, opening=opening, partner=partner, worker=worker, by=worker
        )

    answers = at_once(
        [take(world.partner, world.worker), take(world.other_partner, world.stranger)]
    )
    assert [type(problem) for problem in problems(answers)] == [Refused]
    assert Journey.objects.filter(participant=person).count() == 1
    assert Assignment.objects.filter(journey__participant=person).count() == 1


def test_two_hand_overs_at_once_leave_one_lead(small_world):
    world = small_world

    def give(worker, partner):
        return lambda: hand_over(
            journey=world.journey, partner=partner, worker=worker, note="", by=world.coordinator
        )

    answers = at_once(
        [give(world.colleague, world.partner), give(world.stranger, world.other_partner)]
    )
    assert problems(answers) == []
    journey = Journey.objects.get(pk=world.journey.pk)
    lead = journey.assignments.current().leads().get()
    assert lead.partner == journey.partner
    assert journey.assignments.count() == 3


def test_two_who_write_the_first_plan_at_once(small_world):
    world = small_world

    def write(by):
        return lambda: change_plan(
            journey=world.journey,
            version=0,
            what_matters=by.name,
            strengths="",
            agreed="not_yet",
            by=by,
        )

    answers = at_once([write(world.worker), write(world.manager)])
    assert [type(problem) for problem in problems(answers)] == [PlanChanged]
    assert Plan.objects.get().version == 1


def test_one_set_of_answers_sent_many_times_at_once(small_world):
    world, submission = small_world, uuid4()

    def send():
        return record_measure(
            journey=world.journey,
            instrument="ons4",
            answers={"happy": 5},
            completed_on=clock.today(),
            completion="self",
            by=world.worker,
            submission=submission,
        ).pk

    answers = at_once([send] * TIMES)
    assert problems(answers) == []
    assert len(set(answers)) == MeasureSet.objects.count() == 1


def test_two_people_given_one_nhs_number_at_once(small_world):
    world, other = small_world, ParticipantFactory(nhs_number="")
    Participant.objects.filter(pk=world.participant.pk).update(nhs_number="")

    def number(person):
        return lambda: change_details(
            participant=person, changes={"nhs_number": "9990001014"}, by=world.worker
        )

    answers = at_once([number(world.participant), number(other)])
    assert [type(problem) for problem in problems(answers)] == [Refused]
    assert Participant.objects.filter(nhs_number="9990001014").count() == 1
