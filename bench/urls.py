"""Spring's addresses, and one page with the frame of every page and nothing in it."""

from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path

from partners.access import ANY_ROLE, allow
from spring import urls

EMPTY = '{% extends "base.html" %}{% block title %}Nothing{% endblock %}'


@allow(*ANY_ROLE)
def empty(request: HttpRequest) -> HttpResponse:
    """Draw the frame of a page for someone who is signed in."""
    return HttpResponse(engines["django"].from_string(EMPTY).render({}, request))


handler400, handler404, handler500 = urls.handler400, urls.handler404, urls.handler500
urlpatterns = [*urls.urlpatterns, path("bench/empty/", empty, name="bench-empty")]
