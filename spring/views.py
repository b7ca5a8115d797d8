"""The home page, the public pages, signs of life, and what is shown when something is wrong."""

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from linkworkers.views import today
from referrals.models import Referral
from spring.core import life


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Today for those signed in, the public home for everyone else."""
    if request.user.is_authenticated:
        inbox = Referral.objects.visible_to(request.user).open()
        return today(request, inbox=inbox)
    return render(request, "public/home.html")


@login_not_required
@require_safe
def about(request: HttpRequest) -> HttpResponse:
    return render(request, "public/about.html")


@login_not_required
@require_safe
def who_it_suits(request: HttpRequest) -> HttpResponse:
    return render(request, "public/who_it_suits.html")


@login_not_required
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "public/privacy.html")


@login_not_required
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "public/accessibility.html")


@login_not_required
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """This web process answers."""
    return JsonResponse({"status": "ok"})


@login_not_required
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """The database answers (503 if not); whether background work is alive is told beside it."""
    try:
        connection.ensure_connection()
        worker = "alive" if life.is_alive(life.WORKER) else "silent"
    except DatabaseError:
        return JsonResponse({"status": "no database"}, status=503)
    return JsonResponse({"status": "ok", "worker": worker})


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "403_csrf.html", status=403)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "400.html", status=400)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Says sorry, and a number that finds the fault in the log; it asks the database nothing."""
    return render(request, "500.html", {"number": getattr(request, "id", "")}, status=500)
