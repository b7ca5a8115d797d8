from django.apps import AppConfig


class SpringConfig(AppConfig):
    name = "spring"
    label = "spring"
    verbose_name = "Spring"
