"""Who may do what: a decorator on each view, and nothing without one.

A role is what a current membership says, looked up once in each request; ending a membership ends
the role with the next request.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse

from partners.models import Membership, Organisation
from spring.accounts.roles import Role


@dataclass(frozen=True)
class Standing:
    """What someone is today: the roles held, and where. `places[role]` are organisation ids."""

    places: dict[str, frozenset[UUID]]
    whole_service: frozenset[str]

    @property
    def roles(self) -> frozenset[str]:
        return frozenset(self.places)

    def has(self, *roles: str) -> bool:
        return not self.roles.isdisjoint(roles)

    def at(self, *roles: str) -> frozenset[UUID]:
        """The organisations at which any of these roles is held."""
        return frozenset().union(*(self.places.get(role, frozenset()) for role in roles))

    def sees_whole_service(self) -> bool:
        """True for coordinators and managers of the service itself: they see every partner."""
        return bool(self.whole_service & {Role.COORDINATOR, Role.SERVICE_MANAGER})


def standing(user: Any) -> Standing:
    """What `user` may be today, from one query, remembered on the user object of the request."""
    if not user.is_authenticated or not user.is_active:
        return Standing(places={}, whole_service=frozenset())
    if not hasattr(user, "_standing"):
        places: dict[str, set[UUID]] = {}
        whole_service: set[str] = set()
        held = Membership.objects.current().filter(user=user)
        for role, organisation, kind in held.values_list(
            "role", "organisation_id", "organisation__kind"
        ):
            places.setdefault(role, set()).add(organisation)
            if kind == Organisation.Kind.SERVICE:
                whole_service.add(role)
        user._standing = Standing(
            places={role: frozenset(ids) for role, ids in places.items()},
            whole_service=frozenset(whole_service),
        )
    return user._standing


View = Callable[..., HttpResponse]
ANY_ROLE = tuple(Role)


def allow(*roles: str) -> Callable[[View], View]:
    """Let these roles through; to anyone else the page does not exist."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not standing(request.user).has(*roles):
                raise Http404
            return view(request, *args, **kwargs)

        guarded.allowed_roles = frozenset(roles)  # type: ignore[attr-defined]
        return guarded

    return decorate


def allow_signed_in(view: View) -> View:
    """Let everyone with an account through, whatever their role."""
    view.allowed_roles = frozenset(Role)  # type: ignore[attr-defined]
    return view


class DenyByDefault:
    """A view that says nothing about who may use it can be used by nobody."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        public = not getattr(view, "login_required", True)
        if not public and not hasattr(view, "allowed_roles"):
            raise Http404
        return
