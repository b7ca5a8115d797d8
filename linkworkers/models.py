"""The people who do the work: how many they can support, and what they said they would do next."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from participants.models import Assignment, Journey
from partners.access import standing
from partners.models import Membership, Organisation
from spring.accounts.roles import CASE_ROLES, Role
from spring.core.models import Record


class WorkerQuerySet(models.QuerySet["Worker"]):
    def visible_to(self, user: Any):
        """Those whose load `user` may see: all, their own partner's, or their own."""
        who = standing(user)
        if who.sees_whole_service():
            return self
        partners = who.at(Role.COORDINATOR, Role.PARTNER_MANAGER)
        return self.filter(Q(partner__in=partners) | Q(user=user))

    def who_may_take(self, journey: Journey, user: Any):
        """Those to whom `user` may hand this journey: all whose load they see, and for the one
        who holds it their own partner's.
        """
        own_partner = self.filter(partner=journey.partner_id)
        return (self.visible_to(user) | own_partner).at_work()

    def at_work(self):
        """Those whose account and membership are in force today."""
        held = Membership.objects.current().filter(
            user=models.OuterRef("user"),
            organisation=models.OuterRef("partner"),
            role__in=CASE_ROLES,
        )
        return self.filter(models.Exists(held), user__is_active=True)

    def with_load(self):
        """With `load`: how many open journeys each leads at the partner, counted in SQL."""
        held = (
            Assignment.objects.current()
            .leads()
            .filter(
                worker=models.OuterRef("user"),
                journey__closed_on__isnull=True,
                journey__partner=models.OuterRef("partner"),
            )
            .order_by()
            .values("worker")
            .annotate(n=models.Count("pk"))
            .values("n")
        )
        return self.annotate(
            load=models.functions.Coalesce(
                models.Subquery(held), 0, output_field=models.IntegerField()
            )
        )


class Worker(Record):
    """How many people someone can support at a partner; who they are is their account."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="posts")
    partner = models.ForeignKey(Organisation, models.PROTECT, related_name="workers")
    capacity = models.PositiveSmallIntegerField("people at one time", default=45)
    is_volunteer = models.BooleanField("volunteer", default=False)
    away_until = models.DateField(null=True, blank=True)

    objects = WorkerQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "partner"], name="worker_once_at_a_partner")
        ]

    def __str__(self) -> str:
        return str(self.user)


class TaskQuerySet(models.QuerySet["Task"]):
    def visible_to(self, user: Any):
        return self.filter(journey__in=Journey.objects.visible_to(user))

    def open(self):
        return self.filter(done_on__isnull=True)


class Task(Record):
    """Something promised to or for a person. The earliest open one is the next action."""

    journey = models.ForeignKey(Journey, models.CASCADE, related_name="tasks")
    text = models.CharField("next step", max_length=200)
    due_on = models.DateField("when")
    done_on = models.DateField(null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = TaskQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "created_at"]
        indexes = [
            models.Index(
                fields=["journey", "due_on"],
                name="task_next_action",
                condition=Q(done_on__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return self.text
