"""Sign-in, sign-out and language."""

from allauth.account import views as allauth
from django.contrib.auth.decorators import login_not_required
from django.urls import path

from accounts import views

urlpatterns = [
    path("logg-inn/", login_not_required(allauth.request_login_code), name="account_login"),
    path("logg-inn/kode/", login_not_required(allauth.confirm_login_code), name="account_confirm_login_code"),
    path("logg-ut/", allauth.logout, name="account_logout"),
    path("sprak/", views.set_language, name="set_language"),
]
