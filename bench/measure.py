"""Interleaved samples, medians, and how sure the ratio of two medians is."""

import random
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from statistics import median

Samples = dict[str, list[float]]
Call = Callable[[], Callable[[], None]]
"""Makes ready, unmeasured, and gives the thing to measure."""


@dataclass(frozen=True)
class Ratio:
    """How many times longer one thing takes than another, with a 95 % interval."""

    value: float
    low: float
    high: float


def sample(calls: Mapping[str, Call], rounds: int, warm_up: int = 5) -> Samples:
    """Time every call once a round, in a new order each round, so that drift meets them all."""
    times: Samples = {name: [] for name in calls}
    order = list(calls)
    for number in range(-warm_up, rounds):
        random.shuffle(order)
        for name in order:
            call = calls[name]()
            began = time.perf_counter()
            call()
            spent = time.perf_counter() - began
            if number >= 0:
                times[name].append(spent)
    return times


def ratio(times: list[float], base: list[float], resamples: int = 500) -> Ratio:
    """Compare two medians; the interval is a bootstrap over both sets of samples."""
    chance = random.Random(1)
    found = sorted(
        median(chance.choices(times, k=len(times))) / median(chance.choices(base, k=len(base)))
        for _ in range(resamples)
    )
    low, high = found[int(resamples * 0.025)], found[int(resamples * 0.975)]
    return Ratio(median(times) / median(base), low, high)
