"""One of each thing that can stand in an address, all belonging to the worker of the small world."""

from collections import UserDict
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.core import signing

from participants.actions import record_measure
from referrals.views import RECEIPT
from spring.core import clock
from tests import factories as make
from tests.reports.issued import issued_report
from tests.world import World

MAKERS: dict[str, Callable[[World], Any]] = {
    "participant": lambda world: world.participant,
    "referral": lambda world: world.referral,
    "session": lambda world: make.SessionFactory(journey=world.journey, worker=world.worker),
    "step": lambda world: make.TaskFactory(journey=world.journey, by=world.worker),
    "measure": lambda world: record_measure(
        journey=world.journey,
        instrument="ons4",
        answers={"satisfied": 5},
        completed_on=clock.today() - timedelta(days=1),
        completion="self",
        by=world.worker,
    ),
    "community_service": lambda world: make.CommunityServiceFactory(),
    "account": lambda world: world.colleague,
    "membership": lambda world: world.colleague.memberships.get(),
    "organisation": lambda world: world.practice,
    "report": lambda world: issued_report(),
    "receipt": lambda world: signing.dumps(
        {"reference": world.referral.reference, "changed": False}, salt=RECEIPT
    ),
    "no_user": lambda world: "0",
    "no_key": lambda world: "not-a-key",
}


class Things(UserDict[str, Any]):
    """Makes a thing when it is first asked for."""

    def __init__(self, world: World) -> None:
        super().__init__()
        self.world = world

    def __missing__(self, name: str) -> Any:
        made = MAKERS[name](self.world)
        self.data[name] = getattr(made, "pk", made)
        return self.data[name]


def things(world: World) -> Things:
    return Things(world)
