"""Today: who needs me, why, since when. For those who lead: where it is getting tight."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from linkworkers.lines import lines
from linkworkers.models import Task, Worker
from linkworkers.reasons import PRESSING_FIRST, Reason, reason_of, with_reason
from linkworkers.team import team_of
from linkworkers.today import Group, next_free_day, ranks
from participants.models import Journey
from partners.access import allow_signed_in, standing
from spring.accounts.roles import CASE_ROLES, OVERSIGHT_ROLES, Role
from spring.audit.log import seen
from spring.core import clock
from spring.core.journey_line import JourneyFacts
from spring.core.templatetags.words import short_date

MOST_PRESSING = 8


@dataclass(frozen=True)
class Row:
    """One person on the page."""

    journey: Any
    reason: Reason
    facts: JourneyFacts | None = None


@dataclass(frozen=True)
class Own:
    """The people of one worker, those who need something in their groups."""

    groups: list[tuple[Group, list[Row]]]
    people: int
    room: int | None
    free_on: date

    @property
    def calm(self) -> bool:
        return not self.groups

    @property
    def calm_words(self) -> str:
        return (
            "Everyone has been heard from and has a next step in the diary. "
            f"Your next free day is {short_date(self.free_on)}."
        )

    @property
    def over(self) -> int:
        return -(self.room or 0)


@allow_signed_in
def today(request: HttpRequest, inbox: Any = None) -> HttpResponse:
    """What each role needs first; `inbox` are the referrals that wait for this user's decision."""
    user = request.user
    who = standing(user)
    works, leads = who.has(*CASE_ROLES), who.has(*OVERSIGHT_ROLES)
    if not works and not leads:
        return _elsewhere(request, who.roles)
    day = clock.today()
    own = _own(user, day) if works else None
    team, pressing = None, []
    if leads:
        team = team_of(user, day, inbox)
        pressing = _pressing(user, day)
    shown = [row for _, rows in (own.groups if own else []) for row in rows] + pressing
    seen({row.journey.participant_id for row in shown}, "today", by=user)
    return render(
        request,
        "linkworkers/today.html",
        {
            "greeting": greeting(clock.now()),
            "day": day,
            "own": own,
            "team": team,
            "pressing": pressing,
            "needy": sum(len(rows) for _, rows in own.groups) if own else 0,
        },
    )


def greeting(moment: datetime) -> str:
    """Good morning until noon in London, good evening from six."""
    hour = moment.astimezone(clock.LONDON).hour
    if hour < 12:
        return "Good morning"
    return "Good afternoon" if hour < 18 else "Good evening"


def _elsewhere(request: HttpRequest, roles: Iterable[str]) -> HttpResponse:
    if Role.COMMISSIONER in roles:
        return redirect("reports")
    if Role.ADMINISTRATOR in roles:
        return redirect("keep-house")
    return render(request, "linkworkers/no_role.html")


def _own(user: Any, day: date) -> Own:
    held = with_reason(Journey.objects.visible_to(user).held_by(user), day)
    journeys = list(held.select_related("participant").order_by("pk"))
    posts = Worker.objects.visible_to(user).at_work().filter(user=user)
    capacity = posts.aggregate(n=Sum("capacity"))["n"]
    promised = Task.objects.visible_to(user).open().filter(journey__in=journeys).order_by()
    return Own(
        groups=_groups(journeys, day),
        people=len(journeys),
        room=None if capacity is None else capacity - len(journeys),
        free_on=next_free_day(promised.values_list("due_on", flat=True), day),
    )


def _groups(journeys: list[Any], day: date) -> list[tuple[Group, list[Row]]]:
    judged = [(journey, reason) for journey in journeys if (reason := reason_of(journey, day))]
    judged.sort(key=lambda pair: (pair[0].rank, pair[1].since))
    drawn = lines([journey for journey, _ in judged], day)
    rows = [Row(journey, reason, drawn[journey.pk]) for journey, reason in judged]
    grouped = [(group, [row for row in rows if row.reason.rule.group == group]) for group in Group]
    return [(group, rows) for group, rows in grouped if rows]


def _pressing(user: Any, day: date) -> list[Row]:
    """The most pressing of all the people this user oversees; the limit is the database's."""
    journeys = with_reason(Journey.objects.visible_to(user), day)
    found = journeys.filter(rank__in=ranks(group=Group.NOW)).select_related("participant")
    first = found.order_by(*PRESSING_FIRST)[:MOST_PRESSING]
    judged = ((journey, reason_of(journey, day)) for journey in first)
    return [Row(journey, reason) for journey, reason in judged if reason]
