"""What is published cannot be solved for the people behind it."""

import ast
from collections import defaultdict
from dataclasses import replace
from decimal import Decimal
from itertools import product
from pathlib import Path

import numpy as np
import pytest

from reports import disclosure
from reports.disclosure import Profile, Sheet, disclose, percentage, values_of
from reports.published import Cell, Published, ShownCount, UndisclosedError
from reports.shapes import Breakdown, Count, Figures, Mean, Percentile, Relation, Row, Share
from tests.reports.attack import Attacker, Knowledge, merge, solve
from tests.reports.invent import MONTHS, month, split, table


def small_keys(figures: Figures, known: Knowledge, name=lambda key: key) -> list[str]:
    return [
        name(key)
        for key, value in values_of(figures).items()
        if 1 <= value <= 7 and name(key) in known.bounds
    ]


def widths(many: list[Figures], attacker: Attacker | None = None) -> list[int]:
    """How far each small number stays open to an attacker who holds one report at a time."""
    attacker = attacker or Attacker()
    known = [attacker.study(figures, disclose(figures)) for figures in many]
    cases = [(k, small_keys(f, k)) for f, k in zip(many, known, strict=True)]
    found = []
    for figures, answers in zip(many, solve(cases), strict=True):
        values = values_of(figures)
        for key, (low, high) in answers.items():
            assert low <= values[key] <= high, "the attacker was told something untrue"
            found.append(high - low)
    return found


def random_tables(seed: int, how_many: int) -> list[Figures]:
    rng = np.random.default_rng(seed)
    return [
        table(split(rng, int(rng.choice([4, 9, 14, 20, 35, 80])), int(rng.integers(2, 10))))
        for _ in range(how_many)
    ]


# --- the attack -------------------------------------------------------------------------------


def test_ten_thousand_tables_with_margins_keep_their_small_numbers():
    found = widths(random_tables(1, 10_000))
    assert len(found) > 15_000
    assert min(found) >= 3


def test_whole_reports_keep_their_small_numbers():
    rng = np.random.default_rng(2)
    found = widths([month(rng) for _ in range(60)])
    assert len(found) > 1_000
    assert min(found) >= 3


def test_all_months_of_a_year_together_keep_their_small_numbers():
    """Differencing over time: stocks and flows join the months, a rolling year overlaps."""
    rng = np.random.default_rng(3)
    cases, truths = [], []
    for _ in range(12):
        size = int(rng.choice([3, 8, 20]))
        months = years(rng, size)
        parts, wanted, truth = [], [], {}
        for figures in months:

            def name(key, now=figures.month):
                return over_time(key, now)

            known = Attacker().study(figures, disclose(figures), name)
            parts.append(known)
            wanted += small_keys(figures, known, name)
            truth |= {name(key): value for key, value in values_of(figures).items()}
        cases.append((merge(parts), sorted(set(wanted))))
        truths.append(truth)
    found = []
    for truth, answers in zip(truths, solve(cases), strict=True):
        for key, (low, high) in answers.items():
            assert low <= truth[key] <= high
            found.append(high - low)
    assert len(found) > 300
    assert min(found) >= 3


def years(rng: np.random.Generator, size: int) -> list[Figures]:
    """Six months' reports of one small service, each month's stock following from the last."""
    flow = [int(n) for n in rng.poisson(size, 18)]
    stock = int(rng.poisson(size * 5))
    months = [f"{2025 + n // 12}-{n % 12 + 1:02d}" for n in range(18)]
    made = []
    for now in range(12, 18):
        accepted, closed = int(rng.binomial(flow[now], 0.8)), int(rng.poisson(size * 0.7))
        closed = min(closed, stock + accepted)
        year = flow[now - 11 : now + 1]
        points = tuple(Row(months[n], months[n], flow[n]) for n in range(now - 11, now + 1))
        base = month(rng)
        sexes = split(rng, sum(year), 4)
        made.append(
            replace(
                base,
                month=months[now],
                counts=(
                    Count("referred", "", flow[now], "", flow[now - 1]),
                    Count("accepted", "", accepted, ""),
                    Count("open", "", stock + accepted - closed, "", stock),
                    Count("closed", "", closed, ""),
                    Count("year", "", sum(year), ""),
                ),
                breakdowns=(
                    rows("council", "referred", split(rng, flow[now], 2)),
                    rows("reasons", "closed", split(rng, closed, 6)),
                    rows("sex", "year", sexes),
                ),
                shares=(),
                percentiles=(),
                means=(),
                series=(replace(base.series[0], points=points),),
                relations=(
                    Relation(("open~before", "accepted"), ("open", "closed"), "closed"),
                    Relation(tuple(f"by_month:{p.key}" for p in points), ("year",), "year"),
                ),
            )
        )
        stock += accepted - closed
    return made


def rows(key: str, total: str, values: list[int]) -> Breakdown:
    made = tuple(Row(f"r{n}", f"Row {n}", value) for n, value in enumerate(values))
    return Breakdown(key, key, "What", total, made, "how")


def over_time(key: str, now: str) -> str:
    """The same number has one name in every report that prints it."""
    if key.startswith("by_month:"):
        return f"referred@{key.removeprefix('by_month:')}"
    if key.endswith("~before") and key.removesuffix("~before") in ("referred", "open"):
        year, number = int(now[:4]), int(now[5:])
        past = f"{year - 1}-12" if number == 1 else f"{year}-{number - 1:02d}"
        return f"{key.removesuffix('~before')}@{past}"
    return f"{key}@{now}"


@pytest.mark.parametrize(("columns", "most"), [(2, 34), (3, 20)])
def test_not_even_one_who_knows_the_algorithm_can_tell(columns, most):
    """Every table there is, grouped by what it prints: the small numbers stay open within a group.

    This reader knows the rules, also when and why a breakdown is not shown.
    """
    printed = defaultdict(list)
    for values in product(range(most + 1), repeat=columns):
        published = disclose(table(list(values)))
        cells = tuple(row.cell.text for row in published.breakdown("t").rows)
        printed[(cells, published.count("n").cell.text)].append(values)
    for tables in printed.values():
        if max(max(values) for values in tables) > most - 6:
            continue  # its group is cut off by the edge of this test
        for column in zip(*tables, strict=True):
            if any(1 <= value <= 7 for value in column):
                assert max(column) - min(column) >= 3, (column, tables[:5])


# --- negative controls: the attack finds what is really open -----------------------------------


def test_attacker_breaks_a_publication_without_rounding(monkeypatch):
    monkeypatch.setattr(Sheet, "rounded", lambda self, value: value)
    assert min(widths(random_tables(4, 300), Attacker(rounding=1))) == 0


def test_attacker_breaks_rounding_alone(monkeypatch):
    """Hiding and rounding without reckoning what a reader can work out is not enough."""
    monkeypatch.setattr(
        disclosure, "protect", lambda sheet, figures: {b.key for b in figures.breakdowns}
    )
    for values in ([7, 7, 7, 7], [1, 8, 8], [1] * 12):
        assert min(widths([table(values)])) == 0, values
    assert min(widths(random_tables(1, 500))) < 3


def test_attacker_breaks_single_rows_kept_back(monkeypatch):
    """Why whole breakdowns: who knows the rule reads a row that was kept back like a printed one."""
    printed = defaultdict(list)
    for values in product(range(23), repeat=2):
        published = disclose(table(list(values)))
        sheet = Sheet(Profile(), values_of(table(list(values))))
        cells = tuple(sheet.cell(f"t:r{n}").text for n in range(2))
        if not published.breakdown("t").shown and "*" in cells:
            cells = tuple(cell if cell == "*" else "withheld" for cell in cells)
        printed[(cells, published.count("n").cell.text)].append(values)
    spread = [
        max(column) - min(column)
        for key, tables in printed.items()
        for cell, column in zip(key[0], zip(*tables, strict=True), strict=True)
        if cell == "*" and max(max(values) for values in tables) < 17
    ]
    assert min(spread) < 3


# --- the profile ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "text"),
    [(0, "0"), (1, "*"), (7, "*"), (8, "10"), (12, "10"), (13, "15"), (93, "95"), (1248, "1,250")],
)
def test_counts_are_hidden_or_rounded(value, text):
    figures = Figures("2026-10", "October 2026", "", counts=(Count("n", "n", value, "how"),))
    assert disclose(figures).count("n").cell.text == text


def test_threshold_and_rounding_can_be_made_stricter_and_never_laxer():
    figures = Figures("2026-10", "October 2026", "", counts=(Count("n", "n", 9, "how"),))
    assert disclose(figures, Profile(threshold=10)).count("n").cell.text == "*"
    assert disclose(figures, Profile(threshold=5, rounding=10)).count("n").cell.text == "10"
    for laxer in ({"threshold": 4}, {"rounding": 1}, {"least_width": 2}):
        with pytest.raises(ValueError, match="below its floor"):
            Profile(**laxer)


@pytest.mark.parametrize("threshold", [5, 7, 10])
def test_the_attack_fails_at_other_thresholds_too(threshold):
    profile, attacker = Profile(threshold=threshold), Attacker(threshold=threshold)
    many = random_tables(5, 400)
    known = [attacker.study(f, disclose(f, profile)) for f in many]
    cases = [
        (k, [key for key, v in values_of(f).items() if 1 <= v <= threshold])
        for f, k in zip(many, known, strict=True)
    ]
    assert min(high - low for found in solve(cases) for low, high in found.values()) >= 3


def test_totals_are_rounded_on_their_own():
    published = disclose(table([12, 12, 12]))
    assert [row.cell.text for row in published.breakdown("t").rows] == ["10", "10", "10"]
    assert published.breakdown("t").total.text == "35"


def test_percentages_come_from_rounded_numbers():
    published = disclose(table([12, 23, 17]))
    assert [row.share.text for row in published.breakdown("t").rows] == ["20 %", "50 %", "30 %"]
    assert percentage(Cell("*"), Cell("50", "50")).text == "*"
    assert percentage(Cell("0", "0"), Cell("50", "50")).text == "0 %"
    assert percentage(Cell("0", "0"), Cell("0", "0")).text == "none"


def test_a_breakdown_of_few_people_is_not_shown_at_all():
    for values in ([3, 0, 0], [1, 1, 1], [7, 7, 7, 7], [1, 8, 8], [4, 60, 0]):
        published = disclose(table(values)).breakdown("t")
        if published.shown:
            assert sum(values) > 7
        else:
            assert published.rows == ()
    assert not disclose(table([3, 0, 0])).breakdown("t").shown


def test_means_percentiles_and_shares_of_few_people_are_hidden():
    def published(n: int, before: int = 40) -> Published:
        return disclose(
            Figures(
                "2026-10",
                "October 2026",
                "",
                counts=(
                    Count("n", "n", n, "how", before),
                    Count("better", "Better", n // 2, "how", before // 2),
                ),
                shares=(Share("share", "Share", "better", "n", "how", change=True),),
                percentiles=(
                    Percentile("median", "Median", "n", 50, 4, "working days", "how", 5),
                    Percentile("p90", "Nine in ten", "n", 90, 1, "working days", "how", 9),
                ),
                means=(
                    Mean("up", "Up", "n", Decimal("1.249"), "how", signed=True),
                    Mean("down", "Down", "n", Decimal("-0.349"), "how", signed=True),
                    Mean("same", "Same", "n", Decimal("-0.049"), "how", signed=True),
                ),
            )
        )

    few, some, enough = published(7), published(27), published(28)
    texts = [
        [report.measure(key).cell.text for key in ("share", "median", "p90", "up")]
        for report in (few, some, enough)
    ]
    assert texts == [
        ["*", "*", "*", "*"],
        ["*", "4 working days", "*", "*"],
        ["50 %", "4 working days", "1 working day", "+1.2"],
    ]
    assert enough.measure("down").cell.text == "−0.3"
    assert enough.measure("same").cell.text == "0.0"
    assert enough.measure("median").before.text == "5 working days"
    assert published(0).measure("up").cell.text == "none"


def test_the_order_of_rows_tells_nothing_that_is_not_printed():
    first = disclose(_by_size([2, 7, 14, 13, 40])).breakdown("t")
    second = disclose(_by_size([7, 2, 13, 14, 40])).breakdown("t")
    assert first.rows == second.rows
    assert [row.key for row in first.rows] == ["r4", "r2", "r3", "r0", "r1"]


def _by_size(values: list[int]) -> Figures:
    figures = table(values)
    return replace(figures, breakdowns=(replace(figures.breakdowns[0], by_size=True),))


# --- the guard type -----------------------------------------------------------------------------


def test_a_published_report_refuses_bare_numbers():
    published = disclose(table([40, 50]))
    bare = ShownCount("n", "n", 43, None, None, "how")
    for counts in ((bare,), (Count("n", "n", 43, "how"),)):
        with pytest.raises(UndisclosedError):
            replace(published, counts=counts)


def test_no_true_number_is_left_in_what_is_published():
    rng = np.random.default_rng(6)
    figures = month(rng)
    odd = Count("odd", "Odd", 111_113, "how")
    spoilt = replace(figures, counts=(odd, *figures.counts))
    kept = str(disclose(spoilt).to_json())
    assert "111115" in kept
    assert "111113" not in kept
    assert "111,113" not in kept


def test_json_brings_back_the_same_report():
    published = disclose(month(np.random.default_rng(8)))
    assert Published.from_json(published.to_json()) == published
    assert len(published.one_series("by_month").rows) == len(MONTHS)


def test_only_disclosure_makes_cells():
    """Over the syntax trees: nobody else may call Cell(...), or the guard could be walked round."""
    offenders = []
    for path in Path("reports").rglob("*.py"):
        if path.name in ("disclosure.py", "published.py"):
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in (
                "Cell",
                "number_cell",
            ):
                offenders.append(f"{path}:{node.lineno}")
    assert offenders == []
