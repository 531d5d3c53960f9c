"""«Hva om»: what other targets would mean for people and årsverk, and whether they would be seen."""

from datetime import date
from decimal import Decimal as D

import pytest

from benefits.actions.targets import Definition
from benefits.what_if import what_if

SICK = Definition(
    title="Sykefravær", kind="absence_rate", unit="%", direction=-1, frequency="yearly", population=200,
    baseline_value=D("10.8"), baseline_on=date(2012, 12, 31), values=((date(2015, 12, 31), D("9.0")),),
)  # fmt: skip
FULL_TIME = Definition(
    title="Heltid", kind="register_share", unit="%", direction=1, frequency="yearly", population=140,
    baseline_value=D(40), baseline_on=date(2012, 12, 31), values=((date(2015, 12, 31), D(60)),),
)  # fmt: skip


def changed(definition, **changes):
    return Definition(**{**{name: getattr(definition, name) for name in Definition.__slots__}, **changes})


def test_sick_leave_becomes_aarsverk_and_days_per_employee():
    half, chosen, *_more = what_if(SICK)
    assert (chosen.is_chosen, chosen.value, chosen.change) == (True, D("9.0"), D("-1.8"))
    assert chosen.meaning == "om lag 3,6 årsverk mer på jobb, 4,1 dager per ansatt i året"  # 1.8 % of 200, and of 230
    assert (half.value, half.meaning.split(",")[0]) == (D("9.9"), "om lag 1")
    assert not half.is_chosen


def test_the_table_says_what_would_be_seen_and_ends_with_what_nearly_always_is():
    found = what_if(SICK)
    assert [one.seen for one in found][-1] == "seen"
    assert found[0].seen == "chance"
    assert [abs(one.change) for one in found] == sorted(abs(one.change) for one in found)


def test_a_share_becomes_people():
    assert [one.meaning for one in what_if(FULL_TIME) if one.is_chosen] == ["28 flere av 140"]
    fewer = changed(FULL_TIME, direction=-1, values=((date(2015, 12, 31), D("39.9")),))
    assert [one.meaning for one in what_if(fewer) if one.is_chosen] == ["1 færre av 140"]


def test_the_size_of_posts_becomes_aarsverk():
    posts = changed(FULL_TIME, kind="mean", declared_sd=D(25))
    assert [one.meaning for one in what_if(posts) if one.is_chosen] == ["om lag 28,0 årsverk"]


@pytest.mark.parametrize(
    "changes",
    [
        {"baseline_value": None},
        {"values": ()},
        {"population": None},
        {"keep_max": D(9)},
        {"values": ((date(2015, 12, 31), D("10.8")),)},
        {"kind": "index", "unit": "poeng"},
    ],
)
def test_nothing_is_said_where_nothing_can_be(changes):
    assert what_if(changed(SICK, **changes)) == []


def test_a_target_that_cannot_be_is_no_alternative():
    tiny = changed(SICK, population=5)  # what chance makes of five people is more than there is
    assert all(0 <= one.value <= 100 for one in what_if(tiny))
