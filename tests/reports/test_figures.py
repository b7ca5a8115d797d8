"""Figures against plain SQL and plain arithmetic written a second time, on rows of every kind."""

from collections import Counter
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from linkworkers.models import Worker
from participants.models import Journey, Session
from partners.models import Organisation
from referrals.models import Referral
from reports.disclosure import disclose, values_of
from reports.figures import figures_for
from reports.figures.part import nearest_rank
from reports.periods import Month
from reports.shapes import Relation
from spring.core.calendar import working_days_between
from spring.core.clock import london_date
from tests import factories as make
from tests.reports.attack import Attacker, solve
from tests.reports.populace import county
from tests.reports.reckoning import (
    FIRST,
    LAST,
    MONTH,
    YEAR,
    ask,
    key_of,
    nearest,
    number,
    rows,
    waited,
)

pytestmark = pytest.mark.django_db


# --- additivity -----------------------------------------------------------------------------------


def test_every_breakdown_adds_up_to_its_total(scope):
    figures, _ = scope
    for item in figures.breakdowns:
        together = sum(row.value for row in item.rows)
        total = figures.count(item.total).value
        assert together == total if item.adds_up else together >= total, item.key


def test_series_end_with_the_headlines_and_add_up_to_the_year(scope):
    figures, _ = scope
    for item in figures.series:
        assert item.points[-1].value == figures.count(item.count).value
        assert item.points[-2].value == figures.count(item.count).before
        assert [point.key for point in item.points] == [str(month) for month in MONTH.twelve]
    started = next(item for item in figures.series if item.key == "started_by_month")
    assert sum(point.value for point in started.points) == figures.count("year").value


def test_declared_relations_hold(scope):
    figures, partner = scope
    values = values_of(figures)
    for relation in figures.relations:
        assert sum(values[k] for k in relation.left) == sum(values[k] for k in relation.right)
    flow = Relation(("open~before", "accepted"), ("open", "closed"), "closed")
    assert (flow in figures.relations) == (partner is None)
    joined = {key for r in figures.relations for key in r.right if key.startswith("council:")}
    assert joined == {f"council:{key}" for key in rows(figures, "council")}


def test_no_small_number_of_a_real_report_can_be_solved_for(filled):
    for partner in (None, *filled.partners):
        for month in (MONTH, Month(2026, 4), Month(2025, 3)):
            figures = figures_for(month, partner)
            known = Attacker().study(figures, disclose(figures))
            values = values_of(figures)
            wanted = [key for key in known.bounds if 1 <= values[key] <= 7]
            found = solve([(known, wanted)])[0]
            assert min(high - low for low, high in found.values()) >= 3


def test_months_follow_on_from_each_other(filled):
    september, october = figures_for(MONTH.previous), figures_for(MONTH)
    for count in october.counts:
        if count.before is not None:
            assert count.before == september.count(count.key).value, count.key
    for percentile in october.percentiles:
        same = next(item for item in september.percentiles if item.key == percentile.key)
        if percentile.key == "length":
            continue  # of a whole year; it has no month before
        assert percentile.before == same.value


def test_partners_add_up_to_the_service(filled):
    service = figures_for(MONTH)
    parts = [figures_for(MONTH, partner) for partner in filled.partners]
    for key in ("started", "year", "accepted", "open", "closed", "contacts", "conversations"):
        assert sum(part.count(key).value for part in parts) == service.count(key).value, key
    assert sum(part.count("six_both").value for part in parts) == service.count("six_both").value
    assert service.count("six_both").value > 15


# --- each figure, asked a second time ------------------------------------------------------------------


def test_referrals(scope):
    figures, partner = scope
    where = " AND partner_id = %s" if partner else ""
    given = [key_of(partner)] if partner else []
    received = f"FROM referrals_referral r WHERE received_on BETWEEN %s AND %s{where}"
    assert figures.count("referred").value == number(
        f"SELECT COUNT(*) {received}", FIRST, LAST, *given
    )
    assert rows(figures, "source") == dict(
        ask(f"SELECT source, COUNT(*) {received} GROUP BY source", FIRST, LAST, *given)
    )
    councils = ask(f"SELECT council, COUNT(*) {received} GROUP BY council", FIRST, LAST, *given)
    assert rows(figures, "council") == {council or "none": n for council, n in councils}
    networks = ask(
        "SELECT p.network_id, COUNT(*) FROM referrals_referral r "
        "LEFT JOIN partners_organisation p ON p.id = r.practice_id "
        f"WHERE r.received_on BETWEEN %s AND %s{where.replace('partner_id', 'r.partner_id')} "
        "GROUP BY p.network_id",
        FIRST,
        LAST,
        *given,
    )
    found = {
        row.key.replace("-", ""): row.value for row in figures.breakdown("pcn").rows if row.value
    }
    assert found == {str(key).replace("-", "") if key else "none": n for key, n in networks}
    needs = ask(
        "SELECT n.need, COUNT(*) FROM referrals_referralneed n "
        "JOIN referrals_referral r ON r.id = n.referral_id "
        f"WHERE r.received_on BETWEEN %s AND %s{where.replace('partner_id', 'r.partner_id')} "
        "GROUP BY n.need",
        FIRST,
        LAST,
        *given,
    )
    none = number(
        "SELECT COUNT(*) FROM referrals_referral r "
        f"WHERE received_on BETWEEN %s AND %s{where} AND NOT EXISTS "
        "(SELECT 1 FROM referrals_referralneed n WHERE n.referral_id = r.id)",
        FIRST,
        LAST,
        *given,
    )
    assert rows(figures, "needs") == dict(needs) | {"none": none}


def test_decisions_fall_in_their_london_month(filled):
    """Decided within an hour of midnight, in and out of summer time: by the London date."""
    for month in (MONTH, Month(2026, 4), Month(2026, 3)):
        figures = figures_for(month)
        decided = [
            referral
            for referral in Referral.objects.filter(decided_at__isnull=False)
            if Month.of(referral.decided_at) == month
        ]
        assert figures.count("decided").value == len(decided)
        assert rows(figures, "decisions") == Counter(referral.status for referral in decided)
        assert rows(figures, "decline_reasons") == Counter(
            referral.decline_reason for referral in decided if referral.decline_reason
        )
        days = sorted(
            working_days_between(referral.received_on, london_date(referral.decided_at))
            for referral in decided
        )
        assert waited(figures, "decision") == nearest(days)


def test_an_evening_in_march_is_decided_in_april():
    """31 March 2026, 23:30 in UTC, is 00:30 on 1 April in London."""
    worker = make.UserFactory()
    make.ReferralFactory(
        status="signposted",
        decided_by=worker,
        submitted_at="2026-03-31T22:30:00+00:00",
        received_on=date(2026, 3, 31),
        triage_due_on=date(2026, 4, 2),
        decided_at="2026-03-31T23:30:00+00:00",
    )
    assert figures_for(Month(2026, 3)).count("decided").value == 0
    april = figures_for(Month(2026, 4))
    assert april.count("decided").value == 1
    assert waited(april, "decision") == (1, 1)


def test_started_open_closed(scope):
    figures, partner = scope
    spring = list(
        Journey.objects.filter(service="spring").prefetch_related("assignments", "sessions")
    )

    def held(journey: Journey, on: date) -> bool:
        at = [
            item
            for item in sorted(journey.assignments.all(), key=lambda item: item.starts_at)
            if london_date(item.starts_at) <= on
        ]
        return partner is None or (bool(at) and at[-1].partner_id == partner.pk)

    def met_by(journey: Journey) -> bool:
        firsts = [
            item
            for item in sorted(journey.sessions.all(), key=lambda item: (item.created_at, item.pk))
            if item.happened_on == journey.started_on and item.is_engaged
        ]
        return partner is None or (bool(firsts) and firsts[0].partner_id == partner.pk)

    started = [j for j in spring if j.started_on and YEAR[0] <= j.started_on <= LAST and met_by(j)]
    this = [j for j in started if j.started_on >= FIRST]
    assert figures.count("year").value == len(started) > 20
    assert figures.count("started").value == len(this)
    assert waited(figures, "conversation") == nearest(
        sorted(working_days_between(j.referred_on, j.started_on) for j in this)
    )
    begun = [
        j
        for j in spring
        if partner is None
        or min(j.assignments.all(), key=lambda item: item.starts_at).partner_id == partner.pk
    ]
    assert figures.count("accepted").value == sum(FIRST <= j.accepted_on <= LAST for j in begun)
    tried = [j for j in begun if j.first_attempt_on and FIRST <= j.first_attempt_on <= LAST]
    assert figures.count("waited.attempt").value == len(tried)
    assert waited(figures, "attempt") == nearest(
        sorted(working_days_between(j.accepted_on, j.first_attempt_on) for j in tried)
    )
    due = [
        j
        for j in begun
        if FIRST <= j.first_contact_due_on <= LAST
        and (
            not j.closed_on
            or j.closed_on >= j.first_contact_due_on
            or (j.first_attempt_on and j.first_attempt_on <= j.first_contact_due_on)
        )
    ]
    in_time = [
        j for j in due if j.first_attempt_on and j.first_attempt_on <= j.first_contact_due_on
    ]
    assert figures.count("attempt_due").value == len(due)
    assert figures.count("attempt_in_time").value == len(in_time)
    open_now = [
        j
        for j in spring
        if j.accepted_on <= LAST and (not j.closed_on or j.closed_on > LAST) and held(j, LAST)
    ]
    assert figures.count("open").value == len(open_now)
    closed = [j for j in spring if j.closed_on and FIRST <= j.closed_on <= LAST and held(j, LAST)]
    assert figures.count("closed").value == len(closed)
    assert rows(figures, "closure_reasons") == Counter(j.closure_reason for j in closed)


def test_sessions_count_under_the_partner_they_were_done_under(scope):
    figures, partner = scope
    found = [
        item
        for item in Session.objects.filter(journey__service="spring").select_related("journey")
        if FIRST <= item.happened_on <= LAST and (partner is None or item.partner_id == partner.pk)
    ]
    contacts = [item for item in found if item.kind != "on_behalf"]
    assert figures.count("contacts").value == len(contacts) > 5
    assert figures.count("on_behalf").value == len(found) - len(contacts)
    assert figures.count("conversations").value == sum(item.is_engaged for item in contacts)
    assert figures.count("met").value == len(
        {item.journey.participant_id for item in contacts if item.is_engaged}
    )
    assert rows(figures, "outcomes") == Counter(item.outcome for item in contacts)


# --- percentiles ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("histogram", "percent", "expected"),
    [
        ({}, 50, None),
        ({3: 1}, 90, 3),
        ({1: 5, 9: 5}, 50, 1),
        ({1: 5, 9: 6}, 50, 9),
        ({1: 90, 2: 9, 40: 1}, 90, 1),
        ({1: 89, 2: 10, 40: 1}, 90, 2),
        ({-1: 1, 0: 1}, 50, -1),
    ],
)
def test_percentiles_are_nearest_rank(histogram, percent, expected):
    assert nearest_rank(histogram, percent) == expected


def test_waits_leave_out_weekends_and_bank_holidays():
    """Good Friday and Easter Monday 2026: Thursday 2 April to Tuesday 7 April is one working day."""
    make.JourneyFactory(
        referred_on=date(2026, 4, 2),
        accepted_on=date(2026, 4, 2),
        first_attempt_on=date(2026, 4, 7),
        started_on=date(2026, 4, 8),
        stage="active",
    )
    figures = figures_for(Month(2026, 4))
    assert waited(figures, "attempt") == (1, 1)
    assert waited(figures, "conversation") == (2, 2)


# --- cost ---------------------------------------------------------------------------------------------


def test_the_number_of_queries_is_small_and_the_same_for_ten_times_the_rows():
    county(people=40)
    with CaptureQueriesContext(connection) as few:
        figures_for(MONTH)
    Organisation.objects.filter(code="SPRING").update(code="SPRING0")
    county(seed=2, people=400)
    with CaptureQueriesContext(connection) as many:
        figures_for(MONTH)
    assert len(few) == len(many) <= 40


def test_nothing_at_all_is_a_report_too():
    figures = figures_for(MONTH)
    assert all(count.value == 0 for count in figures.counts)
    assert all(item.value is None for item in (*figures.percentiles, *figures.means))
    assert figures.plain[0].value == Worker.objects.count() == 0
