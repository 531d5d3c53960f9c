"""What is kept of pages is never out of date, and never another's."""

import re
from threading import Thread

import pytest
from django.core.cache import caches
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from projects.models import Programme
from saman import clock, kept
from saman.kept import database_state
from tests import factories
from tests.undisturbed import holds_undisturbed


@pytest.fixture(autouse=True)
def nothing_kept():
    caches["pages"].clear()


def elsewhere(work):
    """Do something over another connection, as another process would."""

    def run():
        try:
            work()
        finally:
            connection.close()

    thread = Thread(target=run)
    thread.start()
    thread.join()


@pytest.mark.django_db(transaction=True)
def test_every_commit_changes_the_databases_word_and_reading_does_not():
    programme = factories.programme()

    def stays(read):
        before = database_state()
        read()
        return database_state() == before

    assert holds_undisturbed(lambda: stays(lambda: list(Programme.objects.all())))
    assert holds_undisturbed(lambda: stays(connection.close)), "as after each request"
    first = database_state()
    assert first
    Programme.objects.filter(pk=programme.pk).update(name="Her")
    second = database_state()
    elsewhere(lambda: Programme.objects.filter(pk=programme.pk).update(name="Der"))
    third = database_state()
    assert len({first, second, third}) == 3


@pytest.mark.django_db(transaction=True)
def test_inside_a_transaction_there_is_no_word():
    with transaction.atomic():
        factories.programme()
        assert database_state() is None
        assert kept.kept(("a",), lambda: "én") == "én"
        assert kept.kept(("a",), lambda: "to") == "to"


@pytest.mark.django_db(transaction=True)
def test_what_was_written_while_a_page_was_made_is_seen_by_the_next():
    programme = factories.programme(name="Før")

    def slow():
        read = Programme.objects.get(pk=programme.pk).name
        elsewhere(lambda: Programme.objects.filter(pk=programme.pk).update(name="Etter"))
        return read

    assert kept.kept(("a",), slow) == "Før"
    assert kept.kept(("a",), lambda: Programme.objects.get(pk=programme.pk).name) == "Etter"


@pytest.mark.django_db(transaction=True)
def test_a_page_is_made_once_for_each_address_date_and_language(monkeypatch):
    made = []

    def make():
        made.append(1)
        return str(len(made))

    def makes(*calls):
        caches["pages"].clear()
        before = len(made)
        for call in calls:
            call()
        return len(made) - before

    def a():
        kept.kept(("a",), make)

    def b():
        kept.kept(("b",), make)

    def a_on_another_day():
        with monkeypatch.context() as patch:
            patch.setattr(clock, "today", lambda: factories.START)
            a()

    assert holds_undisturbed(lambda: makes(a, a, a) == 1)
    assert holds_undisturbed(lambda: makes(a, b, a, b) == 2)
    assert holds_undisturbed(lambda: makes(a, a_on_another_day, a) == 2)


@pytest.mark.django_db(transaction=True)
def test_a_public_page_is_not_sent_again_while_it_has_not_changed(client):
    programme = factories.programme(name="Saman")
    factories.project(cohort=factories.cohort(programme=programme))
    for page in ("front", "catalogue", "about", "how", "privacy", "accessibility"):
        first = client.get(reverse(page))
        assert first.status_code == 200
        assert first.headers["Cache-Control"] == "public, max-age=0, must-revalidate"
        assert "Cookie" in first.headers["Vary"]
        assert not first.cookies
        known = {"If-None-Match": first.headers["ETag"]}
        again = client.get(reverse(page), headers=known)
        assert again.status_code == 304
        assert not again.content
        assert client.get(reverse(page)).content == first.content
        factories.user()  # something the page does not show is written: it is made again, and is the same
        assert client.get(reverse(page), headers=known).status_code == 304
        client.cookies["saman_language"] = "nn"
        other = client.get(reverse(page), headers=known)
        assert other.status_code == 200
        assert other.headers["Content-Language"] == "nn"
        del client.cookies["saman_language"]


@pytest.mark.django_db(transaction=True)
def test_what_is_written_is_on_the_public_page_at_once(client):
    project = factories.project(cohort=factories.cohort(programme=factories.programme()), title="Før")
    page = reverse("public_project", args=[project.slug])
    first = client.get(page)
    assert "Før" in client.get(page).text
    project.title = "Etter"
    project.save()
    changed = client.get(page, headers={"If-None-Match": first.headers["ETag"]})
    assert changed.status_code == 200
    assert "Etter" in changed.text


@pytest.mark.django_db(transaction=True)
def test_who_is_signed_in_gets_a_page_of_their_own_and_leaves_none_behind(client, adviser):
    front = reverse("front")
    client.force_login(adviser)
    own = client.get(front)
    assert adviser.name in own.text
    assert own.headers["Cache-Control"] == "private, no-store"
    assert "ETag" not in own.headers
    nobody = Client()
    assert adviser.name not in nobody.get(front).text
    assert adviser.name in client.get(front).text


@pytest.mark.django_db(transaction=True)
def test_a_page_with_a_form_to_send_is_never_kept(client):
    page = reverse("verify")
    assert "ETag" not in client.get(page).headers


@pytest.mark.django_db(transaction=True)
def test_a_visitor_chooses_a_language_without_a_cookie_of_the_site_and_a_person_needs_the_token(adviser):
    visitor, person = (Client(enforce_csrf_checks=True) for _ in range(2))
    assert not visitor.get(reverse("front")).cookies
    chosen = visitor.post(reverse("set_language"), {"language": "nn", "next": "/"})
    assert chosen.status_code == 303
    assert visitor.get(reverse("front")).headers["Content-Language"] == "nn"
    person.force_login(adviser)
    assert person.post(reverse("set_language"), {"language": "nn", "next": "/"}).status_code == 403
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', person.get(reverse("account")).text)[1]
    sent = {"language": "nn", "next": "/", "csrfmiddlewaretoken": token}
    assert person.post(reverse("set_language"), sent).status_code == 303
