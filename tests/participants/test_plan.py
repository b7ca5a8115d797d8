"""The wellbeing plan: written by two people, changed by several, never lost."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from django.db import IntegrityError, transaction
from django.urls import reverse

from participants.actions import ActionDraft, GoalDraft, PlanChanged, change_plan, close_journey
from participants.models import Goal, Plan, PlanAction
from spring.core import clock
from spring.core.refusal import Refused


def write(journey, by, version=0, **facts):
    facts = {"what_matters": "The allotment", "strengths": "Laughing", "agreed": "not_yet", **facts}
    return change_plan(journey=journey, version=version, by=by, **facts)


# --- the action -------------------------------------------------------------------------------------
def test_goals_and_steps_are_kept_in_their_order(world):
    plan = write(
        world.journey,
        world.worker,
        goals=[
            GoalDraft("Allotment", 9, actions=(ActionDraft("Lift", confidence=6),)),
            GoalDraft("An hour off", 10),
        ],
    )
    assert [(g.text, g.importance) for g in plan.goals.all()] == [
        ("Allotment", 9),
        ("An hour off", 10),
    ]
    assert PlanAction.objects.get().confidence == 6


def test_what_is_changed_gets_a_version_and_what_is_not_gets_none(world):
    plan = write(world.journey, world.worker, goals=[GoalDraft("One"), GoalDraft("Two")])
    one, two = plan.goals.all()
    write(
        world.journey,
        world.manager,
        version=1,
        goals=[GoalDraft("One, in new words", pk=one.pk), GoalDraft("Two", pk=two.pk)],
    )
    assert one.history.count() == 2
    assert two.history.count() == 1
    assert plan.history.count() == 2
    assert one.history.order_by("-history_id").first().history_user == world.manager


def test_goals_left_out_stay_and_settled_ones_say_when(world):
    plan = write(world.journey, world.worker, goals=[GoalDraft("One"), GoalDraft("Two")])
    one, two = plan.goals.all()
    write(world.journey, world.worker, version=1, goals=[GoalDraft("One", pk=one.pk, status="met")])
    one.refresh_from_db()
    assert (one.status, one.settled_on) == ("met", clock.today())
    assert Goal.objects.filter(pk=two.pk, status="open").exists()

    write(world.journey, world.worker, version=2, goals=[GoalDraft("One", pk=one.pk)])
    one.refresh_from_db()
    assert (one.status, one.settled_on) == ("open", None)


def test_a_step_is_ticked_off_and_back(world):
    goal = GoalDraft("One", actions=(ActionDraft("Ring"),))
    plan = write(world.journey, world.worker, goals=[goal])
    goal, step = plan.goals.get(), PlanAction.objects.get()
    for version, done in ((1, True), (2, False)):
        draft = ActionDraft("Ring", pk=step.pk, done=done)
        draft = GoalDraft("One", pk=goal.pk, actions=(draft,))
        write(world.journey, world.worker, version=version, goals=[draft])
        step.refresh_from_db()
        assert step.done_on == (clock.today() if done else None)


def test_two_editors_the_second_is_told(world):
    write(world.journey, world.worker)
    write(world.journey, world.worker, version=1, what_matters="First")
    with pytest.raises(PlanChanged):
        write(world.journey, world.manager, version=1, what_matters="Second")
    assert Plan.objects.get().what_matters == "First"


def test_agreement_has_a_date_refusal_a_reason(world):
    plan = write(world.journey, world.worker, agreed="yes")
    assert plan.agreed_on == clock.today()
    earlier = clock.today() - timedelta(days=3)
    plan = write(world.journey, world.worker, version=1, agreed="yes", agreed_on=earlier)
    assert plan.agreed_on == earlier
    with pytest.raises(Refused, match="why"):
        write(world.journey, world.worker, version=2, agreed="no")
    plan = write(world.journey, world.worker, version=2, agreed="no", not_agreed_reason="Later")
    assert (plan.agreed_on, plan.not_agreed_reason) == (None, "Later")


@pytest.mark.parametrize("number", [0, 11])
def test_importance_is_from_1_to_10_in_the_database_too(world, number):
    plan = write(world.journey, world.worker)
    with pytest.raises(IntegrityError), transaction.atomic():
        Goal.objects.create(plan=plan, text="x", importance=number)


def test_the_plan_of_a_closed_journey_stays(world):
    close_journey(
        journey=world.journey, reason="died", summary="", by=world.worker, early_reason="She died."
    )
    with pytest.raises(Refused, match="closed"):
        write(world.journey, world.worker)


# --- the page ---------------------------------------------------------------------------------------
@pytest.fixture
def plan_page(world, sign_in):
    return Page(sign_in(world.worker), world)


class Page:
    """The plan's page as a browser without scripts has it."""

    def __init__(self, browser, world):
        self.browser = browser
        self.where = reverse("plan", args=[world.participant.pk])
        self.back = reverse("participant", args=[world.participant.pk])

    def look(self):
        return fields(self.browser.get(self.where))

    def send(self, typed, **more):
        return self.browser.post(self.where, {**typed, **more})


def fields(response):
    """What a browser would send if nothing more were typed."""
    form = BeautifulSoup(response.content, "html5lib").select_one("form.plan")
    typed = {}
    for box in form.select("input[name], textarea[name], select[name]"):
        if box.name == "select":
            chosen = box.select_one("option[selected]") or box.select_one("option")
            typed[box["name"]] = chosen["value"]
        elif box.name == "textarea":
            typed[box["name"]] = box.text.removeprefix("\n")
        elif box["type"] in ("radio", "checkbox"):
            if box.has_attr("checked"):
                typed[box["name"]] = box.get("value", "on")
        else:
            typed[box["name"]] = box.get("value", "")
    return typed


GOAL = {"goal-0-text": "Be at the allotment", "goal-0-importance": "9"}
STEP = {
    "goal-0-step-0-text": "Lift from Peter",
    "goal-0-step-0-due_on": "28 November",
    "goal-0-step-0-confidence": "6",
}


def test_a_first_plan_with_a_goal_and_a_step(plan_page, world):
    typed = plan_page.look()
    assert typed["goals"] == "2"
    answer = plan_page.send(typed, what_matters="The allotment", agreed="yes", **GOAL, **STEP)

    assert (answer.status_code, answer.url) == (302, plan_page.back)
    plan = Plan.objects.get()
    goal, step = plan.goals.get(), PlanAction.objects.get()
    assert (plan.what_matters, plan.agreed, plan.updated_by) == (
        "The allotment",
        "yes",
        world.worker,
    )
    assert (goal.text, goal.importance) == ("Be at the allotment", 9)
    assert (step.text, step.who, step.confidence) == ("Lift from Peter", "person", 6)
    shown = plan_page.browser.get(plan_page.back).content.decode()
    assert "Be at the allotment" in shown
    assert "Next: Lift from Peter" in shown


def test_what_is_there_comes_back_and_saving_it_unchanged_changes_nothing(plan_page):
    plan_page.send(plan_page.look(), what_matters="The allotment", **GOAL, **STEP)
    before = Goal.objects.get().history.count()
    typed = plan_page.look()
    assert typed["goal-0-text"] == "Be at the allotment"
    assert plan_page.send(typed).status_code == 302
    assert Goal.objects.count() == PlanAction.objects.count() == 1
    assert Goal.objects.get().history.count() == before


@pytest.mark.parametrize(("more", "name"), [("goal", "goal-2-text"), ("0", "goal-0-step-1-text")])
def test_another_line_without_a_script_keeps_what_was_typed(plan_page, more, name):
    typed = plan_page.look()
    assert name not in typed
    answer = plan_page.send(typed, add=more, what_matters="Half a sent", **GOAL, **STEP)

    assert answer.status_code == 200
    again = fields(answer)
    assert again[name] == ""
    assert again["what_matters"] == "Half a sent"
    assert again["goal-0-step-0-due_on"] == "28 November"
    assert again["submission"] == typed["submission"]
    assert not Plan.objects.exists()
    assert plan_page.send(again, **{name: "One more"}).status_code == 302
    assert Goal.objects.count() + PlanAction.objects.count() == 3


def test_mistakes_are_named_and_everything_typed_is_kept(plan_page):
    answer = plan_page.send(
        plan_page.look(),
        what_matters="The allotment",
        agreed="no",
        **{
            "goal-0-text": "One",
            "goal-0-importance": "11",
            "goal-1-step-0-text": "A step without a goal",
            "goal-0-step-0-due_on": "31 February",
            "goal-0-step-0-confidence": "five",
        },
    )
    assert answer.status_code == 422
    html = answer.content.decode()
    soup = BeautifulSoup(html, "html5lib")
    assert soup.title.text.strip().startswith("Error:")
    links = [a["href"][1:] for a in soup.select(".govuk-error-summary a")]
    assert sorted(links) == sorted(
        [
            "id_not_agreed_reason",
            "id_goal-0-importance",
            "id_goal-0-step-0-text",
            "id_goal-0-step-0-due_on",
            "id_goal-0-step-0-confidence",
            "id_goal-1-text",
        ]
    )
    assert all(soup.find(id=link) for link in links)
    again = fields(answer)
    assert again["goal-0-step-0-confidence"] == "five"
    assert again["goal-1-step-0-text"] == "A step without a goal"
    assert not Plan.objects.exists()


def test_an_empty_form_is_answered_not_crashed(plan_page):
    answer = plan_page.browser.post(plan_page.where, {})
    assert answer.status_code == 422


def test_a_goal_does_not_vanish_by_emptying_its_box(plan_page):
    plan_page.send(plan_page.look(), **GOAL)
    answer = plan_page.send(plan_page.look(), **{"goal-0-text": ""})
    assert answer.status_code == 422
    assert "No longer wanted" in answer.content.decode()


def test_the_same_form_sent_twice_is_no_conflict_and_makes_nothing_twice(plan_page):
    typed = {**plan_page.look(), **GOAL}
    for _ in range(2):
        assert plan_page.send(typed).status_code == 302
    assert Goal.objects.count() == 1
    assert Plan.objects.get().version == 1


def test_someone_else_saved_meanwhile_theirs_stands_beside_and_mine_is_kept(
    plan_page, world, sign_in
):
    plan_page.send(plan_page.look(), **GOAL)
    mine = plan_page.look()
    theirs = Page(sign_in(world.manager), world)
    theirs.send(theirs.look(), what_matters="Their words", **{"goal-1-text": "Their goal"})

    answer = plan_page.send(mine, what_matters="My words")
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "Someone else changed this plan" in html
    assert "What Mary Manager saved meanwhile" in html
    assert "Their words" in html
    assert "Their goal" in html
    again = fields(answer)
    assert again["what_matters"] == "My words"

    assert plan_page.send(again).status_code == 302
    assert Plan.objects.get().what_matters == "My words"
    assert set(Goal.objects.values_list("text", flat=True)) == {
        "Be at the allotment",
        "Their goal",
    }


def test_forty_goals_fit_in_one_form(plan_page, world):
    steps = tuple(ActionDraft(f"Step {n}") for n in range(3))
    goals = [GoalDraft(f"Goal {n}", n % 10 + 1, actions=steps) for n in range(40)]
    write(world.journey, world.worker, goals=goals)
    typed = plan_page.look()
    assert len(typed) > 900
    assert plan_page.send(typed).status_code == 302


def test_numbers_from_outside_the_form_are_held_within_bounds(plan_page):
    answer = plan_page.send(plan_page.look(), goals="9" * 400)
    assert answer.status_code == 302
    assert not re.search(r"goal-100\b", plan_page.browser.get(plan_page.where).content.decode())
    assert plan_page.send(plan_page.look(), version="9" * 30).status_code == 422


def test_a_goal_of_another_plan_is_not_touched(plan_page, world):
    other = write(world.colleague_journey, world.colleague, goals=[GoalDraft("Not yours")])
    goal = other.goals.get()
    plan_page.send(plan_page.look(), **{**GOAL, "goal-0-id": str(goal.pk)})
    goal.refresh_from_db()
    assert goal.text == "Not yours"


@pytest.mark.parametrize("who", ["colleague", "stranger", "coordinator", "partner_coordinator"])
def test_for_all_others_there_is_no_such_page(world, sign_in, who):
    browser = sign_in(getattr(world, who))
    where = reverse("plan", args=[world.participant.pk])
    assert browser.get(where).status_code == 404
    assert browser.post(where, {"version": 0, "submission": uuid4()}).status_code == 404
