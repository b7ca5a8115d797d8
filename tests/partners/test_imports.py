"""Reading files in the shape of the Organisation Data Service. Pure."""

from datetime import date

import pytest

from partners.imports import MOST_ROWS, NotReadable, compare, read

TODAY = date(2026, 11, 22)
HEADER = (
    "Organisation Code,Name,Address Line 1,Address Line 2,Postcode,Open Date,Close Date,"
    "Status Code,Contact Telephone Number,PCN Code,Council\n"
)
GOOD = HEADER + (
    "U99001,ISE VALLEY PCN,,,,20190701,,A,,,\n"
    "Z99123,THE O'BRIEN SURGERY,1 MILL LANE,CORBY,nn171aa,19740401,,A,01536 000000,U99001,North\n"
    "\n"
    "Z99456,High Street Surgery,,,,1/4/1974,2026-09-30,C,,,west northamptonshire\n"
)


def one(line: str, header: str = HEADER):
    rows, problems = read(header + line, today=TODAY)
    return (rows[0], None) if rows else (None, problems[0])


def why(line: str) -> str:
    return one(line)[1].reason


def test_a_good_file_is_read():
    rows, problems = read("\ufeff".lstrip("\ufeff") + GOOD, today=TODAY)
    assert problems == []
    network, practice, closed = rows
    assert (network.kind, practice.kind) == ("pcn", "practice")
    assert network.facts["name"] == "Ise Valley PCN"
    assert practice.facts["name"].startswith("The O'")
    assert practice.facts["address"] == "1 Mill Lane, Corby"
    assert practice.facts["postcode"] == "NN17 1AA"
    assert practice.facts["valid_from"] == date(1974, 4, 1)
    assert practice.facts["network"] == "U99001"
    assert practice.facts["council"] == "north"
    assert closed.facts["valid_to"] == date(2026, 9, 30)
    assert closed.facts["council"] == "west"


def test_columns_come_in_any_order_and_case_and_others_are_passed_over():
    row, _ = one("X,Z99123,ignored\n", "name,ORGANISATION CODE,Prescribing Setting\n")
    assert dict(row.facts) == {"name": "X"}


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("Z9912,X,,,,,,,,,\n", "neither that of a practice"),
        ("Z99123001,X,,,,,,,,,\n", "branch"),
        ("V81997,X,,,,,,,,,\n", "having no practice"),
        ("Z99123,,,,,,,,,,\n", "no name"),
        (f"Z99123,{'x' * 161},,,,,,,,,\n", "longer than 160"),
        ("Z99123,X,,,NOWHERE,,,,,,\n", "not a postcode"),
        ("Z99123,X,,,,,,,12,,\n", "not a telephone number"),
        ("Z99123,X,,,,20260230,,,,,\n", "Open Date: "),
        ("Z99123,X,,,,20260501,20260401,,,,\n", "before the open date"),
        ("Z99123,X,,,,,,C,,,\n", "no close date"),
        ("Z99123,X,,,,,20260401,A,,,\n", "its close date has passed"),
        ("Z99123,X,,,,,,Q,,,\n", "not a status"),
        ("Z99123,X,,,,,,,,,South\n", "not one of the two councils"),
        ("U99001,X,,,,,,,,U99002,\n", "not part of a network"),
        ("Z99123,X,,,,,,,,\n", "It has 10 columns"),
    ],
)
def test_a_bad_row_says_why(line, words):
    assert words in why(line)


def test_a_bad_row_does_not_hide_the_next():
    rows, problems = read(
        HEADER + "BAD,X,,,,,,,,,\nZ99123,X,,,,,,,,,\nZ99123,Y,,,,,,,,,\n", today=TODAY
    )
    assert [row.line for row in rows] == [3]
    assert [(p.line, p.code) for p in problems] == [(2, "BAD"), (4, "Z99123")]
    assert "line 3 already" in problems[1].reason


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "missing: Organisation Code"),
        ("Organisation Code,Address Line 1\nZ99123,x\n", "missing: Name"),
        ("Organisation Code,Name,Name\nZ99123,x,y\n", "there twice"),
        (HEADER, "nothing below"),
        ('Organisation Code,Name\nZ99123,"x\n', "not CSV"),
        ("Organisation Code,Name\nZ99123,\0\n", "not a CSV file"),
        (
            "Organisation Code,Name\n" + "".join(f"Z{n:05},x\n" for n in range(MOST_ROWS + 1)),
            "more than 2,000 rows",
        ),
    ],
)
def test_a_file_that_is_none_says_why(text, words):
    with pytest.raises(NotReadable, match=words):
        read(text, today=TODAY)


def known(**changes):
    facts = {
        "kind": "practice",
        "name": "The O'Brien Surgery",
        "address": "1 Mill Lane, Corby",
        "postcode": "NN17 1AA",
        "telephone": "01536 000000",
        "valid_from": date(1974, 4, 1),
        "valid_to": None,
        "council": "north",
        "network": "U99001",
    }
    return facts | changes


def test_comparing_tells_apart_what_is_new_changed_closed_and_as_it_was():
    rows, problems = read(GOOD, today=TODAY)
    plan = compare(
        rows,
        problems,
        {
            "Z99123": known(postcode="NN17 9ZZ"),
            "Z99456": known(name="HIGH STREET SURGERY", address="", postcode="", telephone="",
                            council="west", network=""),
        },
    )  # fmt: skip
    assert [row.code for row in plan.added] == ["U99001"]
    (changed,) = plan.changed
    assert changed.changes == (("postcode", "NN17 9ZZ", "NN17 1AA"),)
    (closed,) = plan.closed
    assert closed.changes == (("valid_to", None, date(2026, 9, 30)),)


def test_the_same_again_changes_nothing():
    rows, problems = read(GOOD, today=TODAY)
    there = {row.code: {**known(kind=row.kind), **row.facts} for row in rows}
    plan = compare(rows, problems, there)
    assert plan.unchanged == 3
    assert not plan.does_something


def test_a_column_that_is_not_there_changes_nothing_and_an_empty_cell_empties():
    rows, _ = read("Organisation Code,Name\nZ99123,The O'Brien Surgery\n", today=TODAY)
    assert compare(rows, [], {"Z99123": known()}).unchanged == 1
    rows, _ = read("Organisation Code,Name,PCN Code\nZ99123,The O'Brien Surgery,\n", today=TODAY)
    plan = compare(rows, [], {"Z99123": known()})
    assert plan.changed[0].changes == (("network", "U99001", ""),)


def test_a_network_must_be_known_or_in_the_file():
    rows, problems = read(HEADER + "Z99123,X,,,,,,,,U99777,\n", today=TODAY)
    plan = compare(rows, problems, {})
    assert "U99777 is not known" in plan.problems[0].reason
    assert compare(rows, [], {"U99777": known(kind="pcn")}).problems == []
    # A practice of that code is no network.
    assert compare(rows, [], {"U99777": known(kind="practice")}).problems


def test_a_code_of_something_else_is_in_the_way():
    rows, problems = read(HEADER + "Z99123,X,,,,,,,,,\n", today=TODAY)
    plan = compare(rows, problems, {"Z99123": known(kind="partner", name="Mayday Trust")})
    assert "Mayday Trust has this code" in plan.problems[0].reason
