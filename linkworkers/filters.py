"""How the caseload may be narrowed: by codes and opaque ids, never by a name."""

from typing import Any

import django_filters

from linkworkers.reasons import PRESSING_FIRST
from linkworkers.today import RULES, Group, ranks
from participants.models import Assignment, Journey
from participants.stages import Stage
from partners.access import standing
from partners.models import Council
from spring.accounts.roles import OVERSIGHT_ROLES

IN_HAND = "in_hand"
OPEN_STAGES = [(s.value, s.label) for s in Stage if s != Stage.CLOSED]
REASONS = [
    ("Everyone who needs something", [(g.value, f"{g.label}: all") for g in Group]),
    *((g.label, [(r.code, r.label) for r in RULES if r.group == g]) for g in Group),
    ("Nobody needs to act", [(IN_HAND, "All in hand")]),
]
ORDERS = {
    "pressing": ("Most pressing", PRESSING_FIRST),
    "name": ("Name", ("participant__name_key", "pk")),
    "longest": ("Longest with us", ("accepted_on", "pk")),
    "newest": ("Newest", ("-accepted_on", "pk")),
}


class CaseloadFilter(django_filters.FilterSet):
    """Journeys from `with_reason`; who may be chosen depends on whom the user sees."""

    reason = django_filters.ChoiceFilter(
        label="Needs", choices=REASONS, empty_label="Everyone", method="by_reason"
    )
    stage = django_filters.ChoiceFilter(label="Stage", choices=OPEN_STAGES, empty_label="Any")
    council = django_filters.ChoiceFilter(
        label="Council", choices=Council.choices, empty_label="Both"
    )
    worker = django_filters.ChoiceFilter(label="Link worker", field_name="lead", empty_label="All")
    partner = django_filters.ChoiceFilter(label="Partner", empty_label="All")
    order = django_filters.ChoiceFilter(
        label="Order",
        choices=[(code, words) for code, (words, _) in ORDERS.items() if code != "pressing"],
        empty_label=ORDERS["pressing"][0],
        method="by_order",
    )

    class Meta:
        model = Journey
        fields: list[str] = []

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        who = standing(user)
        if not who.has(*OVERSIGHT_ROLES):
            del self.filters["worker"], self.filters["partner"]
            return
        workers, partners = _holders(self.queryset)
        self.filters["worker"].extra["choices"] = workers
        self.filters["partner"].extra["choices"] = partners
        if not who.sees_whole_service():
            del self.filters["partner"]

    def by_reason(self, journeys: Any, name: str, value: str) -> Any:
        """One rule, all of a group, or those for whom no rule holds."""
        if value == IN_HAND:
            return journeys.filter(rank__isnull=True)
        return journeys.filter(rank__in=ranks(group=value, code=value))

    def by_order(self, journeys: Any, name: str, value: str) -> Any:
        return journeys.order_by(*ORDERS[value][1])


def _holders(journeys: Any) -> tuple[list, list]:
    """Choices of the link workers who lead these journeys, and of the partners, in one query."""
    leads = (
        Assignment.objects.current().leads().filter(journey__in=journeys.order_by().values("pk"))
    )
    found = leads.order_by("worker__name").values_list(
        "worker", "worker__name", "journey__partner", "journey__partner__name"
    )
    rows = list(found.distinct())
    workers = {str(worker): name for worker, name, _, _ in rows}
    partners = {str(partner): name for _, _, partner, name in rows}
    return list(workers.items()), sorted(partners.items(), key=lambda choice: choice[1])
