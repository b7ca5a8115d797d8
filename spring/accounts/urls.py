"""Only the pages of allauth that are used: no sign-up, no change of address."""

from allauth.account.views import (
    account_inactive,
    logout,
    password_reset_done,
    password_reset_from_key_done,
)
from django.urls import path, re_path

from spring.accounts import views

urlpatterns = [
    path("sign-in/", views.SignIn.as_view(), name="account_login"),
    path("sign-in/ended/", account_inactive, name="account_inactive"),
    path("sign-out/", logout, name="account_logout"),
    path("password/forgotten/", views.ForgottenPassword.as_view(), name="account_reset_password"),
    path("password/forgotten/sent/", password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^password/new/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[-0-9A-Za-z]+)/$",
        views.NewPassword.as_view(),
        name="account_reset_password_from_key",
    ),
    path(
        "password/kept/",
        password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("invitation/<str:uidb64>/<str:token>/", views.invitation, name="invitation"),
]
