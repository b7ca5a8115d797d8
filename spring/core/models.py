"""The ground floor: identifiers, the calendar of working days, the outbox, signs of life."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from spring.core import clock
from spring.core.identifiers import new_id


class Record(models.Model):
    """A row whose id may stand in a URL: opaque, and made by us before the row is written."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    created_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        abstract = True


class WorkingDay(models.Model):
    """One row a day: working days between two dates are a subtraction of ordinals, in SQL too."""

    date = models.DateField(primary_key=True)
    is_working = models.BooleanField()
    ordinal = models.IntegerField()

    def __str__(self) -> str:
        return str(self.date)


class Setting(models.Model):
    """A fact about this installation, such as that demonstration data is loaded."""

    key = models.CharField(max_length=60, primary_key=True)
    value = models.JSONField(default=dict)

    def __str__(self) -> str:
        return self.key


class Heartbeat(models.Model):
    """When a background process was last known to be alive."""

    name = models.CharField(max_length=60, primary_key=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class Message(models.Model):
    """One message that is due: written with the change that causes it, sent by a sweep.

    `facts` and `subject` carry identifiers only; the words are composed at the moment of sending.
    """

    class Audience(models.TextChoices):
        STAFF = "staff", "Staff"
        PRACTICE = "practice", "A practice or another professional"
        RESIDENT = "resident", "A member of the public"

    class Status(models.TextChoices):
        DUE = "due", "Due"
        SENDING = "sending", "Being sent"
        SENT = "sent", "Sent"
        FAILED = "failed", "Failed"
        UNKNOWN = "unknown", "Not known whether it went"
        CANCELLED = "cancelled", "No longer needed"

    kind = models.CharField(max_length=60)
    subject = models.CharField(max_length=64)
    due_on = models.DateField()
    audience = models.CharField(max_length=10, choices=Audience)
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    address = models.EmailField(max_length=254, blank=True)
    facts = models.JSONField(default=dict)
    status = models.CharField(max_length=10, choices=Status, default=Status.DUE)
    attempts = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField(default=clock.now)
    claimed_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    message_id = models.CharField(max_length=120, blank=True)
    problem = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "subject", "due_on"], name="message_once_per_subject_and_day"
            ),
            models.CheckConstraint(
                name="message_has_one_addressee",
                condition=Q(recipient__isnull=False, address="")
                | (Q(recipient__isnull=True) & ~Q(address="")),
            ),
            models.CheckConstraint(
                name="message_sent_has_time",
                condition=Q(status="sent", sent_at__isnull=False)
                | (~Q(status="sent") & Q(sent_at__isnull=True)),
            ),
        ]
        indexes = [
            models.Index(
                fields=["not_before"],
                name="message_due",
                condition=Q(status__in=["due", "sending"]),
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} due {self.due_on}"
