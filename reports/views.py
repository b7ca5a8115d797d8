"""Reports: choosing, waiting, reading, taking along."""

from uuid import UUID

from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect

from partners.access import allow
from reports.actions import note_download, request_report
from reports.document import document_of
from reports.forms import RequestForm
from reports.models import Report
from spring.accounts.roles import OVERSIGHT_ROLES, Role
from spring.core.refusal import Refused

READERS = (*OVERSIGHT_ROLES, Role.COMMISSIONER)


def _report(request: HttpRequest, pk: UUID) -> Report:
    found = Report.objects.visible_to(request.user).select_related("partner")
    return get_object_or_404(found, pk=pk)


@allow(*READERS)
@require_safe
def reports(request: HttpRequest) -> HttpResponse:
    """The latest month large, older ones as a list, and a month to choose."""
    return _list(request, RequestForm(user=request.user))


def _list(request: HttpRequest, form: RequestForm) -> HttpResponse:
    seen = Report.objects.visible_to(request.user).select_related("partner").defer("figures")
    by_partner = F("partner__name").asc(nulls_first=True)  # the whole service before its parts
    ready = list(seen.ready().order_by("-month", by_partner, "-version"))
    latest_versions = list({(r.month, r.partner_id): r for r in reversed(ready)}.values())[::-1]
    latest = latest_versions[0] if latest_versions else None
    return render(
        request,
        "reports/reports.html",
        {
            "form": form if form.may_ask else None,
            "latest": latest,
            "document": document_of(latest.issue.published, beside=False) if latest else None,
            "older": [report for report in latest_versions if report is not latest],
            "unfinished": seen.unfinished().order_by("requested_at", "pk"),
        },
    )


@allow(*OVERSIGHT_ROLES)
@require_POST
def report_request(request: HttpRequest) -> HttpResponse:
    """Write down that a report is wanted; a worker makes it."""
    form = RequestForm(request.POST, user=request.user)
    if not form.is_valid():
        return _list(request, form)
    month, partner = form.asked()
    try:
        report = request_report(by=request.user, month=month, partner=partner)
    except Refused as refused:
        form.add_error(None, str(refused))
        return _list(request, form)
    return redirect("report" if report.is_ready else "report-progress", pk=report.pk)


@allow(*READERS)
@require_safe
def report(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The report as a page: the same figures as its PDF."""
    found = _report(request, pk)
    if not found.is_ready:
        return redirect("report-progress", pk=pk)
    issue = found.issue
    versions = Report.objects.visible_to(request.user).about(found.month, found.partner).ready()
    return render(
        request,
        "reports/report.html",
        {
            "report": found,
            "issue": issue,
            "published": issue.published,
            "document": document_of(issue.published, beside=False),
            "versions": versions,
        },
    )


@allow(*READERS)
@require_safe
def report_progress(request: HttpRequest, pk: UUID) -> HttpResponse:
    """How far the report is, as its row says."""
    found = _report(request, pk)
    if found.is_ready:
        if request.htmx:  # type: ignore[attr-defined]
            return HttpResponseClientRedirect(found.get_absolute_url())
        return redirect("report", pk=pk)
    whole = not request.htmx  # type: ignore[attr-defined]
    template = "reports/report_progress.html" if whole else "reports/_progress.html"
    return render(request, template, {"report": found})


@allow(*READERS)
@require_safe
def report_pdf(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The file as it was issued."""
    found = _report(request, pk)
    if not found.is_ready:
        raise Http404
    note_download(report=found, by=request.user, kind="pdf")
    response = HttpResponse(bytes(found.pdf.content), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{_file_name(found)}.pdf"'
    return response


@allow(*READERS)
@require_safe
def report_json(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The published figures for a spreadsheet or another program."""
    found = _report(request, pk)
    if not found.is_ready:
        raise Http404
    note_download(report=found, by=request.user, kind="json")
    response = JsonResponse(
        {"version": found.version, **found.figures}, json_dumps_params={"ensure_ascii": False}
    )
    response["Content-Disposition"] = f'attachment; filename="{_file_name(found)}.json"'
    return response


def _file_name(found: Report) -> str:
    whose = f"-{found.partner.code.lower()}" if found.partner else ""
    return f"spring-{found.month}{whose}-v{found.version}"
