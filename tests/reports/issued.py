"""Reports as they are once made, without the seconds that laying out takes."""

import hashlib

from partners.models import Organisation
from reports.actions import STEPS, published_for
from reports.models import Report, ReportFile
from reports.periods import Month
from reports.published import Issue
from spring.core import clock


def issued_report(
    month: str = "2026-09", partner: Organisation | None = None, version: int = 1
) -> Report:
    """A ready report with true figures and a file that only begins like a PDF."""
    issue = Issue(published_for(Month.parse(month), partner), version, clock.today())
    report = Report.objects.create(
        month=month,
        partner=partner,
        version=version,
        status=Report.Status.READY,
        finished_at=clock.now(),
        figures=issue.to_json(),
        done_steps=STEPS,
        all_steps=STEPS,
    )
    content = b"%PDF-1.7"
    ReportFile.objects.create(
        report=report, content=content, sha256=hashlib.sha256(content).hexdigest()
    )
    return report
