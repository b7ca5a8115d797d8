"""A referral as it was sent, and what was decided. What was sent is never edited."""

from django.conf import settings
from django.db import models
from django.db.models import Case, F, Q, When

from participants.models import Journey
from partners.access import standing
from partners.models import Council, Organisation
from referrals.states import OPEN, TAGS, DeclineReason, Status
from referrals.triage import Clock, Flag, clock_for, flags_for
from spring.accounts.roles import Role
from spring.core import clock
from spring.core.dates import age_on
from spring.core.identifiers import plain
from spring.core.models import Record
from spring.core.vocabulary import Need, RiskStatus, Sex, Source


class ReferralQuerySet(models.QuerySet["Referral"]):
    def visible_to(self, user):
        """All for coordinators and managers of the service; for a partner's, those whose journey
        that partner holds now; an NHS link worker's, those passed to their practices and PCNs.
        """
        who = standing(user)
        if who.sees_whole_service():
            return self
        may = Q(pk__in=[])
        if partners := who.at(Role.COORDINATOR, Role.PARTNER_MANAGER):
            may |= Q(journey__partner__in=partners)
        if places := who.at(Role.NHS_LINK_WORKER):
            may |= Q(status=Status.PASSED_TO_NHS) & (
                Q(practice__in=places) | Q(practice__network__in=places)
            )
        return self.filter(may)

    def open(self):
        return self.filter(status__in=OPEN)

    def same_person(self, *, nhs_number: str, name: str, date_of_birth):
        """Exact matches: the NHS number, or the same name and date of birth."""
        same = Q(name_key=plain(name)[:160], date_of_birth=date_of_birth)
        return self.filter(same | Q(nhs_number=nhs_number) if nhs_number else same)

    def to_triage_first(self):
        """Those that wait, by stated risk, then missed target, then age; then the latest decided."""
        waits = Q(status__in=OPEN)
        return self.alias(
            settled=Case(When(waits, then=0), default=1),
            calm=Case(When(waits, risk_status=RiskStatus.STATED, then=0), default=1),
            timely=Case(When(waits, triage_due_on__lt=clock.today(), then=0), default=1),
        ).order_by("settled", "calm", "timely", F("decided_at").desc(), "submitted_at", "pk")


class Referral(Record):
    """Someone asks Spring to support a person (or themselves)."""

    class Agreement(models.TextChoices):
        AGREED = "agreed", "They know about this referral and agree to it"
        EXCEPTION = "exception", "It was not possible to ask, and this is in their best interests"

    reference = models.CharField(max_length=16, unique=True)
    submission = models.UUIDField(unique=True, editable=False)
    submitted_at = models.DateTimeField(default=clock.now)
    received_on = models.DateField(default=clock.today)

    source = models.CharField("who is referring", max_length=16, choices=Source)
    referrer_name = models.CharField(max_length=120)
    referrer_email = models.EmailField(max_length=254)
    referrer_telephone = models.CharField(max_length=24, blank=True)
    referrer_organisation = models.CharField(max_length=160, blank=True)
    referring_practice = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="referrals_made"
    )
    referrer_reference = models.CharField(max_length=60, blank=True)

    name = models.CharField(max_length=160)
    name_key = models.CharField(max_length=160, editable=False)
    known_as = models.CharField(max_length=80, blank=True)
    date_of_birth = models.DateField()
    sex = models.CharField(max_length=14, choices=Sex, default=Sex.NOT_KNOWN)
    nhs_number = models.CharField("NHS number", max_length=10, blank=True)
    practice = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="referrals_of_patients",
        verbose_name="GP practice of registration",
    )
    council = models.CharField(max_length=5, choices=Council, blank=True)
    telephone = models.CharField(max_length=24, blank=True)
    email = models.EmailField(max_length=254, blank=True)
    address = models.CharField(max_length=200, blank=True)
    postcode = models.CharField(max_length=8, blank=True)
    safe_contact = models.TextField(blank=True)
    what_matters = models.TextField(blank=True)
    language = models.CharField(max_length=60, blank=True)
    interpreter = models.BooleanField(default=False)
    reading = models.CharField(max_length=160, blank=True)
    adjustments = models.CharField(max_length=200, blank=True)
    risk_status = models.CharField(
        max_length=12, choices=RiskStatus, default=RiskStatus.NOT_CHECKED
    )
    risks = models.TextField(blank=True)
    agreement = models.CharField(max_length=9, choices=Agreement)
    exception_reason = models.TextField(blank=True)

    status = models.CharField(max_length=16, choices=Status, default=Status.RECEIVED)
    triage_due_on = models.DateField()
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    decline_reason = models.CharField(max_length=16, choices=DeclineReason, blank=True)
    decision_note = models.TextField(blank=True)
    partner = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="referrals_taken"
    )
    journey = models.OneToOneField(
        Journey, models.PROTECT, null=True, blank=True, related_name="referral"
    )

    objects = ReferralQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="referral_agreed_or_says_why",
                condition=Q(agreement="agreed") | ~Q(exception_reason=""),
            ),
            models.CheckConstraint(
                name="referral_can_be_reached", condition=~Q(telephone="") | ~Q(address="")
            ),
            models.CheckConstraint(
                name="referral_stated_risk_has_words",
                condition=~Q(risk_status="stated") | ~Q(risks=""),
            ),
            models.CheckConstraint(
                name="referral_decided_by_someone",
                condition=Q(status="received", decided_at__isnull=True, decided_by__isnull=True)
                | ~Q(status="received") & Q(decided_at__isnull=False, decided_by__isnull=False),
            ),
            models.CheckConstraint(
                name="referral_accepted_has_journey",
                condition=Q(status="accepted", journey__isnull=False)
                | ~Q(status="accepted") & Q(journey__isnull=True),
            ),
            models.CheckConstraint(
                name="referral_declined_has_reason",
                condition=Q(status="declined") & ~Q(decline_reason="")
                | ~Q(status="declined") & Q(decline_reason=""),
            ),
        ]
        indexes = [
            models.Index(
                fields=["triage_due_on", "submitted_at"],
                name="referral_to_triage",
                condition=Q(status="received"),
            ),
            models.Index(fields=["name_key", "date_of_birth"], name="referral_match"),
            models.Index(fields=["nhs_number"], name="referral_nhs_number"),
            models.Index(fields=["received_on"], name="referral_by_received"),
            models.Index(fields=["status", "-decided_at"], name="referral_by_decided"),
        ]

    def __str__(self) -> str:
        return self.reference

    def save(self, *args, **kwargs):
        self.name_key = plain(self.name)[:160]
        super().save(*args, **kwargs)

    @property
    def is_open(self) -> bool:
        return self.status in OPEN

    @property
    def tag(self) -> str:
        """The kind of tag its status has on a page."""
        return TAGS[self.status]

    @property
    def age(self) -> int:
        return age_on(self.date_of_birth, clock.today())

    @property
    def has_stated_risk(self) -> bool:
        return self.risk_status == RiskStatus.STATED

    @property
    def clock(self) -> Clock:
        """How much of the time for a decision has been used."""
        return clock_for(
            received_on=self.received_on, due_on=self.triage_due_on, today=clock.today()
        )

    @property
    def flags(self) -> list[Flag]:
        """What to ask about before deciding."""
        return flags_for(
            age=self.age,
            council=self.council,
            practice=self.practice_id is not None,
            postcode=self.postcode,
            areas=settings.SPRING["POSTCODE_AREAS"],
            area=settings.SPRING["AREA_NAME"],
        )

    @property
    def sent_by(self) -> str:
        """Where it came from, in words: the practice or organisation, else who referred."""
        place = self.referring_practice.name if self.referring_practice else ""
        return place or self.referrer_organisation or self.source_words

    @property
    def source_words(self) -> str:
        """Who referred, as staff say it: the form speaks to the referrer of "myself"."""
        return "Themselves" if self.source == Source.SELF else self.get_source_display()

    @property
    def contact_needs(self) -> list[str]:
        """What to bear in mind before ringing, in words."""
        needs = []
        if self.interpreter:
            needs.append(f"Interpreter: {self.language or 'language not known'}")
        elif self.language:
            needs.append(f"Speaks {self.language}")
        return needs + [words for words in (self.reading, self.adjustments) if words]


class ReferralNeed(models.Model):
    """One of the reasons for a referral."""

    referral = models.ForeignKey(Referral, models.CASCADE, related_name="needs")
    need = models.CharField(max_length=16, choices=Need)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["referral", "need"], name="referral_need_once")
        ]

    def __str__(self) -> str:
        return self.get_need_display()


class StatusChange(models.Model):
    """One decision on a referral; never edited."""

    referral = models.ForeignKey(Referral, models.CASCADE, related_name="status_changes")
    from_status = models.CharField(max_length=16, choices=Status, blank=True)
    to_status = models.CharField(max_length=16, choices=Status)
    at = models.DateTimeField(default=clock.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.from_status} to {self.to_status}"
