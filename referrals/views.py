"""The public way in, the inbox, and one referral with its decision."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core import signing
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from partners.access import allow, standing
from referrals import actions
from referrals.filters import ALL, ReferralFilter
from referrals.forms import AcceptForm, DeclineForm, PassForm, ReferForm, SignpostForm
from referrals.matches import Matches, find_matches
from referrals.models import Referral
from referrals.states import Status
from spring.accounts.roles import Role
from spring.audit.log import Verb, record, seen
from spring.core import clock
from spring.core.refusal import Refused

DECIDERS = (Role.COORDINATOR, Role.SERVICE_MANAGER)
READERS = (*DECIDERS, Role.PARTNER_MANAGER, Role.NHS_LINK_WORKER)
RECEIPT = "referrals.received"
PER_PAGE = 25
FACTS = ("practice", "referring_practice", "decided_by", "partner", "journey")


# --- the way in -----------------------------------------------------------------------------------
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def refer(request: HttpRequest) -> HttpResponse:
    """One page for anyone who refers someone, or themselves."""
    sent = request.POST if request.method == "POST" else None
    form = ReferForm(sent, practice=request.GET.get("practice", ""))
    if form.is_valid():
        answers = dict(form.cleaned_data)
        received = actions.receive(**answers)
        answers.pop("submission")
        receipt = {
            "reference": received.reference,
            "changed": not actions.was_sent_as(received, **answers),
        }
        return redirect("refer-received", token=signing.dumps(receipt, salt=RECEIPT))
    return render(request, "referrals/refer.html", {"form": form})


@login_not_required
@require_safe
def refer_received(request: HttpRequest, token: str) -> HttpResponse:
    """The reference, and what happens next: nothing about the person."""
    try:
        receipt = signing.loads(token, salt=RECEIPT)
    except signing.BadSignature:
        raise Http404 from None
    received = get_object_or_404(Referral, reference=receipt["reference"])
    facts = {
        "referral": received,
        "changed": receipt["changed"],
        "first_contact_days": settings.SPRING["FIRST_CONTACT_WORKING_DAYS"],
    }
    return render(request, "referrals/refer_received.html", facts)


# --- the inbox ------------------------------------------------------------------------------------
@allow(*READERS)
@require_safe
def referrals(request: HttpRequest) -> HttpResponse:
    """What waits for a decision, the most pressing first; what was decided, on asking."""
    visible = Referral.objects.visible_to(request.user)
    decides = _decides(request)
    asked = request.GET.copy()
    asked.setdefault("status", Status.RECEIVED if decides else ALL)
    chosen = ReferralFilter(asked, queryset=visible, request=request)
    found = (
        chosen.qs.to_triage_first()
        .select_related("practice", "referring_practice", "decided_by", "partner")
        .prefetch_related("needs")
    )
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    record(Verb.LISTED, "referrals.referral", by=request.user, shown=len(page.object_list))
    waiting = visible.open().aggregate(
        all=Count("pk"), late=Count("pk", filter=Q(triage_due_on__lt=clock.today()))
    )
    facts = {
        "filter": chosen,
        "page": page,
        "waiting": waiting,
        "decides": decides,
        "narrowed": any(asked.get(name) for name in ("source", "council", "practice", "reference")),
        "days": settings.SPRING["TRIAGE_WORKING_DAYS"],
    }
    return render(request, "referrals/referrals.html", facts)


# --- one referral ---------------------------------------------------------------------------------
@allow(*READERS)
@require_safe
def referral(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A referral as it was sent, beside who the person may be already, and the decision."""
    return _page(request, _visible(request, pk))


def _visible(request: HttpRequest, pk: UUID) -> Referral:
    visible = Referral.objects.visible_to(request.user)
    return get_object_or_404(visible.select_related(*FACTS), pk=pk)


def _decides(request: HttpRequest) -> bool:
    return standing(request.user).sees_whole_service()


def _to_decide(request: HttpRequest, pk: UUID) -> Referral:
    """The referral, for those who may decide on it."""
    if not _decides(request):
        raise Http404
    return _visible(request, pk)


def _page(request: HttpRequest, shown: Referral, form: Any = None) -> HttpResponse:
    """The page of a referral; `form` is a decision that was sent and could not be taken."""
    record(
        Verb.VIEWED,
        shown,
        by=request.user,
        participant=shown.journey.participant_id if shown.journey else None,
    )
    matches = None
    if shown.status in (Status.RECEIVED, Status.PASSED_TO_NHS):
        matches = find_matches(shown, request.user)
        seen([p.participant.pk for p in matches.people], "referrals.match", by=request.user)
    facts = {
        "referral": shown,
        "matches": matches,
        "decides": shown.is_open and _decides(request),
        "needs": shown.needs.all(),
        "form": form,
    }
    if facts["decides"]:
        facts |= _decision_forms(shown, matches, form)
    return render(request, "referrals/referral.html", facts)


def _decision_forms(shown: Referral, matches: Matches | None, sent: Any) -> dict[str, Any]:
    people = matches.people if matches else []
    fresh = [
        AcceptForm(referral=shown, people=people),
        DeclineForm(referral=shown),
        SignpostForm(referral=shown),
        PassForm(referral=shown),
    ]
    if sent is not None:
        fresh = [sent if one.address == sent.address else one for one in fresh]
    return {f"{one.address}_form": one for one in fresh}


@allow(*DECIDERS)
@require_POST
def referral_accept(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take the person on, with a partner and a link worker."""
    shown = _to_decide(request, pk)
    people = find_matches(shown, request.user).people
    form = AcceptForm(request.POST, referral=shown, people=people)

    def accept() -> str:
        answers = form.cleaned_data
        worker = answers["worker"]
        actions.accept(
            referral=shown,
            worker=worker,
            participant=answers.get("person"),
            note=answers["note"],
            by=request.user,
        )
        return f"{shown.reference} is accepted: {worker.user}, {worker.partner}."

    return _take(request, shown, form, accept)


@allow(*DECIDERS)
@require_POST
def referral_decline(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say no, with a reason."""
    shown = _to_decide(request, pk)
    form = DeclineForm(request.POST, referral=shown)

    def decline() -> str:
        answers = form.cleaned_data
        actions.decline(
            referral=shown, reason=answers["reason"], note=answers["note"], by=request.user
        )
        return f"{shown.reference} is declined."

    return _take(request, shown, form, decline)


@allow(*DECIDERS)
@require_POST
def referral_signpost(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Name a better place to turn to."""
    shown = _to_decide(request, pk)
    form = SignpostForm(request.POST, referral=shown)

    def signpost() -> str:
        actions.signpost(referral=shown, note=form.cleaned_data["note"], by=request.user)
        return f"{shown.reference} is signposted."

    return _take(request, shown, form, signpost)


@allow(*DECIDERS)
@require_POST
def referral_pass(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Pass the referral to the NHS link worker at the person's practice."""
    shown = _to_decide(request, pk)
    form = PassForm(request.POST, referral=shown)

    def pass_on() -> str:
        actions.pass_to_nhs(referral=shown, note=form.cleaned_data["note"], by=request.user)
        return f"{shown.reference} is passed to the NHS link worker at {shown.practice}."

    return _take(request, shown, form, pass_on)


def _take(request: HttpRequest, shown: Referral, form: Any, decide: Any) -> HttpResponse:
    """Take a decision once: the second of two is told who decided, and on what."""
    try:
        actions.refuse_if_decided(shown)
        if form.is_valid():
            said = decide()
            messages.success(request, f"{said} The referrer will have an e-mail in a moment.")
            return redirect("referrals")
    except actions.AlreadyDecided as decided:
        messages.warning(request, str(decided))
        return redirect("referral", pk=shown.pk)
    except Refused as refused:
        form.add_error(None, str(refused))
    return _page(request, shown, form)
