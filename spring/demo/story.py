"""The whole story, from the first referral to today, told person by person."""

import math
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import accumulate

from django.db import transaction

from participants.models import Journey, Participant
from participants.stages import ClosureReason
from referrals.models import Referral
from referrals.states import DeclineReason, Status
from spring.accounts.models import User
from spring.core import installation
from spring.core.calendar import add_working_days, is_working_day
from spring.core.dates import add_months
from spring.core.vocabulary import RiskStatus, Source
from spring.demo import cases, phrases
from spring.demo.batch import Batch
from spring.demo.cases import Case
from spring.demo.chance import Chance, unissued_nhs_number
from spring.demo.journeys import Telling
from spring.demo.oddities import MEG_NUMBER, odd_cases
from spring.demo.organisations import Founding, Post, Service
from spring.demo.people import Crowd, Opening, Person
from spring.demo.sessions import Keeper

CHAPTER = 250  # people told before their rows are written
NHS_LASTS = (62, 100)
LEANINGS = {"NC": ("caring",), "MT": ("housing", "work", "substances", "legal", "money")}


class Story:
    """Tells of `people` people referred in the `months` months before `as_of`."""

    def __init__(self, *, people: int, months: int, seed: int, as_of: date) -> None:
        self.people, self.months, self.seed, self.as_of = people, months, seed, as_of
        self.batch = Batch()
        chance = Chance(f"{seed}/service")
        founding = Founding(chance, self.batch, people=people, months=months, as_of=as_of)
        self.service: Service = founding.all()
        self.crowd = Crowd(self.service, self.batch)
        self.numbers_from = chance.whole(0, 999_999)
        self.next_number = 0
        self.outline = self._outline(chance)

    def _outline(self, chance: Chance) -> list[Case]:
        """Everyone's case, odd ones among them, in the order in which they came."""
        first = add_months(self.as_of, -self.months)
        span = (self.as_of - first).days
        days = [first + timedelta(days=n) for n in range(span)]
        weights = list(accumulate(_busy(day, n / span) for n, day in enumerate(days)))
        odd = [case for case in odd_cases(self.as_of) if case.received_on >= first][: self.people]
        told = list(odd)
        for _ in range(self.people - len(odd)):
            day = chance.choices(days, cum_weights=weights)[0]
            told.append(cases.draw(chance, day, self.as_of))
        return sorted(told, key=lambda case: case.received_on)

    def tell(self, position: int) -> None:
        """Tell of the person at a position of the outline; the rows are in the batch."""
        chance = Chance(f"{self.seed}/{position}")
        case = self.outline[position]
        numbered = position % 10 != 7 if case.numbered is None else case.numbered
        number = case.who.get("nhs_number", "") or (self._number() if numbered else "")
        person = self.crowd.person(chance, case, number)
        referral = self.crowd.referral(chance, person, case.received_on, source=case.source)
        participant = None
        if case.fate != cases.UNDECIDED:
            participant = self._decide(chance, case, person, referral)
        for days in case.again:
            self.crowd.referral(chance, person, add_working_days(self.as_of, -days))
        if participant and chance.often(0.01):
            self._known_already(chance, person)

    def _number(self) -> str:
        while True:
            number = unissued_nhs_number(self.next_number, self.numbers_from)
            self.next_number += 1
            if number and number != MEG_NUMBER:
                return number

    def _decide(
        self, chance: Chance, case: Case, person: Person, referral: Referral
    ) -> Participant | None:
        if add_working_days(referral.received_on, case.decide_after) >= self.as_of:
            return None
        decide, after = self.crowd.decide, case.decide_after
        if case.fate == cases.DECLINED:
            reason = case.decline_reason
            note = phrases.DECISION_NOTES[reason]
            decide(chance, referral, Status.DECLINED, after, decline_reason=reason,
                   decision_note=note)  # fmt: skip
            return None
        if case.fate == cases.SIGNPOSTED:
            note = chance.one_of(phrases.SIGNPOSTS)
            decide(chance, referral, Status.SIGNPOSTED, after, decision_note=note)
            return None
        if case.fate == cases.JOURNEY:
            return self._accept(chance, case, person, referral)
        note = "Three months may be enough."
        at, _ = decide(chance, referral, Status.PASSED_TO_NHS, after, decision_note=note)
        if case.fate == cases.PASSED:
            return None
        return self._with_nhs(chance, case, person, referral, at)

    def _accept(
        self,
        chance: Chance,
        case: Case,
        person: Person,
        referral: Referral,
        participant: Participant | None = None,
    ) -> Participant:
        at, by = self.crowd.decide(chance, referral, Status.ACCEPTED, case.decide_after)
        if participant is None:
            participant = self.crowd.participant(chance, person, at, referral.received_on)
        opening = self._opening(referral, participant, person, at, by)
        journey = self._tell_journey(chance, case, opening)
        referral.journey = journey
        # A referral was taken by the partner who began; a hand-over changes the journey only.
        referral.partner = self.first_partner
        if journey.closed_on and case.returns:
            self._return(chance, case, person, participant, journey)
        return participant

    def _opening(
        self, referral: Referral, participant: Participant, person: Person, at: datetime, by: User
    ) -> Opening:
        return Opening(
            participant=participant,
            person=person,
            reference=referral.reference,
            referred_on=referral.received_on,
            source=referral.source,
            matters=referral.what_matters,
            at=at,
            by=by,
            practice=referral.practice,
            council=referral.council,
        )

    def _tell_journey(self, chance: Chance, case: Case, opening: Opening) -> Journey:
        post = self._post(chance, case, opening)
        after, case = self._after(chance, case, post, opening)
        supporter = None
        if case.supporter:
            volunteers = [
                p for p in self.service.posts if p.volunteer and p.partner is post.partner
            ]
            if volunteers and post not in volunteers:
                supporter = _keeper(chance.one_of(volunteers))
        self.first_partner = post.partner
        telling = Telling(
            chance, self.batch, case, opening, _keeper(post), after, self.as_of, supporter
        )
        journey = telling.tell()
        self._got_to_know(opening.participant, opening.person, journey)
        return journey

    def _got_to_know(self, participant: Participant, person: Person, journey: Journey) -> None:
        """What is learnt only once somebody has been met."""
        if journey.started_on:
            participant.ethnicity = person.later["ethnicity"]
            participant.pronouns = person.later["pronouns"]
            participant.is_carer = person.later["is_carer"]

    def _post(self, chance: Chance, case: Case, opening: Opening) -> Post:
        if case.worker:
            return self.service.post_of(case.worker)
        posts = self.service.posts
        left, left_on = self.service.left, self.service.left_on
        if left and left_on and opening.at.date() < left_on:
            posts = [*posts, left]
        risky = opening.participant.risk_status == RiskStatus.STATED
        weights = []
        for post in posts:
            weight = post.share * self._leaning(post.partner.code, opening.person)
            weights.append(0.0 if risky and post.volunteer else weight)
        return chance.choices(posts, weights)[0]

    @staticmethod
    def _leaning(code: str, person: Person) -> float:
        if code == "AUN" and person.age >= 65:
            return 1.6
        return 1.8 if set(LEANINGS.get(code, ())) & set(person.needs) else 1.0

    def _after(
        self, chance: Chance, case: Case, post: Post, opening: Opening
    ) -> tuple[Keeper | None, Case]:
        """Who takes over, if anyone does: everyone of a worker who left is handed over."""
        how, left_on = case.hand_over, self.service.left_on
        if post is self.service.left and left_on:
            how = "within"
            days = max(0, (left_on - opening.at.date()).days - (case.starts_after or 0))
            case = replace(case, hand_over="within", hand_over_after=days)
        if not how:
            return None, case
        same = how == "within"
        others = [
            other
            for other in self.service.posts
            if (other.partner is post.partner) == same and other is not post and not other.volunteer
        ]
        return (_keeper(chance.one_of(others)), case) if others else (None, case)

    def _return(
        self, chance: Chance, case: Case, person: Person, participant: Participant, before: Journey
    ) -> None:
        """The same person, some weeks after the closing, with a referral of their own."""
        if before.closed_on is None or before.closure_reason == ClosureReason.DIED:
            return
        received = add_working_days(before.closed_on + timedelta(days=chance.whole(25, 70)), 0)
        if add_working_days(received, 4) >= self.as_of:
            return
        again = cases.draw(chance, received, self.as_of)
        again = replace(again, fate=cases.JOURNEY, returns=False, again=())
        referral = self.crowd.referral(chance, person, received, source=Source.SELF)
        if add_working_days(received, again.decide_after) < self.as_of:
            self._accept(chance, again, person, referral, participant)

    def _known_already(self, chance: Chance, person: Person) -> None:
        """A second referral of somebody who is with us: turned down, the link worker told."""
        received = self.as_of - timedelta(days=chance.whole(12, 40))
        referral = self.crowd.referral(chance, person, add_working_days(received, 0))
        self.crowd.decide(
            chance, referral, Status.DECLINED, 1, decline_reason=DeclineReason.ALREADY_WITH_US,
            decision_note=phrases.DECISION_NOTES[DeclineReason.ALREADY_WITH_US],
        )  # fmt: skip

    # --- the three-month service at the practices ---------------------------------------------------
    def _with_nhs(
        self, chance: Chance, case: Case, person: Person, referral: Referral, at: datetime
    ) -> Participant:
        participant = self.crowd.participant(chance, person, at, referral.received_on)
        network = next(
            network
            for network in self.service.networks.values()
            if referral.practice and network.pk == referral.practice.network_id
        )
        keeper = Keeper(self.service.nhs[str(network.pk)], network)
        opening = self._opening(referral, participant, person, at, keeper.worker)
        opening.service = Journey.Service.NHS
        short = replace(
            case, worker="", lasts=chance.whole(*NHS_LASTS), starts_after=case.starts_after or 5,
            reason=ClosureReason.GOALS_MET, pauses=[], rhythm=None, hand_over="", corrected=False,
            silent=min(case.silent, 20),
        )  # fmt: skip
        if case.fate == cases.STEP_UP:
            short.reason = ClosureReason.OTHER_SERVICE
        telling = Telling(chance, self.batch, short, opening, keeper, None, self.as_of)
        nhs = telling.tell()
        self._got_to_know(participant, person, nhs)
        if case.fate == cases.STEP_UP and nhs.closed_on:
            at = telling.diary.clock + timedelta(minutes=chance.whole(3, 40))
            self._step_up(chance, case, opening, nhs, at)
        return participant

    def _step_up(
        self, chance: Chance, case: Case, opening: Opening, nhs: Journey, at: datetime
    ) -> None:
        """On to Spring: the same referral date, the same story, another clock of months."""
        further = replace(
            opening, at=at, continues=nhs, source=Source.NHS_LINK_WORKER,
            service=Journey.Service.SPRING, by=self.service.coordinators[0],
        )  # fmt: skip
        self._tell_journey(chance, case, further)


def _keeper(post: Post) -> Keeper:
    return Keeper(post.user, post.partner)


def _busy(day: date, far: float) -> float:
    """How many referrals a day brings: more in winter, fewer in August, ever more as Spring
    becomes known, hardly any at weekends.
    """
    season = 1 + 0.22 * math.cos((day.timetuple().tm_yday - 20) / 365 * 2 * math.pi)
    season *= 0.8 if day.month == 8 or (day.month == 12 and day.day > 20) else 1
    return season * (0.75 + 0.5 * far) * (1 if is_working_day(day) else 0.06)


def make(
    *, people: int, months: int, seed: int, as_of: date, told: Callable[[int, int], None]
) -> int:
    """Write the whole story, or nothing of it; says how many rows. `told` hears how far it is."""
    with transaction.atomic():
        story = Story(people=people, months=months, seed=seed, as_of=as_of)
        rows = story.batch.write()
        for position in range(people):
            story.tell(position)
            if (position + 1) % CHAPTER == 0:
                rows += story.batch.write()
                told(position + 1, people)
        rows += story.batch.write()
        told(people, people)
        installation.mark_demonstration(
            seed=seed, people=people, months=months, as_of=as_of.isoformat()
        )
    return rows
