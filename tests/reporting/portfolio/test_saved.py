"""Saved views: made from what the dashboard filters, opened by a plain link, shared, changed and deleted by its own."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.actor import Actor, NotAllowed
from journal.models import AuditEvent
from projects.roles import Role
from reporting.portfolio import actions
from reporting.portfolio.models import SavedView
from tests import factories
from tests.factories import noon
from tests.reporting.portfolio import world
from tests.reporting.portfolio.reading import element, text
from tests.reporting.portfolio.world import TODAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def other(programme):
    """Another adviser of the programme."""
    person = factories.user("Olav Rådgiver")
    factories.role(person, Role.ADVISER, programme)
    return person


@pytest.fixture
def house(programme, adviser):
    """Some projects to filter."""
    world.counties()
    world.programme_of(4, programme)
    return programme


@pytest.fixture
def send(client, adviser, house):
    """`send("saved_view_new", query, name="…")`: what the form answers the adviser."""
    client.force_login(adviser)

    def post(where, /, *args, query="", **data):
        return client.post(reverse(where, args=[house.slug, *args]) + query, data)

    return post


@pytest.fixture
def saved(client, adviser, house):
    """`saved()`: the list of saved views as the adviser gets it; `saved(other)`: as another does."""

    def get(person=adviser):
        client.force_login(person)
        return client.get(reverse("saved_views", args=[house.slug])).text

    return get


def by(person):
    return Actor(user=person, now=noon(TODAY))


def actions_noted():
    return list(AuditEvent.objects.filter(object_type="saved_view").order_by("seq").values_list("action", "data"))


def test_what_is_filtered_gets_a_name_and_is_opened_by_a_plain_link(send, house, dashboard, saved):
    assert "Lagre visningen" not in dashboard().text, "nothing is filtered"
    html = dashboard(fylke="19", sorter="-F3", per="2015-01-15").text
    query = "?fylke=19&sorter=-F3&per=2015-01-15"
    assert f"{reverse('saved_view_new', args=[house.slug])}{query.replace('&', '&amp;')}" in html
    answer = send("saved_view_new", query=query + "&pulje=&tull=1", name="  Troms,  verst først ", is_shared="")
    there = answer.headers["Location"]
    assert there == reverse("dashboard", args=[house.slug]) + query
    row = SavedView.objects.get()
    assert (row.name, row.query, row.is_shared) == ("Troms,  verst først", query[1:], False)
    assert f'href="{there.replace("&", "&amp;")}">Troms,  verst først</a>' in saved()
    assert f'href="{reverse("saved_views", args=[house.slug])}"' in element(dashboard().text, "filter")
    assert actions_noted() == [("saved_view_made", {"is_shared": False})]


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("", "Fyll ut dette feltet."),
        ("   ", "Fyll ut dette feltet."),
        ("x" * 81, "1 tegn for lang"),
        ("de i  TROMS", "Du har allerede en visning med dette navnet."),
        ("a\x00b", "usynlige styretegn"),
    ],
)
def test_a_name_that_will_not_do_comes_back_at_the_field(send, house, adviser, name, why):
    factories.saved_view(house, adviser)
    answer = send("saved_view_new", query="?fylke=18", name=name, is_shared="on")
    assert answer.status_code == 422
    assert why in text(element(answer.text, "id_name_error"))
    assert "checked" in answer.text
    assert SavedView.objects.count() == 1
    assert not actions_noted()


def test_nothing_filtered_is_nothing_to_save(send, house, adviser):
    answer = send("saved_view_new", query="?tull=1&per=i+mars", name="Alt")
    assert answer.status_code == 422
    assert "Velg minst ett filter på oversikten først." in text(answer.text)
    assert not SavedView.objects.exists()


def test_what_a_view_holds_is_said_in_words(client, send, house, adviser, other, saved):
    query = "fylke=19&status=mangler&q=øya&sorter=-F5&per=2015-01-15"
    form = text(client.get(reverse("saved_view_new", args=[house.slug]) + f"?{query}&tema=tull").text)
    holds = (
        "Fylke: Troms · Status: Mangler måling · Søk: øya · Sortert etter: Prosjektledelse · Per dato: 15. januar 2015"
    )
    assert f"Dette blir lagret: {holds}" in form
    row = factories.saved_view(house, adviser, query=query, is_shared=True)
    assert f"Visningen viser: {holds}" in text(client.get(reverse("saved_view", args=[house.slug, row.pk])).text)
    assert holds in text(saved())
    assert holds in text(saved(other))


def test_with_nothing_to_save_there_is_no_form(client, send, house):
    html = client.get(reverse("saved_view_new", args=[house.slug]) + "?fylke=99").text
    assert "Det er ingenting å lagre ennå." in text(html)
    assert 'name="name"' not in html


def test_there_is_room_for_thirty(send, house, adviser):
    for number in range(actions.MOST):
        factories.saved_view(house, adviser, f"Nr. {number}")
    answer = send("saved_view_new", query="?fylke=18", name="En til")
    assert answer.status_code == 422
    assert "Du har 30 visninger, og flere er det ikke plass til." in text(answer.text)


def test_others_see_it_when_it_is_shared_and_cannot_change_it(client, send, house, adviser, other, saved):
    row = factories.saved_view(house, adviser, "Til møtet")
    change = reverse("saved_view", args=[house.slug, row.pk])
    assert "Til møtet" not in saved(other)
    client.force_login(adviser)
    send("saved_view", row.pk, name="Til møtet", is_shared="on", based_on="1")
    assert f"Til møtet {adviser.name}" in text(saved(other))
    assert client.get(change).status_code == 404
    assert client.post(change, {"name": "Mitt", "based_on": "2"}).status_code == 404
    assert client.post(reverse("saved_view_delete", args=[house.slug, row.pk])).status_code == 404
    client.force_login(adviser)
    send("saved_view", row.pk, name="Til møtet", based_on="2")
    assert "Til møtet" not in saved(other)
    assert actions_noted() == [
        ("saved_view_changed", {"is_shared": True}),
        ("saved_view_changed", {"is_shared": False}),
    ]


def test_it_is_renamed_but_not_to_a_name_one_has(send, house, adviser, other):
    row = factories.saved_view(house, adviser, "Første")
    factories.saved_view(house, adviser, "Andre")
    factories.saved_view(house, other, "Tredje", is_shared=True)
    answer = send("saved_view", row.pk, name="ANDRE", based_on="1")
    assert answer.status_code == 422
    assert "Du har allerede en visning med dette navnet." in text(element(answer.text, "id_name_error"))
    assert send("saved_view", row.pk, name="tredje", based_on="1").status_code == 303
    row.refresh_from_db()
    assert (row.name, row.version) == ("tredje", 2)


def test_one_changed_in_another_window_is_not_overwritten(send, house, adviser):
    row = factories.saved_view(house, adviser, "Første")
    assert send("saved_view", row.pk, name="Andre", based_on="1").status_code == 303
    answer = send("saved_view", row.pk, name="Tredje", based_on="1")
    assert answer.status_code == 422
    assert "endret i et annet vindu" in text(answer.text)
    assert 'value="Tredje"' in answer.text
    assert SavedView.objects.get().name == "Andre"
    assert send("saved_view", row.pk, name="Tredje", based_on="2").status_code == 303


def test_it_is_deleted_once(client, send, house, adviser, saved):
    row = factories.saved_view(house, adviser, is_shared=True)
    assert send("saved_view_delete", row.pk).status_code == 303
    again = send("saved_view_delete", row.pk)
    assert (again.status_code, again.headers["Location"]) == (303, reverse("saved_views", args=[house.slug]))
    for where in ("saved_view", "saved_view_delete"):  # back, after it is deleted
        answer = client.get(reverse(where, args=[house.slug, row.pk]), follow=True)
        assert [there for there, _code in answer.redirect_chain] == [reverse("saved_views", args=[house.slug])]
        assert ("Visningen finnes ikke lenger." in answer.text) or where == "saved_view_delete"
    assert "De i Troms" not in saved()
    assert actions_noted() == [("saved_view_deleted", {"is_shared": True})]


def test_who_is_no_adviser_of_the_programme_writes_nothing(house, adviser, leader, admin):
    row = factories.saved_view(house, adviser)
    elsewhere = factories.user("Et annet sted")
    factories.role(elsewhere, Role.ADVISER, factories.programme())
    for person in (leader, admin, elsewhere):
        with pytest.raises(NotAllowed):
            actions.save(by=by(person), programme=house, name="X", query="fylke=19", is_shared=False)
        with pytest.raises(NotAllowed):
            actions.change(by=by(person), view=row, based_on=1, name="X", is_shared=False)
        with pytest.raises(NotAllowed):
            actions.delete(by=by(person), view=row)
    assert not actions_noted()


def test_a_view_of_another_programme_is_not_here(client, house, adviser, saved):
    programme = factories.programme()
    factories.role(adviser, Role.ADVISER, programme)
    row = factories.saved_view(programme, adviser, "Der borte", is_shared=True)
    assert "Der borte" not in saved()
    assert client.get(reverse("saved_view", args=[house.slug, row.pk])).status_code == 404


def test_a_name_is_shown_as_it_was_typed_and_no_more(house, adviser, saved):
    factories.saved_view(house, adviser, "<script>alert(1)</script>")
    assert "&lt;script&gt;alert(1)" in saved()
    assert "<script>alert" not in saved()


def test_many_views_cost_no_more_than_one(client, house, adviser, other):
    client.force_login(adviser)

    def asked():
        with CaptureQueriesContext(connection) as captured:
            client.get(reverse("saved_views", args=[house.slug]))
        return len(captured)

    factories.saved_view(house, adviser)
    one = asked()
    for number in range(12):
        factories.saved_view(house, adviser if number % 2 else other, f"Nr. {number}", is_shared=True)
    assert asked() == one
