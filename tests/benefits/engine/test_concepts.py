"""V3: does the indicator measure what the target is about?"""

from dataclasses import replace

import pytest

from benefits.engine.verdicts import Severity
from tests.benefits.engine.build import HALF, evidence, finding, judge_project, project, target

# A target about involuntary part-time work, measured by the size of posts
POSTS = target(
    title="Stillingsstørrelse", indicator="stillinger", is_catalogued=True, concept="ufrivillig_deltid",
    measured_by=("ufrivillig",),
)  # fmt: skip
CULTURE = replace(POSTS, concept="heltidskultur", measured_by=("stillinger", "utlyst", "ønsker"), needs_all=True)


def v3(facts, *others):
    return finding(judge_project(project(facts, *others), {}, HALF), "V3", 1)


def test_an_indicator_of_something_else_is_asked_about():
    found = v3(POSTS)
    assert (found.severity, found.cause) == (Severity.WATCH, "concept_differs")
    assert evidence(found, "concept") == ["ufrivillig_deltid"]


@pytest.mark.parametrize(
    "changes",
    [
        {"concept": "", "measured_by": ()},  # nobody has said that it is about anything else
        {"measured_by": ("ufrivillig", "stillinger")},  # the indicator is one of those that measure it
        {"is_justified": True, "is_stand_in_confirmed": True},
        {"level": "process"},
    ],
)
def test_what_measures_what_it_should_is_left_alone(changes):
    verdict = judge_project(project(replace(POSTS, **changes)), {}, HALF)
    found = [one for one in verdict.findings if one.rule == "V3" and one.target == 1]
    assert [one.severity for one in found] in ([Severity.NONE], [])


def test_a_reason_makes_it_a_note_and_an_advisers_yes_closes_it():
    assert (v3(replace(POSTS, is_justified=True)).severity, v3(replace(POSTS, is_justified=True)).cause) == (
        Severity.INFO,
        "concept_unconfirmed",
    )


def test_an_indicator_of_ones_own_cannot_be_told():
    assert v3(replace(POSTS, is_catalogued=False)).missing == ("indicator",)


@pytest.mark.parametrize(
    ("beside", "missing"), [((), ["utlyst", "ønsker"]), (("utlyst",), ["ønsker"]), (("utlyst", "ønsker"), [])]
)
def test_a_culture_takes_all_its_indicators(beside, missing):
    others = [target(id=n, number=n, indicator=key) for n, key in enumerate(beside, start=2)]
    found = v3(CULTURE, *others)
    assert evidence(found, "missing_indicator") == missing
    assert found.severity is (Severity.WATCH if missing else Severity.NONE)
