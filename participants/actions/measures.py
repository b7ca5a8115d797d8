"""Recording the answers to a measure."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from participants.actions.journeys import locked
from participants.instruments import INSTRUMENTS, Completion
from participants.models import Journey, MeasureAnswer, MeasureSet
from spring.audit.log import Verb, record
from spring.core import clock
from spring.core.refusal import Refused


@transaction.atomic
def record_measure(
    *,
    journey: Journey,
    instrument: str,
    answers: Mapping[str, int],
    completed_on: date,
    completion: str,
    by: Any,
    submission: UUID | None = None,
    corrects: MeasureSet | None = None,
    correction_reason: str = "",
) -> MeasureSet:
    """Write down a person's own answers; items they left out are simply not there.

    A correction is a new set that takes the earlier one's place, with a reason. The same
    `submission` sent again returns the set already written.
    """
    journey = locked(journey)
    if submission and (again := MeasureSet.objects.filter(submission=submission).first()):
        if again.journey_id != journey.pk:
            raise Refused("This form was used before. Open the page again and write it there.")
        return again
    asked = INSTRUMENTS[instrument]
    if not answers:
        raise Refused("Record at least one answer.")
    items = {item.code: item for item in asked.items}
    for code, value in answers.items():
        if code not in items:
            raise Refused("One of the answers belongs to no question.")
        item = items[code]
        if not item.low <= value <= item.high:
            raise Refused(f"Each answer is a number from {item.low} to {item.high}.")
    if completion not in Completion.values:
        raise Refused("The answers are the person's own: choose how they gave them.")
    if not journey.referred_on <= completed_on <= (journey.closed_on or clock.today()):
        raise Refused("The answers were given between the referral and today, or the closing.")
    if corrects and not correction_reason.strip():
        raise Refused("Say why the earlier answers are corrected.")
    answered = MeasureSet.objects.create(
        journey=journey,
        instrument=asked.code,
        version=asked.version,
        completed_on=completed_on,
        completion=completion,
        keyed_by=by,
        is_complete=len(answers) == len(asked.items),
        correction_reason=correction_reason.strip() if corrects else "",
        submission=submission,
    )
    MeasureAnswer.objects.bulk_create(
        MeasureAnswer(measure_set=answered, item=code, value=value)
        for code, value in answers.items()
    )
    if corrects:
        replaced = MeasureSet.objects.filter(
            pk=corrects.pk, journey=journey, superseded_by__isnull=True
        ).update(superseded_by=answered)
        if not replaced:
            raise Refused("Those answers have been corrected already.")
    record(Verb.CREATED, answered, by=by, participant=journey.participant_id, instrument=asked.code)
    return answered
