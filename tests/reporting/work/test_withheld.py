"""What rests on registrations that belong to the municipality: an adviser sees a sign, and not what it rests on."""

import json
from datetime import date, timedelta

import pytest
from django.urls import reverse

from accounts.actor import Actor
from benefits.actions import stakeholder_sharing
from benefits.actions.warnings import register_action
from benefits.discretion import withhold
from benefits.models import Assessment, Concern, PitfallWarning, StakeholderGroup, StakeholderRegistration
from reporting.annual.facts_shown import observed
from tests import factories
from tests.factories import noon
from tests.reporting.annual.writing import a_round, begun
from tests.reporting.work.assessing import assess

pytestmark = pytest.mark.django_db
TODAY = date(2015, 1, 22)
# What only those who may read the registrations are told: the group, its words, its cause, and what is done about it.
GROUNDS = ("Nattevaktene", "Det blir flere helger", "ikke har fått svar", "Innvending uten svar",
           "Vi møter dem på fredag", "Registrert eller bekreftet av", "Grensen: innflytelse",
           "Varselet lukkes når innvendingen")  # fmt: skip


@pytest.fixture
def warning(project, leader, owner, benefit_owner):
    """F2, seen by the owner, with an action of the leader's registered against it."""
    factories.target(project, is_main=True)
    factories.stakeholder(project, -1, 3, kind="volunteers", name="Nattevaktene", recorded_by=owner)
    for _ in range(3):
        factories.stakeholder(project, 0, 3, recorded_by=owner)
    assess(project, on=TODAY)
    found = PitfallWarning.objects.get(rule="F2", closed_on=None)
    assert (found.cause, found.severity) == ("objection_unanswered", 3)
    register_action(by=Actor(leader, noon(TODAY)), warning=found, note="Vi møter dem på fredag.")
    assess(project, on=TODAY)
    return found


def share(project, leader, *, end=False):
    act = stakeholder_sharing.end if end else stakeholder_sharing.share
    act(by=Actor(leader, noon(TODAY)), project=project)


def pages(project, warning):
    """Every page outside the room itself where the warning may be met."""
    slug, programme = project.slug, project.cohort.programme.slug
    yield reverse("project_overview", args=[slug])
    yield reverse("warning", args=[slug, warning.pk])
    yield reverse("project_history", args=[slug]) + "?dato=22.01.2015"
    yield reverse("continuation", args=[slug])
    yield reverse("plan", args=[slug])
    yield reverse("benefit_map", args=[slug])
    yield reverse("my_work")
    yield reverse("dashboard", args=[programme])
    yield reverse("rule_record", args=[programme])
    yield reverse("public_project", args=[slug])
    yield reverse("stakeholders", args=[slug])


def read(client, address, **headers):
    answer = client.get(address, headers=headers)
    assert answer.status_code == 200, address
    return " ".join(answer.content.decode().replace("\u00a0", " ").split())


def overview_of(project):
    return reverse("project_overview", args=[project.slug])


def evidence(client, project):
    address = reverse("dashboard_evidence", args=[project.cohort.programme.slug, project.slug, "F2"])
    return read(client, address, **{"HX-Request": "true"})


def told(page):
    return [words for words in GROUNDS if words in page]


def test_an_adviser_sees_a_sign_without_its_grounds_until_they_are_shared(client, project, leader, adviser, warning):
    client.force_login(adviser)
    for address in pages(project, warning):
        assert not told(read(client, address)), address
    assert not told(evidence(client, project))
    assert "Bør håndteres" in evidence(client, project)
    overview = read(client, reverse("project_overview", args=[project.slug]))
    assert "Det bygger på registreringer som tilhører kommunen" in overview
    for name in ("case", "case_docx", "case_pdf"):
        assert client.get(reverse(name, args=[project.slug, warning.pk])).status_code == 404

    share(project, leader)
    assert "ikke har fått svar" in read(client, reverse("project_overview", args=[project.slug]))
    assert "Vi møter dem på fredag" in read(client, reverse("warning", args=[project.slug, warning.pk]))
    assert "Nattevaktene" in evidence(client, project)
    assert client.get(reverse("case", args=[project.slug, warning.pk])).status_code == 200

    share(project, leader, end=True)
    for address in pages(project, warning):
        assert not told(read(client, address)), address
    assert not told(evidence(client, project))


@pytest.mark.parametrize("size", [4, None])
def test_the_grounds_stay_where_one_of_the_groups_is_too_small(client, project, leader, owner, adviser, warning, size):
    factories.stakeholder(project, 1, 1, name="Hovedtillitsvalgte", size=size, recorded_by=owner)
    share(project, leader)
    client.force_login(adviser)
    for name in ("project_overview", "dashboard"):
        where = project.slug if name == "project_overview" else project.cohort.programme.slug
        assert not told(read(client, reverse(name, args=[where]))), name
    assert not told(evidence(client, project))
    assert "Nattevaktene" in read(client, reverse("stakeholders", args=[project.slug]))


def test_the_projects_own_people_see_all_of_it(client, project, leader, owner, benefit_owner, warning):
    for person in (leader, owner, benefit_owner):
        client.force_login(person)
        page = read(client, reverse("project_overview", args=[project.slug]))
        assert "Nattevaktene" in page
        assert "Vi møter dem på fredag" in read(client, reverse("warning", args=[project.slug, warning.pk]))


def test_what_is_told_a_reader_is_never_stored(client, project, adviser, warning):
    before = json.dumps(list(Concern.objects.values("cause", "values")) + list(PitfallWarning.objects.values("cause")))
    client.force_login(adviser)
    for address in pages(project, warning):
        client.get(address)
    after = json.dumps(list(Concern.objects.values("cause", "values")) + list(PitfallWarning.objects.values("cause")))
    assert before == after
    assert "withheld" not in after


def test_a_closed_warning_keeps_its_grounds_too(client, project, leader, adviser, owner, warning):
    group = project.stakeholders.get(name="Nattevaktene")
    factories.objection_answer(group, promised_on=TODAY)
    assess(project, on=TODAY)
    warning.refresh_from_db()
    assert warning.closed_on == TODAY
    client.force_login(adviser)
    assert not told(read(client, reverse("warning", args=[project.slug, warning.pk])))
    assert not told(read(client, reverse("project_overview", args=[project.slug])))


@pytest.mark.parametrize("then", ["taken out", "grown"])
def test_a_closed_warning_remembers_how_small_its_group_was(client, project, leader, adviser, warning, then):
    group = project.stakeholders.get(name="Nattevaktene")
    StakeholderRegistration.objects.filter(group=group).update(size=2)
    factories.objection_answer(group, promised_on=TODAY)
    assess(project, on=TODAY)
    if then == "taken out":
        StakeholderGroup.objects.filter(pk=group.pk).update(removed_at=noon(TODAY))
    else:
        factories.seen(group, TODAY, 0, 3, size=6)
    share(project, leader)
    client.force_login(adviser)
    for address in (reverse("warning", args=[project.slug, warning.pk]), overview_of(project)):
        assert not told(read(client, address)), address


def test_a_group_taken_out_before_the_sign_hides_nothing(client, project, leader, adviser, owner, warning):
    small = factories.stakeholder(project, 0, 1, name="Hovedtillitsvalgte", size=None, recorded_by=owner)
    StakeholderGroup.objects.filter(pk=small.group_id).update(removed_at=noon(TODAY - timedelta(days=1)))
    share(project, leader)
    client.force_login(adviser)
    assert "ikke har fått svar" in read(client, overview_of(project))


@pytest.mark.parametrize("is_shared", [False, True])
def test_a_sign_that_is_not_open_to_the_adviser_yet_has_no_page(client, project, leader, adviser, warning, is_shared):
    if is_shared:
        share(project, leader)
    Concern.objects.filter(project=project, cause=warning.cause).update(visible_on=TODAY + timedelta(days=1))
    page = reverse("warning", args=[project.slug, warning.pk])
    client.force_login(adviser)
    assert client.get(page).status_code == 404
    client.force_login(leader)
    assert client.get(page).status_code == 200


def test_a_submitted_report_says_that_there_is_a_sign_and_no_cause(project, leader, warning):
    report = begun(project, leader, a_round(project.cohort.programme))
    frozen = next(row for row in observed(report, TODAY)["pitfalls"] if row["rule"] == "F2")
    assert (frozen["severity"], frozen["cause"]) == (3, "")


def test_an_unopened_room_is_said_to_be_unused(client, project, leader, adviser):
    factories.target(project, is_main=True)
    assess(project, on=TODAY)
    assert "F2" not in Assessment.objects.get(project=project).pitfalls
    client.force_login(adviser)
    assert "Ikke i bruk" in read(client, reverse("project_overview", args=[project.slug]))


def test_nothing_to_withhold_costs_no_question(client, project, adviser, django_assert_num_queries):
    factories.target(project, is_main=True)
    assess(project, on=TODAY)
    concerns, warnings = list(Concern.objects.all()), list(PitfallWarning.objects.all())
    with django_assert_num_queries(0):
        withhold(concerns, warnings)
