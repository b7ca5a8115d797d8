"""A county in rows: months of referrals, journeys, sessions and answers, seeded and awkward.

Written in bulk and without any action, so that figures are tested against rows of every kind.
"""

import random
from datetime import date, datetime, timedelta
from uuid import uuid4

from linkworkers.models import Worker
from participants.instruments import ONS4
from participants.models import (
    Assignment,
    Journey,
    JourneyNeed,
    MeasureAnswer,
    MeasureSet,
    Participant,
    Review,
    Session,
)
from participants.reviews import due_on
from participants.stages import AFTER_START, BEFORE_START
from referrals.models import Referral, ReferralNeed
from referrals.states import DeclineReason
from spring.core.calendar import add_working_days
from spring.core.clock import LONDON, london_date
from spring.core.identifiers import new_id, reference_from
from spring.core.vocabulary import Ethnicity, Need, Sex, Source
from tests import factories as make


class County:
    """Builds `people` referrals spread over the days from `first` to `last`."""

    def __init__(self, seed: int, people: int, first: date, last: date) -> None:
        self.random = random.Random(seed)
        self.people, self.first, self.last = people, first, last
        self.rows: dict[type, list] = {}
        self.service = make.ServiceFactory()
        self.partners = [make.OrganisationFactory() for _ in range(3)]
        self.practices = [
            make.PracticeFactory(network=network, council=council)
            for network, council in (
                (network, self.random.choice(["west", "north"]))
                for network in [make.NetworkFactory() for _ in range(5)]
            )
            for _ in range(2)
        ]
        self.practices.append(make.PracticeFactory(network=None, council=""))
        self.workers = [
            make.WorkerFactory(partner=partner) for partner in self.partners for _ in range(2)
        ]
        self.keyed_by = self.workers[0].user

    def build(self) -> "County":
        for _ in range(self.people):
            self._referral()
        for model in (
            Participant,
            Journey,
            Referral,
            ReferralNeed,
            JourneyNeed,
            Assignment,
            Session,
            Review,
            MeasureSet,
            MeasureAnswer,
        ):
            model.objects.bulk_create(self.rows.get(model, []), batch_size=500)
        return self

    def add(self, row):
        self.rows.setdefault(type(row), []).append(row)
        return row

    def moment(self, day: date) -> datetime:
        """A time of that London day, often within an hour of midnight."""
        hour = self.random.choice([0, 0, 9, 12, 16, 23, 23])
        return datetime(
            day.year, day.month, day.day, hour, self.random.randrange(60), tzinfo=LONDON
        )

    def later(self, day: date, most: int) -> date | None:
        """A day up to `most` days later, or nothing where that is beyond the last day."""
        found = day + timedelta(days=self.random.randint(0, most))
        return found if found <= self.last else None

    def _referral(self) -> None:
        chance = self.random
        day = self.first + timedelta(days=chance.randrange((self.last - self.first).days + 1))
        submitted = self.moment(day)
        pk = new_id()
        practice = chance.choice([*self.practices, None])
        worker = chance.choice(self.workers)
        referral = Referral(
            id=pk,
            reference=reference_from(pk),
            submission=uuid4(),
            submitted_at=submitted,
            received_on=london_date(submitted),
            source=chance.choice(Source.values),
            referrer_name="Dr Ada Brown",
            referrer_email="reception@surgery.example",
            practice=practice,
            council=(practice.council if practice else chance.choice(["west", "north", ""])),
            name="Joyce Number",
            name_key="joyce number",
            date_of_birth=date(1935 + chance.randrange(70), 1 + chance.randrange(12), 28),
            telephone="07700 900456",
            agreement="agreed",
            triage_due_on=add_working_days(day, 2),
        )
        for need in chance.sample(Need.values, chance.choice([0, 1, 1, 2, 4])):
            self.add(ReferralNeed(referral=referral, need=need))
        decided_on = self.later(day, 6)
        if decided_on:
            referral.decided_at = self.moment(decided_on)
            referral.decided_by = self.keyed_by
            referral.status = chance.choice(
                ["accepted"] * 8 + ["declined", "signposted", "passed_to_nhs"]
            )
            if referral.status == "declined":
                referral.decline_reason = chance.choice(DeclineReason.values)
            if referral.status == "accepted":
                referral.partner = worker.partner
                referral.journey = self._journey(referral, worker, decided_on)
        self.add(referral)

    def _journey(self, referral: Referral, worker: Worker, accepted_on: date) -> Journey:
        chance = self.random
        person = self.add(
            Participant(
                name="Joyce Number",
                name_key="joyce number",
                search_text="joyce number",
                date_of_birth=referral.date_of_birth,
                sex=chance.choice(Sex.values),
                ethnicity=chance.choice(Ethnicity.values),
            )
        )
        journey = self.add(
            Journey(
                id=new_id(),
                participant=person,
                service="nhs" if chance.random() < 0.05 else "spring",
                partner=worker.partner,
                council=referral.council,
                reference=referral.reference,
                source=referral.source,
                referred_on=referral.received_on,
                accepted_on=accepted_on,
                first_contact_due_on=add_working_days(accepted_on, 5),
                paused_days=chance.choice([0] * 6 + [9, 40]),
            )
        )
        self._assign(journey, worker, accepted_on)
        attempted = self.later(accepted_on, 12) if chance.random() < 0.95 else None
        if attempted:
            journey.first_attempt_on = attempted
            if chance.random() < 0.5:
                self._session(journey, worker, attempted, "no_answer")
            started = self.later(attempted, 10) if chance.random() < 0.9 else None
            if started:
                journey.started_on, journey.stage = started, "active"
                self._session(journey, worker, started, "attended")
        end = self.later(accepted_on, 500)
        if end and (journey.started_on is None or end >= journey.started_on):
            journey.closed_on, journey.stage = end, "closed"
            fitting = AFTER_START if journey.started_on else BEFORE_START
            journey.closure_reason = chance.choice(sorted(fitting))
        if journey.started_on:
            self._work(journey, worker)
        return journey

    def _assign(self, journey: Journey, worker: Worker, accepted_on: date) -> None:
        """One lead; in some journeys the partner changes half way."""
        assignment = self.add(
            Assignment(
                journey=journey,
                worker=worker.user,
                partner=worker.partner,
                starts_at=self.moment(accepted_on),
            )
        )
        handed = self.later(accepted_on, 200)
        if handed and handed > accepted_on and self.random.random() < 0.2:
            other = self.random.choice(self.workers)
            assignment.ends_at = self.moment(handed)
            journey.partner = other.partner
            self.add(
                Assignment(
                    journey=journey,
                    worker=other.user,
                    partner=other.partner,
                    starts_at=assignment.ends_at,
                )
            )

    def _session(self, journey: Journey, worker: Worker, day: date, outcome: str) -> None:
        on_behalf = outcome == "done"
        self.add(
            Session(
                journey=journey,
                partner=worker.partner,
                worker=worker.user,
                happened_on=day,
                kind="on_behalf" if on_behalf else "session",
                mode=self.random.choice(["telephone", "in_person", "video"]),
                outcome=outcome,
                minutes=30,
            )
        )

    def _work(self, journey: Journey, worker: Worker) -> None:
        chance = self.random
        last = journey.closed_on or self.last
        outcomes = list(Session.Outcome.values)
        for _ in range(chance.randrange(8)):
            day = self.later(journey.started_on, 300)
            if day and day <= last:
                self._session(journey, worker, day, chance.choice(outcomes))
        self._answers(journey, journey.started_on + timedelta(days=chance.choice([-2, 0, 20, 40])))
        due = due_on(journey.started_on, 6, journey.paused_days)
        if due <= last and chance.random() < 0.8:
            done = due + timedelta(days=chance.choice([-5, 0, 12, 35]))
            held = done <= self.last and chance.random() < 0.9
            self.add(
                Review(
                    journey=journey,
                    partner=journey.partner,
                    month=6,
                    due_on=due,
                    done_on=done if held else None,
                    skipped_reason="" if held else "Away",
                    by=self.keyed_by,
                )
            )
            for offset in chance.choice([(), (0,), (-5, 3), (27,), (29,)]):
                self._answers(journey, due + timedelta(days=offset))

    def _answers(self, journey: Journey, day: date) -> None:
        if not journey.referred_on <= day <= self.last:
            return
        complete = self.random.random() < 0.9
        answered = self.add(
            MeasureSet(
                journey=journey,
                instrument="ons4",
                version="2018",
                completed_on=day,
                entered_at=self.moment(day),
                completion="self",
                keyed_by=self.keyed_by,
                is_complete=complete,
            )
        )
        for item in ONS4.items if complete else ONS4.items[:2]:
            self.add(
                MeasureAnswer(
                    measure_set=answered, item=item.code, value=self.random.randint(0, 10)
                )
            )
        if complete and self.random.random() < 0.1:
            self._corrected(answered)

    def _corrected(self, wrong: MeasureSet) -> None:
        right = MeasureSet(
            journey=wrong.journey,
            instrument="ons4",
            version="2018",
            completed_on=wrong.completed_on,
            entered_at=wrong.entered_at + timedelta(hours=1),
            completion="self",
            keyed_by=self.keyed_by,
            is_complete=True,
            correction_reason="Typed wrongly",
        )
        sets = self.rows[MeasureSet]
        sets.insert(len(sets) - 1, right)  # before the row that points at it
        wrong.superseded_by = right
        for item in ONS4.items:
            self.add(MeasureAnswer(measure_set=right, item=item.code, value=5))


def county(
    seed: int = 1,
    people: int = 400,
    first: date = date(2025, 2, 1),
    last: date = date(2026, 11, 10),
) -> County:
    return County(seed, people, first, last).build()
