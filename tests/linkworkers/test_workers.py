"""Room for more people."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from linkworkers.models import Worker
from spring.accounts.roles import Role
from spring.audit.models import AuditEvent
from spring.core import clock
from tests import factories as make

WORKERS = "/keep-house/workers/"


def address(membership) -> str:
    return f"{WORKERS}{membership.pk}/"


@pytest.mark.parametrize(
    ("who", "sees"),
    [
        ("manager", {"Amira Khan", "Ben Carter", "Violet Ash"}),
        ("partner_coordinator", {"Amira Khan", "Ben Carter", "Violet Ash"}),
        ("other_manager", {"Stan Ford"}),
        ("coordinator", {"Amira Khan", "Ben Carter", "Violet Ash", "Stan Ford"}),
        ("service_manager", {"Amira Khan", "Ben Carter", "Violet Ash", "Stan Ford"}),
        ("administrator", {"Amira Khan", "Ben Carter", "Violet Ash", "Stan Ford"}),
    ],
)
def test_each_sees_whose_room_they_may_set(world, sign_in, who, sees):
    page = sign_in(getattr(world, who)).get(WORKERS)
    names = {place.membership.user.name for _, there in page.context["partners"] for place in there}
    assert names == sees


@pytest.mark.parametrize("who", ["worker", "nhs_worker", "commissioner", "nobody"])
def test_others_do_not(world, sign_in, who):
    assert sign_in(getattr(world, who)).get(WORKERS).status_code == 404


def test_a_newcomer_has_no_number_until_it_is_set(world, sign_in):
    browser = sign_in(world.manager)
    membership = make.MembershipFactory(organisation=world.partner, role=Role.VOLUNTEER)
    assert "Not set" in browser.get(WORKERS).content.decode()
    form = browser.get(address(membership)).context["form"]
    assert form["capacity"].value() == 6
    assert form["is_volunteer"].value() is True
    assert not Worker.objects.filter(user=membership.user).exists()
    browser.post(address(membership), {"capacity": "4", "is_volunteer": "on", "away_until": ""})
    post = Worker.objects.at_work().get(user=membership.user)
    assert (post.partner, post.capacity, post.is_volunteer) == (world.partner, 4, True)
    assert "Not set" not in browser.get(WORKERS).content.decode()
    assert AuditEvent.objects.filter(verb="created", thing="linkworkers.worker").exists()


def test_a_number_and_an_absence_are_changed(world, sign_in):
    browser = sign_in(world.manager)
    until = clock.today() + timedelta(days=20)
    sent = {"capacity": "30", "away_until": f"{until.day}/{until.month}/{until.year}"}
    browser.post(address(world.worker.memberships.get()), sent)
    post = Worker.objects.get(user=world.worker)
    assert (post.capacity, post.away_until) == (30, until)
    assert "Away" in browser.get(WORKERS).content.decode()
    assert Worker.objects.filter(user=world.worker).count() == 1


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"capacity": ""}, "Enter a number of people"),
        ({"capacity": "-1"}, "greater than or equal to 0"),
        ({"capacity": "99999999999999999999"}, "less than or equal to 300"),
        ({"capacity": "5", "away_until": "1/1/2020"}, "today or later"),
    ],
)
def test_mistakes_are_said(world, sign_in, sent, words):
    page = sign_in(world.manager).post(address(world.worker.memberships.get()), sent)
    assert words in page.content.decode()
    assert Worker.objects.get(user=world.worker).capacity == 45


def test_another_partners_worker_is_a_missing_one(world, sign_in):
    browser = sign_in(world.manager)
    foreign = browser.post(address(world.stranger.memberships.get()), {"capacity": "1"})
    missing = browser.post(f"{WORKERS}{world.partner.pk}/", {"capacity": "1"})
    assert foreign.status_code == missing.status_code == 404
    assert foreign.content == missing.content
    assert Worker.objects.get(user=world.stranger).capacity == 45
    # The negative control: it is not the number that is refused.
    mine = browser.post(address(world.worker.memberships.get()), {"capacity": "1"})
    assert mine.status_code == 302


def test_who_left_is_not_there(world, sign_in):
    held = world.worker.memberships.get()
    held.ends_on = clock.today()
    held.save()
    browser = sign_in(world.manager)
    assert "Amira Khan" not in browser.get(WORKERS).content.decode()
    assert browser.get(address(held)).status_code == 404


def test_two_roles_at_one_partner_are_one_place(world, sign_in):
    make.MembershipFactory(user=world.worker, organisation=world.partner, role=Role.VOLUNTEER)
    page = sign_in(world.manager).get(WORKERS)
    ((_, there),) = page.context["partners"]
    assert [place.membership.user.name for place in there].count("Amira Khan") == 1


def test_the_number_of_queries_does_not_grow(world, sign_in):
    browser = sign_in(world.service_manager)

    def queries() -> int:
        with CaptureQueriesContext(connection) as ran:
            browser.get(WORKERS)
        return len(ran)

    queries()  # what a process looks up once
    few = queries()
    for _ in range(15):
        make.WorkerFactory(partner=world.partner)
        make.WorkerFactory()
    assert queries() == few
