"""What referrers are told by e-mail: a reference, never a name, a reason or a word about health."""

from html import unescape

from django.conf import settings
from django.template.loader import render_to_string

from referrals.models import Referral
from spring.core.models import Message
from spring.core.outbox import Letter, composes

SUBJECTS = {
    "referral_received": "We have your referral",
    "referral_accepted": "Your referral was accepted",
    "referral_declined": "Your referral was not accepted",
    "referral_signposted": "About your referral",
    "referral_passed_on": "Your referral was passed on",
}


def _compose(message: Message) -> Letter:
    referral = Referral.objects.select_related("partner").get(pk=message.subject)
    body = render_to_string(
        f"referrals/mail/{message.kind}.txt",
        {"referral": referral, "spring": settings.SPRING},
    )
    # Templates escape for HTML; a letter is plain text.
    return Letter(subject=f"{SUBJECTS[message.kind]}: {referral.reference}", body=unescape(body))


for kind in SUBJECTS:
    composes(kind)(_compose)
