"""The door: signing in and out, and choosing a password with a link."""

from allauth.account.adapter import get_adapter
from allauth.account.views import (
    LoginView,
    PasswordChangeView,
    PasswordResetFromKeyView,
    PasswordResetView,
)
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from spring.accounts.forms import (
    ChangePasswordForm,
    ForgottenPasswordForm,
    NewPasswordForm,
    SignInForm,
)
from spring.accounts.tokens import invited

OPENED = "choose-a-password"
REMEMBERED = "_invitation"


class SignIn(LoginView):
    form_class = SignInForm


class ForgottenPassword(PasswordResetView):
    form_class = ForgottenPasswordForm


class NewPassword(PasswordResetFromKeyView):
    """The page behind the link that was sent to someone who forgot their password."""

    form_class = NewPasswordForm

    def form_valid(self, form: NewPasswordForm) -> HttpResponse:
        response = super().form_valid(form)
        get_adapter().forgive(self.request, self.reset_user)
        return response


class ChangePassword(PasswordChangeView):
    form_class = ChangePasswordForm
    success_url = reverse_lazy("account")


@login_not_required
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, uidb64: str, token: str) -> HttpResponse:
    """Where an invited person chooses their first password.

    The token goes into the session and out of the address at once, so that no history, log or
    Referer keeps it.
    """
    if token != OPENED:
        if invited(uidb64, token) is None:
            return render(request, "account/invitation_void.html")
        request.session[REMEMBERED] = token
        return redirect("invitation", uidb64=uidb64, token=OPENED)
    user = invited(uidb64, request.session.get(REMEMBERED, ""))
    if user is None:
        return render(request, "account/invitation_void.html")
    form = NewPasswordForm(request.POST or None, user=user)
    if form.is_valid():
        form.save()
        logout(request)  # whoever else was signed in in this browser
        messages.success(request, "Your password is kept. Now sign in with it.")
        return redirect("account_login")
    return render(request, "account/invitation.html", {"form": form, "person": user})
