"""Targets of the contract year."""

import pytest
import time_machine

from reports.models import Target
from spring.audit.models import AuditEvent

TARGETS = "/keep-house/targets/"


@pytest.fixture
def browser(world, sign_in):
    return sign_in(world.service_manager)


@pytest.mark.parametrize("day", ["2026-07-01", "2026-11-22", "2027-06-30"])
def test_the_contract_year_runs_from_july_to_june(world, sign_in, day):
    with time_machine.travel(f"{day}T12:00:00Z"):
        page = sign_in(world.service_manager).get(TARGETS).content.decode()
    assert "July 2026 to June 2027" in page
    assert "July 2027 to June 2028" in page
    assert "July 2025" not in page


@time_machine.travel("2026-11-22T12:00:00Z")
def test_a_target_is_set_changed_and_taken_away(browser):
    browser.post(TARGETS, {"started_2026": "1200", "referred_2026": "2400"})
    assert {(t.year, t.measure, t.people) for t in Target.objects.all()} == {
        (2026, "started", 1200),
        (2026, "referred", 2400),
    }
    browser.post(TARGETS, {"started_2026": "1300", "referred_2026": ""})
    assert [(t.measure, t.people) for t in Target.objects.all()] == [("started", 1300)]
    assert AuditEvent.objects.filter(thing="reports.target").count() == 4


@time_machine.travel("2026-11-22T12:00:00Z")
def test_what_was_not_changed_is_not_logged(browser):
    Target.objects.create(year=2026, measure="started", people=1000)
    browser.post(TARGETS, {"started_2026": "1000"})
    assert not AuditEvent.objects.filter(thing="reports.target").exists()


@time_machine.travel("2026-11-22T12:00:00Z")
def test_earlier_years_stay_as_they_are(browser):
    Target.objects.create(year=2024, measure="started", people=900)
    page = browser.get(TARGETS).content.decode()
    assert "July 2024 to June 2025" in page
    browser.post(TARGETS, {"started_2024": "1"})
    assert Target.objects.get(year=2024).people == 900


@time_machine.travel("2026-11-22T12:00:00Z")
@pytest.mark.parametrize("typed", ["0", "-3", "many", "100001", "9" * 40])
def test_mistakes_are_said(browser, typed):
    page = browser.post(TARGETS, {"started_2026": typed}).content.decode()
    assert "One thing to put right" in page
    assert not Target.objects.exists()


@pytest.mark.parametrize("who", ["administrator", "coordinator", "manager", "commissioner"])
def test_only_a_service_manager_sets_them(world, sign_in, who):
    browser = sign_in(getattr(world, who))
    assert browser.get(TARGETS).status_code == 404
    assert browser.post(TARGETS, {"started_2026": "5"}).status_code == 404
    assert not Target.objects.exists()
