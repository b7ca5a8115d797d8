"""The four ways to decide on a referral."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from crispy_forms.layout import Field
from django import forms
from django.conf import settings
from django.forms.boundfield import BoundWidget
from django.urls import reverse

from linkworkers.models import Worker
from partners.models import Organisation
from referrals.matches import Person
from referrals.models import Referral
from referrals.states import DeclineReason
from referrals.triage import Room, room_for
from spring.core import clock
from spring.core.forms import SpringForm, WordsField, choices_with_blank, form_helper

NEW = "new"


@dataclass(frozen=True)
class WorkerRow:
    """A link worker who may be chosen, with how full their caseload is at this moment."""

    option: BoundWidget
    worker: Worker
    room: Room
    is_away: bool


class _Decision(SpringForm):
    """A decision on one referral; on a page with the others, so its ids are its own."""

    address = ""

    def __init__(self, data: Any = None, *, referral: Referral) -> None:
        super().__init__(data, auto_id=f"{self.address}_%s")
        self.referral = referral

    def _helper(self, *layout: Any, save: str) -> Any:
        where = reverse(f"referral-{self.address}", args=[self.referral.pk])
        return form_helper(*layout, save=save, form_action=where, form_id=f"{self.address}-form")


class AcceptForm(_Decision):
    """Which link worker, and whether the person is someone known already."""

    address = "accept"
    person = forms.ChoiceField(
        label="Who is this?",
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether this is someone known already."},
    )
    worker = forms.ChoiceField(
        label="Partner and link worker",
        widget=forms.RadioSelect,
        help_text="How many people each has at this moment.",
        error_messages={
            "required": "Choose a link worker.",
            "invalid_choice": "This link worker is no longer at work. Choose another.",
        },
    )
    note = WordsField(
        label="Note for the record",
        required=False,
        rows=2,
        help_text="The referrer is not shown this.",
    )

    def __init__(
        self, data: Any = None, *, referral: Referral, people: Sequence[Person] = ()
    ) -> None:
        super().__init__(data, referral=referral)
        self.people = {str(one.participant.pk): one.participant for one in people}
        free = [one for one in people if one.open_journey is None]
        if people:
            known = [(str(one.participant.pk), f"The same person as {one}") for one in free]
            self.fields["person"].choices = [*known, (NEW, "Someone else: start a new record")]
        else:
            del self.fields["person"]
        self.workers = {str(worker.pk): worker for worker in _workers()}
        self.fields["worker"].choices = [(pk, worker) for pk, worker in self.workers.items()]
        parts = ["person"] if people else []
        self.helper = self._helper(
            *parts,
            Field("worker", template="referrals/_workers.html"),
            "note",
            save="Accept and tell the referrer",
        )

    def rows(self) -> Iterator[WorkerRow]:
        """The link workers, partner by partner, with the room each has."""
        today = clock.today()
        marks = settings.SPRING
        for option, worker in zip(self["worker"], self.workers.values(), strict=True):
            room = room_for(
                load=worker.load,
                capacity=worker.capacity,
                amber=marks["CASELOAD_AMBER"],
                red=marks["CASELOAD_RED"],
            )
            away = worker.away_until is not None and worker.away_until >= today
            yield WorkerRow(option, worker, room, away)

    def clean_person(self) -> Any:
        return self.people.get(self.cleaned_data["person"])

    def clean_worker(self) -> Worker:
        return self.workers[self.cleaned_data["worker"]]


def _workers() -> list[Worker]:
    """Everyone at a delivery partner who is at work, with their open caseload now."""
    at_partners = Worker.objects.at_work().filter(partner__kind=Organisation.Kind.PARTNER)
    return list(
        at_partners.with_load()
        .select_related("user", "partner")
        .order_by("partner__name", "is_volunteer", "user__name", "pk")
    )


class DeclineForm(_Decision):
    """No, and why."""

    address = "decline"
    reason = forms.ChoiceField(
        label="Why",
        choices=choices_with_blank(DeclineReason.choices),
        error_messages={"required": "Choose why."},
    )
    note = WordsField(
        label="Note for the record",
        required=False,
        rows=2,
        help_text="The referrer is asked to telephone, and is told on the telephone.",
    )

    def __init__(self, data: Any = None, *, referral: Referral) -> None:
        super().__init__(data, referral=referral)
        self.helper = self._helper("reason", "note", save="Decline and tell the referrer")


class SignpostForm(_Decision):
    """A better place to turn to."""

    address = "signpost"
    note = WordsField(
        label="Where to",
        rows=2,
        help_text="The referrer is asked to telephone, and is told on the telephone.",
        error_messages={"required": "Write which place or service would suit better."},
    )

    def __init__(self, data: Any = None, *, referral: Referral) -> None:
        super().__init__(data, referral=referral)
        self.helper = self._helper("note", save="Signpost and tell the referrer")


class PassForm(_Decision):
    """To the NHS link worker at the person's practice."""

    address = "pass"
    note = WordsField(
        label="Note for the NHS link worker",
        required=False,
        rows=2,
        help_text="The referrer is not shown this.",
    )

    def __init__(self, data: Any = None, *, referral: Referral) -> None:
        super().__init__(data, referral=referral)
        self.helper = self._helper("note", save="Pass on and tell the referrer")
