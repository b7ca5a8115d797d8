"""What people agreed to when they were first met, and what a few took back."""

from datetime import date, timedelta

from participants.actions.people import CONSENT_WORDING
from participants.models import Consent, Participant, Session
from spring.demo.batch import Batch
from spring.demo.chance import Chance

Kind = Consent.Kind
ASKED = {
    Kind.CONTACT: 1,
    Kind.SUMMARY: 0.8,
    Kind.EVALUATION: 0.7,
    Kind.MESSAGES: 0.5,
    Kind.SHARE: 0.3,
}
WITHDRAWN = 0.02


def agree(
    chance: Chance, batch: Batch, participant: Participant, first: Session, as_of: date
) -> None:
    """Write down the agreements of the first meeting."""
    at = first.created_at
    for kind, share in ASKED.items():
        if not chance.often(share):
            continue
        taken_back = at + timedelta(days=chance.whole(5, 60)) if chance.often(WITHDRAWN) else None
        if taken_back and taken_back.date() >= as_of:
            taken_back = None
        batch.add(
            Consent(
                id=chance.id_at(at),
                created_at=at,
                participant=participant,
                kind=kind,
                organisation=first.partner if kind == Kind.SHARE else None,
                wording=CONSENT_WORDING,
                obtained_by=first.worker,
                method="spoken" if chance.often(0.8) else "written",
                given_at=at,
                withdrawn_at=taken_back,
            )
        )
