"""Asking the database which rule of Today holds for each journey, and putting it in words."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Case, F, Func, IntegerField, OuterRef, Subquery, UUIDField, Value, When
from django.db.models.functions import Coalesce

from linkworkers.models import Task
from linkworkers.today import RULES, Rule
from participants.models import Assignment, Pause

# By reason, and within one the person who has waited longest for a word.
PRESSING_FIRST = (
    F("rank").asc(nulls_last=True),
    Coalesce("last_engaged_on", "accepted_on"),
    "pk",
)


@dataclass(frozen=True)
class Reason:
    """The most pressing rule that holds for one person, in words."""

    rule: Rule
    words: str
    since: date


class _AddDays(Func):
    """A date so many days later, where the number of days differs from row to row."""

    arg_joiner = " + "
    template = "(%(expressions)s)"
    output_field = models.DateField()

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        return self.as_sql(
            compiler,
            connection,
            template="date(%(expressions)s || ' days')",
            arg_joiner=", '+' || ",
            **extra,
        )


def with_reason(journeys: Any, today: date) -> Any:
    """Open journeys with `rank`, the place in the table of the first rule that holds (or None),
    and with what the words of the rules need.
    """
    this = {"journey": OuterRef("pk")}
    steps = Task.objects.open().filter(**this).order_by("due_on", "created_at")
    pause = Pause.objects.filter(ends_on__isnull=True, **this)
    lead = Assignment.objects.current().leads().filter(**this)
    silence = Coalesce(F("rhythm_days") + 1, settings.SPRING["NO_CONTACT_DAYS"])
    cases = [When(rule.when(today), then=Value(n)) for n, rule in enumerate(RULES)]
    return (
        journeys.open()
        .alias(silent_on=_AddDays(F("last_engaged_on"), silence))
        .annotate(
            next_step_on=Subquery(steps.values("due_on")[:1]),
            next_step=Subquery(steps.values("text")[:1]),
            paused_since=Subquery(pause.values("starts_on")[:1]),
            paused_for=Subquery(pause.values("reason")[:1]),
            plan_agreed_on=F("plan__agreed_on"),
            lead=Subquery(lead.values("worker")[:1], output_field=UUIDField()),
            lead_name=Subquery(lead.values("worker__name")[:1]),
        )
        .annotate(rank=Case(*cases, default=None, output_field=IntegerField()))
    )


def reason_of(journey: Any, today: date) -> Reason | None:
    """The reason of a journey that came from `with_reason`, in words; None if all is in hand."""
    if journey.rank is None:
        return None
    rule = RULES[journey.rank]
    return Reason(rule, rule.words(journey, today), rule.since(journey))
