"""Journeys in which all is well, so that a test need only say what is not; and counting queries."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta

from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext

from linkworkers.reasons import reason_of, with_reason
from participants.models import Journey, MeasureSet, Pause, Plan
from spring.core import clock
from tests.factories import JourneyFactory, SessionFactory, TaskFactory

NOT_COUNTED = re.compile(
    r"^(SAVEPOINT|RELEASE|ROLLBACK|BEGIN|COMMIT)|django_session|\"accounts_user\"\.\"password\""
    r"|audit_auditevent|core_setting",
    re.IGNORECASE,
)
FAR = timedelta(days=400)


def settled(lead, partner, *, started_on: date, step=FAR, plan=True, answered=True, **facts):
    """A journey under way of which no rule has anything to say for a good while."""
    facts.setdefault("last_engaged_on", started_on)
    facts.setdefault("first_attempt_on", started_on)
    facts.setdefault("stage", "active")
    journey = JourneyFactory(
        lead=lead,
        partner=partner,
        started_on=started_on,
        referred_on=started_on - timedelta(days=10),
        **{"next_review_on": None, "next_review_month": None, **facts},
    )
    if step is not None:
        due_on = step if isinstance(step, date) else started_on + step
        TaskFactory(journey=journey, due_on=due_on, by=lead, text="Ring about the garden group")
    if plan:
        Plan.objects.create(journey=journey, updated_by=lead)
    if answered:
        answer(journey, lead, complete=True)
    return journey


def answer(journey, by, *, complete):
    return MeasureSet.objects.create(
        journey=journey,
        instrument="ons4",
        version="2018",
        completed_on=journey.referred_on,
        completion="self",
        keyed_by=by,
        is_complete=complete,
    )


def pause(journey, starts_on):
    Pause.objects.create(journey=journey, starts_on=starts_on, reason="hospital")
    Journey.objects.filter(pk=journey.pk).update(stage="paused")


def code_of(journey) -> str | None:
    """The code of the rule that holds for a journey today."""
    reason = reason_today(journey)
    return reason.rule.code if reason else None


def reason_today(journey):
    judged = with_reason(Journey.objects.filter(pk=journey.pk), clock.today()).get()
    return reason_of(judged, clock.today())


@contextmanager
def counted_queries() -> Iterator[list[str]]:
    """The queries of a page, without transaction control, session, user, settings and audit."""
    asked: list[str] = []
    with CaptureQueriesContext(
        connection,
    ) as captured:
        yield asked
    asked += [q["sql"] for q in captured if not NOT_COUNTED.search(q["sql"])]


def rows_of(response) -> list[str]:
    soup = BeautifulSoup(response.content, "html5lib")
    return [" ".join(row.get_text(" ").split()) for row in soup.select(".row")]


def queries_of_today(browser) -> list[str]:
    with counted_queries() as asked:
        assert browser.get("/").status_code == 200
    return asked


def give(number: int, worker, partner) -> None:
    """So many people who need someone, with sessions and a next step."""
    for n in range(number):
        journey = JourneyFactory(partner=partner, lead=worker, started=40 + n)
        SessionFactory.create_batch(2, journey=journey)
        TaskFactory(journey=journey)
