"""V1 and V2: an indicator that counts what is done is no effect."""

import pytest

from benefits.engine.rules.fit import ACTIVITY
from benefits.engine.verdicts import Severity
from tests.benefits.engine.build import HALF, evidence, finding, judge_project, project, quarters, target


def found(rule, **changes):
    """One rule's finding about one target, well measured."""
    return finding(judge_project(project(target(**changes)), {1: quarters(12, 13, 14, 15)}, HALF), rule, 1)


@pytest.mark.parametrize(
    ("level", "indicator_level", "severity"),
    [
        ("effect", "output", Severity.WARN),
        ("effect", "process", Severity.WARN),
        ("societal", "output", Severity.WARN),
        ("effect", "effect", Severity.NONE),
        ("effect", "societal", Severity.NONE),
        ("effect", None, None),  # an indicator of one's own: nobody has said what it measures
    ],
)
def test_an_effect_must_be_measured_by_an_effect(level, indicator_level, severity):
    answer = found("V1", level=level, indicator_level=indicator_level)
    assert answer.severity is severity
    assert answer.missing == (("indicator",) if severity is None else ())


@pytest.mark.parametrize("level", ["output", "process"])
def test_a_target_that_promises_no_effect_may_count_what_is_done(level):
    verdict = judge_project(project(target(level=level, indicator_level="output")), {}, HALF)
    assert not [one for one in verdict.findings if one.rule in ("V1", "V2")]


def test_it_names_the_indicator():
    answer = found("V1", indicator_level="output", title="Andel med kompetanseplan")
    assert evidence(answer, "indicator_name") == ["Andel med kompetanseplan"]
    assert (answer.action, answer.closes_when) == ("set_level", "effect_measured")


@pytest.mark.parametrize(
    "text",
    [
        "Antall møter i året", "Talet på deltakarar", "antall gjennomførte kurs", "Tal på lokale samlingar",
        "Ny rutine er utarbeidet", "Planen er vedteken av kommunestyret, ho er vedteke", "Kartlegging av ansatte",
        "Ny turnus er innført", "Er opplæringen gjennomført?", "Alle einingar er kartlagde",
    ],
)  # fmt: skip
def test_words_for_what_is_done(text):
    assert ACTIVITY.search(text)
    answer = found("V2", title=text)
    assert answer.severity is Severity.INFO
    assert evidence(answer, "activity_words")[0].lower() in text.lower()


@pytest.mark.parametrize(
    "text",
    [
        "Andel i heltidsstilling", "Antall ubesatte stillinger", "Sykefravær", "Andel som har gjennomført fagprøve",
        "Del med gjennomført vidareutdanning", "Innbyggernes tilfredshet", "Antall søkere", "Kursiv skrift", "",
    ],
)  # fmt: skip
def test_words_for_an_effect(text):
    assert found("V2", title=text).severity is Severity.NONE


def test_the_catalogues_own_words_have_been_looked_at():
    assert found("V2", title="Antall kurs", is_catalogued=True).severity is Severity.NONE


def test_the_definition_counts_too():
    answer = found("V2", definition="Vi teller\nantall  møter i året")
    assert evidence(answer, "activity_words") == ["antall møter"]
