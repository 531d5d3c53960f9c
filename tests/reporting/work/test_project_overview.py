"""The project overview: result and risk apart, why, who, what next; and small figures only for the project's own."""

import re
from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from benefits.actions import measurements, targets
from benefits.actions.warnings import register_action
from benefits.models import Concern, PitfallWarning, TargetVersion
from projects.roles import Role
from tests import factories
from tests.reporting.work.assessing import TODAY, actor, assess

pytestmark = pytest.mark.django_db

GOOD = {date(2014, 3, 31): 10.5, date(2014, 6, 30): 10.3, date(2014, 9, 30): 10.1, date(2014, 12, 31): 9.9}


@pytest.fixture
def look(client):
    """The overview as a person meets it."""

    def looked(person, project, name="project_overview"):
        client.force_login(person)
        answer = client.get(reverse(name, args=[project.slug]))
        assert answer.status_code == 200
        return re.sub(r"\s+", " ", answer.content.decode().split("<main")[1].split("</main")[0])

    return looked


@pytest.fixture
def followed(project):
    """The project with one target in line, one without a baseline, and one never measured."""
    factories.series(factories.target(project, is_main=True), GOOD)
    factories.target(project, title="Bedre omdømme", baseline_value=None, baseline_on=None)
    factories.target(project, title="Mer opplæring")
    assess(project)
    return project


def test_result_and_risk_stand_apart_with_their_reasons(look, followed, leader, owner):
    text = look(leader, followed)
    standing = text.split('id="resultat"')[1].split("</section>")[0]
    result, risk = standing.split("<h2>Risiko</h2>")
    assert "I rute" in result
    assert "1 av 3 mål i rute, 2 mangler måling" in result
    assert "Resultatet er det hovedmålet viser: effektmål 1." in result
    assert "Planen på samme dato var" in result
    assert "Bør håndteres" in risk
    assert "Manglende måltall – hva og hvor mye skal endres/måles" in risk
    assert "I rute" not in risk


def test_a_concern_shows_evidence_action_and_what_closes_it(look, followed, leader, owner):
    text = look(leader, followed)
    found = text.split('id="sak-baseline_missing-2"')[1].split("</li>")[0]
    assert "Effektmål 2 mangler nullpunkt" in found
    assert "Fallgruve 3" in found
    assert "Varselet lukkes når nullpunktet er satt." in found
    assert reverse("target_edit", args=[followed.slug, 2]) in found
    assert "Ansvarlig: Prosjektleder" in found


def test_everyone_can_see_who_does_what(look, followed, leader, owner, adviser):
    factories.role(factories.user("Nora Neste"), Role.LEADER, followed, starts_on=date(2015, 3, 1))
    text = look(adviser, followed)
    people = text.split('class="people"')[1].split("</dl>")[0]
    assert "Lise Leder" in people
    assert "Fra 1. mars 2015" in people
    assert "Ikke utpekt" in people, "nobody measures in the line"
    assert "Randi Rådgiver" in people


def test_an_adviser_reads_and_does_nothing(look, followed, adviser):
    text = look(adviser, followed)
    for word in ("Registrer måling</a>", "Registrer tiltak", "Feil varsel", "Godta til dato", "Nytt effektmål"):
        assert word not in text
    assert "Effektmål 2 mangler nullpunkt" in text


def test_an_adviser_does_not_see_a_concern_before_it_opens(look, followed, adviser, leader):
    Concern.objects.update(visible_on=date(2015, 1, 26))
    assert "Effektmål 2 mangler nullpunkt" not in look(adviser, followed)
    assert "Effektmål 2 mangler nullpunkt" in look(leader, followed)


def test_an_adviser_sees_no_other_trace_of_a_concern_before_it_opens(look, client, followed, adviser, leader):
    warning = PitfallWarning.objects.get(cause="baseline_missing")
    register_action(by=actor(leader), warning=warning, note="Vi henter tallet.")
    assess(followed)
    assert "Bør håndteres" in look(adviser, followed)
    assert "Bør håndteres" in look(adviser, followed, "project_history")
    assert "Vi henter tallet." in look(adviser, followed)
    Concern.objects.update(visible_on=date(2015, 1, 26))
    told = look(adviser, followed)
    assert "Bør håndteres" not in told
    assert "Bør håndteres" not in look(adviser, followed, "project_history")
    assert "Bør håndteres" in look(leader, followed, "project_history")
    assert "Vi henter tallet." not in told
    page = reverse("target", args=[followed.slug, 2])
    client.force_login(adviser)
    assert "Nullpunkt mangler" not in client.get(page).content.decode()
    client.force_login(leader)
    assert "Nullpunkt mangler" in client.get(page).content.decode()


def test_figures_about_few_people_stay_in_the_project(look, project, leader, adviser):
    target = factories.target(project, is_main=True, kind=TargetVersion.Kind.MEAN)
    factories.measurement(target, date(2014, 12, 31), Decimal("7.7"), n=3)
    assess(project)
    assert "7,7" in look(leader, project)
    text = look(adviser, project)
    assert "7,7" not in text
    assert "skjult" in text
    assert "av veien" not in text.split('id="em"')[1].split("</section>")[0]


def test_the_latest_events_are_worded_and_named_for_the_project_only(look, project, leader, adviser):
    by = actor(leader)
    definition = targets.Definition(
        title="Lavere sykefravær", kind="absence_rate", unit="%", direction=-1, frequency="yearly",
        baseline_value=Decimal("10.8"), baseline_on=date(2013, 12, 31), values=((date(2015, 12, 31), Decimal(9)),),
    )  # fmt: skip
    target = targets.create(by=by, project=project, definition=definition)
    measurements.register(by=by, target=target, value=measurements.Value(date(2014, 12, 31), Decimal("9.7")))
    text = look(leader, project)
    events = text.split('id="si"')[1]
    assert "Måling registrert: Lavere sykefravær, 9,7 %" in events
    assert "Lise Leder" in events
    assert "Lise Leder" not in look(adviser, project).split('id="si"')[1]


def test_the_phases_follow_from_milestones_and_are_left_out_without(look, followed, leader):
    assert 'class="phase' not in look(leader, followed)
    factories.milestone(followed, phase="planning", state="signed", decided_on=TODAY)
    factories.milestone(followed, phase="delivery")
    phases = look(leader, followed).split('class="phase')[1].split("</ol>")[0]
    assert 'class="done"><b>Planlegging' in phases
    assert 'aria-current="step"><b>Gjennomføring' in phases


def test_a_project_that_is_not_in_use_says_so_and_nothing_more(look, project, leader):
    project.followed_since = None
    project.save(update_fields=["followed_since"])
    text = look(leader, project)
    assert "Prosjektet er ikke tatt i bruk" in text
    assert "Registrer måling" not in text
    assert 'id="resultat"' not in text


def test_a_project_without_targets_offers_the_first(look, project, leader, owner):
    assess(project)
    assert reverse("target_new", args=[project.slug]) in look(leader, project)
    assert reverse("target_new", args=[project.slug]) not in look(owner, project)


def test_a_measured_value_is_shown_without_a_baseline_and_all_values_with_the_same_decimals(look, project, leader):
    unknown = factories.target(project, title="Uten nullpunkt", baseline_value=None, baseline_on=None)
    factories.series(unknown, {date(2014, 12, 31): 9})
    known = factories.target(project, title="Med nullpunkt", baseline_value=Decimal(11))
    factories.series(known, {date(2014, 12, 31): 10.5})
    assess(project)
    _head, first, second = look(leader, project).split('id="em"')[1].split("</thead>")[1].split('<th scope="row">')
    assert '<b class="strong">9' in first
    assert "<span>11,0</span>" in second


def test_why_it_was_green_in_march(look, project, leader):
    target = factories.target(project, is_main=True, kind=TargetVersion.Kind.REGISTER_SHARE)
    factories.measurement(target, date(2013, 12, 31), 10.3)
    factories.measurement(target, date(2014, 3, 31), 10.2)
    assess(project, on=date(2014, 3, 31))
    assess(project, on=date(2014, 9, 1))
    text = look(leader, project, "project_history")
    first, second = text.split("<h2>Alle endringene</h2>")[1].split("<h3>")[1:3]
    assert "Fra 1. september 2014" in first
    assert "Mangler måling" in first
    assert "Siste måling er fra 31. mars 2014." in first
    assert "31. mars 2014 til 1. september 2014" in second
    assert re.search(r"I rute|Innenfor usikkerheten", second)


def test_a_long_name_and_a_joint_project_are_told_whole(look, leader, programme):
    places = [factories.municipality(name) for name in ("Vågan", "Moskenes")]
    joint = factories.project(*places, cohort=factories.cohort(programme=programme), title="Sjukefråvær " * 12)
    factories.role(leader, Role.LEADER, joint)
    page = look(leader, joint)
    assert page.index(">Vågan</a>, ") < page.index(">Moskenes</a>")


def test_the_page_asks_the_database_few_questions(client, followed, leader, django_assert_max_num_queries):
    for number in range(8):
        factories.milestone(followed, title=f"Milepæl {number}")
        factories.series(factories.target(followed), GOOD)
    assess(followed)
    client.force_login(leader)
    client.get(reverse("project_overview", args=[followed.slug]))
    with django_assert_max_num_queries(16):  # session and person, and 14 of its own
        client.get(reverse("project_overview", args=[followed.slug]))
