"""The project's side of the report, in a browser without script: write, see over, sign, submit, receipt."""

import re
from datetime import date
from html import unescape
from uuid import uuid4

import pytest
from django.urls import reverse

from reporting.annual.actions import reviews
from reporting.annual.content import content, seal
from reporting.annual.models import ConflictCopy, Report, Submission
from tests import factories
from tests.reporting.annual.writing import a_round, act, begun, filled, save, signed, submitted

pytestmark = pytest.mark.django_db
SECTION = "videre"


@pytest.fixture(autouse=True)
def in_january(settings):
    """The demonstration's date: the round for 2014 is open, its deadline is 2 February."""
    settings.DEMO, settings.DEMO_TODAY = True, date(2015, 1, 22)


@pytest.fixture
def url(project):
    """`url(name, …)`: the address of a page of the report for 2014."""
    return lambda name, *more: reverse(name, args=[project.slug, "2014", *more])


def hidden(response, name):
    """The value of a hidden field."""
    found = re.search(rf'name="{name}" value="([^"]*)"', response.content.decode())
    return unescape(found[1])


def typed(response, fields, **values):
    """What the section's form sends when these answers have been typed over what it showed."""
    sent = {name: hidden(response, name) for name in ("base_version", "save_id", "was")}
    return {**sent, "felt": fields, **{f"sv-{key}": value for key, value in values.items()}}


def asked(response):
    """The questions the page shows."""
    return re.findall(r'name="felt" value="([^"]+)"', response.content.decode())


def data_of(report, section=SECTION):
    """What is stored."""
    return report.sections.get(key=section).data


def test_the_leader_begins_the_report_and_is_led_to_the_first_section(client, url, project, leader, round_):
    client.force_login(leader)
    assert "Rapporten er ikke påbegynt" in client.get(url("report_round")).content.decode()
    answer = client.post(url("report_round"), {"form": "short"}, follow=True)
    assert answer.redirect_chain[0][1] == 303
    assert answer.request["PATH_INFO"] == url("report_section", "tiltak")
    assert Report.objects.get(project=project).form.kind == "short"


def test_a_section_shows_the_figures_with_a_way_to_correct_them(client, url, report, leader, target):
    client.force_login(leader)
    text = client.get(url("report_section", "maal")).content.decode()
    assert "10,8\u00a0%" in text
    assert "9,6\u00a0%" in text
    assert reverse("target", args=[report.project.slug, target.number]) in text


def test_plain_save_stores_what_was_typed_and_stays(client, url, report, leader):
    client.force_login(leader)
    page = client.get(url("report_section", SECTION))
    sent = typed(page, ["neste"], neste="Vi lærer opp to enheter til.\r\nInnen mai.")
    answer = client.post(url("report_section", SECTION), {**sent, "go": "save"})
    assert (answer.status_code, answer.headers["Location"]) == (303, url("report_section", SECTION))
    assert data_of(report) == {"neste": "Vi lærer opp to enheter til.\nInnen mai."}
    assert "Lagret kl." in client.get(url("report_section", SECTION)).content.decode()


def test_going_on_saves_and_says_what_is_missing_at_the_field(client, url, report, leader):
    client.force_login(leader)
    page = client.get(url("report_section", "gevinster"))
    sent = typed(page, asked(page), gevinster="Færre vikarer", arsverk="ca. to")
    answer = client.post(url("report_section", "gevinster"), {**sent, "go": "next"})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "<title>Feil:" in text.replace("\n", "")
    assert 'value="ca. to"' in text
    assert 'href="#sv-arsverk"' in text
    assert data_of(report, "gevinster")["arsverk"] == "ca. to"


def test_a_text_that_must_not_be_stored_is_refused_and_the_rest_is_kept(client, url, report, leader):
    client.force_login(leader)
    page = client.get(url("report_section", SECTION))
    sent = typed(page, ["neste", "hjelp"], neste="Født 01010112377 i går", hjelp="Turnusverktøy")
    answer = client.post(url("report_section", SECTION), {**sent, "go": "save"})
    assert answer.status_code == 422
    assert "Født 01010112377 i går" in answer.content.decode()
    assert data_of(report) == {"hjelp": "Turnusverktøy"}


def test_a_conditional_question_is_shown_when_it_applies(client, url, report, leader):
    client.force_login(leader)
    assert "hvem_videre" not in asked(client.get(url("report_section", SECTION)))
    save(report, leader, SECTION, viderefores="ja")
    assert "hvem_videre" in asked(client.get(url("report_section", SECTION)))


def test_a_save_without_a_version_is_refused(client, url, report, leader):
    client.force_login(leader)
    answer = client.post(url("report_section", SECTION), {"felt": ["neste"], "sv-neste": "x"})
    assert answer.status_code == 428
    assert data_of(report) == {}


def test_saving_while_writing_answers_when_it_is_stored(client, url, report, leader):
    client.force_login(leader)
    page = client.get(url("report_section", SECTION))
    htmx = {"HX-Request": "true", "HX-Request-Type": "partial"}
    first = client.post(url("report_section", SECTION), typed(page, ["neste"], neste="En"), headers=htmx)
    assert first.status_code == 200
    assert "Lagret kl." in first.content.decode()
    again = client.post(url("report_section", SECTION), typed(page, ["neste"], neste="En"), headers=htmx)
    second = client.post(url("report_section", SECTION), typed(first, ["neste"], neste="En to"), headers=htmx)
    assert (again.status_code, second.status_code) == (200, 200)
    assert data_of(report) == {"neste": "En to"}
    assert report.sections.get(key=SECTION).version == 3


def test_two_writers_of_one_answer_keep_both_texts_and_choose(client, url, report, leader):
    client.force_login(leader)
    page = client.get(url("report_section", SECTION))
    other = factories.user("Vara Vik")
    factories.role(other, "leader_deputy", report.project)
    save(report, other, SECTION, neste="Deres tekst")
    answer = client.post(url("report_section", SECTION), {**typed(page, ["neste"], neste="Min tekst"), "go": "next"})
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "Min tekst</textarea>" in text
    assert "Deres tekst" in text
    assert "Vara Vik" in text
    assert data_of(report) == {"neste": "Deres tekst"}
    chosen = {**typed(answer, ["neste"], neste="Begge"), "avgjor": hidden(answer, "avgjor"), "go": "save"}
    assert client.post(url("report_section", SECTION), chosen).status_code == 303
    assert data_of(report) == {"neste": "Begge"}
    assert not ConflictCopy.objects.filter(settled_at=None).exists()


def test_what_others_wrote_elsewhere_is_merged_and_never_overwritten(client, url, report, leader):
    client.force_login(leader)
    page = client.get(url("report_section", SECTION))
    other = factories.user("Vara Vik")
    factories.role(other, "leader_deputy", report.project)
    save(report, other, SECTION, hjelp="Deres hjelp")
    htmx = {"HX-Request": "true", "HX-Request-Type": "partial"}
    fields = ["neste", "hjelp"]
    first = client.post(url("report_section", SECTION), typed(page, fields, neste="Mitt"), headers=htmx)
    assert data_of(report) == {"neste": "Mitt", "hjelp": "Deres hjelp"}
    last = typed(first, fields, neste="Mitt", hjelp="Min hjelp")
    answer = client.post(url("report_section", SECTION), last, headers=htmx)
    assert answer.status_code == 409
    assert "Begge tekstene er tatt vare på" in answer.content.decode()
    assert data_of(report)["hjelp"] == "Deres hjelp"
    assert ConflictCopy.objects.get().mine == "Min hjelp"


def test_the_preview_leads_to_what_is_missing(client, url, report, leader):
    client.force_login(leader)
    text = client.get(url("report_preview")).content.decode()
    assert f"{url('report_section', SECTION)}#sv-neste" in text
    assert "Send inn" not in text.split("<main")[1].split("Signatur og innsending</h2>")[1]


def test_leader_sends_owner_signs_leader_submits_and_a_double_click_gives_one_receipt(
    client, url, report, leader, owner
):
    filled(report, leader)
    client.force_login(leader)
    assert client.post(url("report_to_owner")).status_code == 303
    client.force_login(owner)
    page = client.get(url("report_preview"))
    assert "Godkjenn og signer" in page.content.decode()
    assert client.post(url("report_sign"), {"seen": hidden(page, "seen")}).status_code == 303
    client.force_login(leader)
    page = client.get(url("report_preview"))
    sent = {"seen": hidden(page, "seen"), "key": hidden(page, "key")}
    first, second = (client.post(url("report_submit"), sent) for _ in range(2))
    submission = Submission.objects.get()
    receipt = reverse("report_receipt", args=[report.project.slug, submission.number])
    assert [(each.status_code, each.headers["Location"]) for each in (first, second)] == [(303, receipt)] * 2
    text = client.get(receipt).content.decode()
    assert submission.number in text
    assert submission.sha256[:4] in text
    assert "Mottatt innen fristen" in text
    assert str(owner) in text
    assert client.get(url("report_preview")).headers["Location"] == receipt


def test_unsigned_is_refused_before_the_deadline_and_taken_marked_on_the_day(client, url, report, leader, settings):
    filled(report, leader)
    client.force_login(leader)
    page = client.get(url("report_preview"))
    assert "Send inn uten signatur" not in page.content.decode()
    sent = {"seen": hidden_seen(report), "key": str(uuid4())}
    assert client.post(url("report_submit"), sent).status_code == 422
    settings.DEMO_TODAY = date(2015, 2, 2)
    page = client.get(url("report_preview"))
    answer = client.post(url("report_submit"), {n: hidden(page, n) for n in ("seen", "key")}, follow=True)
    assert "Ikke signert av prosjekteier" in answer.content.decode()


def hidden_seen(report):
    """The content as a page would carry it."""
    return seal(content(Report.objects.get(pk=report.pk), date(2015, 1, 22)))


def test_a_change_after_the_preview_is_shown_and_nothing_is_sent(client, url, report, leader, owner):
    filled(report, leader)
    signed(report, owner)
    client.force_login(leader)
    page = client.get(url("report_preview"))
    save(report, leader, SECTION, neste="Noe helt annet")
    answer = client.post(url("report_submit"), {n: hidden(page, n) for n in ("seen", "key")})
    assert answer.status_code == 409
    assert "Noe helt annet" in answer.content.decode()
    assert not Submission.objects.exists()


def test_the_owner_signs_only_what_was_seen(client, url, report, leader, owner):
    filled(report, leader)
    client.force_login(owner)
    page = client.get(url("report_preview"))
    save(report, leader, SECTION, neste="Noe helt annet")
    assert client.post(url("report_sign"), {"seen": hidden(page, "seen")}).status_code == 409
    assert not report.signatures.exists()


def test_an_invented_content_is_refused(client, url, report, leader):
    client.force_login(leader)
    assert client.post(url("report_submit"), {"seen": "e30:x:y", "key": str(uuid4())}).status_code == 400


def test_drafts_stay_with_the_project_and_the_adviser_meets_what_is_submitted(
    client, url, report, leader, owner, adviser
):
    filled(report, leader)
    client.force_login(adviser)
    listed = reverse("report_list", args=[report.project.slug])
    for name in ("report_round", "report_preview"):
        assert client.get(url(name)).status_code == 403
    assert client.get(url("report_section", SECTION)).status_code == 403
    assert "Årsrapport 2014" not in client.get(listed).content.decode()
    signed(report, owner)
    submission = submitted(report, leader)
    assert "Årsrapport 2014" in client.get(listed).content.decode()
    answer = client.get(reverse("report_submitted", args=[report.project.slug, submission.number]))
    assert "Andelen som jobber heltid" in answer.content.decode()


def test_last_years_answer_stands_beside_the_question(client, project, leader, owner, target, programme, url):
    earlier = a_round(
        programme, year=2013, period_start=date(2013, 1, 1), period_end=date(2013, 12, 31),
        opens_on=date(2013, 12, 1), deadline=date(2014, 2, 1),
    )  # fmt: skip
    old = begun(project, leader, earlier)
    save(old, leader, SECTION, neste="Fjorårets plan")
    filled(old, leader)
    save(old, leader, SECTION, neste="Fjorårets plan")
    signed(old, owner)
    submitted(old, leader)
    begun(project, leader, a_round(programme))
    client.force_login(leader)
    text = client.get(url("report_section", SECTION)).content.decode()
    assert "Svaret i fjor" in text
    assert "Fjorårets plan" in text
    assert "Ingen endring siden i fjor" in text


def test_a_section_costs_few_queries(client, url, report, leader, django_assert_max_num_queries):
    client.force_login(leader)
    with django_assert_max_num_queries(32):
        client.get(url("report_section", "maal"))


def test_my_work_asks_the_leader_to_write_and_the_owner_to_sign(client, url, report, leader, owner):
    client.force_login(leader)
    assert "Skriv: Årsrapport 2014" in client.get(reverse("my_work")).content.decode()
    client.force_login(owner)
    assert "Årsrapport 2014" not in client.get(reverse("my_work")).content.decode()
    filled(report, leader)
    client.force_login(leader)
    client.post(url("report_to_owner"))
    assert "Send inn: Årsrapport 2014" in client.get(reverse("my_work")).content.decode()
    client.force_login(owner)
    text = client.get(reverse("my_work")).content.decode()
    assert "Signer: Årsrapport 2014" in text
    assert url("report_preview") in text


def test_a_returned_report_shows_the_advisers_words_where_the_answer_is(client, project, leader, owner, adviser, url):
    report = filled(begun(project, leader, a_round(project.cohort.programme)), leader)
    signed(report, owner)
    review = reviews.open_review(by=act(adviser), submission=submitted(report, leader))
    reviews.comment(by=act(adviser), review=review, section=SECTION, text="Hvem bærer det videre?")
    reviews.comment(by=act(adviser), review=review, section="gevinster", text="Hvor mye skyldes heltid?")
    reviews.return_report(by=act(adviser), review=review, new_deadline=date(2015, 3, 6), note="Nesten i mål.")
    client.force_login(leader)
    page = client.get(url("report_section", SECTION)).content.decode()
    assert "Nesten i mål." in page
    assert "Hvem bærer det videre?" in page
    assert "Hvor mye skyldes heltid?" not in page
