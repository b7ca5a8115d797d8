"""Answers to a measure: kept item by item, never overwritten."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from participants.instruments import Completion
from participants.models.journeys import Journey
from spring.core import clock
from spring.core.models import Record


class MeasureSetQuerySet(models.QuerySet["MeasureSet"]):
    def standing(self):
        """Those that no correction has taken the place of."""
        # Not a filter for NULL: SQLite would take the unique index for it, and read every set.
        return self.exclude(superseded_by__isnull=False)


class MeasureSet(Record):
    """One completion of an instrument; a correction is a new set that supersedes this one."""

    journey = models.ForeignKey(Journey, models.PROTECT, related_name="measures")
    instrument = models.CharField(max_length=12)
    version = models.CharField(max_length=12)
    completed_on = models.DateField("answered on")
    entered_at = models.DateTimeField(default=clock.now)
    completion = models.CharField("how", max_length=9, choices=Completion)
    keyed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    is_complete = models.BooleanField()
    superseded_by = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="supersedes"
    )
    correction_reason = models.CharField(max_length=200, blank=True)
    submission = models.UUIDField(null=True, blank=True, unique=True, editable=False)

    objects = MeasureSetQuerySet.as_manager()

    class Meta:
        ordering = ["completed_on", "entered_at"]
        indexes = [
            models.Index(
                fields=["journey", "instrument", "completed_on"], name="measure_of_journey"
            )
        ]

    def __str__(self) -> str:
        return f"{self.instrument} on {self.completed_on}"


class MeasureAnswer(models.Model):
    """The answer to one item."""

    measure_set = models.ForeignKey(MeasureSet, models.CASCADE, related_name="answers")
    item = models.CharField(max_length=16)
    value = models.SmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["measure_set", "item"], name="answer_once_per_item"),
            models.CheckConstraint(
                name="answer_between_0_and_100", condition=Q(value__gte=0, value__lte=100)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item}: {self.value}"
