"""An administrator's pages for the questions of a form: written, previewed, added, changed, moved and taken out."""

from datetime import date

import pytest
from django.urls import reverse

from reporting.annual.actions import questions
from reporting.annual.models import FormVersion, Question, Round
from tests.reporting.annual.test_questions import SECTION, keys, stored
from tests.reporting.annual.test_round_pages import values
from tests.reporting.annual.writing import a_round, begun

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_january(settings):
    settings.DEMO, settings.DEMO_TODAY = True, date(2015, 1, 22)


@pytest.fixture
def made(programme, project):
    return a_round(programme)


@pytest.fixture
def setting_up(client, admin):
    client.force_login(admin)
    return client


@pytest.fixture
def url(made):
    """`url(name, …)`: the address of a page of the round's full form."""
    return lambda name, *more: reverse(name, args=[made.programme.slug, made.pk, "full", SECTION, *more])


def new(url, kind):
    return f"{url('setup_round_question_new')}?type={kind}"


def test_the_kind_of_answer_is_chosen_first(setting_up, url):
    page = setting_up.get(url("setup_round_question_new")).content.decode()
    for kind in Question.Type.values:
        assert f'href="?type={kind}"' in page


@pytest.mark.parametrize("kind", Question.Type.values)
def test_a_question_of_every_type_is_written_previewed_and_added(setting_up, url, made, kind):
    page = setting_up.get(new(url, kind))
    choices = {"choice_0_nb": "Ja", "choice_1_nb": "Nei", "choice_1_nn": "Nei"}
    sent = {**values(page), "title_nb": "Hva er nytt?", "title_nn": "Kva er nytt?", "help_nb": "Kort.", **choices}
    preview = setting_up.post(new(url, kind), {**sent, "do": "preview"})
    text = preview.content.decode()
    assert preview.status_code == 200
    assert "Kva er nytt?" in text
    assert "bokmål vises i stedet" in text
    assert "hva_er_nytt" not in keys(made.form)
    assert setting_up.post(new(url, kind), sent).status_code == 303
    added = stored(made.form, "hva_er_nytt")
    assert (added.type, added.title, added.help) == (
        kind,
        {"nb": "Hva er nytt?", "nn": "Kva er nytt?"},
        {"nb": "Kort."},
    )
    if kind in questions.WITH_CHOICES:
        assert added.choices == [{"key": "ja", "nb": "Ja"}, {"key": "nei", "nb": "Nei", "nn": "Nei"}]


def test_the_same_question_twice_gets_a_key_of_its_own(setting_up, url, made):
    for _ in range(2):
        sent = {**values(setting_up.get(new(url, "text"))), "title_nb": "Hva er nytt?"}
        assert setting_up.post(new(url, "text"), sent).status_code == 303
    assert keys(made.form)[-2:] == ["hva_er_nytt", "hva_er_nytt_2"]


@pytest.mark.parametrize("title", ["Unchanged", "2014?", "???", "Ærlig talt, ååå!", "x" * 300])
def test_any_title_makes_a_key(setting_up, url, made, title):
    sent = {**values(setting_up.get(new(url, "text"))), "title_nb": title}
    assert setting_up.post(new(url, "text"), sent).status_code == 303
    assert keys(made.form)[-1] != "unchanged"


@pytest.mark.parametrize(
    ("kind", "sent", "words"),
    [
        ("text", {"title_nb": ""}, "Fyll ut dette feltet"),
        ("text", {"title_nb": "x" * 301}, "300"),
        ("text", {"help_en": "x" * 1001}, "1000"),
        ("text", {"limit": "0"}, "ikke være under 1"),
        ("text", {"limit": "-5"}, "ikke være under 1"),
        ("text", {"limit": "mange"}, "aria-invalid"),
        ("text", {"limit": "999999"}, "ikke være over"),
        ("lessons", {"choice_0_nb": "A", "choice_1_nb": "B", "limit": "21"}, "ikke være over 20"),
        ("choice", {}, "Skriv minst to svar på bokmål"),
        ("choice", {"choice_0_nb": "Ja"}, "Skriv minst to svar på bokmål"),
        ("choice", {"choice_0_nb": "Ja", "choice_1_nb": " ja "}, "kan ikke være like"),
        ("choice", {"choice_0_nb": "Ja", "choice_1_nb": "Nei", "choice_2_nn": "Kanskje"}, "på bokmål også"),
        ("multiple", {"choice_0_nb": "x" * 201, "choice_1_nb": "Nei"}, "200"),
        ("text", {"condition_question": "viderefores"}, "Velg hvilke svar"),
        ("text", {"condition_question": "viderefores", "condition_in": "kanskje"}, "aria-invalid"),
        ("text", {"condition_question": "neste", "condition_in": "ja"}, "aria-invalid"),
        ("text", {"condition_question": "arsverk", "condition_above": "noen"}, "aria-invalid"),
        ("text", {"rows": "99999999999"}, "Fyll ut dette feltet"),
        ("choice", {"rows": "-1"}, "Skriv minst to svar"),
    ],
)
def test_bad_input_is_said_at_its_field_and_kept(setting_up, url, made, kind, sent, words):
    title = {} if "title_nb" in sent or ("rows" in sent and kind == "text") else {"title_nb": "Hva er nytt?"}
    typed = {**values(setting_up.get(new(url, kind))), **title, **sent}
    response = setting_up.post(new(url, kind), typed)
    text = response.content.decode().replace("\u202f", "").replace("\u00a0", " ")
    assert response.status_code == 422
    assert words in text
    assert "hva_er_nytt" not in keys(made.form)
    for name, value in {**title, **sent}.items():
        assert name in ("rows", "condition_in") or value.strip() in text


def test_what_decides_is_chosen_and_then_its_answers(setting_up, url, made):
    sent = {**values(setting_up.get(new(url, "text"))), "title_nb": "Hvem?", "condition_question": "viderefores"}
    shown = setting_up.post(new(url, "text"), {**sent, "do": "more"})
    text = shown.content.decode()
    assert shown.status_code == 200
    assert 'name="condition_in"' in text
    assert "Hvem?" in text
    assert setting_up.post(new(url, "text"), {**sent, "condition_in": ["ja", "underveis"]}).status_code == 303
    assert stored(made.form, "hvem").condition == {"question": "viderefores", "in": ["ja", "underveis"]}
    page = setting_up.get(url("setup_round_question", "hvem"))
    assert values(page)["condition_in"] == ["ja", "underveis"]
    assert setting_up.post(url("setup_round_question", "hvem"), {**values(page), "condition_question": ""})
    assert stored(made.form, "hvem").condition == {}


def test_a_number_decides_too(setting_up, url, made):
    sent = {**values(setting_up.get(new(url, "text"))), "title_nb": "Hvem?", "condition_question": "arsverk"}
    assert setting_up.post(new(url, "text"), {**sent, "condition_above": "0"}).status_code == 303
    assert stored(made.form, "hvem").condition == {"question": "arsverk", "above": 0}


def test_choices_are_reworded_added_and_taken_away_and_keep_their_keys(setting_up, url, made):
    page = setting_up.get(url("setup_round_question", "viderefores"))
    before = stored(made.form, "viderefores").choices
    more = setting_up.post(url("setup_round_question", "viderefores"), {**values(page), "do": "more"})
    assert more.content.decode().count('name="choice_') > page.content.decode().count('name="choice_')
    sent = {**values(page), "choice_0_nb": "Ja, det er bestemt", f"choice_{len(before)}_nb": "Vet ikke"}
    assert setting_up.post(url("setup_round_question", "viderefores"), sent).status_code == 303
    after = stored(made.form, "viderefores").choices
    assert [choice["key"] for choice in after] == [*(choice["key"] for choice in before), "vet_ikke"]
    assert after[0]["nb"] == "Ja, det er bestemt"
    assert after[1:-1] == before[1:]


def test_a_bokmal_text_that_changes_alone_is_pointed_out(setting_up, url, made):
    sent = {**values(setting_up.get(new(url, "text"))), "title_nb": "Hva er nytt?", "title_nn": "Kva er nytt?"}
    setting_up.post(new(url, "text"), sent)
    page = url("setup_round_question", "hva_er_nytt")
    warning = "Teksten på bokmål er endret, men ikke på nynorsk."
    both = {"title_nb": "Hva er nytt i år?", "title_nn": "Kva er nytt i år?"}
    for change, is_warned in ((both, False), ({"title_nb": "Hva har skjedd?"}, True), ({"help_nb": "Kort."}, False)):
        answer = setting_up.post(page, {**values(setting_up.get(page)), **change}, follow=True)
        assert (warning in answer.content.decode()) is is_warned


def test_an_answer_others_wait_for_is_not_taken_away(setting_up, url, made):
    page = setting_up.get(url("setup_round_question", "viderefores"))
    emptied = dict.fromkeys(("choice_0_nb", "choice_0_nn", "choice_0_en"), "")
    response = setting_up.post(url("setup_round_question", "viderefores"), {**values(page), **emptied})
    assert response.status_code == 422
    assert "stilles bare etter svar på dette" in response.content.decode()


def test_a_question_is_taken_out_after_a_page_that_says_what_it_means(setting_up, url, made, project, leader):
    begun(project, leader, made)
    page = setting_up.get(url("setup_round_question_remove", "neste"))
    assert "beholder spørsmålet og svarene" in page.content.decode()
    sent = {"version": Round.objects.get().version}
    assert setting_up.post(url("setup_round_question_remove", "neste"), sent).status_code == 303
    assert "neste" not in keys(Round.objects.get().form)
    assert "neste" in keys(FormVersion.objects.get(kind="full", number=1))


def test_a_question_others_wait_for_is_not_taken_out(setting_up, url, made):
    response = setting_up.post(url("setup_round_question_remove", "viderefores"), {"version": made.version})
    assert response.status_code == 409
    assert "«Hvem fører det videre?»" in response.content.decode()
    assert "viderefores" in keys(made.form)


@pytest.mark.parametrize("version", ["", "0", "x", "9" * 30, "-1"])
def test_taking_out_on_a_stale_page_changes_nothing(setting_up, url, made, version):
    assert setting_up.post(url("setup_round_question_remove", "neste"), {"version": version}).status_code == 409
    assert "neste" in keys(made.form)


def test_a_question_is_moved_from_the_page_of_the_round(setting_up, url, made):
    before = keys(made.form)
    page = setting_up.get(reverse("setup_round", args=[made.programme.slug, made.pk])).content.decode()
    assert url("setup_round_question_move", before[-1]) in page
    sent = {"version": made.version, "do": "up"}
    response = setting_up.post(url("setup_round_question_move", before[-1]), sent)
    assert response.headers["Location"].endswith(f"#q-{before[-1]}")
    assert keys(made.form)[-2] == before[-1]
    stale = setting_up.post(url("setup_round_question_move", before[-1]), sent, follow=True)
    assert "Noen andre har endret runden" in stale.content.decode()
    assert keys(made.form)[-2] == before[-1]


def test_someone_elses_edit_of_the_question_is_shown_beside_ones_own(setting_up, url, made):
    page = setting_up.get(url("setup_round_question", "neste"))
    first, second = ({**values(page), "title_nb": text} for text in ("Hva nå?", "Hva så?"))
    assert setting_up.post(url("setup_round_question", "neste"), first).status_code == 303
    response = setting_up.post(url("setup_round_question", "neste"), second)
    text = response.content.decode()
    assert response.status_code == 409
    assert "Hva nå?" in text
    assert "Hva så?" in text
    assert stored(made.form, "neste").title["nb"] == "Hva nå?"
    assert setting_up.post(url("setup_round_question", "neste"), {**values(response)}).status_code == 303
    assert stored(made.form, "neste").title["nb"] == "Hva så?"


def test_a_new_question_is_answered_by_the_next_project_that_begins(setting_up, url, made, client, project, leader):
    sent = {
        **values(setting_up.get(new(url, "number"))),
        "title_nb": "Hvor mange?",
        "unit_nb": "enheter",
        "required": "on",
    }
    assert setting_up.post(new(url, "number"), sent).status_code == 303
    begun(project, leader, Round.objects.get())
    client.force_login(leader)
    page = client.get(reverse("report_section", args=[project.slug, "2014", SECTION])).content.decode()
    assert "Hvor mange?" in page
    assert 'id="sv-hvor_mange"' in page
    assert "enheter" in page
