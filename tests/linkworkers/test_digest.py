"""The words of the morning's e-mail: references and links, never a name."""

from datetime import date

import pytest
import time_machine
from django.core import mail

from linkworkers import reminders
from participants.actions import hand_over
from participants.models import Journey
from spring.core import outbox
from spring.core.models import Message
from tests.factories import TaskFactory
from tests.linkworkers.cases import settled

MONDAY = "2026-11-23T07:45Z"


@pytest.fixture
def monday():
    with time_machine.travel(MONDAY, tick=False) as clock:
        yield clock


@pytest.fixture
def due(monday, world):
    """Two people of Amira's who need her today; and Meg, with whom all is well."""
    Journey.objects.filter(pk=world.journey.pk).update(last_engaged_on=date(2026, 11, 16))
    worker, partner = world.worker, world.partner
    quiet = settled(worker, partner, started_on=date(2026, 9, 1))
    review = settled(
        worker,
        partner,
        started_on=date(2026, 8, 20),
        last_engaged_on=date(2026, 11, 16),
        next_review_on=date(2026, 11, 20),
        next_review_month=3,
        step=date(2026, 11, 24),
    )
    return world, quiet, review


def letters() -> dict[str, mail.EmailMessage]:
    reminders.write_digests()
    outbox.send_due()
    return {letter.to[0]: letter for letter in mail.outbox}


def test_it_counts_and_names_by_reference_with_links(due, settings):
    settings.SPRING_BASE_URL = "https://spring.example/"
    _, quiet, review = due

    letter = letters()["amira@staff.example"]

    assert letter.subject == "Spring: 2 people need you today"
    for journey in (quiet, review):
        assert journey.reference in letter.body
        assert f"https://spring.example/participants/{journey.participant_id}/" in letter.body
    assert "No contact (1)" in letter.body
    assert "Review due (1)" in letter.body


def test_it_holds_no_name_no_need_and_no_word_of_a_task(due):
    world, quiet, review = due
    TaskFactory(journey=quiet, due_on=date(2026, 11, 23), text="Ring about the overdose")
    world.participant.risks = "A dog"

    letter = letters()["amira@staff.example"]

    text = (letter.subject + letter.body).lower()
    for word in (
        quiet.participant.name,
        review.participant.name,
        quiet.participant.nhs_number,
        "overdose",
        "garden",
        "loneliness",
        world.partner.name,
        "amira",
    ):
        assert word.lower() not in text


def test_each_gets_their_own_people_only(due):
    world, quiet, review = due

    sent = letters()

    assert world.other_journey.reference not in sent["amira@staff.example"].body
    stranger = sent["stan@staff.example"].body
    assert world.other_journey.reference in stranger
    assert quiet.reference not in stranger
    assert review.reference not in stranger


def test_what_is_done_before_the_sending_is_left_out(due):
    _, quiet, review = due
    reminders.write_digests()
    Journey.objects.filter(pk=quiet.pk).update(last_engaged_on=date(2026, 11, 23))

    letter = letters()["amira@staff.example"]

    assert letter.subject == "Spring: 1 person needs you today"
    assert quiet.reference not in letter.body
    assert review.reference in letter.body


def test_nothing_is_sent_when_all_was_done_before_the_sending(due):
    world, quiet, review = due
    reminders.write_digests()
    Journey.objects.filter(pk__in=[quiet.pk, review.pk]).update(
        last_engaged_on=date(2026, 11, 23), next_review_on=None, next_review_month=None
    )

    assert "amira@staff.example" not in letters()
    message = Message.objects.get(recipient=world.worker)
    assert (message.status, message.problem) == ("cancelled", "No longer needed.")


def test_someone_whose_membership_ended_before_the_sending_gets_nothing(due):
    world = due[0]
    reminders.write_digests()
    membership = world.worker.memberships.get()
    membership.ends_on = date(2026, 11, 23)
    membership.save()

    assert "amira@staff.example" not in letters()


def test_people_handed_over_before_the_sending_are_left_out(due):
    world, quiet, review = due
    reminders.write_digests()
    for journey in (quiet, review):
        hand_over(
            journey=journey,
            partner=world.other_partner,
            worker=world.stranger,
            note="",
            by=world.coordinator,
        )

    assert "amira@staff.example" not in letters()


def test_yesterdays_is_not_sent_today(due, monday):
    reminders.write_digests()
    monday.move_to("2026-11-24T07:45Z")

    sent = letters()

    assert len([m for m in mail.outbox if m.to == ["amira@staff.example"]]) == 1
    assert sent
    assert Message.objects.filter(due_on=date(2026, 11, 23), status="sent").count() == 0
