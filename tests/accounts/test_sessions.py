"""When a session ends."""

from datetime import timedelta

import pytest
from django.urls import reverse

from accounts import sessions
from saman import clock
from tests import factories

ACCOUNT = reverse("account")


@pytest.fixture
def signed_in(client, demonstration):
    """A client signed in the way people are."""
    person = factories.user(email="kari@demo.example")
    client.post(reverse("demo_sign_in"), {"person": person.pk})
    return client


def _move(client, **hours):
    """Let the session be as old as given."""
    session = client.session
    for name, ago in hours.items():
        key = {"began": sessions.BEGAN, "seen": sessions.SEEN}[name]
        session[key] = (clock.real_now() - timedelta(hours=ago)).timestamp()
    session.save()


def test_a_session_in_use_goes_on(signed_in, settings):
    _move(signed_in, began=9, seen=1.9)
    assert signed_in.get(ACCOUNT).status_code == 200
    seen = signed_in.session[sessions.SEEN]
    assert clock.real_now().timestamp() - seen < 60


@pytest.mark.parametrize("age", [{"began": 3, "seen": 2.1}, {"began": 10.1, "seen": 0}])
def test_a_session_left_or_used_too_long_is_over_and_says_so(signed_in, age):
    _move(signed_in, **age)
    response = signed_in.get(ACCOUNT, follow=True)
    assert response.redirect_chain == [(f"{reverse('account_login')}?next={ACCOUNT}", 302)]
    assert "Innloggingen din er utløpt" in response.content.decode()


def test_reading_does_not_write_each_time(signed_in):
    before = signed_in.session[sessions.SEEN]
    signed_in.get(ACCOUNT)
    assert signed_in.session[sessions.SEEN] == before


def test_signing_out_everywhere_ends_every_session(client, leader, owner):
    here, there, other = client, type(client)(), type(client)()
    for one, person in ((here, leader), (there, leader), (other, owner)):
        one.force_login(person)
    response = here.post(reverse("sign_out_everywhere"), follow=True)
    assert "Du er logget ut på alle enheter." in response.content.decode()
    assert [one.get(ACCOUNT).status_code for one in (here, there, other)] == [302, 302, 200]


def test_signing_out_everywhere_takes_a_post(client, leader):
    client.force_login(leader)
    assert client.get(reverse("sign_out_everywhere")).status_code == 405
