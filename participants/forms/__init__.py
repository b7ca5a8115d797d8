"""What is typed about a person."""

from participants.forms.details import ConsentForm, DetailsForm
from participants.forms.journey import CloseForm, PauseForm, ResumeForm, RhythmForm, SkipReviewForm
from participants.forms.measures import MeasureForm
from participants.forms.plan import PlanForms
from participants.forms.sessions import SessionForm, submission_field

__all__ = [
    "CloseForm",
    "ConsentForm",
    "DetailsForm",
    "MeasureForm",
    "PauseForm",
    "PlanForms",
    "ResumeForm",
    "RhythmForm",
    "SessionForm",
    "SkipReviewForm",
    "submission_field",
]
