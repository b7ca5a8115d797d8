"""Invented figures with the sums that real ones have: small services, large ones, odd ones."""

from decimal import Decimal

import numpy as np

from reports.shapes import (
    Breakdown,
    Count,
    Figures,
    Mean,
    Percentile,
    Relation,
    Row,
    Series,
    Share,
)

MONTHS = [f"2025-{n:02d}" for n in range(11, 13)] + [f"2026-{n:02d}" for n in range(1, 11)]


def split(rng: np.random.Generator, total: int, rows: int) -> list[int]:
    """`total` shared out over `rows`, sometimes evenly, mostly very unevenly."""
    weights = rng.dirichlet(np.full(rows, rng.choice([0.2, 0.6, 1.5, 20.0])))
    return [int(n) for n in rng.multinomial(total, weights)]


def breakdown(key: str, total: str, values: list[int], adds_up: bool = True) -> Breakdown:
    rows = tuple(Row(f"r{n}", f"Row {n}", value) for n, value in enumerate(values))
    return Breakdown(key, key, "What", total, rows, "as counted", adds_up)


def table(values: list[int]) -> Figures:
    """The smallest report: one breakdown under its total."""
    return Figures(
        "2026-10",
        "October 2026",
        "",
        counts=(Count("n", "n", sum(values), "as counted"),),
        breakdowns=(breakdown("t", "n", values),),
    )


def month(rng: np.random.Generator) -> Figures:
    """A whole invented report, with several breakdowns under one total and a flow of journeys."""
    size = int(rng.choice([3, 8, 15, 30, 90, 300]))
    by_month = [int(n) for n in rng.poisson(size, 12)]
    referred, before = by_month[-1], by_month[-2]
    pcn = split(rng, referred, int(rng.integers(2, 15)))
    cut = int(rng.integers(1, len(pcn)))
    accepted, closed = int(rng.integers(0, referred + 1)), int(rng.poisson(size * 0.7))
    opened = int(rng.poisson(size * 6)) + closed
    people = [sum(by_month), int(rng.integers(0, referred + 1))]
    needs = [int(rng.integers(0, referred + 1)) for _ in range(int(rng.integers(2, 19)))]
    needs[0] += max(0, referred - sum(needs))
    within = int(rng.binomial(people[1], rng.uniform(0.3, 1)))
    return Figures(
        "2026-10",
        "October 2026",
        "",
        counts=(
            Count("referred", "Referred", referred, "how", before, 100),
            Count("accepted", "Accepted", accepted, "how"),
            Count("open", "Open", opened + accepted - closed, "how", opened),
            Count("closed", "Closed", closed, "how"),
            Count("year", "Referred in twelve months", people[0], "how"),
            Count("met", "First met", people[1], "how"),
            Count("met.within", "First met within target", within, "how"),
        ),
        breakdowns=(
            breakdown("source", "referred", split(rng, referred, int(rng.integers(2, 9)))),
            breakdown("pcn", "referred", pcn),
            breakdown("council", "referred", [sum(pcn[:cut]), sum(pcn[cut:])]),
            breakdown("needs", "referred", needs, adds_up=False),
            breakdown("reasons", "closed", split(rng, closed, 14)),
            breakdown("sex", "year", split(rng, people[0], 4)),
            breakdown("ethnicity", "year", split(rng, people[0], 18)),
        ),
        shares=(Share("within", "Within target", "met.within", "met", "how"),),
        percentiles=(Percentile("median", "Median", "met", 50, 7, "working days", "how"),),
        means=(Mean("change", "Change", "met", Decimal("1.25"), "how", signed=True),),
        series=(
            Series(
                "by_month",
                "By month",
                "referred",
                tuple(Row(m, m, n) for m, n in zip(MONTHS, by_month, strict=True)),
                "how",
            ),
        ),
        relations=(
            Relation(("open~before", "accepted"), ("open", "closed"), "closed"),
            Relation(tuple(f"by_month:{m}" for m in MONTHS), ("year",), "year"),
            Relation(tuple(f"pcn:r{n}" for n in range(cut)), ("council:r0",), "pcn"),
            Relation(tuple(f"pcn:r{n}" for n in range(cut, len(pcn))), ("council:r1",), "pcn"),
        ),
    )
