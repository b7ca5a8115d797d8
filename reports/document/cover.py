"""The first page: headline numbers and the charts that matter most."""

from dataclasses import replace

from reports import charts
from reports.document.going import journey, six
from reports.document.pieces import Block, Chart, Pages, Tile
from reports.published import Cell
from reports.story import number_words


def tiles(pages: Pages) -> tuple[Tile, ...]:
    """The four headline numbers, each against what it is held to."""
    count = pages.published.count
    referred, started, now = count("referred"), count("started"), count("open")
    workers = pages.published.fact("link_workers").cell
    return (
        Tile("Referred", referred.cell, _before(pages, referred.before)),
        Tile(
            "Started",
            started.cell,
            f"target {started.target}" if started.target else _before(pages, started.before),
        ),
        Tile(
            "With a link worker",
            now.cell,
            f"{workers} link worker{'' if workers.text == '1' else 's'}",
        ),
        Tile(
            "Reviewed at six months",
            count("six_held").cell,
            f"of {number_words(count('six_due').cell, pages.published.threshold)} due",
        ),
    )


def _before(pages: Pages, cell: Cell | None) -> str:
    if cell is None:
        return ""
    return f"{number_words(cell, pages.published.threshold)} in {pages.month}"


def cover(pages: Pages) -> tuple[tuple[Block, ...], ...]:
    """Five charts in three rows."""
    published = pages.published
    life = six(pages, pitch=37).blocks[0]
    started = published.one_series("started_by_month")
    blocks = [Block(None, charts.line(started, height=142), heading=started.title)]
    for key, colour, heading in (
        ("source", 1, "Who referred most"),
        ("needs", 3, "What people asked for most"),
    ):
        item = published.breakdown(key)
        chart = charts.bars(item, beside=True, colour=colour, most=5)
        note = "" if chart else pages.why_not(item)
        blocks.append(Block(None, chart, note=note, heading=heading))
    blocks.append(
        Block(None, life.chart, note=life.note, heading="Life at the start and at six months")
    )
    blocks.append(
        Block(None, journey(pages).blocks[0].chart, heading="How a journey goes", wide=True)
    )
    blocks = [
        replace(block, chart=_for_cover(block.chart)) if block.chart else block for block in blocks
    ]
    return tuple(blocks[:2]), tuple(blocks[2:4]), tuple(blocks[4:])


def _for_cover(chart: Chart) -> Chart:
    """The same chart once more, away from its table: its title says every number."""
    words = chart.title.split(":", 1)[0]
    return replace(chart, key=f"cover-{chart.key}", title=f"{words}. {chart.desc}")
