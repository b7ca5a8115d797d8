"""Facts about this installation that every page shows."""

import time

from spring.core.models import Setting

DEMONSTRATION = "demonstration"
_REMEMBER_SECONDS = 30
_remembered: tuple[float, bool] | None = None


def is_demonstration() -> bool:
    """True where demonstration data is loaded; remembered for half a minute in each process."""
    global _remembered
    if _remembered is None or time.monotonic() - _remembered[0] > _REMEMBER_SECONDS:
        found = Setting.objects.filter(key=DEMONSTRATION).exists()
        _remembered = (time.monotonic(), found)
    return _remembered[1]


def mark_demonstration(**facts) -> None:
    """Record that the people in this database are fictional."""
    Setting.objects.update_or_create(key=DEMONSTRATION, defaults={"value": facts})
    forget()


def forget() -> None:
    """Look again at the next question."""
    global _remembered
    _remembered = None
