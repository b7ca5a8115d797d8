from django.apps import AppConfig
from django.db.models.signals import post_migrate  # noqa: TID251  (installation, not a rule)


def fill_calendar(sender, **kwargs) -> None:
    """Bring the table of working days up to date with the bundled bank holidays after each migrate."""
    from spring.core.calendar import every_day
    from spring.core.models import WorkingDay

    known = set(WorkingDay.objects.values_list("date", "is_working", "ordinal"))
    changed = [
        WorkingDay(date=day, is_working=is_working, ordinal=ordinal)
        for day, is_working, ordinal in every_day()
        if (day, is_working, ordinal) not in known
    ]
    WorkingDay.objects.bulk_create(
        changed,
        batch_size=500,
        update_conflicts=True,
        unique_fields=["date"],
        update_fields=["is_working", "ordinal"],
    )


class CoreConfig(AppConfig):
    name = "spring.core"
    label = "core"

    def ready(self) -> None:
        from spring.core import checks  # noqa: F401  (registers itself)

        post_migrate.connect(fill_calendar, sender=self)
