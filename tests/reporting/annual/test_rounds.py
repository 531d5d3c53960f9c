"""Setting up a round: dates, forms, and edits that never touch a form in use."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.actor import NotAllowed
from reporting.annual.actions import questions, rounds
from reporting.annual.models import FormVersion, Question, Report, Round, Section
from reporting.annual.round_forms import first_values, next_values
from reporting.annual.shipped import shipped
from reporting.annual.working_days import easter, holidays, is_working_day, next_working_day
from tests import factories
from tests.reporting.annual.writing import PLAN, act, begun

pytestmark = pytest.mark.django_db
DATES = ("period_start", "period_end", "opens_on", "deadline")


@pytest.fixture
def made(programme, project, admin):
    return rounds.create_round(by=act(admin), programme=programme, plan=PLAN)


def edit(admin, round_, **changes):
    """Change one question of the full form."""
    round_.refresh_from_db()
    question = Question.objects.get(section__form=round_.form, key="neste")
    plan = replace(questions.plan_of(question), **changes)
    return questions.change_question(
        by=act(admin), round_=round_, version=round_.version, kind="full", section="videre", key="neste", plan=plan
    )


def test_a_new_round_has_the_shipped_forms_and_a_report_for_every_project_in_use(made, project, programme):
    cohort = project.cohort
    assert [section.key for section in made.form.sections.all()] == [
        "prosjektet", "maal", "tiltak", "gevinster", "fallgruver", "laering", "videre",
    ]  # fmt: skip
    assert Report.objects.get().state == Report.State.NOT_STARTED
    factories.project(cohort=cohort, followed_since=None)
    factories.project(cohort=cohort)
    assert rounds.prepare(by=act(None), round_=made) == 1
    assert rounds.prepare(by=act(None), round_=made) == 0


def test_the_short_form_asks_five_questions(made):
    asked = [q for q in Question.objects.filter(section__form=made.short_form) if not q.is_fact]
    assert len(asked) == 5


def test_a_deadline_on_a_sunday_is_moved_to_monday(made):
    assert (made.deadline, made.due_on) == (date(2015, 2, 1), date(2015, 2, 2))


def test_there_is_one_round_of_a_kind_a_year(made, programme, admin):
    with pytest.raises(rounds.RoundExists):
        rounds.create_round(by=act(admin), programme=programme, plan=PLAN)
    rounds.create_round(by=act(admin), programme=programme, plan=replace(PLAN, kind="half_year"))


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"period_end": date(2014, 1, 1)}, "period_end"), ({"deadline": date(2014, 11, 30)}, "deadline")],
)
def test_dates_come_in_order(programme, admin, changes, field):
    with pytest.raises(rounds.DatesOutOfOrder) as refusal:
        rounds.create_round(by=act(admin), programme=programme, plan=replace(PLAN, **changes))
    assert refusal.value.field == field


def test_a_new_round_is_never_late_from_its_first_day(programme, admin):
    """The day is the actor's: a loader that makes a round in its own time is not refused."""
    late = act(admin, PLAN.deadline + timedelta(days=1))
    with pytest.raises(rounds.DeadlinePassed):
        rounds.create_round(by=late, programme=programme, plan=PLAN)
    assert not Round.objects.exists()
    rounds.create_round(by=act(admin, PLAN.deadline), programme=programme, plan=PLAN)


def test_a_round_that_is_changed_keeps_its_passed_deadline_but_gets_no_other(made, admin):
    late = act(admin, PLAN.deadline + timedelta(days=9))
    rounds.change_round(by=late, round_=made, version=1, plan=replace(PLAN, grace_days=7))
    other = replace(PLAN, deadline=PLAN.deadline + timedelta(days=1))
    with pytest.raises(rounds.DeadlinePassed):
        rounds.change_round(by=late, round_=made, version=2, plan=other)
    made.refresh_from_db()
    assert (made.grace_days, made.deadline, made.version) == (7, PLAN.deadline, 2)


@pytest.mark.parametrize("kind", Round.Kind.values)
@given(today=st.dates(date(2012, 1, 1), date(2030, 12, 31)))
def test_a_proposed_round_has_its_deadline_ahead(kind, today):
    first = first_values(kind, today)
    last = Round(kind=kind, **{name: first[name] for name in ("year", *DATES)})
    for values in (first, next_values(last, today), next_values(last, today + timedelta(days=1000))):
        assert values["deadline"] >= today
        assert values["period_start"] < values["period_end"]
        assert values["opens_on"] <= values["deadline"]
    assert next_values(last, today)["year"] == first["year"] + 1
    assert next_values(last, today + timedelta(days=1000))["deadline"] >= today + timedelta(days=1000)


def test_last_years_round_is_copied_with_its_form(made, admin):
    copy = rounds.copy_round(by=act(admin), source=made, year=2015)
    assert (copy.form, copy.short_form) == (made.form, made.short_form)
    assert (copy.period_start, copy.deadline) == (date(2015, 1, 1), date(2016, 2, 1))


def test_a_stale_edit_of_a_round_is_refused(made, admin):
    rounds.change_round(by=act(admin), round_=made, version=1, plan=replace(PLAN, grace_days=7))
    with pytest.raises(rounds.StaleRound):
        rounds.change_round(by=act(admin), round_=made, version=1, plan=PLAN)


def test_a_form_nobody_has_begun_on_is_edited_in_place(made, admin):
    form = edit(admin, made, title={"nb": "Hva skjer nå?", "nn": "", "en": ""})
    assert form == made.form
    assert Question.objects.get(section__form=form, key="neste").title["nb"] == "Hva skjer nå?"


def test_a_form_in_use_is_left_alone_and_followed_by_a_new_version(made, project, leader, admin):
    report = begun(project, leader, made)
    form = edit(admin, made, title={"nb": "Hva skjer nå?", "nn": "", "en": ""})
    assert (form.number, form.based_on) == (2, report.form)
    assert Question.objects.get(section__form=report.form, key="neste").title["nb"] == "Hva gjør dere nå?"
    assert (
        Question.objects.filter(section__form=form).count()
        == Question.objects.filter(section__form=report.form).count()
    )
    made.refresh_from_db()
    assert made.form == form


def test_last_years_form_is_not_changed_by_this_years_edit(made, admin):
    copy = rounds.copy_round(by=act(admin), source=made, year=2015)
    form = edit(admin, copy, required=False)
    assert form != made.form


@pytest.mark.parametrize("who", ["leader", "owner", "adviser", "reader", "stranger"])
def test_only_an_administrator_sets_up_rounds(who, programme, request):
    with pytest.raises(NotAllowed):
        rounds.create_round(by=act(request.getfixturevalue(who)), programme=programme, plan=PLAN)


@pytest.mark.parametrize("kind", ["full", "short"])
def test_the_shipped_forms_are_whole(kind):
    """Every text in three languages, keys once, and conditions on questions that can be answered so."""
    sections = shipped(kind)
    questions = [question for section in sections for question in section["question"]]
    by_key = {question["key"]: question for question in questions}
    assert len(by_key) == len(questions)
    texts = [part[name] for part in (*sections, *questions) for name in ("title", "help", "unit") if name in part]
    texts += [choice for question in questions for choice in question.get("choices", [])]
    for text in texts:
        assert all(text[language].strip() for language in ("nb", "nn", "en"))
    for question in questions:
        other = by_key.get(question.get("condition", {}).get("question"))
        if other and "in" in question["condition"]:
            assert set(question["condition"]["in"]) <= {choice["key"] for choice in other["choices"]}


def test_a_programme_of_another_kind_has_its_own_forms(made, admin, project):
    other = factories.programme()
    rounds.create_round(by=act(admin), programme=other, plan=PLAN)
    assert FormVersion.objects.filter(programme=other).count() == 2
    assert Section.objects.filter(form=made.form).count() == 7


@pytest.mark.parametrize(
    ("year", "day"),
    [(2013, date(2013, 3, 31)), (2014, date(2014, 4, 20)), (2015, date(2015, 4, 5)), (2038, date(2038, 4, 25))],
)
def test_easter(year, day):
    assert easter(year) == day


def test_the_public_holidays_of_a_year():
    assert holidays(2015) == {
        date(2015, 1, 1), date(2015, 3, 29), date(2015, 4, 2), date(2015, 4, 3), date(2015, 4, 5), date(2015, 4, 6),
        date(2015, 5, 1), date(2015, 5, 14), date(2015, 5, 17), date(2015, 5, 24), date(2015, 5, 25),
        date(2015, 12, 25), date(2015, 12, 26),
    }  # fmt: skip


@given(st.dates(date(1990, 1, 1), date(2090, 12, 31)))
def test_a_moved_deadline_is_the_first_working_day(day):
    moved = next_working_day(day)
    assert is_working_day(moved)
    assert day <= moved <= day + timedelta(days=6)
    assert not any(is_working_day(day + timedelta(days=n)) for n in range((moved - day).days))
