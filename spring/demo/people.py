"""Who somebody is, and how they came to be referred."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings

from participants.models import Journey, Participant
from partners.models import Organisation
from referrals.models import Referral, ReferralNeed, StatusChange
from referrals.states import DeclineReason, Status
from spring.accounts.models import User
from spring.core import clock
from spring.core.calendar import add_working_days
from spring.core.identifiers import plain, reference_from
from spring.core.vocabulary import Ethnicity, RiskStatus, Sex, Source
from spring.demo import county, names, phrases
from spring.demo.batch import Batch
from spring.demo.cases import Case
from spring.demo.chance import Chance, Odds
from spring.demo.organisations import Service, made_up_postcode

TOWNS = Odds({town: weight for town, _, _, weight in county.TOWNS})
DISTRICTS = {town: codes for town, codes, _, _ in county.TOWNS}
COUNCILS = {town: council for town, _, council, _ in county.TOWNS}
AGES = Odds({(18, 30): 10, (31, 50): 22, (51, 65): 25, (66, 80): 27, (81, 97): 16})
SEXES = Odds({Sex.FEMALE: 58, Sex.MALE: 40, Sex.NOT_KNOWN: 1.7, Sex.INDETERMINATE: 0.3})
SOURCES = Odds(
    {
        Source.PRACTICE: 62,
        Source.NHS_LINK_WORKER: 8,
        Source.HOSPITAL: 6,
        Source.SOCIAL_CARE: 7,
        Source.COMMUNITY: 6,
        Source.SELF: 8,
        Source.FAMILY: 3,
        Source.OTHER: 0.5,
    }
)
RISKS = Odds({RiskStatus.NOT_CHECKED: 55, RiskStatus.NONE_KNOWN: 31, RiskStatus.STATED: 14})
PRONOUNS: dict[str, str] = {Sex.FEMALE: "she/her", Sex.MALE: "he/him"}
ROLES = ("Dr", "Dr", "Dr", "Nurse", "Sister")
WEEKEND_WRITERS = (Source.SELF, Source.FAMILY)


@dataclass
class Person:
    """What is known of somebody: `facts` as a referral says them, `later` as they told us."""

    facts: dict[str, Any]
    later: dict[str, Any]
    needs: list[str]
    age: int
    town: str


@dataclass
class Opening:
    """What is settled on the day a journey begins."""

    participant: Participant
    person: Person
    reference: str
    referred_on: date
    source: str
    matters: str
    at: datetime
    by: User
    practice: Organisation | None
    council: str
    continues: Journey | None = None
    service: str = Journey.Service.SPRING


class Crowd:
    """Makes people, no two of them alike by accident."""

    def __init__(self, service: Service, batch: Batch) -> None:
        self.service, self.batch = service, batch
        self.known: set[tuple[str, date]] = set()
        self.references: set[str] = set()

    def person(self, chance: Chance, case: Case, nhs_number: str) -> Person:
        """Somebody new; what `case.who` says of them holds."""
        who = dict(case.who)
        ethnicity = who.pop("ethnicity", "") or chance.drawn(names.ETHNICITIES)
        background = chance.drawn(names.BACKGROUNDS.get(ethnicity, names.BACKGROUNDS["A"]))
        sex = who.get("sex") or chance.drawn(SEXES)
        name = who.get("name") or _name(chance, background, sex)
        low, high = chance.drawn(AGES)
        age = who.pop("age", None) or chance.whole(low, high)
        if case.decline_reason == DeclineReason.UNDER_18:
            age = chance.whole(14, 17)
        born = self._born(chance, name, age, case.received_on)
        town = who.pop("town", "") or chance.drawn(TOWNS)
        practice = self._practice(chance, town, case, who.pop("practice_code", ""))
        language = names.LANGUAGES.get(background, "") if chance.often(0.4) else ""
        stated = chance.drawn(RISKS)
        facts: dict[str, Any] = {
            "name": name,
            "known_as": names.SHORTER.get(name.split()[0], "") if chance.often(0.4) else "",
            "date_of_birth": born,
            "sex": sex,
            "nhs_number": nhs_number,
            "practice": practice,
            "council": practice.council if practice else "",
            "telephone": _telephone(chance) if chance.often(0.94) else "",
            "email": f"{plain(name).replace(' ', '.')}@example.org" if chance.often(0.2) else "",
            "address": f"{chance.whole(1, 120)} {chance.one_of(county.STREETS)}, {town}",
            "postcode": made_up_postcode(chance, chance.one_of(DISTRICTS[town])),
            "safe_contact": chance.one_of(phrases.SAFE_CONTACT) if chance.often(0.12) else "",
            "language": language,
            "interpreter": bool(language) and chance.often(0.5),
            "reading": chance.one_of(phrases.READING) if chance.often(0.07) else "",
            "adjustments": chance.one_of(phrases.ADJUSTMENTS) if chance.often(0.12) else "",
            "risk_status": stated,
            "risks": chance.one_of(phrases.RISKS) if stated == RiskStatus.STATED else "",
        }
        if case.decline_reason == DeclineReason.OUT_OF_AREA:
            facts |= {"practice": None, "council": "", "address": "3 Harbour Street, Elsewhere"}
            facts["postcode"] = made_up_postcode(chance, "LE2")
        elif facts["telephone"] and chance.often(0.12):
            facts |= {"address": "", "postcode": ""}
        needs = who.pop("needs", None) or chance.some_of(phrases.NEEDS, chance.whole(1, 4))
        asked = chance.random()
        later = {
            "ethnicity": Ethnicity.NOT_STATED if asked < 0.05
            else Ethnicity.NOT_KNOWN if asked < 0.11 else ethnicity,
            "pronouns": who.pop("pronouns", "") or _pronouns(chance, sex),
            "is_carer": who.pop("is_carer", "caring" in needs),
        }  # fmt: skip
        facts |= who
        return Person(facts, later, needs, age, town)

    def _born(self, chance: Chance, name: str, age: int, on: date) -> date:
        key = plain(name)
        while True:
            born = on - timedelta(days=int(age * 365.25) + chance.whole(5, 355))
            if (key, born) not in self.known:
                self.known.add((key, born))
                return born

    def _practice(self, chance: Chance, town: str, case: Case, code: str) -> Organisation | None:
        if code:
            return next(p for p in self.service.practices if p.code == code)
        if case.fate in ("declined", "undecided", "signposted", "journey") and chance.often(0.04):
            return None
        known = [
            practice
            for practice in self.service.by_town[town]
            if practice.valid_to is None or practice.valid_to >= case.received_on
        ]
        return chance.one_of(known)

    def referral(
        self, chance: Chance, person: Person, received_on: date, *, source: str = "", **facts: Any
    ) -> Referral:
        """A referral of somebody as it arrives, not decided yet."""
        practice = person.facts["practice"]
        source = source or chance.drawn(SOURCES)
        if source in (Source.PRACTICE, Source.NHS_LINK_WORKER) and practice is None:
            source = Source.HOSPITAL
        hours = (7, 22) if source in WEEKEND_WRITERS else (8, 18)
        submitted = chance.moment(received_on, *hours)
        identity, reference = self._identity(chance, submitted)
        exception = chance.often(0.025)
        matters = chance.one_of(phrases.MATTERS[person.needs[0]]) if chance.often(0.7) else ""
        words = {
            "id": identity,
            "created_at": submitted,
            "reference": reference,
            "submission": chance.id_at(submitted),
            "submitted_at": submitted,
            "received_on": clock.london_date(submitted),
            "triage_due_on": add_working_days(
                received_on, settings.SPRING["TRIAGE_WORKING_DAYS"]
            ),
            "source": source,
            "what_matters": matters,
            "agreement": "exception" if exception else "agreed",
            "exception_reason": chance.one_of(phrases.EXCEPTION_REASONS) if exception else "",
        }  # fmt: skip
        words |= _referrer(chance, source, person, practice)
        words |= person.facts
        referral = Referral(**(words | facts))
        referral.name_key = plain(referral.name)[:160]
        self.batch.add(referral)
        for need in person.needs:
            self.batch.add(ReferralNeed(referral=referral, need=need))
        self.batch.add(
            StatusChange(referral=referral, to_status=Status.RECEIVED, at=submitted, by=None)
        )
        return referral

    def _identity(self, chance: Chance, moment: datetime):
        while True:
            identity = chance.id_at(moment)
            reference = reference_from(identity)
            if reference not in self.references:
                self.references.add(reference)
                return identity, reference

    def decide(
        self, chance: Chance, referral: Referral, status: str, after: int, **facts: Any
    ) -> tuple[datetime, User]:
        """Decide on a referral some working days after it came; says when, and who did."""
        day = add_working_days(referral.received_on, after)
        at = max(chance.moment(day), referral.submitted_at + timedelta(minutes=chance.whole(6, 50)))
        by = self.service.coordinators[0 if chance.often(0.7) else 1]
        referral.status, referral.decided_at, referral.decided_by = status, at, by
        for name, value in facts.items():
            setattr(referral, name, value)
        self.batch.add(
            StatusChange(
                referral=referral, from_status=Status.RECEIVED, to_status=status, at=at, by=by
            )
        )
        return at, by

    def participant(self, chance: Chance, person: Person, at: datetime, on: date) -> Participant:
        """The record that an accepted referral makes."""
        participant = Participant(id=chance.id_at(at), created_at=at, **person.facts)
        if participant.safe_contact:
            participant.safe_contact_checked_on = on
        participant.make_searchable()
        return self.batch.add(participant)


def _name(chance: Chance, background: str, sex: str) -> str:
    women, men, surnames = names.POOLS[background]
    first = women if sex == Sex.FEMALE or (sex != Sex.MALE and chance.often(0.5)) else men
    if chance.often(0.004):
        return chance.one_of(first)
    return f"{chance.one_of(first)} {chance.one_of(surnames)}"


def _telephone(chance: Chance) -> str:
    """From the ranges that Ofcom keeps for drama: they reach nobody."""
    if chance.often(0.7):
        return f"07700 900{chance.whole(0, 999):03}"
    return f"01632 960{chance.whole(0, 999):03}"


def _pronouns(chance: Chance, sex: str) -> str:
    if not chance.often(0.1):
        return ""
    return {str(Sex.FEMALE): "she/her", str(Sex.MALE): "he/him"}.get(sex, "they/them")


def _referrer(
    chance: Chance, source: str, person: Person, practice: Organisation | None
) -> dict[str, Any]:
    surname = chance.one_of(names.SURNAMES)
    if source == Source.SELF:
        return {
            "referrer_name": person.facts["name"],
            "referrer_email": f"{plain(person.facts['name']).replace(' ', '.')}@example.org",
        }
    if source == Source.FAMILY:
        name = f"{chance.one_of(names.FEMALE + names.MALE)} {surname}"
        return {"referrer_name": name, "referrer_email": f"{surname.lower()}@example.org"}
    if source in (Source.PRACTICE, Source.NHS_LINK_WORKER) and practice:
        title = chance.one_of(ROLES) if source == Source.PRACTICE else chance.one_of(names.FEMALE)
        return {
            "referrer_name": f"{title} {surname}",
            "referrer_email": practice.email,
            "referrer_organisation": practice.name,
            "referrer_telephone": practice.telephone,
            "referring_practice": practice,
            "referrer_reference": f"EXT-{chance.whole(1000, 9999)}" if chance.often(0.2) else "",
        }
    team = chance.one_of(
        {
            Source.HOSPITAL: county.HOSPITALS,
            Source.SOCIAL_CARE: county.COUNCIL_TEAMS,
            Source.COMMUNITY: county.COMMUNITY_REFERRERS,
        }.get(Source(source), ("Parish office",))
    )
    return {
        "referrer_name": f"{chance.one_of(names.FEMALE + names.MALE)} {surname}",
        "referrer_email": f"{surname.lower()}@{source.replace('_', '-')}.example",
        "referrer_organisation": team,
    }
