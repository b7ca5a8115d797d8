"""From an administrator's invitation to a colleague at work, and back out again."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core import mail

from partners.models import Membership, Organisation
from spring.accounts.models import User
from spring.accounts.roles import Role
from spring.audit.models import AuditEvent
from spring.core import clock, outbox
from spring.core.models import Message
from tests import factories as make
from tests.conftest import StrictClient

VOID = "This invitation no longer works"
PASSWORD = "a garden behind the mill"
NEWCOMER = {"name": "Grace  O'Neil", "email": "Grace@staff.example"}


def invite(admin, world, **changes):
    words = {**NEWCOMER, "role": "link_worker", "organisation": world.partner.pk, **changes}
    return admin.post("/keep-house/people/invite/", words, follow=True)


def link() -> str:
    outbox.send_due()
    return re.search(r"https?://[^/]+(/\S+)", mail.outbox[-1].body)[1]


def take_up(browser, path, password=PASSWORD):
    where = browser.get(path, follow=True).request["PATH_INFO"]
    return browser.post(where, {"password1": password, "password2": password}, follow=True)


@pytest.fixture
def admin(world, sign_in):
    return sign_in(world.administrator)


def test_the_whole_way(world, admin, client):
    page = invite(admin, world)
    assert "is invited" in page.content.decode()
    user = User.objects.get(email="grace@staff.example")
    assert user.name == "Grace O'Neil"
    assert not user.has_usable_password()
    assert mail.outbox == []
    path = link()
    letter = mail.outbox[0]
    assert letter.to == ["grace@staff.example"]
    assert "Grace" not in letter.subject
    assert "Dear Grace O'Neil" in letter.body
    assert "Link worker at Northamptonshire Carers" in letter.body

    opened = client.get(path)
    assert opened["Location"].endswith("/choose-a-password/")
    assert path.split("/")[3] not in opened["Location"]  # the token left the address
    page = client.get(opened["Location"])
    assert "Welcome, Grace" in page.content.decode()
    done = take_up(client, path)
    assert "Now sign in with it" in done.content.decode()
    client.post("/sign-in/", {"login": "grace@staff.example", "password": PASSWORD})
    page = client.get("/account/").content.decode()
    assert "Link worker at Northamptonshire Carers" in page
    assert "Stays with a person for 6 to 12 months" in page
    verbs = AuditEvent.objects.filter(actor=world.administrator).values_list("verb", "thing")
    assert {("created", "accounts.user"), ("created", "partners.membership")} <= set(verbs)


def test_a_link_works_once(world, admin, client):
    invite(admin, world)
    path = link()
    take_up(client, path)
    again = StrictClient()
    refused = again.get(path)
    assert VOID in refused.content.decode()
    # Nor does the page that was left open in the first browser.
    where = path.rsplit("/", 2)[0] + "/choose-a-password/"
    late = client.post(where, {"password1": PASSWORD + "!", "password2": PASSWORD + "!"})
    assert VOID in late.content.decode()
    assert User.objects.get(email="grace@staff.example").check_password(PASSWORD)


def test_looking_at_the_link_does_not_use_it_up(world, admin, client):
    """Mail programs open links before people do."""
    invite(admin, world)
    path = link()
    for browser in (StrictClient(), StrictClient()):
        browser.get(path, follow=True)
    assert "Now sign in" in take_up(client, path).content.decode()


def test_a_later_invitation_kills_the_earlier_link(world, admin, client):
    invite(admin, world)
    first = link()
    user = User.objects.get(email="grace@staff.example")
    admin.post(f"/keep-house/people/{user.pk}/invite-again/")
    second = link()
    assert VOID in client.get(first).content.decode()
    assert client.get(second).status_code == 302


def test_an_invitation_that_was_overtaken_is_not_sent(world, admin):
    invite(admin, world)
    user = User.objects.get(email="grace@staff.example")
    with time_machine.travel(clock.now() + timedelta(seconds=5)):
        admin.post(f"/keep-house/people/{user.pk}/invite-again/")
        outbox.send_due()
    assert len(mail.outbox) == 1
    assert sorted(Message.objects.values_list("status", flat=True)) == ["cancelled", "sent"]


def test_a_link_is_dead_after_three_days(world, admin, client):
    invite(admin, world)
    path = link()
    with time_machine.travel(clock.now() + timedelta(days=2, hours=23)):
        assert client.get(path).status_code == 302
    with time_machine.travel(clock.now() + timedelta(days=3, minutes=1)):
        assert VOID in client.get(path).content.decode()


@pytest.mark.parametrize("path", ["/invitation/AAAA/x-y/", "/invitation/%20/choose-a-password/"])
def test_a_made_up_link_reads_as_a_dead_one(client, db, path):
    assert VOID in client.get(path).content.decode()


def test_a_token_of_one_kind_is_no_token_of_the_other(world, admin, client):
    invite(admin, world)
    token = link().split("/")[3]
    user = User.objects.get(email="grace@staff.example")
    page = client.get(f"/password/new/{user.pk.hex}-{token}/", follow=True)
    assert "no longer works" in page.content.decode()


def test_a_weak_first_password_is_refused(world, admin, client):
    invite(admin, world)
    page = take_up(client, link(), "grace o'neil").content.decode()
    assert "One thing to put right" in page
    assert not User.objects.get(email="grace@staff.example").has_usable_password()


def test_an_address_has_one_account_in_any_case(world, admin):
    page = invite(admin, world, email=world.worker.email.upper())
    assert "already" in page.content.decode()
    assert "Grace  O&#x27;Neil" in page.content.decode()  # what was typed is kept
    assert User.objects.filter(email__iexact=world.worker.email).count() == 1


def test_nothing_is_left_of_an_invitation_that_was_refused(world, admin):
    page = invite(admin, world, role="service_manager")
    assert "is a role at: the service" in page.content.decode()
    assert not User.objects.filter(email="grace@staff.example").exists()
    assert not Message.objects.exists()


def test_every_role_has_its_places():
    from partners.actions import HELD_AT

    assert set(HELD_AT) == set(Role)
    assert all(kind in Organisation.Kind for kinds in HELD_AT.values() for kind in kinds)


def test_an_ended_account_is_out_with_the_next_request(world, admin, sign_in):
    elsewhere = sign_in(world.worker)
    assert elsewhere.get("/directory/").status_code == 200
    admin.post(f"/keep-house/people/{world.worker.pk}/end/")
    gone = elsewhere.get("/directory/")
    assert gone.status_code == 302
    assert gone["Location"].startswith("/sign-in/")
    assert not Membership.objects.current().filter(user=world.worker).exists()


def test_without_ending_the_session_lives(world, admin, sign_in):
    """The negative control of the test above."""
    elsewhere = sign_in(world.worker)
    admin.get(f"/keep-house/people/{world.worker.pk}/")
    assert elsewhere.get("/directory/").status_code == 200


def test_a_role_that_ended_gives_nothing_with_the_next_request(world, admin, sign_in):
    elsewhere = sign_in(world.worker)
    membership = world.worker.memberships.get()
    admin.post(f"/keep-house/roles/{membership.pk}/end/")
    assert elsewhere.get("/directory/").status_code == 404
    assert elsewhere.get("/account/").status_code == 200
    assert membership.history.first().history_user == world.administrator


def test_a_role_to_come_ends_with_the_account(world, admin):
    future = clock.today() + timedelta(days=30)
    later = make.MembershipFactory(
        user=world.worker, organisation=world.other_partner, starts_on=future
    )
    admin.post(f"/keep-house/people/{world.worker.pk}/end/")
    with time_machine.travel(clock.now() + timedelta(days=40)):
        assert not Membership.objects.current().filter(pk=later.pk).exists()


def test_an_account_opens_again_without_password_and_roles(world, admin, client):
    admin.post(f"/keep-house/people/{world.worker.pk}/end/")
    admin.post(f"/keep-house/people/{world.worker.pk}/open-again/")
    world.worker.refresh_from_db()
    assert world.worker.is_active
    assert not world.worker.has_usable_password()
    assert not Membership.objects.current().filter(user=world.worker).exists()
    take_up(client, link())
    words = {"login": world.worker.email, "password": PASSWORD}
    assert client.post("/sign-in/", words).status_code == 302


def test_nobody_changes_what_they_may_do_themselves(world, admin):
    me = world.administrator
    page = admin.post(
        f"/keep-house/people/{me.pk}/roles/",
        {"role": "coordinator", "organisation": world.service.pk},
    )
    assert "Nobody gives a role to themselves" in page.content.decode()
    admin.post(f"/keep-house/people/{me.pk}/end/")
    admin.post(f"/keep-house/roles/{me.memberships.get().pk}/end/")
    me.refresh_from_db()
    assert me.is_active
    assert [m.role for m in Membership.objects.current().filter(user=me)] == ["administrator"]
