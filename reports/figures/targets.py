"""What a month is held against."""

from decimal import ROUND_HALF_UP, Decimal

from django.conf import settings

from reports.figures.scope import Scope
from reports.models import Target
from reports.periods import Month


def contract_year(month: Month) -> int:
    """The year in which the contract year (July to June) of a month began."""
    return month.year if month.month >= 7 else month.year - 1


def monthly_target(scope: Scope, measure: str) -> int | None:
    """A twelfth of the contract year\u2019s target; partners have none of their own."""
    if scope.partner:
        return None
    found = Target.objects.filter(year=contract_year(scope.month), measure=measure).values_list(
        "people", flat=True
    )
    people = next(iter(found), None)
    if people is None and measure == Target.Measure.STARTED:
        people = settings.SPRING["YEARLY_TARGET_PEOPLE"]
    if people is None:
        return None
    return int((Decimal(people) / 12).quantize(Decimal(1), ROUND_HALF_UP))
