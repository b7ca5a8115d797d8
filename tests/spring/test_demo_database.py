"""Demonstration data in the database: every row agrees with every other."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from django.contrib.auth import authenticate
from django.contrib.auth.password_validation import validate_password
from django.db import models, transaction

from linkworkers.models import Task
from participants.actions import correct_session
from participants.models import (
    Assignment,
    Journey,
    MeasureSet,
    Participant,
    Pause,
    Review,
    Session,
)
from participants.stages import Stage, may_move
from partners.access import standing
from referrals.matches import find_matches
from referrals.models import Referral
from referrals.states import Status
from spring.accounts.models import User
from spring.accounts.roles import Role
from spring.core import clock, installation
from spring.core.calendar import add_working_days
from spring.core.dates import add_months
from spring.core.identifiers import reference_from
from spring.demo.accounts import ACCOUNTS, PASSWORD
from spring.demo.story import make

AS_OF = date(2026, 11, 22)
TWO_WAY = {"telephone", "in_person", "video", "group"}
TRIED = {"no_answer", "left_message"}
DERIVED = (
    "stage",
    "first_attempt_on",
    "started_on",
    "last_engaged_on",
    "attempts",
    "paused_days",
    "next_review_on",
    "next_review_month",
)
PEOPLE = 120


@pytest.fixture(scope="module")
def _written_once(django_db_setup, django_db_blocker):
    """The story in the database for the tests of this module; each undoes what it changes."""
    with django_db_blocker.unblock(), transaction.atomic():
        make(people=PEOPLE, months=14, seed=1, as_of=AS_OF, told=lambda done, people: None)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def demo(_written_once, db, monkeypatch):
    """The day that the story was told on."""
    monkeypatch.setattr(clock, "today", lambda: AS_OF)


def test_the_columns_of_a_journey_say_what_its_rows_say(demo):
    wrong = {journey.pk: found for journey in everything() if (found := differing(journey))}

    assert wrong == {}


def test_a_column_that_is_off_would_be_found(demo):
    journey = Journey.objects.filter(stage=Stage.ACTIVE, next_review_on__isnull=False).first()
    for name, other in {
        "first_attempt_on": AS_OF,
        "started_on": journey.started_on + timedelta(days=1),
        "last_engaged_on": AS_OF,
        "attempts": 9,
        "paused_days": 500,
        "next_review_on": AS_OF,
        "next_review_month": 24,
        "stage": Stage.PAUSED,
    }.items():
        planted = everything().get(pk=journey.pk)
        setattr(planted, name, other)
        assert name in differing(planted)


def everything():
    return Journey.objects.prefetch_related("sessions", "pauses", "reviews", "stage_changes")


def differing(journey: Journey) -> list[str]:
    """The columns that are not what the rows of the journey add up to."""
    sessions = list(journey.sessions.all())
    engaged = [
        s.happened_on for s in sessions if s.outcome == "attended" and s.mode in TWO_WAY
    ]  # fmt: skip
    started, last = min(engaged, default=None), max(engaged, default=None)
    attempts = [s.happened_on for s in sessions if s.outcome in TRIED]
    spoken = [
        s.happened_on for s in sessions if s.outcome == "attended" and s.kind != "on_behalf"
    ]  # fmt: skip
    pauses = list(journey.pauses.all())
    paused = sum((p.ends_on - p.starts_on).days for p in pauses if p.ends_on)
    if journey.closed_on:
        stage = "closed"
    elif any(p.ends_on is None for p in pauses):
        stage = "paused"
    else:
        stage = "active" if started else "waiting"
    handled = [review.month for review in journey.reviews.all()]
    left = [month for month in (3, 6, 9, 12) if month > max(handled, default=0)]
    month = left[0] if left and stage == "active" else None
    due = add_months(started, month) + timedelta(days=paused) if month and started else None
    expected = {
        "stage": stage,
        "first_attempt_on": min(attempts + spoken, default=None),
        "started_on": started,
        "last_engaged_on": last,
        "attempts": sum(last is None or day > last for day in attempts),
        "paused_days": paused,
        "next_review_on": due,
        "next_review_month": month,
    }
    return [name for name, value in expected.items() if getattr(journey, name) != value]


def test_working_them_out_again_by_the_action_changes_nothing(demo):
    for journey in Journey.objects.order_by("pk"):
        before = {name: getattr(journey, name) for name in DERIVED}
        session = journey.sessions.order_by("pk").first()
        if session is None:
            continue
        correct_session(session=session, changes={"note": "Put right."}, by=session.worker)
        journey.refresh_from_db()
        assert {name: getattr(journey, name) for name in DERIVED} == before


def test_stages_moved_as_the_table_allows_and_in_order(demo):
    for journey in everything():
        moves = sorted(journey.stage_changes.all(), key=lambda move: (move.at, move.pk))
        assert (moves[0].from_stage, moves[0].to_stage) == ("", Stage.WAITING)
        assert moves[-1].to_stage == journey.stage
        for before, after in pairwise(moves):
            assert after.from_stage == before.to_stage
            assert may_move(after.from_stage, after.to_stage)
            assert after.on >= before.on


def test_reviews_were_due_when_the_pauses_until_then_say(demo):
    for review in Review.objects.select_related("journey", "session").prefetch_related(
        "journey__pauses"
    ):
        journey, day = review.journey, review.done_on or clock.london_date(review.created_at)
        paused = sum(
            max(0, (min(p.ends_on or day, day) - p.starts_on).days) for p in journey.pauses.all()
        )
        assert review.due_on == add_months(journey.started_on, review.month) + timedelta(paused)
        assert bool(review.session) == bool(review.done_on)
        if review.session:
            assert review.session.kind == Session.Kind.REVIEW
            assert review.session.happened_on == review.done_on


def test_referrals_are_as_receiving_and_deciding_leave_them(demo):
    for referral in Referral.objects.select_related("practice", "journey__participant"):
        assert referral.reference == reference_from(referral.id)
        assert referral.received_on == clock.london_date(referral.submitted_at)
        assert referral.triage_due_on == add_working_days(referral.received_on, 2)
        if referral.practice and not referral.council:
            pytest.fail("the council of the practice is known")
        assert referral.needs.exists()
        states = [change.to_status for change in referral.status_changes.order_by("at", "pk")]
        assert states == [Status.RECEIVED, referral.status][: 1 if referral.is_open else 2]
        if journey := referral.journey:
            assert referral.decided_at >= referral.submitted_at
            assert journey.reference == referral.reference
            assert journey.referred_on == referral.received_on
            assert journey.accepted_on == clock.london_date(referral.decided_at)
            assert journey.first_contact_due_on == add_working_days(journey.accepted_on, 5)
            assert set(journey.needs.values_list("need", flat=True)) == set(
                referral.needs.values_list("need", flat=True)
            )
            assert journey.participant.name == referral.name
            first = journey.assignments.filter(is_lead=True).order_by("starts_at").first()
            assert first.partner_id == referral.partner_id


def test_searching_and_matching_columns_are_filled(demo):
    for person in Participant.objects.all():
        kept = person.name_key, person.search_text
        person.make_searchable()
        assert (person.name_key, person.search_text) == kept


def test_every_open_journey_has_one_lead_who_works_there_today(demo):
    leads = Assignment.objects.current().leads().select_related("journey", "worker")
    held = {lead.journey_id: lead for lead in leads}
    assert len(held) == Journey.objects.count()
    for journey in Journey.objects.open():
        lead = held[journey.pk]
        assert lead.worker.is_active
        assert lead.partner_id == journey.partner_id
        assert Journey.objects.visible_to(lead.worker).filter(pk=journey.pk).exists()


def test_one_lead_follows_another_without_a_gap(demo):
    for journey in Journey.objects.all():
        leads = list(journey.assignments.leads().order_by("starts_at"))
        assert [a.ends_at for a in leads[:-1]] == [a.starts_at for a in leads[1:]]
        for session in journey.sessions.all():
            written_by = [
                a
                for a in leads
                if a.starts_at <= session.created_at
                and (a.ends_at is None or session.created_at <= a.ends_at)
            ]
            assert session.worker_id in {a.worker_id for a in written_by}
            assert session.partner_id in {a.partner_id for a in written_by}


def test_late_missing_and_odd_cases_are_there(demo):
    opened, today = Journey.objects.open(), AS_OF
    started = opened.filter(started_on__isnull=False)
    waiting = opened.filter(stage=Stage.WAITING)
    undecided = Referral.objects.open()
    found = {
        "stated risk": undecided.filter(risk_status="stated"),
        "decision overdue": undecided.filter(triage_due_on__lt=today),
        "no practice": Referral.objects.filter(practice__isnull=True),
        "first contact overdue": waiting.filter(
            first_attempt_on__isnull=True, first_contact_due_on__lt=today
        ),
        "three attempts": waiting.filter(attempts=3),
        "no attempt": waiting.filter(attempts=0),
        "past twelve months": opened.filter(started_on__lt=add_months(today, -12)),
        "no plan": started.filter(plan__isnull=True),
        "no measures": started.filter(measures__isnull=True),
        "no next step": started.exclude(tasks__done_on__isnull=True),
        "step overdue": Task.objects.open().filter(due_on__lt=today),
        "silent": started.filter(last_engaged_on__lt=today - timedelta(days=30)),
        "agreed rhythm": opened.filter(rhythm_days__isnull=False),
        "paused before": opened.filter(paused_days__gt=0, stage=Stage.ACTIVE),
        "review overdue": opened.filter(next_review_on__lt=today - timedelta(days=28)),
        "review skipped": Review.objects.exclude(skipped_reason=""),
        "started on the 31st": Journey.objects.filter(started_on__day=31),
        "step-up from the NHS": Journey.objects.filter(continues__isnull=False),
        "with the NHS": opened.filter(service=Journey.Service.NHS),
        "part of the answers": MeasureSet.objects.filter(is_complete=False),
        "handed over": Assignment.objects.filter(ends_at__isnull=False),
        "to another partner": Session.objects.exclude(partner=models.F("journey__partner")),
        "a volunteer beside": Assignment.objects.filter(is_lead=False),
        "interpreter": Participant.objects.filter(interpreter=True),
        "one name": Participant.objects.exclude(name__contains=" "),
        "apostrophe": Participant.objects.filter(name__contains="'"),
        "Polish letters": Participant.objects.filter(name__contains="ś"),
        "Welsh letters": Participant.objects.filter(name__contains="ï"),
        "not asked": Participant.objects.filter(ethnicity="99"),
        "corrected": Session.history.filter(history_type="~"),
        "closed while paused": Pause.objects.filter(ends_on=models.F("journey__closed_on")),
    }
    assert [what for what, kept in found.items() if not kept.exists()] == []


def test_exact_duplicates_wait_for_a_decision(demo):
    coordinator = User.objects.get(email=ACCOUNTS[0][0])
    matched = [find_matches(referral, coordinator) for referral in Referral.objects.open()]

    assert any(match.people and match.people[0].open_journey for match in matched)
    assert any(match.people and not match.people[0].open_journey for match in matched)
    assert any(match.referrals and not match.people for match in matched)


def test_those_of_the_pictures_are_on_the_caseload_of_amira_khan(demo):
    amira = User.objects.get(name="Amira Khan")
    called = {j.participant.called for j in Journey.objects.open().held_by(amira)}

    assert called >= {"Meg O'Brien", "Tomasz Wiśniewski", "Joyce Adeyemi", "Peter Hall",
                      "Sunita Patel", "Graham Neal", "Ellie Marsh"}  # fmt: skip
    meg = Journey.objects.get(participant__name="Margaret O'Brien")
    assert meg.last_engaged_on == AS_OF - timedelta(days=34)
    assert meg.reviews.filter(done_on__isnull=False).count() == 2
    assert meg.plan.goals.count() == 3


def test_the_installation_says_that_its_people_are_fictional(demo):
    assert installation.is_demonstration()


def test_each_account_that_is_printed_can_sign_in_and_has_its_role(demo, rf):
    roles = {}
    for email, name, _ in ACCOUNTS:
        user = authenticate(rf.post("/sign-in/"), email=email, password=PASSWORD)
        assert user is not None
        assert user.name == name
        validate_password(PASSWORD, user)
        roles[email.split("@")[0]] = standing(user).roles
    assert list(roles.values()) == [
        {Role.COORDINATOR},
        {Role.LINK_WORKER},
        {Role.VOLUNTEER},
        {Role.NHS_LINK_WORKER},
        {Role.PARTNER_MANAGER},
        {Role.SERVICE_MANAGER},
        {Role.COMMISSIONER},
        {Role.ADMINISTRATOR},
    ]


def test_everyone_who_works_with_people_has_some(demo):
    for email, _, what in ACCOUNTS[1:4]:
        user = User.objects.get(email=email)
        assert Journey.objects.open().held_by(user).exists(), what
