"""Start-up checks of facts that run out."""

from datetime import timedelta

from django.core import checks

from spring.core import calendar, clock


@checks.register()
def bank_holidays_are_known(app_configs, **kwargs):
    """Warn from a year before the bundled bank holidays end, while there is time to update them."""
    if clock.today() + timedelta(days=365) <= calendar.known_until():
        return []
    return [
        checks.Warning(
            f"Bank holidays are only known until {calendar.known_until():%d %B %Y}.",
            hint="Update govuk-bank-holidays, then run `manage.py migrate`.",
            id="core.W001",
        )
    ]
