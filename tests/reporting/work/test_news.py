"""«Siden sist»: what others have done, and the engine has found, since the person signed in the last time before."""

import re
from datetime import date, timedelta
from importlib import import_module

import pytest
from allauth.account.adapter import get_adapter
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.sessions import here_before
from benefits.models import AssessmentHistory, Concern, PitfallWarning, WarningEvent
from journal.actions import record
from projects.roles import Role
from saman import clock
from tests import factories
from tests.reporting.portfolio.reading import section, text
from tests.reporting.work.assessing import TODAY

pytestmark = pytest.mark.django_db
BEFORE = factories.noon(date(2015, 1, 8))


@pytest.fixture
def news(client):
    """The card as a person meets it who was last here on 8 January."""

    def look(person, before=BEFORE, page=None):
        client.force_login(person)
        session = client.session
        session["here_before"] = before.isoformat() if before else ""
        session.save()
        return text(section(client.get(page or reverse("my_work")).text, "nytt"))

    return look


def event(project, action, by, on, **data):
    """Something done in a project at noon."""
    record(
        stream=f"project:{project.pk}", action=action, obj=("project", project.pk), actor_id=by.pk,
        at=factories.noon(on), request_id="", data=data,
    )  # fmt: skip


def verdict(project, result, on):
    """A verdict that was stored on a day."""
    AssessmentHistory.objects.create(
        project=project, as_of=on, recorded_at=factories.noon(on), rule_version=1, result=result
    )


def test_what_others_have_done_since_then_is_told_once(news, project, leader, owner):
    target = factories.target(project)
    event(project, "plan_submitted", leader, date(2015, 1, 7))
    event(project, "plan_written", owner, date(2015, 1, 9))
    for day in (10, 11):
        event(project, "measurement_registered", leader, date(2015, 1, day), target=target.pk)
    event(project, "unheard_of", leader, date(2015, 1, 12))
    told = news(owner)
    assert "Du logget inn sist 8. januar 2015" in told
    assert told.count("Måling registrert: ") == 1
    assert "sendt til prosjekteier" not in told
    assert "Planen ble beskrevet" not in told
    assert "Planen ble beskrevet" in news(leader)


def test_a_status_that_is_another_than_it_was_stands_first(news, project, leader, owner):
    event(project, "plan_submitted", leader, date(2015, 1, 9))
    verdict(project, "missing", date(2014, 12, 1))
    verdict(project, "on_track", date(2015, 1, 5))
    verdict(project, "at_risk", date(2015, 1, 10))
    verdict(project, "behind", date(2015, 1, 20))
    told = news(owner)
    assert told.index("Status: fra «I rute» til «Bak planen»") < told.index("Planen ble sendt")
    verdict(project, "on_track", date(2015, 1, 21))
    assert "Status:" not in news(owner)


def test_a_first_verdict_is_no_change(news, project, owner):
    verdict(project, "on_track", date(2015, 1, 20))
    assert "Ingenting er endret siden." in news(owner)


def test_a_new_concern_is_told(news, project, owner):
    fields = {
        "kind": "D", "severity": 3, "action": "name_leader", "responsible": "owner", "urgency": 3, "rules": ["F5"],
        "values": {"days_vacant": 45}, "order": 0, "visible_on": TODAY,
    }  # fmt: skip
    Concern.objects.create(project=project, cause="leader_vacant", opened_on=TODAY, **fields)
    assert "Ny sak: " in news(owner)
    Concern.objects.update(opened_on=BEFORE.date())
    assert "Ny sak: " not in news(owner)  # that day, and nothing says that it was after
    warning = PitfallWarning.objects.create(
        project=project, rule="F5", severity=3, cause="leader_vacant", opened_on=BEFORE.date(), last_seen_on=TODAY
    )
    step = {"warning": warning, "kind": "opened", "on": BEFORE.date()}
    WarningEvent.objects.create(recorded_at=BEFORE - timedelta(hours=1), **step)
    assert "Ny sak: " not in news(owner)
    WarningEvent.objects.create(recorded_at=BEFORE + timedelta(hours=1), **step)
    assert "Ny sak: " in news(owner)
    Concern.objects.update(opened_on=date(2015, 1, 7))
    assert "Ny sak: " not in news(owner)


def test_many_things_are_counted(news, project, leader, owner):
    actions = ("plan_written", "plan_submitted", "plan_approved", "plan_sent_back", "benefit_created", "map_drawn")
    for action in (*actions, "initiative_created", "initiative_changed"):
        event(project, action, leader, date(2015, 1, 9))
    assert "og 2 ting til" in news(owner)


def test_what_is_not_read_is_said_to_be_there(news, project, leader, owner, monkeypatch):
    for action in ("plan_written", "plan_submitted"):
        event(project, action, leader, date(2015, 1, 9))
    assert "Bare de nyeste" not in news(owner)
    monkeypatch.setattr("reporting.work.queries.news.MOST_EVENTS", 1)
    assert "Bare de nyeste hendelsene er med." in news(owner)


def test_the_first_time_there_is_nothing_to_compare_with(news, project, owner):
    assert news(owner, None) == ""


def test_other_projects_are_not_told_of(news, project, leader, owner):
    event(factories.project(), "plan_submitted", leader, date(2015, 1, 9))
    assert "Ingenting er endret siden." in news(owner)


def test_reading_writes_nothing_and_asks_two_questions_more(client, news, project, owner):
    def asked(before):
        news(owner, before)
        with CaptureQueriesContext(connection) as captured:
            client.get(reverse("my_work"))
        return [query["sql"] for query in captured]

    without, with_news = asked(None), asked(BEFORE)
    assert len(with_news) == len(without) + 2
    assert not [sql for sql in with_news if re.match("INSERT|UPDATE|DELETE", sql)]


def test_signing_in_again_within_the_hour_is_the_same_visit(rf, owner):
    def sign_in():
        request = rf.post("/")
        request.session = import_module(settings.SESSION_ENGINE).SessionStore()
        request.user = owner
        get_adapter(request).login(request, owner)
        return here_before(request.session)

    now = clock.now()
    assert sign_in() is None
    assert sign_in() is None
    earlier = now - timedelta(hours=3)
    record(
        stream=f"user:{owner.pk}", action="signed_in", obj=("user", owner.pk), actor_id=owner.pk, at=earlier,
        request_id="", data={},
    )  # fmt: skip
    assert sign_in() == earlier


def test_the_projects_own_page_tells_what_is_new_in_it_alone(news, project, other_project, leader, owner, adviser):
    factories.role(owner, Role.OWNER, other_project)
    event(project, "plan_submitted", leader, date(2015, 1, 9))
    event(other_project, "plan_written", leader, date(2015, 1, 9))
    page = reverse("project_overview", args=[project.slug])
    told = news(owner, page=page)
    assert "Du logget inn sist 8. januar 2015" in told
    assert "sendt til prosjekteier" in told
    assert "Planen ble beskrevet" not in told
    assert "Ingenting er endret siden." in news(leader, page=page)
    assert news(owner, before=None, page=page) == ""
    assert news(adviser, page=page) == "", "what others have done in a project is for its own people"


def test_the_projects_page_asks_three_questions_more(client, news, project, leader, owner):
    page = reverse("project_overview", args=[project.slug])
    event(project, "plan_submitted", leader, date(2015, 1, 9))

    def asked(before):
        news(owner, before=before, page=page)
        with CaptureQueriesContext(connection) as captured:
            client.get(page)
        return len(captured)

    assert asked(BEFORE) - asked(None) <= 3
