"""The one place that asks what time it is."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import timezone

LONDON = ZoneInfo("Europe/London")


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return timezone.now()  # noqa: TID251  (this is the place)


def today() -> date:
    """Today's date in London, whatever the server's clock is set to."""
    return london_date(now())


def london_date(moment: datetime) -> date:
    """The London date of an aware moment."""
    return moment.astimezone(LONDON).date()
