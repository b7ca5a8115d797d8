"""Contacts and attempts: one table for all that was done with, or for, a person."""

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from participants.models.journeys import Journey
from partners.models import Organisation
from spring.core.models import Record


class SessionQuerySet(models.QuerySet["Session"]):
    def engaged(self):
        """Two-way contacts that took place."""
        return self.filter(outcome=Session.Outcome.ATTENDED, mode__in=Session.TWO_WAY)

    def attempted(self):
        """Attempts to reach someone, and contacts: either stops the first-contact clock."""
        return self.exclude(kind=Session.Kind.ON_BEHALF).filter(
            Q(outcome__in=Session.ATTEMPTS) | Q(outcome=Session.Outcome.ATTENDED)
        )


class Session(Record):
    """One contact, attempt, or piece of work on someone's behalf, under the partner of the day."""

    class Kind(models.TextChoices):
        SESSION = "session", "Session"
        REVIEW = "review", "Review"
        CHECK_IN = "check_in", "Check-in"
        ON_BEHALF = "on_behalf", "Work on their behalf"

    class Mode(models.TextChoices):
        TELEPHONE = "telephone", "Phone"
        IN_PERSON = "in_person", "In person"
        VIDEO = "video", "Video"
        GROUP = "group", "Group"
        MESSAGE = "message", "Text or e-mail"
        LETTER = "letter", "Letter"

    class Outcome(models.TextChoices):
        ATTENDED = "attended", "We spoke"
        NO_ANSWER = "no_answer", "No answer"
        LEFT_MESSAGE = "left_message", "Left a message"
        DID_NOT_ATTEND = "did_not_attend", "Did not come"
        CANCELLED_BY_PERSON = "cancelled_person", "They cancelled"
        CANCELLED_BY_SERVICE = "cancelled_service", "We cancelled"
        INTERPRETER_UNAVAILABLE = "no_interpreter", "No interpreter"
        WORKER_UNAVAILABLE = "no_worker", "Worker unavailable"
        DONE = "done", "Done for them"

    class Alone(models.TextChoices):
        YES = "yes", "Yes"
        NO = "no", "No"
        UNSURE = "unsure", "Not sure"

    TWO_WAY = (Mode.TELEPHONE, Mode.IN_PERSON, Mode.VIDEO, Mode.GROUP)
    ATTEMPTS = (Outcome.NO_ANSWER, Outcome.LEFT_MESSAGE)

    journey = models.ForeignKey(Journey, models.PROTECT, related_name="sessions")
    partner = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    worker = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    planned_for = models.DateField(null=True, blank=True)
    happened_on = models.DateField("when")
    kind = models.CharField("type", max_length=9, choices=Kind, default=Kind.SESSION)
    mode = models.CharField("how", max_length=9, choices=Mode)
    outcome = models.CharField("what happened", max_length=17, choices=Outcome)
    minutes = models.PositiveSmallIntegerField(default=0, validators=[MaxValueValidator(600)])
    note = models.TextField(blank=True)
    alone = models.CharField("spoken to alone", max_length=6, choices=Alone, blank=True)
    submission = models.UUIDField(null=True, blank=True, unique=True, editable=False)

    objects = SessionQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["submission"])

    class Meta:
        ordering = ["-happened_on", "-created_at"]
        constraints = [
            models.CheckConstraint(
                name="session_on_behalf_is_done",
                condition=Q(kind="on_behalf", outcome="done")
                | ~Q(kind="on_behalf") & ~Q(outcome="done"),
            ),
            models.CheckConstraint(
                name="session_minutes_within_a_day", condition=Q(minutes__lte=600)
            ),
        ]
        indexes = [
            models.Index(fields=["journey", "-happened_on"], name="session_of_journey"),
            models.Index(fields=["happened_on", "partner"], name="session_by_day"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} on {self.happened_on}"

    @property
    def is_engaged(self) -> bool:
        return self.outcome == self.Outcome.ATTENDED and self.mode in self.TWO_WAY

    @property
    def is_attempt(self) -> bool:
        return self.outcome in self.ATTEMPTS
