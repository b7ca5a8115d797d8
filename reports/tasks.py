"""Thin: what the clock starts."""

from celery import shared_task

from reports import actions


@shared_task
def make_reports() -> None:
    actions.make_due()


@shared_task
def request_monthly_report() -> None:
    actions.request_last_month()
