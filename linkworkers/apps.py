from django.apps import AppConfig


class LinkworkersConfig(AppConfig):
    name = "linkworkers"

    def ready(self) -> None:
        from linkworkers import messages  # noqa: F401  (registers who composes which message)
