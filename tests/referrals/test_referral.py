"""One referral: the person as sent, and who they may be already."""

from datetime import date, timedelta

import pytest

from participants.models import Journey
from referrals import actions
from referrals.models import Referral
from spring.audit.models import AuditEvent
from spring.core import clock
from tests import factories as make
from tests.linkworkers.cases import counted_queries
from tests.referrals.answers import known_as, link_worker, page_of, soup, text_of, where

pytestmark = pytest.mark.django_db


# --- what is shown ----------------------------------------------------------------------------------
def test_everything_that_was_sent_is_there(coordinator, world):
    referral = make.ReferralFactory(
        name="Zoë O'Brien",
        known_as="Zo",
        nhs_number="4010232137",
        telephone="01604 700123",
        email="zoe@home.example",
        address="1 High Street",
        postcode="NN1 2AB",
        safe_contact="Never leave a message.",
        what_matters="The garden.",
        language="Twi",
        interpreter=True,
        reading="Large print",
        adjustments="A chair",
        risk_status="stated",
        risks="A dog that bites.",
        agreement="exception",
        exception_reason="In hospital.",
        referrer_telephone="01604 700999",
        referrer_reference="EMIS 4471",
        needs=["money", "abuse"],
    )
    said = text_of(page_of(coordinator, referral).main)
    for words in (
        "Zoë O'Brien",
        "Likes to be called Zo",
        "401 023 2137",
        "01604 700123",
        "zoe@home.example",
        "1 High Street NN1 2AB",
        "Never leave a message.",
        "The garden.",
        "Interpreter: Twi",
        "Large print",
        "A chair",
        "A dog that bites.",
        "It was not possible to ask",
        "In hospital.",
        "Dr Ada Brown",
        "01604 700999",
        "EMIS 4471",
        "Money, debt or benefits",
        "Abuse at home",
        referral.reference,
    ):
        assert words in said, words


def test_who_referred_themselves_is_not_called_myself(coordinator):
    referral = make.ReferralFactory(source="self", referring_practice=None, practice=None)
    assert "From Themselves" in text_of(page_of(coordinator, referral).main)
    assert "Myself" not in text_of(soup(coordinator.get("/referrals/")).main)


def test_not_checked_is_never_shown_as_none(coordinator, world):
    assert "Not checked" in text_of(page_of(coordinator, world.referral).main)
    checked = make.ReferralFactory(risk_status="none_known")
    assert "None known, record checked" in text_of(page_of(coordinator, checked).main)


def test_someone_young_or_from_elsewhere_is_pointed_out(coordinator):
    referral = make.ReferralFactory(
        date_of_birth=clock.today() - timedelta(days=366 * 16),
        source="family",
        referring_practice=None,
        practice=None,
        council="",
        postcode="SW1A 1AA",
    )
    page = page_of(coordinator, referral)
    tags = [tag.get_text() for tag in page.select(".banner .tag")]
    assert tags == ["Under 18", "Perhaps outside the area", "Waiting for a decision"]
    assert "Spring is for adults." in text_of(page.main)


def test_each_worker_s_load_at_this_moment(coordinator, world, settings):
    settings.SPRING = {**settings.SPRING, "CASELOAD_AMBER": 2, "CASELOAD_RED": 4}
    busy = link_worker("Busy Bee", partner=world.partner)
    full = link_worker("Full Moon", partner=world.partner)
    helper = link_worker("Vera Help", partner=world.other_partner, capacity=3, is_volunteer=True)
    away = link_worker(
        "Gone Fishing", partner=world.partner, away_until=clock.today() + timedelta(days=3)
    )
    for worker, load in ((busy, 4), (full, 2), (helper, 1)):
        for _ in range(load):
            make.JourneyFactory(partner=worker.partner, lead=worker.user)
    rows = {
        row.label.get_text(" ", strip=True): (
            row.select_one(".workers__room").span.get_text(),
            row.meter["value"],
        )
        for row in page_of(coordinator, world.referral).select(".workers__item")
    }
    assert rows["Busy Bee"] == ("4 of 45, too many", "4")
    assert rows["Full Moon"] == ("2 of 45, full", "2")
    assert rows["Vera Help Volunteer"] == ("1 of 3", "1")
    assert any(name.startswith("Gone Fishing Away until") for name in rows)
    assert away.away_until > clock.today()
    make.JourneyFactory(partner=helper.partner, lead=helper.user)
    assert "2 of 3" in text_of(page_of(coordinator, world.referral).main)


def test_who_left_or_is_no_link_worker_of_a_partner_is_not_offered(coordinator, world, worker):
    gone = link_worker("Left Us", partner=world.partner)
    gone.user.memberships.update(ends_on=clock.today())
    ended = link_worker("Ended Too", partner=world.partner)
    ended.user.end()
    ended.user.save()
    nhs = make.WorkerFactory(user=world.nhs_worker, partner=world.practice, membership=False)
    offered = text_of(page_of(coordinator, world.referral).find(id="accept-form"))
    assert "Amira Khan" in offered
    for name in ("Left Us", "Ended Too", nhs.user.name):
        assert name not in offered
    refused = coordinator.post(where(world.referral, "accept"), {"worker": gone.pk})
    assert "no longer at work" in refused.content.decode()
    assert Referral.objects.get(pk=world.referral.pk).is_open


def test_as_many_queries_for_many_as_for_one(coordinator, world):
    page_of(coordinator, world.referral)
    known = {"name": world.referral.name, "date_of_birth": world.referral.date_of_birth}
    link_worker("First One", partner=world.partner)
    make.JourneyFactory(participant=make.ParticipantFactory(**known))
    make.ReferralFactory(**known)
    with counted_queries() as few:
        page_of(coordinator, world.referral)
    for number in range(6):
        link_worker(f"Worker {number}", partner=world.other_partner)
        make.JourneyFactory(participant=make.ParticipantFactory(**known))
        make.ReferralFactory(**known)
    with counted_queries() as many:
        page_of(coordinator, world.referral)
    assert len(few) == len(many) <= 12, many


def test_reading_is_written_down(coordinator, world):
    page_of(coordinator, world.referral)
    seen = AuditEvent.objects.get(verb="viewed", thing="referrals.referral")
    assert (seen.actor, seen.thing_id) == (world.coordinator, str(world.referral.pk))


# --- who it may be already --------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("referred", "on_record", "by"),
    [
        ({}, {}, "Same name and date of birth"),
        ({"name": "Zoe O’Brien"}, {"name": "ZOË OBRIEN"}, "Same name and date of birth"),
        ({"nhs_number": "4010232137"}, {"nhs_number": "4010232137"},
         "Same NHS number; Same name and date of birth"),
        ({"nhs_number": "4010232137"}, {"nhs_number": "4010232137", "name": "Ann Other"},
         "Same NHS number"),
        ({}, {"name": "Joyce Nearly"}, None),
        ({}, {"date_of_birth": date(1950, 1, 6)}, None),
        ({"nhs_number": "4010232137"}, {"nhs_number": "9434765919", "name": "Ann"}, None),
        ({"nhs_number": ""}, {"nhs_number": "", "name": "Ann Other"}, None),
    ],
)  # fmt: skip
def test_exact_matches_only(coordinator, world, referred, on_record, by):
    referral = make.ReferralFactory(**({"name": "Joyce Hall"} | referred))
    facts = {"name": referral.name, "date_of_birth": referral.date_of_birth}
    make.JourneyFactory(participant=make.ParticipantFactory(**(facts | on_record)))
    page = page_of(coordinator, referral)
    assert [part.find(class_="tag").get_text() for part in page.select(".match")] == (
        [by] if by else []
    )


def test_other_referrals_of_the_same_person_are_named(coordinator, world):
    other = make.ReferralFactory(
        name=world.referral.name, date_of_birth=world.referral.date_of_birth
    )
    make.ReferralFactory(name=world.referral.name)  # born on another day
    Referral.objects.exclude(pk__in=[other.pk, world.referral.pk]).update(date_of_birth="1960-1-1")
    page = page_of(coordinator, world.referral)
    assert [a.get_text() for a in page.select(".lines a")] == [other.reference]


def test_an_open_journey_is_pointed_out_and_cannot_be_doubled(coordinator, world, worker):
    journey = known_as(world.referral)
    Journey.objects.filter(pk=journey.pk).update(stage="waiting", closed_on=None, closure_reason="")
    page = page_of(coordinator, world.referral)
    assert "Has an open journey with Age UK" in text_of(page.select_one(".match"))
    offered = [box["value"] for box in page(attrs={"name": "person"})]
    assert offered == ["new"]
    sent = {"worker": worker.pk, "person": journey.participant_id}
    assert coordinator.post(where(world.referral, "accept"), sent).status_code == 200
    assert Journey.objects.filter(participant=journey.participant_id).count() == 1


def test_a_different_nhs_number_is_a_warning(coordinator):
    referral = make.ReferralFactory(nhs_number="4010232137")
    known_as(referral, nhs_number="9434765919")
    tags = [tag.get_text() for tag in page_of(coordinator, referral).select(".match .tag")]
    assert tags == ["Same name and date of birth", "Different NHS number"]


def test_of_others_people_only_that_they_are_known(world, sign_in):
    """An NHS link worker reads a referral passed to them; the match is a partner's participant."""
    known_as(world.referral, telephone="01604 700777", address="9 Secret Street")
    actions.pass_to_nhs(referral=world.referral, note="", by=world.coordinator)
    said = text_of(page_of(sign_in(world.nhs_worker), world.referral).main)
    assert "Known to Spring. Ask the service desk" in said
    for secret in ("01604 700777", "9 Secret Street", "Age UK", "Same name"):
        assert secret not in said
    assert "9 Secret Street" in text_of(page_of(sign_in(world.coordinator), world.referral).main)


def test_looking_at_a_match_is_written_down_for_that_person(coordinator, world):
    journey = known_as(world.referral)
    page_of(coordinator, world.referral)
    seen = AuditEvent.objects.get(verb="listed", thing="referrals.match")
    assert seen.participant_id == journey.participant_id
