"""The grant's pages: who writes what, refusals with their numbers, nothing overwritten, and what is not known."""

import csv
import io
import re
from datetime import date

import pytest
from django.urls import reverse

from accounts.actor import Actor
from journal.queries import latest_events
from projects.roles import Role
from reporting.grants import actions
from reporting.grants.kinds import KINDS
from reporting.grants.models import GrantAccount, GrantCondition, GrantPayment, GrantPromise
from reporting.grants.record import grant_record
from tests import factories
from tests.factories import noon

pytestmark = pytest.mark.django_db

TODAY = date(2015, 1, 22)
PROMISE = {"amount": "500 000 kr", "promised_on": "08.04.2014", "reference": "14/412-3"}
PAYMENT = {"amount": "300.000.00", "paid_on": "05.05.2014", "reference": "Bilag 7"}


def url(name, project, *args):
    return reverse(name, args=[project.slug, *args])


def text(answer):
    return " ".join(answer.content.decode().replace("\u00a0", " ").replace("\u202f", " ").split())


def added(person, project, kind, **values):
    return actions.add(by=Actor(person, noon(TODAY)), project=project, kind=KINDS[kind], values=values)


@pytest.fixture
def promise(project, adviser):
    return added(adviser, project, "promise", amount=500_000, promised_on=date(2014, 4, 8), reference="14/412-3")


@pytest.fixture
def payment(project, adviser, promise):
    return added(adviser, project, "payment", amount=300_000, paid_on=date(2014, 5, 5), reference="Bilag 7")


def test_nothing_registered_is_not_known_and_never_zero(client, project, leader):
    client.force_login(leader)
    for page in (text(client.get(url("grant", project))), text(client.get(url("project_overview", project)))):
        assert "Ikke kjent om det er klart" in page
        assert "Ingen tilsagn er registrert." in page
        assert "0 kr" not in page


def test_from_promise_to_ready(client, project, leader, owner, adviser):
    client.force_login(adviser)
    page = text(client.post(url("grant_promise_new", project), PROMISE, follow=True))
    assert "500 000 kr" in page
    condition = {"text": "Planen er vedtatt", "due_on": "1.9.2014"}
    assert "ingen har vurdert det: Planen er vedtatt" in text(
        client.post(url("grant_condition_new", project), condition, follow=True)
    )
    judge = url("grant_condition_judge", project, GrantCondition.objects.get().pk)
    answer = client.post(judge, {"is_met": "yes", "judged_on": "22.01.2015", "evidence": ""})
    assert answer.status_code == 422
    assert "Skriv hvor det kan ses" in text(answer)
    seen = {"is_met": "yes", "judged_on": "22.01.2015", "evidence": "https://arkiv.example/14/412"}
    page = text(client.post(judge, seen, follow=True))
    assert 'href="https://arkiv.example/14/412"' in page
    assert "Regnskapet for 2014 mangler." in page
    client.force_login(leader)
    account = {"year": "2014", "spent": "410 000", "reference": "Ansvar 1234"}
    assert "ikke godkjent av prosjekteier" in text(client.post(url("grant_account_new", project), account, follow=True))
    client.force_login(owner)
    approve = url("grant_account_approve", project, GrantAccount.objects.get().pk)
    assert "Klart for utbetaling" in text(client.post(approve, follow=True))
    assert "godkjent fra før" in text(client.post(approve, follow=True))
    assert grant_record(project.pk, TODAY).facts.remaining == 500_000


def test_more_than_promised_is_refused_with_the_numbers(client, project, adviser, payment):
    client.force_login(adviser)
    more = {"amount": "250000", "paid_on": "20.01.2015", "reference": "Bilag 8"}
    answer = client.post(url("grant_payment_new", project), more)
    assert answer.status_code == 422
    assert "Da er 550 000 kr utbetalt, men bare 500 000 kr lovet. Det er 50 000 kr for mye." in text(answer)
    assert 'value="250000"' in text(answer)
    less = {**PROMISE, "amount": "200000"}
    answer = client.post(url("grant_promise_edit", project, GrantPromise.objects.get().pk), less)
    assert "Da er 300 000 kr utbetalt, men bare 200 000 kr lovet" in text(answer)
    assert GrantPayment.objects.count() == GrantPromise.objects.count() == 1


def test_without_a_promise_nothing_is_paid(client, project, adviser):
    client.force_login(adviser)
    answer = client.post(url("grant_payment_new", project), {**PAYMENT, "amount": "1"})
    assert "Ingen tilsagn er registrert" in text(answer)
    assert not GrantPayment.objects.exists()


@pytest.mark.parametrize("amount", ["", "0", "-5", "12,5", "mye", "300.000.00", "1.234", "1e5", "999999999999999"])
def test_what_is_no_amount_is_refused_at_its_field_and_kept(client, project, adviser, promise, amount):
    client.force_login(adviser)
    answer = client.post(url("grant_payment_new", project), {**PAYMENT, "amount": amount})
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in text(answer)
    assert 'value="Bilag 7"' in text(answer)
    assert not GrantPayment.objects.exists()


def test_a_correction_is_a_new_row_and_the_old_one_stays(client, project, adviser, payment):
    client.force_login(adviser)
    edit = url("grant_payment_edit", project, payment.pk)
    page = text(client.post(edit, {**PAYMENT, "amount": "250 000", "reason": "Feil beløp"}, follow=True))
    old, new = GrantPayment.objects.order_by("pk")
    assert (old.amount, new.amount, new.replaces) == (300_000, 250_000, old)
    assert "Vis 1 rad som ikke gjelder lenger" in page
    assert "Feil beløp" in page
    assert "grant_corrected" in {event.action for event in latest_events(f"project:{project.pk}", 9)}


def test_two_corrections_show_both(client, project, adviser, payment):
    client.force_login(adviser)
    edit = url("grant_payment_edit", project, payment.pk)
    client.post(edit, {**PAYMENT, "amount": "250 000"})
    answer = client.post(edit, {**PAYMENT, "amount": "260 000"})
    assert answer.status_code == 409
    assert "<td>250 000 kr</td><td>260 000 kr</td>" in text(answer)
    again = url("grant_payment_edit", project, GrantPayment.objects.latest("pk").pk)
    assert f'action="{again}"' in text(answer)
    client.post(again, {**PAYMENT, "amount": "260 000"})
    assert GrantPayment.objects.get(superseded_at=None).amount == 260_000


def test_an_equal_row_is_said_to_be_there_already(client, project, adviser, payment):
    client.force_login(adviser)
    page = text(client.post(url("grant_payment_new", project), {**PAYMENT, "amount": "300 000"}, follow=True))
    assert "Raden fantes fra før, og er ikke registrert på nytt." in page
    assert "Raden er registrert." not in page
    assert GrantPayment.objects.count() == 1


def test_a_correction_of_a_row_that_is_gone_is_kept_and_can_be_a_new_row(client, project, adviser, payment):
    client.force_login(adviser)
    edit = url("grant_payment_edit", project, payment.pk)
    client.post(edit, {"do": "withdraw", "trekk-reason": "Feil"})
    answer = client.post(edit, {**PAYMENT, "amount": "260 000", "reference": "Bilag 9"})
    assert answer.status_code == 409
    assert 'value="Bilag 9"' in text(answer)
    assert f'action="{url("grant_payment_new", project)}"' in text(answer)


def test_taking_out_a_row_that_is_corrected_shows_how_it_is_now(client, project, adviser, payment):
    client.force_login(adviser)
    edit = url("grant_payment_edit", project, payment.pk)
    client.post(edit, {**PAYMENT, "amount": "250 000", "reference": "Bilag 9"})
    answer = client.post(edit, {"do": "withdraw", "trekk-reason": "Feil prosjekt"})
    assert answer.status_code == 409
    for kept in ("Feil prosjekt", 'value="Bilag 9"', 'value="250'):
        assert kept in text(answer)
    again = url("grant_payment_edit", project, GrantPayment.objects.latest("pk").pk)
    client.post(again, {"do": "withdraw", "trekk-reason": "Feil prosjekt"})
    assert grant_record(project.pk, TODAY).facts.paid is None


MET = {"is_met": "yes", "judged_on": "22.01.2015", "evidence": "Sak 15/1"}


@pytest.fixture
def condition(project, adviser):
    return added(adviser, project, "condition", text="Planen er vedtatt", due_on=date(2014, 9, 1))


def test_two_judgements_show_both(client, project, adviser, condition):
    client.force_login(adviser)
    judge = url("grant_condition_judge", project, condition.pk)
    no = {"is_met": "no", "judged_on": "22.01.2015", "evidence": "Mangler underskrift", "seen": 0}
    client.post(judge, no)
    assert client.post(judge, no).status_code == 303, "said twice is said once"
    answer = client.post(judge, {**MET, "seen": 0})
    assert answer.status_code == 409
    for said in ("Noen andre har vurdert vilkåret", "Mangler underskrift", 'value="Sak 15/1"'):
        assert said in text(answer)
    newest = condition.checks.get()
    assert f'name="seen" value="{newest.pk}"' in text(answer)
    assert f'name="seen" value="{newest.pk}"' in text(client.get(judge))
    assert client.post(judge, {**MET, "seen": newest.pk}).status_code == 303
    assert condition.checks.first().is_met


def test_a_judgement_of_a_condition_that_is_corrected_or_gone_is_kept(client, project, adviser, condition):
    client.force_login(adviser)
    judge = url("grant_condition_judge", project, condition.pk)
    by = Actor(adviser, noon(TODAY))
    new = actions.correct(by=by, entry=condition, values={"text": "Planen er trykt", "due_on": condition.due_on})
    answer = client.post(judge, {**MET, "seen": 0})
    assert answer.status_code == 409
    for said in ("Planen er trykt", 'value="Sak 15/1"', f'action="{url("grant_condition_judge", project, new.pk)}"'):
        assert said in text(answer)
    actions.withdraw(by=by, entry=new, reason="Feil")
    answer = client.post(judge, {**MET, "seen": 0})
    assert answer.status_code == 409
    assert 'value="Sak 15/1"' in text(answer)
    assert "Lagre" not in text(answer).split("<form")[-1].split("</form>")[0]


def test_a_row_is_taken_out_with_a_reason(client, project, adviser, payment):
    client.force_login(adviser)
    edit = url("grant_payment_edit", project, payment.pk)
    assert client.post(edit, {"do": "withdraw", "trekk-reason": " "}).status_code == 422
    assert "Feil prosjekt" in text(client.post(edit, {"do": "withdraw", "trekk-reason": "Feil prosjekt"}, follow=True))
    assert grant_record(project.pk, TODAY).facts.paid is None
    assert client.get(edit).status_code == 303


def test_a_promise_that_is_paid_from_is_not_taken_out(client, project, adviser, promise, payment):
    client.force_login(adviser)
    out = {"do": "withdraw", "trekk-reason": "Feil"}
    answer = client.post(url("grant_promise_edit", project, promise.pk), out)
    assert answer.status_code == 422
    assert "så ingenting kan være utbetalt" in text(answer)


def test_a_year_has_accounts_once_and_no_one_approves_their_own(client, project, leader, owner):
    row = added(leader, project, "account", year=2014, spent=0, reference="Ansvar 1")
    client.force_login(leader)
    twice = {"year": "2014", "spent": "5", "reference": "x"}
    assert "Det finnes et regnskap for dette året" in text(client.post(url("grant_account_new", project), twice))
    assert "0 kr" in text(client.get(url("grant", project)))  # said to be nothing, which is not the same as not said
    factories.role(leader, Role.OWNER, project)
    with pytest.raises(actions.OwnAccount):
        actions.approve(by=Actor(leader, noon(TODAY)), account=row)
    actions.approve(by=Actor(owner, noon(TODAY)), account=row)
    new = actions.correct(
        by=Actor(leader, noon(TODAY)), entry=row, values={"year": 2014, "spent": 7, "reference": "Ansvar 1"}
    )
    assert new.approved_at is None


def test_nothing_is_paid_before_it_is_promised(client, project, adviser, promise, payment):
    client.force_login(adviser)
    early = {**PAYMENT, "amount": "1000", "paid_on": "07.04.2014"}
    answer = client.post(url("grant_payment_new", project), early)
    assert answer.status_code == 422
    assert "Det første tilsagnet er fra 8. april 2014" in text(answer)
    answer = client.post(url("grant_promise_edit", project, promise.pk), {**PROMISE, "promised_on": "01.12.2014"})
    assert answer.status_code == 422
    assert "penger kan ikke være utbetalt før det (5. mai 2014)" in text(answer)
    assert GrantPayment.objects.count() == GrantPromise.objects.count() == 1


def test_accounts_are_of_a_year_that_has_ended(client, project, leader, promise):
    client.force_login(leader)
    ahead = {"year": "2015", "spent": "5", "reference": "Ansvar 1"}
    answer = client.post(url("grant_account_new", project), ahead)
    assert "Året er ikke slutt ennå" in text(answer)
    with pytest.raises(actions.YearAhead):
        added(leader, project, "account", year=2015, spent=5, reference="Ansvar 1")


def test_more_spent_than_there_is_is_asked_about(client, project, leader, promise):
    client.force_login(leader)
    much = {"year": "2014", "spent": "9 999 999 999", "reference": "Ansvar 1"}
    answer = client.post(url("grant_account_new", project), much)
    assert answer.status_code == 422
    assert "Da er 9 999 999 999 kr brukt til sammen, men prosjektet har bare 500 000 kr" in text(answer)
    assert not GrantAccount.objects.exists()
    assert client.post(url("grant_account_new", project), {**much, "is_sure": "on"}).status_code == 303
    assert GrantAccount.objects.get().spent == 9_999_999_999


def test_correcting_approved_accounts_says_that_they_must_be_approved_again(client, project, leader, owner):
    row = added(leader, project, "account", year=2014, spent=10, reference="Ansvar 1")
    client.force_login(leader)
    assert "må det godkjennes på nytt" not in text(client.get(url("grant_account_edit", project, row.pk)))
    actions.approve(by=Actor(owner, noon(TODAY)), account=row)
    assert "må det godkjennes på nytt" in text(client.get(url("grant_account_edit", project, row.pk)))
    other = {"year": "2014", "spent": "11", "reference": "Ansvar 1"}
    answer = client.post(url("grant_account_edit", project, row.pk), other, follow=True)
    assert "Prosjekteieren må godkjenne regnskapet på nytt." in text(answer)


def test_the_leader_cannot_pay_and_the_adviser_cannot_write_accounts(project, leader, adviser):
    with pytest.raises(actions.NotAllowed):
        added(leader, project, "payment", amount=1, paid_on=TODAY, reference="x")
    with pytest.raises(actions.NotAllowed):
        added(adviser, project, "account", year=2014, spent=1, reference="x")


def test_the_benefit_owner_does_not_see_the_grant(client, project, benefit_owner, payment):
    client.force_login(benefit_owner)
    assert client.get(url("grant", project)).status_code == 403
    assert "500 000 kr" not in text(client.get(url("project_overview", project)))


def test_the_page_costs_few_questions(client, project, adviser, payment, django_assert_max_num_queries):
    client.force_login(adviser)
    client.get(url("grant", project))
    with django_assert_max_num_queries(22):
        client.get(url("grant", project))


def test_the_programme_s_list_sums_what_is_known_and_filters(
    client, programme, project, other_project, adviser, payment, django_assert_max_num_queries
):
    client.force_login(adviser)
    address = reverse("grants", args=[programme.slug])
    with django_assert_max_num_queries(14):
        page = text(client.get(address))
    assert "1 har ikke noe tilsagn registrert" in page
    foot = page.split("<tfoot>")[1].split("</tfoot>")[0]
    assert re.findall(r'<span class="in">([^<]+)</span><b>([^<]+)</b>', foot) == [
        ("Lovet", "500 000 kr"), ("Utbetalt", "300 000 kr"), ("Igjen", "200 000 kr")
    ]  # fmt: skip
    assert "200 000 kr" in page
    only = text(client.get(address, {"klar": "unknown"}))
    assert f"{other_project.title}</a>" in only
    assert f"{project.title}</a>" not in only
    assert "Ingen prosjekter passer" in text(client.get(address, {"q": "finnes ikke", "klar": "tull"}))


def test_the_table_for_a_spreadsheet_holds_no_formula_and_no_zero(
    client, programme, project, other_project, adviser, payment
):
    project.title = '=HYPERLINK("x")'
    project.save()
    client.force_login(adviser)
    answer = client.get(reverse("grants_download", args=[programme.slug, "csv"]))
    lines = answer.getvalue().decode().splitlines()
    assert any(line.startswith("\"'=HYPERLINK") and ";500000;300000;200000;" in line for line in lines)
    assert any(line.startswith(other_project.title) and ";;;;" in line for line in lines)


def test_the_record_of_a_project_as_a_file_has_each_row_that_stands(client, project, leader, owner, adviser, payment):
    added(adviser, project, "condition", text="Planen er vedtatt", due_on=date(2014, 9, 1))
    later = added(adviser, project, "condition", text="=Rapporten er levert", due_on=date(2015, 9, 1))
    actions.judge(
        by=Actor(adviser, noon(TODAY)),
        condition=later,
        is_met=True,
        judged_on=date(2015, 1, 20),
        evidence="Sak 7",
        seen=0,
    )
    account = added(leader, project, "account", year=2014, spent=190_000, reference="Ansvar 1234")
    added(leader, project, "account", year=2013, spent=0, reference="Ansvar 1")
    actions.approve(by=Actor(owner, noon(TODAY)), account=account)
    added(leader, project, "funding", source="Fylket", amount=5, reference="")
    gone = added(leader, project, "funding", source="Trukket", amount=6, reference="")
    actions.withdraw(by=Actor(leader, noon(TODAY)), entry=gone, reason="Ført ved en feil")
    client.force_login(leader)
    there = url("grant_download", project, "csv")
    assert there in client.get(url("grant", project)).text
    _examples, heads, *rows = csv.reader(io.StringIO(b"".join(client.get(there)).decode("utf-8-sig")), delimiter=";")
    assert len(heads) == 12
    assert rows == [
        ["Tilsagn", "", "2014-04-08", "", "500000", "14/412-3", adviser.name, "", "", "", "", ""],
        ["Vilkår", "Planen er vedtatt", "", "", "", "", "", "2014-09-01", "Ikke vurdert", "", "", ""],
        ["Vilkår", "'=Rapporten er levert", "", "", "", "", "", "2015-09-01", "Oppfylt", "2015-01-20", adviser.name,
         "Sak 7"],
        ["Utbetaling", "", "2014-05-05", "", "300000", "Bilag 7", adviser.name, "", "", "", "", ""],
        ["Regnskap", "", "", "2013", "0", "Ansvar 1", leader.name, "", "Ikke godkjent", "", "", ""],
        ["Regnskap", "", "", "2014", "190000", "Ansvar 1234", leader.name, "", "Godkjent", "2015-01-22",
         owner.name, ""],
        ["Annen finansiering", "Fylket", "", "", "5", "", "", "", "", "", "", ""],
    ]  # fmt: skip


def test_a_record_with_nothing_in_it_is_offered_as_no_file(client, project, leader):
    client.force_login(leader)
    assert "last-ned" not in client.get(url("grant", project)).text


def test_an_old_payment_before_the_promise_stands_in_the_way_of_nothing_else(project, adviser, leader, payment):
    GrantPayment.objects.update(paid_on=date(2014, 4, 1))
    assert added(adviser, project, "condition", text="Planen er vedtatt", due_on=date(2014, 9, 1))
    with pytest.raises(actions.PaidTooEarly):
        added(adviser, project, "payment", amount=1, paid_on=date(2014, 6, 1), reference="Bilag 8")


def test_accounts_stored_for_a_year_that_has_not_ended_can_be_corrected(client, project, leader):
    row = added(leader, project, "account", year=2014, spent=5, reference="Ansvar 1")
    GrantAccount.objects.update(year=2015)
    client.force_login(leader)
    sent = {"year": "2015", "spent": "7", "reference": "Ansvar 1", "reason": "Feil beløp"}
    assert client.post(url("grant_account_edit", project, row.pk), sent).status_code == 303
    assert GrantAccount.objects.get(superseded_at=None).spent == 7
