"""Asking for a report, and making it, once."""

import hashlib
import logging
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.db.models import F, Q

from partners.models import Organisation
from referrals.models import Referral
from reports.disclosure import Profile, disclose
from reports.figures import figures_for
from reports.models import Report, ReportFile
from reports.periods import Month
from reports.published import Issue, Published
from spring.audit.log import Verb, record
from spring.core import clock
from spring.core.calendar import first_working_day
from spring.core.installation import is_demonstration
from spring.core.refusal import Refused

log = logging.getLogger(__name__)
Status = Report.Status
STALLED_AFTER = timedelta(minutes=5)
MOST_ATTEMPTS = 3
PAGES = 16  # about so many; the bar stands still, and never goes back, where there are more
STEPS = PAGES + 3


class LostClaimError(Exception):
    """Another worker makes this report now."""


def published_for(month: Month, partner: Organisation | None) -> Published:
    """What may be published about a month, as the database stands: one consistent look at it."""
    with transaction.atomic():
        _look_once()
        figures = figures_for(month, partner)
    profile = Profile(
        threshold=settings.SPRING["DISCLOSURE_THRESHOLD"],
        rounding=settings.SPRING["DISCLOSURE_ROUNDING"],
        least_people_for_change=settings.SPRING["MEASURE_MINIMUM_N"],
    )
    return disclose(figures, profile)


def _look_once() -> None:
    """Let every query of this transaction see the same rows; SQLite does so by itself.

    Inside a transaction that has asked something already it is too late, and not our place.
    """
    if connection.vendor == "postgresql" and len(connection.savepoint_ids) == 0:
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")


def request_report(*, by: Any, month: Month, partner: Organisation | None = None) -> Report:
    """Ask for a month\u2019s report; the sweep makes it.

    One that is under way is returned as it is, one that failed is tried again, and one that is
    ready gets a new version only if its numbers have changed. Raises Refused for a month that is
    not over.
    """
    if month.ends_at > clock.now():
        raise Refused(f"{month.label} is not over yet. Choose a month that has ended.")
    latest = Report.objects.about(str(month), partner).first()
    if latest and latest.is_ready and published_for(month, partner) == latest.issue.published:
        return latest
    try:
        with transaction.atomic():
            return _ask_again(latest, by) if latest else _ask(month, partner, 1, by)
    except IntegrityError:
        # Someone asked at the same moment and was first; theirs is the report.
        return Report.objects.about(str(month), partner)[0]


def _ask(month: Month, partner: Organisation | None, version: int, by: Any) -> Report:
    report = Report.objects.create(
        month=str(month), partner=partner, version=version, requested_by=by, all_steps=STEPS
    )
    record(Verb.CREATED, report, by=by, month=str(month), version=version)
    return report


def _ask_again(latest: Report, by: Any) -> Report:
    if latest.is_under_way:
        return latest
    if latest.is_ready:
        return _ask(Month.parse(latest.month), latest.partner, latest.version + 1, by)
    Report.objects.filter(pk=latest.pk, status=Status.FAILED).update(
        status=Status.REQUESTED,
        requested_by=by,
        requested_at=clock.now(),
        attempts=0,
        done_steps=0,
        step="",
    )
    record(Verb.CHANGED, latest, by=by, what="tried again")
    latest.refresh_from_db()
    return latest


def request_last_month() -> int:
    """On or after the month\u2019s first working day, ask for last month\u2019s reports; once.

    One for the whole service and one for each partner. Returns how many were asked for.
    """
    today = clock.today()
    if today < first_working_day(today.year, today.month):
        return 0
    month = Month.of(today).previous
    if not Referral.objects.filter(received_on__lte=month.last_day).exists():
        return 0
    there = set(Report.objects.filter(month=str(month)).values_list("partner", flat=True))
    partners = Organisation.objects.delivery_partners().current(month.last_day)
    wanted = [item for item in (None, *partners) if (item and item.pk) not in there]
    for partner in wanted:
        request_report(by=None, month=month, partner=partner)
    return len(wanted)


def make_due() -> int:
    """Make every report that was asked for or left half made; returns how many were finished."""
    made = 0
    while (report := claim()) is not None:
        made += make(report)
    return made


def claim() -> Report | None:
    """Take the oldest report that waits, or was abandoned by a worker, for this worker alone."""
    moment = clock.now()
    abandoned = Q(status=Status.MAKING, claimed_at__lt=moment - STALLED_AFTER)
    waiting = Report.objects.filter(Q(status=Status.REQUESTED) | abandoned)
    for report in waiting.order_by("requested_at", "pk"):
        same = Report.objects.filter(
            pk=report.pk, status=report.status, claimed_at=report.claimed_at
        )
        if report.attempts >= MOST_ATTEMPTS:
            same.update(status=Status.FAILED, step="")
            continue
        taken = same.update(
            status=Status.MAKING, claimed_at=moment, attempts=F("attempts") + 1, done_steps=0
        )
        if taken:
            report.refresh_from_db()
            return report
    return None


def make(report: Report) -> bool:
    """Count, protect, lay out and keep a claimed report; False where it could not be made."""
    mine = Report.objects.filter(pk=report.pk, status=Status.MAKING, claimed_at=report.claimed_at)
    try:
        _make(report, mine)
    except LostClaimError:
        return False
    except Exception as error:
        # Only the kind of error: its text may repeat what the report was about.
        log.warning("report %s not made: %s", report.pk, type(error).__name__)
        mine.update(status=Status.FAILED, step="")
        return False
    return True


def _make(report: Report, mine: Any) -> None:
    # The layout library is large, and web processes import this module: only a worker needs it.
    from reports.pdf import pdf_of

    tell = _teller(mine)
    tell(0, "Counting")
    published = published_for(Month.parse(report.month), report.partner)
    issue = Issue(published, report.version, clock.today(), is_demonstration())
    tell(1, "Laying out the pages")
    content = pdf_of(issue, lambda page: tell(1 + min(page, PAGES), f"Laying out page {page}"))
    tell(STEPS - 1, "Keeping the file")
    with transaction.atomic():
        kept = mine.update(
            status=Status.READY,
            figures=issue.to_json(),
            finished_at=clock.now(),
            done_steps=STEPS,
            all_steps=STEPS,
            step="",
        )
        if not kept:
            raise LostClaimError
        ReportFile.objects.create(
            report=report, content=content, sha256=hashlib.sha256(content).hexdigest()
        )


def _teller(mine: Any) -> Callable[[int, str], None]:
    """Writes progress on the row; it only ever goes forward, also where pages are laid out twice."""
    furthest = -1

    def tell(done: int, step: str) -> None:
        nonlocal furthest
        if done <= furthest:
            return
        furthest = done
        if not mine.update(done_steps=done, all_steps=STEPS, step=step):
            raise LostClaimError

    return tell


def note_download(*, report: Report, by: Any, kind: str) -> None:
    """Write down that a report left the service."""
    record(Verb.DOWNLOADED, report, by=by, month=report.month, version=report.version, kind=kind)
