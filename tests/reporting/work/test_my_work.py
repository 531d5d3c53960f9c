"""My work: the few things to do now, what is due with its field, and a state of its own when nothing is."""

import re
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from benefits.models import Concern, Measurement
from projects.roles import Role
from reporting.annual.actions import rounds
from reporting.annual.models import Round
from tests import factories
from tests.reporting.annual.writing import a_round, act, begun, filled, signed
from tests.reporting.work.assessing import TODAY, assess

pytestmark = pytest.mark.django_db

HELD = {date(2014, 3, 31): 10.5, date(2014, 6, 30): 10.3, date(2014, 9, 30): 10.1}
UP_TO_DATE = {date(2014, 12, 31): 10.0, **HELD}


@pytest.fixture
def look(client):
    """My work as a person meets it: the text of its main part."""

    def looked(person, query=""):
        client.force_login(person)
        answer = client.get(reverse("my_work") + query)
        assert answer.status_code == 200
        return re.sub(r"\s+", " ", answer.content.decode().split("<main")[1].split("</main")[0])

    return looked


@pytest.fixture
def measured(project, owner):
    """The project's main target, measured up to last autumn, and assessed."""
    target = factories.target(project, is_main=True)
    factories.series(target, HELD)
    assess(project)
    return target


def concern(project, **fields):
    """A stored concern, as the engine would have left it."""
    defaults = {
        "kind": "D", "severity": 3, "cause": "leader_vacant", "action": "name_leader", "responsible": "owner",
        "urgency": 3, "values": {"days_vacant": 45}, "rules": ["F5"], "order": 0, "opened_on": TODAY,
        "visible_on": TODAY,
    }  # fmt: skip
    return Concern.objects.create(project=project, **{**defaults, **fields})


def test_a_new_leader_meets_one_first_step(look, project, leader):
    assess(project)
    text = look(leader)
    assert "Lag det første effektmålet" in text
    assert reverse("target_new", args=[project.slug]) in text
    assert "Viktigst nå" not in text
    assert text.count('class="ds-button"') == 1


def test_a_measurement_that_is_due_is_registered_from_here(
    client, look, project, leader, measured, django_capture_on_commit_callbacks
):
    text = look(leader)
    assert "Over fristen" in text
    assert "3 uker over fristen" in text
    assert "Verdi per 31. desember 2014" in text
    typed = dict(re.findall(r'name="(measured_on|source)" value="([^"]*)"', text))
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(reverse("measurement_new", args=[project.slug, 1]), {**typed, "value": "9,9"})
    assert answer.status_code in (302, 303)
    assert Measurement.objects.get(measured_on=date(2014, 12, 31)).value == Decimal("9.9")
    assert "Ferdig for nå" in look(leader)


def test_nothing_to_do_is_a_state_of_its_own(look, project, leader, owner):
    target = factories.target(project, is_main=True)
    factories.series(target, UP_TO_DATE)
    assess(project)
    text = look(leader)
    assert "Ferdig for nå" in text
    assert "Neste: måling 31. mars 2015." in text
    assert "Åpnes 17. mars" in text


def test_a_leader_meets_three_concerns_and_all_on_demand(look, project, leader, measured):
    for number in range(5):
        concern(project, cause="leader_vacant", values={"days_vacant": 40 + number}, order=number)
    few, everything = look(leader), look(leader, "?alt=1")
    assert few.count("Ingen prosjektleder</p>") == 3
    assert "Vis alt (5)" in few
    assert everything.count("Ingen prosjektleder</p>") == 5
    assert few.count('class="ds-button" href') == 1, "one primary button"


def test_an_owner_meets_decisions_only(look, project, owner, leader, measured):
    for number in range(3):
        concern(project, values={"days_vacant": 40 + number}, order=number)
    concern(project, cause="baseline_missing", action="set_baseline", responsible="leader", values={"numbers": "1"})
    concern(project, values={"days_vacant": 99}, visible_on=date(2015, 1, 26), order=9)
    factories.milestone(
        project, title="Kartlegging", state="reported", reported_on=date(2015, 1, 19), reported_by=leader
    )
    factories.milestone(project, title="Opplæring", due_on=date(2015, 1, 10))
    text = look(owner)
    assert text.count("Ingen prosjektleder</p>") == 2
    assert "Vis alt (3)" in text
    assert "99 dager" not in look(owner, "?alt=1"), "open to others on Monday"
    assert "Nullpunkt mangler" not in text
    assert "Godkjenn milepæl: Kartlegging" in text
    assert "meldt som nådd for 3 dager siden" in text
    assert "Har ventet på deg i 3 dager" in text
    assert text.index("Godkjenn milepæl: Kartlegging") < text.index("Ingen prosjektleder</p>"), "decisions stand first"
    assert "Opplæring" not in text
    assert "Registrer måling" not in text


@pytest.mark.parametrize(("day", "words"), [(22, ""), (21, "Har ventet på deg i 1 dag"), (2, "i 20 dager")])
def test_how_long_a_decision_has_waited_is_said_in_words(look, project, owner, leader, measured, day, words):
    reported = {"state": "reported", "reported_on": date(2015, 1, day), "reported_by": leader}
    factories.milestone(project, title="Kartlegging", due_on=date(2014, 6, 1), **reported)
    text = look(owner)
    assert words in text
    assert ("Har ventet" in text) == bool(words)
    assert text.count('class="ds-button" href') == 1, "its button is the one that stands out"
    assert "Har ventet" not in look(leader)


def test_a_concern_that_asks_for_a_measurement_carries_the_field_itself(look, project, leader, owner):
    target = factories.target(project, is_main=True)
    factories.series(target, {date(2014, 3, 31): 10.5})
    assess(project)
    assert Concern.objects.get().cause == "measurement_stale"
    text = look(leader)
    assert text.count("Verdi per") == 1
    assert "Over fristen" not in text


def test_the_one_in_the_line_measures_and_sees_no_milestones(look, project, benefit_owner, measured):
    factories.milestone(project, title="Opplæring", due_on=date(2015, 1, 10))
    text = look(benefit_owner)
    assert "Registrer måling: Lavere sykefravær" in text
    assert "Opplæring" not in text


def test_several_projects_are_told_apart(look, project, other_project, leader, measured):
    factories.role(leader, Role.OWNER, other_project)
    text = look(leader)
    assert f">{project.title}</h2>" in text
    assert f">{other_project.title}</h2>" in text


def test_an_adviser_is_shown_where_to_help_first(look, project, adviser, measured):
    concern(project, severity=4, urgency=1, cause="leader_leaving", values={"role_ends_on": "2015-03-10"})
    text = look(adviser)
    assert "Kan du hjelpe her?" in text
    assert "Prosjektlederen slutter 10. mars 2015" in text
    assert reverse("dashboard", args=[project.cohort.programme.slug]) in text


def test_an_adviser_does_not_see_what_is_not_open_yet(look, project, adviser):
    concern(project, severity=4, visible_on=date(2015, 1, 26))
    assert "Ingen prosjekter trenger hjelp nå." in look(adviser)


def test_an_administrator_goes_to_set_up_and_a_stranger_is_told_why(look, admin, stranger, reader):
    assert reverse("setup") in look(admin)
    for person in (stranger, reader):
        assert "Du har ingen oppgaver her ennå" in look(person)


def test_a_handover_waits_for_the_one_who_receives(look, leader, benefit_owner, project):
    record = factories.handover(project, leader, benefit_owner)
    text = "Godta overleveringen fra Lise Leder"
    assert text in look(benefit_owner)
    assert text not in look(leader)
    record.acceptances.create(person=benefit_owner, accepted_on="2015-01-21", recorded_at=record.recorded_at)
    assert text not in look(benefit_owner)


def test_a_project_that_is_not_in_use_says_so(look, leader, project):
    project.followed_since = None
    project.save(update_fields=["followed_since"])
    assert "Prosjektet er ikke tatt i bruk ennå" in look(leader)


def test_the_page_asks_the_database_few_questions(client, project, leader, measured, django_assert_max_num_queries):
    for number in range(6):
        factories.milestone(project, title=f"Milepæl {number}")
        concern(project, order=number)
        factories.target(project)
    client.force_login(leader)
    client.get(reverse("my_work"))
    with django_assert_max_num_queries(
        12
    ):  # session and person, then roles, targets, milestones, reports, handovers, concerns, statements, menu
        client.get(reverse("my_work"))


def waiting(programme, leader, owner, number):
    """One more project of theirs, whose owner has signed a report that is not sent in."""
    made = factories.project(factories.municipality(f"Sted {number}"), cohort=programme.cohorts.get())
    for person, role in ((leader, Role.LEADER), (owner, Role.OWNER)):
        factories.role(person, role, made)
    factories.series(factories.target(made, is_main=True), HELD)
    report = begun(made, leader, Round.objects.get())
    signed(filled(report, leader), owner)
    return report


def test_signed_reports_that_wait_cost_no_more_questions_each(client, programme, project, leader, owner):
    a_round(programme)
    client.force_login(leader)

    def asked():
        with CaptureQueriesContext(connection) as queries:
            page = client.get(reverse("my_work")).content.decode()
        return len(queries), page.count("Signert, klar til å sendes inn: Årsrapport 2014")

    waiting(programme, leader, owner, 0)
    client.get(reverse("my_work"))
    one = asked()
    reports = [waiting(programme, leader, owner, number) for number in range(1, 5)]
    five = asked()
    assert one[1] * 5 == five[1] > 0
    assert five[0] == one[0] <= 23
    target = reports[0].project.targets.get()
    factories.measurement(target, date(2014, 12, 31), 9.9, n=200)
    assert asked() == (five[0], five[1] - one[1]), "a figure that came after the signature is not signed"


def test_a_closed_round_asks_nobody_to_begin(look, project, leader, admin, programme):
    round_ = a_round(programme)
    assert "Skriv: Årsrapport 2014" in look(leader)
    rounds.close_round(by=act(admin), round_=round_, version=round_.version)
    assert "Årsrapport 2014" not in look(leader)


def test_what_is_begun_can_be_sent_in_on_the_day_its_round_is_closed(look, project, leader, admin, programme):
    round_ = a_round(programme)
    begun(project, leader, round_)
    rounds.close_round(by=act(admin), round_=round_, version=round_.version)
    assert "Skriv: Årsrapport 2014" in look(leader)
    Round.objects.update(closed_on=TODAY - timedelta(days=1))
    assert "Årsrapport 2014" not in look(leader)
