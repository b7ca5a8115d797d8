"""Every address of Spring, by the app that answers it."""

from django.urls import include, path

from spring import views
from spring.who_looked import who_looked

handler400 = views.bad_request
handler404 = views.not_found
handler500 = views.server_error

urlpatterns = [
    path("", views.home, name="home"),
    path("about/", views.about, name="about"),
    path("who-it-suits/", views.who_it_suits, name="who-it-suits"),
    path("privacy/", views.privacy, name="privacy"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("participants/<uuid:pk>/who-looked/", who_looked, name="who-looked"),
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("", include("spring.accounts.urls")),
    path("", include("partners.urls")),
    path("", include("participants.urls")),
    path("", include("linkworkers.urls")),
    path("", include("referrals.urls")),
    path("", include("reports.urls")),
]
