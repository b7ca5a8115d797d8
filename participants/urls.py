from django.urls import URLPattern, URLResolver, path

from participants.views import journeys, measures, people, plan, sessions

PERSON = "participants/<uuid:pk>"

urlpatterns: list[URLPattern | URLResolver] = [
    path(f"{PERSON}/details/", people.details, name="participant-details"),
    path(f"{PERSON}/consents/", people.consents, name="consents"),
    path(f"{PERSON}/plan/", plan.plan, name="plan"),
    path(f"{PERSON}/measure/", measures.measure, name="measure"),
    path(f"{PERSON}/measure/<uuid:set_pk>/", measures.correct, name="measure-correct"),
    path(f"{PERSON}/sessions/<uuid:session_pk>/", sessions.correct, name="session-correct"),
    path(f"{PERSON}/journey/", journeys.journey, name="journey"),
    path(f"{PERSON}/journey/pause/", journeys.pause, name="journey-pause"),
    path(f"{PERSON}/journey/resume/", journeys.resume, name="journey-resume"),
    path(f"{PERSON}/journey/rhythm/", journeys.rhythm, name="journey-rhythm"),
    path(f"{PERSON}/journey/skip-review/", journeys.skip, name="review-skip"),
    path(f"{PERSON}/close/", journeys.close, name="journey-close"),
]
