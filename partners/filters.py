"""What lists can be narrowed to. None of it names a person."""

from typing import Any

import django_filters
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import Exists, OuterRef, Q, QuerySet

from partners.models import CommunityService, Council, Membership, Organisation
from spring.accounts.models import User
from spring.accounts.roles import Role
from spring.core.forms import SpringForm
from spring.core.vocabulary import Need


class PeopleFilter(django_filters.FilterSet):
    """Accounts by role, place and state."""

    role = django_filters.ChoiceFilter(label="Role", choices=Role.choices, empty_label="Every role")
    organisation = django_filters.ModelChoiceFilter(
        label="Where", queryset=Organisation.objects.none(), empty_label="Everywhere"
    )
    state = django_filters.ChoiceFilter(
        label="State",
        choices=[("ready", "Ready"), ("invited", "Invited"), ("ended", "Ended")],
        empty_label="Every state",
    )

    class Meta:
        model = User
        fields: list[str] = []
        form = SpringForm

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = (Organisation.Kind.SERVICE, Organisation.Kind.PARTNER)
        places = Organisation.objects.filter(kind__in=kinds).order_by("name")
        self.filters["organisation"].queryset = places

    def filter_queryset(self, queryset: QuerySet[User]) -> QuerySet[User]:
        """Role and place are asked of one and the same membership."""
        asked = self.form.cleaned_data
        held = {name: asked[name] for name in ("role", "organisation") if asked.get(name)}
        if held:
            of_them = Membership.objects.current().filter(user=OuterRef("pk"), **held)
            queryset = queryset.filter(Exists(of_them))
        state = asked.get("state")
        if state == "ended":
            return queryset.filter(is_active=False)
        if state:
            invited = Q(password__startswith=UNUSABLE_PASSWORD_PREFIX)
            is_invited = state == "invited"
            return queryset.filter(invited if is_invited else ~invited, is_active=True)
        return queryset


class OrganisationFilter(django_filters.FilterSet):
    """Organisations by kind, council, words of their name, and whether they are still open."""

    kind = django_filters.ChoiceFilter(
        label="Kind", choices=Organisation.Kind.choices, empty_label="Every kind"
    )
    council = django_filters.ChoiceFilter(
        label="Council", choices=Council.choices, empty_label="Both councils"
    )
    name = django_filters.CharFilter(label="Words in its name", lookup_expr="icontains")
    state = django_filters.ChoiceFilter(
        label="State",
        choices=[("open", "Open"), ("closed", "Closed")],
        empty_label="Open or closed",
        method="in_state",
    )

    class Meta:
        model = Organisation
        fields = ["kind", "council", "name"]
        form = SpringForm

    def in_state(self, queryset: Any, name: str, value: str) -> QuerySet[Organisation]:
        current = Organisation.objects.current().values("pk")
        return (
            queryset.filter(pk__in=current) if value == "open" else queryset.exclude(pk__in=current)
        )


class DirectoryFilter(django_filters.FilterSet):
    """Community services by what they help with, council, and words."""

    need = django_filters.ChoiceFilter(
        label="Helps with", choices=Need.choices, empty_label="Anything"
    )
    council = django_filters.ChoiceFilter(
        label="Council", choices=Council.choices, empty_label="Both councils", method="in_council"
    )
    words = django_filters.CharFilter(label="Words in its name", method="with_words")

    class Meta:
        model = CommunityService
        fields = ["need", "council"]
        form = SpringForm

    def in_council(self, queryset: Any, name: str, value: str) -> QuerySet[CommunityService]:
        """A service without a council is open to both."""
        return queryset.filter(council__in=[value, ""])

    def with_words(self, queryset: Any, name: str, value: str) -> QuerySet[CommunityService]:
        for word in value.split()[:8]:
            queryset = queryset.filter(Q(name__icontains=word) | Q(provider__icontains=word))
        return queryset
