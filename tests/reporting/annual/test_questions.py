"""The questions of a form: added, changed, moved and taken out by an administrator, never under a report in use."""

from dataclasses import replace
from datetime import date

import pytest
from django.urls import resolve, reverse

from accounts.actor import NotAllowed
from reporting.annual.actions import forms, questions
from reporting.annual.models import Question, Report, Round
from reporting.annual.shipped import shipped
from tests.reporting.annual.writing import a_round, act, begun, save

pytestmark = pytest.mark.django_db
TITLE = {"nb": "Noe mer?", "nn": "Noko meir?", "en": "Anything else?"}
TEXT = questions.QuestionPlan(type="text", title=TITLE)
CHOICES = [{"key": "ja", "nb": "Ja"}, {"key": "nei", "nb": "Nei"}]
SECTION = "videre"


@pytest.mark.parametrize("kind", ["full", "short"])
def test_no_section_of_a_shipped_form_hides_another_page_of_the_report(kind):
    for section in shipped(kind):
        address = reverse("report_section", args=["prosjekt", "2014", section["key"]])
        assert resolve(address).url_name == "report_section"
    assert resolve(reverse("report_section", args=["prosjekt", "2014", "uttalelse"])).url_name != "report_section"


@pytest.fixture(autouse=True)
def _in_january(settings):
    settings.DEMO, settings.DEMO_TODAY = True, date(2015, 1, 22)


@pytest.fixture
def made(programme, project, other_project):
    return a_round(programme)


@pytest.fixture
def place(made, admin):
    """What every action on the round's full form takes, with the round's version as it is now."""
    return lambda: {
        "by": act(admin), "round_": made, "kind": "full", "section": SECTION,
        "version": Round.objects.get(pk=made.pk).version,
    }  # fmt: skip


def keys(form, section=SECTION):
    return [row.key for row in Question.objects.filter(section__form=form, section__key=section).order_by("order")]


def stored(form, key):
    return Question.objects.get(section__form=form, key=key)


@pytest.mark.parametrize(
    "plan",
    [
        TEXT,
        replace(TEXT, limit=500, required=True, help=TITLE),
        replace(TEXT, type="number", unit={"nb": "årsverk"}),
        replace(TEXT, type="choice", choices=CHOICES),
        replace(TEXT, type="multiple", choices=CHOICES),
        replace(TEXT, type="lessons", choices=CHOICES, limit=5),
        replace(TEXT, type="confirmation"),
        replace(TEXT, type="measurements"),
        replace(TEXT, type="pitfalls"),
        replace(TEXT, type="roles"),
        replace(TEXT, condition={"question": "viderefores", "in": ["ja"]}),
        replace(TEXT, condition={"question": "arsverk", "above": 0}),
    ],
)
def test_a_question_of_every_type_is_added_last_and_taken_out(made, place, plan):
    before = keys(made.form)
    questions.add_question(**place(), key="mer", plan=plan)
    assert keys(made.form) == [*before, "mer"]
    assert questions.plan_of(stored(made.form, "mer")) == plan
    questions.remove_question(**place(), key="mer")
    assert keys(made.form) == before


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": {"nb": " "}}, "title"),
        ({"title": {"nb": "x" * 301}}, "title"),
        ({"help": {"nn": "x" * 1001}}, "help"),
        ({"type": "number", "unit": {"nb": "x" * 31}}, "unit"),
        ({"type": "dans"}, "type"),
        ({"limit": 0}, "limit"),
        ({"limit": 20_001}, "limit"),
        ({"type": "lessons", "choices": CHOICES, "limit": 21}, "limit"),
        ({"type": "confirmation", "limit": 5}, "limit"),
        ({"type": "choice"}, "choices"),
        ({"type": "choice", "choices": CHOICES[:1]}, "choices"),
        ({"type": "choice", "choices": [*CHOICES, {"key": "ja", "nb": "Kanskje"}]}, "choices"),
        ({"type": "choice", "choices": [*CHOICES, {"key": "annet", "nb": "ja"}]}, "choices"),
        ({"type": "choice", "choices": [*CHOICES, {"key": "tom", "nb": " "}]}, "choices"),
        ({"type": "multiple", "choices": [*CHOICES, {"key": "lang", "nb": "x" * 201}]}, "choices"),
        ({"type": "choice", "choices": [{"key": f"k{n}", "nb": f"Svar {n}"} for n in range(31)]}, "choices"),
        ({"condition": {"question": "finnes_ikke", "in": ["ja"]}}, "condition"),
        ({"condition": {"question": "mer", "in": ["ja"]}}, "condition"),
        ({"condition": {"question": "neste", "in": ["ja"]}}, "condition"),
        ({"condition": {"question": "viderefores", "in": []}}, "condition"),
        ({"condition": {"question": "viderefores", "in": ["kanskje"]}}, "condition"),
        ({"condition": {"question": "viderefores", "above": 0}}, "condition"),
        ({"condition": {"question": "arsverk", "in": ["ja"]}}, "condition"),
        ({"condition": {"question": "arsverk", "above": "mange"}}, "condition"),
    ],
)
def test_a_question_that_cannot_be_asked_is_refused(made, place, changes, field):
    with pytest.raises(forms.InvalidPart) as refusal:
        questions.add_question(**place(), key="mer", plan=replace(TEXT, **changes))
    assert refusal.value.field == field
    assert "mer" not in keys(made.form)


@pytest.mark.parametrize("key", ["unchanged", "", "Mer", "1mer", "me-r", "x" * 41, "mer\n"])
def test_a_key_that_would_collide_is_refused(place, key):
    with pytest.raises(forms.InvalidPart):
        questions.add_question(**place(), key=key, plan=TEXT)


def test_a_key_is_used_once_in_a_form(place):
    for key in ("neste", "gevinster"):
        with pytest.raises(questions.QuestionExists):
            questions.add_question(**place(), key=key, plan=TEXT)


def test_a_question_never_waits_for_a_later_one(made, place):
    with pytest.raises(forms.InvalidPart) as refusal:
        questions.change_question(
            **{**place(), "section": "prosjektet"}, key="endringer",
            plan=replace(TEXT, condition={"question": "viderefores", "in": ["ja"]}),
        )  # fmt: skip
    assert refusal.value.field == "condition"


def test_what_others_wait_for_stays(made, place):
    with pytest.raises(questions.NeededByOthers) as needed:
        questions.remove_question(**place(), key="viderefores")
    assert [row.key for row in needed.value.questions] == ["hvem_videre"]
    plan = questions.plan_of(stored(made.form, "viderefores"))
    fewer = replace(plan, choices=[choice for choice in plan.choices if choice["key"] != "underveis"])
    with pytest.raises(questions.NeededByOthers):
        questions.change_question(**place(), key="viderefores", plan=fewer)
    reworded = replace(plan, choices=[{**choice, "nb": f"{choice['nb']}!"} for choice in plan.choices])
    questions.change_question(**place(), key="viderefores", plan=reworded)
    assert stored(made.form, "viderefores").choices[0]["nb"].endswith("!")


def test_a_question_keeps_its_type(made, place):
    with pytest.raises(forms.InvalidPart) as refusal:
        questions.change_question(**place(), key="neste", plan=replace(TEXT, type="number"))
    assert refusal.value.field == "type"


def test_questions_change_places_but_none_comes_before_what_it_waits_for(made, place):
    before = keys(made.form)
    for key in before[1:]:
        if stored(made.form, key).condition.get("question") == keys(made.form)[keys(made.form).index(key) - 1]:
            with pytest.raises(questions.NoRoom):
                questions.move_question(**place(), key=key, is_up=True)
            source = stored(made.form, key).condition["question"]
            with pytest.raises(questions.NoRoom):
                questions.move_question(**place(), key=source, is_up=False)
    for key, is_up in ((before[0], True), (before[-1], False)):
        with pytest.raises(questions.NoRoom):
            questions.move_question(**place(), key=key, is_up=is_up)
    questions.move_question(**place(), key=before[-1], is_up=True)
    assert keys(made.form) == [*before[:-2], before[-1], before[-2]]
    questions.move_question(**place(), key=before[-1], is_up=False)
    assert keys(made.form) == before


def edits(place):
    """Every edit of a form's questions."""
    return {
        "add": lambda: questions.add_question(**place(), key="mer", plan=TEXT),
        "change": lambda: questions.change_question(**place(), key="neste", plan=TEXT),
        "move": lambda: questions.move_question(**place(), key=shipped("full")[-1]["question"][-1]["key"], is_up=True),
        "remove": lambda: questions.remove_question(**place(), key="neste"),
    }


@pytest.mark.parametrize("edit", ["add", "change", "move", "remove"])
def test_a_form_in_use_never_changes(made, place, project, other_project, leader, edit):
    report = begun(project, leader, made)
    save(report, leader, SECTION, neste="Vi utvider.")
    before = list(Question.objects.filter(section__form=report.form).order_by("pk").values())
    form = edits(place)[edit]()
    assert (form.number, form.based_on) == (2, report.form)
    assert list(Question.objects.filter(section__form=report.form).order_by("pk").values()) == before
    report.refresh_from_db()
    assert (report.form.number, report.sections.get(key=SECTION).data) == (1, {"neste": "Vi utvider."})
    assert Round.objects.get().form == form
    assert Report.objects.get(project=other_project).form == form


@pytest.mark.parametrize("edit", ["add", "change", "move", "remove"])
def test_a_stale_edit_is_refused(made, place, admin, edit):
    stale = place()
    questions.add_question(**place(), key="annet", plan=TEXT)
    before = list(Question.objects.order_by("pk").values())
    with pytest.raises(forms.StaleForm):
        edits(lambda: stale)[edit]()
    assert list(Question.objects.order_by("pk").values()) == before


@pytest.mark.parametrize("who", ["leader", "owner", "adviser", "reader"])
@pytest.mark.parametrize("edit", ["add", "change", "move", "remove"])
def test_only_an_administrator_edits(place, who, edit, request):
    person = act(request.getfixturevalue(who))
    with pytest.raises(NotAllowed):
        edits(lambda: {**place(), "by": person})[edit]()
