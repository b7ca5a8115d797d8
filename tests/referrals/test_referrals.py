"""The inbox: what presses most comes first, narrowed without a name in any address."""

from datetime import timedelta

import pytest
import time_machine

from partners.models import Membership
from referrals import actions
from referrals.models import Referral, ReferralQuerySet
from spring.audit.models import AuditEvent
from spring.core import clock
from tests import factories as make
from tests.linkworkers.cases import counted_queries
from tests.referrals.answers import link_worker, soup

pytestmark = pytest.mark.django_db
INBOX = "/referrals/"


def sent(name: str, days_ago: int = 0, **facts) -> Referral:
    moment = clock.now() - timedelta(days=days_ago)
    return make.ReferralFactory(name=name, submitted_at=moment, **facts)


def names(response) -> list[str]:
    return [link.get_text(strip=True) for link in soup(response).select(".row__name")]


@time_machine.travel("2026-11-20T12:00:00Z", tick=False)  # a Friday
def test_stated_risk_then_missed_target_then_age(world, sign_in):
    Referral.objects.all().delete()
    risk = {"risk_status": "stated", "risks": "A dog"}
    sent("New", 0)
    sent("Older", 2)
    sent("Late", 8)
    sent("Latest", 9)
    sent("New with a risk", 0, **risk)
    sent("Late with a risk", 10, **risk)
    sent("Not checked, oldest of all", 30)
    decided = sent("Decided", 40, **risk)
    actions.decline(referral=decided, reason="died", note="", by=world.coordinator)
    waiting = [
        "Late with a risk",
        "New with a risk",
        "Not checked, oldest of all",
        "Latest",
        "Late",
        "Older",
        "New",
    ]
    coordinator = sign_in(world.coordinator)
    assert names(coordinator.get(INBOX)) == waiting
    assert names(coordinator.get(INBOX, {"status": "all"})) == [*waiting, "Decided"]
    assert names(coordinator.get(INBOX, {"status": "declined"})) == ["Decided"]


def test_the_order_is_the_database_s_doing(world, sign_in, monkeypatch):
    """The negative control: without the order the page is a muddle (the harness shuffles)."""
    for number in range(12):
        sent(f"Number {number}", number)
    ordered = names(sign_in(world.coordinator).get(INBOX))
    monkeypatch.setattr(ReferralQuerySet, "to_triage_first", lambda self: self.order_by("name"))
    assert names(sign_in(world.coordinator).get(INBOX)) != ordered


@time_machine.travel("2026-11-20T12:00:00Z", tick=False)
def test_the_clock_is_a_word_and_a_bar(world, sign_in):
    Referral.objects.all().delete()
    for days in (0, 1, 2, 3):
        sent(f"Sent {days} days ago", days)
    page = soup(sign_in(world.coordinator).get(INBOX))
    clocks = [
        (row.select_one(".clock").get_text(), row.meter["value"], row.meter["max"])
        for row in page.select(".row")
    ]
    assert clocks == [
        ("1 working day late", "3", "3"),
        ("Decide today", "2", "3"),
        ("1 working day left", "1", "3"),
        ("2 working days left", "0", "3"),
    ]
    assert "4 people wait for a decision, 1 past the target of 2 working days." in " ".join(
        page.main.get_text().split()
    )


def test_filters(world, sign_in):
    Referral.objects.all().delete()
    north = make.PracticeFactory(name="North Surgery", code="Z99777", council="north")
    sent("Ann", source="hospital", council="west")
    sent("Bea", source="practice", referring_practice=north, practice=north, council="north")
    done = sent("Cec", source="self", council="")
    actions.signpost(referral=done, note="The library", by=world.coordinator)
    coordinator = sign_in(world.coordinator)

    def shown(**asked) -> list[str]:
        return sorted(names(coordinator.get(INBOX, asked)))

    assert shown() == ["Ann", "Bea"]
    assert shown(status="all") == ["Ann", "Bea", "Cec"]
    assert shown(status="signposted") == ["Cec"]
    assert shown(source="hospital") == ["Ann"]
    assert shown(council="north") == ["Bea"]
    assert shown(practice="Z99777") == ["Bea"]
    assert shown(source="hospital", council="north") == []
    # Read out on the telephone: found whatever became of it.
    assert shown(reference=done.reference.lower().replace("-", " ")) == ["Cec"]
    assert shown(reference="SPR-NON-SEN-SE") == []
    for nonsense in ("martian", "\x00", "9" * 500, "' OR 1=1"):
        for name in ("status", "source", "council", "practice", "reference", "page"):
            assert coordinator.get(INBOX, {name: nonsense}).status_code == 200


def test_no_filter_takes_a_name(world, sign_in):
    form = soup(sign_in(world.coordinator).get(INBOX)).find("form", class_="filters")
    assert form["method"] == "get"
    boxes = {box["name"] for box in form(["input", "select"]) if box.get("name")}
    assert boxes == {"status", "source", "council", "practice", "reference"}


def test_nobody_waits(world, sign_in):
    Referral.objects.all().delete()
    page = soup(sign_in(world.coordinator).get(INBOX))
    assert "Everyone has an answer" in page.main.get_text()
    assert (
        "Nothing matches"
        in soup(sign_in(world.coordinator).get(INBOX, {"source": "self"})).main.get_text()
    )


def test_pages(world, sign_in):
    Referral.objects.all().delete()
    for number in range(60):
        sent(f"Number {number}", source="self")
    coordinator = sign_in(world.coordinator)
    pages = [names(coordinator.get(INBOX, {"source": "self", "page": n})) for n in (1, 2, 3)]
    assert [len(page) for page in pages] == [25, 25, 10]
    assert len({name for page in pages for name in page}) == 60
    link = soup(coordinator.get(INBOX, {"source": "self"})).find("a", rel="next")
    assert "source=self" in link["href"]


def test_as_many_queries_for_many_as_for_one(world, sign_in):
    coordinator = sign_in(world.coordinator)
    coordinator.get(INBOX)
    with counted_queries() as few:
        coordinator.get(INBOX, {"status": "all"})
    for number in range(20):
        sent(f"Number {number}", needs=["money", "mood", "food"])
    for referral in Referral.objects.all()[:10]:
        actions.decline(referral=referral, reason="died", note="", by=world.coordinator)
    with counted_queries() as many:
        coordinator.get(INBOX, {"status": "all"})
    assert len(few) == len(many) <= 8, many


def test_each_sees_what_is_theirs(world, sign_in):
    """A partner sees what it holds now; an NHS link worker what was passed to their practice."""
    Referral.objects.all().delete()
    mine = link_worker("Amira", partner=world.partner)
    other = link_worker("Olu", partner=world.other_partner)
    sent("Undecided")
    for name, worker in (("Ours", mine), ("Theirs", other)):
        actions.accept(referral=sent(name), worker=worker, by=world.coordinator)
    for name, practice in (("Near", world.practice), ("Far", world.other_practice)):
        referral = sent(name, practice=practice, referring_practice=practice)
        actions.pass_to_nhs(referral=referral, note="", by=world.coordinator)

    def shown(user) -> list[str]:
        return sorted(names(sign_in(user).get(INBOX, {"status": "all"})))

    everything = ["Far", "Near", "Ours", "Theirs", "Undecided"]
    assert shown(world.coordinator) == everything
    assert shown(world.service_manager) == everything
    assert shown(world.manager) == ["Ours"]
    assert shown(world.partner_coordinator) == ["Ours"]
    assert shown(world.other_manager) == ["Theirs"]
    assert shown(world.nhs_worker) == ["Near"]
    assert shown(world.other_nhs_worker) == ["Far"]
    # Who decides sees what waits, everybody else what there is, unless they ask for less.
    assert names(sign_in(world.manager).get(INBOX)) == ["Ours"]
    for user in (world.worker, world.volunteer, world.commissioner, world.administrator):
        assert sign_in(user).get(INBOX).status_code == 404


def test_a_referral_goes_with_its_journey_to_another_partner(world, sign_in):
    journey = actions.accept(
        referral=world.referral,
        worker=link_worker("Amira", partner=world.partner),
        by=world.coordinator,
    )
    journey.partner = world.other_partner
    journey.save()
    where = f"{INBOX}{world.referral.pk}/"
    assert sign_in(world.manager).get(where).status_code == 404
    assert sign_in(world.other_manager).get(where).status_code == 200


def test_a_membership_that_ended_today_opens_nothing(world, sign_in):
    coordinator = sign_in(world.coordinator)
    assert coordinator.get(INBOX).status_code == 200
    Membership.objects.filter(user=world.coordinator).update(ends_on=clock.today())
    assert coordinator.get(INBOX).status_code == 404


def test_looking_is_written_down(world, sign_in):
    sign_in(world.coordinator).get(INBOX)
    seen = AuditEvent.objects.get(verb="listed", thing="referrals.referral")
    assert seen.actor == world.coordinator
    assert seen.detail == {"shown": 1}
