"""The journey line: nothing drawn is missing, nothing covers anything, nothing breaks it."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from bs4 import BeautifulSoup
from django.template import engines
from hypothesis import given, settings
from hypothesis import strategies as st

from spring.core.dates import add_months
from spring.core.journey_line import STATES, JourneyFacts, draw, small_paths
from spring.core.journey_line.labels import NARROWEST, OVERHANG, room
from spring.core.journey_line.small import WIDTH

TODAY = date(2026, 11, 22)
STARTED = date(2026, 4, 14)


def meg(**changes) -> JourneyFacts:
    facts = {
        "referred_on": date(2026, 4, 3),
        "today": TODAY,
        "started_on": STARTED,
        "plan_agreed_on": date(2026, 5, 6),
        "reviews": tuple(
            (month, add_months(STARTED, month), state)
            for month, state in ((3, "done"), (6, "done"), (9, "to_come"), (12, "to_come"))
        ),
        "sessions": ((date(2026, 4, 14), True), (date(2026, 9, 17), False)),
    }
    return JourneyFacts(**facts | changes)


def html(facts, tag="journey_line"):
    source = f'{{% {tag} facts "Meg O\'Brien" %}}'
    drawn = engines["django"].from_string(source).render({"facts": facts})
    assert "UNDEFINED" not in drawn
    assert "style=" not in drawn
    return BeautifulSoup(drawn, "html5lib")


def test_an_ordinary_case():
    line = draw(meg())
    assert [review.state for review in line.reviews] == ["done", "done", "to_come", "to_come"]
    assert line.walked[0].start == 0
    assert line.walked[-1].end == line.today == line.way.start
    assert line.way.end == line.reviews[-1].x == 100
    assert line.headline == "Journey in month 7 of 12"
    assert len(line.met) == len(line.missed) == 1
    assert line.over is None
    assert line.closed is None


def test_before_the_first_meeting_the_reviews_are_only_sketched():
    line = draw(JourneyFacts(referred_on=date(2026, 11, 9), today=TODAY))
    assert [review.month for review in line.reviews] == [3, 6, 9, 12]
    assert all(review.due_on is None for review in line.reviews)
    assert line.above[0].word == "Today, not yet met"
    assert not any("review" in words for words in line.words)


def test_past_twelve_months_is_loud():
    started = date(2025, 9, 20)
    late = ((12, add_months(started, 12), "late"),)
    line = draw(
        meg(referred_on=date(2025, 9, 1), started_on=started, reviews=late, plan_agreed_on=None)
    )
    assert line.over.start == pytest.approx(86)
    assert line.over.end == line.today > 86
    assert line.way is None
    assert line.above[0].kind == "over"
    assert "past 12 months" in line.above[0].word
    assert "past" in line.headline
    page = html(meg(started_on=started, referred_on=started, reviews=late))
    assert page.select_one(".jl-over")["stroke-dasharray"]


def test_two_years_late_still_fits():
    line = draw(meg(referred_on=date(2023, 1, 1), started_on=date(2023, 1, 9), reviews=()))
    assert 86 < line.today <= 100


def test_a_pause_is_a_gap():
    line = draw(meg(pauses=((date(2026, 6, 1), date(2026, 7, 1)),)))
    assert len(line.walked) == 2
    assert line.walked[0].end == line.paused[0].start
    assert line.walked[1].start == line.paused[0].end


def test_pauses_that_overlap_are_one_gap_and_an_open_one_lasts_until_today():
    line = draw(
        meg(
            pauses=(
                (date(2026, 10, 1), None),
                (date(2026, 6, 10), date(2026, 7, 10)),
                (date(2026, 6, 1), date(2026, 7, 1)),
            )
        )
    )
    assert len(line.paused) == 2
    assert line.paused[-1].end == line.today
    assert line.above[0].word == "Today, month 7, paused"
    assert "Paused from 1 October, and still paused" in line.words


def test_a_closed_journey_ends_where_it_ended():
    line = draw(meg(closed_on=date(2026, 10, 20)))
    assert line.today is None
    assert line.way is None
    assert line.closed == line.walked[-1].end
    assert [review.state for review in line.reviews] == ["done", "done"]
    assert line.above[0].word == "Closed 20 October"


def test_closed_before_it_began():
    line = draw(JourneyFacts(date(2026, 10, 9), TODAY, closed_on=date(2026, 11, 1)))
    assert line.reviews == ()
    assert 0 < line.closed < 100
    assert "Closed on 1 November" in line.words


def test_a_closed_journey_past_its_end_is_no_alarm():
    started = date(2025, 6, 1)
    line = draw(meg(referred_on=started, started_on=started, closed_on=TODAY, reviews=()))
    assert line.over is None
    assert line.walked[-1].end == line.closed


def test_every_state_is_told_by_more_than_colour():
    """Full diamond, diamond with a heart, triangle, struck diamond, hollow diamond."""
    said = set()
    for state in STATES:
        reviews = ((3, add_months(STARTED, 3), state),)
        paths = small_paths(draw(meg(reviews=reviews)))
        is_full = state == "done"  # the one that the style sheet fills
        said.add((paths[state].split("m", 1)[1], "due-heart" in paths, is_full))
        assert html(meg(reviews=reviews)).select(f".jl-{state}")
    assert len(said) == len(STATES)


def test_an_unknown_state_is_refused():
    with pytest.raises(ValueError, match="not “overdue”"):
        draw(meg(reviews=((3, TODAY, "overdue"),)))


def test_a_thousand_sessions_cost_no_more_than_two_hundred():
    sessions = tuple((STARTED + timedelta(days=n % 220), n % 7 > 0) for n in range(1000))
    line = draw(meg(sessions=sessions))
    assert len(line.met) <= 201
    assert len(small_paths(line)["met"]) < 2_000
    assert "Sessions: 857 attended, 143 not attended" in line.words


def test_the_small_drawing_is_one_path_for_each_kind_of_mark():
    page = html(meg(), "journey_line_small")
    svg = page.svg
    assert svg["role"] == "img"
    assert svg.title.get_text().startswith("Meg O'Brien: Journey in month 7 of 12. Reviews: ")
    kinds = [path["class"][0] for path in svg.select("path")]
    assert len(kinds) == len(set(kinds))
    assert len(str(svg)) < 1_600


def test_the_large_drawing_has_a_title_and_a_twin_in_words():
    page = html(meg())
    for svg in page.select("svg[role=img]"):
        assert svg.title.get_text() == "Meg O'Brien: Journey in month 7 of 12"
        assert svg.desc.get_text()
    said = [item.get_text() for item in page.select("details li")]
    assert said == [
        "Referred on 3 April",
        "First met on 14 April",
        "Plan agreed on 6 May",
        "3 months: reviewed (due 14 July)",
        "6 months: reviewed (due 14 October)",
        "9 months: review to come on 14 Jan 2027",
        "12 months: review to come on 14 Apr 2027",
        "Sessions: 1 attended, 1 not attended",
        "Today, 22 November: month 7",
    ]


def test_a_name_cannot_become_markup():
    source = "{% journey_line_small facts name %}{% journey_line facts name %}"
    drawn = (
        engines["django"]
        .from_string(source)
        .render({"facts": meg(), "name": "</title><script>alert(1)</script>"})
    )
    assert "<script>" not in drawn


days = st.dates(min_value=date(2023, 1, 1), max_value=date(2029, 12, 31))
maybe = st.none() | days
facts = st.builds(
    JourneyFacts,
    referred_on=days,
    today=days,
    started_on=maybe,
    plan_agreed_on=maybe,
    reviews=st.lists(
        st.tuples(st.sampled_from((3, 6, 9, 12)), days, st.sampled_from(sorted(STATES))),
        max_size=6,
    ).map(tuple),
    sessions=st.lists(st.tuples(days, st.booleans()), max_size=40).map(tuple),
    pauses=st.lists(st.tuples(days, maybe), max_size=4).map(tuple),
    closed_on=maybe,
)


@settings(deadline=None)  # the machine may be busy
@given(facts)
def test_whatever_the_dates_everything_is_on_the_line(any_facts):
    line = draw(any_facts)
    places = [*line.ticks, *line.met, *line.missed, *(review.x for review in line.reviews)]
    places += [x for x in (line.today, line.closed) if x is not None]
    places += [label.x for label in (*line.above, *line.below)]
    assert all(0 <= place <= 100 for place in places)
    assert (line.today is None) == (any_facts.closed_on is not None)
    assert line.words
    assert line.headline


@settings(deadline=None)  # the machine may be busy
@given(facts)
def test_walked_paused_and_over_cover_the_line_up_to_now_once(any_facts):
    line = draw(any_facts)
    now = line.today if line.today is not None else line.closed
    spans = sorted([*line.walked, *line.paused], key=lambda span: span.start)
    assert all(span.start < span.end for span in spans)
    assert all(a.end <= b.start + 0.001 for a, b in pairwise(spans))
    until = min(now, line.over.start) if line.over else now
    covered = sum(min(span.end, until) - min(span.start, until) for span in spans)
    assert covered == pytest.approx(until, abs=0.1)


@settings(deadline=None)  # the machine may be busy
@given(facts)
def test_no_label_touches_another_or_leaves_the_page(any_facts):
    line = draw(any_facts)
    for side in (line.above, line.below):
        for lane in {label.lane for label in side}:
            rooms = sorted(room(label, label.anchor) for label in side if label.lane == lane)
            assert all(a[1] <= b[0] for a, b in pairwise(rooms))
            assert rooms[0][0] >= -OVERHANG
            assert rooms[-1][1] <= NARROWEST + OVERHANG


@settings(deadline=None)  # the machine may be busy
@given(facts)
def test_the_small_drawing_stays_inside_its_frame(any_facts):
    for path in small_paths(draw(any_facts)).values():
        starts = [float(part.split(" ")[0]) for part in path.split("M")[1:]]
        assert all(0 <= x <= WIDTH for x in starts)


@settings(deadline=None)  # the machine may be busy
@given(facts)
def test_every_session_and_pause_is_in_the_words(any_facts):
    line = draw(any_facts)
    came = sum(1 for _, attended in any_facts.sessions if attended)
    missed = len(any_facts.sessions) - came
    assert f"Sessions: {came} attended, {missed} not attended" in line.words
    paused = [words for words in line.words if words.startswith("Paused")]
    assert len(paused) == len(any_facts.pauses)
