"""Keeping house: partners, practices, networks."""

from uuid import UUID

from django.contrib import messages
from django.core import signing
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from partners import actions, imports
from partners.access import allow
from partners.filters import OrganisationFilter
from partners.forms import ImportForm, OrganisationForm
from partners.models import Organisation
from spring.accounts.roles import Role
from spring.core import clock
from spring.core.refusal import Refused

PAGE = 50
SALT = "partners.organisations_import"
CHECK_HOLDS_SECONDS = 3600
SHOWN = 200
EXAMPLE = """\
Organisation Code,Name,Address Line 1,Address Line 2,Postcode,Open Date,Close Date,Status Code,PCN Code,Council
U99001,ISE VALLEY PCN,,,,20190701,,A,,
Z99123,ROCKINGHAM FOREST SURGERY,1 MILL LANE,CORBY,NN17 1AA,19740401,,A,U99001,North
Z99456,HIGH STREET SURGERY,HIGH STREET,BRACKLEY,NN13 7AB,19740401,20260930,C,,West
"""


@allow(Role.ADMINISTRATOR)
@require_safe
def organisations(request: HttpRequest) -> HttpResponse:
    """Every organisation, open or closed."""
    found = OrganisationFilter(
        request.GET, Organisation.objects.select_related("network").order_by("name", "pk")
    )
    page = Paginator(found.qs, PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "partners/organisations.html",
        {"filter": found, "page": page, "today": clock.today()},
    )


@allow(Role.ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def organisation(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Change one organisation."""
    return _keep(request, get_object_or_404(Organisation, pk=pk))


@allow(Role.ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def organisation_add(request: HttpRequest) -> HttpResponse:
    """Add one organisation."""
    return _keep(request, Organisation())


def _keep(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    is_new, name = organisation._state.adding, organisation.name
    form = OrganisationForm(request.POST or None, instance=organisation)
    if form.is_valid():
        actions.keep_organisation(organisation=organisation, by=request.user)
        messages.success(request, f"{organisation.name} is kept.")
        return redirect("organisations")
    return render(
        request, "partners/organisation.html", {"form": form, "is_new": is_new, "name": name}
    )


@allow(Role.ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def organisations_import(request: HttpRequest) -> HttpResponse:
    """Read a file, show what it would change, and do that when asked.

    Between the two the file travels, signed, in the page: it is read and compared afresh when it
    is applied, and refused if that would do anything but what was shown.
    """
    if "checked" in request.POST:
        return _apply_import(request)
    form = ImportForm(request.POST or None, request.FILES or None)
    if not form.is_valid():
        return _import_page(request, form)
    plan = actions.plan_import(form.rows, form.problems)
    return _checked_page(request, plan, form.cleaned_data["content"])


def _apply_import(request: HttpRequest) -> HttpResponse:
    try:
        checked = signing.loads(request.POST["checked"], salt=SALT, max_age=CHECK_HOLDS_SECONDS)
        rows, _ = imports.read(checked["content"], today=clock.today())
        plan = actions.import_organisations(rows=rows, digest=checked["digest"], by=request.user)
    except signing.BadSignature:
        messages.error(request, "The check is more than an hour old. Please check the file again.")
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(
            request,
            f"{len(plan.added)} added, {len(plan.changed)} changed, {len(plan.closed)} closed.",
        )
        return redirect("organisations")
    return redirect("organisations-import")


def _checked_page(request: HttpRequest, plan: imports.Plan, content: str) -> HttpResponse:
    checked = ""
    if plan.does_something and not plan.problems:
        checked = signing.dumps(
            {"content": content, "digest": plan.digest}, salt=SALT, compress=True
        )
    return render(
        request,
        "partners/organisations_import_checked.html",
        {
            "plan": plan,
            "checked": checked,
            "shown": SHOWN,
            "groups": [
                ("Would be closed", [_worded(one) for one in plan.closed[:SHOWN]], plan.closed),
                ("Would be changed", [_worded(one) for one in plan.changed[:SHOWN]], plan.changed),
            ],
        },
    )


def _worded(difference: imports.Difference) -> tuple[str, str, list[tuple]]:
    changes = [
        (imports.LABELS[what], before or "nothing", after or "nothing")
        for what, before, after in difference.changes
    ]
    return difference.row.code, difference.name, changes


def _import_page(request: HttpRequest, form: ImportForm) -> HttpResponse:
    return render(
        request,
        "partners/organisations_import.html",
        {"form": form, "columns": imports.COLUMNS.items(), "example": EXAMPLE,
         "required": imports.REQUIRED, "most": imports.MOST_ROWS},
    )  # fmt: skip
