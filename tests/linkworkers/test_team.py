"""Where it is getting tight: Today of those who lead, and of those who see nobody."""

from datetime import date

import pytest
from bs4 import BeautifulSoup

from tests.factories import (
    ReferralFactory,
    WorkerFactory,
)
from tests.linkworkers.cases import give, queries_of_today, rows_of

D = date


def figures(response) -> dict[str, str]:
    soup = BeautifulSoup(response.content, "html5lib")
    return {
        box.dt.get_text(): box.select_one(".big").get_text()
        for box in soup.select(".figures > div")
    }


def test_the_number_of_queries_of_a_manager_does_not_grow_either(world, sign_in):
    browser = sign_in(world.service_manager)
    give(10, world.worker, world.partner)
    few = queries_of_today(browser)
    give(90, world.worker, world.partner)
    for _ in range(5):
        give(2, WorkerFactory(partner=world.partner).user, world.partner)

    assert len(queries_of_today(browser)) == len(few) <= 8, few


def test_a_partner_manager_sees_where_it_is_tight_among_their_own(world, sign_in):
    page = sign_in(world.manager).get("/")

    # 40, 60 and 100 days without a word; the other partner's person is not among them
    assert figures(page)["Need someone now"] == "3"
    assert figures(page)["No contact"] == "3"
    assert "Referrals to decide" not in figures(page)
    text = page.content.decode()
    assert "Amira Khan" in text
    assert world.other_participant.name not in text
    assert "Stan Ford" not in text
    assert rows_of(page)[0].startswith(world.colleague_journey.participant.name)


def test_the_service_sees_everyone_and_the_referrals_that_wait(world, sign_in):
    ReferralFactory(risk_status="stated", risks="A dog that bites")
    late = ReferralFactory()
    type(late).objects.filter(pk=late.pk).update(triage_due_on=D(2020, 1, 1))

    page = sign_in(world.coordinator).get("/")

    assert figures(page)["Referrals to decide"] == "3"
    assert "1 past their day, 1 with a stated risk" in page.content.decode()
    assert figures(page)["Need someone now"] == "4"
    assert "Stan Ford" in page.content.decode()


def test_people_whose_link_worker_has_left_come_first_for_those_who_lead(world, sign_in):
    membership = world.worker.memberships.get()
    membership.ends_on = membership.starts_on
    membership.save()

    page = sign_in(world.manager).get("/")

    assert figures(page)["No link worker at work"] == "1"
    assert "No link worker: theirs has left" in rows_of(page)[0]
    assert "was with Amira Khan" in rows_of(page)[0]


def test_the_list_of_a_manager_is_short_however_many_there_are(world, sign_in):
    give(20, world.worker, world.partner)

    page = sign_in(world.service_manager).get("/")

    assert len(rows_of(page)) == 8
    assert "See all 24 who need someone now" in page.content.decode()


@pytest.mark.parametrize(
    ("actor", "where"), [("commissioner", "/reports/"), ("administrator", "/keep-house/")]
)
def test_those_without_people_go_where_their_work_is(world, sign_in, actor, where):
    response = sign_in(world.actors()[actor]).get("/")

    assert (response.status_code, response["Location"]) == (302, where)


def test_an_account_without_a_role_is_told_so_kindly(world, sign_in):
    page = sign_in(world.nobody).get("/").content.decode()

    assert "Hello, Norman" in page
    assert "no role" in page
