"""Who someone is and how to reach them safely, kept up to date by those who work with them."""

from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from participants.actions import Outdated, change_details, close_journey, last_change
from participants.models import Participant
from spring.audit.models import AuditEvent
from spring.core import clock
from spring.core.refusal import Refused
from tests.factories import JourneyFactory, ParticipantFactory


@pytest.fixture
def where(world):
    return reverse("participant-details", args=[world.participant.pk])


def fields(reply):
    """What a browser would send if nothing more were typed."""
    form = BeautifulSoup(reply.content, "html5lib").select_one("main form")
    typed = {}
    for box in form.select("input[name], textarea[name], select[name]"):
        if box.name == "select":
            chosen = box.select_one("option[selected]")
            typed[box["name"]] = chosen["value"] if chosen else ""
        elif box.name == "textarea":
            typed[box["name"]] = box.text.removeprefix("\n")
        elif box["type"] in ("radio", "checkbox"):
            if box.has_attr("checked"):
                typed[box["name"]] = box.get("value", "on")
        else:
            typed[box["name"]] = box.get("value", "")
    return typed


# --- the action -------------------------------------------------------------------------------------
def test_the_earlier_version_is_kept_and_the_log_names_fields_only(world):
    change_details(
        participant=world.participant, changes={"telephone": "01632 960001"}, by=world.worker
    )
    person = Participant.objects.get(pk=world.participant.pk)
    assert person.telephone == "01632 960001"
    assert "01632960001" in person.search_text
    assert person.history.order_by("-history_id").first().history_user == world.worker
    event = AuditEvent.objects.get(verb="changed")
    assert event.detail == {"fields": ["telephone"]}
    assert event.participant_id == person.pk


def test_nothing_changed_nothing_written(world):
    before = world.participant.history.count()
    change_details(
        participant=world.participant, changes={"name": world.participant.name}, by=world.worker
    )
    assert world.participant.history.count() == before
    assert not AuditEvent.objects.filter(verb="changed").exists()


def test_a_number_that_is_another_s_is_refused_without_saying_whose(world):
    other = world.other_participant
    with pytest.raises(Refused) as refused:
        change_details(
            participant=world.participant,
            changes={"nhs_number": other.nhs_number},
            by=world.worker,
        )
    assert other.name not in str(refused.value)
    assert "service desk" in str(refused.value)


def test_two_editors_the_second_is_told(world):
    seen = last_change(world.participant)
    change_details(
        participant=world.participant, changes={"known_as": "Meggie"}, by=world.worker, since=seen
    )
    with pytest.raises(Outdated):
        change_details(
            participant=world.participant, changes={"known_as": "M"}, by=world.manager, since=seen
        )


# --- the page ---------------------------------------------------------------------------------------
def test_saving_it_unchanged_changes_nothing_not_even_when_it_was_checked(world, sign_in, where):
    browser = sign_in(world.worker)
    before = world.participant.history.count()
    assert browser.post(where, fields(browser.get(where))).status_code == 302
    person = Participant.objects.get(pk=world.participant.pk)
    assert person.history.count() == before
    assert person.safe_contact_checked_on is None


def test_everything_can_be_put_right(world, sign_in, where):
    browser = sign_in(world.worker)
    typed = fields(browser.get(where)) | {
        "name": "Margaret Mary O'Brien",
        "known_as": "Meg",
        "date_of_birth": "1/2/50",
        "nhs_number": "999 000 1014",
        "telephone": "+44 7700 900 456",
        "postcode": "nn156xx",
        "safe_contact": "Text first",
        "language": "Polish",
        "interpreter": "on",
        "is_carer": "on",
        "sex": "female",
        "gender": "woman",
        "ethnicity": "Z",
        "risk_status": "stated",
        "risks": "Dog in the yard",
    }
    assert browser.post(where, typed).status_code == 302
    person = Participant.objects.get(pk=world.participant.pk)
    assert person.date_of_birth == date(1950, 2, 1)
    assert (person.nhs_number, person.telephone) == ("9990001014", "07700 900456")
    assert (person.postcode, person.ethnicity, person.interpreter) == ("NN15 6XX", "Z", True)
    assert (person.risk_status, person.risks) == ("stated", "Dog in the yard")
    assert person.safe_contact_checked_on == clock.today(), "a rule that is rewritten is checked"
    shown = browser.get(reverse("participant", args=[person.pk])).content.decode()
    for words in ("Interpreter: Polish", "Looks after someone", "Risk: Dog in the yard"):
        assert words in shown


def test_a_rule_that_was_checked_and_stays_counts_as_checked_today(world, sign_in, where):
    Participant.objects.filter(pk=world.participant.pk).update(
        safe_contact="Text first", safe_contact_checked_on=clock.today() - timedelta(days=90)
    )
    browser = sign_in(world.worker)
    browser.post(where, fields(browser.get(where)) | {"checked_today": "on"})
    person = Participant.objects.get(pk=world.participant.pk)
    assert person.safe_contact_checked_on == clock.today()


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"name": ""}, "name"),
        ({"date_of_birth": ""}, "date_of_birth"),
        ({"date_of_birth": "tomorrow"}, "date_of_birth"),
        ({"date_of_birth": "1 1 1899"}, "date_of_birth"),
        ({"nhs_number": "999 000 0019"}, "nhs_number"),
        ({"telephone": "ring the neighbour"}, "telephone"),
        ({"postcode": "Kettering"}, "postcode"),
        ({"email": "meg at home"}, "email"),
        ({"risk_status": "stated", "risks": ""}, "risks"),
        ({"risk_status": "none_known", "risks": "Dog"}, "risk_status"),
        ({"practice": "not-a-uuid"}, "practice"),
        ({"safe_contact": "x" * 20_001}, "safe_contact"),
    ],
)
def test_mistakes_are_named_and_nothing_typed_is_lost(world, sign_in, where, typed, field):
    browser = sign_in(world.worker)
    reply = browser.post(where, fields(browser.get(where)) | {"adjustments": "Ramp"} | typed)
    assert reply.status_code == 422
    soup = BeautifulSoup(reply.content, "html5lib")
    links = [a["href"][1:] for a in soup.select(".govuk-error-summary a")]
    assert links
    assert links[0].startswith(f"id_{field}")
    assert soup.find(id=links[0])
    assert fields(reply)["adjustments"] == "Ramp"
    assert not Participant.objects.filter(adjustments="Ramp").exists()


def test_a_number_that_someone_else_has_is_an_error_at_its_box(world, sign_in, where):
    browser = sign_in(world.worker)
    typed = fields(browser.get(where)) | {"nhs_number": world.other_participant.nhs_number}
    reply = browser.post(where, typed)
    html = reply.content.decode()
    assert reply.status_code == 422
    assert 'href="#id_nhs_number"' in html
    assert world.other_participant.name not in html


def test_someone_else_saved_meanwhile_theirs_are_shown_and_mine_kept(world, sign_in, where):
    browser = sign_in(world.worker)
    typed = fields(browser.get(where)) | {"adjustments": "Ramp"}
    change_details(
        participant=world.participant,
        changes={"safe_contact": "Never ring", "telephone": "01632 960001"},
        by=world.manager,
    )
    reply = browser.post(where, typed)
    html = reply.content.decode()
    assert reply.status_code == 422
    assert "Someone else changed these details" in html
    assert "Never ring" in html
    assert fields(reply)["adjustments"] == "Ramp"
    again = fields(reply) | {"safe_contact": "Never ring", "telephone": "01632 960001"}
    assert browser.post(where, again).status_code == 302
    person = Participant.objects.get(pk=world.participant.pk)
    assert (person.adjustments, person.safe_contact) == ("Ramp", "Never ring")


def test_a_former_journey_opens_no_details_of_the_present(world, sign_in):
    person = ParticipantFactory()
    former = JourneyFactory(
        participant=person, partner=world.partner, lead=world.worker, started=300
    )
    close_journey(journey=former, reason="moved_away", summary="", by=world.worker)
    where = reverse("participant-details", args=[person.pk])
    browser = sign_in(world.worker)
    assert browser.get(where).status_code == 200, "the latest there is"

    JourneyFactory(participant=person, partner=world.other_partner, lead=world.stranger)
    for name in ("participant-details", "consents"):
        where = reverse(name, args=[person.pk])
        assert browser.get(where).status_code == 404
        assert sign_in(world.stranger).get(where).status_code == 200
    page = browser.get(reverse("participant", args=[person.pk]))
    assert reverse("participant-details", args=[person.pk]) not in page.content.decode()


@pytest.mark.parametrize("who", ["colleague", "stranger", "coordinator", "administrator"])
def test_for_all_others_there_is_no_such_page(world, sign_in, where, who):
    browser = sign_in(getattr(world, who))
    assert browser.get(where).status_code == 404
    assert browser.post(where, {"name": "Gone"}).status_code == 404
    assert Participant.objects.get(pk=world.participant.pk).name == "Margaret O'Brien"


def test_long_words_that_came_with_a_referral_do_not_stop_a_new_number(world, sign_in, where):
    """The referral form takes 4,000 letters for each, and a second referral adds to them."""
    long = "Ring only before three. " * 300
    Participant.objects.filter(pk=world.participant.pk).update(
        risk_status="stated", risks=long, safe_contact=long
    )
    browser = sign_in(world.worker)
    reply = browser.post(where, fields(browser.get(where)) | {"telephone": "01632 960001"})
    assert reply.status_code == 302
    person = Participant.objects.get(pk=world.participant.pk)
    assert (person.telephone, person.risks) == ("01632 960001", long.strip())
