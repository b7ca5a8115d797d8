"""The page of one person: everything for the next conversation, for those who may see it."""

from contextlib import contextmanager
from datetime import timedelta
from types import SimpleNamespace

import pytest
from bs4 import BeautifulSoup
from django.db import DatabaseError, connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from linkworkers import record as record_module
from linkworkers.actions import set_next_step
from participants.actions import (
    ActionDraft,
    GoalDraft,
    change_plan,
    close_journey,
    correct_session,
    hand_over,
    open_journey,
    pause_journey,
    record_measure,
    record_session,
    resume_journey,
    skip_review,
)
from participants.actions.journeys import Opening
from participants.models import Journey, Participant, Session
from spring.audit.models import AuditEvent
from spring.core import clock
from tests.factories import JourneyFactory, ParticipantFactory
from tests.linkworkers.cases import NOT_COUNTED

SECRET = "Told me about her brother"


def ago(days):
    return clock.today() - timedelta(days=days)


def at(person):
    return reverse("participant", args=[person.pk])


def contact(journey, by, days=1, **facts):
    facts = {"kind": "session", "mode": "telephone", "outcome": "attended", "minutes": 30, **facts}
    return record_session(journey=journey, by=by, happened_on=ago(days), **facts)


def read(reply):
    return BeautifulSoup(reply.content, "html5lib")


@pytest.fixture
def page(world, sign_in):
    """The page of Meg as her link worker sees it, as soup."""
    return lambda: read(sign_in(world.worker).get(at(world.participant)))


# --- who they are -------------------------------------------------------------------------------------
def test_the_banner_says_who_how_to_reach_and_what_to_bear_in_mind(world, page):
    Participant.objects.filter(pk=world.participant.pk).update(
        safe_contact="Text first. No voicemail.",
        safe_contact_checked_on=ago(23),
        interpreter=True,
        language="Polish",
        is_carer=True,
        risk_status="stated",
        risks="Visit in pairs",
        address="12 Allotment Lane, Kettering",
        postcode="NN15 6XX",
    )
    banner = page().select_one(".banner")
    text = " ".join(banner.text.split())
    assert banner.h1.text == "Meg O'Brien"
    for words in (
        "Margaret O'Brien, she/her, 71, Kettering NN15",
        "Rockingham Forest Surgery",
        world.journey.reference,
        "Text first. No voicemail.",
        "23 days ago",
        "07700 900123",
    ):
        assert words in text
    tags = [tag.text for tag in banner.select(".tag")]
    assert tags == ["Interpreter: Polish", "Looks after someone", "Risk: Visit in pairs"]


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"risk_status": "not_checked"}, "Risks not checked"),
        ({"risk_status": "none_known"}, "No risks known, record checked"),
        ({"risk_status": "stated", "risks": "A long story. " * 20}, "Risk: read below"),
    ],
)
def test_not_checked_is_never_the_same_as_none(world, page, facts, words):
    Participant.objects.filter(pk=world.participant.pk).update(**facts)
    banner = page().select_one(".banner")
    assert words in [tag.text for tag in banner.select(".tag")]
    if facts.get("risks"):
        assert "A long story." in banner.text


def test_without_a_rule_it_asks_for_one(page):
    assert "Ask how to reach Meg safely" in page().select_one(".contact-rule").text


# --- how the journey stands ---------------------------------------------------------------------------
def test_not_met_yet(world, sign_in):
    waiting = JourneyFactory(partner=world.partner, lead=world.worker)
    contact(waiting, world.worker, outcome="no_answer")
    html = sign_in(world.worker).get(at(waiting.participant)).content.decode()
    assert "Not met yet" in html
    assert "1 attempt so far" in html


def test_past_twelve_months_it_says_so_until_closed(world, sign_in):
    journey = JourneyFactory(partner=world.partner, lead=world.worker, started=420)
    browser = sign_in(world.worker)
    loud = read(browser.get(at(journey.participant))).select_one(".loud")
    assert "Month 13: past twelve months" in loud.text
    assert loud.find("a", href=reverse("journey-close", args=[journey.participant_id]))
    close_journey(journey=journey, reason="goals_met", summary="Beans.", by=world.worker)
    assert read(browser.get(at(journey.participant))).select_one(".loud") is None


def test_the_review_that_is_due_is_the_one_of_this_time(world, sign_in):
    journey = JourneyFactory(partner=world.partner, lead=world.worker, started=185)
    browser = sign_in(world.worker)
    assert "The 6-month review" in browser.get(at(journey.participant)).content.decode()
    contact(journey, world.worker, days=0, kind="review")
    html = browser.get(at(journey.participant)).content.decode()
    assert "The 6-month review" not in html
    assert "Review at 6 months" in html


def test_the_journey_line_is_drawn_with_its_words(world, page):
    contact(world.journey, world.worker)
    soup = page()
    drawing = soup.select_one("svg.jl--large")
    assert drawing.title.text.startswith("Meg O'Brien")
    assert drawing.desc.text
    assert "Sessions: 1 attended, 0 not attended" in soup.select_one(".journey details").text


# --- what matters, plan -------------------------------------------------------------------------------
def test_until_there_is_a_plan_it_shows_what_was_said_at_the_referral(world, page):
    assert "Nobody has written this down yet" in page().text
    Journey.objects.filter(pk=world.journey.pk).update(said_at_referral="The bus")
    soup = page()
    assert soup.select_one(".quote").text == "The bus"
    assert "As it was said at the referral" in soup.text
    change_plan(
        journey=world.journey,
        version=0,
        what_matters="The allotment",
        strengths="Laughing",
        agreed="yes",
        by=world.worker,
        goals=[
            GoalDraft("Two mornings", 9, actions=(ActionDraft("Lift", confidence=6),)),
            GoalDraft("The form", status="met"),
        ],
    )
    soup = page()
    assert soup.select_one(".quote").text == "The allotment"
    assert "As it was said at the referral" not in soup.text
    text = " ".join(soup.text.split())
    for words in ("Importance 9", "Confidence 6", "Next: Lift (Meg)", "1 settled goal", "agreed "):
        assert words in text


# --- what has happened --------------------------------------------------------------------------------
def lived_through(world):
    """A journey in which everything happened once."""
    journey = JourneyFactory(
        partner=world.partner, lead=world.colleague, started=190, participant=ParticipantFactory()
    )
    by = world.colleague
    session = contact(journey, by, days=185, note=SECRET, alone="no")
    correct_session(session=session, changes={"minutes": 45}, by=by)
    contact(journey, by, days=180, outcome="no_answer")
    contact(journey, by, days=170, kind="on_behalf", outcome="done")
    contact(journey, by, days=100, kind="review")
    pause_journey(journey=journey, reason="bereavement", starts_on=ago(60), by=by)
    resume_journey(journey=journey, on=ago(50), by=by)
    record_measure(
        journey=journey,
        instrument="ons4",
        answers={"happy": 5},
        completed_on=ago(99),
        completion="telephone",
        by=by,
    )
    change_plan(
        journey=journey,
        version=0,
        what_matters="x",
        strengths="",
        agreed="yes",
        agreed_on=ago(150),
        by=by,
    )
    skip_review(journey=journey, reason="In mourning", by=by)
    hand_over(
        journey=journey,
        partner=world.partner,
        worker=world.worker,
        note="Speaks softly",
        by=world.manager,
    )
    return Journey.objects.get(pk=journey.pk)


def test_everything_that_happened_newest_first(world, sign_in):
    journey = lived_through(world)
    soup = read(sign_in(world.worker).get(at(journey.participant)))
    entries = soup.select(".timeline > li")
    titles = [entry.strong.text for entry in entries]
    assert titles == [
        "Handed over",
        "Review at 6 months not held",
        "Under way again",
        "Paused",
        "How life feels",
        "Review at 3 months",
        "Plan agreed",
        "Work on their behalf",
        "No answer",
        "Session",
        "The journey began",
        "Accepted",
        "Referred",
    ]
    days = [entry.time["datetime"] for entry in entries]
    assert days == sorted(days, reverse=True)
    text = " ".join(soup.select_one(".timeline").text.split())
    for words in (SECRET, "Speaks softly", "not alone", "corrected", "In mourning", "bereavement"):
        assert words in text


def test_the_words_of_notes_are_for_those_who_work_with_her(world, sign_in):
    journey = lived_through(world)
    for who in ("worker", "manager"):
        html = sign_in(getattr(world, who)).get(at(journey.participant)).content.decode()
        assert SECRET in html
    for who in ("partner_coordinator", "coordinator", "service_manager"):
        html = sign_in(getattr(world, who)).get(at(journey.participant)).content.decode()
        assert "Notes are for those who work with" in html
        assert "No answer" in html
        for words in (SECRET, "Speaks softly", "not alone", "Correct<"):
            assert words not in html
        assert "Log a contact" not in html


def test_the_guard_of_the_notes_is_what_keeps_them(world, sign_in, monkeypatch):
    """Negative control: with a guard that lets everyone through, the coordinator reads the note."""
    journey = lived_through(world)
    monkeypatch.setattr(record_module, "works_on", lambda user, journey: True)
    assert SECRET in sign_in(world.coordinator).get(at(journey.participant)).content.decode()


def test_thirty_entries_then_all(world, sign_in):
    Session.objects.bulk_create(
        Session(
            journey=world.journey,
            partner=world.partner,
            worker=world.worker,
            kind="session",
            mode="video",
            outcome="attended",
            happened_on=ago(n % 40),
        )
        for n in range(300)
    )
    browser = sign_in(world.worker)
    soup = read(browser.get(at(world.participant)))
    assert len(soup.select(".timeline > li")) == 30
    link = soup.find("a", string="Show all 303")
    soup = read(browser.get(at(world.participant) + link["href"]))
    assert len(soup.select(".timeline > li")) == 303
    assert soup.find("a", string="Show all 303") is None


# --- whose page ---------------------------------------------------------------------------------------
def test_another_partner_s_person_looks_like_nobody(world, sign_in):
    for who in (
        "stranger",
        "colleague",
        "other_manager",
        "commissioner",
        "administrator",
        "nobody",
    ):
        assert sign_in(getattr(world, who)).get(at(world.participant)).status_code == 404


def test_the_latest_journey_one_may_see_and_of_the_others_dates_and_the_end(world, sign_in):
    former = world.journey
    contact(former, world.worker, note=SECRET)
    close_journey(
        journey=former,
        reason="moved_away",
        summary="Moved to Corby.",
        by=world.worker,
        early_reason="She moved.",
    )
    opening = Opening("SPR-346-789-A", clock.today(), "self", ["money"])
    open_journey(
        participant=world.participant,
        opening=opening,
        partner=world.other_partner,
        worker=world.stranger,
        by=world.coordinator,
    )
    html = sign_in(world.stranger).get(at(world.participant)).content.decode()
    assert "SPR-346-789-A" in html
    assert "Earlier journeys" in html
    assert "Moved to Corby." in html
    assert SECRET not in html
    html = sign_in(world.worker).get(at(world.participant)).content.decode()
    assert former.reference in html
    assert "SPR-346-789-A" not in html


def test_after_a_hand_over_to_another_partner_the_next_request_is_too_late(world, sign_in):
    contact(world.journey, world.worker, note=SECRET)
    former, now = sign_in(world.worker), sign_in(world.stranger)
    assert former.get(at(world.participant)).status_code == 200
    assert now.get(at(world.participant)).status_code == 404
    hand_over(
        journey=world.journey,
        partner=world.other_partner,
        worker=world.stranger,
        note="",
        by=world.coordinator,
    )
    assert former.get(at(world.participant)).status_code == 404
    html = now.get(at(world.participant)).content.decode()
    assert SECRET in html, "the new partner sees the journey whole"
    assert "Amira Khan, Northamptonshire Carers" in html, "and where the work was done"


# --- who looked ---------------------------------------------------------------------------------------
def test_each_look_is_written_down(world, sign_in):
    sign_in(world.coordinator).get(at(world.participant))
    event = AuditEvent.objects.get(participant_id=world.participant.pk)
    assert (event.verb, event.actor) == ("viewed", world.coordinator)
    sign_in(world.stranger).get(at(world.participant))
    assert AuditEvent.objects.filter(verb="viewed").count() == 1, "who saw nothing looked at nobody"


PAGES = [
    "participant",
    "participant-details",
    "consents",
    "plan",
    "measure",
    "journey",
    "journey-close",
    "hand-over",
]


@pytest.mark.parametrize("name", PAGES)
def test_no_log_no_page(world, sign_in, monkeypatch, name):
    browser = sign_in(world.worker)
    browser.raise_request_exception = False
    where = reverse(name, args=[world.participant.pk])
    assert browser.get(where).status_code == 200
    assert AuditEvent.objects.filter(verb="viewed").count() == 1

    def broken(*args, **kwargs):
        raise DatabaseError("no room")

    monkeypatch.setattr(AuditEvent, "save", broken)
    reply = browser.get(where)
    assert reply.status_code == 500
    assert "Meg" not in reply.content.decode()


# --- queries ------------------------------------------------------------------------------------------
@contextmanager
def counted():
    found = SimpleNamespace(n=0, sql=[])
    with CaptureQueriesContext(
        connection,
    ) as queries:
        yield found
    found.sql = [q["sql"] for q in queries if not NOT_COUNTED.search(q["sql"])]
    found.n = len(found.sql)


def fill(world, journey, times):
    by = world.worker
    for n in range(times):
        contact(journey, by, days=n % 30, note="x", outcome=("attended", "no_answer")[n % 2])
        set_next_step(journey=journey, text=f"Step {n}", due_on=clock.today(), by=by)
    for n in range(times):
        record_measure(
            journey=journey,
            instrument="ons4",
            answers={"happy": n % 11},
            completed_on=ago(n % 30),
            completion="self",
            by=by,
        )
    steps = (ActionDraft("One"), ActionDraft("Two"))
    change_plan(
        journey=journey,
        version=0,
        what_matters="x",
        strengths="",
        agreed="yes",
        by=by,
        goals=[GoalDraft(f"Goal {n}", 5, actions=steps) for n in range(times)],
    )


@pytest.mark.parametrize("who", ["worker", "manager", "coordinator"])
def test_twelve_queries_at_most_however_much_there_is(world, sign_in, who):
    browser = sign_in(getattr(world, who))
    little = JourneyFactory(partner=world.partner, lead=world.worker, started=40)
    much = JourneyFactory(partner=world.partner, lead=world.worker, started=40)
    fill(world, little, 1)
    fill(world, much, 12)
    browser.get(at(little.participant))
    found = []
    for journey in (little, much):
        with counted() as queries:
            assert browser.get(at(journey.participant)).status_code == 200
        found.append(queries.n)
    assert found[0] == found[1] <= 12, "\n".join(queries.sql)


def test_the_count_sees_a_query_for_each_row(world, sign_in, monkeypatch):
    """Negative control: names looked up one by one."""
    honest = record_module._sessions
    monkeypatch.setattr(
        record_module,
        "_sessions",
        lambda journey: [Session.objects.get(pk=s.pk) for s in honest(journey)],
    )
    with pytest.raises(AssertionError):
        test_twelve_queries_at_most_however_much_there_is(world, sign_in, "worker")
