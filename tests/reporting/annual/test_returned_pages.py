"""A report that has come back: leader and owner read why, what is not answered, and that nothing is changed."""

from datetime import date

import pytest
from django.urls import reverse

from reporting.annual.actions import replies, reports, reviews
from tests.reporting.annual.writing import act, filled, read, returned, save, signed, submitted

pytestmark = pytest.mark.django_db
SECTION, NOTE, SAID = "gevinster", "Tallene for 2014 må forklares.", "Hvor mye skyldes heltid?"
UNCHANGED = "Ingenting er endret siden versjon 1."
LEADERS, OWNERS = "Svar på det rådgiveren sier, og send", "Prosjektlederen skal svare på det rådgiveren sier"


@pytest.fixture(autouse=True)
def _in_january(settings):
    settings.DEMO, settings.DEMO_TODAY = True, date(2015, 1, 22)


@pytest.fixture
def comment(report, leader, owner, adviser):
    """A comment on a report that has been sent back with a reason."""
    signed(filled(report, leader), owner)
    review = read(submitted(report, leader), adviser)
    made = reviews.comment(by=act(adviser), review=review, section=SECTION, text=SAID)
    reviews.return_report(by=act(adviser), review=review, new_deadline=date(2015, 3, 6), note=NOTE)
    report.refresh_from_db()
    return made


@pytest.fixture
def look(client, project):
    """A page of the report as a person reads it."""

    def looked(person, name="report_preview", *more):
        client.force_login(person)
        return client.get(reverse(name, args=[project.slug, *more])).content.decode()

    return looked


def test_leader_and_owner_read_why_it_came_back_and_what_is_not_answered(look, comment, leader, owner):
    for person in (leader, owner):
        page = look(person, "report_preview", "2014")
        assert NOTE in page
        assert "1 kommentar fra rådgiveren er ikke besvart." in page.split("Signatur og innsending")[0]
        assert UNCHANGED in page
        assert 'id="tilbake"' in page
        assert "#tilbake" in look(person, "report_list")
    place = reverse("report_section", args=[comment.review.submission.report.project.slug, "2014", SECTION])
    assert f'href="{place}#kommentar-{comment.pk}"' in look(leader, "report_preview", "2014")
    assert f'id="kommentar-{comment.pk}"' in look(leader, "report_section", "2014", SECTION)
    mine = look(owner, "report_preview", "2014")
    assert f'href="#del-{SECTION}"' in mine
    assert f'id="del-{SECTION}"' in mine
    assert place not in mine


def test_each_is_told_what_is_theirs_to_do_until_it_is_done(look, comment, report, leader, owner):
    assert LEADERS in look(leader, "report_preview", "2014")
    theirs = look(owner, "report_preview", "2014")
    assert OWNERS in theirs
    assert LEADERS not in theirs
    reports.send_to_owner(by=act(leader), report=report)
    for is_signed in (False, True):
        if is_signed:
            signed(report, owner)
        for person in (leader, owner):
            page = look(person, "report_preview", "2014")
            assert LEADERS not in page
            assert OWNERS not in page
            assert UNCHANGED in page
            assert NOTE in page
    assert submitted(report, leader).revision == 2
    assert "#tilbake" not in look(leader, "report_list")


def test_a_reply_or_an_answer_is_a_change(look, comment, report, leader):
    replies.reply(by=act(leader), comment=comment, text="Om lag halvparten.", seen="")
    page = look(leader, "report_preview", "2014")
    assert UNCHANGED not in page
    assert "er ikke besvart" not in page
    replies.reply(by=act(leader), comment=comment, text="", seen="Om lag halvparten.")
    assert UNCHANGED in look(leader, "report_preview", "2014")
    save(report, leader, SECTION, gevinster="34 ansatte har fått større stilling.")
    assert UNCHANGED not in look(leader, "report_preview", "2014")


def test_the_second_time_it_comes_back_its_own_reason_is_shown(look, comment, report, leader, owner, adviser):
    replies.reply(by=act(leader), comment=comment, text="Om lag halvparten.", seen="")
    signed(report, owner)
    returned(submitted(report, leader), adviser, note="Skriv også om vikarene.")
    page = look(owner, "report_preview", "2014")
    assert "Skriv også om vikarene." in page
    assert NOTE not in page
    assert "Ingenting er endret siden versjon 2." in page
    assert "er ikke besvart" not in page


def test_a_first_report_says_nothing_of_a_return(look, report, leader):
    page = look(leader, "report_preview", "2014")
    assert 'id="tilbake"' not in page
    assert "Ingenting er endret siden versjon" not in page
