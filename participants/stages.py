"""The stages of a journey and the one table that says how it may move. Pure."""

from django.db import models


class Stage(models.TextChoices):
    WAITING = "waiting", "Waiting for first contact"
    ACTIVE = "active", "Under way"
    PAUSED = "paused", "Paused"
    CLOSED = "closed", "Closed"


TRANSITIONS: dict[str, frozenset[str]] = {
    Stage.WAITING: frozenset({Stage.ACTIVE, Stage.CLOSED}),
    # Back to waiting only when a correction shows that the first contact never took place.
    Stage.ACTIVE: frozenset({Stage.PAUSED, Stage.CLOSED, Stage.WAITING}),
    Stage.PAUSED: frozenset({Stage.ACTIVE, Stage.CLOSED}),
    Stage.CLOSED: frozenset(),
}


def may_move(now: str, to: str) -> bool:
    """True if the table lets a journey move from stage `now` to stage `to`."""
    return to in TRANSITIONS[now]


class ClosureReason(models.TextChoices):
    """Why a journey ended; `BEFORE_START` and `AFTER_START` split before from after engagement."""

    GOALS_MET = "goals_met", "Goals met"
    CONTENT = "content", "Partly met, and content with that"
    SELF_SUPPORT = "self_support", "Goes on without us"
    OTHER_SERVICE = "other_service", "Moved to the NHS or another service"
    DECLINED = "declined", "Chose not to start"
    DISENGAGED = "disengaged", "Chose to stop"
    NO_CONTACT = "no_contact", "Unable to contact"
    INELIGIBLE = "ineligible", "Not the right service"
    MOVED_AWAY = "moved_away", "Moved away"
    DIED = "died", "Died"
    UNWELL = "unwell", "Too unwell, hospital or care home"
    SAFETY = "safety", "Safety"
    DUPLICATE = "duplicate", "Recorded twice"
    CAPACITY = "capacity", "The service had no room"


_EITHER = frozenset(
    {
        ClosureReason.OTHER_SERVICE,
        ClosureReason.NO_CONTACT,
        ClosureReason.MOVED_AWAY,
        ClosureReason.DIED,
        ClosureReason.UNWELL,
        ClosureReason.SAFETY,
        ClosureReason.DUPLICATE,
    }
)
BEFORE_START = _EITHER | {
    ClosureReason.DECLINED,
    ClosureReason.INELIGIBLE,
    ClosureReason.CAPACITY,
}
AFTER_START = _EITHER | {
    ClosureReason.GOALS_MET,
    ClosureReason.CONTENT,
    ClosureReason.SELF_SUPPORT,
    ClosureReason.DISENGAGED,
}


def closure_reasons(*, started: bool) -> list[tuple[str, str]]:
    """The reasons that fit, in the order of the list."""
    fitting = AFTER_START if started else BEFORE_START
    return [(reason.value, reason.label) for reason in ClosureReason if reason in fitting]
