"""«Måler vi målet?» while a target is being written, and on its page: the rules' own words where the field is."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from benefits.actions.targets import definition_of
from benefits.checks import checks_while_writing
from benefits.models import TargetVersion
from tests import factories
from tests.benefits.test_target_new import OWN, SENTENCE

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true", "HX-Request-Type": "partial"}


def lines(project, definition, today=date(2015, 1, 22)):
    return [(check.sign, check.title) for check in checks_while_writing(project, definition, today, None)]


def changed(target, **changes):
    return replace(definition_of(TargetVersion.objects.live().get(target=target)), **changes)


@pytest.fixture
def target(project, leader, owner):
    return factories.target(project, indicator="sykefravaer_legemeldt", statement="Ned til 9 % i 2015.")


def test_what_is_in_order_and_what_is_asked(project, target):
    found = lines(project, changed(target))
    assert ("ok", "Måler en effekt") in found
    assert ("meh", "Mangler kontrollindikator") in found


def test_an_activity_and_a_sentence_that_differs(project, target):
    found = lines(project, changed(target, indicator="kompetanseplan", statement="Ned til 8 % i 2016."))
    assert ("nok", "Målet måler det dere gjør") in found
    assert ("nok", "Setningen sier et annet tall") in found


def test_a_counter_among_the_projects_other_targets_is_enough(project, target):
    factories.target(project, indicator="turnover", title="Turnover")
    assert "Mangler kontrollindikator" not in [title for _sign, title in lines(project, changed(target))]


def test_the_sentence_is_looked_at_before_it_is_saved(client, project, leader):
    client.force_login(leader)
    url = reverse("target_new", args=[project.slug])
    page = client.post(url, {**SENTENCE, "preview": "1"}, headers=HTMX).content.decode()
    assert "Måler vi målet?" in page
    assert "Måler en effekt" in page
    own = {**SENTENCE, **OWN, "own_name": "Antall kurs", "target_value": "9,0", "preview": "1"}
    assert "Høres ut som noe dere gjør" in client.post(url, own, headers=HTMX).content.decode()
    assert not TargetVersion.objects.exists()


@pytest.fixture
def sheet(client, project, target, leader):
    """What the full sheet of the target sends when nothing is changed."""
    client.force_login(leader)
    url = reverse("target_edit", args=[project.slug, target.number])
    form = client.get(url).context["form"]
    data = {name: form[name].value() for name in form.fields}
    return url, {name: ("on" if value is True else value) for name, value in data.items() if value not in (None, False)}


def test_the_full_sheet_is_looked_at_as_it_is_typed(client, sheet):
    url, data = sheet
    assert "Setningen stemmer" in client.get(url).content.decode()
    typed = {**data, "target_value": "8,5", "preview": "1"}
    page = client.post(url, typed, headers=HTMX).content.decode()
    assert "Setningen sier et annet tall" in page
    assert "<form" not in page
    broken = client.post(url, {**typed, "target_value": "mye"}, headers=HTMX).content.decode()
    assert "Noe i skjemaet må rettes" in broken
    assert TargetVersion.objects.count() == 1


def test_without_script_the_sheet_comes_back_with_what_was_typed_and_nothing_stored(client, sheet):
    url, data = sheet
    answer = client.post(url, {**data, "target_value": "8,5", "preview": "1"})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert 'value="8,5"' in page
    assert "Setningen sier et annet tall" in page
    assert client.post(url, {**data, "target_value": "mye", "preview": "1"}).status_code == 422
    assert TargetVersion.objects.get().values.get().value == Decimal(9)


def test_the_targets_page_says_the_same(client, project, target, leader):
    client.force_login(leader)
    page = client.get(reverse("target", args=[project.slug, target.number])).content.decode()
    assert "Setningen stemmer" in page
    assert "Måler en effekt" in page
