"""Receiving a referral and deciding on it, once."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction

from linkworkers.models import Worker
from participants.actions import change_details, open_journey
from participants.actions.journeys import Opening
from participants.models import Journey, Participant
from referrals.models import Referral, ReferralNeed, StatusChange
from referrals.states import TRANSITIONS, DeclineReason, Status
from spring.audit.log import Verb, record
from spring.core import clock, outbox
from spring.core.calendar import add_working_days
from spring.core.identifiers import reference_from
from spring.core.models import Message
from spring.core.refusal import Refused
from spring.core.vocabulary import Source

COPIED = (
    "name",
    "known_as",
    "date_of_birth",
    "sex",
    "nhs_number",
    "practice",
    "council",
    "telephone",
    "email",
    "address",
    "postcode",
    "safe_contact",
    "language",
    "interpreter",
    "reading",
    "adjustments",
    "risk_status",
    "risks",
)
"""What an accepted referral and the new person's record have in common."""


class AlreadyDecided(Refused):
    """Somebody else decided first."""


def receive(*, submission: UUID, needs: Iterable[str], **answers: Any) -> Referral:
    """Keep a referral as it was sent, and write the receipt to its sender.

    The same `submission` sent again, also at the same moment, returns the one referral. The
    practice's council is taken where the form could not know it.
    """
    if again := Referral.objects.filter(submission=submission).first():
        return again
    try:
        with transaction.atomic():
            return _receive(submission, needs, answers)
    except IntegrityError:
        # The twin of this request won the race for the unique key; anything else is raised again.
        if again := Referral.objects.filter(submission=submission).first():
            return again
        raise


def was_sent_as(referral: Referral, *, needs: Iterable[str], **answers: Any) -> bool:
    """True unless a form sent again said something else than the referral that was kept."""
    kept = referral.needs.values_list("need", flat=True)
    same = all(getattr(referral, name) == value for name, value in answers.items())
    return same and set(kept) == set(needs)


def _receive(submission: UUID, needs: Iterable[str], answers: dict[str, Any]) -> Referral:
    referral = Referral(submission=submission, **answers)
    referral.reference = reference_from(referral.id)
    referral.received_on = clock.london_date(referral.submitted_at)
    referral.triage_due_on = add_working_days(
        referral.received_on, settings.SPRING["TRIAGE_WORKING_DAYS"]
    )
    if not referral.council and referral.practice:
        referral.council = referral.practice.council
    referral.save(force_insert=True)
    ReferralNeed.objects.bulk_create(
        ReferralNeed(referral=referral, need=need) for need in dict.fromkeys(needs)
    )
    StatusChange.objects.create(referral=referral, to_status=Status.RECEIVED, by=None)
    record(Verb.CREATED, referral, by=None)
    _tell_referrer(referral, "referral_received")
    return referral


def _tell_referrer(referral: Referral, kind: str) -> None:
    public = referral.source in (Source.SELF, Source.FAMILY)
    outbox.post(
        kind,
        subject=referral.pk,
        audience=Message.Audience.RESIDENT if public else Message.Audience.PRACTICE,
        address=referral.referrer_email,
    )


def _locked(referral: Referral) -> Referral:
    """The referral as it stands now, held until the transaction ends; refused if decided."""
    # Without joins: PostgreSQL looks again at the locked row only, not at what it was joined to.
    referral = Referral.objects.select_for_update().get(pk=referral.pk)
    refuse_if_decided(referral)
    return referral


def refuse_if_decided(referral: Referral) -> None:
    """Raise AlreadyDecided, saying who decided and what, unless the referral waits."""
    if not referral.is_open:
        raise AlreadyDecided(
            f"{referral.decided_by} decided on this referral already: "
            f"{referral.get_status_display().lower()}. Nothing was done twice."
        )


def _decide(referral: Referral, to: str, *, by: Any, **facts: Any) -> Referral:
    """Lock the referral and move it, if nobody has; facts are columns of the decision."""
    referral = _locked(referral)
    if to not in TRANSITIONS[referral.status]:
        raise LookupError(f"A referral that is {referral.status} cannot become {to}.")
    StatusChange.objects.create(referral=referral, from_status=referral.status, to_status=to, by=by)
    referral.status = to
    referral.decided_at = clock.now()
    referral.decided_by = by
    for name, value in facts.items():
        setattr(referral, name, value)
    referral.save()
    record(Verb.DECIDED, referral, by=by, decision=to)
    return referral


@transaction.atomic
def accept(
    *,
    referral: Referral,
    worker: Worker,
    by: Any,
    participant: Participant | None = None,
    note: str = "",
) -> Journey:
    """Take a person on: a new record (or the one matched), a journey, a link worker.

    `participant` is the record a coordinator recognised as the same person. Raises AlreadyDecided
    or Refused.
    """
    referral = _locked(referral)
    if participant is None:
        participant = _new_participant(referral, by)
    else:
        participant = _bring_up_to_date(participant, referral, by)
    journey = open_journey(
        participant=participant,
        opening=Opening(
            reference=referral.reference,
            referred_on=referral.received_on,
            source=referral.source,
            needs=list(referral.needs.values_list("need", flat=True)),
            practice=referral.practice,
            council=referral.council,
            what_matters=referral.what_matters,
        ),
        partner=worker.partner,
        worker=worker.user,
        by=by,
    )
    _decide(
        referral,
        Status.ACCEPTED,
        by=by,
        journey=journey,
        partner=worker.partner,
        decision_note=note,
    )
    _tell_referrer(referral, "referral_accepted")
    return journey


def _new_participant(referral: Referral, by: Any) -> Participant:
    participant = Participant(**{name: getattr(referral, name) for name in COPIED})
    if referral.safe_contact:
        participant.safe_contact_checked_on = referral.received_on
    participant._history_user = by  # type: ignore[attr-defined]
    try:
        with transaction.atomic():
            participant.save(force_insert=True)
    except IntegrityError:
        raise Refused(
            "Someone with this NHS number is known to Spring already. Choose their record first."
        ) from None
    record(Verb.CREATED, participant, by=by, participant=participant.pk)
    return participant


FILLED_IF_EMPTY = (
    "known_as",
    "practice",
    "council",
    "telephone",
    "email",
    "address",
    "postcode",
    "language",
    "reading",
    "adjustments",
)


def _bring_up_to_date(participant: Participant, referral: Referral, by: Any) -> Participant:
    """Add to a known person's record what the referral knows more; overwrite nothing.

    A risk and a way to reach someone safely are joined to what was known: neither may be lost.
    """
    participant = Participant.objects.select_for_update().get(pk=participant.pk)
    changes: dict[str, Any] = {
        name: getattr(referral, name)
        for name in FILLED_IF_EMPTY
        if getattr(referral, name) and not getattr(participant, name)
    }
    if referral.interpreter:
        changes["interpreter"] = True
    for name in ("safe_contact", "risks"):
        news, known = getattr(referral, name), getattr(participant, name)
        if news and news not in known:
            changes[name] = f"{known}\nReferral {referral.reference}: {news}" if known else news
    if referral.has_stated_risk:
        changes["risk_status"] = referral.risk_status
    number = referral.nhs_number
    if number and not participant.nhs_number:
        if Participant.objects.filter(nhs_number=number).exists():
            raise Refused("Someone else on record has this NHS number. Look at both again.")
        changes["nhs_number"] = number
    if changes:
        return change_details(participant=participant, changes=changes, by=by)
    return participant


@transaction.atomic
def decline(*, referral: Referral, reason: DeclineReason | str, note: str, by: Any) -> Referral:
    """Say no, with a coded reason; the referrer is told."""
    referral = _decide(referral, Status.DECLINED, by=by, decline_reason=reason, decision_note=note)
    _tell_referrer(referral, "referral_declined")
    return referral


@transaction.atomic
def signpost(*, referral: Referral, note: str, by: Any) -> Referral:
    """Tell the referrer of a better place to turn to; `note` says which."""
    referral = _decide(referral, Status.SIGNPOSTED, by=by, decision_note=note)
    _tell_referrer(referral, "referral_signposted")
    return referral


@transaction.atomic
def pass_to_nhs(*, referral: Referral, note: str, by: Any) -> Referral:
    """Pass a referral to the NHS link worker at the person's practice."""
    if referral.practice is None:
        raise Refused("No practice is known for this person, so there is no NHS link worker.")
    referral = _decide(referral, Status.PASSED_TO_NHS, by=by, decision_note=note)
    _tell_referrer(referral, "referral_passed_on")
    return referral
