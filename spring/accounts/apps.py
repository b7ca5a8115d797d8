from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in, user_login_failed


class AccountsConfig(AppConfig):
    name = "spring.accounts"
    label = "accounts"

    def ready(self) -> None:
        from spring.accounts import messages, sign_ins  # noqa: F401  (registers its messages)

        user_logged_in.connect(sign_ins.signed_in)
        user_login_failed.connect(sign_ins.failed)
