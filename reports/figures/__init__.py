"""What a month's report counts, asked of the database in a constant number of queries."""

from collections.abc import Callable

from partners.models import Organisation
from reports import shapes
from reports.figures import journeys, milestones, reached, referred, waits
from reports.figures.part import Part
from reports.figures.scope import Scope
from reports.periods import Month

Sections = tuple[tuple[str, Callable[[Scope], Part]], ...]
SECTIONS: Sections = (
    ("Counting referrals", referred.referrals),
    ("Counting decisions", referred.decisions),
    ("Counting who started", journeys.started),
    ("Reckoning waits", waits.waits),
    ("Counting journeys", journeys.open_and_closed),
    ("Counting conversations", journeys.sessions),
    ("Counting who was reached", reached.reached),
    ("Counting what people asked for", referred.needs),
    ("Following journeys", milestones.milestones),
)
SERVICE_ONLY = (referred.decisions,)
"""A referral belongs to no partner before it is decided on."""


def sections_for(partner: Organisation | None) -> Sections:
    return tuple(item for item in SECTIONS if partner is None or item[1] not in SERVICE_ONLY)


def figures_for(
    month: Month,
    partner: Organisation | None = None,
    told: Callable[[str], None] = lambda step: None,
) -> shapes.Figures:
    """Everything the report of a month counts; `told` hears of each step before it is taken."""
    scope = Scope(month, partner)
    parts = []
    for words, section in sections_for(partner):
        told(words)
        parts.append(section(scope))

    def gathered(name: str) -> tuple:
        return tuple(item for part in parts for item in getattr(part, name))

    return shapes.Figures(
        month=str(month),
        month_label=month.label,
        partner=partner.name if partner else "",
        counts=gathered("counts"),
        breakdowns=gathered("breakdowns"),
        shares=gathered("shares"),
        percentiles=gathered("percentiles"),
        means=gathered("means"),
        series=gathered("series"),
        relations=gathered("relations"),
        plain=gathered("plain"),
        unseen=gathered("unseen"),
    )
