"""Who has looked at a person's record."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from spring.audit.log import Verb, record, seen
from spring.audit.models import AuditEvent


def address(person) -> str:
    return f"/participants/{person.pk}/who-looked/"


def lines(response):
    return [
        (event.actor.name if event.actor else None, event.verb, what)
        for event, what in response.context["rows"]
    ]


def test_the_latest_comes_first_in_words(world, sign_in):
    meg = world.participant
    record(Verb.VIEWED, meg, by=world.worker, participant=meg.pk)
    record(Verb.CREATED, world.journey, by=world.coordinator, participant=meg.pk)
    seen([meg.pk, world.other_participant.pk], "caseload", by=world.manager)
    seen([meg.pk], "referrals.match", by=world.coordinator)
    record(Verb.CHANGED, meg, by=None, participant=meg.pk)
    page = sign_in(world.manager).get(address(meg))
    assert lines(page)[:6] == [
        ("Mary Manager", "viewed", "this log"),
        (None, "changed", "the record"),
        ("Cora Day", "listed", "“match”"),
        ("Mary Manager", "listed", "“caseload”"),
        ("Cora Day", "created", "the journey"),
        ("Amira Khan", "viewed", "the record"),
    ]
    html = page.content.decode()
    for words in ("Amira Khan", "Looked at: the record", "Saw in a list", "Spring itself"):
        assert words in html


def test_looking_who_looked_is_logged(world, sign_in):
    sign_in(world.service_manager).get(address(world.participant))
    event = AuditEvent.objects.get(participant_id=world.participant.pk)
    assert (event.actor, event.verb) == (world.service_manager, "viewed")


def test_of_one_person_only(world, sign_in):
    record(Verb.VIEWED, world.other_participant, by=world.stranger,
           participant=world.other_participant.pk)  # fmt: skip
    page = sign_in(world.service_manager).get(address(world.participant))
    assert "Stan Ford" not in page.content.decode()


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("manager", 200), ("partner_coordinator", 200), ("coordinator", 200),
        ("service_manager", 200), ("worker", 404), ("other_manager", 404), ("administrator", 404),
        ("commissioner", 404),
    ],
)  # fmt: skip
def test_for_those_who_oversee_this_person(world, sign_in, who, status):
    browser = sign_in(getattr(world, who))
    assert browser.get(address(world.participant)).status_code == status


def test_it_is_paged_and_asks_no_more_for_more(world, sign_in):
    meg, browser = world.participant, sign_in(world.manager)

    def queries(**asked) -> int:
        with CaptureQueriesContext(connection) as ran:
            browser.get(address(meg), asked)
        return len(ran)

    queries()  # what a process looks up once
    few = queries()
    for _ in range(60):
        record(Verb.VIEWED, meg, by=world.worker, participant=meg.pk)
    assert queries() == few
    assert "Pages of the log" in browser.get(address(meg), {"page": 2}).content.decode()
