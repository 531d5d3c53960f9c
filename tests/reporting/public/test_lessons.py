"""«Læringspunkter»: what was written in a public section of an approved report, and nothing else."""

from datetime import date

import pytest
from django.urls import reverse

from reporting.annual.actions import forms
from reporting.annual.content import draft
from reporting.annual.models import FormVersion, Published, Section
from reporting.public.lessons import ON_A_PAGE
from tests.reporting.annual.writing import (
    a_round,
    act,
    approved,
    begun,
    complete,
    save,
    send_in,
    sent_in,
)

pytestmark = pytest.mark.django_db
SAID = [
    {"title": "Mål før dere begynner.", "text": "Vi slapp å gjette.", "theme": "maaling", "outcome": "worked"},
    {"title": "Spør Lise Leder i pausen.", "text": "", "theme": "ledelse", "outcome": "failed"},
]
BUDGET = 1  # the published reports with their projects and rounds


@pytest.fixture
def received(project, programme, leader, owner):
    """A report for 2014 with two lessons, sent in and not approved."""
    report = complete(project, a_round(programme))
    save(report, leader, "laering", laeringspunkter=SAID)
    return send_in(report)


@pytest.fixture
def published(received, adviser):
    return approved(received, adviser)


def test_lessons_are_there_when_the_report_is_approved_and_not_before(received, adviser, read):
    assert "Ingen læringspunkter ennå" in read("/laeringspunkter/")
    approved(received, adviser)
    page = read("/laeringspunkter/")
    assert "Viser 2 av 2 læringspunkter" in page
    assert "Mål før dere begynner. Virket Vi slapp å gjette. Måling" in page
    assert "Virket ikke" in page


def test_names_are_taken_out_and_each_leads_to_its_project_and_report(published, project, client, read):
    assert "Spør [navn fjernet] i pausen." in read("/laeringspunkter/")
    page = client.get("/laeringspunkter/").text
    assert reverse("public_project", args=[project.slug]) in page
    assert reverse("public_report", args=[project.slug, "2014"]) in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("tema=maaling", {"Mål før"}),
        ("virket=failed", {"i pausen"}),
        ("q=gjette", {"Mål før"}),
        ("q=MÅLING", {"Mål før"}),
        ("virket=kanskje", {"Mål før", "i pausen"}),
        ("side=99", {"Mål før", "i pausen"}),
        ("side=%00", {"Mål før", "i pausen"}),
        ("q=finnes+ikke", set()),
    ],
)
def test_theme_outcome_and_words_are_searched(query, found, published, read):
    page = read(f"/laeringspunkter/?{query}")
    assert {words for words in ("Mål før", "i pausen") if words in page} == found
    assert ("Ingen læringspunkter passer til søket" in page) == (not found)


def test_what_was_written_as_exempt_is_never_there(project, programme, leader, owner, adviser, read, client):
    """A report on a form that promised that it would not be: neither then, nor when the form says otherwise since."""
    round_ = a_round(programme)
    Section.objects.filter(form=round_.form, key="laering").update(is_public=False, ground="offentleglova § 13")
    approved(sent_in(project, round_), adviser)
    Section.objects.filter(form=round_.form, key="laering").update(is_public=True, ground="")
    assert "Ingen læringspunkter ennå" in read("/laeringspunkter/")
    assert b"tidlig" not in client.get("/data/v1/laeringspunkter.csv").getvalue()


def test_a_report_changed_behind_our_back_is_not_read(published, read):
    Published.objects.update(contents=published.contents.replace("gjette", "vite"))
    assert "Ingen læringspunkter ennå" in read("/laeringspunkter/")


def test_no_change_since_last_year_makes_nothing_public_that_was_exempt(project, programme, leader, owner, adviser):
    before = a_round(programme, 2013)
    Section.objects.filter(form=before.form, key="laering").update(is_public=False, ground="offentleglova § 13")
    sent_in(project, before, date(2014, 1, 20))
    round_ = a_round(programme)
    Section.objects.filter(form=round_.form, key="laering").update(is_public=True, ground="")
    report = begun(project, leader, round_)
    save(report, leader, "laering", unchanged=True)
    save(report, leader, "fallgruver", unchanged=True)
    written = draft(report)
    assert written.answers["laering"].get("laeringspunkter") is None
    assert written.answers["fallgruver"]["virket_ikke"]


def test_the_one_who_writes_is_told(project, programme, leader, client):
    begun(project, leader, a_round(programme))
    client.force_login(leader)
    page = client.get(reverse("report_section", args=[project.slug, "2014", "laering"])).text
    assert "Dette blir offentlig når rapporten er godkjent" in page
    assert "Det du skriver her, blir lagt ut når rapporten er godkjent." in page


def test_a_shipped_form_nobody_has_changed_is_followed_by_what_is_shipped_now(programme, admin, settings):
    first = a_round(programme, 2013)
    assert forms.newest_form(act(admin), programme, FormVersion.Kind.FULL) == first.form
    Section.objects.filter(form=first.form, key="laering").delete()  # as it was shipped before
    newest = forms.newest_form(act(admin), programme, FormVersion.Kind.FULL)
    assert (newest.number, newest.based_on) == (2, None)
    assert not first.form.sections.filter(key="laering").exists()
    assert newest.sections.get(key="laering").is_public


def test_a_form_an_administrator_has_changed_stays_theirs(programme, admin):
    first = a_round(programme, 2013)
    plan = forms.SectionPlan({"nb": "Læring"}, {}, is_public=False, ground="offentleglova § 13")
    changed = forms.change_section(
        by=act(admin), round_=first, version=first.version, kind="full", key="laering", plan=plan
    )
    assert forms.newest_form(act(admin), programme, FormVersion.Kind.FULL) == changed


def test_many_are_on_several_pages_and_ask_no_more(
    project, programme, leader, owner, adviser, client, django_assert_num_queries
):
    form = a_round(programme).form
    form.sections.get(key="laering").questions.update(limit=20)
    for year, day in ((2014, date(2015, 1, 20)), (2013, date(2014, 1, 20))):
        round_ = a_round(programme, year) if year == 2013 else programme.rounds.get(year=2014)
        report = complete(project, round_, day)
        rows = [{**SAID[0], "title": f"Råd {number} fra {year}"} for number in range(20)]
        save(report, leader, "laering", day=day, laeringspunkter=rows)
        approved(send_in(report, day), adviser, day)
    with django_assert_num_queries(BUDGET):
        first = client.get("/laeringspunkter/?tema=maaling").text
    second = client.get("/laeringspunkter/?tema=maaling&side=2").text
    assert (first.count('<li class="ds-card'), second.count('<li class="ds-card')) == (ON_A_PAGE, 40 - ON_A_PAGE)
    assert 'href="?tema=maaling&amp;side=2"' in first
    assert "Side 2 av 2" in second
