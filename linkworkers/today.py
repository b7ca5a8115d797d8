"""Who needs someone, why, and since when: one table of rules, each person once.

Each rule is a condition that the database answers, so that Today, the caseload's filter, a
manager's counts and the morning's e-mail cannot disagree. The first rule that fits is the reason.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q

from participants.models import Assignment, MeasureSet, Pause
from participants.stages import Stage
from partners.models import Membership, Organisation
from spring.accounts.roles import CASE_ROLES, OVERSIGHT_ROLES, Role
from spring.core.calendar import is_working_day
from spring.core.dates import add_months

WEEK = timedelta(days=7)


class Group(models.TextChoices):
    """When something is to be done about it."""

    NOW = "now", "Now"
    WEEK = "week", "This week"
    WAITING = "waiting", "Waiting for others"


@dataclass(frozen=True)
class Rule:
    """A reason to turn to someone: when it holds, how it reads, and the one thing to do next
    (the `page` about the person, and the `part` of it).

    `label` names the rule without a word about the person: for filters, counts and e-mail.
    """

    code: str
    group: Group
    kind: str
    label: str
    when: Callable[[date], Any]
    words: Callable[[Any, date], str]
    since: Callable[[Any], date]
    prefix: str
    action: str
    page: str = "participant"
    part: str = ""

    @property
    def is_step(self) -> bool:
        """True if the reason is the next step itself."""
        return self.code.startswith("step_")


# --- days ---------------------------------------------------------------------------------------
def last_start(months: int, by: date) -> date:
    """The latest start from which so many months have passed by that day, month ends included."""
    start = add_months(by, -months)
    while add_months(start + timedelta(days=1), months) <= by:
        start += timedelta(days=1)
    return start


def next_free_day(busy: Iterable[date], today: date) -> date:
    """The first working day after today for which nothing is promised."""
    taken = set(busy)
    day = today + timedelta(days=1)
    while day in taken or not is_working_day(day):
        day += timedelta(days=1)
    return day


def _days(name: str) -> timedelta:
    return timedelta(days=settings.SPRING[name])


def _in_days(day: date, today: date) -> str:
    left = (day - today).days
    return {0: "today", 1: "tomorrow"}.get(left, f"in {left} days")


# --- conditions ------------------------------------------------------------------------------------
WAITING, ACTIVE, PAUSED = (Q(stage=stage) for stage in (Stage.WAITING, Stage.ACTIVE, Stage.PAUSED))
UNTRIED = WAITING & Q(first_attempt_on__isnull=True)


def _over(today: date) -> Q:
    yesterday = today - timedelta(days=1)
    return Q(started_on__lte=last_start(settings.SPRING["JOURNEY_MONTHS"], yesterday))


def _ending(today: date) -> Q:
    return Q(started_on__lte=last_start(settings.SPRING["JOURNEY_ENDING_SOON_MONTHS"], today))


def _unheld(today: date) -> Any:
    # Whoever leads must have a role today that lets them see this journey.
    roles = Membership.objects.current(today).filter(
        Q(organisation=OuterRef("journey__partner"))
        | Q(organisation__kind=Organisation.Kind.SERVICE)
        | Q(role=Role.NHS_LINK_WORKER),
        user=OuterRef("worker"),
        role__in=(*CASE_ROLES, *OVERSIGHT_ROLES),
    )
    leads = Assignment.objects.current().leads().filter(journey=OuterRef("pk"))
    return ~Exists(leads.filter(Exists(roles), worker__is_active=True))


def _no_baseline(today: date) -> Any:
    # Asked for from half the window on, while there is still time.
    answered = MeasureSet.objects.standing().filter(journey=OuterRef("pk"), is_complete=True)
    early = today - _days("BASELINE_WINDOW_DAYS") / 2
    return ACTIVE & Q(started_on__lte=early) & ~Exists(answered)


# --- words --------------------------------------------------------------------------------------
def _over_words(journey: Any, today: date) -> str:
    days = (today - journey.ends_by).days
    return f"Past {settings.SPRING['JOURNEY_MONTHS']} months by {_counted(days, 'day')}"


def _tried_words(journey: Any, today: date) -> str:
    tried = f"{_counted(journey.attempts, 'attempt')} made"
    if journey.attempts == 0:
        return "In touch, but not yet spoken"
    if journey.attempts >= settings.SPRING["ATTEMPTS_BEFORE_LETTER"]:
        return f"Not reached, {tried}: time to write"
    return f"First contact due, {tried}"


def _quiet_words(journey: Any, today: date) -> str:
    agreed = f" ({journey.rhythm_days} agreed)" if journey.rhythm_days else ""
    return f"No contact for {(today - journey.last_engaged_on).days} days{agreed}"


def _review_words(journey: Any, today: date) -> str:
    closes = journey.next_review_on + _days("REVIEW_WINDOW_DAYS")
    return f"{_review(journey)} due, window closes {_in_days(closes, today)}"


def _review(journey: Any) -> str:
    return f"{journey.next_review_month}-month review"


def _baseline_words(journey: Any, today: date) -> str:
    closes = journey.started_on + _days("BASELINE_WINDOW_DAYS")
    if closes >= today:
        return f"First measures due, window closes {_in_days(closes, today)}"
    return f"No measures yet, {_weeks_in(journey, today)}"


def _weeks_in(journey: Any, today: date) -> str:
    return f"{(today - journey.started_on).days // 7} weeks after the start"


def _counted(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


# --- the table -----------------------------------------------------------------------------------
RULES: tuple[Rule, ...] = (
    Rule(
        code="unheld",
        group=Group.NOW,
        kind="late",
        label="No link worker at work",
        when=_unheld,
        words=lambda journey, today: "No link worker: theirs has left",
        since=lambda journey: journey.last_engaged_on or journey.accepted_on,
        prefix="last contact",
        action="Hand over",
        page="hand-over",
    ),
    Rule(
        code="over",
        group=Group.NOW,
        kind="late",
        label=f"Past {settings.SPRING['JOURNEY_MONTHS']} months",
        when=_over,
        words=_over_words,
        since=lambda journey: journey.ends_by,
        prefix="since",
        action="Close journey",
        page="journey-close",
    ),
    Rule(
        code="first_contact_late",
        group=Group.NOW,
        kind="late",
        label="First contact overdue",
        when=lambda today: UNTRIED & Q(first_contact_due_on__lt=today),
        words=lambda journey, today: "First contact overdue",
        since=lambda journey: journey.first_contact_due_on,
        prefix="was due",
        action="First contact",
        part="log",
    ),
    Rule(
        code="no_contact",
        group=Group.NOW,
        kind="late",
        label="No contact",
        when=lambda today: ACTIVE & Q(silent_on__lte=today),
        words=_quiet_words,
        since=lambda journey: journey.last_engaged_on,
        prefix="since",
        action="Log a contact",
        part="log",
    ),
    Rule(
        code="not_reached",
        group=Group.NOW,
        kind="late",
        label="Not reached yet",
        when=lambda today: (
            WAITING & Q(first_attempt_on__isnull=False) & Q(next_step_on__isnull=True)
        ),
        words=_tried_words,
        since=lambda journey: journey.first_attempt_on,
        prefix="first tried",
        action="Try again",
        part="log",
    ),
    Rule(
        code="review_late",
        group=Group.NOW,
        kind="late",
        label="Review overdue",
        when=lambda today: ACTIVE & Q(next_review_on__lt=today - _days("REVIEW_WINDOW_DAYS")),
        words=lambda journey, today: f"{_review(journey)} overdue, its window has closed",
        since=lambda journey: journey.next_review_on,
        prefix="was due",
        action="Hold the review",
        part="log",
    ),
    Rule(
        code="step_late",
        group=Group.NOW,
        kind="late",
        label="Next step overdue",
        when=lambda today: Q(next_step_on__lt=today),
        words=lambda journey, today: f"Overdue: {journey.next_step}",
        since=lambda journey: journey.next_step_on,
        prefix="was due",
        action="Record it",
        part="log",
    ),
    Rule(
        code="first_contact_today",
        group=Group.NOW,
        kind="due",
        label="First contact due today",
        when=lambda today: UNTRIED & Q(first_contact_due_on=today),
        words=lambda journey, today: "First contact due today",
        since=lambda journey: journey.first_contact_due_on,
        prefix="due",
        action="First contact",
        part="log",
    ),
    Rule(
        code="step_today",
        group=Group.NOW,
        kind="due",
        label="Next step today",
        when=lambda today: Q(next_step_on=today),
        words=lambda journey, today: f"Today: {journey.next_step}",
        since=lambda journey: journey.next_step_on,
        prefix="due",
        action="Record it",
        part="log",
    ),
    Rule(
        code="review_due",
        group=Group.NOW,
        kind="due",
        label="Review due",
        when=lambda today: ACTIVE & Q(next_review_on__lte=today),
        words=_review_words,
        since=lambda journey: journey.next_review_on,
        prefix="due",
        action="Hold the review",
        part="log",
    ),
    Rule(
        code="new",
        group=Group.WEEK,
        kind="info",
        label="New",
        when=lambda today: UNTRIED,
        words=lambda journey, today: "New: make first contact",
        since=lambda journey: journey.first_contact_due_on,
        prefix="by",
        action="First contact",
        part="log",
    ),
    Rule(
        code="ending",
        group=Group.WEEK,
        kind="due",
        label=f"Near {settings.SPRING['JOURNEY_MONTHS']} months",
        when=_ending,
        words=lambda journey, today: f"Month {journey.months_so_far}: plan the ending",
        since=lambda journey: journey.ends_by,
        prefix="ends by",
        action="Plan the ending",
        page="plan",
    ),
    Rule(
        code="no_plan",
        group=Group.WEEK,
        kind="due",
        label="No plan yet",
        when=lambda today: (
            ACTIVE & Q(plan__isnull=True, started_on__lte=today - _days("BASELINE_WINDOW_DAYS"))
        ),
        words=lambda journey, today: f"No plan yet, {_weeks_in(journey, today)}",
        since=lambda journey: journey.started_on,
        prefix="started",
        action="Begin the plan",
        page="plan",
    ),
    Rule(
        code="no_baseline",
        group=Group.WEEK,
        kind="due",
        label="No measures yet",
        when=_no_baseline,
        words=_baseline_words,
        since=lambda journey: journey.started_on,
        prefix="started",
        action="Add measures",
        page="measure",
    ),
    Rule(
        code="step_soon",
        group=Group.WEEK,
        kind="info",
        label="Next step this week",
        when=lambda today: Q(next_step_on__lt=today + WEEK),
        words=lambda journey, today: journey.next_step,
        since=lambda journey: journey.next_step_on,
        prefix="",
        action="Record it",
        part="log",
    ),
    Rule(
        code="review_soon",
        group=Group.WEEK,
        kind="info",
        label="Review this week",
        when=lambda today: ACTIVE & Q(next_review_on__lt=today + WEEK),
        words=lambda journey, today: f"{_review(journey)} is coming up",
        since=lambda journey: journey.next_review_on,
        prefix="due",
        action="Plan the review",
        part="next",
    ),
    Rule(
        code="no_step",
        group=Group.WEEK,
        kind="due",
        label="No next step",
        when=lambda today: ACTIVE & Q(next_step_on__isnull=True),
        words=lambda journey, today: "No next step in the diary",
        since=lambda journey: journey.last_engaged_on or journey.started_on,
        prefix="last contact",
        action="Set next step",
        part="next",
    ),
    Rule(
        code="paused",
        group=Group.WAITING,
        kind="quiet",
        label="Paused",
        when=lambda today: PAUSED,
        words=lambda journey, today: f"Paused: {Pause.Reason(journey.paused_for).label.lower()}",
        since=lambda journey: journey.paused_since,
        prefix="since",
        action="Look in",
        page="journey",
    ),
)
BY_CODE = {rule.code: rule for rule in RULES}


def ranks(*, group: str = "", code: str = "") -> list[int]:
    """The places in the table of the rules of a group, or of one rule."""
    return [n for n, rule in enumerate(RULES) if group == rule.group or code == rule.code]
