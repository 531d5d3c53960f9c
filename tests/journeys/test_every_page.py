"""Every address of the product, in three languages, light and dark: accessible, whole, and no wider than a phone."""

import pytest
from django.conf import settings
from django.test import Client

from benefits.models import Measurement
from saman import clock
from tests import factories
from tests.architecture.test_access import TABLE, address, annual_reports
from tests.journeys import house
from tests.reporting.portfolio import world

LANGUAGES = ("nb", "nn", "en")
# Who looks at each kind of page; a page of its own address, not a file, an answer for machines or a way elsewhere.
LOOKS = {
    "public": ("anonymous",),
    "signed_in": ("leader", "stranger"),
    "project_read": ("leader", "owner", "adviser"),
    "project_draft": ("leader", "owner"),
    "project_write": ("leader",),
    "project_measure": ("leader",),
    "project_sign": ("owner",),
    "project_answer": ("leader",),
    "programme_adviser": ("adviser",),
    "programme_watch": ("adviser", "admin"),
    "programme_hold": ("admin",),
    "administrator": ("admin",),
}
NO_PAGE = {
    "health_live",
    "health_ready",
    "health_operations",
    "measurements_csv",
    "measurement_new",
    "dashboard_evidence",
}
# States that have an address of their own beside the plain one.
STATES = {
    "anonymous": ["/finnes-ikke/", "/prosjekter/?q=finnes+ikke", "/prosjekter/?q=meraker"],
    "leader": ["/arbeid/prosjekt/{slug}/historikk/?dato=22.01.2015",
               "/arbeid/?alt=1", "/arbeid/prosjekt/{slug}/mal/1/?alle=1", "/arbeid/prosjekt/{slug}/mal/2/",
               "/arbeid/prosjekt/{slug}/mal/3/", "/arbeid/prosjekt/{slug}/mal/3/historikk/",
               "/arbeid/prosjekt/uten-mal/", "/arbeid/prosjekt/uten-mal/milepaler/",
               "/arbeid/prosjekt/ikke-i-bruk/mal/nytt/", "/arbeid/prosjekt/ikke-i-bruk/"],
    "owner": ["/arbeid/"],
    "adviser": ["/arbeid/", "/arbeid/oversikt/{programme}/?q=finnes+ikke"],
    "admin": ["/arbeid/", "/arbeid/oppsett/program/{programme}/pulje/{empty_cohort}/"],
}  # fmt: skip


@pytest.fixture
def everything(project, leader, owner, benefit_owner, adviser, admin, stranger):
    """What the addresses name, and the people who look."""
    programme = project.cohort.programme
    world.counties()
    house.furnish(project, leader, owner)
    house.neighbours(programme, leader)
    world.programme_of(3, programme)
    held = {"rule": "F3", "ground": "false", "part": 3, "whole": 10, "held_on": house.TODAY}
    programme.governor_holds.create(recorded_at=clock.now(), **held)
    return {
        "slug": project.slug,
        "programme": programme.slug,
        "number": 1,
        "measurement": Measurement.objects.filter(target__project=project, superseded_at=None).earliest("pk").pk,
        "milestone": project.milestones.get(title="Alle har fått tilbud").pk,
        "warning": house.warning(project).pk,
        "rule": "F3",
        "person": leader.pk,
        "cohort": project.cohort.slug,
        "threshold": "grace_days",
        "empty_cohort": factories.cohort(programme=programme).slug,
        "role": project.roles.earliest("pk").pk,
        **annual_reports(project, leader, adviser),
        "people": {"leader": leader, "owner": owner, "adviser": adviser, "admin": admin, "stranger": stranger},
    }


def addresses(everything, language):
    """Who looks at what: (persona, path), those of one persona together. Everyone looks in bokmål, one in the rest."""
    found = [
        (persona, address(name, everything))
        for name, (kind, _) in TABLE.items()
        if kind and name not in NO_PAGE
        for persona in LOOKS[kind][: None if language == "nb" else 1]
    ]
    found += [(persona, path.format(**everything)) for persona, paths in STATES.items() for path in paths]
    return sorted(set(found))


def session_of(person):
    client = Client()
    client.force_login(person)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def become(page, live_server, person, language):
    """Look as someone, in a language."""
    cookies = {settings.LANGUAGE_COOKIE_NAME: language}
    if person:
        person.language = language
        person.save()
        cookies[settings.SESSION_COOKIE_NAME] = session_of(person)
    page.context.clear_cookies()
    page.context.add_cookies([{"name": n, "value": v, "url": live_server.url} for n, v in cookies.items()])


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_is_accessible_whole_and_fits_a_phone(page, live_server, everything, look, language):
    wrong, before = [], None
    for persona, path in addresses(everything, language):
        if persona != before:
            become(page, live_server, everything["people"].get(persona), language)
            before = persona
        page.goto(live_server.url + path)
        wrong += [f"{path} as {persona}: {found}" for found in look(page, language)]
    assert not wrong, "\n".join(wrong)


# Forms sent with nothing in them: who sends them, and where they are.
FORMS = [
    ("admin", "/arbeid/oppsett/ny-kommune/"),
    ("admin", "/arbeid/oppsett/personer/{person}/"),
    ("admin", "/arbeid/oppsett/nytt-program/"),
    ("admin", "/arbeid/oppsett/program/{programme}/ny-pulje/"),
    ("admin", "/arbeid/oppsett/program/{programme}/terskler/{threshold}/"),
    ("admin", "/arbeid/oppsett/program/{programme}/nytt-tema/"),
    ("admin", "/arbeid/oppsett/program/{programme}/pulje/{cohort}/nytt-prosjekt/"),
    ("admin", "/arbeid/oppsett/prosjekt/{slug}/ny-rolle/"),
    ("admin", "/arbeid/oppsett/prosjekt/ikke-i-bruk/ta-i-bruk/"),
    ("anonymous", "/logg-inn/"),
    ("leader", "/arbeid/prosjekt/{slug}/mal/nytt/"),
    ("leader", "/arbeid/prosjekt/{slug}/mal/1/endre/"),
    ("leader", "/arbeid/prosjekt/{slug}/mal/1/malinger/lim-inn/"),
    ("leader", "/arbeid/prosjekt/{slug}/mal/1/malinger/{measurement}/endre/"),
    ("leader", "/arbeid/prosjekt/{slug}/mal/1/"),
    ("leader", "/arbeid/prosjekt/{slug}/milepaler/ny/"),
    ("leader", "/arbeid/prosjekt/{slug}/varsel/{warning}/tiltak/"),
    ("admin", "/arbeid/oversikt/{programme}/varslene/F3/slipp/"),
    ("owner", "/arbeid/prosjekt/{slug}/milepaler/{milestone}/avgjor/"),
    ("owner", "/arbeid/prosjekt/{slug}/varsel/{warning}/godta/"),
]
EMPTY = """() => {
  const sent = [...document.querySelectorAll('main form')].filter(f => f.method === 'post' && !f.closest('.paste'));
  const form = document.querySelector('tr.edit form') ?? sent[0];
  for (const field of form.elements) {
    if (['checkbox', 'radio'].includes(field.type)) field.checked = false;
    else if (!['hidden', 'submit', 'select-one'].includes(field.type)) field.value = '';
  }
  form.requestSubmit();
}"""


def test_an_empty_form_says_what_is_missing_on_an_accessible_page(page, live_server, everything, look):
    wrong, before = [], None
    for persona, path in FORMS:
        if persona != before:
            become(page, live_server, everything["people"].get(persona), "nb")
            before = persona
        place = path.format(**everything)
        page.goto(live_server.url + place)
        with page.expect_response(lambda answer: answer.request.method == "POST") as answer:
            page.evaluate(EMPTY)
        page.locator(":is(.ds-error-summary, [aria-invalid=true])").first.wait_for()
        wrong += [] if answer.value.status == 422 else [f"{place} answered {answer.value.status}"]
        wrong += [f"{place}: {found}" for found in look(page)]
    assert not wrong, "\n".join(wrong)
