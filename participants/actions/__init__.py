"""What may be done to a person's record: each a verb, atomic, audited."""

from participants.actions.journeys import (
    close_journey,
    hand_over,
    open_journey,
    pause_journey,
    resume_journey,
    set_rhythm,
    skip_review,
)
from participants.actions.measures import record_measure
from participants.actions.people import (
    Outdated,
    change_details,
    last_change,
    record_consent,
    withdraw_consent,
)
from participants.actions.plans import ActionDraft, GoalDraft, PlanChanged, change_plan
from participants.actions.sessions import correct_session, record_session

__all__ = [
    "ActionDraft",
    "GoalDraft",
    "Outdated",
    "PlanChanged",
    "change_details",
    "change_plan",
    "close_journey",
    "correct_session",
    "hand_over",
    "last_change",
    "open_journey",
    "pause_journey",
    "record_consent",
    "record_measure",
    "record_session",
    "resume_journey",
    "set_rhythm",
    "skip_review",
    "withdraw_consent",
]
