"""Sentences are true of the numbers that are printed, and claim no more."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.disclosure import disclose
from reports.document import document_of
from reports.published import Cell
from reports.shapes import Breakdown, Count, Figures, Row
from reports.story import compared, previous_name, relative_change, three_things, top_row

counts = st.integers(0, 400)


def cell_of(value: int) -> Cell:
    figures = Figures("2026-10", "", "", counts=(Count("n", "n", value, "how"),))
    return disclose(figures).count("n").cell


@given(counts, counts)
def test_up_and_down_are_true_and_never_within_a_step_of_rounding(now, before):
    words = compared(cell_of(now), cell_of(before), "September", "5")
    if "up from" in words:
        assert now > before
    elif "down from" in words:
        assert now < before
    elif "about as many" in words:
        assert abs(now - before) <= 9
    else:
        assert 1 <= now <= 7 or 1 <= before <= 7


@given(counts, counts)
def test_a_change_is_only_called_one_where_it_happened(now, before):
    figures = Figures("2026-10", "", "", counts=(Count("n", "n", now, "how", before),))
    published = disclose(figures)
    change = relative_change(published.count("n"), published)
    if change > 0:
        assert now > before
    elif change < 0:
        assert now < before


def test_the_month_before_january_is_named_with_its_year():
    for month, name in (("2026-10", "September"), ("2027-01", "December 2026")):
        assert previous_name(disclose(Figures(month, "", ""))) == name


def test_the_top_row_is_named_only_where_one_stands_out():
    def top(*values: int) -> str:
        rows = tuple(Row(f"r{n}", f"Row {n}", value) for n, value in enumerate(values))
        breakdown = Breakdown("t", "t", "What", "n", rows, "how")
        figures = Figures(
            "2026-10",
            "",
            "",
            counts=(Count("n", "n", sum(values), "how"),),
            breakdowns=(breakdown,),
        )
        return top_row(disclose(figures).breakdown("t"))

    assert top(60, 20, 20) == "Row 0 (60)"
    assert top(22, 19, 60) == "Row 2 (60)"
    assert top(21, 19, 20) == ""  # 20, 20 and 20 as printed
    assert top(0, 0, 0) == ""


@pytest.mark.django_db
@pytest.mark.parametrize("variant", ["service", "partner", "tiny", "empty"])
def test_there_are_three_sentences_about_every_month(counted, variant):
    things = three_things(counted[variant])
    assert len(things) == 3
    for thing in things:
        assert str(thing).endswith(".")
        assert "None" not in str(thing)
        assert "UNDEFINED" not in str(thing)


@pytest.mark.django_db
def test_every_figure_of_the_pages_has_its_definition(counted):
    for published in counted.values():
        for section in document_of(published, beside=True).sections:
            assert section.how, section.key
            assert all(name and words.endswith(".") for name, words in section.how)
