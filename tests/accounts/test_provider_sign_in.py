"""Sign-in through the organisation's own identity provider, against a small one of our own."""

import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest
from django.contrib.auth import get_user
from django.urls import reverse

from accounts.models import User

SIGN_IN = reverse("account_login")
START = reverse("openid_connect_login", args=["oidc"])
BACK = reverse("openid_connect_callback", args=["oidc"])


class _Provider(BaseHTTPRequestHandler):
    """Answers discovery, token and who it is."""

    claims: dict = {}

    def _answer(self):
        here = f"http://127.0.0.1:{self.server.server_port}"
        paths = {
            "/.well-known/openid-configuration": {
                "issuer": here,
                "authorization_endpoint": f"{here}/authorize",
                "token_endpoint": f"{here}/token",
                "userinfo_endpoint": f"{here}/me",
                "jwks_uri": f"{here}/keys",
            },
            "/token": {"access_token": "secret", "token_type": "Bearer"},
            "/me": self.claims,
        }
        body = json.dumps(paths[self.path]).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_POST = _answer

    def log_message(self, *args):
        """Quiet."""


@pytest.fixture
def provider(db, settings):
    """A configured provider that answers with `provider.claims`."""
    server = HTTPServer(("127.0.0.1", 0), _Provider)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    _configure(settings, f"http://127.0.0.1:{server.server_port}")
    yield _Provider
    server.shutdown()
    server.server_close()


def _configure(settings, url):
    app = {"provider_id": "oidc", "name": "Ansattporten", "client_id": "saman", "secret": "s"}
    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [{**app, "settings": {"server_url": url}}]}
    }


def _sign_in(client, **fields):
    """Go there and come back."""
    there = client.post(START, fields)
    question = parse_qs(urlsplit(there.url).query)
    assert question["code_challenge_method"] == ["S256"]
    return client.get(BACK, {"code": "abc", "state": question["state"][0]})


def test_the_button_is_there_when_a_provider_is_configured(client, provider):
    assert "Logg inn med Ansattporten" in client.get(SIGN_IN).content.decode()


def test_no_button_without_a_provider(client, db):
    assert "Med elektronisk ID" not in client.get(SIGN_IN).content.decode()
    assert client.post(START).status_code == 404
    assert client.get(BACK).status_code == 404


def test_a_verified_address_finds_the_person(client, provider, leader):
    provider.claims = {"sub": "1", "email": leader.email.upper(), "email_verified": True}
    response = _sign_in(client, next="/arbeid/konto/")
    assert response.url == "/arbeid/konto/"
    assert get_user(client) == leader


@pytest.mark.parametrize(
    "claims",
    [{"email": "ny@example.org", "email_verified": True}, {"email_verified": True}, {}],
)
def test_nobody_is_made(client, provider, leader, claims):
    provider.claims = {"sub": "2", **claims}
    before = User.objects.count()
    assert "Vi fant ingen konto" in _sign_in(client).content.decode()
    assert User.objects.count() == before
    assert not get_user(client).is_authenticated


@pytest.mark.parametrize("verified", [False, None])
def test_an_address_nobody_has_verified_finds_nobody(client, provider, leader, verified):
    provider.claims = {"sub": "3", "email": leader.email, "email_verified": verified}
    assert "Vi fant ingen konto" in _sign_in(client).content.decode()
    assert not get_user(client).is_authenticated


def test_a_person_who_has_been_shut_out_is_refused(client, provider, leader):
    User.objects.filter(pk=leader.pk).update(is_active=False)
    provider.claims = {"sub": "4", "email": leader.email, "email_verified": True}
    _sign_in(client)
    assert not get_user(client).is_authenticated


def test_an_identity_is_never_tied_to_an_account(client, provider, leader):
    client.force_login(leader)
    provider.claims = {"sub": "5", "email": "en.annen@example.org", "email_verified": True}
    assert _sign_in(client, process="connect").url == SIGN_IN
    assert not leader.socialaccount_set.exists()


def test_an_answer_nobody_asked_for_is_refused(client, provider):
    response = client.get(BACK, {"code": "abc", "state": "made-up"})
    assert response.status_code == 401
    assert "Innloggingen gikk ikke" in response.content.decode()


def test_a_provider_that_does_not_answer_is_said_so(client, db, settings):
    _configure(settings, "http://127.0.0.1:9")
    response = client.post(START)
    assert response.status_code == 503
    assert "Innloggingen gikk ikke" in response.content.decode()


def test_coming_by_a_link_asks_first(client, provider):
    assert "Du blir sendt til Ansattporten" in client.get(START).content.decode()
