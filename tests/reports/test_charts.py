"""Charts say the same numbers as the table beside them, and nothing about hidden ones."""

import re

import pytest
from bs4 import BeautifulSoup
from django.template.loader import render_to_string

from reports import charts
from reports.charts import COLOURS, STUB, BarChart, LineChart, RangeChart
from reports.disclosure import disclose
from reports.document import Block, Document, document_of
from reports.published import Published, ShownRow, UndisclosedError
from reports.shapes import Row
from tests.reports.invent import MONTHS, table

pytestmark = pytest.mark.django_db  # the figures are counted in the test database


def blocks(document: Document) -> list[Block]:
    return [block for section in document.sections for block in section.blocks]


def drawn_words(block: Block) -> list[str]:
    """Every number a chart draws, as it says it."""
    chart = block.chart
    assert chart is not None
    svg = BeautifulSoup(
        render_to_string("reports/_chart.html", {"chart": chart, "size": 14, "font": ""}),
        "html5lib",
    )
    return svg.find("desc").get_text(), [text.get_text() for text in svg.find_all("text")]


@pytest.mark.parametrize("beside", [True, False])
@pytest.mark.parametrize("variant", ["service", "partner", "tiny", "empty"])
def test_each_chart_has_its_numbers_in_the_table_beside_it(counted, variant, beside):
    document = document_of(counted[variant], beside=beside)
    charted = [block for block in blocks(document) if block.chart]
    assert len(charted) >= 3
    for block in charted:
        assert block.table is not None
        told, words = drawn_words(block)
        cells = {str(cell) for row in block.table.rows for cell in row.cells}
        labels = {row.label for row in block.table.rows}
        if isinstance(block.chart, BarChart | LineChart):
            said = [part.rsplit(" ", 1) for part in told.removesuffix(".").split("; ")]
            assert [(label, value) for label, value in said] == [
                (row.label, str(row.cells[0])) for row in block.table.rows
            ]
        elif isinstance(block.chart, RangeChart):
            assert labels == {row.label for row in block.chart.rows}
        numbers = [w for w in words if re.fullmatch(r"[\d,]+( %)?|\*", w)]
        scale = {tick.text for tick in getattr(block.chart, "ticks", ())}
        assert set(numbers) - scale <= cells


def test_the_cover_says_every_number_of_its_charts(counted):
    document = document_of(counted["service"], beside=True)
    for row in document.cover:
        for block in row:
            assert block.chart is not None
            assert block.chart.desc in block.chart.title


def test_every_chart_of_the_cover_is_drawn_again_beside_its_table(counted):
    document = document_of(counted["service"], beside=True)
    with_table = {block.chart.key for block in blocks(document) if block.chart and block.table}
    covered = {block.chart.key.removeprefix("cover-") for row in document.cover for block in row}
    assert covered <= with_table


# --- hidden numbers -----------------------------------------------------------------------------------


def test_a_hidden_bar_is_a_stub_of_one_size_whatever_it_hides():
    drawn = [
        charts.bars(disclose(table([n, 7 - n, 60, 61])).breakdown("t"), beside=beside)
        for n in (1, 3, 6)
        for beside in (True, False)
    ]
    assert drawn[0] == drawn[2] == drawn[4]
    assert drawn[1] == drawn[3] == drawn[5]
    stubs = [bar for chart in drawn for bar in chart.bars if bar.hidden]
    assert len(stubs) == 12
    assert {bar.width for bar in stubs} == {STUB}
    assert {bar.text for bar in stubs} == {"*"}


def test_the_stub_does_not_follow_the_true_number_on_the_whole_page(counted):
    """Two services that differ in hidden numbers alone have the same page, to the byte."""
    pages = []
    for values in ([2, 5, 40, 60], [5, 2, 40, 60], [3, 4, 42, 58]):
        item = disclose(table(values)).breakdown("t")
        pages.append(
            render_to_string(
                "reports/_chart.html", {"chart": charts.bars(item), "size": 14, "font": ""}
            )
        )
    assert len(set(pages)) == 1


def test_a_hidden_month_is_a_stub_and_breaks_the_line(counted):
    item = counted["tiny"].one_series("started_by_month")
    chart = charts.line(item)
    hidden = [point for point in chart.points if point.hidden]
    assert hidden
    assert len({point.y for point in hidden}) == 1
    for segment in chart.segments:
        assert not any((p.x, p.y) == (segment.x1, segment.y1) and p.hidden for p in chart.points)


def test_a_number_that_is_not_disclosed_cannot_be_drawn():
    published = disclose(table([40, 50]))
    item = published.breakdown("t")
    bare = ShownRow("r", "Row", 43, None)
    raw = Row("r", "Row", 43)
    for row in (bare, raw):
        broken = type(item)(**{**vars(item), "rows": (row,)})
        with pytest.raises((UndisclosedError, AttributeError)):
            charts.bars(broken)


# --- to see -----------------------------------------------------------------------------------------


def luminance(colour: str) -> float:
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    parts = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def test_every_colour_stands_out_from_the_paper():
    assert all(1.05 / (luminance(colour) + 0.05) >= 3 for colour in COLOURS)


def test_charts_have_a_title_a_description_and_no_styles_or_scripts(counted):
    for beside in (True, False):
        for block in blocks(document_of(counted["service"], beside=beside)):
            if block.chart is None:
                continue
            html = render_to_string(
                "reports/_chart.html", {"chart": block.chart, "size": 14, "font": ""}
            )
            svg = BeautifulSoup(html, "html5lib").find("svg")
            assert svg["role"] == "img"
            assert svg.find("title").get_text().strip()
            assert svg.find("desc").get_text().strip()
            ids = svg["aria-labelledby"].split()
            assert [svg.find("title")["id"], svg.find("desc")["id"]] == ids
            assert "style" not in html
            assert "<script" not in html
            assert "UNDEFINED" not in html


def test_marks_stay_inside_the_drawing(counted):
    for variant in ("service", "partner", "tiny", "empty"):
        for block in blocks(document_of(counted[variant], beside=True)):
            chart = block.chart
            if isinstance(chart, BarChart):
                assert all(0 <= chart.left + bar.width <= 92 for bar in chart.bars)
                assert all(bar.y + chart.thick <= chart.height for bar in chart.bars)
            elif isinstance(chart, LineChart):
                assert all(0 <= point.y <= chart.base for point in chart.points)
                assert len(chart.points) == len(MONTHS)
            elif isinstance(chart, RangeChart):
                marks = [mark for row in chart.rows for mark in (row.first, row.second) if mark]
                assert all(3 <= mark.x <= 97 for mark in marks)


def test_a_report_keeps_its_shape_through_its_json(counted):
    for published in counted.values():
        again = Published.from_json(published.to_json())
        for beside in (True, False):
            assert document_of(again, beside=beside) == document_of(published, beside=beside)


def test_a_report_made_before_a_figure_was_added_is_still_read(counted):
    kept = counted["service"].to_json()
    kept["breakdowns"] = [b for b in kept["breakdowns"] if b["key"] != "outcomes"]
    old = document_of(Published.from_json(kept), beside=False)
    now = document_of(counted["service"], beside=False)
    assert {s.key for s in now.sections} - {s.key for s in old.sections} == {"met"}
