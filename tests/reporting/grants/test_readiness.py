"""«Klar for utbetaling» from the facts alone: what is missing, and no apart from not known."""

from datetime import date

import pytest

from reporting.grants.readiness import Account, Answer, Condition, Facts, Missing, Report, readiness

TODAY = date(2015, 1, 22)
PAST, AHEAD = date(2014, 6, 1), date(2015, 6, 1)
WHOLE = {
    "promised": 500_000,
    "promised_in": 2013,
    "conditions": (Condition(1, "Plan", PAST, True), Condition(2, "Videreføring", AHEAD, None)),
    "reports": (Report("Årsrapport 2013", date(2014, 2, 3), "approved"),),
    "accounts": (Account(1, 2013, True), Account(2, 2014, True)),
}


def judged(**changes):
    return readiness(Facts(**{**WHOLE, **changes}), TODAY)


def test_with_everything_in_place_it_is_ready():
    assert judged() == judged(paid=300_000)
    assert judged().answer == Answer.YES
    assert judged().missing == ()


def test_without_a_promise_nothing_is_known():
    found = readiness(Facts(), TODAY)
    assert (found.answer, [each.code for each in found.missing]) == (Answer.UNKNOWN, ["no_promise"])
    assert Facts().remaining is None


def test_when_all_is_paid_nothing_is_missing():
    assert judged(paid=500_000, accounts=()).answer == Answer.DONE


@pytest.mark.parametrize(
    ("changes", "missing"),
    [
        ({"conditions": (Condition(3, "Plan", PAST, False),)}, Missing("condition_not_met", "Plan", PAST, 3)),
        ({"conditions": (Condition(3, "Plan", AHEAD, False),)}, Missing("condition_not_met", "Plan", AHEAD, 3)),
        ({"reports": (Report("Årsrapport 2013", PAST, "draft"),)}, Missing("report_missing", "Årsrapport 2013", PAST)),
        ({"reports": (Report("Å", PAST, "submitted"),)}, Missing("report_not_read", "Å", PAST)),
        ({"reports": (Report("Å", PAST, "returned", is_back=True),)}, Missing("report_returned", "Å", PAST)),
        ({"reports": (Report("Å", PAST, "awaiting", is_back=True),)}, Missing("report_returned", "Å", PAST)),
        ({"accounts": (Account(1, 2013, True),)}, Missing("account_missing", "2014")),
        (
            {"accounts": (Account(1, 2013, True), Account(2, 2014, False))},
            Missing("account_not_approved", "2014", pk=2),
        ),
    ],
)
def test_what_is_missing_says_no_and_says_what(changes, missing):
    found = judged(**changes)
    assert (found.answer, found.missing) == (Answer.NO, (missing,))


def test_what_nobody_has_judged_is_not_known_and_a_no_beside_it_is_no():
    open_one = Condition(3, "Plan", PAST, None)
    assert judged(conditions=(open_one,)).answer == Answer.UNKNOWN
    assert judged(conditions=(open_one,), accounts=()).answer == Answer.NO


def test_a_condition_may_be_met_on_the_last_day_of_its_deadline():
    assert judged(conditions=(Condition(3, "Plan", TODAY, None),)).answer == Answer.YES


def test_a_report_is_not_missing_before_its_deadline_has_passed():
    assert judged(reports=(Report("Årsrapport 2014", TODAY, "draft"),)).answer == Answer.YES


@pytest.mark.parametrize(
    ("state", "closed_on", "answer"),
    [
        ("not_started", None, Answer.NO),
        ("not_started", AHEAD, Answer.NO),
        ("not_started", TODAY, Answer.YES),
        ("draft", PAST, Answer.NO),
        ("submitted", PAST, Answer.NO),
    ],
)
def test_a_closed_round_asks_for_no_report_that_was_never_begun(state, closed_on, answer):
    assert judged(reports=(Report("Å", PAST, state, closed_on=closed_on),)).answer == answer


def test_no_accounts_are_asked_of_the_year_of_the_promise_before_it_has_ended():
    assert judged(promised_in=2015, accounts=()).answer == Answer.YES
