"""Earlier versions of a section are found again and brought back; who else writes is told; a copy of last year's is."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from reporting.annual.models import SaveReceipt, SectionHistory
from saman import clock
from tests import factories
from tests.reporting.annual.writing import a_round, begun, filled, save, signed, submitted

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_january(settings):
    settings.DEMO, settings.DEMO_TODAY = True, date(2015, 1, 22)


@pytest.fixture
def deputy(project):
    made = factories.user("Vara Vik")
    factories.role(made, "leader_deputy", project)
    return made


@pytest.fixture
def page(project):
    return reverse("report_history", args=[project.slug, "2014", "videre"])


@pytest.fixture
def section(project):
    return reverse("report_section", args=[project.slug, "2014", "videre"])


def text(client, address):
    return client.get(address).content.decode()


def versions(report):
    return sorted(SectionHistory.objects.filter(section__report=report).values_list("version", flat=True))


def test_a_version_is_read_beside_what_stands_now_and_brought_back(client, report, leader, deputy, page, section):
    save(report, leader, "videre", neste="Vi starter i mai. Vi fortsetter i juni.")
    save(report, deputy, "videre", minute=20, neste="Vi starter i august. Vi fortsetter i juni.")
    client.force_login(leader)
    assert page in text(client, section)
    shown = text(client, page)
    assert "Lise Leder" in shown
    assert "Vi starter i <del>mai. </del>" in shown
    assert "Vi starter i <ins>august. </ins>" in shown
    answer = client.post(page, {"version": 2, "base_version": 3})
    assert (answer.status_code, answer.url) == (303, section)
    assert report.sections.get(key="videre").data["neste"].startswith("Vi starter i mai.")
    assert "er hentet tilbake" in text(client, section)
    # And back again: what was there is kept too.
    client.post(page, {"version": 3, "base_version": 4})
    assert report.sections.get(key="videre").data["neste"].startswith("Vi starter i august.")


def test_what_is_wiped_out_a_minute_after_it_was_written_is_kept(client, report, leader, page):
    save(report, leader, "videre", neste="Kort.")
    save(report, leader, "videre", minute=1, neste="En lang tekst. " * 20)
    save(report, leader, "videre", minute=2, neste="En lang tekst. " * 20 + "Litt til.")
    assert versions(report) == [2]
    save(report, leader, "videre", minute=3, neste="O")
    assert versions(report) == [2, 4]
    save(report, leader, "videre", minute=4, neste="")
    assert versions(report) == [2, 4, 5]
    client.force_login(leader)
    assert "Litt til." in text(client, page + "?versjon=4")


def test_somebody_who_has_written_since_stops_it_and_nothing_is_lost(client, report, leader, deputy, page):
    save(report, leader, "videre", neste="Første.")
    save(report, leader, "videre", minute=11, neste="Andre.")
    save(report, deputy, "videre", minute=12, neste="Varas.")
    client.force_login(leader)
    answer = client.post(page, {"version": 2, "base_version": 3})
    assert answer.status_code == 409
    assert "Noen har skrevet i denne delen etter at du åpnet siden" in answer.content.decode()
    assert report.sections.get(key="videre").data["neste"] == "Varas."


@pytest.mark.parametrize(
    ("sent", "status"),
    [({}, 400), ({"version": "x", "base_version": 1}, 400), ({"version": 77, "base_version": 1}, 404)],
)
def test_what_no_page_sends_is_refused(client, report, leader, page, sent, status):
    client.force_login(leader)
    assert client.post(page, sent).status_code == status


def test_without_earlier_versions_it_says_so_and_a_submitted_report_has_none(client, report, leader, owner, page):
    client.force_login(leader)
    assert "Ingen tidligere versjoner ennå" in text(client, page)
    assert client.get(page.replace("videre", "finnes-ikke")).status_code == 404
    signed(filled(report, leader), owner)
    submitted(report, leader)
    assert client.get(page).status_code == 302
    assert client.post(page, {"version": 2, "base_version": 2}).status_code == 302


def test_the_history_costs_few_queries(client, report, leader, page, django_assert_max_num_queries):
    for minute in range(0, 50, 11):
        save(report, leader, "videre", minute=minute, neste=f"Nummer {minute}")
    client.force_login(leader)
    with django_assert_max_num_queries(16):
        client.get(page)


def test_others_who_write_are_told_of_while_they_do(client, report, leader, deputy, section):
    save(report, deputy, "videre", hjelp="Fra vara.")
    client.force_login(leader)
    SaveReceipt.objects.update(saved_at=clock.now() - timedelta(minutes=1))
    assert "Vara Vik skriver i del 7, sist lagret" in text(client, section)
    SaveReceipt.objects.update(saved_at=clock.now() - timedelta(minutes=3))
    assert "Vara Vik skriver" not in text(client, section)
    SaveReceipt.objects.update(saved_at=clock.now(), by=leader)
    assert "Lise Leder skriver" not in text(client, section)


def test_a_copy_of_last_years_answer_is_marked_until_it_is_rewritten(client, programme, project, target, leader, owner):
    last = filled(begun(project, leader, a_round(programme, 2013, deadline=date(2014, 2, 3))), leader)
    submitted(last, leader)
    report = begun(project, leader, a_round(programme))
    client.force_login(leader)
    section = reverse("report_section", args=[project.slug, "2014", "videre"])
    mark = "Svaret er likt fjorårets."
    assert mark not in text(client, section)
    before = last.sections.get(key="videre").data["neste"]
    save(report, leader, "videre", neste=f"  {before}\n")
    assert text(client, section).count(mark) == 1
    sent = {"base_version": "2", "felt": "neste", "was": "{}", "save_id": "0b0e7c1e-6c8e-4d55-9f0a-000000000009"}
    answer = client.post(section, {**sent, "sv-neste": "Noe nytt."}, headers={"HX-Request": "true"})
    assert 'id="likt-neste" hx-swap-oob="true"></div>' in answer.content.decode()
    assert mark not in text(client, section)
