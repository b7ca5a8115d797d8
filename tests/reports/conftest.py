"""Figures of a whole invented county, counted once for all tests that only read them."""

from datetime import date
from pathlib import Path

import pytest
from django.db import transaction

from reports.actions import published_for
from reports.disclosure import disclose
from reports.figures import figures_for
from reports.pdf import pdf_of
from reports.periods import Month
from reports.published import Issue, Published
from tests.reports.populace import county

MONTH = Month(2026, 10)


@pytest.fixture(scope="package")
def counted(django_db_setup, django_db_blocker) -> dict[str, Published]:
    """What is published of the service, of a partner, of a tiny month and of an empty one."""
    found = {}
    with django_db_blocker.unblock(), transaction.atomic():
        found["empty"] = published_for(MONTH, None)
        made = county(seed=3, people=900, first=date(2024, 9, 1))
        found["service"] = published_for(MONTH, None)
        found["partner"] = disclose(figures_for(MONTH, made.partners[0]))
        found["tiny"] = disclose(figures_for(Month(2024, 9), made.partners[0]))
        transaction.set_rollback(True)
    return found


@pytest.fixture(scope="package")
def issues(counted) -> dict[str, Issue]:
    return {
        name: Issue(published, 1, date(2026, 11, 2), demonstration=name == "service")
        for name, published in counted.items()
    }


@pytest.fixture(scope="package")
def files(issues, tmp_path_factory) -> dict[str, Path]:
    """One file for each variant, laid out once."""
    folder = tmp_path_factory.mktemp("reports")
    found = {}
    for name, issue in issues.items():
        found[name] = folder / f"{name}.pdf"
        found[name].write_bytes(pdf_of(issue))
    return found


@pytest.fixture
def filled():
    return county()


@pytest.fixture(params=["service", "partner"])
def scope(request, filled):
    """(figures, the partner or None)"""
    partner = filled.partners[1] if request.param == "partner" else None
    return figures_for(MONTH, partner), partner
