"""Sign-in, sign-out, language and the person's own page.

The names are those the sign-in library looks up; what it has and Saman does not leads nowhere.
"""

from allauth.account import views as allauth
from allauth.socialaccount import views as social
from allauth.socialaccount.providers.openid_connect import views as openid_connect
from django.contrib.auth.decorators import login_not_required
from django.urls import path

from accounts.views import account, sign_in

urlpatterns = [
    path("logg-inn/", sign_in.SignIn.as_view(), name="account_login"),
    path("logg-inn/", sign_in.SignIn.as_view(), name="account_request_login_code"),
    path("logg-inn/kode/", sign_in.ConfirmCode.as_view(), name="account_confirm_login_code"),
    path("logg-inn/stengt/", login_not_required(allauth.account_inactive), name="account_inactive"),
    path("logg-inn/demo/", sign_in.demo_sign_in, name="demo_sign_in"),
    path("logg-inn/oidc/avbrutt/", social.login_cancelled, name="socialaccount_login_cancelled"),
    path("logg-inn/oidc/feil/", login_not_required(social.login_error), name="socialaccount_login_error"),
    path("logg-inn/oidc/<slug:provider_id>/", sign_in.provider_sign_in, name="openid_connect_login"),
    path("logg-inn/oidc/<slug:provider_id>/svar/", openid_connect.callback, name="openid_connect_callback"),
    path("logg-ut/", login_not_required(allauth.logout), name="account_logout"),
    path("sprak/", account.set_language, name="set_language"),
    path("arbeid/konto/", account.account, name="account"),
    path("arbeid/konto/logg-ut-overalt/", account.sign_out_everywhere, name="sign_out_everywhere"),
    *(
        path(f"logg-inn/finnes-ikke/{name.split('_', 1)[1]}/", sign_in.closed, name=name)
        for name in (
            "account_signup",
            "account_reauthenticate",
            "account_email_verification_sent",
            "socialaccount_signup",
            "socialaccount_connections",
        )
    ),
]
