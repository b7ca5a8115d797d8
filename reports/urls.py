from django.urls import URLPattern, URLResolver, path

from reports import views
from reports.targets import targets

urlpatterns: list[URLPattern | URLResolver] = [
    path("reports/", views.reports, name="reports"),
    path("reports/request/", views.report_request, name="report-request"),
    path("reports/<uuid:pk>/", views.report, name="report"),
    path("reports/<uuid:pk>/progress/", views.report_progress, name="report-progress"),
    path("reports/<uuid:pk>/pdf/", views.report_pdf, name="report-pdf"),
    path("reports/<uuid:pk>/json/", views.report_json, name="report-json"),
    path("keep-house/targets/", targets, name="targets"),
]
