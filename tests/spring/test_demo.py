"""Demonstration data: the same for the same arguments, within the rules, and of nobody real."""

import hashlib
import re
from collections import Counter
from datetime import date, datetime, timedelta
from io import StringIO

import nhs_number
import pytest
from django.core.management import CommandError, call_command
from django.db import models, transaction

from linkworkers.models import Worker
from participants.models import (
    Journey,
    Participant,
    Plan,
    Review,
    Session,
    StageChange,
)
from participants.stages import ClosureReason, Stage
from partners.models import CommunityService, Membership, Organisation
from referrals.models import Referral, StatusChange
from referrals.states import DeclineReason, Status
from reports.models import Target
from spring.accounts.models import User
from spring.accounts.roles import Role
from spring.core import clock, installation
from spring.core.identifiers import clean_postcode, clean_telephone
from spring.core.vocabulary import Need
from spring.demo.batch import ORDER
from spring.demo.oddities import LONG_NAME
from spring.demo.story import Story, make
from tests.factories import ParticipantFactory, UserFactory

AS_OF = date(2026, 11, 22)
PEOPLE = 120
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


def told(*, people=PEOPLE, months=14, seed=1, as_of=AS_OF) -> dict[type[models.Model], list]:
    """All rows of a story, told without a database."""
    story = Story(people=people, months=months, seed=seed, as_of=as_of)
    for position in range(people):
        story.tell(position)
    return story.batch.rows


@pytest.fixture(scope="module")
def rows():
    return told()


def run(**options) -> str:
    out = StringIO()
    options = {"people": 60, "as_of": AS_OF} | options
    call_command("demo", stdout=out, stderr=StringIO(), **options)
    return out.getvalue()


def facts(row: models.Model) -> tuple:
    """What a row says, without the number that the database gave it."""
    fields = [f for f in row._meta.concrete_fields if not isinstance(f, models.AutoField)]
    values = [getattr(row, field.attname) for field in fields]
    moments = [v.timestamp() if isinstance(v, datetime) else v for v in values]
    return tuple(map(str, moments))


def digest(rows_by_model) -> str:
    lines = (f"{m.__name__} {facts(row)}" for m, rows in rows_by_model.items() for row in rows)
    return hashlib.sha256("\n".join(sorted(lines)).encode()).hexdigest()


def stored() -> dict:
    return {model: list(model._default_manager.all()) for model in ORDER}


# --- the same arguments, the same data -------------------------------------------------------------
def test_the_same_arguments_make_the_same_rows_down_to_the_ids(rows):
    assert digest(told()) == digest(rows)


@pytest.mark.parametrize(
    "other", [{"seed": 2}, {"as_of": AS_OF - timedelta(days=1)}, {"months": 13}, {"people": 119}]
)
def test_other_arguments_make_other_rows(rows, other):
    assert digest(told(**other)) != digest(rows)


def test_two_runs_leave_the_same_in_the_database_as_was_told(db):
    found = []
    for _ in range(2):
        with transaction.atomic():
            run(people=30)
            found.append(digest(stored()))
            transaction.set_rollback(True)
        installation.forget()

    assert found[0] == found[1] == digest(told(people=30))


def test_ids_are_of_version_7_and_of_their_own_time(rows):
    for model, kept in rows.items():
        if model._meta.pk.get_internal_type() != "UUIDField" or model is Membership:
            continue
        for row in kept:
            assert row.pk.version == 7
            assert abs((row.pk.int >> 80) / 1000 - row.created_at.timestamp()) < 0.01
    ids = [row.pk for kept in rows.values() for row in kept if row.pk is not None]
    assert len(ids) == len(set(ids))


# --- within the rules ------------------------------------------------------------------------------
def test_every_value_is_one_that_its_field_allows(rows):
    for kept in rows.values():
        for row in kept:
            beyond = [
                field.name
                for field in row._meta.fields
                if field.is_relation
                or isinstance(field, models.JSONField)
                or (field.null and getattr(row, field.attname) is None)
            ]
            row.clean_fields(exclude=beyond)
    assert {service.need for service in rows[CommunityService]} == set(Need)


def test_nothing_happened_on_or_after_the_last_day(rows):
    ahead = {"due_on", "triage_due_on", "first_contact_due_on", "next_review_on", "planned_for"}
    ahead |= {"away_until"}
    for kept in rows.values():
        for row in kept:
            for field in row._meta.concrete_fields:
                value = getattr(row, field.attname)
                if isinstance(value, datetime):
                    value = clock.london_date(value)
                if isinstance(value, date) and field.name not in ahead:
                    assert value < AS_OF, (row._meta.label, field.name, value)


# --- everyone is there -----------------------------------------------------------------------------
def test_every_stage_decision_and_reason_is_there(rows):
    assert {journey.stage for journey in rows[Journey]} == set(Stage)
    assert {referral.status for referral in rows[Referral]} == set(Status)
    assert {r.decline_reason for r in rows[Referral]} - {""} == set(DeclineReason)
    assert {j.closure_reason for j in rows[Journey]} - {""} == set(ClosureReason)
    assert {review.month for review in rows[Review]} == {3, 6, 9, 12}
    assert {session.outcome for session in rows[Session]} == set(Session.Outcome)
    assert {plan.agreed for plan in rows[Plan]} == set(Plan.Agreed)


def test_the_longest_and_the_most_are_there(rows):
    goals = Counter(goal.plan_id for model, kept in rows.items() if model.__name__ == "Goal"
                    for goal in kept)  # fmt: skip
    sessions = Counter(session.journey_id for session in rows[Session])
    assert max(goals.values()) == 40
    assert max(sessions.values()) >= 300
    assert any(referral.name == LONG_NAME for referral in rows[Referral])


def test_the_organisations_and_those_who_work_for_them_are_there(rows):
    kinds = Counter(organisation.kind for organisation in rows[Organisation])
    assert (kinds["partner"], kinds["practice"], kinds["pcn"]) == (4, 70, 11)
    names = [organisation.name for organisation in rows[Organisation]]
    assert len(set(names)) == len(names)
    posts = [worker for worker in rows[Worker] if worker.user.is_active]
    assert len(posts) == 15
    assert sum(worker.is_volunteer for worker in posts) == 4
    assert {m.role for m in rows[Membership]} == set(Role)
    stale = [s for s in rows[CommunityService] if s.last_checked_on < AS_OF - timedelta(days=90)]
    assert len(rows[CommunityService]) >= 60
    assert 3 <= len(stale) <= 15
    assert {target.year for target in rows[Target]} == {2025, 2026}


def test_more_people_have_more_link_workers():
    posts = {n: len(Story(people=n, months=14, seed=1, as_of=AS_OF).service.posts) for n in
             (60, 700, 10_000)}  # fmt: skip
    assert posts[60] == posts[700] == 15
    assert 100 < posts[10_000] < 200


# --- nobody real -----------------------------------------------------------------------------------
def test_nhs_numbers_are_of_the_range_kept_for_tests_and_one_in_ten_has_none(rows):
    people = [*rows[Participant], *rows[Referral]]
    numbers = [person.nhs_number for person in people if person.nhs_number]
    assert all(number.startswith("999") and nhs_number.is_valid(number) for number in numbers)
    held = [person.nhs_number for person in rows[Participant] if person.nhs_number]
    assert len(set(held)) == len(held)
    assert 0.05 < 1 - len(numbers) / len(people) < 0.15


def test_telephones_mail_and_postcodes_reach_nobody(rows):
    drama = re.compile(r"07700 900\d{3}|01632 960\d{3}")
    for model in (Organisation, CommunityService, Participant, Referral):
        for row in rows[model]:
            for name in ("telephone", "referrer_telephone"):
                if number := getattr(row, name, ""):
                    assert drama.fullmatch(number)
                    assert clean_telephone(number) == number
            for name in ("email", "referrer_email"):
                if address := getattr(row, name, ""):
                    assert address.endswith((".example", "@example.org"))
            assert not row.postcode or clean_postcode(row.postcode) == row.postcode
    assert all(s.website.endswith(".example/") for s in rows[CommunityService] if s.website)
    assert all(user.email.endswith("@spring.example") for user in rows[User])


# --- the command -----------------------------------------------------------------------------------
def test_the_command_says_what_it_made_and_how_far_it_is(db):
    out, progress = StringIO(), StringIO()
    call_command("demo", people=60, as_of=AS_OF, stdout=out, stderr=progress)

    assert "60 fictional people" in out.getvalue()
    assert re.search(r"Journeys: under way +\d+", out.getvalue())
    assert "60 of 60 people" in progress.getvalue()
    assert Participant.objects.exists()


def test_it_refuses_where_demonstration_data_is_already(db):
    run()
    with pytest.raises(CommandError, match="already"):
        run()


@pytest.mark.parametrize("factory", [ParticipantFactory, UserFactory])
def test_it_refuses_where_there_is_anybody(db, factory):
    factory()
    with pytest.raises(CommandError, match="in use"):
        run()
    assert not installation.is_demonstration()


@pytest.mark.parametrize(
    "wrong", [{"people": 0}, {"months": 0}, {"months": 61}, {"as_of": date(1999, 1, 1)}]
)
def test_it_refuses_numbers_that_make_no_sense(db, wrong):
    with pytest.raises(CommandError):
        run(**wrong)


def test_stopped_half_way_it_leaves_nothing(db):
    def stop(done, people):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), transaction.atomic():
        make(people=60, months=14, seed=1, as_of=AS_OF, told=stop)
    assert not User.objects.exists()
    assert not installation.is_demonstration()


@pytest.mark.parametrize(
    ("as_of", "months", "people"),
    [
        (date(2024, 2, 29), 14, 60),
        (date(2026, 1, 1), 3, 60),
        (date(2025, 3, 31), 1, 1),
        (date(2026, 7, 1), 24, 90),
    ],
)
def test_it_can_be_told_of_any_day(as_of, months, people):
    kept = told(people=people, months=months, seed=7, as_of=as_of)

    assert len({r.name for r in kept[Referral]}) >= min(people, 50) - 5 or people == 1
    assert all(change.at.date() < as_of for change in kept[StatusChange])
    assert all(change.at.date() < as_of for change in kept[StageChange])
