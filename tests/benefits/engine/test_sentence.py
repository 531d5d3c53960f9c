"""V7: what the sentence says against what the target says, with care for how Norwegians write numbers and dates."""

from dataclasses import replace
from datetime import date

import pytest

from benefits.engine.facts import BaselineFact, TargetValueFact
from benefits.engine.sentence_figures import figures_in
from benefits.engine.verdicts import Severity
from tests.benefits.engine.build import HALF, START, evidence, finding, judge_project, project, target

END = date(2015, 12, 31)
SICK = target(
    title="Sykefravær, legemeldt", unit="%", direction=-1, scope="pleie og omsorg", baseline=BaselineFact(10.8, START),
    values=(TargetValueFact(END, 9.0),), kind="index",
)  # fmt: skip


def v7(statement, facts=SICK, **changes):
    """The finding about a target with this sentence."""
    verdict = judge_project(project(replace(facts, statement=statement, **changes)), {}, HALF)
    return finding(verdict, "V7", 1)


AGREE = [
    "Vi vil redusere sykefravær, legemeldt i pleie og omsorg fra 10,8 % i 2012 til 9,0 % i 2015.",
    "Fråværet skal ned frå 10,8 til 9 prosent innan utgangen av 2015.",
    "Ned med 1,8 prosentpoeng innen 31.12.2015",
    "Ned 17 % fra i dag",  # 1,8 of 10,8
    "Lavere sykefravær i fire avdelinger",
    "Lavere sykefravær i 4 avdelinger og 120 ansatte på 3 år",
    "Fra 10.8 % til 9.0 % by Q4 2015",
    "9 % i 2014–2015",
    "9,0 % i 4. kvartal 2015",
    "Fra 2012 til 2015: 9,0 %",
    "9 pst. 31. desember 2015",
    "",
]


@pytest.mark.parametrize("statement", AGREE)
def test_sentences_that_agree(statement):
    assert v7(statement).severity in (Severity.NONE, None)


@pytest.mark.parametrize(
    ("statement", "cause", "said"),
    [
        ("Vi vil redusere sykefravær fra 10,8 % i 2012 til 9,5 % i 2015.", "number_differs", "9,5"),
        ("Vi vil redusere sykefravær til 9,1 %.", "number_differs", "9,1"),
        ("Ned med 2,8 prosentpoeng", "number_differs", "2,8"),
        ("Vi vil redusere sykefravær til 9,0 % i 2016.", "date_differs", "2016"),
        ("9 % innen 1. juni 2015", "date_differs", "1. juni 2015"),
        ("9 % innen 31.12.2014", "date_differs", "31.12.2014"),
        ("9 % i 3. kvartal 2015", "date_differs", "3. kvartal 2015"),
    ],
)
def test_sentences_that_differ(statement, cause, said):
    found = v7(statement)
    assert (found.severity, found.cause) == (Severity.WARN, cause)
    assert evidence(found, "said_number" if cause == "number_differs" else "said_date") == [said]


def test_numbers_of_the_name_are_not_the_targets():
    facts = target(title="Andel i 100 % stilling", unit="%", baseline=BaselineFact(20.0, START),
                   values=(TargetValueFact(END, 40.0),))  # fmt: skip
    assert v7("Flere ansatte i 100 % stilling", facts).severity is Severity.NONE
    assert v7("Fra 20 % til 40 % i 100 % stilling", facts).severity is Severity.NONE
    assert v7("Fra 20 % til 45 % i 100 % stilling", facts).cause == "number_differs"


def test_large_numbers():
    facts = target(unit="timer", baseline=BaselineFact(1200.0, START), values=(TargetValueFact(END, 2000.0),))
    for said in ("fra 1 200 til 2 000 timer", "til 2000 timer i 2015", "til 2\u202f000 timer", "til 2.000,0 timer"):
        assert v7(said, facts).severity is Severity.NONE, said
    assert v7("til 1900 timer i 2015", facts).cause == "number_differs"
    assert v7("til 1.900 timer", facts).severity is Severity.NONE  # 1900 or 1,9: nobody can tell


@pytest.mark.parametrize(("value", "cause"), [(9.04, "none"), (9.06, "number_differs")])
def test_a_rounded_number_is_the_same_number(value, cause):
    assert v7("til 9,0 %", values=(TargetValueFact(END, value),)).cause == cause


def test_a_target_without_value_or_sentence_cannot_differ():
    assert v7("til 9 %", values=()).missing == ("target_value",)
    assert v7("").missing == ("statement",)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("31.12.2015", date(2015, 12, 31), date(2015, 12, 31)),
        ("2015-06-01", date(2015, 6, 1), date(2015, 6, 1)),
        ("1. juni 2015", date(2015, 6, 1), date(2015, 6, 1)),
        ("i juni 2015", date(2015, 6, 1), date(2015, 6, 30)),
        ("2. kvartal 2015", date(2015, 4, 1), date(2015, 6, 30)),
        ("1. halvår 2015", date(2015, 1, 1), date(2015, 6, 30)),
        ("2014/15", date(2014, 1, 1), date(2015, 12, 31)),
        ("i 2015", date(2015, 1, 1), date(2015, 12, 31)),
    ],
)
def test_dates(text, first, last):
    (span,) = figures_in(text)[1]
    assert (span.first, span.last, span.is_sure) == (first, last, True)


@pytest.mark.parametrize("text", ["31.02.2015", "den 45. dagen", "E39", "§ 7", "fra 2012 til 2015"])
def test_nothing_sure_is_read(text):
    amounts, spans = figures_in(text)
    assert not [figure for figure in (*amounts, *spans) if figure.is_sure]
