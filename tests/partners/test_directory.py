"""The directory of groups and services."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from spring.core import clock
from tests import factories as make


def days_ago(days: int):
    return clock.today() - timedelta(days=days)


def shown(browser, **asked):
    return [service.name for service in browser.get("/directory/", asked).context["page"]]


@pytest.fixture
def browser(world, sign_in):
    return sign_in(world.worker)


def test_what_nobody_checked_for_90_days_comes_last(browser):
    make.CommunityServiceFactory(name="A, stale", last_checked_on=days_ago(91))
    make.CommunityServiceFactory(name="C, just fresh", last_checked_on=days_ago(90))
    make.CommunityServiceFactory(name="B, fresh")
    assert shown(browser) == ["B, fresh", "C, just fresh", "A, stale"]
    page = browser.get("/directory/").content.decode()
    assert page.count("Check before you suggest it") == 1


def test_it_narrows_by_need_council_and_words(browser):
    make.CommunityServiceFactory(name="Garden", need="activity", council="west")
    make.CommunityServiceFactory(name="Choir", need="loneliness", council="north")
    make.CommunityServiceFactory(name="Debt help", provider="Advice centre", need="money")
    make.CommunityServiceFactory(name="Gone", is_open=False)
    assert shown(browser, need="money") == ["Debt help"]
    assert shown(browser, council="west") == ["Debt help", "Garden"]
    assert shown(browser, words="centre debt") == ["Debt help"]
    assert shown(browser, words="nothing such") == []
    assert shown(browser) == ["Choir", "Debt help", "Garden"]
    empty = browser.get("/directory/", {"words": "nothing such"}).content.decode()
    assert "Nothing fits that" in empty


def test_one_service_can_be_read_out(browser):
    service = make.CommunityServiceFactory(
        name="Garden", need="activity", when="Tuesdays, 10 to 12", telephone="01536 000000",
        last_checked_on=days_ago(100), description="Tea.\nAnd <cake>.",
    )  # fmt: skip
    page = browser.get(f"/directory/{service.pk}/").content.decode()
    for words in ("Being more active", "Tuesdays, 10 to 12", "the whole county", "&lt;cake&gt;",
                  "Check before you suggest it"):  # fmt: skip
        assert words in page
    service.is_open = False
    service.save()
    assert browser.get(f"/directory/{service.pk}/").status_code == 404


@pytest.mark.parametrize(
    ("who", "status"),
    [("volunteer", 200), ("coordinator", 200), ("commissioner", 404), ("administrator", 404)],
)
def test_for_those_who_work_with_people(world, sign_in, who, status):
    assert sign_in(getattr(world, who)).get("/directory/").status_code == status


def test_the_number_of_queries_does_not_grow(browser):
    def queries() -> int:
        with CaptureQueriesContext(connection) as ran:
            browser.get("/directory/")
        return len(ran)

    make.CommunityServiceFactory()
    queries()  # what a process looks up once
    few = queries()
    make.CommunityServiceFactory.create_batch(24)
    assert queries() == few
