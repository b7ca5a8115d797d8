"""Handing someone over: to whom, how full they are, what they must know."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from linkworkers.models import Worker
from participants.actions import close_journey
from participants.models import Assignment, Journey
from tests.factories import JourneyFactory, WorkerFactory
from tests.linkworkers.test_person import counted


@pytest.fixture
def where(world):
    return reverse("hand-over", args=[world.participant.pk])


def post_of(user):
    return Worker.objects.get(user=user)


def offered(reply):
    soup = BeautifulSoup(reply.content, "html5lib")
    return {box["value"] for box in soup.select('input[name="worker"]')}


def test_who_may_take_over_depends_on_who_gives(world, sign_in, where):
    own = {str(post_of(user).pk) for user in (world.colleague, world.volunteer)}
    every = own | {str(post_of(world.stranger).pk)}
    for who, expected in (
        ("worker", own),
        ("manager", own),
        ("partner_coordinator", own),
        ("coordinator", every),
        ("service_manager", every),
    ):
        assert offered(sign_in(getattr(world, who)).get(where)) == expected, who


def test_how_full_they_are_stands_beside_the_name(world, sign_in, where):
    for _ in range(3):
        JourneyFactory(partner=world.partner, lead=world.colleague, started=10)
    text = BeautifulSoup(sign_in(world.worker).get(where).content, "html5lib").text
    assert "4 of 45. Room for 41" in text
    Worker.objects.filter(user=world.colleague).update(capacity=4)
    text = BeautifulSoup(sign_in(world.worker).get(where).content, "html5lib").text
    assert "4 of 4. Full" in text


def test_the_lead_gives_it_to_a_colleague_and_sees_it_no_more(world, sign_in, where):
    browser = sign_in(world.worker)
    typed = {"worker": post_of(world.colleague).pk, "note": "She likes trains."}
    reply = browser.post(where, typed)
    assert (reply.status_code, reply.url) == (302, reverse("caseload"))
    person = reverse("participant", args=[world.participant.pk])
    assert browser.get(person).status_code == 404
    html = sign_in(world.colleague).get(person).content.decode()
    assert "from Amira Khan to Ben Carter" in html
    assert "She likes trains." in html


def test_the_service_gives_it_to_another_partner(world, sign_in, where):
    typed = {"worker": post_of(world.stranger).pk, "note": "Moved to Corby."}
    assert sign_in(world.coordinator).post(where, typed).status_code == 302
    assert Journey.objects.get(pk=world.journey.pk).partner == world.other_partner


def test_nobody_gives_it_where_they_may_not(world, sign_in, where):
    typed = {"worker": post_of(world.stranger).pk, "note": "x"}
    for who in ("worker", "manager"):
        assert sign_in(getattr(world, who)).post(where, typed).status_code == 422
    assert Journey.objects.get(pk=world.journey.pk).partner == world.partner


@pytest.mark.parametrize(
    ("typed", "target"), [({"worker": ""}, "id_worker_0"), ({"note": ""}, "id_note")]
)
def test_mistakes_keep_what_was_typed(world, sign_in, where, typed, target):
    full = {"worker": str(post_of(world.colleague).pk), "note": "She likes trains.", **typed}
    reply = sign_in(world.worker).post(where, full)
    soup = BeautifulSoup(reply.content, "html5lib")
    assert reply.status_code == 422
    assert [a["href"] for a in soup.select(".govuk-error-summary a")] == [f"#{target}"]
    assert soup.find(id=target)
    assert soup.textarea.text.strip() == full["note"]
    if full["worker"]:
        assert soup.select_one(f'input[value="{full["worker"]}"]').has_attr("checked")


def test_a_helper_and_a_colleague_do_not_give_it_away(world, sign_in, where):
    Assignment.objects.create(
        journey=world.journey, worker=world.volunteer, partner=world.partner, is_lead=False
    )
    for who in ("volunteer", "colleague", "stranger", "other_manager"):
        browser = sign_in(getattr(world, who))
        assert browser.get(where).status_code == 404
        assert browser.post(where, {}).status_code == 404


def test_a_closed_journey_is_not_given_away(world, sign_in, where):
    close_journey(
        journey=world.journey, reason="died", summary="", by=world.worker, early_reason="She died."
    )
    typed = {"worker": post_of(world.colleague).pk, "note": "x"}
    reply = sign_in(world.manager).post(where, typed)
    assert reply.status_code == 422
    assert "closed" in reply.content.decode()


def test_with_nobody_to_take_it_the_page_says_so(world, sign_in, where):
    Worker.objects.exclude(user=world.worker).delete()
    assert "nobody to hand over to" in sign_in(world.worker).get(where).content.decode()


def test_the_list_costs_the_same_however_long(world, sign_in, where):
    browser, found = sign_in(world.coordinator), []
    for _ in range(2):
        with counted() as queries:
            browser.get(where)
        found.append(queries.n)
        WorkerFactory.create_batch(8, partner=world.partner)
    assert found[0] == found[1] <= 8
