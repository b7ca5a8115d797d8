"""A contact and the next step in one form."""

from datetime import timedelta
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from linkworkers.actions import log_contact
from linkworkers.models import Task
from participants.actions import close_journey
from participants.models import Journey, Session
from spring.core import clock
from spring.core.refusal import Refused
from tests.factories import JourneyFactory, SessionFactory, TaskFactory


@pytest.fixture
def where(world):
    return reverse("log-contact", args=[world.participant.pk])


@pytest.fixture
def person(world):
    return reverse("participant", args=[world.participant.pk])


def sent(**typed):
    return {
        "submission": str(uuid4()),
        "kind": "session",
        "mode": "in_person",
        "outcome": "attended",
        "alone": "yes",
        "happened_on": "today",
        "minutes": "45",
        "note": "Back at the plot.",
        "due_in": "2",
        "next_step": "Ring after the first sitting visit",
        **typed,
    }


def form_on(reply):
    return BeautifulSoup(reply.content, "html5lib").select_one("#log form")


def test_ready_to_type(world, sign_in, person):
    SessionFactory(
        journey=world.journey, worker=world.worker, mode="in_person", minutes=50, outcome="attended"
    )
    form = form_on(sign_in(world.worker).get(person))
    checked = {box["name"]: box["value"] for box in form.select("input[checked]")}
    assert checked == {"kind": "session", "mode": "in_person", "due_in": "2"}
    assert form.select_one("#id_minutes")["value"] == "50"
    today = clock.today()
    assert form.select_one("#id_happened_on")["value"] == f"{today.day} {today:%B %Y}"
    assert "Was Meg alone with you?" in form.text


def test_one_form_writes_the_contact_and_the_next_step(world, sign_in, where, person):
    browser = sign_in(world.worker)
    reply = browser.post(where, sent())
    assert (reply.status_code, reply.url) == (302, person)

    session, task = Session.objects.get(), Task.objects.get()
    assert (session.mode, session.minutes, session.alone) == ("in_person", 45, "yes")
    assert (session.worker, session.partner) == (world.worker, world.partner)
    assert task.text == "Ring after the first sitting visit"
    assert task.due_on == clock.today() + timedelta(days=14)
    html = browser.get(person).content.decode()
    assert "Back at the plot." in html
    assert "Ring after the first sitting visit" in html


@pytest.mark.parametrize(
    ("typed", "days", "text"),
    [
        ({"due_in": "1"}, 7, "Ring after the first sitting visit"),
        ({"due_in": "4", "next_step": ""}, 28, "Be in touch"),
        ({"due_in": "date", "due_on": "tomorrow"}, 1, "Ring after the first sitting visit"),
        ({"due_in": "none", "next_step": ""}, None, None),
    ],
)
def test_when_the_next_step_is_due(world, sign_in, where, typed, days, text):
    assert sign_in(world.worker).post(where, sent(**typed)).status_code == 302
    task = Task.objects.first()
    if days is None:
        assert task is None
    else:
        assert (task.text, task.due_on) == (text, clock.today() + timedelta(days=days))


def test_what_was_promised_is_ticked_off(world, sign_in, where, person):
    kept = TaskFactory(journey=world.journey, by=world.worker)
    open_still = TaskFactory(journey=world.journey, by=world.worker, text="The other")
    browser = sign_in(world.worker)
    assert form_on(browser.get(person)).select_one('input[name="due_in"][value="none"][checked]')
    browser.post(where, sent(done_tasks=[str(kept.pk)], due_in="none", next_step=""))
    assert list(Task.objects.open()) == [open_still]


def test_nobody_else_s_promise_is_ticked_off(world, sign_in, where):
    other = TaskFactory(journey=world.colleague_journey, by=world.colleague)
    reply = sign_in(world.worker).post(where, sent(done_tasks=[str(other.pk)]))
    assert reply.status_code == 422
    other.refresh_from_db()
    assert other.done_on is None


def test_work_on_their_behalf_is_done_and_never_a_contact(world, sign_in, where):
    typed = sent(kind="on_behalf", outcome="", alone="yes")
    assert sign_in(world.worker).post(where, typed).status_code == 302
    session = Session.objects.get()
    assert (session.outcome, session.alone, session.is_engaged) == ("done", "", False)


def test_whoever_did_not_answer_was_not_alone(world, sign_in, where):
    sign_in(world.worker).post(where, sent(outcome="no_answer", alone="yes"))
    assert Session.objects.get().alone == ""


def test_the_first_contact_begins_the_journey(world, sign_in):
    waiting = JourneyFactory(partner=world.partner, lead=world.worker)
    where = reverse("log-contact", args=[waiting.participant_id])
    sign_in(world.worker).post(where, sent())
    assert Journey.objects.get(pk=waiting.pk).started_on == clock.today()


MISTAKES = [
    ({"kind": ""}, "kind_0"),
    ({"mode": "pigeon"}, "mode_0"),
    ({"outcome": ""}, "outcome_0"),
    ({"outcome": "done"}, "outcome_0"),
    ({"happened_on": ""}, "happened_on"),
    ({"happened_on": "tomorrow"}, "happened_on"),
    ({"happened_on": "the other day"}, "happened_on"),
    ({"minutes": ""}, "minutes"),
    ({"minutes": "601"}, "minutes"),
    ({"minutes": "ten"}, "minutes"),
    ({"due_in": ""}, "due_in_0"),
    ({"due_in": "none"}, "due_in_0"),
    ({"due_in": "date", "due_on": ""}, "due_on"),
    ({"due_in": "date", "due_on": "yesterday"}, "due_on"),
    ({"next_step": "x" * 201}, "next_step"),
]


@pytest.mark.parametrize(("typed", "target"), MISTAKES)
def test_mistakes_bring_the_page_back_with_everything_typed(world, sign_in, where, typed, target):
    full = sent(**typed)
    reply = sign_in(world.worker).post(where, full)
    assert reply.status_code == 422
    soup = BeautifulSoup(reply.content, "html5lib")
    assert soup.title.text.startswith("Error: Meg O'Brien")
    summary = soup.select(".govuk-error-summary")
    assert len(summary) == 1
    links = [a["href"] for a in summary[0].select("a")]
    assert links == [f"#id_{target}"]
    box = soup.find(id=f"id_{target}")
    group = box.find_parent(class_="govuk-form-group")
    assert "govuk-form-group--error" in group["class"]
    form = form_on(reply)
    assert form.select_one("textarea").text.strip() == full["note"]
    assert form.select_one('[name="submission"]')["value"] == full["submission"]
    for name in ("happened_on", "minutes", "next_step"):
        assert form.select_one(f'[name="{name}"]').get("value", "") == full[name]
    assert not Session.objects.exists()
    assert not Task.objects.exists()


def test_what_the_rules_refuse_is_said_and_kept_too(world, sign_in, where):
    reply = sign_in(world.worker).post(where, sent(happened_on="1 1 2020"))
    html = reply.content.decode()
    assert reply.status_code == 422
    assert "cannot be before the referral" in html
    assert "Back at the plot." in html


def test_an_empty_form_is_answered_not_crashed(world, sign_in, where):
    assert sign_in(world.worker).post(where, {}).status_code == 422


def test_sent_twice_it_is_there_once(world, sign_in, where):
    browser, typed = sign_in(world.worker), sent()
    for _ in range(3):
        assert browser.post(where, typed).status_code == 302
    assert Session.objects.count() == Task.objects.count() == 1


def test_without_its_number_it_would_be_there_twice(world, sign_in, where):
    """Negative control."""
    browser = sign_in(world.worker)
    for _ in range(2):
        browser.post(where, sent())
    assert Session.objects.count() == 2


def test_all_or_nothing(world, monkeypatch):
    """If the next step cannot be kept, neither is the contact."""
    with pytest.raises(Refused, match="Say when"):
        log_contact(
            journey=world.journey,
            by=world.worker,
            next_step="Ring",
            kind="session",
            mode="video",
            outcome="attended",
            happened_on=clock.today(),
        )
    assert not Session.objects.exists()


@pytest.mark.parametrize(
    "who", ["colleague", "stranger", "coordinator", "service_manager", "nobody"]
)
def test_nobody_else_logs_anything(world, sign_in, where, who):
    assert sign_in(getattr(world, who)).post(where, sent()).status_code == 404
    assert not Session.objects.exists()


def test_a_closed_journey_takes_no_more(world, sign_in, where):
    close_journey(
        journey=world.journey, reason="died", summary="", by=world.worker, early_reason="She died."
    )
    reply = sign_in(world.worker).post(where, sent())
    assert reply.status_code == 422
    assert "closed" in reply.content.decode()
    assert not Session.objects.exists()


# --- steps by themselves ------------------------------------------------------------------------------
def test_a_step_by_itself_and_ticked_off(world, sign_in, person):
    browser = sign_in(world.worker)
    where = reverse("step-add", args=[world.participant.pk])
    typed = {"step-text": "Send the leaflet", "step-due_in": "date", "step-due_on": "tomorrow"}
    for _ in range(2):
        assert browser.post(where, typed).status_code == 302
    task = Task.objects.get()
    assert task.due_on == clock.today() + timedelta(days=1)

    done = reverse("step-done", args=[world.participant.pk, task.pk])
    assert done in browser.get(person).content.decode()
    assert browser.get(done).status_code == 405
    assert browser.post(done).status_code == 302
    task.refresh_from_db()
    assert task.done_on == clock.today()


def test_a_step_without_words_is_asked_for_again(world, sign_in):
    where = reverse("step-add", args=[world.participant.pk])
    reply = sign_in(world.worker).post(where, {"step-text": "", "step-due_in": "1"})
    soup = BeautifulSoup(reply.content, "html5lib")
    assert reply.status_code == 422
    assert [a["href"] for a in soup.select(".govuk-error-summary a")] == ["#id_step-text"]
    assert soup.find(id="id_step-text").find_parent("details").has_attr("open")
    assert not Task.objects.exists()


@pytest.mark.parametrize("who", ["colleague", "coordinator"])
def test_nobody_else_promises_or_ticks_off(world, sign_in, who):
    task = TaskFactory(journey=world.journey, by=world.worker)
    browser = sign_in(getattr(world, who))
    add = reverse("step-add", args=[world.participant.pk])
    done = reverse("step-done", args=[world.participant.pk, task.pk])
    assert browser.post(add, {"step-text": "x", "step-due_in": "1"}).status_code == 404
    assert browser.post(done).status_code == 404
    assert Task.objects.open().get() == task
