"""Every number and table of the dashboard against a recount from the tables' rows: each filter, today and past days."""

from datetime import date

import pytest

from benefits.models import AssessmentHistory, TargetStatus
from reporting.portfolio.filters import PITFALLS as CODES
from tests import factories
from tests.reporting.portfolio.comparing import compare, matches
from tests.reporting.portfolio.reading import text
from tests.reporting.portfolio.recount import PITFALLS, count
from tests.reporting.portfolio.world import TODAY

pytestmark = pytest.mark.django_db

FILTERS = [
    {},
    {"fylke": "19"},
    {"pulje": "pulje-1"},
    {"tema": "heltid"},
    {"status": "mangler"},
    {"risiko": "alvorlig"},
    {"risiko": "ikke-vurderbar"},
    {"fallgruve": "F5"},
    {"q": "NABO 2"},
    {"radgiver": "ingen"},
    {"status": "mangler", "fylke": "18", "q": "øya"},
]


@pytest.fixture
def signs(big):
    """In December 2014 they had been told the same as today, and it rested on measurements."""
    for verdict in AssessmentHistory.objects.filter(as_of__gte=date(2014, 12, 1)).select_related("project__assessment"):
        AssessmentHistory.objects.filter(pk=verdict.pk).update(
            pitfalls=verdict.project.assessment.pitfalls,
            targets=[
                {"target": target.pk, "state": target.status.state if target.status.state != "missing" else "unknown"}
                for target in verdict.project.targets.select_related("status")
            ],
        )
    for status in TargetStatus.objects.exclude(result="missing").select_related("target"):
        factories.measurement(status.target, status.measured_on, 10, recorded_at=factories.noon(status.measured_on))
    return big


@pytest.mark.parametrize("day", [TODAY, date(2015, 1, 8), date(2014, 12, 20), date(2014, 3, 31)], ids=str)
def test_the_small_world(signs, dashboard, day):
    assert PITFALLS == CODES
    used, unused = count(signs, day, TODAY)
    assert len(used) == 51
    for query in FILTERS:
        found = [one for one in used if matches(one, query)]
        answer = dashboard(**query, **({"per": day.isoformat()} if day < TODAY else {}))
        assert f"Viser {len(found)} av {len(used)} prosjekter i bruk" in text(answer.text), query
        if found:
            everywhere = [one for one in used if matches(one, {**query, "fylke": ""})]
            left = [one for one in unused if not query]
            compare(answer.text, found, everywhere, left, day, is_past=day < TODAY)


def test_the_recount_would_see_a_wrong_number(big, dashboard):
    """The control: one project more, one target less, and it does not agree."""
    used, unused = count(big, TODAY, TODAY)
    html = dashboard().text
    compare(html, used, used, unused, TODAY, is_past=False)
    with pytest.raises(AssertionError):
        compare(html, used[1:], used, unused, TODAY, is_past=False)
    next(one for one in used if one.targets).targets.pop()
    with pytest.raises(AssertionError):
        compare(html, used, used, unused, TODAY, is_past=False)
