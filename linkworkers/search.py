"""What someone who looks for a person may have typed. Pure."""

import re
from dataclasses import dataclass
from datetime import date

from spring.core.identifiers import (
    clean_nhs_number,
    clean_postcode,
    clean_reference,
    clean_telephone,
    plain,
)
from spring.core.typed import NotADate, parse_typed_date

SHORTEST = 2


@dataclass(frozen=True)
class Wanted:
    """One search: each of `words` must be found; or the reference, or the date of birth, is it."""

    words: tuple[str, ...] = ()
    reference: str | None = None
    date_of_birth: date | None = None
    is_exact: bool = False

    @property
    def is_too_short(self) -> bool:
        return sum(map(len, self.words)) < SHORTEST and not self.reference


def wanted(text: str, today: date) -> Wanted:
    """How to look for what was typed: numbers are joined, names lose accents and capitals."""
    reference = clean_reference(text)
    if reference:
        return Wanted(reference=reference, is_exact=True)
    if number := clean_nhs_number(text):
        return Wanted(words=(number,), is_exact=True)
    if postcode := clean_postcode(text):
        return Wanted(words=(postcode.replace(" ", "").lower(),))
    born = _date_of_birth(text, today)
    if re.fullmatch(r"[\d\s()+./-]+", text):
        telephone = clean_telephone(text) if "+" in text else None
        digits = re.sub(r"\D", "", telephone or text)
        return Wanted(words=(digits,) if digits else (), date_of_birth=born)
    return Wanted(words=tuple(plain(text).split()), date_of_birth=born)


def _date_of_birth(text: str, today: date) -> date | None:
    try:
        return parse_typed_date(text, today=today)
    except NotADate:
        return None
