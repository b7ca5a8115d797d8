from django.urls import path

from referrals import views

urlpatterns = [
    path("refer/", views.refer, name="refer"),
    path("refer/received/<str:token>/", views.refer_received, name="refer-received"),
    path("referrals/", views.referrals, name="referrals"),
    path("referrals/<uuid:pk>/", views.referral, name="referral"),
    path("referrals/<uuid:pk>/accept/", views.referral_accept, name="referral-accept"),
    path("referrals/<uuid:pk>/decline/", views.referral_decline, name="referral-decline"),
    path("referrals/<uuid:pk>/signpost/", views.referral_signpost, name="referral-signpost"),
    path("referrals/<uuid:pk>/pass/", views.referral_pass, name="referral-pass"),
]
