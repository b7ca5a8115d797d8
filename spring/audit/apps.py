from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "spring.audit"
    label = "audit"
