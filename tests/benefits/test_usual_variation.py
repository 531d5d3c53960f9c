"""What a figure usually varies between, drawn in its chart: trial limits from 12 points, firm ones from 20."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from benefits.assessment import refresh
from tests import factories

pytestmark = pytest.mark.django_db
TRIAL = "Foreløpige grenser for vanlig variasjon, fra bare"


@pytest.fixture
def look(client, project, leader):
    """`look(points)`: the page of a monthly figure with so many points, and what its chart says of itself."""

    def page_of(points, reader=leader, **facts):
        given = {"kind": "index", "unit": "poeng", "direction": 1, "declared_sd": 1, "frequency": "monthly"} | facts
        way = {"baseline_value": 10, "baseline_on": date(2012, 12, 31), "values": {date(2016, 12, 31): 40}}
        target = factories.target(project, is_main=True, population=9000, **way, **given)
        days = [(date(2013, 1, 28) + timedelta(days=30 * i)) for i in range(points)]
        factories.series(target, {day: 10 + i % 3 for i, day in enumerate(days)})
        refresh(project.pk)
        client.force_login(reader)
        page = client.get(reverse("target", args=[project.slug, target.number])).content.decode()
        return page.replace("\xa0", " ")

    return page_of


@pytest.mark.parametrize(
    ("points", "lines", "is_trial"), [(11, 0, False), (12, 2, True), (19, 2, True), (20, 2, False)]
)
def test_limits_are_drawn_from_twelve_points_and_called_preliminary_until_twenty(look, points, lines, is_trial):
    page = look(points)
    assert page.count('<line class="fig-usual"') == lines
    assert (f"{TRIAL} {points} målinger" in page) is is_trial
    assert ("</svg>Vanlig variasjon</li>" in page) is (lines > 0 and not is_trial)
    said = "Det er vanlig at tallet ligger mellom"
    assert (said in page[page.index('class="fig"') : page.index("fig-plot")]) is (lines > 0), "in words as well"


def test_sick_leave_is_drawn_with_its_season_and_gets_no_limits_without_it(look):
    assert '<line class="fig-usual"' not in look(20, kind="absence_rate", unit="%")
