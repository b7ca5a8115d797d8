"""Numbers and codes as people type them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spring.core import identifiers as ids


@pytest.mark.parametrize("number", ["943 476 5919", "401 023 2137", "9990000018", "999-000-0026"])
def test_valid_nhs_numbers(number):
    assert ids.clean_nhs_number(number) == "".join(c for c in number if c.isdigit())


@pytest.mark.parametrize(
    "number",
    [
        "943 476 5910",
        "0000000000",
        "1111111111",
        "94347659",
        "94347659199",
        "",
        "943476591X",
        "٩٤٣٤٧٦٥٩١٩",
        "9434765919\x00",
        "+9434765919",
        "9434765919; DROP",
    ],
)
def test_numbers_that_are_not_nhs_numbers(number):
    assert ids.clean_nhs_number(number) is None


@given(st.from_regex(r"[0-9]{9}", fullmatch=True))
def test_at_most_one_check_digit_is_right(body):
    right = [d for d in "0123456789" if ids.clean_nhs_number(body + d)]
    assert len(right) <= 1


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("nn1 1aa", "NN1 1AA"),
        ("NN156AB", "NN15 6AB"),
        (" n n 1 1 a a ", "NN1 1AA"),
        ("ec1a1bb", "EC1A 1BB"),
        ("NN1", None),
        ("NN1 1A", None),
        ("", None),
        ("12345", None),
        ("NN1 1CI", None),
        ("NN1 1AA!", None),
    ],
)
def test_postcodes(typed, printed):
    assert ids.clean_postcode(typed) == printed


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("07700900123", "07700 900123"),
        ("+44 (0)7700 900123", "07700 900123"),
        ("0044 7700 900123", "07700 900123"),
        ("01604-000 000", "01604 000000"),
        ("+48 22 123 45 67", "+48 22 123 45 67"),
        ("tel: 07700 900123", "07700 900123"),
        ("07700", None),
        ("none", None),
        ("", None),
        ("07700 900123 x", "07700 900123"),
        ("0" * 300, None),
    ],
)
def test_telephones(typed, printed):
    assert ids.clean_telephone(typed) == printed


@given(st.text(max_size=300))
def test_nothing_typed_can_break_the_cleaners(text):
    for clean in (
        ids.clean_nhs_number,
        ids.clean_postcode,
        ids.clean_telephone,
        ids.clean_ods_code,
        ids.clean_reference,
        ids.plain,
    ):
        clean(text)


@given(st.integers(0, 8), st.sampled_from(ids.REFERENCE_ALPHABET))
def test_a_reference_with_one_wrong_character_is_refused(position, wrong):
    reference = ids.reference_from(ids.new_id())
    body = reference.removeprefix("SPR-").replace("-", "")
    slip = body[:position] + wrong + body[position + 1 :]
    assert ids.clean_reference(body.lower()) == reference
    assert (ids.clean_reference(slip) is None) == (slip != body)


def test_identifiers_are_version_7_and_run_in_order():
    made = [ids.new_id() for _ in range(50)]
    assert {one.version for one in made} == {7}
    assert len(set(made)) == 50
    assert made[0].int >> 80 <= made[-1].int >> 80


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("O’Brien", "O'BRIEN"),
        ("Wiśniewski", "wisniewski"),
        ("Łukasz", "lukasz"),
        ("Siân  Llŷr-Jones", "sian llyrjones"),
        ("St. John", "st john"),
    ],
)
def test_names_that_are_the_same_when_compared(one, other):
    assert ids.plain(one) == ids.plain(other)
