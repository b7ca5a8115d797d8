from django.urls import path

from partners import views
from partners.access import allow_signed_in
from spring.accounts.views import ChangePassword

urlpatterns = [
    path("account/", views.account, name="account"),
    path(
        "account/password/",
        allow_signed_in(ChangePassword.as_view()),
        name="account_change_password",
    ),
    path("directory/", views.directory, name="directory"),
    path("directory/<uuid:pk>/", views.community_service, name="community-service"),
    path("keep-house/", views.keep_house, name="keep-house"),
    path("keep-house/people/", views.people, name="people"),
    path("keep-house/people/invite/", views.invite, name="invite"),
    path("keep-house/people/<uuid:pk>/", views.account_detail, name="account-detail"),
    path("keep-house/people/<uuid:pk>/roles/", views.membership_add, name="membership-add"),
    path(
        "keep-house/people/<uuid:pk>/invite-again/",
        views.invitation_resend,
        name="invitation-resend",
    ),
    path("keep-house/people/<uuid:pk>/end/", views.account_end, name="account-end"),
    path("keep-house/people/<uuid:pk>/open-again/", views.account_reopen, name="account-reopen"),
    path("keep-house/roles/<uuid:pk>/end/", views.membership_end, name="membership-end"),
    path("keep-house/organisations/", views.organisations, name="organisations"),
    path("keep-house/organisations/add/", views.organisation_add, name="organisation-add"),
    path(
        "keep-house/organisations/import/",
        views.organisations_import,
        name="organisations-import",
    ),
    path("keep-house/organisations/<uuid:pk>/", views.organisation, name="organisation"),
]
