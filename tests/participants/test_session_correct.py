"""Putting a contact right on its page: what it said before stays to be read."""

from datetime import timedelta

import pytest
from django.urls import reverse

from participants.actions import hand_over, record_session
from participants.models import Journey, Session
from spring.core import clock


@pytest.fixture
def session(world):
    return record_session(
        journey=world.journey,
        by=world.worker,
        kind="session",
        mode="telephone",
        outcome="attended",
        happened_on=clock.today() - timedelta(days=2),
        minutes=20,
        note="She said yes",
    )


@pytest.fixture
def where(world, session):
    return reverse("session-correct", args=[world.participant.pk, session.pk])


TYPED = {
    "kind": "session",
    "mode": "telephone",
    "outcome": "attended",
    "happened_on": "yesterday",
    "minutes": "25",
    "note": "She said no",
}


def test_the_form_begins_with_what_was_written(world, sign_in, where):
    html = sign_in(world.worker).get(where).content.decode()
    assert "She said yes" in html
    assert 'value="20"' in html
    assert "As it is now" in html


def test_it_is_changed_and_both_versions_are_shown(world, sign_in, session, where):
    browser = sign_in(world.worker)
    assert browser.post(where, TYPED).status_code == 302

    session.refresh_from_db()
    assert (session.note, session.minutes) == ("She said no", 25)
    assert session.happened_on == clock.today() - timedelta(days=1)
    html = browser.get(where).content.decode()
    assert "She said yes" in html
    assert "She said no" in html
    assert "As first written" in html
    person = browser.get(reverse("participant", args=[world.participant.pk]))
    assert "corrected" in person.content.decode()


def test_work_on_their_behalf_needs_no_outcome(world, sign_in, session, where):
    typed = {**TYPED, "kind": "on_behalf", "outcome": ""}
    assert sign_in(world.worker).post(where, typed).status_code == 302
    session.refresh_from_db()
    assert (session.kind, session.outcome) == ("on_behalf", "done")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("happened_on", "tomorrow"),
        ("happened_on", "1 1 1990"),
        ("happened_on", "soon"),
        ("minutes", "601"),
        ("minutes", "-1"),
        ("minutes", "9" * 500),
        ("minutes", "half an hour"),
        ("mode", "pigeon"),
        ("outcome", ""),
        ("note", "x" * 20_001),
        ("note", "nul\x00"),
    ],
)
def test_mistakes_change_nothing(world, sign_in, session, where, field, value):
    reply = sign_in(world.worker).post(where, {**TYPED, field: value})
    assert reply.status_code == 422
    assert Session.objects.get().note == "She said yes"


def test_only_on_the_page_of_its_own_person(world, sign_in, session):
    where = reverse("session-correct", args=[world.colleague_journey.participant.pk, session.pk])
    assert sign_in(world.manager).get(where).status_code == 404
    assert sign_in(world.manager).post(where, TYPED).status_code == 404


@pytest.mark.parametrize("who", ["colleague", "stranger", "coordinator", "administrator"])
def test_for_all_others_there_is_no_such_page(world, sign_in, where, who):
    browser = sign_in(getattr(world, who))
    assert browser.get(where).status_code == 404
    assert browser.post(where, TYPED).status_code == 404


def test_after_a_hand_over_the_former_worker_corrects_nothing(world, sign_in, where):
    hand_over(
        journey=world.journey,
        partner=world.partner,
        worker=world.colleague,
        note="",
        by=world.manager,
    )
    assert sign_in(world.worker).post(where, TYPED).status_code == 404
    assert sign_in(world.colleague).post(where, TYPED).status_code == 302
    assert Journey.objects.get(pk=world.journey.pk).sessions.get().worker == world.worker
