"""Keeping house: who works with Spring, and as what."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from partners import actions
from partners.access import allow, standing
from partners.filters import PeopleFilter
from partners.forms import InviteForm, MembershipForm
from partners.models import Membership
from spring.accounts.models import User
from spring.accounts.roles import PROSE, Role
from spring.core.refusal import Refused

COORDINATOR, MANAGER = Role.COORDINATOR, Role.PARTNER_MANAGER
SERVICE_MANAGER, ADMINISTRATOR = Role.SERVICE_MANAGER, Role.ADMINISTRATOR
ROOMS = (
    # page, words, what for, whose
    ("people", "People and roles", "Invite, give and end roles, end accounts.", [ADMINISTRATOR]),
    (
        "organisations",
        "Partners, practices and networks",
        "Keep them one by one, or from a file of the NHS.",
        [ADMINISTRATOR],
    ),
    (
        "workers",
        "Room for more people",
        "How many people each link worker can support, and who is away.",
        [COORDINATOR, MANAGER, SERVICE_MANAGER, ADMINISTRATOR],
    ),
    ("targets", "Targets", "How many people the service sets out to reach.", [SERVICE_MANAGER]),
)
"""The rooms of the house; each page lets in whom it lets in by itself."""

PAGE = 50


@allow(COORDINATOR, MANAGER, SERVICE_MANAGER, ADMINISTRATOR)
@require_safe
def keep_house(request: HttpRequest) -> HttpResponse:
    """The ways into everything that is kept here, for those who may go there."""
    who = standing(request.user)
    rooms = [(reverse(name), words, what) for name, words, what, of in ROOMS if who.has(*of)]
    return render(request, "partners/keep_house.html", {"rooms": rooms})


@allow(ADMINISTRATOR)
@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """Everyone with an account, and what they may do."""
    current = Membership.objects.current().select_related("organisation")
    roles = Prefetch("memberships", current.order_by("role", "organisation__name"), "held")
    everyone = User.objects.prefetch_related(roles).order_by("name", "pk")
    found = PeopleFilter(request.GET, everyone)
    page = Paginator(found.qs, PAGE).get_page(request.GET.get("page"))
    return render(request, "partners/people.html", {"filter": found, "page": page})


@allow(ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: HttpRequest) -> HttpResponse:
    """Invite someone to work with Spring."""
    form = InviteForm(request.POST or None)
    if form.is_valid():
        try:
            user = actions.invite(**form.cleaned_data, by=request.user)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"{user.name} is invited. The e-mail goes out in a moment.")
            return redirect("account-detail", user.pk)
    return render(request, "partners/invite.html", {"form": form, "prose": _prose()})


@allow(ADMINISTRATOR)
@require_safe
def account_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One account, and what may be done about it."""
    return _account_detail(request, get_object_or_404(User, pk=pk), MembershipForm())


@allow(ADMINISTRATOR)
@require_POST
def membership_add(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give someone another role."""
    user = get_object_or_404(User, pk=pk)
    form = MembershipForm(request.POST)
    if form.is_valid():
        try:
            membership = actions.add_membership(user=user, **form.cleaned_data, by=request.user)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"{user.name} is {membership} from now on.")
            return redirect("account-detail", user.pk)
    return _account_detail(request, user, form)


@allow(ADMINISTRATOR)
@require_POST
def membership_end(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take a role away."""
    held = Membership.objects.select_related("user", "organisation")
    membership = get_object_or_404(held, pk=pk)
    return _do(
        request,
        membership.user,
        lambda: actions.end_membership(membership=membership, by=request.user),
        f"{membership.user.name} is no longer {membership}.",
    )


@allow(ADMINISTRATOR)
@require_POST
def invitation_resend(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Send the invitation again; the link sent before no longer works."""
    user = get_object_or_404(User, pk=pk)
    return _do(
        request,
        user,
        lambda: actions.invite_again(user=user, by=request.user),
        "A new invitation goes out in a moment. The link sent before no longer works.",
    )


@allow(ADMINISTRATOR)
@require_POST
def account_end(request: HttpRequest, pk: UUID) -> HttpResponse:
    """End an account and everything that hangs on it."""
    user = get_object_or_404(User, pk=pk)
    return _do(
        request,
        user,
        lambda: actions.end_account(user=user, by=request.user),
        f"The account of {user.name} has ended.",
    )


@allow(ADMINISTRATOR)
@require_POST
def account_reopen(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Open an ended account again."""
    user = get_object_or_404(User, pk=pk)
    return _do(
        request,
        user,
        lambda: actions.reopen_account(user=user, by=request.user),
        f"{user.name} is invited again. Give them a role.",
    )


def _do(request: HttpRequest, user: User, action, done: str) -> HttpResponse:
    try:
        action()
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, done)
    return redirect("account-detail", user.pk)


def _account_detail(request: HttpRequest, user: User, form: MembershipForm) -> HttpResponse:
    memberships = user.memberships.select_related("organisation").order_by("-starts_on", "pk")
    current = set(Membership.objects.current().filter(user=user).values_list("pk", flat=True))
    return render(
        request,
        "partners/account_detail.html",
        {
            "person": user,
            "is_invited": user.is_active and not user.has_usable_password(),
            "is_self": user == request.user,
            "current": [one for one in memberships if one.pk in current],
            "ended": [one for one in memberships if one.pk not in current],
            "form": form,
            "prose": _prose(),
        },
    )


def _prose() -> list[tuple[str, str]]:
    return [(role.label, PROSE[role]) for role in Role]
