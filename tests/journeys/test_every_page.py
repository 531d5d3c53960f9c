"""Every address of the product, in several languages, once in the dark: accessible, whole, no wider than a phone."""

import re
from datetime import date

import pytest
from django.conf import settings
from django.test import Client

from benefits.models import Measurement
from saman import clock
from tests import factories
from tests.architecture.access_table import TABLE
from tests.architecture.objects import annual_reports, grant_of, plan_of
from tests.architecture.test_access import address
from tests.effort import THOROUGH
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
    "project_allocate": ("owner",),
    "project_attest": (),
    "project_state": ("union_rep",),
    "grant_read": ("leader", "owner", "adviser", "admin"),
    "grant_pay": ("adviser",),
    "grant_write": ("leader",),
    "grant_sign": (),
    "programme_adviser": ("adviser",),
    "programme_across": ("adviser", "admin"),
    "programme_watch": ("adviser", "admin"),
    "programme_hold": ("admin",),
    "administrator": ("admin",),
}
NO_PAGE = {
    "opendata_catalogue",
    "health_live",
    "health_ready",
    "health_operations",
    "measurement_new",
    "dashboard_evidence",
    "analysis_download",
}
FILE = re.compile(r"\.(csv|json|ttl|xlsx|docx|odt|pdf|zip)$|/last-ned/\w+/$")  # is handed over, not shown
# States that have an address of their own beside the plain one.
STATES = {
    "anonymous": ["/finnes-ikke/", "/prosjekter/?q=finnes+ikke", "/prosjekter/?q=meraker",
                  "/kontroller/?nummer={receipt}", "/kontroller/?nummer=SAM-2014-0001-1-11&sjekksum=1"],
    "leader": ["/arbeid/prosjekt/{slug}/historikk/?dato=22.01.2015",
               "/arbeid/?alt=1", "/arbeid/prosjekt/{slug}/mal/1/?alle=1", "/arbeid/prosjekt/{slug}/mal/2/",
               "/arbeid/prosjekt/{slug}/mal/3/", "/arbeid/prosjekt/{slug}/mal/3/historikk/",
               "/arbeid/prosjekt/uten-mal/", "/arbeid/prosjekt/uten-mal/frigitt-tid/",
               "/arbeid/prosjekt/uten-mal/interessenter/",
               "/arbeid/prosjekt/uten-mal/milepaler/", "/arbeid/prosjekt/uten-mal/gevinstkart/",
               "/arbeid/prosjekt/{slug}/gevinstkart/?boks={box}",
               "/arbeid/prosjekt/{slug}/videreforing/overlevering/{declined}/",
               "/arbeid/prosjekt/{slug}/gevinstkart/sammenheng/ny/?fra={box}",
               "/arbeid/prosjekt/uten-mal/malinger/fra-fil/",
               "/arbeid/prosjekt/ikke-i-bruk/mal/nytt/", "/arbeid/prosjekt/ikke-i-bruk/"],
    "owner": ["/arbeid/"],
    "adviser": ["/arbeid/", "/arbeid/oversikt/{programme}/arsrapporter/{submission}/?del=sporsmal",
                "/arbeid/oversikt/{programme}/?q=finnes+ikke", "/arbeid/oversikt/{programme}/?per=2015-01-15",
                "/arbeid/oversikt/{programme}/?per=tull",
                "/arbeid/oversikt/{programme}/analyse/prognose/", "/arbeid/oversikt/{programme}/analyse/fallgruver/",
                "/arbeid/oversikt/{programme}/analyse/aktivitet/", "/arbeid/oversikt/{programme}/analyse/virket/",
                "/arbeid/oversikt/{programme}/analyse/lignende/",
                "/arbeid/oversikt/{programme}/analyse/lignende/?mal={slug}-1",
                "/arbeid/oversikt/{programme}/arsrapporter/pa-tvers/?runde={setup_round}&sporsmal=virket_ikke",
                "/arbeid/oversikt/{programme}/arsrapporter/pa-tvers/?runde={setup_round}&sporsmal=behandlet",
                "/arbeid/oversikt/{programme}/arsrapporter/pa-tvers/?q=finnes+ikke",
                "/arbeid/oversikt/{programme}/arsrapporter/pa-tvers/laeringspunkter/?navn=1&unntatt=1&sprak=nn"],
    "admin": ["/arbeid/", "/arbeid/oppsett/program/{programme}/pulje/{empty_cohort}/"],
}  # fmt: skip


@pytest.fixture
def everything(project, leader, owner, benefit_owner, adviser, admin, stranger, union_representative):
    """What the addresses name, and the people who look."""
    programme = project.cohort.programme
    world.counties()
    house.furnish(project, leader, owner)
    house.neighbours(programme, leader)
    world.programme_of(3, programme)
    held = {"rule": "F3", "ground": "false", "part": 3, "whole": 10, "held_on": house.TODAY}
    programme.governor_holds.create(recorded_at=clock.now(), **held)
    post, allocation = factories.freed_time(project, title=house.LONG[:90] + house.WORD[:30])
    groups = [factories.stakeholder(project, *said) for said in ((-1, 3), (0, 1), (1, 3))]
    factories.seen(groups[1].group, date(2015, 1, 5), -1, 1, size=None, objection=house.LONG)
    project.stakeholder_sharings.create(shared_on=house.TODAY, shared_at=clock.now())
    return {
        "group": groups[0].group.number,
        "stakeholder": groups[0].pk,
        "objection": factories.objection_answer(groups[0].group).pk,
        "post": post.number,
        "allocation": allocation.pk,
        "counting": house.counted_twice(project).pk,
        "place": project.municipalities.get().number,
        "slug": project.slug,
        "programme": programme.slug,
        "number": 1,
        "measurement": Measurement.objects.filter(target__project=project, superseded_at=None).earliest("pk").pk,
        "milestone": project.milestones.get(title="Alle har fått tilbud").pk,
        "box": project.map_nodes.earliest("pk").pk,
        "link": project.map_links.earliest("pk").pk,
        "warning": house.warning(project).pk,
        "case": house.warning(project).pk,
        **plan_of(project, leader),
        **grant_of(project, leader, adviser),
        "handover": house.handed_over(project, leader, owner).pk,
        "declined": house.declined(project, leader, owner).pk,
        "rule": "F3",
        "page": "gevinster",
        "view": factories.saved_view(programme, adviser, name=house.LONG[:78]).pk,
        "figure": "status",
        "form": "csv",
        "person": leader.pk,
        "cohort": project.cohort.slug,
        "threshold": "grace_days",
        "empty_cohort": factories.cohort(programme=programme).slug,
        "role": project.roles.earliest("pk").pk,
        **annual_reports(project, leader, adviser),
        "people": {
            "leader": leader,
            "owner": owner,
            "adviser": adviser,
            "admin": admin,
            "stranger": stranger,
            "union_rep": union_representative,
        },
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
    pages = sorted({(persona, path) for persona, path in found if not FILE.search(path)})
    if language == "nb" or THOROUGH:
        return pages
    # The markup is the same in every language: in an ordinary run nynorsk and English take every other page each.
    return pages[LANGUAGES.index(language) - 1 :: 2]


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


@pytest.mark.robustness
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
    ("leader", "/arbeid/prosjekt/{slug}/frigitt-tid/ny/"),
    ("leader", "/arbeid/prosjekt/{slug}/interessenter/ny/"),
    ("leader", "/arbeid/prosjekt/{slug}/interessenter/{group}/svar/nytt/"),
    ("leader", "/arbeid/prosjekt/{slug}/frigitt-tid/{post}/bruk/ny/"),
    ("leader", "/arbeid/prosjekt/{slug}/varsel/{warning}/tiltak/"),
    ("adviser", "/arbeid/prosjekt/{slug}/tilskudd/utbetaling/{payment}/"),
    ("adviser", "/arbeid/prosjekt/{slug}/tilskudd/vilkar/{condition}/vurder/"),
    ("adviser", "/arbeid/oversikt/{programme}/arsrapporter/pa-tvers/svar/{submission}/virket_ikke/"),
    ("adviser", "/arbeid/oversikt/{programme}/arsrapporter/pa-tvers/brev/mal/nn/"),
    ("admin", "/arbeid/oversikt/{programme}/varslene/F3/slipp/"),
    ("adviser", "/arbeid/oversikt/{programme}/visninger/ny/?fylke=19"),
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
