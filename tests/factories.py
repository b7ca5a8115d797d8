"""Rows for tests, as plain as they can be: each test says what matters to it."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import count
from uuid import uuid4

import factory
import nhs_number
from factory.django import DjangoModelFactory

from linkworkers.models import Task, Worker
from participants.models import Assignment, Journey, JourneyNeed, Participant, Session
from partners.models import CommunityService, Membership, Organisation
from referrals.models import Referral, ReferralNeed
from spring.accounts.models import User
from spring.accounts.roles import Role
from spring.core import clock
from spring.core.calendar import add_working_days
from spring.core.dates import add_months
from spring.core.identifiers import new_id, reference_from

PASSWORD = "a long enough password"


def invented_nhs_numbers() -> Iterator[str]:
    """Valid numbers of the range that is never given to anyone."""
    return (str(n) for n in count(9990000018) if nhs_number.is_valid(str(n)))


class UserFactory(DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    name = factory.Sequence(lambda n: f"Worker Number{n}")
    email = factory.Sequence(lambda n: f"worker{n}@staff.example")
    password = factory.django.Password(PASSWORD)


class OrganisationFactory(DjangoModelFactory):
    class Meta:
        model = Organisation

    kind = Organisation.Kind.PARTNER
    name = factory.Sequence(lambda n: f"Partner {n}")
    code = factory.Sequence(lambda n: f"P{n:04}")


class ServiceFactory(OrganisationFactory):
    kind = Organisation.Kind.SERVICE
    name = "Spring"
    code = "SPRING"


class NetworkFactory(OrganisationFactory):
    kind = Organisation.Kind.PCN
    name = factory.Sequence(lambda n: f"Network {n}")
    code = factory.Sequence(lambda n: f"U99{n:03}")


class PracticeFactory(OrganisationFactory):
    kind = Organisation.Kind.PRACTICE
    name = factory.Sequence(lambda n: f"Surgery {n}")
    code = factory.Sequence(lambda n: f"Z99{n:03}")
    council = "west"
    network = factory.SubFactory(NetworkFactory)


class MembershipFactory(DjangoModelFactory):
    class Meta:
        model = Membership

    user = factory.SubFactory(UserFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    role = Role.LINK_WORKER
    starts_on = date(2021, 7, 1)


class WorkerFactory(DjangoModelFactory):
    """Someone at work: an account, a membership with a case role, a capacity."""

    class Meta:
        model = Worker
        skip_postgeneration_save = True

    user = factory.SubFactory(UserFactory)
    partner = factory.SubFactory(OrganisationFactory)
    capacity = 45

    @factory.post_generation
    def membership(self, create, extracted, **kwargs):
        if create and extracted is not False:
            role = Role.VOLUNTEER if self.is_volunteer else Role.LINK_WORKER
            MembershipFactory(user=self.user, organisation=self.partner, role=role)


class ParticipantFactory(DjangoModelFactory):
    class Meta:
        model = Participant

    name = factory.Sequence(lambda n: f"Margaret Number{n}")
    date_of_birth = date(1955, 3, 27)
    telephone = "07700 900123"
    nhs_number = factory.Iterator(invented_nhs_numbers(), cycle=False)


class JourneyFactory(DjangoModelFactory):
    """A journey that waits for its first contact; `started=days` makes it one under way."""

    class Meta:
        model = Journey
        skip_postgeneration_save = True

    class Params:
        started = None  # days ago

    id = factory.LazyFunction(new_id)
    participant = factory.SubFactory(ParticipantFactory)
    partner = factory.SubFactory(OrganisationFactory)
    source = "practice"
    council = "west"
    reference = factory.LazyAttribute(lambda journey: reference_from(journey.id))
    referred_on = factory.LazyAttribute(
        lambda journey: clock.today() - timedelta(days=(journey.started or 0) + 7)
    )
    accepted_on = factory.LazyAttribute(lambda journey: journey.referred_on + timedelta(days=1))
    first_contact_due_on = factory.LazyAttribute(
        lambda journey: add_working_days(journey.accepted_on, 5)
    )
    stage = factory.LazyAttribute(
        lambda journey: "active" if journey.started is not None else "waiting"
    )
    started_on = factory.LazyAttribute(
        lambda journey: (
            None if journey.started is None else clock.today() - timedelta(days=journey.started)
        )
    )
    first_attempt_on = factory.SelfAttribute("started_on")
    last_engaged_on = factory.SelfAttribute("started_on")
    next_review_month = factory.LazyAttribute(lambda journey: 3 if journey.started_on else None)
    next_review_on = factory.LazyAttribute(
        lambda journey: add_months(journey.started_on, 3) if journey.started_on else None
    )

    @factory.post_generation
    def lead(self, create, extracted, **kwargs):
        """`lead=user` gives the journey to someone."""
        if create and extracted:
            Assignment.objects.create(journey=self, worker=extracted, partner=self.partner)

    @factory.post_generation
    def needs(self, create, extracted, **kwargs):
        if create:
            for need in extracted or ["loneliness"]:
                JourneyNeed.objects.create(journey=self, need=need)


class SessionFactory(DjangoModelFactory):
    class Meta:
        model = Session

    journey = factory.SubFactory(JourneyFactory)
    partner = factory.SelfAttribute("journey.partner")
    worker = factory.SubFactory(UserFactory)
    happened_on = factory.LazyFunction(clock.today)
    kind = "session"
    mode = "telephone"
    outcome = "attended"
    minutes = 45


class TaskFactory(DjangoModelFactory):
    class Meta:
        model = Task

    journey = factory.SubFactory(JourneyFactory)
    text = "Ring about the garden group"
    due_on = factory.LazyFunction(lambda: clock.today() + timedelta(days=7))
    by = factory.SubFactory(UserFactory)


class ReferralFactory(DjangoModelFactory):
    """A referral that waits for a decision."""

    class Meta:
        model = Referral
        skip_postgeneration_save = True

    id = factory.LazyFunction(new_id)
    reference = factory.LazyAttribute(lambda referral: reference_from(referral.id))
    submission = factory.LazyFunction(uuid4)
    source = "practice"
    referrer_name = "Dr Ada Brown"
    referrer_email = "reception@surgery.example"
    referring_practice = factory.SubFactory(PracticeFactory)
    practice = factory.SelfAttribute("referring_practice")
    council = "west"
    name = factory.Sequence(lambda n: f"Joyce Number{n}")
    date_of_birth = date(1950, 6, 1)
    telephone = "07700 900456"
    agreement = "agreed"
    received_on = factory.LazyAttribute(lambda referral: clock.london_date(referral.submitted_at))
    submitted_at = factory.LazyFunction(clock.now)
    triage_due_on = factory.LazyAttribute(
        lambda referral: add_working_days(referral.received_on, 2)
    )

    @factory.post_generation
    def needs(self, create, extracted, **kwargs):
        if create:
            for need in extracted or ["loneliness"]:
                ReferralNeed.objects.create(referral=self, need=need)


class CommunityServiceFactory(DjangoModelFactory):
    class Meta:
        model = CommunityService

    name = factory.Sequence(lambda n: f"Garden group {n}")
    provider = "Ise Valley growers"
    need = "loneliness"
    last_checked_on = factory.LazyFunction(clock.today)
