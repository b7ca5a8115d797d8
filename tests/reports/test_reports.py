"""Asking for a report, waiting for it, reading it, taking it along."""

import json
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfReader

from partners.models import Organisation
from reports import actions, tasks
from reports.models import Report
from reports.periods import Month
from spring.audit.models import AuditEvent
from spring.core import clock
from spring.core.refusal import Refused
from tests import factories as make
from tests.reports.issued import issued_report

pytestmark = pytest.mark.django_db
SEPTEMBER = Month(2026, 9)
NOVEMBER = datetime(2026, 11, 22, 10, tzinfo=UTC)
Status = Report.Status


@pytest.fixture(autouse=True)
def _in_november():
    with time_machine.travel(NOVEMBER, tick=False):
        yield


def referred(on: str = "2026-09-10", **facts):
    return make.ReferralFactory(
        submitted_at=datetime.fromisoformat(f"{on}T12:00:00+00:00"), **facts
    )


def soup(response) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html5lib")


# --- the whole way, once, with a real file ------------------------------------------------------


def test_a_manager_asks_for_a_month_and_downloads_its_report(world, sign_in):
    for _ in range(12):
        referred()
    browser = sign_in(world.service_manager)
    page = soup(browser.get(reverse("reports")))
    months = [option["value"] for option in page.select("select[name=month] option")]
    assert months[:2] == ["2026-10", "2026-09"]

    asked = browser.post(reverse("report-request"), {"month": "2026-09", "partner": "all"})
    report = Report.objects.get()
    progress = reverse("report-progress", args=[report.pk])
    assert asked.url == progress
    waiting = soup(browser.get(progress))
    assert waiting.find("progress")["value"] == "0"
    assert "Waiting for a worker" in waiting.get_text()

    tasks.make_reports()

    report.refresh_from_db()
    assert (report.status, report.done_steps, report.all_steps) == ("ready", 19, 19)
    assert browser.get(progress).url == reverse("report", args=[report.pk])
    read = soup(browser.get(reverse("report", args=[report.pk])))
    assert read.find("h1").get_text() == "September 2026"
    assert "People referred: 10, up from 0 in August." in read.get_text()

    file = browser.get(reverse("report-pdf", args=[report.pk]))
    assert file["Content-Type"] == "application/pdf"
    assert file["Content-Disposition"] == 'attachment; filename="spring-2026-09-v1.pdf"'
    assert file.content == bytes(report.pdf.content)
    assert file.content.startswith(b"%PDF-1.7")
    told = json.loads(browser.get(reverse("report-json", args=[report.pk])).content)
    assert told["published"] == report.figures["published"]
    kinds = AuditEvent.objects.filter(verb="downloaded").order_by("pk")
    assert [event.detail["kind"] for event in kinds] == ["pdf", "json"]
    assert {event.actor for event in kinds} == {world.service_manager}

    listed = soup(browser.get(reverse("reports")))
    assert listed.find(id="latest").get_text() == "September 2026"
    assert len(listed.select(".card ol li")) == 3


# --- asking --------------------------------------------------------------------------------------------


def test_asking_twice_makes_one_report(world):
    first = actions.request_report(by=world.service_manager, month=SEPTEMBER)
    again = actions.request_report(by=world.coordinator, month=SEPTEMBER)
    assert first == again
    assert Report.objects.count() == 1


def test_a_twin_that_was_faster_wins(world, monkeypatch):
    """Both looked, saw nothing and wrote: the unique key lets one through, both get its report."""
    theirs = Report.objects.create(month="2026-09", all_steps=19)
    about = type(Report.objects.all()).about
    looks = []

    def blind_at_first(self, month, partner):
        looks.append(month)
        found = about(self, month, partner)
        return found.none() if len(looks) == 1 else found

    monkeypatch.setattr(type(Report.objects.all()), "about", blind_at_first)
    assert actions.request_report(by=world.service_manager, month=SEPTEMBER) == theirs
    assert Report.objects.count() == 1


def test_the_service_and_a_partner_have_a_report_each(world):
    whole = actions.request_report(by=world.service_manager, month=SEPTEMBER)
    part = actions.request_report(by=world.manager, month=SEPTEMBER, partner=world.partner)
    assert {whole, part} == set(Report.objects.all())


def test_a_month_that_is_not_over_is_refused(world):
    with pytest.raises(Refused, match="November 2026 is not over"):
        actions.request_report(by=world.service_manager, month=Month(2026, 11))


def test_a_month_that_is_not_offered_comes_back_with_the_error(world, sign_in):
    referred()
    response = sign_in(world.service_manager).post(
        reverse("report-request"), {"month": "2026-11", "partner": "all"}
    )
    assert response.status_code == 200
    assert soup(response).select_one(".govuk-error-summary a")["href"] == "#id_month"
    assert not Report.objects.exists()


def test_a_partner_manager_may_ask_for_their_own_partner_only(world, sign_in):
    referred()
    browser = sign_in(world.manager)
    offered = soup(browser.get(reverse("reports"))).select("select[name=partner] option")
    assert [option.get_text() for option in offered] == ["Northamptonshire Carers"]
    for partner in ("all", str(world.other_partner.pk), str(uuid4())):
        response = browser.post(reverse("report-request"), {"month": "2026-09", "partner": partner})
        assert response.status_code == 200
    assert not Report.objects.exists()
    browser.post(reverse("report-request"), {"month": "2026-09", "partner": str(world.partner.pk)})
    assert Report.objects.get().partner == world.partner


def test_nothing_new_makes_no_new_version_and_late_data_makes_one(world):
    for _ in range(20):
        referred()
    report = issued_report("2026-09")
    assert actions.request_report(by=world.service_manager, month=SEPTEMBER) == report
    for _ in range(20):
        referred("2026-09-30")
    later = actions.request_report(by=world.service_manager, month=SEPTEMBER)
    assert (later.version, later.status) == (2, "requested")
    report.refresh_from_db()
    assert bytes(report.pdf.content) == b"%PDF-1.7"  # as it was issued


def test_late_data_that_changes_no_printed_number_makes_no_new_version(world):
    practice = make.PracticeFactory()
    for _ in range(18):
        referred(referring_practice=practice)
    report = issued_report("2026-09")
    referred(referring_practice=practice)  # 19 is printed as 20, as 18 was
    assert actions.request_report(by=world.service_manager, month=SEPTEMBER) == report


# --- making ---------------------------------------------------------------------------------------------


def test_a_report_that_cannot_be_made_says_so_and_can_be_tried_again(world, sign_in, monkeypatch):
    report = actions.request_report(by=world.service_manager, month=SEPTEMBER)
    referred()
    monkeypatch.setattr("reports.pdf.STYLES", "static/styles/no-such-file.css")
    assert actions.make_due() == 0
    report.refresh_from_db()
    assert report.status == Status.FAILED
    assert not hasattr(report, "pdf")
    browser = sign_in(world.service_manager)
    page = soup(browser.get(reverse("report-progress", args=[report.pk])))
    assert "could not be made" in page.get_text()
    form = page.select_one("main form")
    answers = {field["name"]: field["value"] for field in form.select("input[type=hidden]")}
    assert browser.get(reverse("report-pdf", args=[report.pk])).status_code == 404
    assert browser.post(form["action"], answers).url == reverse("report-progress", args=[report.pk])
    report.refresh_from_db()
    assert (report.status, report.attempts) == ("requested", 0)


def test_only_one_worker_takes_a_report():
    Report.objects.create(month="2026-09", all_steps=19)
    assert actions.claim() is not None
    assert actions.claim() is None


def test_a_report_left_by_a_dead_worker_is_taken_over_and_given_up_in_the_end():
    report = Report.objects.create(month="2026-09", all_steps=19)
    with time_machine.travel(NOVEMBER, tick=False) as traveller:
        for attempt in (1, 2, 3):
            taken = actions.claim()
            assert (taken, taken.attempts) == (report, attempt)
            traveller.shift(timedelta(minutes=4))
            assert actions.claim() is None  # its worker may still be at it
            traveller.shift(timedelta(minutes=2))
        assert actions.claim() is None
    report.refresh_from_db()
    assert report.status == Status.FAILED


def test_a_worker_that_lost_its_report_keeps_nothing():
    Report.objects.create(month="2026-09", all_steps=19)
    slow = actions.claim()
    with time_machine.travel(NOVEMBER + timedelta(minutes=6), tick=False):
        quick = actions.claim()
    assert actions.make(slow) is False
    quick.refresh_from_db()
    assert quick.status == Status.MAKING
    assert not hasattr(quick, "pdf")


def test_progress_only_goes_forward():
    report = Report.objects.create(month="2026-09", status=Status.MAKING, claimed_at=NOVEMBER)
    tell = actions._teller(Report.objects.filter(pk=report.pk, status=Status.MAKING))
    seen = []
    for done, step in ((0, "Counting"), (5, "Page 4"), (2, "Page 1, again"), (6, "Page 5")):
        tell(done, step)
        report.refresh_from_db()
        seen.append((report.done_steps, report.step))
    assert seen == [(0, "Counting"), (5, "Page 4"), (5, "Page 4"), (6, "Page 5")]


# --- by itself --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("now", "asked"),
    [
        ("2026-10-31T12:00:00+00:00", "2026-09"),  # still October's first working day onwards
        ("2026-11-01T12:00:00+00:00", None),  # a Sunday
        ("2026-11-02T00:30:00+00:00", "2026-10"),
        ("2026-11-20T12:00:00+00:00", "2026-10"),
        ("2027-01-01T12:00:00+00:00", None),  # New Year's Day, a Friday
        ("2027-01-04T12:00:00+00:00", "2026-12"),
        ("2026-03-31T23:30:00+00:00", "2026-03"),  # 00:30 on 1 April in London
    ],
)
def test_last_months_reports_are_asked_for_from_the_first_working_day(now, asked):
    make.OrganisationFactory(name="A partner")
    referred("2025-09-10")
    with time_machine.travel(datetime.fromisoformat(now), tick=False):
        for _ in range(3):
            tasks.request_monthly_report()
    found = sorted((r.month, str(r.partner or "")) for r in Report.objects.all())
    assert found == ([] if asked is None else [(asked, ""), (asked, "A partner")])


def test_a_service_without_any_referral_gets_no_report():
    tasks.request_monthly_report()
    assert not Report.objects.exists()


# --- who may read --------------------------------------------------------------------------------------------


def test_a_commissioner_reads_the_service_and_nothing_of_a_partner(world, sign_in):
    whole, part = issued_report("2026-09"), issued_report("2026-09", world.partner)
    waiting = Report.objects.create(month="2026-10", all_steps=19)
    browser = sign_in(world.commissioner)
    absent = browser.get(reverse("report", args=[uuid4()]))
    for name in ("report", "report-pdf", "report-json", "report-progress"):
        assert browser.get(reverse(name, args=[whole.pk])).status_code in (200, 302)
        for hidden in (part, waiting):
            answer = browser.get(reverse(name, args=[hidden.pk]))
            assert answer.status_code == 404
            assert len(answer.content) == len(absent.content)
    listed = browser.get(reverse("reports")).content.decode()
    assert str(part.pk) not in listed
    assert "Choose a month" not in listed


def test_a_partner_manager_reads_their_own_partner_and_nothing_else(world, sign_in):
    whole, own = issued_report("2026-09"), issued_report("2026-09", world.partner)
    other = issued_report("2026-09", world.other_partner)
    browser = sign_in(world.manager)
    listed = browser.get(reverse("reports")).content.decode()
    assert str(own.pk) in listed
    for hidden in (whole, other):
        assert str(hidden.pk) not in listed
        assert browser.get(reverse("report-pdf", args=[hidden.pk])).status_code == 404
    assert browser.get(reverse("report-pdf", args=[own.pk])).status_code == 200


def test_a_link_worker_has_no_reports(world, sign_in):
    report = issued_report("2026-09")
    browser = sign_in(world.worker)
    for where in (reverse("reports"), reverse("report", args=[report.pk])):
        assert browser.get(where).status_code == 404


# --- pages ---------------------------------------------------------------------------------------------------


def test_a_page_that_waits_asks_again_without_reloading(world, sign_in):
    report = Report.objects.create(
        month="2026-09", status=Status.MAKING, done_steps=7, all_steps=19, step="Laying out page 6"
    )
    browser = sign_in(world.service_manager)
    where = reverse("report-progress", args=[report.pk])
    whole = soup(browser.get(where))
    assert whole.find("a", string="Check again")["href"] == where
    fragment = browser.get(where, headers={"HX-Request": "true"})
    assert b"<html" not in fragment.content
    bar = soup(fragment).find("progress")
    assert (bar["value"], bar["max"]) == ("7", "19")
    Report.objects.filter(pk=report.pk).delete()
    ready = issued_report("2026-09")
    done = browser.get(reverse("report-progress", args=[ready.pk]), headers={"HX-Request": "true"})
    assert done["HX-Redirect"] == reverse("report", args=[ready.pk])


def test_a_report_that_is_not_ready_leads_to_its_progress(world, sign_in):
    report = Report.objects.create(month="2026-09", all_steps=19)
    response = sign_in(world.service_manager).get(reverse("report", args=[report.pk]))
    assert response.url == reverse("report-progress", args=[report.pk])


def test_earlier_versions_stay_within_reach(world, sign_in):
    first, second = issued_report("2026-09"), issued_report("2026-09", version=2)
    browser = sign_in(world.service_manager)
    assert str(first.pk) not in browser.get(reverse("reports")).content.decode()
    page = browser.get(reverse("report", args=[second.pk])).content.decode()
    assert reverse("report", args=[first.pk]) in page
    assert "Version 2, this one" in page


def test_before_anything_is_there_the_page_says_so_kindly(world, sign_in):
    for user in (world.commissioner, world.service_manager):
        page = soup(sign_in(user).get(reverse("reports")))
        assert page.select_one(".empty") is not None


def test_the_number_of_queries_does_not_grow_with_the_reports(world, sign_in):
    browser = sign_in(world.service_manager)

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            browser.get(reverse("reports"))
        return len(queries)

    referred()
    for month in ("2026-07", "2026-08"):
        issued_report(month)
    asked()  # what is remembered for the life of a process
    few = asked()
    for month in ("2026-04", "2026-05", "2026-06", "2026-09"):
        issued_report(month)
        issued_report(month, world.partner)
        issued_report(month, version=2)
    assert asked() == few <= 16


# --- from the command line -------------------------------------------------------------------------------------


def test_the_command_writes_the_pdf_and_its_figures(tmp_path, capsys):
    partner = make.OrganisationFactory(code="NC", name="Northamptonshire Carers")
    pdf, told = tmp_path / "out.pdf", tmp_path / "out.json"
    call_command("monthly_report", "2026-09", "--partner", "NC", "--pdf", pdf, "--json", told)
    assert pdf.read_bytes().startswith(b"%PDF-1.7")
    figures = json.loads(told.read_text())
    assert (figures["month"], figures["partner"]) == ("2026-09", str(partner))
    assert "September 2026, version 1" in capsys.readouterr().out
    assert not Report.objects.exists()


def test_a_month_under_way_says_that_it_is_not_over(tmp_path):
    path = tmp_path / "out.pdf"
    call_command("monthly_report", "2026-11", "--pdf", path)
    words = PdfReader(path).pages[0].extract_text().split()
    assert "before the month was over" in " ".join(words)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["2026-9"], "write it as YYYY-MM"),
        (["2027-01"], "January 2027 has not begun"),
        (["2026-09", "--partner", "NOPE"], "No delivery partner has the code NOPE. There are: NC."),
    ],
)
def test_the_command_says_what_is_wrong(arguments, words, tmp_path):
    make.OrganisationFactory(code="NC")
    make.OrganisationFactory(code="W1", kind=Organisation.Kind.PRACTICE)
    with pytest.raises(CommandError, match=words):
        call_command("monthly_report", *arguments, "--pdf", tmp_path / "out.pdf")
    assert not (tmp_path / "out.pdf").exists()


def test_dates_on_a_report_are_those_of_london(world):
    with time_machine.travel(datetime(2026, 8, 31, 23, 30, tzinfo=UTC), tick=False):
        report = issued_report("2026-07")
        assert clock.today() == date(2026, 9, 1)
    assert report.issue.made_on == date(2026, 9, 1)


@pytest.mark.django_db(transaction=True)
def test_a_month_is_counted_in_one_look():
    """Outside any transaction: on PostgreSQL all queries see the same rows."""
    with CaptureQueriesContext(connection) as queries:
        actions.published_for(SEPTEMBER, None)
    said = " ".join(query["sql"] for query in queries)
    assert "BEGIN" in said
    assert ("REPEATABLE READ" in said) == (connection.vendor == "postgresql")
