"""How long people waited, in working days."""

from dataclasses import dataclass

from django.conf import settings
from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import TruncDate

from reports import shapes
from reports.figures.part import Part, nearest_rank
from reports.figures.referred import this_month
from reports.figures.scope import Scope, falls_in, working_days
from spring.core.clock import LONDON

UNIT = "working days"


@dataclass(frozen=True)
class Wait:
    """A stretch of waiting that ended in the month."""

    key: str
    label: str
    people: str
    how: str


DECISION = Wait(
    "decision",
    "From referral to decision",
    "Referrals decided",
    "Working days from the day a referral was received to the day it was decided on, for those "
    "decided in the month.",
)
ATTEMPT = Wait(
    "attempt",
    "From acceptance to the first attempt",
    "People first tried",
    "Working days from acceptance to the first attempt to reach the person (no answer and a "
    "message left count), for those first tried in the month.",
)
CONVERSATION = Wait(
    "conversation",
    "From referral to the first conversation",
    "People met for the first time",
    "Working days from the day a referral was received to the first two-way contact that took "
    "place, for those whose first such contact was in the month.",
)


def waits(scope: Scope) -> Part:
    """The waits that ended in the month, and how many were reached in time."""
    part = Part()
    if scope.partner is None:
        decided = scope.referrals().filter(
            decided_at__gte=scope.month.previous.starts_at, decided_at__lt=scope.month.ends_at
        )
        decided = decided.annotate(decided_on=TruncDate("decided_at", tzinfo=LONDON))
        _wait(part, scope, DECISION, decided, "received_on", "decided_on", count="decided")
    begun, started = scope.journeys_begun(), scope.journeys_started()
    _wait(part, scope, ATTEMPT, begun, "accepted_on", "first_attempt_on")
    _wait(part, scope, CONVERSATION, started, "referred_on", "started_on", count="started")
    _in_time(part, scope)
    return part


def _wait(
    part: Part,
    scope: Scope,
    wait: Wait,
    rows: QuerySet,
    start: str,
    end: str,
    count: str = "",
) -> None:
    """Median and nine in ten, from how many waited how long; `count` if another part counts them."""
    found = (
        rows.filter(**{f"{end}__range": (scope.month.previous.first_day, scope.month.last_day)})
        .annotate(now=this_month(end, scope), days=working_days(start, end))
        .values_list("now", "days")
        .annotate(n=Count("pk"))
    )
    spread: tuple[dict[int, int], dict[int, int]] = ({}, {})
    for now, days, n in found:
        spread[now][days] = n
    before, now = spread
    if not count:
        count = f"waited.{wait.key}"
        part.counts.append(
            shapes.Count(count, wait.people, sum(now.values()), wait.how, sum(before.values()))
        )
    for percent, words in ((50, "half within"), (90, "nine in ten within")):
        part.percentiles.append(
            shapes.Percentile(
                f"{wait.key}.{percent}",
                f"{wait.label}: {words}",
                count,
                percent,
                nearest_rank(now, percent),
                UNIT,
                wait.how,
                nearest_rank(before, percent),
            )
        )


def _in_time(part: Part, scope: Scope) -> None:
    """Of those whose day for a first attempt came in the month, how many were tried by then."""
    days = settings.SPRING["FIRST_CONTACT_WORKING_DAYS"]
    due = "first_contact_due_on"
    not_closed_before = Q(closed_on__isnull=True) | Q(closed_on__gte=F(due))
    tried = Q(first_attempt_on__isnull=False, first_attempt_on__lte=F(due))
    rows = scope.journeys_begun().filter(not_closed_before | tried)
    counted = rows.filter(
        **{f"{due}__range": (scope.month.previous.first_day, scope.month.last_day)}
    ).aggregate(
        due=Count("pk", filter=falls_in(due, scope.month)),
        due_before=Count("pk", filter=falls_in(due, scope.month.previous)),
        tried=Count("pk", filter=falls_in(due, scope.month) & tried),
        tried_before=Count("pk", filter=falls_in(due, scope.month.previous) & tried),
    )
    how = (
        f"A first attempt is due {days} working days after acceptance. Of the people whose day "
        "fell in the month (unless their journey had closed before it), those tried on or before "
        "that day."
    )
    part.counts += [
        shapes.Count(
            "attempt_due",
            "People whose first attempt was due",
            counted["due"],
            how,
            counted["due_before"],
        ),
        shapes.Count(
            "attempt_in_time",
            f"Tried within {days} working days",
            counted["tried"],
            how,
            counted["tried_before"],
        ),
    ]
    part.shares.append(
        shapes.Share(
            "in_time",
            f"Tried within {days} working days of acceptance",
            "attempt_in_time",
            "attempt_due",
            how,
        )
    )
