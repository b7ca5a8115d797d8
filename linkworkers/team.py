"""How a manager's or coordinator's people and workers stand, counted by the database."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Q

from linkworkers.models import Worker
from linkworkers.reasons import with_reason
from linkworkers.today import BY_CODE, RULES, Group, Rule
from participants.models import Journey
from partners.access import standing
from spring.core.vocabulary import RiskStatus

COLUMNS = [BY_CODE[c] for c in ("first_contact_late", "no_contact", "review_late", "over")]


@dataclass
class Load:
    """What one worker holds at one partner."""

    name: str
    partner: str
    lead: UUID
    capacity: int | None = None
    people: int = 0
    now: int = 0
    reasons: Counter[str] = field(default_factory=Counter)

    @property
    def cells(self) -> list[tuple[Rule, int]]:
        return [(rule, self.reasons[rule.code]) for rule in COLUMNS]

    @property
    def is_over(self) -> bool:
        return self.capacity is not None and self.people > self.capacity


@dataclass(frozen=True)
class Team:
    """The whole picture: the workers, the reasons, and the referrals that wait."""

    loads: list[Load]
    whole_service: bool
    people: int
    now: int
    unheld: int
    reasons: list[tuple[Rule, int]]
    inbox: dict[str, int] | None

    @property
    def columns(self) -> list[Rule]:
        return COLUMNS


def team_of(user: Any, day: date, inbox: Any) -> Team:
    """The people whom `user` oversees, by link worker and by reason, in three queries."""
    who = standing(user)
    loads: dict[tuple[UUID, UUID], Load] = {}
    posts = Worker.objects.visible_to(user).at_work().select_related("user", "partner")
    for post in posts:
        loads[post.user_id, post.partner_id] = Load(
            post.user.name, post.partner.name, post.user_id, post.capacity
        )
    reasons: Counter[str] = Counter()
    groups: Counter[str] = Counter()
    people = 0
    for row in _counted(user, day):
        people += row["n"]
        rule = None if row["rank"] is None else RULES[row["rank"]]
        if rule:
            reasons[rule.code] += row["n"]
            groups[rule.group] += row["n"]
        if rule is None or rule.code != "unheld":
            _add(loads, row, rule)
    return Team(
        loads=sorted(loads.values(), key=lambda load: (load.partner, load.name)),
        whole_service=who.sees_whole_service(),
        people=people,
        now=groups[Group.NOW],
        unheld=reasons["unheld"],
        reasons=[(rule, reasons[rule.code]) for rule in COLUMNS],
        inbox=_waiting(inbox, day) if who.sees_whole_service() else None,
    )


def _counted(user: Any, day: date) -> Any:
    journeys = with_reason(Journey.objects.visible_to(user), day)
    return (
        journeys.annotate(partner_name=F("partner__name"))
        .order_by()
        .values("lead", "lead_name", "partner", "partner_name", "rank")
        .annotate(n=Count("pk"))
    )


def _add(loads: dict[tuple[UUID, UUID], Load], row: dict, rule: Rule | None) -> None:
    key = (row["lead"], row["partner"])
    # A link worker of the NHS has a role but no post with a capacity.
    load = loads.setdefault(key, Load(row["lead_name"], row["partner_name"], row["lead"]))
    load.people += row["n"]
    if rule:
        load.reasons[rule.code] += row["n"]
        load.now += row["n"] if rule.group == Group.NOW else 0


def _waiting(inbox: Any, day: date) -> dict[str, int] | None:
    """Referrals that wait: all, past their day, with a stated risk."""
    if inbox is None:
        return None
    return inbox.order_by().aggregate(
        waiting=Count("pk"),
        late=Count("pk", filter=Q(triage_due_on__lt=day)),
        risk=Count("pk", filter=Q(risk_status=RiskStatus.STATED)),
    )
