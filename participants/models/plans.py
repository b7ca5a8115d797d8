"""The wellbeing plan: strengths, what matters, goals and who does what."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from participants.models.journeys import Journey
from spring.core.models import Record

ONE_TO_TEN = [MinValueValidator(1), MaxValueValidator(10)]


class Plan(Record):
    """One plan for each journey; `version` guards against a silent overwrite."""

    class Agreed(models.TextChoices):
        NOT_YET = "not_yet", "Not yet"
        YES = "yes", "Yes"
        NO = "no", "No"

    journey = models.OneToOneField(Journey, models.PROTECT, related_name="plan")
    what_matters = models.TextField("what matters to them", blank=True)
    strengths = models.TextField("strengths and what helps", blank=True)
    agreed = models.CharField(max_length=7, choices=Agreed, default=Agreed.NOT_YET)
    agreed_on = models.DateField(null=True, blank=True)
    not_agreed_reason = models.CharField(max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1)
    updated_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    submission = models.UUIDField("last form sent", null=True, blank=True, editable=False)

    history = HistoricalRecords(excluded_fields=["submission"])

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="plan_agreed_has_date",
                condition=Q(agreed="yes", agreed_on__isnull=False)
                | ~Q(agreed="yes") & Q(agreed_on__isnull=True),
            )
        ]
        indexes = [models.Index(fields=["agreed_on"], name="plan_by_agreed")]

    def __str__(self) -> str:
        return "Wellbeing plan"


class Goal(Record):
    """Something the person wants, in their words, and how much it matters to them."""

    class Status(models.TextChoices):
        OPEN = "open", "Working on it"
        MET = "met", "Met"
        PARTLY = "partly", "Partly met"
        DROPPED = "dropped", "No longer wanted"

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="goals")
    position = models.PositiveSmallIntegerField(default=0)
    text = models.CharField("goal", max_length=300)
    importance = models.PositiveSmallIntegerField(null=True, blank=True, validators=ONE_TO_TEN)
    status = models.CharField(max_length=7, choices=Status, default=Status.OPEN)
    settled_on = models.DateField(null=True, blank=True)

    history = HistoricalRecords()

    class Meta:
        ordering = ["position", "created_at"]
        constraints = [
            models.CheckConstraint(
                name="goal_importance_one_to_ten",
                condition=Q(importance__isnull=True) | Q(importance__gte=1, importance__lte=10),
            ),
            models.CheckConstraint(
                name="goal_settled_has_date",
                condition=Q(status="open", settled_on__isnull=True)
                | ~Q(status="open") & Q(settled_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.text


class PlanAction(Record):
    """A step towards a goal: who does it, by when, and how sure the person is that it will happen."""

    class Who(models.TextChoices):
        PERSON = "person", "The person"
        WORKER = "worker", "The link worker"
        OTHER = "other", "Someone else"

    goal = models.ForeignKey(Goal, models.CASCADE, related_name="actions")
    text = models.CharField("action", max_length=300)
    who = models.CharField(max_length=6, choices=Who, default=Who.PERSON)
    due_on = models.DateField("by when", null=True, blank=True)
    confidence = models.PositiveSmallIntegerField(null=True, blank=True, validators=ONE_TO_TEN)
    done_on = models.DateField(null=True, blank=True)

    history = HistoricalRecords()

    class Meta:
        ordering = ["done_on", "due_on", "created_at"]
        constraints = [
            models.CheckConstraint(
                name="action_confidence_one_to_ten",
                condition=Q(confidence__isnull=True) | Q(confidence__gte=1, confidence__lte=10),
            )
        ]

    def __str__(self) -> str:
        return self.text
