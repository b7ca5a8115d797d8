"""The whole job, once through: a practice refers, a coordinator accepts, a link worker works the
case, a manager takes the month's PDF home. With JavaScript and without (A-6).
"""

import re
from io import BytesIO
from pathlib import Path

import pytest
import time_machine
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from participants.models import Journey
from reports.actions import make_due
from spring.core import clock, outbox
from spring.core.dates import add_months, london_midnight
from spring.core.models import Message
from tests.browser.conftest import axe_violations
from tests.factories import PASSWORD

PERSON = "Siân O’Dowd-Wiśniewska"


def refer(page: Page, practice: str) -> str:
    page.goto("/")
    page.get_by_role("link", name="Refer someone").first.click()
    page.get_by_role("radio", name="GP practice").check()
    page.get_by_label("Which practice?").select_option(practice)
    page.get_by_label("Your name").fill("Reception")
    page.get_by_label("Your e-mail address").fill("reception@surgery.example")
    page.get_by_label("Name", exact=True).fill(PERSON)
    page.get_by_label("Date of birth").fill("27/3/55")
    page.get_by_label("Telephone", exact=True).fill("+44 (0)7700 900123")
    page.get_by_label("NHS number").fill("999 700 0005")
    page.get_by_role("checkbox", name="Loneliness or isolation").check()
    page.get_by_role("radio", name="They know about this referral").check()
    page.get_by_role("button", name="Send the referral").click()
    reference = page.locator(".reference").inner_text()
    assert reference.startswith("SPR-")
    return reference


def accept(page: Page) -> None:
    page.goto("/referrals/")
    page.get_by_role("link", name=PERSON, exact=True).click()
    page.get_by_role("radio", name="Amira Khan").check()
    page.get_by_role("button", name="Accept and tell the referrer").click()
    expect(page.locator("main")).to_contain_text("Accepted")


def choose(page: Page, group: str, answer: str) -> None:
    page.get_by_role("group", name=group, exact=True).get_by_label(answer, exact=True).check(
        force=True  # the button drawn around a radio covers it
    )


def log_contact(page: Page) -> None:
    page.goto("/")
    page.get_by_role("link", name=PERSON, exact=True).click()
    choose(page, "How", "Phone")
    choose(page, "What happened", "We spoke")
    page.get_by_label("Note").fill("Spoke about the allotment.")
    choose(page, "Next step with Siân", "2 weeks")
    page.get_by_role("button", name="Save contact and next step").click()
    expect(page.locator("main")).to_contain_text("Spoke about the allotment.")


def measure(page: Page) -> None:
    page.get_by_role("link", name="Ask the four questions").click()
    for group in page.get_by_role("group").all():
        sevens = group.get_by_label("7", exact=True)
        if sevens.count():
            sevens.check(force=True)
    choose(page, "How the answers were given", "On the telephone")
    page.get_by_role("button", name="Save the answers").click()
    expect(page.locator("main")).to_contain_text("How life feels to Siân")


def agree_a_plan(page: Page) -> None:
    page.get_by_role("link", name="Write the plan").click()
    page.get_by_role("textbox", name="What matters to Siân").fill("Getting back to the allotment")
    page.get_by_label("Goal, in their words").first.fill("Be at the allotment twice a week")
    choose(page, "Does Siân agree with this plan?", "Yes")
    page.get_by_role("button", name="Save the plan").click()
    expect(page.locator("main")).to_contain_text("Be at the allotment twice a week")


def take_the_report(page: Page, month: str, javascript: bool) -> bytes:
    page.goto("/reports/")
    page.get_by_label("Month", exact=True).select_option(month)
    page.get_by_role("button", name="Make the report").click()
    expect(page.locator("main")).to_contain_text("Waiting")
    make_due()  # what the worker's sweep does
    if javascript:
        page.wait_for_url("**/reports/*-*-*-*-*/")
    else:
        page.get_by_role("link", name="Check again").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Download the PDF").first.click()
    return Path(download.value.path()).read_bytes()


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no script"])
def test_a_referral_becomes_a_journey_and_the_month_a_pdf(world, open_page, javascript):
    reference = refer(open_page(javascript=javascript), world.practice.code)
    accept(open_page(world.coordinator, javascript=javascript))

    worker = open_page(world.worker, javascript=javascript)
    log_contact(worker)
    measure(worker)
    agree_a_plan(worker)
    journey = Journey.objects.get(reference=reference)
    assert journey.started_on == clock.today()
    assert journey.plan.agreed == "yes"
    assert journey.measures.get().is_complete

    outbox.send_due()
    told = Message.objects.filter(address="reception@surgery.example")
    assert set(told.values_list("kind", "status")) == {
        ("referral_received", "sent"),
        ("referral_accepted", "sent"),
    }
    month = clock.today()
    with time_machine.travel(london_midnight(add_months(month.replace(day=2), 1))):
        manager = open_page(world.service_manager, javascript=javascript)
        pdf = take_the_report(manager, f"{month:%Y-%m}", javascript)
    text = " ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)
    assert f"{month:%B %Y}" in text
    assert "Siân" not in text


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no script"])
def test_what_is_missing_is_said_and_what_was_typed_is_kept(open_page, world, javascript):
    page = open_page(javascript=javascript, width=320)
    page.goto("/refer/")
    page.get_by_label("Name", exact=True).fill(PERSON)
    page.get_by_label("NHS number").fill("943 476 5910")
    page.get_by_role("button", name="Send the referral").click()

    assert page.title().startswith("Error: ")
    summary = page.locator(".govuk-error-summary")
    expect(summary).to_contain_text("NHS number")
    if javascript:
        expect(summary).to_be_focused()
    expect(page.get_by_label("Name", exact=True)).to_have_value(PERSON)
    for link in summary.get_by_role("link").all():
        target = page.locator(link.get_attribute("href"))
        expect(target).to_have_count(1)
        assert target.evaluate("e => ['INPUT', 'SELECT', 'TEXTAREA'].includes(e.tagName)")
    if javascript:
        assert axe_violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_signing_in_and_out(open_page, world):
    page = open_page()
    page.goto("/caseload/")
    page.get_by_label("E-mail address").fill(world.worker.email.upper())
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Caseload")
    page.locator("summary", has_text="AK").click()
    page.get_by_role("button", name="Sign out").click()
    page.goto("/caseload/")
    expect(page).to_have_url(re.compile(r"/sign-in/\?next=/caseload/$"))
