"""A small world: two partners that must not see each other, and someone in every role."""

from dataclasses import dataclass

from participants.models import Journey, Participant
from partners.models import Organisation
from referrals.models import Referral
from spring.accounts.models import User
from spring.accounts.roles import Role
from tests import factories as make


@dataclass
class World:
    service: Organisation
    partner: Organisation
    other_partner: Organisation
    practice: Organisation
    other_practice: Organisation
    commissioner_body: Organisation

    worker: User
    colleague: User
    volunteer: User
    stranger: User  # a link worker of the other partner
    nhs_worker: User
    other_nhs_worker: User
    manager: User
    other_manager: User
    partner_coordinator: User
    coordinator: User
    service_manager: User
    commissioner: User
    administrator: User
    nobody: User  # an account without any membership

    journey: Journey  # the worker's
    colleague_journey: Journey
    volunteer_journey: Journey
    other_journey: Journey  # the stranger's, at the other partner
    nhs_journey: Journey
    referral: Referral  # undecided

    @property
    def participant(self) -> Participant:
        return self.journey.participant

    @property
    def other_participant(self) -> Participant:
        return self.other_journey.participant

    def actors(self) -> dict[str, User]:
        """Everyone who signs in, by the name used in permissions.yaml."""
        names = (
            "worker colleague volunteer stranger nhs_worker other_nhs_worker manager other_manager "
            "partner_coordinator coordinator service_manager commissioner administrator nobody"
        )
        return {name: getattr(self, name) for name in names.split()}


def make_world() -> World:
    service = make.ServiceFactory()
    partner = make.OrganisationFactory(name="Northamptonshire Carers", code="NC")
    other_partner = make.OrganisationFactory(name="Mayday Trust", code="MT")
    practice = make.PracticeFactory(name="Rockingham Forest Surgery")
    other_practice = make.PracticeFactory(name="Brackley Surgery", council="north")
    body = make.OrganisationFactory(name="Integrated Care Board", code="QPM", kind="commissioner")

    def someone(name: str, role: str, at: Organisation) -> User:
        user = make.UserFactory(name=name, email=f"{name.split()[0].lower()}@staff.example")
        make.MembershipFactory(user=user, organisation=at, role=role)
        return user

    def worker(name: str, at: Organisation, *, volunteer: bool = False) -> User:
        user = someone(name, Role.VOLUNTEER if volunteer else Role.LINK_WORKER, at)
        make.WorkerFactory(
            user=user,
            partner=at,
            is_volunteer=volunteer,
            capacity=6 if volunteer else 45,
            membership=False,
        )
        return user

    amira = worker("Amira Khan", partner)
    colleague = worker("Ben Carter", partner)
    volunteer = worker("Violet Ash", partner, volunteer=True)
    stranger = worker("Stan Ford", other_partner)
    nhs_worker = someone("Nia Hughes", Role.NHS_LINK_WORKER, practice)
    other_nhs_worker = someone("Nora Webb", Role.NHS_LINK_WORKER, other_practice.network)

    meg = make.ParticipantFactory(
        name="Margaret O'Brien", known_as="Meg", pronouns="she/her", practice=practice
    )
    journey = make.JourneyFactory(
        participant=meg, partner=partner, lead=amira, started=40, practice=practice
    )
    nhs_journey = make.JourneyFactory(
        partner=service, service="nhs", practice=practice, lead=nhs_worker, started=20
    )
    return World(
        service=service,
        partner=partner,
        other_partner=other_partner,
        practice=practice,
        other_practice=other_practice,
        commissioner_body=body,
        worker=amira,
        colleague=colleague,
        volunteer=volunteer,
        stranger=stranger,
        nhs_worker=nhs_worker,
        other_nhs_worker=other_nhs_worker,
        manager=someone("Mary Manager", Role.PARTNER_MANAGER, partner),
        other_manager=someone("Otto Manager", Role.PARTNER_MANAGER, other_partner),
        partner_coordinator=someone("Polly Hill", Role.COORDINATOR, partner),
        coordinator=someone("Cora Day", Role.COORDINATOR, service),
        service_manager=someone("Simon Lake", Role.SERVICE_MANAGER, service),
        commissioner=someone("Connie Pay", Role.COMMISSIONER, body),
        administrator=someone("Ada Keys", Role.ADMINISTRATOR, service),
        nobody=make.UserFactory(name="Norman Nobody", email="norman@staff.example"),
        journey=journey,
        colleague_journey=make.JourneyFactory(partner=partner, lead=colleague, started=100),
        volunteer_journey=make.JourneyFactory(partner=partner, lead=volunteer, started=60),
        other_journey=make.JourneyFactory(partner=other_partner, lead=stranger, started=30),
        nhs_journey=nhs_journey,
        referral=make.ReferralFactory(practice=practice, referring_practice=practice),
    )
