"""Reports as they were issued, and the targets they are held against."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from partners.access import standing
from partners.models import Organisation
from reports.periods import Month
from reports.published import Issue
from spring.accounts.roles import Role
from spring.core import clock
from spring.core.models import Record


class ReportQuerySet(models.QuerySet["Report"]):
    def visible_to(self, user):
        """All for coordinators and managers of the service; for a partner's, their partner's.

        A commissioner sees what was issued for the whole service, and nothing of a partner: who
        held both could subtract one from the other.
        """
        who = standing(user)
        if who.sees_whole_service():
            return self
        may = Q(pk__in=[])
        if partners := who.at(Role.COORDINATOR, Role.PARTNER_MANAGER):
            may |= Q(partner__in=partners)
        if who.has(Role.COMMISSIONER):
            may |= Q(partner__isnull=True, status=Report.Status.READY)
        return self.filter(may)

    def about(self, month: str, partner):
        """Every version of one month's report, the latest first."""
        return self.filter(month=month, partner=partner).order_by("-version")

    def ready(self):
        return self.filter(status=Report.Status.READY)

    def unfinished(self):
        return self.exclude(status=Report.Status.READY)


class Report(Record):
    """One version of one month's report, for the whole service or one partner."""

    class Status(models.TextChoices):
        REQUESTED = "requested", "Waiting to be made"
        MAKING = "making", "Being made"
        READY = "ready", "Ready"
        FAILED = "failed", "Could not be made"

    month = models.CharField(max_length=7)  # YYYY-MM, a London month
    partner = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="reports"
    )
    version = models.PositiveSmallIntegerField(default=1)
    status = models.CharField(max_length=9, choices=Status, default=Status.REQUESTED)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    requested_at = models.DateTimeField(default=clock.now)
    claimed_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    done_steps = models.PositiveSmallIntegerField(default=0)
    all_steps = models.PositiveSmallIntegerField(default=0)
    step = models.CharField(max_length=80, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    figures = models.JSONField(default=dict)
    code_version = models.CharField(max_length=40, blank=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering = ["-month", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["month", "partner", "version"], name="report_version_once"
            ),
            models.UniqueConstraint(
                fields=["month", "version"],
                condition=Q(partner__isnull=True),
                name="report_version_once_for_the_service",
            ),
            models.CheckConstraint(
                name="report_ready_is_finished",
                condition=Q(status="ready", finished_at__isnull=False) | ~Q(status="ready"),
            ),
        ]
        indexes = [
            models.Index(
                fields=["requested_at"],
                name="report_to_make",
                condition=Q(status__in=["requested", "making"]),
            )
        ]

    def __str__(self) -> str:
        return f"{self.month} version {self.version}"

    @property
    def is_ready(self) -> bool:
        return self.status == self.Status.READY

    @property
    def is_under_way(self) -> bool:
        return self.status in (self.Status.REQUESTED, self.Status.MAKING)

    def get_absolute_url(self) -> str:
        return reverse("report", args=[self.pk])

    @property
    def label(self) -> str:
        """The month in words."""
        return Month.parse(self.month).label

    @property
    def issue(self) -> Issue:
        """What the file was made from, as it was kept: page, JSON and PDF are drawn from it."""
        return Issue.from_json(self.figures, self.version)


class ReportFile(models.Model):
    """The bytes of an issued report. In the database: written whole, with the row, or not at all."""

    report = models.OneToOneField(Report, models.CASCADE, related_name="pdf")
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)

    def __str__(self) -> str:
        return self.sha256[:12]


class Target(models.Model):
    """What the service set out to reach in a contract year (July to June)."""

    class Measure(models.TextChoices):
        STARTED = "started", "People who start with a link worker"
        REFERRED = "referred", "People referred"

    year = models.PositiveSmallIntegerField("contract year that begins in July of")
    measure = models.CharField(max_length=10, choices=Measure)
    people = models.PositiveIntegerField()

    class Meta:
        ordering = ["-year", "measure"]
        constraints = [
            models.UniqueConstraint(fields=["year", "measure"], name="target_once_a_year")
        ]

    def __str__(self) -> str:
        return f"{self.get_measure_display()}, {self.year}"
