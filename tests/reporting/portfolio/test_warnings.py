"""«Varslene»: what each rule has said, for advisers and administrators, and letting a held rule go."""

from datetime import date

import pytest
from django.urls import reverse

from benefits.models import GovernorHold, PitfallWarning
from tests import factories
from tests.factories import noon

pytestmark = pytest.mark.django_db
TODAY = date(2015, 1, 22)


@pytest.fixture
def hold(programme):
    """F3 has been reported as wrong too often."""
    return GovernorHold.objects.create(
        programme=programme, rule="F3", ground="false", part=3, whole=10, held_on=TODAY, recorded_at=noon(TODAY)
    )


def opened(project, **fields):
    defaults = {"rule": "F3", "severity": 3, "opened_on": date(2014, 10, 1), "last_seen_on": TODAY}
    return PitfallWarning.objects.create(project=project, **{**defaults, **fields})


def page(client, person, programme):
    client.force_login(person)
    answer = client.get(reverse("rule_record", args=[programme.slug]))
    return " ".join(answer.content.decode().split())


def test_the_page_is_reached_from_the_dashboard(client, adviser, programme):
    client.force_login(adviser)
    dashboard = client.get(reverse("dashboard", args=[programme.slug])).content.decode()
    assert reverse("rule_record", args=[programme.slug]) in dashboard


def test_each_rule_says_how_often_and_how_wrongly(client, adviser, project, programme):
    target = factories.target(project)
    for number, closed in enumerate((date(2014, 10, 11), date(2014, 10, 31), None, None)):
        warning = opened(project, target=factories.target(project), closed_on=closed, cause="baseline_missing")
        if number == 2:
            warning.events.create(kind="false_positive", on=TODAY, recorded_at=noon(TODAY), note="Nei.")
    factories.measurement(target, date(2014, 12, 31), 10)
    text = page(client, adviser, programme)
    row = text[text.index("Måltall mangler") :]
    row = row[: row.index("</tr>")]
    assert row.count('<td class="num">2</td>') == 2, "open now, and closed"
    assert '<td class="num">4</td>' in row
    assert '1 <span class="muted">(25 %)</span>' in row.replace("\xa0", " ")
    assert "20 dager" in row
    relapse = text[text.index("Gevinsten kan forsvinne") :]
    assert '<td class="num">0,0</td>' in relapse[: relapse.index("</tr>")], "one look is next to no false alarm"


def expected(text, heading):
    """What the table says of a rule's expected number of false warnings."""
    row = text[text.index(f'<th scope="row">{heading}') :]
    return row[: row.index("</tr>")].split("</td>")[5]


def test_what_chance_would_give_is_said_where_it_is_known(client, adviser, project, programme):
    target = factories.target(project, frequency="quarterly", mmc=None)
    for day in (date(2014, 3, 31), date(2014, 6, 30), date(2014, 9, 30), date(2014, 12, 31)):
        factories.measurement(target, day, 10)
    factories.measurement(target, date(2013, 12, 31), 10)  # over a year ago
    text = page(client, adviser, programme)
    assert "0,1" in expected(text, "Tall som kan flytte seg"), "4 looks at a target that says no change that matters"
    assert "ikke kjent" in expected(text, "Kontrollindikator")
    assert "«Kontrollindikator» påvirkes av tilfeldigheter" in text
    assert "ikke aktuelt" in expected(text, "Måltall")
    assert "omtrent 0 av 4 målinger" in text


def test_an_adviser_sees_what_is_held_and_cannot_let_it_go(client, adviser, programme, hold):
    text = page(client, adviser, programme).replace("\xa0", " ")
    assert "Måltall mangler er holdt igjen" in text
    assert "Meldt som feil: 3 av 10 varsler (30 %)" in text
    assert reverse("rule_release", args=[programme.slug, "F3"]) not in text
    assert client.post(reverse("rule_release", args=[programme.slug, "F3"]), {"reason": "Nei"}).status_code == 403


def test_an_administrator_lets_it_go_with_a_reason_that_stays(client, admin, adviser, programme, hold):
    assert reverse("rule_release", args=[programme.slug, "F3"]) in page(client, admin, programme)
    address = reverse("rule_release", args=[programme.slug, "F3"])
    empty = client.post(address, {"reason": " "})
    assert empty.status_code == 422
    assert "reason" in empty.context["form"].errors
    text = client.post(address, {"reason": "Varslene stemmer. Vi har sett på alle."}, follow=True).content.decode()
    assert "Regelen er sluppet" in text
    hold.refresh_from_db()
    assert (hold.released_by, hold.reason) == (admin, "Varslene stemmer. Vi har sett på alle.")
    assert "Varslene stemmer." in page(client, adviser, programme)
    client.force_login(admin)
    again = client.post(address, {"reason": "En gang til"}, follow=True).content.decode()
    assert "ikke holdt igjen lenger" in again


def test_another_programmes_figures_are_not_there(client, adviser, programme):
    opened(factories.project())
    assert "0 varsler er åpnet" in page(client, adviser, programme)


def test_the_page_asks_the_database_few_questions(client, adviser, project, programme, django_assert_max_num_queries):
    for _number in range(5):
        opened(project, target=factories.target(project))
    client.force_login(adviser)
    with django_assert_max_num_queries(12):
        client.get(reverse("rule_record", args=[programme.slug]))
