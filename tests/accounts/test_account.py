"""The person's own page."""

from django.urls import reverse

ACCOUNT = reverse("account")


def test_the_page_says_who_one_is(client, leader, django_assert_max_num_queries):
    client.force_login(leader)
    with django_assert_max_num_queries(6):
        page = client.get(ACCOUNT).content.decode()
    assert leader.name in page
    assert leader.email in page


def test_the_language_is_remembered_on_the_person(client, leader):
    client.force_login(leader)
    response = client.post(reverse("set_language"), {"language": "nn", "next": ACCOUNT})
    assert (response.status_code, response.url) == (303, ACCOUNT)
    leader.refresh_from_db()
    assert leader.language == "nn"
    assert '<html lang="nn"' in client.get(ACCOUNT).content.decode()


def test_an_unknown_language_is_refused(client, leader):
    client.force_login(leader)
    assert client.post(reverse("set_language"), {"language": "xx"}).status_code == 400


def test_the_page_needs_sign_in(client, db):
    assert client.get(ACCOUNT).url == f"{reverse('account_login')}?next={ACCOUNT}"
