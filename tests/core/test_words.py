"""The words and small pieces that every template may use."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.core.paginator import Paginator
from django.template import engines
from django.test import RequestFactory

from spring.core.templatetags import words

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def drawn(source, path="/", **context) -> BeautifulSoup:
    """A template of one line, as a page would draw it."""
    request = RequestFactory().get(path)
    html = engines["django"].from_string(source).render(context, request)
    assert "UNDEFINED" not in html
    return BeautifulSoup(html, "html5lib")


@pytest.fixture(autouse=True)
def _on_a_sunday_in_november():
    with time_machine.travel(NOON, tick=False):
        yield


def test_dates_are_written_out():
    day = date(2026, 3, 3)
    assert words.long_date(day) == "Tuesday 3 March 2026"
    assert words.plain_date(day) == "3 March 2026"
    assert words.short_date(day) == "Tuesday 3 March"
    assert words.short_date(date(2025, 3, 3)) == "Monday 3 March 2025"


def test_a_moment_is_shown_on_its_london_day():
    just_after_midnight_in_london = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)
    assert words.plain_date(just_after_midnight_in_london) == "1 July 2026"
    assert words.clock_time(just_after_midnight_in_london) == "00:30"
    assert words.clock_time(datetime(2026, 11, 22, 10, 42, tzinfo=UTC)) == "10:42"


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2026, 11, 22), "today"),
        (date(2026, 11, 21), "yesterday"),
        (date(2026, 11, 23), "tomorrow"),
        (date(2026, 10, 19), "34 days ago"),
        (date(2026, 12, 1), "in 9 days"),
        (date(2026, 4, 14), "7 months ago"),
        (date(2027, 11, 22), "in 12 months"),
        (date(2024, 2, 29), "32 months ago"),
    ],
)
def test_since_says_how_long(day, said):
    assert words.since(day) == said


@pytest.mark.parametrize(
    "quiet",
    [
        words.long_date,
        words.plain_date,
        words.short_date,
        words.clock_time,
        words.since,
        words.nhs_number,
        words.signed,
        words.months,
    ],
)
def test_nothing_in_nothing_out(quiet):
    assert quiet(None) == ""


def test_counting():
    assert words.counted(1, "person,people") == "1 person"
    assert words.counted(0, "person,people") == "0 people"
    assert words.counted(1204, "person,people") == "1,204 people"
    assert words.counted(["a", "b"], "person,people") == "2 people"
    assert words.months(1) == "1 month"
    assert words.months(7) == "7 months"


def test_numbers_in_their_printed_form():
    assert words.nhs_number("9990000018") == "999 000 0018"
    assert words.nhs_number("999") == "999"
    assert words.signed(1.5) == "+1.5"
    assert words.signed(-2) == "−2"
    assert words.signed(0) == "0"


def test_a_tag_has_a_word_and_a_known_colour():
    tag = drawn('{% tag "No contact for 34 days" "late" %}').select_one(".tag--late")
    assert tag.get_text() == "No contact for 34 days"
    with pytest.raises(ValueError, match="There is no tag “red”"):
        drawn('{% tag "No" "red" %}')


def test_a_tag_escapes_what_people_typed():
    page = drawn("{% tag typed %}", typed="<script>alert(1)</script>")
    assert page.find("script") is None
    assert "<script>" in page.get_text()


def test_an_empty_list_is_a_good_place_to_be():
    page = drawn('{% empty "Nobody is waiting" text="Well done." url="/caseload/" link="All" %}')
    assert page.h2.get_text() == "Nobody is waiting"
    assert page.a["href"] == "/caseload/"
    assert drawn('{% empty "Nothing yet" level=3 %}').find("a") is None


def test_a_pager_keeps_the_question_and_marks_the_page():
    pages = Paginator(range(430), 20)
    page = drawn("{% pager page %}", path="/?worker=7&page=3", page=pages.get_page(3))
    assert page.select_one("[aria-current=page]").get_text(strip=True) == "Page3"
    assert page.select_one("[rel=next]")["href"] == "?worker=7&page=4"
    assert "41 to 60 of 430" in page.get_text()
    assert drawn("{% pager page %}", page=Paginator([1], 20).get_page(1)).find("nav") is None


def test_a_summary_list_names_what_each_link_changes():
    rows = [("Name", "Meg", "/change/", "Change"), ("Telephone", "07700 900123")]
    page = drawn("{% summary_list rows %}", rows=rows)
    assert [key.get_text() for key in page.find_all("dt")] == ["Name", "Telephone"]
    assert page.a.get_text() == "Change name"
    assert len(page.find_all("a")) == 1
