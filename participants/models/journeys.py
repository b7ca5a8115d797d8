"""A journey: 6 to 12 months with a link worker, from acceptance to closing."""

from datetime import date, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from participants.models.people import Participant
from participants.stages import ClosureReason, Stage
from partners.access import standing
from partners.models import Council, Organisation
from spring.accounts.roles import Role
from spring.core import clock
from spring.core.dates import add_months, whole_months_between
from spring.core.models import Record
from spring.core.vocabulary import Need, Source


class JourneyQuerySet(models.QuerySet["Journey"]):
    def visible_to(self, user):
        """Those that `user` may see, by role today: the first line of every view of a person.

        The service's coordinators and managers see all; a partner's see their partner's; a link
        worker or volunteer those assigned to them while their partner holds the journey; an NHS
        link worker the NHS journeys of their practices and PCNs.
        """
        who = standing(user)
        if who.sees_whole_service():
            return self
        may = Q(pk__in=[])
        if partners := who.at(Role.COORDINATOR, Role.PARTNER_MANAGER):
            may |= Q(partner__in=partners)
        if partners := who.at(Role.LINK_WORKER, Role.VOLUNTEER):
            theirs = Assignment.objects.current().filter(worker=user, journey=OuterRef("pk"))
            may |= Q(Exists(theirs), partner__in=partners)
        if places := who.at(Role.NHS_LINK_WORKER):
            may |= Q(service=Journey.Service.NHS) & (
                Q(practice__in=places) | Q(practice__network__in=places)
            )
        return self.filter(may)

    def open(self):
        return self.filter(closed_on__isnull=True)

    def held_by(self, worker):
        """Those whose lead is `worker` now."""
        return self.filter(
            Exists(
                Assignment.objects.current().leads().filter(worker=worker, journey=OuterRef("pk"))
            )
        )

    def beyond(self, months: int):
        """Open journeys that started more than so many months ago; pauses do not move it."""
        today = clock.today()
        # The first start that is not yet so many months ago: on 29 February that is 1 March.
        first = add_months(today, -months)
        if add_months(first, months) < today:
            first += timedelta(days=1)
        return self.open().filter(started_on__lt=first)

    def marked_for(self, user):
        """With `may_see`: whether `user` may see it. Of the rest only dates and the closing
        summary may be shown, and only to those who may see another journey of the same person.
        """
        seen = Journey.objects.visible_to(user).filter(pk=OuterRef("pk"))
        return self.annotate(may_see=Exists(seen))


class Journey(Record):
    """One person's time with one service; what it needs of the referral is copied here."""

    class Service(models.TextChoices):
        SPRING = "spring", "Spring, 6 to 12 months"
        NHS = "nhs", "NHS link worker, three months"

    participant = models.ForeignKey(Participant, models.PROTECT, related_name="journeys")
    service = models.CharField(max_length=6, choices=Service, default=Service.SPRING)
    partner = models.ForeignKey(Organisation, models.PROTECT, related_name="journeys")
    practice = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+"
    )
    council = models.CharField(max_length=5, choices=Council, blank=True)
    reference = models.CharField(max_length=16)
    source = models.CharField(max_length=16, choices=Source)
    eligibility = models.JSONField(default=dict)
    said_at_referral = models.TextField("what matters, as said at referral", blank=True)
    continues = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="continued_by"
    )

    stage = models.CharField(max_length=8, choices=Stage, default=Stage.WAITING)
    referred_on = models.DateField()
    accepted_on = models.DateField()
    first_contact_due_on = models.DateField()
    first_attempt_on = models.DateField(null=True, blank=True)
    started_on = models.DateField(null=True, blank=True)
    last_engaged_on = models.DateField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField("attempts since the last contact", default=0)
    rhythm_days = models.PositiveSmallIntegerField("agreed contact rhythm", null=True, blank=True)
    rhythm_reason = models.CharField(max_length=200, blank=True)
    next_review_on = models.DateField(null=True, blank=True)
    next_review_month = models.PositiveSmallIntegerField(null=True, blank=True)
    paused_days = models.PositiveSmallIntegerField(default=0)
    closed_on = models.DateField(null=True, blank=True)
    closure_reason = models.CharField(max_length=14, choices=ClosureReason, blank=True)
    closure_summary = models.TextField(blank=True)
    early_closure_reason = models.TextField("why before six months", blank=True)

    objects = JourneyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["participant"],
                condition=Q(closed_on__isnull=True),
                name="journey_one_open_per_person",
            ),
            models.CheckConstraint(
                name="journey_closed_has_reason_and_stage",
                condition=Q(closed_on__isnull=True, closure_reason="") & ~Q(stage="closed")
                | Q(closed_on__isnull=False, stage="closed") & ~Q(closure_reason=""),
            ),
            models.CheckConstraint(
                name="journey_started_unless_waiting",
                condition=Q(stage="waiting", started_on__isnull=True)
                | Q(stage__in=["active", "paused"], started_on__isnull=False)
                | Q(stage="closed"),
            ),
            models.CheckConstraint(
                name="journey_dates_in_order",
                condition=Q(accepted_on__gte=F("referred_on"))
                & (Q(closed_on__isnull=True) | Q(closed_on__gte=F("referred_on"))),
            ),
            models.CheckConstraint(
                name="journey_review_day_with_month",
                condition=Q(next_review_on__isnull=True, next_review_month__isnull=True)
                | Q(next_review_on__isnull=False, next_review_month__isnull=False),
            ),
            models.CheckConstraint(
                name="journey_rhythm_two_to_twelve_weeks",
                condition=Q(rhythm_days__isnull=True)
                | Q(rhythm_days__gte=14, rhythm_days__lte=84) & ~Q(rhythm_reason=""),
            ),
        ]
        indexes = [
            models.Index(
                fields=["partner", "stage"],
                name="journey_open_by_partner",
                condition=Q(closed_on__isnull=True),
            ),
            models.Index(
                fields=["next_review_on"],
                name="journey_review_due",
                condition=Q(closed_on__isnull=True),
            ),
            models.Index(fields=["accepted_on"], name="journey_by_accepted"),
            models.Index(fields=["started_on"], name="journey_by_started"),
            models.Index(fields=["closed_on"], name="journey_by_closed"),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def is_open(self) -> bool:
        return self.closed_on is None

    @property
    def months_so_far(self) -> int:
        """Whole months since the start; 0 before it."""
        if self.started_on is None:
            return 0
        return whole_months_between(self.started_on, self.closed_on or clock.today())

    @property
    def ends_by(self) -> date | None:
        """Twelve months after the start."""
        if self.started_on is None:
            return None
        return add_months(self.started_on, settings.SPRING["JOURNEY_MONTHS"])

    @property
    def is_overlong(self) -> bool:
        """Still open past twelve months."""
        return self.is_open and self.ends_by is not None and clock.today() > self.ends_by


class JourneyNeed(models.Model):
    """One of the reasons the person came with."""

    journey = models.ForeignKey(Journey, models.CASCADE, related_name="needs")
    need = models.CharField(max_length=16, choices=Need)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["journey", "need"], name="journey_need_once")
        ]

    def __str__(self) -> str:
        return self.get_need_display()


class StageChange(models.Model):
    """One move of a journey; never edited."""

    journey = models.ForeignKey(Journey, models.CASCADE, related_name="stage_changes")
    from_stage = models.CharField(max_length=8, choices=Stage, blank=True)
    to_stage = models.CharField(max_length=8, choices=Stage)
    on = models.DateField()
    at = models.DateTimeField(default=clock.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.from_stage} to {self.to_stage}"


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    def current(self):
        return self.filter(ends_at__isnull=True)

    def leads(self):
        return self.filter(is_lead=True)


class Assignment(models.Model):
    """Who holds a journey, from when to when. Access follows it; it outlasts the closing."""

    journey = models.ForeignKey(Journey, models.CASCADE, related_name="assignments")
    worker = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="assignments")
    partner = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    is_lead = models.BooleanField(default=True)
    starts_at = models.DateTimeField(default=clock.now)
    ends_at = models.DateTimeField(null=True, blank=True)
    handover_note = models.TextField(blank=True)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["journey"],
                condition=Q(ends_at__isnull=True, is_lead=True),
                name="assignment_one_lead",
            ),
            models.CheckConstraint(
                name="assignment_dates_in_order",
                condition=Q(ends_at__isnull=True) | Q(ends_at__gte=F("starts_at")),
            ),
        ]
        indexes = [
            models.Index(
                fields=["worker", "journey"],
                name="assignment_current",
                condition=Q(ends_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"{self.worker} holds {self.journey}"


class Pause(models.Model):
    """A time in which the review clock stands still: hospital, bereavement, a carer's crisis."""

    class Reason(models.TextChoices):
        HOSPITAL = "hospital", "In hospital or unwell"
        BEREAVEMENT = "bereavement", "Bereavement"
        CARING = "caring", "A crisis for someone they look after"
        AWAY = "away", "Away"
        OTHER = "other", "Another reason"

    journey = models.ForeignKey(Journey, models.CASCADE, related_name="pauses")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=12, choices=Reason)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["journey"], condition=Q(ends_on__isnull=True), name="pause_one_open"
            ),
            models.CheckConstraint(
                name="pause_dates_in_order",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
            ),
        ]

    def __str__(self) -> str:
        return self.get_reason_display()


class Review(Record):
    """A review that was held, or skipped with a reason; one that is only due has no row."""

    journey = models.ForeignKey(Journey, models.CASCADE, related_name="reviews")
    partner = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    month = models.PositiveSmallIntegerField()
    due_on = models.DateField()
    done_on = models.DateField(null=True, blank=True)
    skipped_reason = models.CharField(max_length=200, blank=True)
    session = models.OneToOneField(
        "participants.Session", models.PROTECT, null=True, blank=True, related_name="review"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["month"]
        constraints = [
            models.UniqueConstraint(fields=["journey", "month"], name="review_once_each_month"),
            models.CheckConstraint(
                name="review_done_or_skipped",
                condition=Q(done_on__isnull=False, skipped_reason="")
                | Q(done_on__isnull=True) & ~Q(skipped_reason=""),
            ),
        ]
        indexes = [models.Index(fields=["done_on"], name="review_by_done")]

    def __str__(self) -> str:
        return f"Month {self.month}"
