"""The way in: what must be answered, what is kept, what the receipt says."""

import re
from datetime import date
from urllib.parse import unquote

import pytest
import time_machine
from django.core import signing
from django.test import Client
from django.urls import reverse

from partners.models import Organisation
from referrals.models import Referral
from spring.audit.models import AuditEvent
from spring.core.models import Message
from tests import factories as make
from tests.referrals.answers import (
    CANARY_NAME,
    CANARY_NUMBER,
    mistakes,
    reference_of,
    send,
    soup,
    typed,
)

pytestmark = pytest.mark.django_db
REFER = "/refer/"


def test_a_referral_is_kept_as_it_was_sent(client):
    practice = make.PracticeFactory(code="Z99001", council="north")
    answered = send(
        client,
        source="practice",
        referring_practice="Z99001",
        nhs_number="999 888 0009",
        postcode="nn16 0ab",
        address="14 Mill Lane\r\nKettering\r\n",
        needs=["mood", "caring"],
        what_matters="Her garden.\r\nHer sister.",
        risk_status="stated",
        risks="A dog that bites.",
        safe_contact="Ring before three.",
        language="Polish",
        interpreter="on",
        referrer_reference="EMIS 4471",
    )
    reference_of(answered)
    kept = Referral.objects.get()
    assert kept.name == CANARY_NAME
    assert kept.date_of_birth == date(1955, 3, 27)
    assert kept.nhs_number == CANARY_NUMBER
    assert (kept.address, kept.postcode) == ("14 Mill Lane, Kettering", "NN16 0AB")
    assert (kept.referring_practice, kept.practice, kept.council) == (practice, practice, "north")
    assert [need.need for need in kept.needs.all()] == ["mood", "caring"]
    assert kept.what_matters == "Her garden.\nHer sister."
    assert (kept.risk_status, kept.risks) == ("stated", "A dog that bites.")
    assert (kept.language, kept.interpreter) == ("Polish", True)
    assert kept.referrer_reference == "EMIS 4471"
    assert kept.agreement == "agreed"
    assert kept.status == "received"
    assert [change.to_status for change in kept.status_changes.all()] == ["received"]
    assert AuditEvent.objects.get(verb="created").thing_id == str(kept.pk)


@pytest.mark.parametrize(
    ("left_out", "said_at"),
    [
        ("source", "source"),
        ("referrer_name", "referrer_name"),
        ("referrer_email", "referrer_email"),
        ("name", "name"),
        ("date_of_birth", "date_of_birth"),
        ("telephone", "telephone"),
        ("needs", "needs"),
        ("agreement", "agreement"),
    ],
)
def test_what_must_be_answered(client, left_out, said_at):
    answered = send(client, **{left_out: None})
    assert list(mistakes(answered)) == [said_at]
    assert not Referral.objects.exists()


@pytest.mark.parametrize(
    "optional",
    [
        "nhs_number",
        "practice",
        "what_matters",
        "language",
        "interpreter",
        "reading",
        "adjustments",
        "safe_contact",
        "risks",
        "referrer_reference",
        "referrer_telephone",
        "referrer_organisation",
        "postcode",
        "known_as",
        "sex",
        "email",
        "risk_status",
    ],
)
def test_what_may_be_left_out(client, optional):
    assert send(client, **{optional: None}).status_code == 302


def test_an_empty_form_says_everything_at_once_and_links_to_each_box(client):
    page = soup(client.post(REFER, {"submission": typed()["submission"]}))
    assert page.title.get_text().startswith("Error: ")
    links = page.select(".govuk-error-summary a")
    assert len(links) == 8
    for link in links:
        assert page.find(id=link["href"].removeprefix("#")).name in ("input", "textarea", "select")
    for box in page.select("[aria-invalid=true]"):
        described = box.get("aria-describedby") or box.find_parent("fieldset")["aria-describedby"]
        assert all(page.find(id=one) for one in described.split())


def test_everything_typed_is_still_there_after_a_mistake(client):
    make.PracticeFactory(code="Z99001")
    words = {
        "source": "practice",
        "referring_practice": "Z99001",
        "referrer_name": "Ada Brown",
        "referrer_email": "not an address",
        "referrer_telephone": "01604 700123",
        "name": "Zoë <O'Brien>",
        "date_of_birth": "31/2/55",
        "telephone": "12",
        "address": "1 High Street",
        "postcode": "Kettering",
        "nhs_number": "943 476 5910",
        "practice": "Z99001",
        "what_matters": "Cats & dogs",
        "risk_status": "stated",
        "risks": "Stairs",
        "safe_contact": "Not on Fridays",
        "language": "Twi",
        "reading": "Large print",
        "adjustments": "A chair",
        "known_as": "Zo",
        "email": "zoe@home.example",
        "exception_reason": "No telephone",
        "agreement": "exception",
        "sex": "female",
        "referrer_reference": "R1",
    }
    page = soup(send(client, **words))
    for name, value in words.items():
        box = page.find(attrs={"name": name})
        if box.name == "textarea":
            assert box.get_text().strip() == value
        elif box.name == "select":
            assert box.find("option", selected=True)["value"] == value
        elif box["type"] == "radio":
            assert page.find(attrs={"name": name}, checked=True)["value"] == value
        else:
            assert box["value"] == value
    checked = page.find_all(attrs={"name": "needs"}, checked=True)
    assert [box["value"] for box in checked] == ["loneliness", "money"]
    assert page.find("details", class_="govuk-details").has_attr("open")


def test_an_address_does_instead_of_a_telephone(client):
    assert send(client, telephone="", address="1 High Street").status_code == 302
    assert "telephone" in mistakes(send(client, telephone="", address=" \n "))


def test_a_practice_names_itself_and_is_taken_for_the_practice_of_registration(client):
    make.PracticeFactory(code="Z99001")
    make.PracticeFactory(code="Z99002")
    refused = send(client, source="practice")
    assert mistakes(refused) == {"referring_practice": "Choose which practice."}
    assert send(client, source="practice", referring_practice="Z99001").status_code == 302
    both = {"referring_practice": "Z99001", "practice": "Z99002"}
    assert send(client, source="practice", **both).status_code == 302
    registered = [r.practice.code for r in Referral.objects.order_by("submitted_at")]
    assert registered == ["Z99001", "Z99002"]


def test_a_practice_that_is_gone_cannot_be_chosen(client):
    make.PracticeFactory(code="Z99001", valid_to=date(2020, 1, 1))
    assert "referring_practice" in mistakes(
        send(client, source="practice", referring_practice="Z99001")
    )


def test_who_is_not_from_a_practice_need_not_name_one(client):
    make.PracticeFactory(code="Z99001")
    # Chosen first, then hidden by the page when another answer was given.
    assert send(client, source="family", referring_practice="Z99001").status_code == 302
    kept = Referral.objects.get()
    assert (kept.referring_practice, kept.practice, kept.council) == (None, None, "")


def test_who_refers_themselves_writes_their_name_once(client):
    assert send(client, source="self", name="", referrer_name="Joyce Hall").status_code == 302
    assert Referral.objects.get().name == "Joyce Hall"
    assert Message.objects.get().audience == "resident"
    assert "name" in mistakes(send(client, source="family", name="", referrer_name="Joyce Hall"))


def test_a_link_of_a_practice_answers_for_it(client):
    make.PracticeFactory(name="Rockingham Forest Surgery", code="Z99123")
    page = soup(client.get(REFER, {"practice": "Z99123"}))
    assert "Rockingham Forest Surgery (Z99123)" in page.h1.get_text()
    assert page.find(id="id_referring_practice").find("option", selected=True)["value"] == "Z99123"
    assert page.find(attrs={"name": "source"}, checked=True)["value"] == "practice"
    assert soup(client.get(REFER, {"practice": "nonsense\x00"})).h1.get_text().startswith("Refer")


def test_an_exception_from_agreement_needs_its_reason(client):
    refused = send(client, agreement="exception")
    assert mistakes(refused) == {"exception_reason": "Answer “Why was it not possible to ask?”."}
    why = "She has no telephone and is at risk of losing her home."
    assert send(client, agreement="exception", exception_reason=why).status_code == 302
    assert Referral.objects.get().exception_reason == why


@pytest.mark.parametrize(
    ("status", "words", "kept"),
    [
        ("not_checked", "", ("not_checked", "")),
        (None, "", ("not_checked", "")),
        ("none_known", "", ("none_known", "")),
        ("stated", "A dog", ("stated", "A dog")),
        ("not_checked", "A dog", ("stated", "A dog")),  # words of a risk are never dropped
        ("stated", "", "risks"),
        ("none_known", "A dog", "risk_status"),
        ("none", "", "risk_status"),
    ],
)
def test_risks(client, status, words, kept):
    answered = send(client, risk_status=status, risks=words)
    if isinstance(kept, str):
        assert list(mistakes(answered)) == [kept]
        return
    assert answered.status_code == 302
    referral = Referral.objects.get()
    assert (referral.risk_status, referral.risks) == kept


def test_someone_young_or_from_elsewhere_is_not_refused(client):
    assert send(client, date_of_birth="1 1 2015", postcode="SW1A 1AA").status_code == 302


@time_machine.travel("2026-04-02T10:00:00Z")  # the Thursday before Easter
def test_the_receipt_says_what_happens_by_when_and_nothing_about_the_person(client):
    answered = send(client, nhs_number="999 888 0009")
    page = client.get(answered["Location"])
    text = " ".join(soup(page).get_text(" ").split())
    kept = Referral.objects.get()
    assert kept.reference in text
    assert "by Wednesday 8 April 2026" in text
    for word in (CANARY_NAME, "Marigold", CANARY_NUMBER, "999 888 0009", "1955", "Loneliness"):
        assert word not in page.content.decode()
        assert word not in unquote(answered["Location"])
    assert client.get(answered["Location"]).content.count(b"<h1>") == 1


def test_a_receipt_cannot_be_guessed(client):
    send(client)
    kept = Referral.objects.get()
    forged = signing.dumps({"reference": kept.reference, "changed": False}, key="x" * 50)
    elsewhere = signing.dumps({"reference": kept.reference, "changed": False}, salt="another")
    for token in (kept.reference, "x", forged, elsewhere, f"{kept.reference}:abc", "\x00"):
        assert client.get(reverse("refer-received", args=[token])).status_code == 404


def test_the_form_says_that_this_is_no_emergency_service(client):
    text = " ".join(soup(client.get(REFER)).main.get_text(" ").split())
    assert "Not an emergency service" in text
    assert "999" in text
    assert "111, option 2" in text


def test_the_form_asks_little_of_the_database(client, django_assert_max_num_queries):
    for number in range(70):
        make.PracticeFactory(code=f"Z98{number:03}")
    with django_assert_max_num_queries(4):
        page = client.get(REFER)
    assert len(soup(page).find(id="id_referring_practice")("option")) == 71


def test_sending_needs_a_token():
    browser = Client(enforce_csrf_checks=True)
    assert browser.post(REFER, typed()).status_code == 403
    page = browser.get(REFER)
    token = re.search(rb'name="csrfmiddlewaretoken" value="(\w+)"', page.content)[1].decode()
    assert browser.post(REFER, typed(csrfmiddlewaretoken=token)).status_code == 302


def test_a_staff_member_may_refer_too(world, sign_in):
    assert send(sign_in(world.worker)).status_code == 302


def test_only_practices_are_offered(client):
    make.OrganisationFactory(name="A partner", code="PART")
    make.PracticeFactory(name="B practice", code="Z99001")
    offered = soup(client.get(REFER)).find(id="id_practice")("option")
    assert [option["value"] for option in offered] == ["", "Z99001"]
    assert Organisation.objects.count() > 1
