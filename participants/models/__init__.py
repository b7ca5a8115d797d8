"""People and their journeys."""

from participants.models.journeys import (
    Assignment,
    Journey,
    JourneyNeed,
    Pause,
    Review,
    StageChange,
)
from participants.models.measures import MeasureAnswer, MeasureSet
from participants.models.people import Consent, Participant
from participants.models.plans import Goal, Plan, PlanAction
from participants.models.sessions import Session

__all__ = [
    "Assignment",
    "Consent",
    "Goal",
    "Journey",
    "JourneyNeed",
    "MeasureAnswer",
    "MeasureSet",
    "Participant",
    "Pause",
    "Plan",
    "PlanAction",
    "Review",
    "Session",
    "StageChange",
]
