"""Signs of life: what beat and the workers write, and what the health page reads."""

from datetime import timedelta

from spring.core import clock
from spring.core.models import Heartbeat

WORKER = "worker"
SILENT_AFTER = timedelta(minutes=2)


def sign(name: str) -> None:
    """Record that a background process is alive now."""
    Heartbeat.objects.update_or_create(name=name, defaults={"at": clock.now()})


def is_alive(name: str) -> bool:
    """True if the process gave a sign of life within two minutes."""
    return Heartbeat.objects.filter(name=name, at__gte=clock.now() - SILENT_AFTER).exists()
