from django.urls import URLPattern, URLResolver, path

from linkworkers.views import caseload, find, person, workers

urlpatterns: list[URLPattern | URLResolver] = [
    path("caseload/", caseload.caseload, name="caseload"),
    path("find/", find.find, name="find"),
    path("keep-house/workers/", workers.workers, name="workers"),
    path("keep-house/workers/<uuid:pk>/", workers.worker, name="worker"),
    path("participants/<uuid:pk>/", person.participant, name="participant"),
    path("participants/<uuid:pk>/contact/", person.log, name="log-contact"),
    path("participants/<uuid:pk>/hand-over/", person.hand_over, name="hand-over"),
    path("participants/<uuid:pk>/steps/", person.add_step, name="step-add"),
    path("participants/<uuid:pk>/steps/<uuid:step_pk>/done/", person.finish, name="step-done"),
]
