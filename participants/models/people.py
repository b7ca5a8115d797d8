"""A participant: identity, how to reach them safely, what they need to take part."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from simple_history.models import HistoricalRecords

from partners.models import Council, Organisation
from spring.core import clock
from spring.core.dates import age_on
from spring.core.identifiers import plain
from spring.core.models import Record
from spring.core.vocabulary import Ethnicity, RiskStatus, Sex

CARER = "Looks after someone"


class ParticipantQuerySet(models.QuerySet["Participant"]):
    def visible_to(self, user):
        """Those with a journey that `user` may see."""
        from participants.models.journeys import Journey  # journeys stand on people

        return self.filter(
            Exists(Journey.objects.visible_to(user).filter(participant=OuterRef("pk")))
        )

    def present_to(self, user) -> Q:
        """Those whose present journey (the open one, if there is one) `user` may see."""
        from participants.models.journeys import Journey

        of_person = Journey.objects.filter(participant=OuterRef("pk"))
        seen = Journey.objects.visible_to(user).filter(participant=OuterRef("pk"))
        return Exists(seen.open()) | ~Exists(of_person.open())

    def matching(self, *, nhs_number: str, name: str, date_of_birth):
        """Exact matches: the NHS number, or the same name and date of birth."""
        same = Q(name_key=plain(name), date_of_birth=date_of_birth)
        return self.filter(same | Q(nhs_number=nhs_number) if nhs_number else same)


class Participant(Record):
    """A person the service supports or has supported."""

    name = models.CharField(max_length=160)
    name_key = models.CharField(max_length=160, editable=False)
    known_as = models.CharField("likes to be called", max_length=80, blank=True)
    pronouns = models.CharField(max_length=40, blank=True)
    date_of_birth = models.DateField()
    sex = models.CharField(max_length=14, choices=Sex, default=Sex.NOT_KNOWN)
    gender = models.CharField(max_length=60, blank=True)
    ethnicity = models.CharField(max_length=2, choices=Ethnicity, default=Ethnicity.NOT_KNOWN)
    nhs_number = models.CharField("NHS number", max_length=10, blank=True)
    practice = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="registered_people"
    )
    council = models.CharField(max_length=5, choices=Council, blank=True)
    telephone = models.CharField(max_length=24, blank=True)
    email = models.EmailField("e-mail address", blank=True)
    address = models.CharField(max_length=200, blank=True)
    postcode = models.CharField(max_length=8, blank=True)
    safe_contact = models.TextField("how to reach them safely", blank=True)
    safe_contact_checked_on = models.DateField(null=True, blank=True)
    language = models.CharField("spoken language", max_length=60, blank=True)
    interpreter = models.BooleanField("needs an interpreter", default=False)
    reading = models.CharField("help with reading", max_length=160, blank=True)
    adjustments = models.CharField("reasonable adjustments", max_length=200, blank=True)
    is_carer = models.BooleanField("looks after someone", default=False)
    risk_status = models.CharField(
        max_length=12, choices=RiskStatus, default=RiskStatus.NOT_CHECKED
    )
    risks = models.TextField(blank=True)
    search_text = models.CharField(max_length=400, editable=False)

    objects = ParticipantQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["search_text", "name_key"])

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["nhs_number"],
                condition=~Q(nhs_number=""),
                name="participant_nhs_number_once",
            ),
            models.CheckConstraint(
                name="participant_stated_risk_has_words",
                condition=~Q(risk_status="stated") | ~Q(risks=""),
            ),
        ]
        indexes = [models.Index(fields=["name_key", "date_of_birth"], name="participant_match")]

    def __str__(self) -> str:
        return self.called

    def save(self, *args, **kwargs):
        self.make_searchable()
        if (fields := kwargs.get("update_fields")) is not None:
            kwargs["update_fields"] = {*fields, "name_key", "search_text"}
        super().save(*args, **kwargs)

    def make_searchable(self) -> None:
        """Fill the columns that searching reads; call it before a bulk write."""
        self.name_key = plain(self.name)[:160]
        digits = "".join(c for c in self.telephone if c.isdigit())
        parts = [self.name_key, plain(self.known_as), self.nhs_number, digits]
        parts.append(self.postcode.replace(" ", "").lower())
        self.search_text = " ".join(part for part in parts if part)[:400]

    @property
    def called(self) -> str:
        """The name they like to go by: "Meg O'Brien" for Margaret O'Brien, called Meg."""
        if not self.known_as:
            return self.name
        if " " in self.known_as:
            return self.known_as
        return " ".join([self.known_as, *self.name.split()[1:]])

    @property
    def first_called(self) -> str:
        """How to speak of them: what they are called, else their first name."""
        return self.known_as or self.name.split()[0]

    @property
    def age(self) -> int:
        return age_on(self.date_of_birth, clock.today())

    @property
    def place(self) -> str:
        """Roughly where they live: the last part of the address and the outward postcode."""
        town = self.address.rsplit(",", 1)[-1].strip() if "," in self.address else ""
        return f"{town} {self.postcode.split(' ')[0]}".strip()

    @property
    def access_needs(self) -> list[str]:
        """What to bear in mind before meeting, in words."""
        needs = []
        if self.interpreter:
            needs.append(f"Interpreter: {self.language or 'language not known'}")
        elif self.language:
            needs.append(f"Speaks {self.language}")
        needs += [words for words in (self.reading, self.adjustments) if words]
        if self.is_carer:
            needs.append(CARER)
        return needs


class Consent(Record):
    """What a person agreed to, in which words, and when they took it back. Rows are never edited."""

    class Kind(models.TextChoices):
        CONTACT = "contact", "To be contacted by Spring"
        SHARE = "share", "Sharing with an organisation that helps"
        SUMMARY = "summary", "A summary back to the GP or referrer"
        EVALUATION = "evaluation", "Use of figures without a name for evaluation"
        MESSAGES = "messages", "Texts, e-mails and voicemail"

    class Method(models.TextChoices):
        SPOKEN = "spoken", "Spoken"
        WRITTEN = "written", "Written"

    participant = models.ForeignKey(Participant, models.PROTECT, related_name="consents")
    kind = models.CharField(max_length=12, choices=Kind)
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True)
    wording = models.CharField(max_length=20)
    obtained_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    method = models.CharField(max_length=8, choices=Method)
    given_at = models.DateTimeField(default=clock.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="consent_withdrawn_after_given",
                condition=Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gte=models.F("given_at")),
            )
        ]

    def __str__(self) -> str:
        return self.get_kind_display()
