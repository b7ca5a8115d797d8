"""Measures as data: what is asked, and how an answer reads. Pure.

ONS4 is Crown copyright under the Open Government Licence; its four answers are never added up.
"""

from dataclasses import dataclass

from django.db import models


@dataclass(frozen=True)
class Item:
    """One question; answers run from `low` to `high`."""

    code: str
    short: str
    question: str
    low: int
    high: int
    higher_is_better: bool

    def improvement(self, before: int, after: int) -> int:
        """By how much life got better, whichever way the scale runs."""
        return after - before if self.higher_is_better else before - after


@dataclass(frozen=True)
class Instrument:
    """A questionnaire in one version."""

    code: str
    version: str
    name: str
    items: tuple[Item, ...]
    by_proxy: bool


ONS4 = Instrument(
    code="ons4",
    version="2018",
    name="How life feels (ONS4)",
    by_proxy=False,
    items=(
        Item(
            "satisfied",
            "Satisfied",
            "Overall, how satisfied are you with your life nowadays?",
            0,
            10,
            True,
        ),
        Item(
            "worthwhile",
            "Worthwhile",
            "Overall, to what extent do you feel that the things you do in your life are "
            "worthwhile?",
            0,
            10,
            True,
        ),
        Item("happy", "Happy yesterday", "Overall, how happy did you feel yesterday?", 0, 10, True),
        Item(
            "anxious",
            "Anxious yesterday",
            "Overall, how anxious did you feel yesterday?",
            0,
            10,
            False,
        ),
    ),
)

INSTRUMENTS = {ONS4.code: ONS4}


class Completion(models.TextChoices):
    """How the answers were given; never by somebody else for the person."""

    SELF = "self", "By the person"
    WITH_HELP = "with_help", "By the person, read out in the room"
    TELEPHONE = "telephone", "By the person, on the telephone"
