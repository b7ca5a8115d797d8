"""The Celery application: wake-ups only, the database says what is due."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "spring.settings.embedded")
app = Celery("spring")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
