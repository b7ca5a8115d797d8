"""Everyone who is with us, narrowed by codes, in pages."""

from datetime import date

import pytest
import time_machine
from bs4 import BeautifulSoup

from linkworkers.models import Worker
from participants.models import Journey
from spring.audit.models import AuditEvent
from spring.core import clock
from tests.factories import JourneyFactory, ParticipantFactory, SessionFactory, TaskFactory
from tests.linkworkers.cases import counted_queries, settled

D = date


def names(response) -> list[str]:
    soup = BeautifulSoup(response.content, "html5lib")
    return [link.get_text() for link in soup.select("tbody th a")]


def choices(response, field) -> list[str]:
    soup = BeautifulSoup(response.content, "html5lib")
    return [option.get_text() for option in soup.select(f"select[name={field}] option")]


VISIBLE = {
    "worker": {"journey"},
    "volunteer": {"volunteer_journey"},
    "stranger": {"other_journey"},
    "nhs_worker": {"nhs_journey"},
    "other_nhs_worker": set(),
    "manager": {"journey", "colleague_journey", "volunteer_journey"},
    "partner_coordinator": {"journey", "colleague_journey", "volunteer_journey"},
    "service_manager": {
        "journey",
        "colleague_journey",
        "volunteer_journey",
        "other_journey",
        "nhs_journey",
    },
}


@pytest.mark.parametrize("actor", VISIBLE)
def test_each_sees_their_own_people_and_the_log_says_so(world, sign_in, actor):
    user = world.actors()[actor]
    people = {getattr(world, name).participant for name in VISIBLE[actor]}

    page = sign_in(user).get("/caseload/")

    assert set(names(page)) == {person.called for person in people}
    logged = AuditEvent.objects.filter(verb="listed", thing="caseload", actor=user)
    assert set(logged.values_list("participant_id", flat=True)) == {p.pk for p in people}


def test_the_test_above_would_see_another_partners_people(world, sign_in, monkeypatch):
    """The negative control."""
    monkeypatch.setattr(type(Journey.objects.all()), "visible_to", lambda self, user: self)

    assert world.other_participant.called in names(sign_in(world.worker).get("/caseload/"))


@pytest.mark.parametrize("actor", ["commissioner", "administrator", "nobody"])
def test_for_others_the_page_does_not_exist(world, sign_in, actor):
    assert sign_in(world.actors()[actor]).get("/caseload/").status_code == 404


def test_a_closed_journey_is_not_in_the_caseload(world, sign_in):
    Journey.objects.filter(pk=world.journey.pk).update(
        closed_on=clock.today(),
        stage="closed",
        closure_reason="goals_met",
    )

    page = sign_in(world.worker).get("/caseload/")

    assert names(page) == []
    assert "Nobody is here yet" in page.content.decode()


@pytest.fixture
def mixed(world):
    """Five people of the worker's, each in another state, on 20 November 2026."""
    Journey.objects.filter(pk=world.journey.pk).delete()

    def with_name(name, journey):
        journey.participant.name = name
        journey.participant.save()
        return journey

    worker, partner = world.worker, world.partner
    with_name("Ann Quiet", settled(worker, partner, started_on=D(2026, 9, 1)))
    with_name("Bob Long", settled(worker, partner, started_on=D(2025, 10, 1), council="north"))
    with_name("Cid Fine", settled(worker, partner, started_on=D(2026, 11, 9)))
    with_name(
        "Dee Review",
        settled(
            worker,
            partner,
            started_on=D(2026, 7, 1),
            last_engaged_on=D(2026, 11, 9),
            next_review_on=D(2026, 10, 1),
            next_review_month=3,
        ),
    )
    with_name(
        "Eve New",
        JourneyFactory(
            lead=worker,
            partner=partner,
            referred_on=D(2026, 11, 18),
            first_contact_due_on=D(2026, 11, 26),
        ),
    )
    return world


@time_machine.travel("2026-11-20T09:00Z")
@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["Bob Long", "Ann Quiet", "Dee Review", "Eve New", "Cid Fine"]),
        ("?reason=no_contact", ["Ann Quiet"]),
        ("?reason=review_late", ["Dee Review"]),
        ("?reason=over", ["Bob Long"]),
        ("?reason=now", ["Bob Long", "Ann Quiet", "Dee Review"]),
        ("?reason=week", ["Eve New"]),
        ("?reason=in_hand", ["Cid Fine"]),
        ("?reason=paused", []),
        ("?stage=waiting", ["Eve New"]),
        ("?council=north", ["Bob Long"]),
        ("?council=north&reason=in_hand", []),
        ("?order=name", ["Ann Quiet", "Bob Long", "Cid Fine", "Dee Review", "Eve New"]),
        ("?order=longest", ["Bob Long", "Dee Review", "Ann Quiet", "Cid Fine", "Eve New"]),
        ("?order=newest", ["Eve New", "Cid Fine", "Ann Quiet", "Dee Review", "Bob Long"]),
        ("?stage=nonsense&page=nonsense", None),
    ],
)
def test_the_caseload_is_narrowed_by_what_someone_needs(mixed, sign_in, query, expected):
    page = sign_in(mixed.worker).get(f"/caseload/{query}")

    assert page.status_code == 200
    if expected is not None:
        assert names(page) == expected


@time_machine.travel("2026-11-20T09:00Z")
def test_a_narrowed_list_without_anyone_offers_the_way_back(mixed, sign_in):
    page = sign_in(mixed.worker).get("/caseload/?reason=paused").content.decode()

    assert "Nobody is like this" in page
    assert 'href="/caseload/">Show everyone' in page


def test_a_link_worker_is_not_offered_other_link_workers(world, sign_in):
    page = sign_in(world.worker).get("/caseload/")

    assert choices(page, "worker") == choices(page, "partner") == []


def test_a_partners_manager_is_offered_their_own_link_workers_only(world, sign_in):
    page = sign_in(world.manager).get("/caseload/")

    assert choices(page, "worker") == [
        "All",
        "Amira Khan",
        "Ben Carter",
        "Violet Ash",
    ]
    assert choices(page, "partner") == []


def test_the_service_may_narrow_by_link_worker_and_partner(world, sign_in):
    browser = sign_in(world.service_manager)
    assert "Mayday Trust" in choices(browser.get("/caseload/"), "partner")

    by_worker = browser.get(f"/caseload/?worker={world.colleague.pk}")
    by_partner = browser.get(f"/caseload/?partner={world.other_partner.pk}")

    assert names(by_worker) == [world.colleague_journey.participant.name]
    assert names(by_partner) == [world.other_participant.name]


def test_another_partners_link_worker_in_the_address_shows_none_of_their_people(world, sign_in):
    page = sign_in(world.manager).get(f"/caseload/?worker={world.stranger.pk}")

    assert world.other_participant.name not in page.content.decode()


def test_no_name_stands_in_any_address_of_the_page(world, sign_in):
    page = sign_in(world.service_manager).get("/caseload/?order=name")

    soup = BeautifulSoup(page.content, "html5lib")
    addresses = " ".join(a["href"] for a in soup.select("a[href]")).lower()
    for word in ("margaret", "brien", "amira", "khan"):
        assert word not in addresses


def many(world, number):
    for n in range(number):
        journey = JourneyFactory(partner=world.partner, lead=world.worker, started=40 + n)
        SessionFactory.create_batch(3, journey=journey)
        TaskFactory(journey=journey)


@pytest.mark.parametrize("actor", ["worker", "service_manager"])
def test_the_number_of_queries_is_the_same_for_10_and_100_people(world, sign_in, actor):
    browser = sign_in(world.actors()[actor])
    many(world, 10)
    with counted_queries() as few:
        browser.get("/caseload/")
    many(world, 90)
    with counted_queries() as more:
        browser.get("/caseload/")

    assert len(more) == len(few) <= 8, few


def test_pages_hold_everyone_once(world, sign_in):
    many(world, 60)
    browser = sign_in(world.worker)
    assert Worker.objects.get(user=world.worker).capacity == 45

    pages = [names(browser.get(f"/caseload/?page={n}")) for n in (1, 2, 3)]

    assert [len(page) for page in pages] == [25, 25, 11]
    assert len({name for page in pages for name in page}) == 61


@time_machine.travel("2026-11-20T09:00Z")
def test_a_row_says_when_the_last_contact_was_and_what_comes_next(world, sign_in):
    Journey.objects.filter(pk=world.journey.pk).update(last_engaged_on=D(2026, 11, 9))
    TaskFactory(journey=world.journey, due_on=D(2026, 11, 30), text="Ask about the choir")

    soup = BeautifulSoup(sign_in(world.worker).get("/caseload/").content, "html5lib")

    row = " ".join(soup.select_one("tbody tr").get_text(" ").split())
    assert "Monday 9 November" in row
    assert "Ask about the choir Monday 30 November" in row
    drawing = soup.select_one("tbody svg title").get_text()
    assert drawing.startswith("Meg O'Brien: Journey in")


def test_the_line_of_a_row_is_one_path_for_each_kind_of_mark(world, sign_in):
    SessionFactory.create_batch(30, journey=world.journey, worker=world.worker)

    soup = BeautifulSoup(sign_in(world.worker).get("/caseload/").content, "html5lib")

    paths = soup.select("tbody tr svg path")
    kinds = [path["class"][0] for path in paths]
    assert len(kinds) == len(set(kinds)) <= 8


def test_long_and_strange_names_are_shown_as_they_are(world, sign_in):
    name = "<b>Bartholomew</b> Featherstonehaugh & Żółć"
    JourneyFactory(
        participant=ParticipantFactory(name=name), partner=world.partner, lead=world.worker
    )

    assert name in names(sign_in(world.worker).get("/caseload/"))
