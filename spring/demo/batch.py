"""Rows on their way into the database: gathered by model, written many at a time."""

from collections.abc import Iterator
from typing import TypeVar

from django.db.models import Model

from linkworkers.models import Task, Worker
from participants.models import (
    Assignment,
    Consent,
    Goal,
    Journey,
    JourneyNeed,
    MeasureAnswer,
    MeasureSet,
    Participant,
    Pause,
    Plan,
    PlanAction,
    Review,
    Session,
    StageChange,
)
from partners.models import CommunityService, Membership, Organisation
from referrals.models import Referral, ReferralNeed, StatusChange
from reports.models import Target
from spring.accounts.models import User

M = TypeVar("M", bound=Model)

ORDER: tuple[type[Model], ...] = (
    Organisation,
    User,
    Membership,
    Worker,
    CommunityService,
    Target,
    Participant,
    Journey,
    Referral,
    ReferralNeed,
    StatusChange,
    JourneyNeed,
    StageChange,
    Assignment,
    Pause,
    Consent,
    Session,
    Review,
    Session.history.model,
    MeasureSet,
    MeasureAnswer,
    Plan,
    Goal,
    PlanAction,
    Task,
)
"""Whatever a row points at comes before it."""


class Batch:
    """Gathers rows and writes them in the order that foreign keys need."""

    def __init__(self) -> None:
        self.rows: dict[type[Model], list] = {model: [] for model in ORDER}

    def add(self, row: M) -> M:
        """Keep a row for the next writing, and give it back."""
        self.rows[type(row)].append(row)
        return row

    def __len__(self) -> int:
        return sum(map(len, self.rows.values()))

    def all(self) -> Iterator[Model]:
        """Every row, in the order of writing."""
        for rows in self.rows.values():
            yield from rows

    def write(self) -> int:
        """Write all that was gathered, and begin anew; says how many rows."""
        written = len(self)
        for model, rows in self.rows.items():
            # Practices point at networks, corrections at corrected sets: both come in order.
            model._default_manager.bulk_create(rows, batch_size=2000)
            rows.clear()
        return written
