"""What a number may be, and answers that stand alone: said while one writes, and in the way when one sends in."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import translation

from reporting.annual import content
from reporting.annual.actions import forms, questions
from reporting.annual.answers import problem
from reporting.annual.models import Question
from reporting.annual.report_page import problem_in_words
from reporting.annual.shipped import shipped
from tests.reporting.annual.test_question_pages import made, new, setting_up, url  # noqa: F401
from tests.reporting.annual.test_questions import keys, place, stored  # noqa: F401
from tests.reporting.annual.test_round_pages import values
from tests.reporting.annual.writing import filled, save, submitted

pytestmark = pytest.mark.django_db
FTES = Question(type="number", unit={"nb": "årsverk", "en": "FTEs"}, lowest=0, highest=Decimal(1000))
PITFALLS = Question(
    type="multiple", choices=[{"key": "a", "nb": "A"}, {"key": "x", "nb": "Ingen av disse", "excludes": True}]
)


@pytest.fixture(autouse=True)
def in_january(settings):
    settings.DEMO, settings.DEMO_TODAY = True, date(2015, 1, 22)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("0", ""), ("1 000", ""), ("2,4", ""), ("-3", "out_of_bounds"), ("1000,1", "out_of_bounds"),
        ("999 999 999", "out_of_bounds"), ("to", "not_a_number"),
    ],
)  # fmt: skip
def test_a_number_is_between_its_bounds(typed, code):
    assert problem(FTES, typed) == code


def test_the_words_say_what_is_allowed_in_the_readers_language():
    said = problem_in_words(FTES, "out_of_bounds").replace("\u00a0", " ").replace("\u202f", " ")
    assert said == "Skriv et tall mellom 0 og 1 000 årsverk"
    with translation.override("en"):
        assert problem_in_words(FTES, "out_of_bounds").startswith("Enter a number between 0 and 1\u202f000")
    only = Question(type="number", lowest=0)
    assert problem_in_words(only, "out_of_bounds") == "Skriv et tall som er minst 0"


def test_what_stands_alone_is_not_chosen_with_others():
    assert problem(PITFALLS, ["x"]) == problem(PITFALLS, ["a"]) == ""
    assert problem(PITFALLS, ["a", "x"]) == "not_alone"
    said = problem_in_words(PITFALLS, "not_alone")
    assert said == "«Ingen av disse» utelukker de andre svarene. La det stå alene, eller fjern krysset der"
    both = Question(type="multiple", choices=[{**row, "excludes": True} for row in PITFALLS.choices])
    assert "Hvert av svarene «A» og «Ingen av disse» utelukker alle" in problem_in_words(both, "not_alone")


@pytest.mark.parametrize("kind", ["year", "start_up", "final"])
def test_the_shipped_forms_say_it(kind):
    every = [Question(**plan) for section in shipped("full", kind) for plan in section["question"]]
    assert all(row.lowest is not None and row.highest is not None for row in every if row.type == "number")
    none = [choice for row in every for choice in row.choices if choice["nb"] == "Ingen av disse"]
    assert all(choice["excludes"] for choice in none)


def test_a_bad_number_is_hinted_while_writing_and_stops_the_submission(client, report, leader):
    client.force_login(leader)
    address = reverse("report_section", args=[report.project.slug, "2014", "gevinster"])
    sent = {
        "base_version": 1,
        "save_id": str(uuid4()),
        "was": "{}",
        "felt": ["gevinster", "arsverk"],
        "sv-arsverk": "-3",
    }
    headers = {"HX-Request": "true", "HX-Request-Type": "partial"}
    answer = client.post(address, sent, headers=headers)
    text = answer.content.decode().replace("\u00a0", " ")
    assert answer.status_code == 200, "what is typed is kept"
    assert 'id="sv-arsverk_said"' in text
    assert "Skriv et tall mellom 0 og" in text
    assert 'id="deler" hx-swap-oob="outerMorph"' in text, "the way through the report says how far one has come"
    page = client.get(address).content.decode().replace("\u00a0", " ")
    assert 'value="-3"' in page
    assert "Skriv et tall mellom 0 og" in page
    assert "Feil:" not in page
    assert client.post(address, {**sent, "base_version": 2, "save_id": str(uuid4()), "go": "next"}).status_code == 422
    wrong = content.errors(content.draft(report))
    assert wrong["gevinster"]["arsverk"] == "out_of_bounds"


def test_both_none_of_these_and_another_is_an_error_without_script(client, report, leader):
    save(report, leader, "fallgruver", fallgruver_mott=["ingen", "plan"])
    client.force_login(leader)
    address = reverse("report_section", args=[report.project.slug, "2014", "fallgruver"])
    assert "utelukker de andre svarene" in client.get(address).content.decode()
    assert (
        "utelukker de andre svarene"
        in client.get(reverse("report_preview", args=[report.project.slug, "2014"])).content.decode()
    )


def test_what_is_missing_and_what_must_be_mended_are_counted_apart(client, report, leader):
    save(filled(report, leader), leader, "gevinster", arsverk="-3", gevinster="")
    client.force_login(leader)
    page = " ".join(client.get(reverse("report_preview", args=[report.project.slug, "2014"])).content.decode().split())
    assert "<h2>1 svar mangler og 1 svar må rettes før rapporten kan sendes inn</h2>" in page
    assert "<small>1 svar mangler og 1 svar må rettes</small>" in page
    address = reverse("report_section", args=[report.project.slug, "2014", "gevinster"])
    sent = {"base_version": report.sections.get(key="gevinster").version, "save_id": str(uuid4()), "was": "{}"}
    text = client.post(address, {**sent, "felt": [], "go": "next"}).content.decode()
    assert "<h2>1 svar mangler og 1 svar må rettes før du går videre</h2>" in text
    save(report, leader, "gevinster", arsverk="3")
    page = client.get(reverse("report_preview", args=[report.project.slug, "2014"])).content.decode()
    assert "<h2>1 svar mangler før rapporten kan sendes inn</h2>" in page


def test_what_was_sent_in_before_there_were_bounds_is_still_read(client, report, leader, owner):
    Question.objects.filter(key="arsverk").update(lowest=None, highest=None)
    report.round.signature = "after"
    report.round.save()
    save(filled(report, leader), leader, "gevinster", arsverk="-3", bruk=None, bruk_bestemt=None)
    row = submitted(report, leader)
    Question.objects.filter(key="arsverk").update(lowest=0)
    client.force_login(leader)
    text = client.get(reverse("report_submitted", args=[report.project.slug, row.number])).content.decode()
    assert "\u22123" in text


def test_an_administrator_sets_bounds_and_what_stands_alone(setting_up, url, made):  # noqa: F811
    sent = {**values(setting_up.get(new(url, "number"))), "title_nb": "Hvor mange?", "lowest": "0", "highest": "2,5"}
    assert setting_up.post(new(url, "number"), sent).status_code == 303
    assert (stored(made.form, "hvor_mange").lowest, stored(made.form, "hvor_mange").highest) == (0, Decimal("2.5"))
    page = setting_up.get(url("setup_round_question", "hvor_mange"))
    assert values(page)["highest"] == "2,5"
    answer = setting_up.post(url("setup_round_question", "hvor_mange"), {**values(page), "lowest": "3"})
    assert answer.status_code == 422
    assert "kan ikke være mindre enn det minste" in answer.content.decode()
    sent = {
        **values(setting_up.get(new(url, "multiple"))), "title_nb": "Hvilke?", "choice_0_nb": "A",
        "choice_1_nb": "Ingen", "choice_1_excludes": "on",
    }  # fmt: skip
    assert setting_up.post(new(url, "multiple"), sent).status_code == 303
    assert stored(made.form, "hvilke").choices[1] == {"key": "ingen", "nb": "Ingen", "excludes": True}
    assert values(setting_up.get(url("setup_round_question", "hvilke")))["choice_1_excludes"]


@pytest.mark.parametrize(
    "changes", [{"type": "text", "lowest": Decimal(1)}, {"lowest": Decimal(2), "highest": Decimal(1)}]
)
def test_bounds_that_cannot_be_are_refused(place, made, changes):  # noqa: F811
    plan = questions.QuestionPlan(type="number", title={"nb": "Hvor mange?"})
    with pytest.raises(forms.InvalidPart):
        questions.add_question(**place(), key="mer", plan=replace(plan, **changes))
    assert "mer" not in keys(made.form)


def test_the_page_itself_has_one_way_through_the_report(client, report, leader):
    client.force_login(leader)
    page = client.get(reverse("report_section", args=[report.project.slug, "2014", "gevinster"])).content.decode()
    assert page.count('id="deler"') == 1
    assert "hx-swap-oob" not in page
