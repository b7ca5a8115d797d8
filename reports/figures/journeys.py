"""Who started, who is with us, who left and why, and how often we met."""

from django.db.models import Count, Q

from participants.models import Session
from participants.stages import ClosureReason
from reports import shapes
from reports.figures.part import Part, rows_of
from reports.figures.scope import Scope, by_month, falls_in
from reports.figures.targets import monthly_target
from reports.models import Target
from reports.periods import Month


def started(scope: Scope) -> Part:
    """People who had their first conversation, by month."""
    months = scope.month.twelve
    counts = by_month(scope.journeys_started(), "started_on", months)
    return Part(
        counts=[
            shapes.Count(
                "started",
                "People started",
                counts[-1],
                "People whose first two-way contact that took place was in the month. A call "
                "without an answer, a message or a letter does not start a journey.",
                counts[-2],
                monthly_target(scope, Target.Measure.STARTED),
            ),
            shapes.Count(
                "year",
                "People started in twelve months",
                sum(counts),
                "People who started in the twelve months that end with this one. Someone who "
                "started twice counts twice.",
            ),
        ],
        series=[
            shapes.Series(
                "started_by_month",
                "People started, last 12 months",
                "started",
                tuple(
                    shapes.Row(str(month), month.short, count)
                    for month, count in zip(months, counts, strict=True)
                ),
                "People who started in each of the twelve months that end with this one.",
            )
        ],
        relations=[
            shapes.Relation(
                tuple(f"started_by_month:{month}" for month in months), ("year",), "year"
            )
        ],
    )


def _open_at_the_end(scope: Scope) -> int:
    last = scope.month.last_day
    return (
        scope.journeys_held()
        .filter(accepted_on__lte=last)
        .filter(Q(closed_on__isnull=True) | Q(closed_on__gt=last))
        .count()
    )


def open_and_closed(scope: Scope) -> Part:
    """How many people have a link worker as the month ends, and why journeys closed."""
    month = scope.month
    accepted = by_month(scope.journeys_begun(), "accepted_on", (month.previous, month))
    closed = by_month(scope.journeys_held(), "closed_on", (month.previous, month))
    reasons = (
        scope.journeys_held()
        .filter(falls_in("closed_on", month))
        .values_list("closure_reason")
        .annotate(Count("pk"))
    )
    part = Part(
        counts=[
            shapes.Count(
                "accepted",
                "People accepted",
                accepted[1],
                "People given a journey and a link worker in the month.",
                accepted[0],
            ),
            shapes.Count(
                "open",
                "People with a link worker",
                _open_at_the_end(scope),
                "People accepted and not yet closed at the end of the month\u2019s last day, also "
                "those still waiting for a first conversation and those whose journey is paused.",
                _open_at_the_end(scope.at(month.previous)),
            ),
            shapes.Count(
                "closed",
                "Journeys closed",
                closed[1],
                "Journeys closed in the month, for whatever reason.",
                closed[0],
            ),
        ],
        breakdowns=[
            shapes.Breakdown(
                "closure_reasons",
                "Why journeys closed",
                "Reason",
                "closed",
                rows_of(ClosureReason.choices, dict(reasons)),
                "Journeys closed in the month, by the one reason recorded at closing.",
                by_size=True,
            )
        ],
        plain=[
            shapes.Plain(
                "link_workers",
                "Link workers",
                scope.link_workers().values("user").distinct().count(),
            )
        ],
    )
    if scope.partner is None:
        part.relations.append(
            shapes.Relation(("open~before", "accepted"), ("open", "closed"), "closed")
        )
    return part


def sessions(scope: Scope) -> Part:
    """Contacts and attempts in the month, by what came of them."""
    now, before = _met(scope, scope.month), _met(scope, scope.month.previous)
    outcomes = (
        _contacts(scope)
        .filter(falls_in("happened_on", scope.month))
        .values_list("outcome")
        .annotate(Count("pk"))
    )
    listed = [choice for choice in Session.Outcome.choices if choice[0] != Session.Outcome.DONE]
    return Part(
        counts=[
            shapes.Count(
                "contacts",
                "Contacts and attempts",
                now["contacts"],
                "Everything done with, or to reach, a person in the month. Work on someone\u2019s "
                "behalf is counted apart.",
                before["contacts"],
            ),
            shapes.Count(
                "conversations",
                "Conversations",
                now["conversations"],
                "Two-way contacts that took place: by telephone, video, in person or in a group.",
                before["conversations"],
            ),
            shapes.Count(
                "met",
                "People spoken with",
                now["people"],
                "Different people who had at least one conversation in the month.",
                before["people"],
            ),
            shapes.Count(
                "on_behalf",
                "Pieces of work on someone\u2019s behalf",
                now["on_behalf"],
                "Calls, letters and forms done for a person without them.",
                before["on_behalf"],
            ),
        ],
        breakdowns=[
            shapes.Breakdown(
                "outcomes",
                "What came of contacts and attempts",
                "Outcome",
                "contacts",
                rows_of(listed, dict(outcomes)),
                "Contacts and attempts in the month, by what happened.",
                by_size=True,
            )
        ],
    )


def _contacts(scope: Scope):
    return scope.sessions().exclude(kind=Session.Kind.ON_BEHALF)


def _met(scope: Scope, month: Month) -> dict[str, int]:
    """Counts of one month, in one query."""
    contact = ~Q(kind=Session.Kind.ON_BEHALF)
    engaged = Q(outcome=Session.Outcome.ATTENDED, mode__in=Session.TWO_WAY)
    return (
        scope.sessions()
        .filter(falls_in("happened_on", month))
        .aggregate(
            contacts=Count("pk", filter=contact),
            conversations=Count("pk", filter=contact & engaged),
            people=Count("journey__participant", filter=contact & engaged, distinct=True),
            on_behalf=Count("pk", filter=~contact),
        )
    )
