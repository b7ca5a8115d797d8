"""Two coordinators press at the same moment: one wins, the other is told, nothing is done twice."""

from contextlib import suppress

import pytest
from django.urls import reverse

from participants.models import Journey, Participant
from referrals import actions
from referrals.models import Referral
from spring.audit.models import AuditEvent
from spring.core.models import Message
from tests import factories as make
from tests.referrals.answers import link_worker
from tests.referrals.at_once import at_once
from tests.world import make_world

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 5


def _post(browser, referral, decision, **sent):
    where = reverse(f"referral-{decision}", args=[referral.pk])
    return lambda: browser.post(where, sent, follow=True)


@pytest.mark.parametrize("other", ["accept", "decline", "signpost", "pass"])
def test_one_wins_and_the_other_is_told(sign_in, other):
    world = make_world()
    workers = [link_worker(f"Worker {n}", partner=world.partner) for n in (1, 2)]
    browsers = sign_in(world.coordinator), sign_in(world.service_manager)
    for _ in range(ROUNDS):
        referral = make.ReferralFactory(practice=world.practice)
        people = Participant.objects.count()
        answers = at_once(
            [
                _post(browsers[0], referral, "accept", worker=workers[0].pk),
                _post(browsers[1], referral, other, worker=workers[1].pk, reason="died", note="x"),
            ]
        )
        assert [a for a in answers if isinstance(a, Exception)] == []
        ends = [answer.redirect_chain[0][0] for answer in answers]
        assert sorted(ends) == sorted(
            [reverse("referrals"), reverse("referral", args=[referral.pk])]
        )
        loser = answers[ends.index(reverse("referral", args=[referral.pk]))]
        kept = Referral.objects.get(pk=referral.pk)
        told = f"{kept.decided_by} decided on this referral already"
        assert told in loser.content.decode()
        accepted = int(kept.status == "accepted")
        assert Journey.objects.filter(reference=referral.reference).count() == accepted
        assert Participant.objects.count() == people + accepted
        assert kept.status_changes.count() == 1
        assert Message.objects.filter(subject=str(referral.pk)).count() == 1
        decided = AuditEvent.objects.filter(verb="decided", thing_id=str(referral.pk))
        assert decided.count() == 1


def test_two_referrals_of_one_person_accepted_at_once_make_one_record(sign_in):
    world = make_world()
    worker = link_worker("Amira Khan", partner=world.partner)
    twins = [make.ReferralFactory(name="Teresa", nhs_number="4010232137") for _ in range(2)]
    browsers = sign_in(world.coordinator), sign_in(world.service_manager)
    answers = at_once(
        [
            _post(browser, twin, "accept", worker=worker.pk, person="new")
            for browser, twin in zip(browsers, twins, strict=True)
        ]
    )
    assert [a for a in answers if isinstance(a, Exception)] == []
    assert Participant.objects.filter(nhs_number="4010232137").count() == 1
    assert (
        Referral.objects.filter(pk__in=[twin.pk for twin in twins], status="accepted").count() == 1
    )


def test_without_a_fresh_look_both_would_win(monkeypatch):
    """The negative control: deciding on the row as it was read is what the lock prevents."""
    world = make_world()
    by = {"by": world.coordinator, "note": "x"}

    def both() -> int:
        referral = make.ReferralFactory(practice=world.practice)
        one, other = (Referral.objects.get(pk=referral.pk) for _ in range(2))
        actions.decline(referral=one, reason="died", **by)
        with suppress(actions.AlreadyDecided):
            actions.signpost(referral=other, **by)
        return referral.status_changes.count()

    assert both() == 1
    monkeypatch.setattr(actions, "_locked", lambda referral: referral)
    assert both() == 2
