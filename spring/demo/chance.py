"""Chance with a seed: the same seed gives the same people, down to the ids."""

import random
import uuid
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from itertools import accumulate
from typing import Generic, TypeVar

from spring.core.clock import LONDON

T = TypeVar("T")


class Odds(Generic[T]):
    """Things that happen, each as often as its weight says."""

    def __init__(self, weights: Mapping[T, float]) -> None:
        self.things = list(weights)
        self.cumulative = list(accumulate(weights.values()))


class Chance(random.Random):
    """Draws everything that the story leaves open."""

    def often(self, share: float) -> bool:
        """True in this share of cases."""
        return self.random() < share

    def one_of(self, things: Sequence[T]) -> T:
        """Any of them, each as likely."""
        return things[int(self.random() * len(things))]

    def drawn(self, odds: Odds[T]) -> T:
        """One of them, by weight."""
        return self.choices(odds.things, cum_weights=odds.cumulative)[0]

    def some_of(self, odds: Odds[T], count: int) -> list[T]:
        """Up to `count` different ones, by weight, in the order drawn."""
        return list(dict.fromkeys(self.drawn(odds) for _ in range(count)))

    def whole(self, low: int, high: int) -> int:
        """A whole number from `low` to `high`, both included."""
        return low + int(self.random() * (high - low + 1))

    def around(self, middle: float, spread: float, low: int, high: int) -> int:
        """A whole number about `middle`, never outside `low` to `high`."""
        return max(low, min(high, round(self.gauss(middle, spread))))

    def moment(self, day: date, opens: int = 9, closes: int = 17) -> datetime:
        """A moment of a London day, within working hours unless told otherwise."""
        second = self.whole(opens * 3600, closes * 3600 - 1)
        at = time(second // 3600, second // 60 % 60, second % 60)
        return datetime.combine(day, at, tzinfo=LONDON)

    def id_at(self, moment: datetime) -> uuid.UUID:
        """An id of the kind `spring.core.identifiers.new_id` makes, but of that moment."""
        bits = self.getrandbits(80)
        number = (int(moment.timestamp() * 1000) & ((1 << 48) - 1)) << 80 | bits
        number = number & ~(0xF << 76) | 0x7 << 76
        number = number & ~(0x3 << 62) | 0x2 << 62
        return uuid.UUID(int=number)


def unissued_nhs_number(position: int, start: int) -> str | None:
    """The number at a position of the range 999, which is kept for tests; None where the six
    digits have no check digit. Positions below a million never repeat.
    """
    digits = f"999{(start + position * 7919) % 1_000_000:06}"
    check = 11 - sum(int(digit) * (10 - n) for n, digit in enumerate(digits)) % 11
    if check == 10:
        return None
    return digits + str(check % 11)
