"""Keeping accounts and roles; what an administrator may and may not reach."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from partners.models import Membership
from spring.accounts.models import User
from spring.core import clock
from tests import factories as make


@pytest.fixture
def admin(world, sign_in):
    return sign_in(world.administrator)


def html(response) -> str:
    assert response.status_code == 200, response.status_code
    return response.content.decode()


@pytest.mark.parametrize(
    ("who", "rooms"),
    [
        ("administrator", {"people", "organisations", "workers"}),
        ("service_manager", {"workers", "targets"}),
        ("coordinator", {"workers"}),
        ("manager", {"workers"}),
    ],
)
def test_the_house_shows_the_rooms_one_may_enter(world, sign_in, who, rooms):
    browser = sign_in(getattr(world, who))
    page = html(browser.get("/keep-house/"))
    for room in ("people", "organisations", "workers", "targets"):
        url = f"/keep-house/{room}/"
        assert (f'href="{url}"' in page) == (room in rooms)
        assert browser.get(url).status_code == (200 if room in rooms else 404)


@pytest.mark.parametrize("who", ["worker", "volunteer", "nhs_worker", "commissioner", "nobody"])
def test_others_have_no_house_to_keep(world, sign_in, who):
    assert sign_in(getattr(world, who)).get("/keep-house/").status_code == 404


def test_an_administrator_never_reaches_a_case(world, admin):
    assert html(admin.get("/keep-house/people/"))
    meg = world.participant.pk
    for path in (
        "/caseload/",
        f"/participants/{meg}/",
        f"/participants/{meg}/who-looked/",
        "/referrals/",
        f"/referrals/{world.referral.pk}/",
        "/directory/",
    ):
        assert admin.get(path).status_code == 404, path
    for path in ("/account/", "/keep-house/", "/keep-house/workers/"):
        page = html(admin.get(path))
        assert "Meg" not in page
        assert "O&#x27;Brien" not in page


def test_the_list_narrows_by_role_place_and_state(world, admin):
    world.stranger.end()
    world.stranger.save()
    world.colleague.set_unusable_password()
    world.colleague.save()

    def names(**asked):
        return {user.name for user in admin.get("/keep-house/people/", asked).context["page"]}

    assert names(role="volunteer") == {"Violet Ash"}
    assert names(role="coordinator", organisation=world.partner.pk) == {"Polly Hill"}
    assert names(state="ended") == {"Stan Ford"}
    assert names(state="invited") == {"Ben Carter"}
    assert "Norman Nobody" in names(state="ready")
    everyone = names()
    assert {"Stan Ford", "Ben Carter", "Amira Khan"} <= everyone
    assert names(role="nonsense", state="also nonsense") == everyone


def test_a_role_that_has_ended_is_not_shown_as_held(world, admin):
    """Held at one place and ended at another: the two are not mixed up."""
    held = world.worker.memberships.get()
    held.ends_on = clock.today()
    held.save()
    page = admin.get("/keep-house/people/", {"organisation": world.partner.pk}).context["page"]
    assert world.worker not in list(page)


def test_the_number_of_queries_does_not_grow(world, admin):
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as ran:
            admin.get("/keep-house/people/")
        return len(ran)

    queries()  # what a process looks up once
    few = queries()
    for _ in range(30):
        make.MembershipFactory(organisation=world.partner)
    assert queries() == few


def test_a_second_role_counts_with_the_next_request(world, admin, sign_in):
    browser = sign_in(world.worker)
    assert browser.get("/keep-house/").status_code == 404
    page = admin.post(
        f"/keep-house/people/{world.worker.pk}/roles/",
        {"role": "partner_manager", "organisation": world.partner.pk},
        follow=True,
    )
    assert "is Partner manager at Northamptonshire Carers from now on" in html(page)
    assert browser.get("/keep-house/").status_code == 200


def test_the_same_role_twice_is_refused_in_words(world, admin):
    page = admin.post(
        f"/keep-house/people/{world.worker.pk}/roles/",
        {"role": "link_worker", "organisation": world.partner.pk},
    )
    assert "Amira Khan is Link worker at Northamptonshire Carers already" in html(page)
    assert "<title>Error: " in html(page)


def test_an_empty_role_is_asked_for(world, admin):
    page = html(admin.post(f"/keep-house/people/{world.worker.pk}/roles/", {}))
    assert "2 things to put right" in page
    assert "Choose a role" in page


def test_a_role_that_ended_can_be_given_again(world, admin):
    path = f"/keep-house/people/{world.worker.pk}/"
    admin.post(f"/keep-house/roles/{world.worker.memberships.get().pk}/end/")
    admin.post(f"{path}roles/", {"role": "link_worker", "organisation": world.partner.pk})
    assert Membership.objects.current().filter(user=world.worker).count() == 1
    assert "Earlier roles" in html(admin.get(path))


def test_ending_a_role_again_moves_nothing(world, admin):
    membership = world.worker.memberships.get()
    ended = clock.today() - timedelta(days=10)
    Membership.objects.filter(pk=membership.pk).update(ends_on=ended)
    admin.post(f"/keep-house/roles/{membership.pk}/end/")
    membership.refresh_from_db()
    assert membership.ends_on == ended


def test_whoever_has_a_password_is_not_invited_again(world, admin):
    page = admin.post(f"/keep-house/people/{world.worker.pk}/invite-again/", follow=True)
    assert "has a password already" in html(page)
    assert "Send the invitation again" not in html(page)


def test_the_account_page_says_what_each_role_may_do(world, sign_in):
    page = html(sign_in(world.service_manager).get("/account/"))
    assert "Service manager at Spring" in page
    assert "Answers for the whole service" in page
    assert "no role at present" in html(sign_in(world.nobody).get("/account/"))


def test_nothing_happens_by_following_a_link(world, admin):
    """Every change needs a press of a button (and its token)."""
    pk, held = world.worker.pk, world.worker.memberships.get().pk
    for path in (
        f"people/{pk}/end/",
        f"people/{pk}/open-again/",
        f"people/{pk}/invite-again/",
        f"people/{pk}/roles/",
        f"roles/{held}/end/",
    ):
        assert admin.get(f"/keep-house/{path}").status_code == 405
    assert User.objects.get(pk=pk).is_active
