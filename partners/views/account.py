from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from partners.access import allow_signed_in
from partners.models import Membership
from spring.accounts.roles import PROSE, Role


@allow_signed_in
@require_safe
def account(request: HttpRequest) -> HttpResponse:
    """Who am I here, and what may I do?"""
    held = Membership.objects.current().filter(user=request.user)
    held = held.select_related("organisation").order_by("organisation__name", "role")
    memberships = [(membership, PROSE[Role(membership.role)]) for membership in held]
    return render(request, "partners/account.html", {"memberships": memberships})
