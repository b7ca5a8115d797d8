"""Who needs me, why, since when: the page of those who work with people."""

from datetime import date
from importlib import import_module

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.urls import reverse

from linkworkers.today import RULES
from participants.models import Journey
from spring.audit.models import AuditEvent
from tests.factories import (
    TaskFactory,
)
from tests.linkworkers.cases import (
    give,
    queries_of_today,
    rows_of,
    settled,
)

D = date


@time_machine.travel("2026-11-22T09:00Z")
def test_a_link_worker_sees_who_why_since_when_and_the_next_thing_to_do(world, sign_in):
    Journey.objects.filter(pk=world.journey.pk).update(
        last_engaged_on=D(2026, 10, 19), started_on=D(2026, 4, 1), first_attempt_on=D(2026, 4, 1)
    )
    TaskFactory(journey=world.journey, due_on=D(2026, 11, 24), text="Ask about the choir")

    page = sign_in(world.worker).get("/")

    text = " ".join(BeautifulSoup(page.content, "html5lib").main.get_text(" ").split())
    assert "Good morning, Amira" in text
    assert "Sunday 22 November 2026. 1 person with you, room for 44 more" in text
    (row,) = rows_of(page)
    assert "Meg O'Brien" in row
    assert "No contact for 34 days" in row
    assert "since Monday 19 October" in row
    assert "Next: Ask about the choir, Tuesday 24 November" in row
    link = BeautifulSoup(page.content, "html5lib").select_one(".row__do a")
    assert link["href"] == f"/participants/{world.participant.pk}/#log"


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_the_button_of_every_rule_leads_to_a_page_with_that_part(world, sign_in, rule):
    who = world.manager if rule.code == "unheld" else world.worker

    page = sign_in(who).get(reverse(rule.page, args=[world.participant.pk]))

    assert page.status_code == 200
    if rule.part:
        assert BeautifulSoup(page.content, "html5lib").find(id=rule.part)


@time_machine.travel("2026-11-20T09:00Z")
def test_the_most_pressing_comes_first_and_each_person_once(world, sign_in):
    Journey.objects.filter(pk=world.journey.pk).update(
        closed_on=D(2026, 11, 1), stage="closed", closure_reason="moved_away"
    )
    for started, facts in {
        "Ann Due": {"step": D(2026, 11, 20)},
        "Bob Late": {"step": D(2026, 11, 10), "last_engaged_on": D(2026, 9, 1)},
        "Cid Long": {"started_on": D(2025, 11, 1), "step": D(2026, 11, 10)},
        "Dee Soon": {"step": D(2026, 11, 25)},
        "Eve Fine": {},
    }.items():
        journey = settled(
            world.worker,
            world.partner,
            **{"started_on": D(2026, 11, 9), "answered": True, **facts},
        )
        journey.participant.name = started
        journey.participant.save()

    rows = rows_of(sign_in(world.worker).get("/"))

    assert [row[:8] for row in rows] == ["Cid Long", "Bob Late", "Ann Due ", "Dee Soon"]


@time_machine.travel("2026-11-20T09:00Z")
def test_a_quiet_day_is_said_warmly_with_the_next_free_day(world, sign_in):
    Journey.objects.filter(pk=world.journey.pk).delete()
    settled(world.worker, world.partner, started_on=D(2026, 11, 9), step=D(2026, 11, 30))

    text = sign_in(world.worker).get("/").content.decode()

    assert "Nobody is waiting for you" in text
    assert "Your next free day is Monday 23 November." in text


def test_without_anyone_the_page_says_what_will_come(world, sign_in):
    Journey.objects.filter(pk=world.journey.pk).delete()

    assert "Nobody is with you yet" in sign_in(world.worker).get("/").content.decode()


def test_only_ones_own_people_and_never_another_partners(world, sign_in):
    page = sign_in(world.worker).get("/").content.decode()

    assert world.participant.called.replace("'", "&#x27;") in page
    for journey in (world.colleague_journey, world.other_journey, world.volunteer_journey):
        assert journey.participant.name not in page


def test_the_test_above_would_see_another_partners_people(world, sign_in, monkeypatch):
    """The negative control: without the scope, they are there."""
    query = type(Journey.objects.all())
    monkeypatch.setattr(query, "visible_to", lambda self, user: self)
    monkeypatch.setattr(query, "held_by", lambda self, worker: self)

    assert world.other_participant.name in sign_in(world.worker).get("/").content.decode()


def test_looking_at_today_is_in_the_log(world, sign_in):
    sign_in(world.worker).get("/")

    event = AuditEvent.objects.get(verb="listed")
    assert (event.actor, event.participant_id) == (world.worker, world.participant.pk)


def test_the_number_of_queries_does_not_grow_with_the_people(world, sign_in):
    browser = sign_in(world.worker)
    give(10, world.worker, world.partner)
    few = queries_of_today(browser)
    give(90, world.worker, world.partner)

    assert len(queries_of_today(browser)) == len(few) <= 8, few


def test_the_count_above_sees_a_query_for_each_row(world, sign_in, monkeypatch):
    """The negative control."""
    page = import_module("linkworkers.views.today")
    judge = page.reason_of
    monkeypatch.setattr(
        page, "reason_of", lambda journey, day: (journey.sessions.exists(), judge(journey, day))[1]
    )
    browser = sign_in(world.worker)
    few = len(queries_of_today(browser))
    give(5, world.worker, world.partner)

    assert len(queries_of_today(browser)) == few + 5
