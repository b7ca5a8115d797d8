"""Whose work and which month a report is about, as filters on rows."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.expressions import Combinable

from participants.models import Assignment, Journey, Session
from partners.models import Membership, Organisation
from referrals.models import Referral
from reports.periods import Month
from spring.accounts.roles import Role
from spring.core.dates import add_months
from spring.core.models import WorkingDay


@dataclass(frozen=True)
class Scope:
    """One month of the whole service, or of one partner.

    A partner's figures stay where the work was: each event counts under the partner of that day,
    whoever holds the journey now.
    """

    month: Month
    partner: Organisation | None = None

    def at(self, month: Month) -> "Scope":
        return Scope(month, self.partner)

    def referrals(self) -> QuerySet[Referral]:
        """All that came in; for a partner, those that were given to it."""
        found = Referral.objects.order_by()
        return found.filter(partner=self.partner) if self.partner else found

    def journeys(self) -> QuerySet[Journey]:
        return Journey.objects.filter(service=Journey.Service.SPRING).order_by()

    def journeys_begun(self) -> QuerySet[Journey]:
        """Journeys, under the partner each was first given to."""
        if not self.partner:
            return self.journeys()
        first = (
            Assignment.objects.leads()
            .filter(journey=OuterRef("pk"))
            .order_by("starts_at", "pk")
            .values("partner")[:1]
        )
        return (
            self.journeys()
            .annotate(first_partner=Subquery(first))
            .filter(first_partner=self.partner.pk)
        )

    def journeys_started(self) -> QuerySet[Journey]:
        """Journeys that had a first conversation, under the partner who held it."""
        started = self.journeys().filter(started_on__isnull=False)
        if not self.partner:
            return started
        first = (
            Session.objects.engaged()
            .filter(journey=OuterRef("pk"), happened_on=OuterRef("started_on"))
            .order_by("created_at", "pk")
            .values("partner")[:1]
        )
        return started.annotate(start_partner=Subquery(first)).filter(start_partner=self.partner.pk)

    def journeys_held(self) -> QuerySet[Journey]:
        """Journeys, under the partner who held each as the month ended (or as it closed)."""
        if not self.partner:
            return self.journeys()
        ends_at = self.month.ends_at
        held = (
            Assignment.objects.leads()
            .filter(journey=OuterRef("pk"), partner=self.partner, starts_at__lt=ends_at)
            .filter(Q(ends_at__isnull=True) | Q(ends_at__gte=ends_at))
        )
        return self.journeys().filter(Exists(held))

    def sessions(self) -> QuerySet[Session]:
        found = Session.objects.filter(journey__service=Journey.Service.SPRING).order_by()
        return found.filter(partner=self.partner) if self.partner else found

    def link_workers(self) -> QuerySet[Membership]:
        """Memberships as link worker in force on the month's last day."""
        held = Membership.objects.current(self.month.last_day).filter(role=Role.LINK_WORKER)
        return held.filter(organisation=self.partner) if self.partner else held


def working_days(start: str, end: str) -> Combinable:
    """Working days after the day in one column up to the day in another, as a subtraction in SQL."""
    return _ordinal(end) - _ordinal(start)


def _ordinal(column: str) -> Subquery:
    found = WorkingDay.objects.filter(date=OuterRef(column)).values("ordinal")[:1]
    return Subquery(found, output_field=IntegerField())


def falls_in(column: str, month: Month) -> Q:
    """The day in `column` lies in the month."""
    return Q(**{f"{column}__range": (month.first_day, month.last_day)})


def latest_start(last: date, months: int) -> date:
    """The latest day whose day `months` later is not after `last`."""
    start = add_months(last, -months)
    while add_months(start + timedelta(days=1), months) <= last:
        start += timedelta(days=1)
    return start


def by_month(rows: QuerySet, column: str, months: tuple[Month, ...]) -> list[int]:
    """How many rows have their day in each month, in one query."""
    wanted = rows.filter(**{f"{column}__range": (months[0].first_day, months[-1].last_day)})
    counted = wanted.aggregate(
        **{f"m{n}": Count("pk", filter=falls_in(column, month)) for n, month in enumerate(months)}
    )
    return [counted[f"m{n}"] for n in range(len(months))]
