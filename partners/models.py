"""Organisations: where people come from and go to, and who works for whom."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from spring.accounts.roles import Role
from spring.core import clock
from spring.core.models import Record


class Council(models.TextChoices):
    """The two councils of the county since April 2021; their names are a setting."""

    WEST = "west", "West Northamptonshire"
    NORTH = "north", "North Northamptonshire"


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def current(self, on=None):
        """Those that exist on a day (today if none is named)."""
        on = on or clock.today()
        return self.filter(
            Q(valid_from__isnull=True) | Q(valid_from__lte=on),
            Q(valid_to__isnull=True) | Q(valid_to__gte=on),
        )

    def delivery_partners(self):
        return self.filter(kind=Organisation.Kind.PARTNER)

    def practices(self):
        return self.filter(kind=Organisation.Kind.PRACTICE)


class Organisation(Record):
    """A delivery partner, practice, PCN, or the service itself. They merge: dates and a successor."""

    class Kind(models.TextChoices):
        SERVICE = "service", "The service"
        PARTNER = "partner", "Delivery partner"
        PRACTICE = "practice", "GP practice"
        PCN = "pcn", "Primary care network"
        COMMISSIONER = "commissioner", "Commissioner"
        REFERRER = "referrer", "Other referrer"

    kind = models.CharField(max_length=14, choices=Kind)
    name = models.CharField(max_length=160)
    code = models.CharField("ODS code or short code", max_length=12, unique=True)
    network = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="practices",
        limit_choices_to={"kind": "pcn"},
        verbose_name="primary care network",
    )
    council = models.CharField(max_length=5, choices=Council, blank=True)
    address = models.CharField(max_length=200, blank=True)
    postcode = models.CharField(max_length=8, blank=True)
    telephone = models.CharField(max_length=24, blank=True)
    email = models.EmailField("e-mail address", blank=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    successor = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="predecessors"
    )

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                name="organisation_dates_in_order",
                condition=Q(valid_from__isnull=True)
                | Q(valid_to__isnull=True)
                | Q(valid_to__gte=F("valid_from")),
            ),
            models.CheckConstraint(
                name="organisation_network_of_practices_only",
                condition=Q(network__isnull=True) | Q(kind="practice"),
            ),
        ]
        indexes = [models.Index(fields=["kind", "name"], name="organisation_by_kind")]

    def __str__(self) -> str:
        return self.name


class MembershipQuerySet(models.QuerySet["Membership"]):
    def current(self, on=None):
        """Those in force on a day (today if none is named): from the first day until the last,
        which is already without, so that ending one today ends it with the next request.
        """
        on = on or clock.today()
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=on), starts_on__lte=on)


class Membership(Record):
    """The only source of a role: a person holds it at an organisation, between two dates."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=16, choices=Role)
    starts_on = models.DateField(default=clock.today)
    ends_on = models.DateField(null=True, blank=True)

    objects = MembershipQuerySet.as_manager()
    history = HistoricalRecords(user_db_constraint=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="membership_dates_in_order",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
            ),
            models.UniqueConstraint(
                fields=["user", "organisation", "role"],
                condition=Q(ends_on__isnull=True),
                name="membership_open_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()} at {self.organisation}"


class CommunityService(Record):
    """A group or service in the community that people may be connected with."""

    name = models.CharField(max_length=160)
    provider = models.CharField(max_length=160)
    description = models.TextField(blank=True)
    need = models.CharField("helps with", max_length=24)
    council = models.CharField(max_length=5, choices=Council, blank=True)
    place = models.CharField(max_length=120, blank=True)
    postcode = models.CharField(max_length=8, blank=True)
    when = models.CharField(max_length=120, blank=True)
    cost = models.CharField(max_length=80, blank=True)
    access = models.CharField(max_length=200, blank=True)
    telephone = models.CharField(max_length=24, blank=True)
    website = models.URLField(blank=True)
    last_checked_on = models.DateField()
    is_open = models.BooleanField(default=True)

    class Meta:
        ordering = ["name"]
        indexes = [models.Index(fields=["need", "name"], name="service_by_need")]

    def __str__(self) -> str:
        return self.name
