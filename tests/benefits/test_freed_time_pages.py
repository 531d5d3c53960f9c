"""The ledger's pages: what is freed and used adds up, and a refusal says the numbers at its field."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from benefits.models import Allocation, FreedTimeVersion
from benefits.queries.freed_time import ledger_of
from projects.models import ProjectMunicipality
from tests import factories

pytestmark = pytest.mark.django_db

TODAY = date(2015, 1, 22)
POST = {"title": "Ny turnus", "amount": "2,4", "unit": "fte", "hours_per_fte": "1750", "starts_on": "01.01.2015"}
USE = {"use": "quality", "amount": "1,0", "starts_on": "22.01.2015", "decided_by": "Ledermøtet",
       "decided_on": "20.01.2015"}  # fmt: skip


def url(name, project, *args):
    return reverse(name, args=[project.slug, *args])


def text(answer):
    return " ".join(answer.content.decode().replace("\u00a0", " ").split())


def test_an_empty_ledger_explains_itself_in_words(client, project, leader, adviser):
    client.force_login(leader)
    page = text(client.get(url("freed_time", project)))
    assert "Ingen frigitt tid er registrert" in page
    assert "Rommet er frivillig" in page
    client.force_login(adviser)
    assert "Registrer frigitt tid" not in text(client.get(url("freed_time", project)))


def test_from_registering_to_attesting(client, project, leader, benefit_owner, owner):
    client.force_login(leader)
    page = text(client.post(url("freed_time_new", project), POST, follow=True))
    assert "2,4 årsverk" in page
    assert "Ikke bekreftet" in page
    client.force_login(owner)
    page = text(client.post(url("allocation_new", project, 1), USE, follow=True))
    assert "Kvalitetstid" in page
    assert "1,4" in page
    client.force_login(benefit_owner)
    page = text(client.post(url("freed_time_attest", project, 1), {"version": 1}, follow=True))
    assert "Du har bekreftet at tiden er frigitt." in page
    assert "bekreftet av gevinstansvarlig 22. januar 2015" in page
    assert "Noen andre" in text(client.post(url("freed_time_attest", project, 1), {"version": 1}, follow=True))


def test_hours_are_counted_with_the_municipalitys_own_year(client, project, leader):
    client.force_login(leader)
    hours = {**POST, "amount": "3 550", "unit": "hours", "hours_per_fte": "1775"}
    page = text(client.post(url("freed_time_new", project), hours, follow=True))
    assert "3 550 timer i året" in page
    assert "(2 årsverk)" in page
    answer = client.post(url("allocation_new", project, 1), {**USE, "amount": "3 600"})
    assert "Du har 3 550 timer i året frigitt og 0 disponert; 3 550 kan disponeres." in text(answer)


def test_more_than_there_is_is_refused_at_the_field_with_the_numbers(client, project, owner):
    factories.freed_time(project, 2)
    client.force_login(owner)
    answer = client.post(url("allocation_new", project, 1), {**USE, "amount": "0,5"})
    assert answer.status_code == 422
    assert answer.context["form"].errors["amount"] == [
        "Du har 2,4\u00a0årsverk frigitt og 2 disponert; 0,4 kan disponeres."
    ]
    assert Allocation.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("use", "service"),
        ("amount", "0"),
        ("amount", "mye"),
        ("starts_on", "31.12.2014"),
        ("ends_on", "21.01.2015"),
        ("decided_by", ""),
        ("decided_by", "x" * 121),
        ("decided_on", "i går"),
        ("description", "x" * 201),
        ("description", "a\x00b"),
    ],
)
def test_what_cannot_be_stored_comes_back_with_everything_typed(client, project, owner, field, value):
    factories.freed_time(project, None)
    client.force_login(owner)
    answer = client.post(url("allocation_new", project, 1), {**USE, "reference": "Post 3.2", field: value})
    assert answer.status_code == 422
    assert "Post 3.2" in text(answer)
    assert not Allocation.objects.exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [("amount", "0"), ("amount", "2.400"), ("hours_per_fte", "12"), ("ends_on", "31.12.2014"), ("posts", "1,5")],
)
def test_a_post_that_makes_no_sense(client, project, leader, field, value):
    client.force_login(leader)
    answer = client.post(url("freed_time_new", project), {**POST, "note": "Talt i turnus", field: value})
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert not FreedTimeVersion.objects.exists()


def test_a_stale_correction_shows_both_texts_and_stores_nothing(client, project, leader):
    factories.freed_time(project, None)
    client.force_login(leader)
    client.post(url("freed_time_edit", project, 1), {**POST, "version": 1, "amount": "3"})
    answer = client.post(url("freed_time_edit", project, 1), {**POST, "version": 1, "amount": "4"})
    assert answer.status_code == 409
    assert answer.context["changes"] == [("Hvor mye tid i året?", "3", "4")]
    newer = {**POST, "version": answer.context["form"]["version"].value(), "amount": "4"}
    client.post(url("freed_time_edit", project, 1), newer)
    assert FreedTimeVersion.objects.live().get().amount == 4


def test_a_correction_sent_twice_is_made_once(client, project, leader):
    factories.freed_time(project, None)
    client.force_login(leader)
    data = {**POST, "version": 1, "amount": "3"}
    assert [client.post(url("freed_time_edit", project, 1), data).status_code for _ in range(2)] == [303, 303]
    assert FreedTimeVersion.objects.count() == 2


def test_a_post_in_use_is_neither_shrunk_nor_taken_out(client, project, leader):
    factories.freed_time(project, 2)
    client.force_login(leader)
    answer = client.post(url("freed_time_edit", project, 1), {**POST, "version": 1, "amount": "1,5"})
    assert "2 årsverk er alt disponert" in text(answer)
    answer = client.post(url("freed_time_withdraw", project, 1), {"version": 1, "reason": "Feil"})
    assert (answer.status_code, "Trekk bruken først" in text(answer)) == (422, True)
    page = text(client.post(url("allocation_withdraw", project, Allocation.objects.get().pk), follow=True))
    assert "Tiden er ikke disponert lenger." in page
    page = text(client.post(url("freed_time_withdraw", project, 1), {"version": 1, "reason": "Feil"}, follow=True))
    assert "1 post er trukket" in page


def test_a_use_is_corrected(client, project, owner):
    _post, use = factories.freed_time(project, 2)
    client.force_login(owner)
    assert "2" in text(client.get(url("allocation_edit", project, use.pk)))
    client.post(url("allocation_edit", project, use.pk), {**USE, "amount": "2,4"})
    assert Allocation.objects.live().get().fte == Decimal("2.4")
    assert "Noen andre" in text(client.post(url("allocation_edit", project, use.pk), USE, follow=True))


def test_the_balance_adds_up_over_posts_and_municipalities(client, project, leader):
    first = project.municipalities.get()
    second = factories.municipality("Selbu")
    ProjectMunicipality.objects.create(project=project, municipality=second, order=1)
    factories.freed_time(project, 1, municipality=first, attested_on=TODAY, planned=3)
    factories.freed_time(project, None, municipality=second, starts_on=date(2015, 6, 1))
    over = factories.freed_time(project, 1, municipality=second, starts_on=date(2013, 1, 1), ends_on=date(2014, 1, 1))
    ledger = ledger_of(project, TODAY)
    balance = ledger.balance
    assert (balance.planned, balance.freed, balance.used, balance.left) == (
        Decimal("5.4"),
        Decimal("2.4"),
        1,
        Decimal("1.4"),
    )
    assert (balance.ahead, balance.attested) == (Decimal("2.4"), Decimal("2.4"))
    assert sum(place.freed for _name, place in ledger.places) == balance.freed
    assert [row.is_over for row in ledger.rows] == [False, False, True]
    assert ledger.steps[0] == (date(2013, 1, 1), Decimal("2.4"), 1)
    assert ledger.steps[1] == (date(2014, 1, 2), 0, 0)
    client.force_login(leader)
    assert "Selbu" in text(client.get(url("freed_time", project)))
    assert over


def test_a_ledger_with_a_post_of_few_tells_those_outside_no_amount(client, project, leader, adviser):
    factories.freed_time(project, Decimal("0.2"), title="Ny vaktleder", amount=Decimal("0.4"), posts=2)
    factories.freed_time(project, 1, posts=40)
    client.force_login(adviser)
    page = text(client.get(url("freed_time", project)))
    assert "fordelt på færre enn fem stillinger" in page
    assert "Ny vaktleder" in page
    assert not [shown for shown in ("0,4", "2,4", "2,8", "fordelt på 2", '<svg class="chart') if shown in page]
    client.force_login(leader)
    page = text(client.get(url("freed_time", project)))
    assert "2,8" in page
    assert "fordelt på 2 stillinger" in page
    FreedTimeVersion.objects.update(posts=5)
    client.force_login(adviser)
    assert "2,8" in text(client.get(url("freed_time", project)))


def test_scattered_minutes_are_no_fault(client, project, leader):
    factories.freed_time(project, None, posts=25)
    client.force_login(leader)
    assert "For oppdelt til å disponere" in text(client.get(url("freed_time", project)))
    assert not factories.freed_time(project, None, posts=24)[0].versions.get().is_scattered


def test_the_page_asks_as_little_for_many_posts_as_for_one(client, project, leader, django_assert_max_num_queries):
    client.force_login(leader)
    for _ in range(9):
        factories.freed_time(project, 1)
    with django_assert_max_num_queries(14):
        client.get(url("freed_time", project))
