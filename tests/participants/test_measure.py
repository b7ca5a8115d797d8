"""ONS4: four questions in the person's own answers, put right without losing what was said."""

from datetime import timedelta
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from participants.actions import close_journey, record_measure
from participants.instruments import ONS4
from participants.models import MeasureAnswer, MeasureSet
from participants.trends import trends
from spring.core import clock
from spring.core.refusal import Refused

ALL = {"satisfied": 4, "worthwhile": 5, "happy": 6, "anxious": 7}


def answer(journey, by, answers=ALL, **facts):
    facts = {"completed_on": clock.today(), "completion": "self", **facts}
    return record_measure(journey=journey, instrument="ons4", answers=answers, by=by, **facts)


# --- the action -------------------------------------------------------------------------------------
def test_answers_are_kept_one_by_one(world):
    measure = answer(world.journey, world.worker)
    assert measure.is_complete
    assert dict(measure.answers.values_list("item", "value")) == ALL
    assert (measure.version, measure.keyed_by) == (ONS4.version, world.worker)


def test_answers_left_out_are_simply_not_there(world):
    measure = answer(world.journey, world.worker, {"happy": 0})
    assert not measure.is_complete
    assert MeasureAnswer.objects.get().value == 0


@pytest.mark.parametrize(
    ("answers", "facts", "words"),
    [
        ({}, {}, "at least one"),
        ({"happy": 11}, {}, "from 0 to 10"),
        ({"happy": -1}, {}, "from 0 to 10"),
        ({"weight": 5}, {}, "no question"),
        (ALL, {"completion": "proxy"}, "person's own"),
        (ALL, {"completed_on": clock.today() + timedelta(days=1)}, "between"),
        (ALL, {"completed_on": clock.today() - timedelta(days=48)}, "between"),
    ],
)
def test_what_cannot_be_is_refused(world, answers, facts, words):
    with pytest.raises(Refused, match=words):
        answer(world.journey, world.worker, answers, **facts)
    assert not MeasureSet.objects.exists()


def test_never_by_somebody_else():
    assert ONS4.by_proxy is False


def test_not_after_the_closing(world):
    close_journey(
        journey=world.journey,
        reason="died",
        summary="",
        by=world.worker,
        on=clock.today() - timedelta(days=2),
        early_reason="She died.",
    )
    with pytest.raises(Refused, match="closing"):
        answer(world.journey, world.worker)


def test_a_correction_takes_the_place_of_the_earlier_answers_once(world):
    earlier = answer(world.journey, world.worker)
    with pytest.raises(Refused, match="why"):
        answer(world.journey, world.worker, corrects=earlier)
    again = answer(
        world.journey, world.worker, {"happy": 9}, corrects=earlier, correction_reason="Misheard"
    )
    earlier.refresh_from_db()
    assert earlier.superseded_by == again
    assert earlier.answers.count() == 4, "kept as they were"
    assert list(world.journey.measures.standing()) == [again]
    with pytest.raises(Refused, match="already"):
        answer(world.journey, world.worker, corrects=earlier, correction_reason="Once more")
    assert MeasureSet.objects.count() == 2


def test_answers_of_another_person_are_not_corrected(world):
    other = answer(world.colleague_journey, world.colleague)
    with pytest.raises(Refused):
        answer(world.journey, world.worker, corrects=other, correction_reason="x")
    other.refresh_from_db()
    assert other.superseded_by is None


# --- the drawing ------------------------------------------------------------------------------------
def test_a_trend_says_in_words_what_it_draws():
    today = clock.today()
    sets = [
        (today - timedelta(days=90), {"happy": 4, "anxious": 7}),
        (today - timedelta(days=60), {"anxious": 5}),
        (today, {"happy": 6, "anxious": 8}),
    ]
    happy, anxious = trends(ONS4, sets)
    assert (happy.item.code, happy.says) == ("happy", "From 4 to 6, 2 better.")
    assert anxious.says == "From 7 to 8, 1 worse."
    assert [p.value for p in anxious.points] == [7, 5, 8]
    assert happy.points[0].x == anxious.points[0].x < anxious.points[1].x < happy.points[1].x
    assert happy.points[0].y > happy.points[1].y, "more is drawn higher"


def test_one_answer_is_one_point():
    (trend,) = trends(ONS4, [(clock.today(), {"satisfied": 0})])
    assert trend.says == "Answered once: 0 of 10."
    assert trend.path.startswith("M")


# --- the page ---------------------------------------------------------------------------------------
def sent(**typed):
    return {"submission": uuid4(), "completion": "self", "completed_on": "today", **typed}


@pytest.fixture
def where(world):
    return reverse("measure", args=[world.participant.pk])


def test_two_clicks_from_the_person_and_it_is_saved(world, sign_in, where):
    browser = sign_in(world.worker)
    person = reverse("participant", args=[world.participant.pk])
    page = BeautifulSoup(browser.get(person).content, "html5lib")
    assert page.find("a", href=where)
    form = BeautifulSoup(browser.get(where).content, "html5lib")
    assert len(form.select('input[type=radio][name="happy"]')) == 12

    reply = browser.post(where, sent(satisfied="7", worthwhile="7", happy="6", anxious="4"))
    assert (reply.status_code, reply.url) == (302, person)
    shown = BeautifulSoup(browser.get(person).content, "html5lib")
    assert len(shown.select("svg.trend")) == 4
    for drawing in shown.select("svg.trend"):
        assert drawing.title.text.strip()
        assert drawing.desc.text.strip()
    cells = [td.text.strip() for td in shown.select("#measures tbody td.num")][:4]
    assert cells == ["7", "7", "6", "4"], "the same numbers in the table"


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({}, "Record at least one answer"),
        ({"happy": "11"}, "11"),
        ({"happy": "5", "completion": "proxy"}, "proxy"),
        ({"happy": "5", "completed_on": "31 February"}, "no such day"),
        ({"happy": "5", "completed_on": "1 1 1990"}, "between the referral and today"),
    ],
)
def test_mistakes_keep_what_was_typed(world, sign_in, where, typed, words):
    reply = sign_in(world.worker).post(where, sent(anxious="", **typed))
    html = reply.content.decode()
    assert reply.status_code == 422
    assert words in html
    assert "<title>Error:" in html
    assert not MeasureSet.objects.exists()
    if typed.get("happy") == "5":
        box = BeautifulSoup(html, "html5lib").select_one('input[name="happy"][value="5"]')
        assert box.has_attr("checked")


def test_sent_twice_it_is_there_once(world, sign_in, where):
    browser, typed = sign_in(world.worker), sent(happy="5")
    for _ in range(2):
        assert browser.post(where, typed).status_code == 302
    assert MeasureSet.objects.count() == 1


def test_a_correction_begins_with_what_was_said_and_needs_a_reason(world, sign_in):
    earlier = answer(world.journey, world.worker)
    where = reverse("measure-correct", args=[world.participant.pk, earlier.pk])
    browser = sign_in(world.worker)
    form = BeautifulSoup(browser.get(where).content, "html5lib")
    assert form.select_one('input[name="happy"][value="6"]').has_attr("checked")

    reply = browser.post(where, sent(happy="9"))
    assert reply.status_code == 422
    assert "Say why" in reply.content.decode()
    reply = browser.post(where, sent(happy="9", correction_reason="Misheard"))
    assert reply.status_code == 302
    assert world.journey.measures.standing().get().answers.get().value == 9
    assert browser.get(where).status_code == 404, "corrected already"
