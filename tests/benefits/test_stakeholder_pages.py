"""The stakeholders' pages: groups only, an objection that asks for an answer, and what an adviser sees of it."""

from datetime import date

import pytest
from django.urls import reverse

from benefits.models import ObjectionAnswer, StakeholderGroup, StakeholderRegistration, StakeholderSharing
from journal.models import AuditEvent
from tests import factories
from tests.factories import noon

pytestmark = pytest.mark.django_db

TODAY = date(2015, 1, 22)
SAID = {"attitude": "-1", "influence": "3", "size": "40", "on": "20.01.2015", "objection": "Det blir flere helger."}
GROUP = {**SAID, "kind": "staff", "name": "Nattevaktene"}
ANSWER = {"text": "Ingen får flere helger enn i dag.", "responsible": "Enhetsleder", "due_on": "01.03.2015"}


def url(name, project, *args):
    return reverse(name, args=[project.slug, *args])


def text(answer):
    return " ".join(answer.content.decode().replace("\u00a0", " ").split())


def test_an_empty_room_is_not_in_use_and_offers_the_usual_groups(client, project, leader):
    client.force_login(leader)
    page = text(client.get(url("stakeholders", project)))
    assert "Rommet er ikke i bruk" in page
    assert "Mellomledere" in page
    assert "?gruppe=middle_managers" in page
    form = client.get(url("stakeholder_new", project) + "?gruppe=middle_managers").context["form"]
    assert form["kind"].value() == "middle_managers"


def test_from_an_objection_to_its_answer(client, project, leader, owner):
    client.force_login(leader)
    page = text(client.post(url("stakeholder_new", project), GROUP, follow=True))
    assert "1 innvending venter på svar" in page
    assert "Det blir flere helger." in page
    page = text(client.get(url("objection_answer", project, 1)))
    assert "Det blir flere helger." in page
    page = text(client.post(url("objection_answer", project, 1), ANSWER, follow=True))
    assert "venter på svar" not in page
    assert "innen 1. mars 2015" in page
    answer = ObjectionAnswer.objects.get()
    page = text(client.post(url("objection_give", project, 1, answer.pk), follow=True))
    assert "gitt 22. januar 2015" in page
    assert "Ingenting er lagret" in text(client.post(url("objection_give", project, 1, answer.pk), follow=True))
    client.force_login(owner)
    newest = StakeholderRegistration.objects.get()
    page = text(client.post(url("stakeholder_confirm", project, 1), {"registration": newest.pk}, follow=True))
    assert "bekreftet 22. januar 2015, Eirik Eier" in page
    said = list(AuditEvent.objects.filter(object_type="stakeholder").values_list("action", flat=True))
    assert said == [
        "stakeholder_added", "objection_answer_planned", "objection_answer_given", "stakeholder_confirmed",
    ]  # fmt: skip
    assert "helger" not in str(list(AuditEvent.objects.values_list("data", flat=True)))


def test_a_new_registration_leaves_the_one_before_in_the_history(client, project, leader):
    factories.stakeholder(project, 1, 2)
    client.force_login(leader)
    page = text(client.post(url("stakeholder_register", project, 1), {**SAID, "version": 1}, follow=True))
    assert "mer kritisk enn sist" in page
    assert "1. desember 2014: Støtter" in page
    assert StakeholderRegistration.objects.live().count() == 2


def test_a_correction_keeps_what_was_said_before(client, project, leader):
    first = factories.stakeholder(project, 1, 2)
    client.force_login(leader)
    data = {**SAID, "on": "01.12.2014", "version": 1}
    page = text(client.post(url("stakeholder_correct", project, 1, first.pk), data, follow=True))
    assert "<del>" in page
    live = StakeholderRegistration.objects.live().get()
    assert (live.attitude, StakeholderRegistration.objects.count()) == (-1, 2)
    assert "Ingenting er lagret" in text(client.get(url("stakeholder_correct", project, 1, first.pk), follow=True))
    mine = {**data, "objection": "Turnusen er for tung."}
    answer = client.post(url("stakeholder_correct", project, 1, first.pk), mine)
    assert answer.status_code == 409
    assert "Det blir flere helger." in text(answer)
    assert "Turnusen er for tung." in text(answer)
    client.post(
        url("stakeholder_correct", project, 1, first.pk), {**mine, "version": answer.context["form"]["version"].value()}
    )
    assert StakeholderRegistration.objects.live().get().objection == "Turnusen er for tung."
    assert StakeholderRegistration.objects.count() == 3


def test_a_stale_answer_shows_both_and_one_that_is_given_stays(client, project, leader):
    first = factories.objection_answer(factories.stakeholder(project, -1, 3).group)
    client.force_login(leader)
    edit = url("objection_edit", project, 1, first.pk)
    client.post(edit, {**ANSWER, "version": first.pk})
    mine = {**ANSWER, "text": "Vi venter med ordningen.", "version": first.pk}
    answer = client.post(edit, mine)
    assert answer.status_code == 409
    assert "Ingen får flere helger enn i dag." in text(answer)
    client.post(edit, {**mine, "version": answer.context["form"]["version"].value()})
    live = ObjectionAnswer.objects.live().get()
    assert (live.text, ObjectionAnswer.objects.count()) == ("Vi venter med ordningen.", 3)
    client.post(url("objection_give", project, 1, live.pk))
    answer = client.post(edit, {**mine, "text": "Noe annet", "version": live.pk})
    assert answer.status_code == 422
    assert "registrert som gitt i mellomtiden" in text(answer)
    assert "Noe annet" in text(answer)
    assert ObjectionAnswer.objects.live().get().text == "Vi venter med ordningen."


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("name", "Kari Nordmann", "ser ut som navnet på en person"),
        ("name", "kari@kommune.no", "er en e-postadresse"),
        ("name", "912 34 567", "ser ut som et telefonnummer"),
        ("name", "x" * 81, "tegn for lang"),
        ("kind", "", "Velg en gruppe."),
        ("kind", "noe annet", "noe annet"),
        ("objection", "", "Skriv hva innvendingen er"),
        ("objection", "Ola Hansen vil ikke", "ser ut som navnet på en person"),
        ("objection", "13097248022", "fødselsnummer"),
        ("attitude", "", "Velg hvordan gruppen ser på endringen."),
        ("attitude", "-2", "-2"),
        ("influence", "4", "4"),
        ("size", "0", "kan ikke være under 1"),
        ("size", "1,5", "Skriv et helt tall"),
        ("size", "mange", "tall"),
        ("on", "23.01.2015", "Datoen er ikke kommet ennå."),
        ("on", "31.02.2015", "finnes ikke"),
    ],
)
def test_what_cannot_be_stored_comes_back_with_everything_typed(client, project, leader, field, value, words):
    client.force_login(leader)
    answer = client.post(url("stakeholder_new", project), {**GROUP, field: value})
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert words in text(answer)
    if field != "objection":
        assert "Det blir flere helger." in text(answer)
    assert not StakeholderGroup.objects.exists()


def test_a_group_of_ones_own_needs_a_name_and_no_group_is_there_twice(client, project, leader):
    client.force_login(leader)
    answer = client.post(url("stakeholder_new", project), {**GROUP, "kind": "other", "name": ""})
    assert list(answer.context["form"].errors) == ["name"]
    client.post(url("stakeholder_new", project), GROUP)
    answer = client.post(url("stakeholder_new", project), GROUP)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["kind"])
    answer = client.post(url("stakeholder_register", project, 1), {**SAID, "version": 1})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["on"])


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("text", ""),
        ("text", "Kari Nordmann ordner det"),
        ("responsible", "Ola Hansen"),
        ("responsible", ""),
        ("due_on", "21.01.2015"),
        ("due_on", "snart"),
    ],
)
def test_an_answer_that_cannot_be_stored(client, project, leader, field, value):
    factories.stakeholder(project, -1, 3)
    client.force_login(leader)
    answer = client.post(url("objection_answer", project, 1), {**ANSWER, field: value})
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert not ObjectionAnswer.objects.exists()


def test_a_stale_registration_shows_both_and_stores_nothing_until_sent_again(client, project, leader):
    factories.stakeholder(project, 1, 2)
    client.force_login(leader)
    client.post(url("stakeholder_register", project, 1), {**SAID, "on": "15.01.2015", "version": 1})
    mine = {**SAID, "objection": "Turnusen er for tung.", "version": 1}
    answer = client.post(url("stakeholder_register", project, 1), mine)
    assert answer.status_code == 409
    page = text(answer)
    assert "Turnusen er for tung." in page
    assert "Det blir flere helger." in page
    assert StakeholderRegistration.objects.live().count() == 2
    client.post(url("stakeholder_register", project, 1), {**mine, "version": answer.context["form"]["version"].value()})
    assert StakeholderRegistration.objects.live().count() == 3


def test_nobody_confirms_their_own_registration_nor_another_than_the_one_shown(client, project, leader, owner):
    client.force_login(owner)
    client.post(url("stakeholder_new", project), GROUP)
    row = StakeholderRegistration.objects.get()
    page = text(client.post(url("stakeholder_confirm", project, 1), {"registration": row.pk}, follow=True))
    assert "En annen må bekrefte det." in page
    client.force_login(leader)
    assert client.post(url("stakeholder_confirm", project, 1), {"registration": row.pk}).status_code == 403
    factories.stakeholder(project, 1, 1)
    client.force_login(owner)
    page = text(client.post(url("stakeholder_confirm", project, 2), {"registration": row.pk}, follow=True))
    assert "Ingenting er lagret" in page
    assert not StakeholderRegistration.objects.exclude(confirmed_at=None).exists()


def test_a_group_that_is_taken_out_is_gone_from_the_page_and_stays_in_the_history(client, project, leader):
    factories.stakeholder(project, -1, 3, name="Nattevaktene")
    client.force_login(leader)
    assert "Ingenting er lagret" in text(
        client.post(url("stakeholder_remove", project, 1), {"version": "9" * 5000}, follow=True)
    )
    page = text(client.post(url("stakeholder_remove", project, 1), {"version": "1"}, follow=True))
    assert "1 gruppe er tatt ut" in page
    assert client.get(url("stakeholder_register", project, 1)).status_code == 404
    assert StakeholderRegistration.objects.count() == 1


@pytest.mark.parametrize("name", ["stakeholder_register", "stakeholder_correct", "objection_answer", "objection_edit"])
def test_what_was_typed_about_a_group_that_is_taken_out_comes_back(client, project, leader, name):
    first = factories.stakeholder(project, -1, 3, name="Nattevaktene")
    planned = factories.objection_answer(first.group)
    last = {"stakeholder_correct": [first.pk], "objection_edit": [planned.pk]}.get(name, [])
    client.force_login(leader)
    client.post(url("stakeholder_remove", project, 1), {"version": "1"})
    mine = {"objection": "Turnusen er for tung.", "text": "Turnusen er for tung.", "version": last or 1}
    answer = client.post(url(name, project, 1, *last), {**SAID, **ANSWER, **mine})
    assert answer.status_code == 422
    page = text(answer)
    assert "Gruppen er tatt ut i mellomtiden. Ingenting er lagret." in page
    assert "Turnusen er for tung." in page
    assert (StakeholderRegistration.objects.count(), ObjectionAnswer.objects.count()) == (1, 1)
    assert client.get(url(name, project, 1, *last)).status_code == 404


def test_what_was_typed_about_a_registration_that_was_moved_comes_back(client, project, leader):
    first = factories.stakeholder(project, 1, 2)
    client.force_login(leader)
    correct = url("stakeholder_correct", project, 1, first.pk)
    client.post(correct, {**SAID, "on": "15.01.2015", "version": 1})
    mine = {**SAID, "objection": "Turnusen er for tung.", "on": "01.12.2014", "version": 1}
    answer = client.post(correct, mine)
    assert answer.status_code == 409
    page = text(answer)
    assert "Turnusen er for tung." in page
    assert "Det blir flere helger." in page
    assert "15.01.2015" in page
    client.post(correct, {**mine, "version": answer.context["form"]["version"].value()})
    live = StakeholderRegistration.objects.live().get()
    assert (live.objection, live.on) == ("Turnusen er for tung.", first.on)


def test_an_adviser_reads_only_while_it_is_shared(client, project, leader, adviser):
    factories.stakeholder(project, -1, 3, name="Nattevaktene")
    client.force_login(adviser)
    page = text(client.get(url("stakeholders", project)))
    assert "Ingenting er delt" in page
    assert "Nattevaktene" not in page
    assert client.post(url("stakeholders_share", project)).status_code == 403
    client.force_login(leader)
    client.post(url("stakeholders_share", project))
    assert "Registreringene er delt allerede." in text(client.post(url("stakeholders_share", project), follow=True))
    client.force_login(adviser)
    page = text(client.get(url("stakeholders", project)))
    assert "Delt med rådgiverne siden 22. januar 2015" in page
    assert "Nattevaktene" in page
    assert "Det blir flere helger." in page
    assert "Legg til en gruppe" not in page
    client.force_login(leader)
    client.post(url("stakeholders_unshare", project))
    assert "Registreringene er ikke delt." in text(client.post(url("stakeholders_unshare", project), follow=True))
    client.force_login(adviser)
    page = text(client.get(url("stakeholders", project)))
    assert "De var delt fra 22. januar 2015 til 22. januar 2015." in page
    assert "Nattevaktene" not in page
    row = StakeholderSharing.objects.get()
    assert (row.shared_by, row.ended_by) == (leader, leader)
    events = AuditEvent.objects.filter(object_type="stakeholder_sharing").values_list("action", flat=True)
    assert list(events) == ["stakeholders_shared", "stakeholders_not_shared"]


def test_groups_of_few_or_of_nobody_knows_how_many_are_never_shared(client, project, leader, adviser):
    factories.stakeholder(project, -1, 3, name="Nattevaktene", size=5)
    factories.stakeholder(project, -1, 3, name="Hovedtillitsvalgte", size=4)
    factories.stakeholder(project, -1, 3, name="Pårørendeutvalget", size=None)
    grown = factories.stakeholder(project, -1, 3, name="Vikarene", size=3, objection="Vi er bare tre.")
    factories.seen(grown.group, date(2015, 1, 10), 0, 2, size=12)
    project.stakeholder_sharings.create(shared_on=TODAY, shared_at=noon(TODAY))
    client.force_login(adviser)
    page = text(client.get(url("stakeholders", project)))
    assert "Nattevaktene" in page
    assert "Vikarene" in page
    assert "2 grupper vises ikke" in page
    for hidden in ("Hovedtillitsvalgte", "Pårørendeutvalget", "Vi er bare tre.", "mer positiv", "Lise Leder"):
        assert hidden not in page
    client.force_login(leader)
    assert "Hovedtillitsvalgte" in text(client.get(url("stakeholders", project)))


def test_outside_nothing_is_read_that_was_corrected_or_answered_to_so_few(client, project, leader, adviser):
    group = factories.stakeholder(project, -1, 3, name="Vikarene", size=3, objection="Vi er bare tre.").group
    factories.objection_answer(group, text="Vi har snakket med alle tre.")
    factories.seen(group, date(2015, 1, 9), -1, 3, size=9, objection="Sjefen hører aldri.", superseded_at=noon(TODAY))
    factories.seen(group, date(2015, 1, 9), -1, 3, size=9, objection="Vi er ikke spurt.")
    factories.objection_answer(group, promised_on=date(2015, 1, 9), text="Alle ni blir spurt.")
    project.stakeholder_sharings.create(shared_on=TODAY, shared_at=noon(TODAY))
    inside = ("Vi har snakket med alle tre.", "Sjefen hører aldri.", "Vi er bare tre.")
    client.force_login(adviser)
    page = text(client.get(url("stakeholders", project)))
    assert [words for words in inside if words in page] == []
    assert all(words in page for words in ("Vi er ikke spurt.", "Alle ni blir spurt."))
    client.force_login(leader)
    page = text(client.get(url("stakeholders", project)))
    assert all(words in page for words in inside)


def test_the_page_asks_as_little_for_many_groups_as_for_one(client, project, leader, django_assert_max_num_queries):
    client.force_login(leader)
    for _ in range(9):
        factories.objection_answer(factories.stakeholder(project, -1, 3).group)
    with django_assert_max_num_queries(13):
        client.get(url("stakeholders", project))
