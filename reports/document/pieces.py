"""What pages are made of: tables, blocks, sections, and how each is taken from `Published`."""

from dataclasses import dataclass, field

from reports import charts
from reports.charts import BarChart, JourneyChart, LineChart, RangeChart
from reports.published import Cell, Published, ShownBreakdown, ShownSeries
from reports.story import Sentence, compared, number_words, previous_name

Chart = BarChart | JourneyChart | LineChart | RangeChart


@dataclass(frozen=True)
class TableRow:
    label: str
    cells: tuple[Cell | str, ...]


@dataclass(frozen=True)
class Table:
    """One table; the first column heads each row."""

    key: str
    caption: str
    columns: tuple[str, ...]
    rows: tuple[TableRow, ...]
    total: TableRow | None = None


@dataclass(frozen=True)
class Block:
    """A chart beside its table, or one of them, or a sentence saying why there is neither."""

    table: Table | None
    chart: Chart | None = None
    note: str = ""
    heading: str = ""
    wide: bool = False  # the table needs the whole width, so the chart stands above it


@dataclass(frozen=True)
class Section:
    """One question and what answers it."""

    key: str
    question: str
    answer: str
    blocks: tuple[Block, ...]
    how: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Tile:
    """A headline number."""

    label: str
    cell: Cell
    below: str


@dataclass(frozen=True)
class Document:
    """Everything on the pages, in order."""

    published: Published
    things: tuple[Sentence, ...]
    tiles: tuple[Tile, ...]
    cover: tuple[tuple[Block, ...], ...]  # in rows
    sections: tuple[Section, ...] = field(default_factory=tuple)


@dataclass(frozen=True)
class Pages:
    """Takes pieces from a report; `beside` for paper, where labels stand left of their bars."""

    published: Published
    beside: bool

    @property
    def month(self) -> str:
        """The month before, in words."""
        return previous_name(self.published)

    def bars(self, key: str, *, colour: int = 1, total: str = "All") -> Block:
        """A breakdown as bars beside its table, or the reason why it is not shown."""
        item = self.published.breakdown(key)
        if not item.shown or item.total.text == "0":
            return Block(None, note=self.why_not(item), heading=item.title)
        return Block(
            _table(item, total),
            charts.bars(item, beside=self.beside, colour=colour),
            heading=item.title,
        )

    def why_not(self, item: ShownBreakdown) -> str:
        """Why a breakdown has no rows."""
        if item.total.text == "0":
            return "There were none."
        return (
            f"Not shown for {self.published.month_label}: the numbers are so small that this "
            "breakdown could tell something about one person."
        )

    def series(self, key: str, *, colour: int = 1) -> Block:
        """A line through twelve months beside its table."""
        item = self.published.one_series(key)
        return Block(
            _months(item),
            charts.line(item, height=190 if self.beside else 180, colour=colour),
            heading=item.title,
        )

    def counted(self, caption: str, *keys: str) -> Table:
        """Counts of this month and the month before."""
        rows = []
        for key in keys:
            count = self.published.count(key)
            rows.append(TableRow(count.label, (count.cell, count.before or "")))
        return Table(keys[0], caption, ("What", "This month", self.month), tuple(rows))

    def how(self, *keys: str) -> tuple[tuple[str, str], ...]:
        """The definitions of figures, each once."""
        items = {
            item.key: (getattr(item, "title", "") or getattr(item, "label", ""), item.how)
            for group in (
                self.published.counts,
                self.published.breakdowns,
                self.published.measures,
                self.published.series,
            )
            for item in group
        }
        return tuple(dict.fromkeys(items[key] for key in keys if key in items))

    def said(self, key: str, words: str) -> str:
        """A count in a sentence, with the month before where that may be said."""
        count = self.published.count(key)
        told = number_words(count.cell, self.published.threshold)
        same = compared(count.cell, count.before, self.month, self.published.rounding)
        return f"{words} {told}{same}."

    def reviews(self) -> list[int]:
        """The months at which reviews are held, as the figures have them."""
        found = [item.key for item in self.published.measures]
        return sorted(int(k.split(".")[1]) for k in found if k.startswith("held_share."))


def _table(item: ShownBreakdown, total: str) -> Table:
    return Table(
        item.key,
        item.title,
        (item.column, "Number", "Share"),
        tuple(TableRow(row.label, (row.cell, row.share or "")) for row in item.rows),
        TableRow(total, (item.total, "")),
    )


def number_of(cell: Cell | None) -> str:
    """The number without its unit, where the column says the unit."""
    if cell is None:
        return ""
    return cell.text if cell.number is None else str(cell.number)


def _months(item: ShownSeries) -> Table:
    return Table(
        item.key,
        item.title,
        ("Month", "People"),
        tuple(TableRow(row.label, (row.cell,)) for row in item.rows),
    )
