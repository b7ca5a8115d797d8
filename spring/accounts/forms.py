"""Signing in and choosing a password."""

from typing import Any

from allauth.account.forms import LoginForm, ResetPasswordForm
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from spring.accounts import actions
from spring.accounts.models import User
from spring.core.forms import SpringForm, form_helper

LONGEST = 256
EMAIL = {"autocomplete": "username", "inputmode": "email", "spellcheck": "false"}


def _password(label: str, autocomplete: str, **kwargs: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        strip=False,
        max_length=LONGEST,
        widget=forms.PasswordInput(attrs={"autocomplete": autocomplete}),
        **kwargs,
    )


def _email() -> forms.EmailField:
    return forms.EmailField(
        label="E-mail address",
        max_length=254,
        widget=forms.EmailInput(attrs=EMAIL),
        error_messages={
            "required": "Enter your e-mail address",
            "invalid": "Enter an e-mail address in full, like name@example.org",
        },
    )


class SignInForm(SpringForm, LoginForm):
    """An e-mail address and a password."""

    password = _password(
        "Password", "current-password", error_messages={"required": "Enter your password"}
    )
    helper = form_helper(form_tag=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields = {"login": _email(), "password": self.fields["password"]}

    def clean_login(self) -> str:
        return super().clean_login().lower()


class ForgottenPasswordForm(SpringForm, ResetPasswordForm):
    """An e-mail address; whether an account has it is never said."""

    email = _email()
    helper = form_helper(save="Send me a link")

    def save(self, request: HttpRequest, **kwargs: Any) -> str:
        for user in self.users:
            actions.send_reset_link(user=user)
        return self.cleaned_data["email"]


class NewPasswordForm(SpringForm):
    """A new password, twice."""

    password1 = _password(
        "New password",
        "new-password",
        help_text=(
            "At least 12 characters. Three or four words that only you would put together are "
            "good: they are long, and easy to remember."
        ),
    )
    password2 = _password("The same again", "new-password")
    helper = form_helper(save="Keep this password")

    def __init__(
        self, *args: Any, user: User | None = None, temp_key: str = "", **kwargs: Any
    ) -> None:
        self.user = user
        super().__init__(*args, **kwargs)

    def clean_password1(self) -> str:
        password = self.cleaned_data["password1"]
        validate_password(password, self.user)
        return password

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        first, second = cleaned.get("password1"), cleaned.get("password2")
        if first and second and first != second:
            self.add_error("password2", "The two are not the same. Type the new password again.")
        return cleaned

    def save(self) -> None:
        if self.user is None:
            raise ValueError("There is nobody to keep a password for.")
        actions.choose_password(user=self.user, password=self.cleaned_data["password1"])


class ChangePasswordForm(NewPasswordForm):
    """The same for someone signed in, who shows once more that it is them."""

    oldpassword = _password("Your password now", "current-password")
    field_order = ["oldpassword", "password1", "password2"]

    def clean_oldpassword(self) -> str:
        password = self.cleaned_data["oldpassword"]
        if self.user is None or not self.user.check_password(password):
            raise ValidationError("This is not your password now. Type it again.")
        return password
