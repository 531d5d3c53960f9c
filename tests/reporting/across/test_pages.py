"""What advisers meet when they read across: the column, an answer, the codes."""

import pytest
from django.urls import reverse

from municipalities.models import County
from reporting.across.models import Coding
from reporting.annual.models import Submission
from tests import factories
from tests.reporting.across.conftest import ANSWER, QUESTION, marked
from tests.reporting.annual.test_integrity import unguarded
from tests.reporting.annual.writing import ANSWERS, a_round, approved, complete, save, send_in, sent_in

pytestmark = pytest.mark.django_db
HURDLE = "Det ble for langt fra hverdagen i Meråker."


@pytest.fixture
def reading(client, adviser):
    client.force_login(adviser)
    return client


def column(client, round_, **query):
    query = {"runde": round_.pk, "sporsmal": QUESTION, **query}
    answer = client.get(reverse("across", args=[round_.programme.slug]), query)
    assert answer.status_code == 200
    return answer.content.decode()


def page_of(submission, question=QUESTION):
    return reverse("across_answer", args=[submission.report.round.programme.slug, submission.pk, question])


def mark(client, submission, **sent):
    return client.post(page_of(submission), {"codes": ["F3"], "note": "", "quote": "", **sent})


def test_the_column_has_the_newest_submitted_answers_and_no_draft(reading, submission, leader, other_project):
    other = factories.user("Nina")
    factories.role(other, "leader", other_project)
    draft = complete(other_project, submission.report.round)
    section = draft.form.sections.get(questions__key=QUESTION)
    save(draft, other, section.key, **{QUESTION: "Dette er bare et utkast."})
    page = column(reading, submission.report.round)
    assert ANSWER.split("\n")[0] in page
    assert "Til gjennomgang" in page
    assert "Dette er bare et utkast" not in page
    assert "1 rapport er sendt inn" in page


def test_empty_answers_are_counted_and_not_listed(reading, programme, project, leader, owner):
    factories.target(project, is_main=True)
    round_ = a_round(programme)
    report = complete(project, round_)
    save(report, leader, report.form.sections.get(questions__key="hjelp").key, hjelp=None)
    send_in(report)
    page = column(reading, round_, sporsmal="hjelp")
    assert "0 svar, 1 sendt inn uten svar" in page
    assert f">{project.title}</h3>" not in page


def test_the_column_is_narrowed_by_county_theme_and_text(reading, submission):
    round_ = submission.report.round
    project = submission.report.project
    county = project.municipalities.get().county.number
    theme = project.cohort.programme.themes.create(key="heltid", name_nb="Heltid")
    project.theme_links.create(theme=theme)
    title = f">{project.title}</h3>"
    assert title in column(reading, round_, fylke=county)
    elsewhere = f"{(int(county) + 1) % 100:02}"
    County.objects.create(number=elsewhere, name="Et annet fylke", valid_from=factories.START)
    assert title not in column(reading, round_, fylke=elsewhere)
    for name, value in (("fylke", "x"), ("tema", "finnes-ikke")):
        html = column(reading, round_, **{name: value})
        assert f"Vi kjenner ikke filteret {name}={value} her" in html
        assert title in html
    assert title in column(reading, round_, tema=theme.key)
    assert title in column(reading, round_, q="HVERDAGEN i")
    assert "Nullstill filtrene" in column(reading, round_, q="står ikke der")


def test_a_pasted_quote_gets_its_codes_and_is_shown(reading, submission):
    answer = mark(reading, submission, quote=f"«{HURDLE}»", codes=["F3", "godt-eksempel"], note="Ta med")
    assert answer.status_code == 303
    assert {row.code for row in Coding.objects.all()} == {"F3", "godt-eksempel"}
    page = reading.get(page_of(submission)).content.decode()
    assert f"<mark>{HURDLE}</mark>" in page
    assert "Ta med" in page
    assert f"<mark>{HURDLE}</mark>" in column(reading, submission.report.round)


def test_a_pasted_quote_may_have_other_capitals_and_more_blanks(reading, submission):
    assert mark(reading, submission, quote=f"  {HURDLE.upper()} ".replace(" ", "  ")).status_code == 303
    assert Coding.objects.get().passage.text == HURDLE


def test_sentences_can_be_chosen_instead(reading, submission):
    assert mark(reading, submission, sentences=["1", "2"]).status_code == 303
    assert Coding.objects.get().passage.text == ANSWER[22:-22]


@pytest.mark.parametrize(
    ("sent", "error"),
    [
        ({}, "Velg en setning, eller skriv ordene"),
        ({"quote": "Står ikke der"}, "Ordene står ikke i svaret"),
        ({"quote": "Felles kurs for alle."}, "Ordene står flere steder"),
        ({"sentences": ["99"]}, "Svaret har ingen slik setning"),
        ({"quote": HURDLE, "codes": []}, "Velg minst én kode"),
        ({"quote": HURDLE, "codes": ["F8"]}, "Koden finnes ikke i programmet"),
        ({"quote": HURDLE, "note": "\x07"}, "usynlige styretegn"),
    ],
)  # fmt: skip
def test_a_refused_marking_says_why_and_keeps_what_was_typed(reading, submission, sent, error):
    answer = mark(reading, submission, **{"note": "Skal stå", **sent})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert error in page
    assert not Coding.objects.exists()
    assert "note" in sent or "Skal stå" in page


def test_words_that_stand_twice_are_found_where_they_were_selected(reading, submission):
    assert mark(reading, submission, quote="Felles kurs for alle.", near="90").status_code == 303
    assert Coding.objects.get().passage.start > 50


def test_what_is_not_as_it_was_received_is_not_quoted(reading, submission):
    unguarded("update")
    Submission.objects.update(is_late=True)
    answer = mark(reading, submission, quote=HURDLE)
    assert answer.status_code == 422
    assert "sjekksummen" in answer.content.decode()
    assert not Coding.objects.exists()


def test_a_code_is_taken_back_and_listed_as_withdrawn(reading, submission, adviser):
    (given,) = marked(submission, adviser, HURDLE, "F3")
    address = reverse(
        "across_withdraw", args=[submission.report.round.programme.slug, submission.pk, QUESTION, given.pk]
    )
    assert reading.post(address).status_code == 303
    assert reading.get(address).headers["Location"] == page_of(submission) + "#merket"
    page = reading.get(page_of(submission)).content.decode()
    assert "1 kode er trukket" in page
    assert "<mark>" not in page


def test_the_codes_say_which_projects_and_lead_to_the_passages(reading, submission, adviser):
    marked(submission, adviser, HURDLE, "F3", "laeringspunkt")
    slug = submission.report.round.programme.slug
    page = reading.get(reverse("across_codes", args=[slug])).content.decode()
    assert submission.report.project.title in page
    assert reverse("across_code", args=[slug, "F3"]) in page
    page = reading.get(reverse("across_code", args=[slug, "F3"]), {"runde": submission.report.round_id})
    assert HURDLE in page.content.decode()
    assert reading.get(reverse("across_code", args=[slug, "F8"])).status_code == 404


def test_a_trial_is_not_read_across(reading, programme, project, submission):
    trial = complete(project, a_round(programme, is_test=True))
    tried = send_in(trial)
    assert "(prøve)" not in column(reading, submission.report.round)
    assert f">{project.title}</h3>" in column(reading, trial.round), "a round of earnest is shown instead"
    assert reading.get(page_of(submission)).status_code == 200
    assert reading.get(page_of(tried)).status_code == 404
    assert reading.get(reverse("letter", args=[programme.slug, tried.pk])).status_code == 404


def test_the_pages_ask_the_database_few_questions(
    reading, submission, adviser, other_project, django_assert_max_num_queries
):
    for name, role in (("Nina", "leader"), ("Odd", "owner")):
        factories.role(factories.user(name), role, other_project)
    other = sent_in(other_project, submission.report.round)
    approved(other, adviser)
    marked(submission, adviser, HURDLE, "F3", "laeringspunkt")
    marked(other, adviser, ANSWERS["text"], "F3", "laeringspunkt")
    slug = submission.report.round.programme.slug
    with django_assert_max_num_queries(20):
        column(reading, submission.report.round)
    with django_assert_max_num_queries(16):
        reading.get(page_of(submission))
    with django_assert_max_num_queries(14):
        reading.get(reverse("across_codes", args=[slug]))
    with django_assert_max_num_queries(20):
        reading.get(reverse("across_lessons", args=[slug]))
    with django_assert_max_num_queries(12):
        reading.get(reverse("letters", args=[slug]))
    with django_assert_max_num_queries(14):
        reading.get(reverse("letter", args=[slug, other.pk]))
