"""Who was referred, by whom, from where, for what, and what was decided."""

from collections import Counter

from django.db.models import Case, Count, Exists, IntegerField, OuterRef, Value, When

from partners.models import Council, Organisation
from referrals.models import Referral, ReferralNeed
from referrals.states import DeclineReason, Status
from reports import shapes
from reports.figures.part import Part, rows_of
from reports.figures.scope import Scope, by_month, falls_in
from reports.figures.targets import monthly_target
from reports.models import Target
from spring.core.vocabulary import Need, Source

NONE = "none"
SELF_WORDS = {"self": "Self", "other": "Other"}


def referrals(scope: Scope) -> Part:
    """How many were referred, by whom, and where they live."""
    months = scope.month.twelve
    counts = by_month(scope.referrals(), "received_on", months)
    part = Part()
    part.counts.append(
        shapes.Count(
            "referred",
            "People referred",
            counts[-1],
            "Referrals received in the month, from anyone, whatever was decided later. The day a "
            "referral was sent counts, in London time."
            if scope.partner is None
            else "Referrals received in the month that were given to this partner.",
            counts[-2],
            monthly_target(scope, Target.Measure.REFERRED),
        )
    )
    part.series.append(
        shapes.Series(
            "referred_by_month",
            "People referred, last 12 months",
            "referred",
            tuple(
                shapes.Row(str(month), month.short, count)
                for month, count in zip(months, counts, strict=True)
            ),
            "People referred in each of the twelve months that end with this one.",
        )
    )
    _by_source(scope, part)
    _by_place(scope, part)
    return part


def _by_source(scope: Scope, part: Part) -> None:
    found = scope.referrals().filter(falls_in("received_on", scope.month))
    sources = found.values_list("source").annotate(Count("pk"))
    part.breakdowns.append(
        shapes.Breakdown(
            "source",
            "Who referred",
            "Source",
            "referred",
            rows_of(
                [(key, SELF_WORDS.get(key, label)) for key, label in Source.choices], dict(sources)
            ),
            "Referrals received in the month, by who sent them. Where a practice of registration "
            "differs from the practice that referred, the one that referred counts here.",
            by_size=True,
        )
    )


def _by_place(scope: Scope, part: Part) -> None:
    """By PCN and by council, from one query; practices are too small to publish by month."""
    found = list(
        scope.referrals()
        .filter(falls_in("received_on", scope.month))
        .values_list("practice__network", "council")
        .annotate(n=Count("pk"))
    )
    networks = Organisation.objects.filter(kind=Organisation.Kind.PCN).order_by("name", "pk")
    names = [(str(pk), name) for pk, name in networks.values_list("pk", "name")]
    joint = {(str(network or NONE), council or NONE): n for network, council, n in found}
    by_network: Counter[str] = Counter()
    by_council: Counter[str] = Counter()
    for (network, council), n in joint.items():
        by_network[network] += n
        by_council[council] += n
    part.breakdowns.append(
        shapes.Breakdown(
            "pcn",
            "Primary care network",
            "Primary care network",
            "referred",
            rows_of([*names, (NONE, "Practice not known, or in no network")], by_network),
            "Referrals received in the month, by the network of the GP practice where the person "
            "is registered, as it stands today.",
            by_size=True,
        )
    )
    part.breakdowns.append(
        shapes.Breakdown(
            "council",
            "Council",
            "Council",
            "referred",
            rows_of([*Council.choices, (NONE, "Not known")], by_council),
            "Referrals received in the month, by the council area of the person\u2019s address, or "
            "of their practice where the address was not given.",
        )
    )
    _join_places(part, joint)


def _join_places(part: Part, joint: dict[tuple[str, str], int]) -> None:
    """Who knows which networks lie in which council can add the two breakdowns up."""
    councils_of: dict[str, list[str]] = {}
    for network, council in sorted(joint):
        councils_of.setdefault(network, []).append(council)
    inside: dict[str, list[str]] = {}
    for network, councils in councils_of.items():
        if len(councils) == 1:
            inside.setdefault(councils[0], []).append(f"pcn:{network}")
            continue
        shared = [shapes.Row(f"{network}&{c}", "", joint[network, c]) for c in councils]
        part.unseen += shared
        part.relations.append(
            shapes.Relation(tuple(row.key for row in shared), (f"pcn:{network}",), "pcn")
        )
        for row, council in zip(shared, councils, strict=True):
            inside.setdefault(council, []).append(row.key)
    for council, keys in inside.items():
        part.relations.append(shapes.Relation(tuple(keys), (f"council:{council}",), "pcn"))


def needs(scope: Scope) -> Part:
    """What people asked for help with; one person may name several things."""
    found = scope.referrals().filter(falls_in("received_on", scope.month))
    named = dict(
        ReferralNeed.objects.filter(referral__in=found)
        .order_by()
        .values_list("need")
        .annotate(Count("pk"))
    )
    named_any = ReferralNeed.objects.filter(referral=OuterRef("pk"))
    named["none"] = found.filter(~Exists(named_any)).count()
    return Part(
        breakdowns=[
            shapes.Breakdown(
                "needs",
                "What people asked for help with",
                "Reason",
                "referred",
                rows_of([*Need.choices, ("none", "None recorded")], named),
                "Reasons given with the referrals received in the month. One person may have "
                "several, so the rows add up to more than the people.",
                adds_up=False,
                by_size=True,
            )
        ]
    )


def decisions(scope: Scope) -> Part:
    """What was decided in the month, and why people were declined."""
    now, before = scope.month, scope.month.previous
    decided = dict(
        Referral.objects.order_by()
        .filter(decided_at__gte=now.starts_at, decided_at__lt=now.ends_at)
        .values_list("status")
        .annotate(Count("pk"))
    )
    earlier = Referral.objects.filter(
        decided_at__gte=before.starts_at, decided_at__lt=before.ends_at
    ).count()
    reasons = dict(
        Referral.objects.order_by()
        .filter(decided_at__gte=now.starts_at, decided_at__lt=now.ends_at, status=Status.DECLINED)
        .values_list("decline_reason")
        .annotate(Count("pk"))
    )
    outcomes = [choice for choice in Status.choices if choice[0] != Status.RECEIVED]
    return Part(
        counts=[
            shapes.Count(
                "decided",
                "Referrals decided",
                sum(decided.values()),
                "Referrals on which a coordinator decided in the month, whenever they came in.",
                earlier,
            ),
            shapes.Count(
                "declined",
                "Referrals declined",
                decided.get(Status.DECLINED, 0),
                "Referrals declined in the month, each with a reason from the list.",
            ),
        ],
        breakdowns=[
            shapes.Breakdown(
                "decisions",
                "What was decided",
                "Decision",
                "decided",
                rows_of(outcomes, decided),
                "Each referral decided in the month, by the decision.",
            ),
            shapes.Breakdown(
                "decline_reasons",
                "Why referrals were declined",
                "Reason",
                "declined",
                rows_of(DeclineReason.choices, reasons),
                "Each referral declined in the month, by the reason recorded.",
                by_size=True,
            ),
        ],
        relations=[shapes.Relation((f"decisions:{Status.DECLINED}",), ("declined",), "declined")],
    )


def this_month(column: str, scope: Scope) -> Case:
    """1 for rows of the month itself, 0 for those of the month before."""
    return Case(
        When(falls_in(column, scope.month), then=Value(1)),
        default=Value(0),
        output_field=IntegerField(),
    )
