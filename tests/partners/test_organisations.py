"""Keeping organisations one by one, and from a file: all of it or nothing."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile

from participants.models import Journey
from partners.actions import keep_organisation
from partners.models import Organisation
from spring.accounts.models import User
from spring.audit.models import AuditEvent
from spring.core import clock
from spring.core.refusal import Refused
from tests import factories as make

IMPORT = "/keep-house/organisations/import/"
FILE = """Organisation Code,Name,Postcode,Open Date,Close Date,Status Code,PCN Code
K83002,BESIDE THE ISE,NN17 1AA,20190701,,A,U12345
U12345,ISE VALLEY PCN,,20190701,,A,
"""


@pytest.fixture
def admin(world, sign_in):
    return sign_in(world.administrator)


def check(admin, text):
    return admin.post(IMPORT, {"text": text})


def checked(response) -> str:
    found = re.search(r'name="checked" value="([^"]+)"', response.content.decode())
    return found[1] if found else ""


def test_a_dry_run_writes_nothing_and_the_press_writes_all(world, admin):
    before = Organisation.objects.count()
    page = check(admin, FILE)
    assert "Beside The Ise" in page.content.decode()
    assert Organisation.objects.count() == before
    done = admin.post(IMPORT, {"checked": checked(page)}, follow=True)
    assert "2 added, 0 changed, 0 closed." in done.content.decode()
    practice = Organisation.objects.get(code="K83002")
    assert practice.network.code == "U12345"
    assert practice.postcode == "NN17 1AA"
    assert AuditEvent.objects.filter(verb="created", thing="partners.organisation").count() == 2


def test_a_file_may_be_chosen_instead(world, admin):
    file = SimpleUploadedFile("epraccur.csv", ("\ufeff" + FILE).encode(), "text/csv")
    page = admin.post(IMPORT, {"file": file, "text": ""})
    assert checked(page)


def test_what_is_there_is_changed_and_closed(world, admin):
    practice = world.practice
    for code, one in (("Z12345", practice), ("Z67890", world.other_practice)):
        one.code = code
        one.save()
    closes = clock.today() - timedelta(days=1)
    text = (
        "Organisation Code,Name,Close Date\n"
        f"{practice.code},Rockingham Forest Medical Centre,\n"
        f"{world.other_practice.code},{world.other_practice.name},{closes:%Y%m%d}\n"
    )
    page = check(admin, text)
    html = page.content.decode()
    assert "Name: Rockingham Forest Surgery → Rockingham Forest Medical Centre" in html
    assert "Close date: nothing → " in html
    admin.post(IMPORT, {"checked": checked(page)})
    practice.refresh_from_db()
    assert practice.name == "Rockingham Forest Medical Centre"
    assert not Organisation.objects.current().filter(pk=world.other_practice.pk).exists()
    # Again, there is nothing left to do.
    again = check(admin, text)
    assert "Everything is as in the file" in again.content.decode()
    assert not checked(again)


def test_one_bad_row_stops_all_of_it(world, admin):
    page = check(admin, FILE + "K83003,,,,,,\n")
    html = page.content.decode()
    assert "Nothing can be written yet" in html
    assert "It has no name." in html
    assert checked(page) == ""
    assert not Organisation.objects.filter(code__in=["K83002", "U12345"]).exists()


def test_a_failure_in_the_middle_leaves_nothing_half_done(world, admin, monkeypatch):
    from partners import actions

    page = check(admin, FILE)
    keep, done = actions.keep_organisation, []

    def breaks_at_the_second(**kwargs):
        done.append(kwargs["organisation"].code)
        if len(done) == 2:
            raise RuntimeError("the power fails")
        keep(**kwargs)

    monkeypatch.setattr(actions, "keep_organisation", breaks_at_the_second)
    with pytest.raises(RuntimeError):
        admin.post(IMPORT, {"checked": checked(page)})
    assert done == ["U12345", "K83002"]  # the first had been written
    assert not Organisation.objects.filter(code="U12345").exists()


def test_what_would_do_something_else_by_now_is_refused(world, admin):
    page = check(admin, FILE)
    make.NetworkFactory(code="U12345", name="Somebody was quicker")
    done = admin.post(IMPORT, {"checked": checked(page)}, follow=True)
    assert "Something changed here since the check" in done.content.decode()
    assert not Organisation.objects.filter(code="K83002").exists()


def test_a_check_holds_for_an_hour_and_cannot_be_made_up(world, admin):
    word = checked(check(admin, FILE))
    with time_machine.travel(clock.now() + timedelta(minutes=61)):
        late = admin.post(IMPORT, {"checked": word}, follow=True)
    assert "check the file again" in late.content.decode()
    forged = admin.post(IMPORT, {"checked": word[:-2] + "xx"}, follow=True)
    assert "check the file again" in forged.content.decode()
    assert not Organisation.objects.filter(code="K83002").exists()


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"text": ""}, "Choose a file or paste its words"),
        ({"text": "hello"}, "The first line must name the columns"),
        ({"text": "Organisation Code,Name\n" + "x" * 1_000_001}, "at most 1000000"),
    ],
)
def test_what_cannot_be_read_is_said_at_the_top(world, admin, sent, words):
    page = admin.post(IMPORT, sent).content.decode()
    assert words in page
    assert "<title>Error: " in page


def test_a_file_that_is_no_text_is_refused_calmly(world, admin):
    file = SimpleUploadedFile("x.xlsx", b"PK\x03\x04\x00\xff\xfe" * 50)
    assert "not a CSV file" in admin.post(IMPORT, {"file": file}).content.decode()


WORDS = {"kind": "practice", "name": "Abbey Surgery", "code": "k83 111", "postcode": "nn171aa"}


def test_an_organisation_is_added_and_changed(world, admin):
    admin.post("/keep-house/organisations/add/", WORDS)
    made = Organisation.objects.get(code="K83111")
    assert made.postcode == "NN17 1AA"
    path = f"/keep-house/organisations/{made.pk}/"
    admin.post(path, {**WORDS, "name": "Abbey Medical Centre", "valid_to": "31/12/2026"})
    made.refresh_from_db()
    assert made.name == "Abbey Medical Centre"
    assert made.valid_to.isoformat() == "2026-12-31"
    event = AuditEvent.objects.get(verb="changed", thing_id=str(made.pk))
    assert event.detail["fields"] == ["name", "valid_to"]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"code": "Z"}, "two to twelve"),
        ({"postcode": "NOWHERE"}, "not a UK postcode"),
        ({"telephone": "12"}, "not a telephone number"),
        ({"valid_from": "2/2/2026", "valid_to": "1/2/2026"}, "before the first"),
        ({"name": ""}, "Enter the name"),
        ({"code": "NC"}, "has this code already"),
    ],
)
def test_mistakes_are_said_and_what_was_typed_stays(world, admin, changes, words):
    page = admin.post("/keep-house/organisations/add/", {**WORDS, **changes}).content.decode()
    assert words in page
    assert 'value="practice" selected' in page
    assert not Organisation.objects.filter(code="K83111").exists()


def test_only_a_practice_has_a_network(world, admin):
    network = world.practice.network
    sent = {**WORDS, "kind": "partner", "network": network.pk}
    page = admin.post("/keep-house/organisations/add/", sent).content.decode()
    assert "Only a GP practice belongs to a network" in page


def test_the_list_narrows(world, admin):
    def names(**asked):
        page = admin.get("/keep-house/organisations/", asked).context["page"]
        return [organisation.name for organisation in page]

    world.other_partner.valid_to = clock.today() - timedelta(days=1)
    world.other_partner.save()
    assert names(kind="partner") == ["Mayday Trust", "Northamptonshire Carers"]
    assert names(kind="partner", state="open") == ["Northamptonshire Carers"]
    assert names(state="closed") == ["Mayday Trust"]
    assert names(name="brackley") == ["Brackley Surgery"]
    assert names(council="north", kind="practice") == ["Brackley Surgery"]


def test_a_partner_cannot_be_turned_into_the_service(world, admin):
    sees = Journey.objects.visible_to(world.partner_coordinator).count()
    words = {**WORDS, "name": "Northamptonshire Carers", "code": "NC", "kind": "service"}
    admin.post(f"/keep-house/organisations/{world.partner.pk}/", words)
    world.partner.refresh_from_db()
    assert (world.partner.kind, world.partner.postcode) == ("partner", "NN17 1AA")
    again = User.objects.get(pk=world.partner_coordinator.pk)
    assert Journey.objects.visible_to(again).count() == sees < Journey.objects.count()
    world.partner.kind = "service"
    with pytest.raises(Refused):
        keep_organisation(organisation=world.partner, by=world.administrator)


def test_a_coordinator_of_the_service_would_have_seen_everybody(world):
    """The negative control: the kind is what decides."""
    Organisation.objects.filter(pk=world.partner.pk).update(kind="service")
    user = User.objects.get(pk=world.partner_coordinator.pk)
    assert Journey.objects.visible_to(user).count() == Journey.objects.count()
