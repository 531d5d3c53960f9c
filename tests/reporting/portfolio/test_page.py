"""The dashboard as an adviser meets it: what opens it, filters it, orders it, and what it says when little is known."""

import re
from datetime import date, timedelta
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.actor import system
from benefits.assessment import assess_projects
from benefits.models import Assessment, Concern, PitfallWarning, TargetVersion
from projects.models import Project
from projects.roles import Role
from tests import factories
from tests.reporting.portfolio import world
from tests.reporting.portfolio.reading import element, headings, section, table, text

pytestmark = pytest.mark.django_db
SESSION_AND_USER = 2


def asked(dashboard, **query):
    """How many questions the page asks the database, beyond who is asking."""
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert dashboard(**query).status_code == 200
    return len(captured) - SESSION_AND_USER


def test_the_database_is_asked_as_often_for_five_projects_as_for_many(programme, dashboard):
    world.counties()
    world.programme_of(5, programme)
    few = asked(dashboard)
    world.programme_of(46, factories.programme(slug="annet"))
    Project.objects.filter(cohort__programme__slug="annet").update(cohort=programme.cohorts.get(slug="pulje-1"))
    assert "Viser 51 av 51" in text(dashboard().text)
    assert asked(dashboard) == few <= 8
    assert asked(dashboard, alle="1", fylke="19", sorter="-F3") <= 8


def test_what_is_hidden_is_found_by_no_more_questions(programme, dashboard):
    world.counties()
    world.programme_of(6, programme)
    for project in Project.objects.filter(cohort__programme=programme):
        target = factories.target(project, kind="register_share")
        factories.measurement(target, date(2014, 12, 31), "41.7", n=4)
        world.concern(project, "R0", 4, target=target)
        factories.stakeholder(project, -1, 3)
        factories.freed_time(project, None, posts=4)
        for rule in ("F2", "F6"):
            world.concern(project, rule, 3, values={"freed": 3.3})
    assert asked(dashboard, alle="1") == 8
    assert "3,3" not in section(dashboard(alle="1").text, "hjelp")


def test_51_projects_weigh_at_most_20_kilobytes_on_their_way(big, client, dashboard):
    page = client.get(dashboard().wsgi_request.path, headers={"Accept-Encoding": "gzip"})
    assert page.headers["Content-Encoding"] == "gzip"
    assert len(page.content) <= 20_000


@pytest.mark.parametrize("role", [Role.LEADER, Role.OWNER, Role.READER])
def test_only_the_programmes_own_advisers_see_it(client, programme, project, role):
    person, elsewhere = factories.user(), factories.user()
    factories.role(person, role, project)
    factories.role(elsewhere, Role.ADVISER, factories.programme())
    for user in (person, elsewhere):
        client.force_login(user)
        assert client.get(reverse("dashboard", args=[programme.slug])).status_code == 404
        page = reverse("dashboard_evidence", args=[programme.slug, project.slug, "F3"])
        assert client.get(page, headers={"HX-Request": "true"}).status_code == 404


def test_evidence_of_another_programmes_project_is_not_found(client, adviser, programme):
    other = factories.project()
    client.force_login(adviser)
    page = reverse("dashboard_evidence", args=[programme.slug, other.slug, "F3"])
    assert client.get(page, headers={"HX-Request": "true"}).status_code == 404


# --- filters in the address ------------------------------------------------------------------------------------------


def test_filters_are_kept_in_the_form_and_the_links(big, dashboard):
    html = dashboard(fylke="19", q="heltid").text
    assert '<option value="19" selected>Troms</option>' in html
    assert 'value="heltid" maxlength' in html
    assert "?fylke=19&amp;q=heltid&amp;sorter=-F3" in html
    assert "?q=heltid" in html  # the chosen county's tile leads back to all
    assert "Nullstill" in text(element(html, "filter"))
    assert "Nullstill" not in text(element(dashboard().text, "filter"))


def test_a_swap_carries_only_what_changed_and_the_address_without_empty_values(client, big, adviser):
    client.force_login(adviser)
    page = reverse("dashboard", args=[big.slug])
    query = {"pulje": "", "fylke": "19", "tema": "", "status": "", "q": "øya", "sorter": "-F3"}
    response = client.get(page, query, headers={"HX-Request": "true", "HX-Request-Type": "partial"})
    wanted = {"fylke": "19", "q": "øya", "sorter": "-F3"}
    assert response.headers["HX-Push-Url"] == f"{page}?{urlencode(wanted)}"
    assert "<html" not in response.text
    assert 'id="resultat"' in response.text
    assert '<hx-partial hx-target="#treff"' in response.text
    assert "HX-Request" in response.headers["Vary"]
    empty = client.get(page, {"fylke": ""}, headers={"HX-Request": "true", "HX-Request-Type": "partial"})
    assert empty.headers["HX-Push-Url"] == page


@pytest.mark.parametrize(
    "query",
    [
        {"status": "finnes-ikke", "risiko": "x", "fallgruve": "F99", "sorter": "-drop", "alle": "ja"},
        {"q": "   "},
    ],
)
def test_a_value_that_means_nothing_filters_nothing(big, dashboard, query):
    said = text(dashboard(**query).text)
    assert "Viser 51 av 51" in said
    told = [f"Vi kjenner ikke filteret {name}={query[name]} her" for name in ("status", "fallgruve") if name in query]
    assert all(one in said for one in told)
    assert ("Vi kjenner ikke" in said) == bool(told)


def test_a_county_without_projects_is_chosen_and_one_that_is_not_there_is_not(big, dashboard):
    html = dashboard(fylke="03").text
    assert '<option value="03" selected>Oslo</option>' in html
    assert "Viser 0 av 51" in text(html)
    html = dashboard(fylke="99").text
    assert "Vi kjenner ikke filteret fylke=99 her, så det er ikke brukt." in text(html)
    assert "Viser 51 av 51" in text(html)
    assert "fylke=99" not in element(html, "nullstill") + element(html, "fylker")


def test_the_way_to_other_rooms_carries_what_they_know(client, big, adviser, dashboard):
    ways = element(dashboard(fylke="19", pulje="pulje-2", sorter="-F3", q="øya").text, "veier")
    for name, query in (("analysis", "?pulje=pulje-2&amp;fylke=19&amp;q="), ("across", "?fylke=19&amp;q=%C3%B8ya")):
        assert f'"{reverse(name, args=[big.slug])}{query}' in ways
    asked = {"fylke": "19", "per": "2014-06-30"}
    html = dashboard(**asked).text
    ways = element(html, "veier")
    assert f'"{reverse("analysis", args=[big.slug])}?fylke=19"' in ways
    assert f'"{reverse("grants", args=[big.slug])}"' in ways
    assert "per=" not in ways
    assert reverse("dashboard_compare", args=[big.slug]) not in html, "that page has no day"
    for name in ("analysis", "dashboard_compare"):
        here = reverse(name, args=[big.slug])
        answer = client.get(here, asked, follow=True)
        assert answer.redirect_chain == [(f"{here}?fylke=19", 302)]
        assert "Datoen er ikke brukt." in answer.text


@pytest.mark.parametrize("value", ["<script>alert(1)</script>", "\x00", "%", "'", "x" * 5000, "٣", "' OR 1=1 --"])
def test_odd_values_break_nothing(big, dashboard, value):
    for name in ("q", "pulje", "fylke", "tema"):
        response = dashboard(**{name: value})
        assert response.status_code == 200
        assert "<script>alert" not in response.text
        assert ("Viser 0 av 51" if name == "q" else "Viser 51 av 51") in text(response.text)


def test_the_map_shows_all_counties_when_one_is_chosen(big, dashboard):
    everywhere, one = dashboard().text, dashboard(fylke="19").text
    assert table(section(one, "fylkestall")) == table(section(everywhere, "fylkestall"))
    assert 'aria-current="true">Troms' in one
    assert "Oslo : ingen prosjekter" in text(section(one, "fylkene"))


# --- order -----------------------------------------------------------------------------------------------------------


def column(html, place):
    return [row[place] for row in table(section(html, "fallgruver"))]


def test_names_are_sorted_as_norwegians_do(programme, dashboard):
    cohort = factories.cohort(programme=programme)
    for title in ("Åfjord", "Ørsta", "Zebra", "Ærlig", "andøy", "Alta"):
        factories.project(cohort=cohort, title=title)
    assert column(dashboard(sorter="prosjekt").text, 0) == ["Alta", "andøy", "Zebra", "Ærlig", "Ørsta", "Åfjord"]
    html = dashboard(sorter="-prosjekt").text
    assert column(html, 0)[0] == "Åfjord"
    assert html.count("aria-sort=") == 1
    assert 'aria-sort="descending"' in html


def test_the_most_exposed_stand_first(big, dashboard):
    order = ["Alvorlig", "Bør håndteres", "Følg med"]
    worst = [
        next((word for word in order if word in row), "") for row in table(section(dashboard().text, "fallgruver"))
    ]
    assert worst == sorted(worst, key=lambda word: order.index(word) if word else 9)


@pytest.mark.parametrize("sort", ["fylke", "tema", "status", "malt", "F3", "F4", "F5", "R0", "saker"])
def test_every_column_sorts_both_ways(big, dashboard, sort):
    up, down = dashboard(sorter=sort).text, dashboard(sorter=f"-{sort}").text
    place = next(
        i
        for i, head in enumerate(
            ("prosjekt", "fylke", "tema", "status", "malt", "F1", "F2", "F3", "F4", "F5", "F6", "R0", "saker")
        )
        if head == sort
    )
    assert sorted(column(up, place)) == sorted(column(down, place))
    assert column(up, place)[0] != column(down, place)[0]
    assert 'aria-sort="ascending"' in up
    assert len(headings(section(up, "fallgruver"))) == 13


def test_help_follows_the_one_ranking(programme, dashboard):
    """Loss under way, then what cannot be undone, then the rest; within each the nearest date; answered ones last."""
    cohort = factories.cohort(programme=programme)

    def one(title, code, level, **fields):
        project = factories.project(cohort=cohort, title=title)
        return world.concern(project, code, level, **fields)

    one("5 Uten frist", "F3", 3)
    one("4 Frist i mars", "F3", 3, due_on=date(2015, 3, 1))
    one("6 Svart på", "F3", 4, due_on=date(2015, 2, 1), answered_on=date(2015, 1, 20))
    one("2 Tilbakefall", "R0", 3)
    one("1 Tilbakefall med frist", "R0", 3, due_on=date(2015, 2, 2))
    one("3 Kan ikke gjøres om", "F5", 3, urgency=1)
    one("Ser vi an", "F3", 2)
    one("Ikke åpnet for andre", "R0", 4, visible_on=date(2015, 1, 26))
    part = section(dashboard().text, "hjelp")
    titles = [text(link) for link in re.findall(r'<a class="ds-link strong".*?</a>', part)]
    assert [title[0] for title in titles] == list("123456")
    words = text(part)
    assert "Ser vi an" not in words
    assert "Ikke åpnet" not in words


def test_all_who_may_need_help_can_be_shown(big, dashboard):
    html = dashboard(alle="1").text
    asked = Concern.objects.filter(severity__gte=3).values("project").distinct().count()
    assert section(html, "hjelp").count("<li><div>") == asked > 7
    assert "Vis de første" in html


def test_a_project_is_shown_with_three_concerns_and_how_many_more(programme, dashboard):
    project = factories.project(cohort=factories.cohort(programme=programme))
    for order in range(5):
        world.concern(project, "F3", 3, order=order)
    part = section(dashboard().text, "hjelp")
    assert part.count("<span>") == 3
    assert "og 2 saker til" in text(part)


# --- what others may not see yet -------------------------------------------------------------------------------------


def test_a_sign_is_not_shown_before_it_opens_to_others(programme, dashboard, client):
    project = factories.project(cohort=factories.cohort(programme=programme), slug="p")
    Assessment.objects.create(
        project=project, revision=1, programme_revision=1, as_of=world.TODAY, rule_version=1, verdict_digest="",
        computed_at=factories.noon(world.TODAY), result="on_track", risk=4,
        pitfalls={"F1": 0, "F3": 4, "F4": 0, "F5": 0, "F6": 0, "R0": 0},
    )  # fmt: skip
    held = world.concern(project, "F3", 4, visible_on=world.TODAY + timedelta(days=4))
    world.warning(project, "F3", 4)
    page = reverse("dashboard_evidence", args=[programme.slug, "p", "F3"])

    def levels():
        return table(section(dashboard().text, "fallgruver"))[0][5:]

    assert levels() == ["Ingen tegn", "– Ikke i bruk", *["Ingen tegn"] * 5, "–"]
    assert "Alvorlig" not in text(client.get(page, headers={"HX-Request": "true"}).text)
    Concern.objects.filter(pk=held.pk).update(visible_on=world.TODAY)
    assert levels() == ["Ingen tegn", "– Ikke i bruk", "Alvorlig", *["Ingen tegn"] * 4, "1"]
    assert "Alvorlig" in text(client.get(page, headers={"HX-Request": "true"}).text)


# --- when little is known --------------------------------------------------------------------------------------------


def test_a_programme_without_projects(dashboard):
    words = text(dashboard().text)
    assert "0 bekreftede prosjekter i 0 kommuner" in words
    assert "Ingen prosjekter er i bruk ennå" in words


def test_a_catalogue_nobody_uses_yet(programme, dashboard):
    world.counties()
    factories.cohort(programme=programme, slug="pulje-2")
    world.entry(programme, "Meråker")
    words = text(dashboard().text)
    assert "1 bekreftet prosjekt i 1 kommune" in words
    assert "I katalogen, ikke i bruk: 1" in words
    assert "Meråker" in words


def test_filtered_to_nothing(big, dashboard):
    words = text(dashboard(q="finnes ikke").text)
    assert "Ingen prosjekter i bruk passer til filtrene" in words
    assert "Nullstill filtrene" in words


def test_the_first_days_tell_who_has_begun(programme, dashboard):
    cohort = factories.cohort(programme=programme)
    projects = [factories.project(cohort=cohort) for _ in range(5)]
    for project in projects[:2]:
        factories.target(project)
    words = text(section(dashboard().text, "k-malt"))
    assert words.startswith("Effektmål 2 av 5 prosjekter har effektmål")
    assert "5 prosjekter er ikke vurdert ennå" in text(dashboard().text)


def test_a_withdrawn_target_is_not_counted(programme, dashboard):
    project = factories.project(cohort=factories.cohort(programme=programme))
    factories.target(project)
    factories.target(project, withdrawn_on=date(2014, 6, 1), withdrawn_reason="Slått sammen")
    factories.target(project, level=TargetVersion.Level.PROCESS)
    assert table(section(dashboard().text, "fallgruver"))[0][4] == "0 av 1"


# --- from facts to the dashboard -------------------------------------------------------------------------------------


def test_a_baseline_removed_opens_a_sign_with_its_evidence_and_set_again_closes_it(programme, dashboard, client):
    project = factories.project(cohort=factories.cohort(programme=programme), slug="p")
    target = factories.target(project, is_main=True, effect_starts_on=date(2014, 1, 1))
    for month in (3, 6, 9):
        factories.measurement(target, date(2014, month, 28), "10.4")
    factories.measurement(target, date(2014, 12, 31), "10.2")
    page = reverse("dashboard_evidence", args=[programme.slug, "p", "F3"])

    def after(**baseline):
        TargetVersion.objects.filter(target=target).update(**baseline)
        assess_projects([project.pk], as_of=world.TODAY, now=system(factories.noon(world.TODAY)).now)
        return table(section(dashboard().text, "fallgruver"))[0][7]

    assert after() == "Ingen tegn"
    assert after(baseline_value=None, baseline_on=None) == "Alvorlig"
    opened = text(client.get(page, headers={"HX-Request": "true"}).text)
    warning = PitfallWarning.objects.get(rule="F3", closed_on=None)
    assert warning.cause == "effect_without_baseline"
    assert "Effektmål 1" in opened
    assert "1. januar 2014" in opened
    assert "Sett nullpunkt" in opened
    assert after(baseline_value="10.8", baseline_on=factories.START) == "Ingen tegn"


def test_without_htmx_the_evidence_is_on_the_projects_page(client, adviser, programme, project):
    client.force_login(adviser)
    response = client.get(reverse("dashboard_evidence", args=[programme.slug, project.slug, "F3"]))
    assert response.status_code == 302
    assert response.headers["Location"] == reverse("project_overview", args=[project.slug])


# --- what has been tried ---------------------------------------------------------------------------------------------


def test_the_newest_answer_stands_beside_a_concern(programme, dashboard, leader):
    project = factories.project(cohort=factories.cohort(programme=programme))
    world.concern(project, "F5", 3)
    found = world.warning(project, "F5", 3)
    for day, kind, until, note in (
        (1, "action", date(2015, 2, 1), "Vi lyser ut stillingen"),
        (2, "action", date(2015, 2, 15), "Vi spør naboen"),
        (3, "accepted", date(2015, 1, 20), "Kan vente"),
    ):
        on = date(2015, 1, day)
        found.events.create(kind=kind, on=on, recorded_at=factories.noon(on), until=until, note=note, by=leader)
    part = text(section(dashboard().text, "hjelp"))
    assert "Tiltak registrert av prosjektet 2. januar 2015, ferdig innen 15. februar 2015: Vi spør naboen" in part
    assert "Kan vente" not in part
    assert "lyser ut" not in part
    assert str(leader) not in part


@pytest.mark.parametrize("code", ["F2", "F6"])
def test_words_that_may_be_the_municipalitys_own_are_not_told(programme, dashboard, code, monkeypatch):
    project = factories.project(cohort=factories.cohort(programme=programme))
    cause = {"F2": "objection_unanswered", "F6": "freed_unused"}[code]
    monkeypatch.setitem(world.CAUSE_OF, code, cause)
    world.concern(project, code, 3)
    found = world.warning(project, code, 3)
    found.events.create(kind="action", on=world.TODAY, recorded_at=factories.noon(world.TODAY), note="Nattevaktene")
    html = dashboard().text
    assert "Tiltak registrert av prosjektet" in text(section(html, "hjelp"))
    assert "Nattevaktene" not in html
