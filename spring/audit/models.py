"""Who did what, and who saw whom. Rows are only ever added; a database trigger refuses the rest."""

from django.conf import settings
from django.db import models

from spring.core import clock


class AuditEvent(models.Model):
    """One thing done or seen. `detail` holds codes and identifiers, never words about a person."""

    class Verb(models.TextChoices):
        VIEWED = "viewed", "Looked at"
        LISTED = "listed", "Saw in a list"
        SEARCHED = "searched", "Searched"
        CREATED = "created", "Added"
        CHANGED = "changed", "Changed"
        DECIDED = "decided", "Decided"
        DOWNLOADED = "downloaded", "Downloaded"
        SIGNED_IN = "signed in", "Signed in"
        SIGN_IN_FAILED = "sign-in failed", "Failed to sign in"

    at = models.DateTimeField(default=clock.now)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    verb = models.CharField(max_length=16, choices=Verb)
    # Not a foreign key: this app stands below the people it speaks of, and outlives them.
    participant_id = models.UUIDField(null=True)
    thing = models.CharField(max_length=40)
    thing_id = models.CharField(max_length=36, blank=True)
    detail = models.JSONField(default=dict)
    request_id = models.CharField(max_length=12, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["participant_id", "-at"], name="audit_who_saw_whom"),
            models.Index(fields=["actor", "-at"], name="audit_what_someone_did"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.thing}"
