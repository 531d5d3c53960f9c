"""The dashboard is kept while nothing is written: whatever somebody does is on it at once, and it is nobody's own."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.actor import Actor
from benefits.actions import measurements, stakeholder_sharing
from benefits.actions.targets import choose_main
from benefits.actions.warnings import accept, register_action
from benefits.models import PitfallWarning
from projects.models import Project
from projects.roles import Role
from tests import factories
from tests.factories import noon
from tests.reporting.annual.writing import a_round, approved, sent_in
from tests.reporting.portfolio.reading import section
from tests.reporting.work.assessing import assess
from tests.undisturbed import holds_undisturbed

pytestmark = pytest.mark.django_db(transaction=True)
TODAY = date(2015, 1, 22)


def main(page):
    """The part of a page that is not its frame."""
    assert page.status_code == 200
    return page.text.partition("<main")[2].partition("</main>")[0]


@pytest.fixture
def look(client, adviser, programme):
    """The dashboard's main part, which must be as it is when it is made anew."""
    client.force_login(adviser)
    address = reverse("dashboard", args=[programme.slug])

    def get():
        kept = main(client.get(address))

        def asks_little():
            with CaptureQueriesContext(connection) as asked:
                assert main(client.get(address)) == kept
            return len(asked) <= 4  # session, person, roles, and whether anything has been written

        assert holds_undisturbed(asks_little)
        with transaction.atomic():  # where nothing is kept
            assert main(client.get(address)) == kept
        return kept

    return get


def test_what_is_done_is_on_the_dashboard_at_once(look, project, leader, owner, adviser, programme):
    by, owning = Actor(leader, noon(TODAY)), Actor(owner, noon(TODAY))
    target, other = factories.target(project), factories.target(project)
    known = {}

    def registered(on, value):
        known["row"] = measurements.register(by=by, target=target, value=measurements.Value(on, Decimal(value)))

    def opened():
        factories.stakeholder(project, -1, 3, recorded_by=owner)
        for _ in range(3):
            factories.stakeholder(project, 0, 3, recorded_by=owner)
        assess(project)
        known["warning"] = PitfallWarning.objects.get(rule="F2", closed_on=None)

    def submitted():
        known["submission"] = sent_in(project, a_round(programme))

    steps = {
        "a measurement": lambda: registered(date(2014, 12, 31), 9),
        "one more": lambda: registered(date(2014, 9, 30), 10),
        "a main target": lambda: choose_main(by=by, target=other),
        "objections": opened,
        "an answer": lambda: register_action(by=by, warning=known["warning"], note="Vi møter dem."),
        "shared with the adviser": lambda: stakeholder_sharing.share(by=by, project=project),
        "shared no more": lambda: stakeholder_sharing.end(by=by, project=project),
        "accepted": lambda: accept(by=owning, warning=known["warning"], note="Greit.", until=date(2015, 6, 1)),
        "a report": submitted,
        "approved": lambda: approved(known["submission"], adviser),
        "another project": lambda: factories.project(cohort=project.cohort, title="Et til"),
        "a new name": lambda: Project.objects.filter(pk=project.pk).update(title="Nytt navn"),
        "an adviser's name": lambda: factories.role(factories.user("Ny"), Role.ADVISER, programme),
        "out of use": lambda: Project.objects.filter(pk=project.pk).update(followed_since=None),
    }
    unseen = {"one more", "a main target", "shared no more", "an adviser's name", "accepted"}
    before = look()
    for name, step in steps.items():
        step()
        now = look()
        assert name in unseen or now != before, name
        before = now
    assert "Et til" in before


def test_what_is_hidden_disappears_at_once(look, project, leader):
    factories.target(project, is_main=True)
    made, _use = factories.freed_time(
        project, Decimal(1), amount=Decimal("43.74"), posts=40, starts_on=date(2014, 9, 1)
    )
    assess(project)
    assert "42,7" in section(look(), "hjelp")
    made.versions.update(posts=4)
    assert "42,7" not in look()


def test_nobody_meets_anothers_page(client, adviser, leader, programme, look):
    address = reverse("dashboard", args=[programme.slug])
    look()
    second = factories.user("Even Rostad")
    role = factories.role(second, Role.ADVISER, programme)
    visitor = Client()
    visitor.force_login(second)
    page = visitor.get(address).text
    assert second.name in page
    assert adviser.name not in page
    assert adviser.name in client.get(address).text
    role.ends_on = date(2015, 1, 1)
    role.save()
    assert visitor.get(address).status_code == 404
    visitor.force_login(leader)
    assert visitor.get(address).status_code == 404
    assert Client().get(address).status_code == 302


def test_a_part_of_the_page_is_kept_apart_from_the_whole(client, adviser, programme, project, look):
    address = reverse("dashboard", args=[programme.slug])
    whole = look()
    part = client.get(address, headers={"HX-Request": "true"})
    assert "<h1" in whole
    assert "<h1" not in part.text
    assert main(client.get(address)) == whole
    assert main(client.get(address, {"q": "finnes ikke"})) != whole
