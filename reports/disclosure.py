"""Disclosure control: the one door from what is true to what may be published. Pure.

The profile is that of sub-national hospital statistics: 0 is shown, 1 to 7 is "*", any other
count is shown to the nearest 5, totals are rounded on their own, percentages are worked out from
the rounded numbers, and nothing is said about so few people as could be told apart.

That alone can still be solved for: two hidden numbers under a total of 15 are both 6 or 7. So
what a reader could work out is reckoned as well (every sum a reader may know, as intervals), and
a breakdown in which a hidden number could be narrowed to fewer than five possible ones is not
shown. Whole breakdowns are kept back, never single rows: which row was kept back would itself
tell. With a width of 4 even a reader who knows these rules is left with at least four.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from reports.published import (
    Cell,
    Published,
    ShownBreakdown,
    ShownCount,
    ShownMeasure,
    ShownRow,
    ShownSeries,
)
from reports.shapes import Breakdown, Count, Figures, Mean, Percentile, Row, Series, Share

HIDDEN, KEPT_BACK, NOBODY = "*", "not shown", "none"
MANY = 10**9  # above any count; an upper bound that says nothing


@dataclass(frozen=True)
class Profile:
    """How strictly numbers are protected; it can be made stricter, never laxer than its floors."""

    threshold: int = 7
    rounding: int = 5
    least_people_for_change: int = 30
    least_beyond_percentile: int = 3
    least_width: int = 3  # between the least and the most a hidden number may be
    least_width_in_breakdown: int = 4

    def __post_init__(self) -> None:
        width = min(self.least_width, self.least_width_in_breakdown - 1)
        if self.threshold < 5 or self.rounding < 5 or width < 3:
            raise ValueError("Disclosure control cannot be set below its floor.")


class Sheet:
    """Every published count with what a reader knows of it: an interval and the sums it is in."""

    def __init__(self, profile: Profile, values: dict[str, int]) -> None:
        self.profile = profile
        self.values = values
        self.kept_back: set[str] = set()

    def rounded(self, value: int) -> int:
        base = self.profile.rounding
        return (value + base // 2) // base * base

    def is_small(self, key: str) -> bool:
        return 1 <= self.values[key] <= self.profile.threshold

    def hidden(self, key: str) -> bool:
        return key in self.kept_back or self.is_small(key)

    def known(self, key: str) -> tuple[int, int]:
        """The least and the most it may be, as far as its own printed form tells."""
        value = self.values[key]
        if key in self.kept_back:
            return 0, MANY
        if value == 0:
            return 0, 0
        if self.is_small(key):
            return 1, self.profile.threshold
        shown, base = self.rounded(value), self.profile.rounding
        return max(self.profile.threshold + 1, shown - base // 2), shown + (base - 1) // 2

    def cell(self, key: str) -> Cell:
        if key in self.kept_back:
            return Cell(KEPT_BACK)
        if self.is_small(key):
            return Cell(HIDDEN)
        return number_cell(self.rounded(self.values[key]))


def number_cell(value: int) -> Cell:
    """A number that is safe as it stands: rounded already, a target, or not about people."""
    return Cell(f"{value:,}", str(value))


@dataclass(frozen=True)
class Sum:
    """Something a reader knows: the left keys add up to the right ones, or at least to them."""

    left: tuple[str, ...]
    right: tuple[str, ...]
    at_least: bool = False


def narrowed(sheet: Sheet, sums: Iterable[Sum]) -> dict[str, tuple[int, int]]:
    """The least and the most each count may be to a reader who uses every sum there is."""
    sums = tuple(sums)
    bounds = {key: sheet.known(key) for key in sheet.values}
    for _ in range(50):
        before = dict(bounds)
        for known in sums:
            _narrow(bounds, known)
        if bounds == before:
            return bounds
    return bounds


def _narrow(bounds: dict[str, tuple[int, int]], known: Sum) -> None:
    """Tighten every count in one sum by what the others leave room for."""
    terms = [(key, 1) for key in known.left] + [(key, -1) for key in known.right]
    low = sum(_signed(bounds[key], sign)[0] for key, sign in terms)
    high = sum(_signed(bounds[key], sign)[1] for key, sign in terms)
    for key, sign in terms:
        least, most = bounds[key]
        own_low, own_high = _signed((least, most), sign)
        # the terms together make 0 (or, where the left may exceed the right, 0 or more)
        floor = -(high - own_high)
        ceiling = MANY if known.at_least else -(low - own_low)
        new_low, new_high = max(own_low, floor), min(own_high, ceiling)
        least, most = _signed((new_low, new_high), sign)
        bounds[key] = (least, most)
        low += new_low - own_low
        high += new_high - own_high


def _signed(bound: tuple[int, int], sign: int) -> tuple[int, int]:
    return bound if sign == 1 else (-bound[1], -bound[0])


def disclose(figures: Figures, profile: Profile | None = None) -> Published:
    """The report as it may be published."""
    profile = profile or Profile()
    sheet = Sheet(profile, values_of(figures))
    shown = protect(sheet, figures)
    return Published(
        month=figures.month,
        month_label=figures.month_label,
        partner=figures.partner,
        threshold=str(profile.threshold),
        rounding=str(profile.rounding),
        counts=tuple(_count(sheet, count) for count in figures.counts),
        breakdowns=tuple(_breakdown(sheet, item, item.key in shown) for item in figures.breakdowns),
        measures=(
            *(_share(sheet, item) for item in figures.shares),
            *(_percentile(sheet, item) for item in figures.percentiles),
            *(_mean(sheet, item) for item in figures.means),
        ),
        series=tuple(_series(sheet, figures, item) for item in figures.series),
        plain=tuple(
            ShownCount(fact.key, fact.label, number_cell(fact.value), None, None, "")
            for fact in figures.plain
        ),
    )


def values_of(figures: Figures) -> dict[str, int]:
    """Every true number a reader may reason about, by key, also what a percentage leaves over."""
    values = {count.key: count.value for count in figures.counts}
    values |= {f"{c.key}~before": c.before for c in figures.counts if c.before is not None}
    values |= {f"{b.key}:{row.key}": row.value for b in figures.breakdowns for row in b.rows}
    values |= {f"{s.key}:{point.key}": point.value for s in figures.series for point in s.points}
    values |= {row.key: row.value for row in figures.unseen}
    for share in figures.shares:
        values[f"{share.key}~rest"] = values[share.whole] - values[share.part]
    return values


def sums_known(figures: Figures, shown: Iterable[str]) -> list[Sum]:
    """Every sum that a reader of this report knows: breakdowns, series, declared relations."""
    shown = set(shown)
    sums = [
        Sum(tuple(f"{b.key}:{row.key}" for row in b.rows), (b.total,), at_least=not b.adds_up)
        for b in figures.breakdowns
        if b.key in shown
    ]
    counts = {count.key: count for count in figures.counts}
    for item in figures.series:
        ends = [point.key for point in item.points[-2:]]
        sums.append(Sum((f"{item.key}:{ends[-1]}",), (item.count,)))
        if counts[item.count].before is not None:
            sums.append(Sum((f"{item.key}:{ends[0]}",), (f"{item.count}~before",)))
    for share in figures.shares:
        sums.append(Sum((share.part, f"{share.key}~rest"), (share.whole,)))
    return sums + [Sum(relation.left, relation.right) for relation in figures.relations]


def protect(sheet: Sheet, figures: Figures) -> set[str]:
    """Keep back what would tell too much; the keys of the breakdowns that may be shown."""
    sheet.kept_back.update(f"{share.key}~rest" for share in figures.shares)
    sheet.kept_back.update(row.key for row in figures.unseen)
    shown = {item.key for item in figures.breakdowns}
    _drop(sheet, figures, shown, {b.key for b in figures.breakdowns if sheet.is_small(b.total)})
    while True:
        bounds = narrowed(sheet, sums_known(figures, shown))
        tight = _tight_breakdowns(sheet, figures, shown, bounds)
        if tight:
            worst = min(tight.values())
            _drop(sheet, figures, shown, {key for key, width in tight.items() if width == worst})
            continue
        gives_way = _giving_way(sheet, figures, bounds)
        if gives_way is None:
            return shown
        if gives_way in shown:
            _drop(sheet, figures, shown, {gives_way})
        else:
            sheet.kept_back.add(gives_way)
            _drop(
                sheet, figures, shown, {b.key for b in figures.breakdowns if b.total == gives_way}
            )


def _drop(sheet: Sheet, figures: Figures, shown: set[str], keys: set[str]) -> None:
    """Show none of these breakdowns."""
    shown.difference_update(keys)
    for item in figures.breakdowns:
        if item.key in keys:
            sheet.kept_back.update(f"{item.key}:{row.key}" for row in item.rows)


def _tight_breakdowns(
    sheet: Sheet, figures: Figures, shown: set[str], bounds: dict[str, tuple[int, int]]
) -> dict[str, int]:
    """Breakdowns with a hidden row that could be narrowed too far, and to what width."""
    least = sheet.profile.least_width_in_breakdown
    found = {}
    for item in figures.breakdowns:
        if item.key not in shown:
            continue
        keys = [f"{item.key}:{row.key}" for row in item.rows]
        widths = [bounds[key][1] - bounds[key][0] for key in keys if sheet.is_small(key)]
        if widths and min(widths) < least:
            found[item.key] = min(widths)
    return found


def _giving_way(sheet: Sheet, figures: Figures, bounds: dict[str, tuple[int, int]]) -> str | None:
    """What to keep back because a relation or a percentage narrows a small number too far."""
    known = [(r.gives_way, (*r.left, *r.right)) for r in figures.relations]
    known += [(s.part, (s.part, s.whole, f"{s.key}~rest")) for s in figures.shares]
    for gives_way, keys in known:
        if gives_way in sheet.kept_back:
            continue
        for key in keys:
            least, most = bounds[key]
            if sheet.is_small(key) and most - least < sheet.profile.least_width:
                return gives_way
    return None


# --- cells ----------------------------------------------------------------------------------------


def percentage(part: Cell, whole: Cell) -> Cell:
    """A percentage worked out from two published numbers, so that it says no more than they do."""
    if part.number is None or whole.number is None:
        return Cell(HIDDEN)
    if whole.number == 0:
        return Cell(NOBODY)
    value = (100 * part.number / whole.number).quantize(Decimal(1), ROUND_HALF_UP)
    value = min(value, Decimal(100))
    return Cell(f"{value} %", str(value))


def _count(sheet: Sheet, count: Count) -> ShownCount:
    return ShownCount(
        count.key,
        count.label,
        sheet.cell(count.key),
        None if count.before is None else sheet.cell(f"{count.key}~before"),
        None if count.target is None else number_cell(count.target),
        count.how,
    )


def _row(sheet: Sheet, prefix: str, row: Row, total: Cell) -> ShownRow:
    cell = sheet.cell(f"{prefix}:{row.key}")
    return ShownRow(row.key, row.label, cell, percentage(cell, total))


def _breakdown(sheet: Sheet, item: Breakdown, shown: bool) -> ShownBreakdown:
    total = sheet.cell(item.total)
    rows = tuple(_row(sheet, item.key, row, total) for row in item.rows) if shown else ()
    if item.by_size:
        order = {row.key: place for place, row in enumerate(item.rows)}
        rows = tuple(sorted(rows, key=lambda row: (-drawn_size(row.cell), order[row.key])))
    return ShownBreakdown(
        item.key, item.title, item.column, shown, rows, total, item.adds_up, item.how
    )


def drawn_size(cell: Cell) -> Decimal:
    """A size to order by: every hidden number has the same, between nothing and the least shown."""
    return Decimal(1) if cell.number is None else cell.number


def _series(sheet: Sheet, figures: Figures, item: Series) -> ShownSeries:
    target = figures.count(item.count).target
    return ShownSeries(
        item.key,
        item.title,
        tuple(
            ShownRow(point.key, point.label, sheet.cell(f"{item.key}:{point.key}"), None)
            for point in item.points
        ),
        None if target is None else number_cell(target),
        item.how,
    )


def _share(sheet: Sheet, item: Share) -> ShownMeasure:
    """A percentage now and the month before; of how people changed only for enough of them."""
    whole = sheet.cell(item.whole)
    few = item.change and _too_few_for_change(sheet, whole)
    cell = Cell(HIDDEN) if few else percentage(sheet.cell(item.part), whole)
    before = None
    if f"{item.part}~before" in sheet.values and not item.change:
        before = percentage(sheet.cell(f"{item.part}~before"), sheet.cell(f"{item.whole}~before"))
    return ShownMeasure(item.key, item.label, cell, before, whole, item.how)


def _too_few_for_change(sheet: Sheet, n: Cell) -> bool:
    return n.number is None or 0 < n.number < sheet.profile.least_people_for_change


def _percentile(sheet: Sheet, item: Percentile) -> ShownMeasure:
    n = sheet.cell(item.n)
    before = None
    if f"{item.n}~before" in sheet.values:
        before = _percentile_cell(sheet, item, item.before, sheet.cell(f"{item.n}~before"))
    cell = _percentile_cell(sheet, item, item.value, n)
    return ShownMeasure(item.key, item.label, cell, before, n, item.how)


def _percentile_cell(sheet: Sheet, item: Percentile, value: int | None, n: Cell) -> Cell:
    """Shown only where enough people lie beyond it, reckoned from the published number."""
    beyond = min(item.percent, 100 - item.percent)
    if n.number is None:
        return Cell(HIDDEN)
    if n.number == 0 or value is None:
        return Cell(NOBODY)
    if n.number * beyond < 100 * sheet.profile.least_beyond_percentile:
        return Cell(HIDDEN)
    unit = item.unit.removesuffix("s") if value == 1 else item.unit
    return Cell(f"{value} {unit}", str(value))


def _mean(sheet: Sheet, item: Mean) -> ShownMeasure:
    """Shown to one decimal, and only for as many people as a mean can be trusted for."""
    n = sheet.cell(item.n)
    if _too_few_for_change(sheet, n):
        cell = Cell(HIDDEN)
    elif n.number == 0 or item.value is None:
        cell = Cell(NOBODY)
    else:
        value = item.value.quantize(Decimal("0.1"), ROUND_HALF_UP) + 0  # no "-0.0"
        sign = "+" if item.signed and value > 0 else "−" if value < 0 else ""
        cell = Cell(f"{sign}{abs(value)}", str(value))
    return ShownMeasure(item.key, item.label, cell, None, n, item.how)
