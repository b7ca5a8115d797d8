"""A month\u2019s report as files: the same published figures as the pages show."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from partners.models import Organisation
from reports.actions import published_for
from reports.models import Report
from reports.pdf import pdf_of
from reports.periods import Month, NotAMonthError
from reports.published import Issue
from spring.core import clock
from spring.core.installation import is_demonstration


class Command(BaseCommand):
    help = "Write the report of a month that has begun: the PDF, and its figures as JSON."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("month", metavar="YYYY-MM")
        parser.add_argument("--partner", metavar="CODE", help="one delivery partner, not all")
        parser.add_argument("--pdf", type=Path, required=True, metavar="FILE")
        parser.add_argument("--json", type=Path, metavar="FILE")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            month = Month.parse(options["month"])
        except NotAMonthError as problem:
            raise CommandError(str(problem)) from problem
        if month.starts_at > clock.now():
            raise CommandError(f"{month.label} has not begun.")
        issue = _issue(month, _partner(options["partner"]))
        options["pdf"].write_bytes(pdf_of(issue))
        self.stdout.write(f"{month.label}, version {issue.version}: {options['pdf']}")
        if options["json"]:
            told = json.dumps(issue.published.to_json(), ensure_ascii=False, indent=1)
            options["json"].write_text(told + "\n", encoding="utf-8")
            self.stdout.write(f"Its figures: {options['json']}")


def _partner(code: str | None) -> Organisation | None:
    if code is None:
        return None
    partners = Organisation.objects.delivery_partners()
    found = partners.filter(code=code).first()
    if found is None:
        known = ", ".join(sorted(partners.values_list("code", flat=True))) or "none"
        raise CommandError(f"No delivery partner has the code {code}. There are: {known}.")
    return found


def _issue(month: Month, partner: Organisation | None) -> Issue:
    """The issue that was made already, where its numbers still hold; otherwise the next version."""
    published = published_for(month, partner)
    made = Report.objects.about(str(month), partner).ready().first()
    if made and made.issue.published == published:
        return made.issue
    version = made.version + 1 if made else 1
    return Issue(published, version, clock.today(), is_demonstration())
