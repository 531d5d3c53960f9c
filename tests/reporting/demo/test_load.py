"""The demonstration: fifty-one stories, the verdicts made by the engine, and never in a real installation."""

from collections import Counter
from datetime import datetime, time
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from benefits.assessment import assess_projects, judge
from benefits.engine.rules import RULES
from benefits.models import (
    Assessment,
    AssessmentHistory,
    EffectTarget,
    Measurement,
    PitfallWarning,
    PlanVersion,
    SeriesBreak,
    TargetStatus,
    TargetVersion,
)
from journal.actions import mark_installation
from journal.models import OutboxMessage
from projects.models import Project
from projects.roles import Role
from reporting.annual.models import ConflictCopy, OwnerSignature, Report, Round, Submission
from saman import clock
from tests.factories import OSLO, START, noon
from tests.reporting.demo.numbers import check_the_dashboard
from tests.test_demonstration_files import check_that_each_file_has_the_rows_of_its_page

SESSION_AND_PERSON = 2


@pytest.mark.django_db
def test_a_real_installation_refuses_the_demonstration():
    mark_installation(mode="real", now=noon(START))
    with pytest.raises(CommandError, match="real installation"):
        call_command("load_demo", stdout=StringIO())
    assert not Project.objects.exists()


@pytest.mark.django_db
def test_a_process_that_is_not_a_demonstration_refuses_it(settings):
    settings.DEMO = False
    with pytest.raises(CommandError, match="SAMAN_DEMO"):
        call_command("load_demo", stdout=StringIO())


@pytest.mark.django_db
def test_the_demonstration_tells_its_stories(client):
    call_command("load_demo", stdout=StringIO())
    followed = Project.objects.exclude(followed_since=None)
    assert followed.count() == 51
    assert not followed.filter(catalogue_name="Ringerike").exists()
    assert followed.filter(ends_on__range=("2014-06-01", "2014-12-31")).count() == 6

    results = dict(Assessment.objects.values_list("project__catalogue_name", "result"))
    assert results["Hamar"] == "relapse"
    assert results["Lenvik"] == "not_achieved"
    assert results["Tolga"] == results["Salangen"] == "missing"
    assert set(results.values()) >= {"on_track", "behind", "at_risk", "achieved"}
    serious = Assessment.objects.filter(risk=4)
    assert 3 <= serious.count() <= 10
    assert not Assessment.objects.exclude(risk=0).filter(risk=None).exists()
    shown = PitfallWarning.objects.filter(closed_on=None)
    assert set(shown.values_list("rule", flat=True)) == set(RULES), "every rule is seen somewhere"
    causes = {"measures_activity", "sounds_like_activity", "counter_worse", "no_counter", "inert", "number_differs"}
    causes |= {"concept_differs", "concept_unconfirmed", "only_fewer"}
    causes |= {"within_chance", "few_points", "few_measured", "short_term", "no_step", "comment_unanswered"}
    causes |= {"measuring_stopped", "carrier_left", "warnings_unanswered", "no_culture"}
    causes |= {"quick_fixes", "no_home", "paid_by_others"}
    causes |= {"claimed_twice", "over_whole", "cut_without_line", "freed_not_entered"}
    causes |= {"objection_unanswered", "attitude_fell"}
    assert not causes - set(shown.values_list("cause", flat=True))

    assert EffectTarget.objects.filter(is_main=True).count() == 49  # two projects have no target at all
    check_the_kept_target_and_the_broken_series()
    assert not Measurement.objects.filter(recorded_by=None).exists()
    assert AssessmentHistory.objects.values("as_of").distinct().count() > 12

    check_the_plans()
    check_that_past_months_can_be_made_again()
    check_the_dashboard(client)

    annual = Report.objects.filter(round__kind="year", round__is_test=False)
    states = Counter(annual.values_list("round__year", "state"))
    assert {state for year, state in states if year == 2013} == {"approved"}
    assert {state for year, state in states if year == 2014} == set(Report.State.values)
    kinds = set(Submission.objects.values_list("report__round__kind", "report__round__is_test"))
    assert kinds == {*((kind, False) for kind in Round.Kind.values), ("year", True)}, "every kind is seen"
    later = Counter(
        Submission.objects.filter(report__round__kind__in=("final", "follow_up")).values_list(
            "report__round__kind", "report__state"
        )
    )
    assert later == {("final", "approved"): 2, ("final", "submitted"): 1, ("follow_up", "approved"): 1}
    assert Submission.objects.filter(is_late=True).values_list("report__round__year", flat=True).get() == 2013
    assert OwnerSignature.objects.filter(report__state="awaiting").exists()
    assert Submission.objects.filter(revision=2).exists()
    assert ConflictCopy.objects.filter(settled_at=None).count() == 1
    assert set(OutboxMessage.objects.values_list("outcome", flat=True)) == {"sent"}, "nothing of the past is sent today"

    again = StringIO()
    call_command("load_demo", stdout=again)
    assert "loaded already" in again.getvalue()
    everything = list(followed.values_list("pk", flat=True))
    assert assess_projects(everything, as_of=clock.today(), now=clock.now()) == []

    check_that_the_pages_ask_few_questions(client, followed)
    check_that_each_file_has_the_rows_of_its_page(followed[0].cohort.programme)

    client.logout()
    page = client.get(reverse("account_login")).content.decode()
    assert [role for role in Role if f"{role.label} <span" not in page] == []


def check_that_the_pages_ask_few_questions(client, followed):
    """Beyond session and person, whatever is hidden: the dashboard at most eight questions, a project sixteen."""
    client.force_login(User.objects.get(email="radgiver@demo.example"))
    programme = followed[0].cohort.programme
    with CaptureQueriesContext(connection) as asked:
        page = client.get(reverse("dashboard", args=[programme.slug]), {"alle": "1"})
    assert len(page.context["lines"]) == 51
    assert len(asked) - SESSION_AND_PERSON <= 8
    for project in followed.filter(catalogue_name__in=["Oppegård", "Rælingen", "Hamar"]):
        with CaptureQueriesContext(connection) as asked:
            assert client.get(reverse("project_overview", args=[project.slug])).status_code == 200
        assert len(asked) - SESSION_AND_PERSON <= 16, "two of them for what may have to be withheld"


def check_the_kept_target_and_the_broken_series():
    """One figure is kept within limits; one series was explained, and what looked like a relapse stopped."""
    kept = TargetVersion.objects.live().exclude(keep_min=None).get()
    assert kept.statement.startswith("Vi vil holde ")
    reasons = TargetStatus.objects.get(target=kept.target).reasons
    assert [reason["code"] for reason in reasons] == ["band_inside"]
    broken = SeriesBreak.objects.get()
    warning = PitfallWarning.objects.get(project=broken.target.project, rule="R0")
    assert warning.opened_on < broken.recorded_at.date() <= warning.closed_on


def check_the_plans():
    """Most plans are approved, some are not what they should be, and one waits on its owner."""
    newest = {plan.project.catalogue_name: plan for plan in PlanVersion.objects.order_by("number")}
    assert len(newest) == 46
    assert not hasattr(newest["Hamar"], "decision")
    assert {name for name, plan in newest.items() if hasattr(plan, "decision") and not plan.decision.is_approved} == {
        "Frøya", "Lenvik",
    }  # fmt: skip
    shown = PitfallWarning.objects.filter(rule="F1", closed_on=None)
    causes = {"plan_missing", "plan_unapproved", "plan_incomplete", "plan_before_phase"}
    assert not causes - set(shown.values_list("cause", flat=True))
    assert shown.values("project").distinct().count() <= 12
    assert PitfallWarning.objects.filter(rule="F1").exclude(closed_on=None).exists(), "a revised plan closes one"


def check_that_past_months_can_be_made_again():
    """Every fourth date: each stored verdict is what the facts known on its day give, hysteresis included."""
    followed = Project.objects.exclude(followed_since=None).select_related("cohort__programme").order_by("pk")
    for day in sorted(set(AssessmentHistory.objects.values_list("as_of", flat=True)))[::4]:
        projects = [project for project in followed if project.followed_since <= day]
        moment = datetime.combine(day, time.max, OSLO)
        for project, verdict in zip(projects, judge(projects, day, moment), strict=True):
            stored = AssessmentHistory.objects.filter(project=project, as_of__lte=day).order_by("as_of", "pk").last()
            assert (str(verdict.result), verdict.pitfalls) == (stored.result, stored.pitfalls), (project, day)
