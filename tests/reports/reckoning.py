"""The same numbers once more, by plain SQL and plain arithmetic."""

from datetime import date

from django.db import connection

from partners.models import Organisation
from reports.periods import Month
from reports.shapes import Figures

MONTH = Month(2026, 10)
FIRST, LAST = date(2026, 10, 1), date(2026, 10, 31)
YEAR = (date(2025, 11, 1), LAST)


def ask(sql: str, *params) -> list[tuple]:
    """Rows of a statement that runs on both engines."""
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()


def number(sql: str, *params) -> int:
    return ask(sql, *params)[0][0]


def rows(figures: Figures, key: str) -> dict[str, int]:
    return {row.key: row.value for row in figures.breakdown(key).rows if row.value}


def key_of(partner: Organisation) -> str:
    """A UUID as this engine keeps it."""
    return partner.pk.hex if connection.vendor == "sqlite" else str(partner.pk)


def waited(figures: Figures, key: str) -> tuple[int | None, int | None]:
    found = {item.key: item.value for item in figures.percentiles}
    return found[f"{key}.50"], found[f"{key}.90"]


def nearest(days: list[int]) -> tuple[int | None, int | None]:
    """Nearest rank, said differently: the value at place ceil(n·p/100)."""
    if not days:
        return None, None
    return tuple(days[max(-(-len(days) * p // 100), 1) - 1] for p in (50, 90))
