"""Today, the caseload, finding a person, and the person's page."""

from linkworkers.views.today import today

__all__ = ["today"]
