"""Dates as people type them. Pure."""

import re
from datetime import date, timedelta
from typing import Literal

Century = Literal["past", "near"]

MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
EARLIEST, LATEST = 1880, 2120
LONGEST = 60

_WEEKDAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?"
_NEAR_DAYS = {"yesterday": -1, "today": 0, "tomorrow": 1}


class NotADate(ValueError):
    """What was typed is no date; the message says what is wrong in words for the person."""


def parse_typed_date(text: str, *, today: date, century: Century = "past") -> date:
    """The date in `text`, day before month: `27 3 1955`, `27/3/55`, `1.2.1960`, `27 March 1955`.

    Also taken: ISO order, eight digits in a row, weekdays, ordinals, `today` and its neighbours.
    A year of two digits is in the hundred years up to today (`past`, as in dates of birth) or the
    nearest such year (`near`, as in diaries), where the year may also be left out.
    """
    words = _words(text)
    if " ".join(words) in _NEAR_DAYS:
        return today + timedelta(days=_NEAR_DAYS[words[0]])
    if words and words[0] in _NEAR_DAYS:  # "Today, 22 November 2026"
        words = words[1:]
    day, month, year = _parts(words, today, century)
    if not 1 <= month <= 12:
        raise NotADate("The month must be from 1 to 12. Write the day first, then the month.")
    if not EARLIEST <= year <= LATEST:
        raise NotADate(f"The year must be from {EARLIEST} to {LATEST}.")
    try:
        return date(year, month, day)
    except (ValueError, OverflowError):
        raise NotADate(f"{MONTHS[month - 1].title()} {year} has no day {day}.") from None


def _words(text: str) -> list[str]:
    """Digits and letters only, in order; anything that no date contains is refused."""
    if len(text) > LONGEST:
        raise NotADate("Write the date in figures, like 27 3 1955.")
    lowered = text.strip().casefold()
    if not lowered or not re.fullmatch(r"[\w\s/.,\-‐-―']+", lowered) or "_" in lowered:
        raise NotADate("Write the date in figures, like 27 3 1955.")
    found = re.findall(r"\d+|[^\W\d_]+", lowered)
    ordinals = {"st", "nd", "rd", "th", "of", "the"}
    return [w for w in found if w not in ordinals and not re.fullmatch(_WEEKDAY, w)]


def _parts(words: list[str], today: date, century: Century) -> tuple[int, int, int]:
    """Day, month and year as numbers, the year with its century."""
    if len(words) == 1 and re.fullmatch(r"\d{6}|\d{8}", words[0]):
        words = _split(words[0])
    if len(words) == 2 and century == "near":
        return _nearest(words, today)
    if len(words) != 3:
        raise NotADate("Write a day, a month and a year, like 27 3 1955.")
    if words[1].isdecimal() and words[0].isdecimal() and len(words[0]) == 4:
        words = words[::-1]  # ISO: year, month, day
    elif not words[0].isdecimal():
        words = [words[1], words[0], words[2]]  # "March 27 1955"
    day, month, year = words
    if not (day.isdecimal() and year.isdecimal()):
        raise NotADate("Write the date in figures, like 27 3 1955.")
    if len(year) == 2:
        return int(day), _month(month), _with_century(int(year), today, century)
    if len(year) != 4:
        raise NotADate("Write the year with two or four figures, like 55 or 1955.")
    return int(day), _month(month), int(year)


def _split(digits: str) -> list[str]:
    if len(digits) == 8 and EARLIEST <= int(digits[:4]) <= LATEST and int(digits[4:6]) <= 12:
        return [digits[6:], digits[4:6], digits[:4]]
    return [digits[:2], digits[2:4], digits[4:]]


def _month(word: str) -> int:
    if word.isdecimal():
        return int(word)
    word = {"sept": "sep"}.get(word, word)
    for number, name in enumerate(MONTHS, 1):
        if len(word) >= 3 and name.startswith(word):
            return number
    raise NotADate(f"“{word}” is not a month. Write it like 3 or March.")


def _with_century(two_digits: int, today: date, century: Century) -> int:
    year = today.year - today.year % 100 + two_digits
    if century == "past":
        return year if year <= today.year else year - 100
    return min((year - 100, year, year + 100), key=lambda y: abs(y - today.year))


def _nearest(words: list[str], today: date) -> tuple[int, int, int]:
    """A day and a month without a year: the one that is nearest to today."""
    if not words[0].isdecimal():
        words = [words[1], words[0]]
    if not words[0].isdecimal() or len(words[0]) > 2:
        raise NotADate("Write a day and a month, like 27 3.")
    day, month = int(words[0]), _month(words[1])
    found = []
    for year in (today.year - 1, today.year, today.year + 1):
        try:
            found.append(date(year, month, day))
        except (ValueError, OverflowError):
            continue
    if not found:
        raise NotADate("There is no such day. Write a day and a month, like 27 3.")
    nearest = min(found, key=lambda d: abs((d - today).days))
    return nearest.day, nearest.month, nearest.year
