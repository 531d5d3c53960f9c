"""A complete project from nothing, in the browser: each pitfall is met when its facts come, and leaves when they go.

The project is in its last year. It begins with people and a name, and nothing else.
"""

from datetime import date

import pytest

from benefits.models import PitfallWarning
from projects.models import RoleAssignment
from tests import factories
from tests.journeys import house


@pytest.fixture
def project(programme):
    """In use for two years, ends in spring."""
    cohort = factories.cohort(programme=programme)
    return factories.project(factories.municipality("Meråker"), cohort=cohort, ends_on=date(2015, 4, 15))


@pytest.fixture
def people(project, leader, owner, benefit_owner, admin):
    """The leader's role ends in a month."""
    RoleAssignment.objects.filter(person=leader, project=project).update(ends_on=date(2015, 2, 28))
    house.assess(project)
    return {"leader": leader, "owner": owner, "line": benefit_owner, "admin": admin}


class Project:
    """The project as its people meet it in the browser."""

    def __init__(self, page, sign_in, people, project, root):
        self.page, self.sign_in, self.people, self.project, self.root = page, sign_in, people, project, root
        self.who = ""

    def go(self, who, path=""):
        """Open a page of the project as someone."""
        if who != self.who:
            self.sign_in(self.page, self.people[who])
            self.who = who
        self.page.goto(f"{self.root}/arbeid/prosjekt/{self.project.slug}/{path}")
        return self.page

    def causes(self, rule):
        """What a rule warns of now."""
        rows = PitfallWarning.objects.filter(project=self.project, rule=rule, closed_on=None)
        return sorted(rows.values_list("cause", flat=True))

    def concern(self, title):
        """The open concern with this title, on the project's page."""
        heading = self.page.get_by_role("heading", name=title)
        found = self.page.locator("article, li, section").filter(has=heading).last
        found.wait_for()
        return found

    def press(self, name, said):
        """Press a button, and read the answer."""
        self.page.get_by_role("button", name=name, exact=True).first.click()
        self.page.get_by_text(said).first.wait_for()


@pytest.fixture
def at(page, sign_in, people, project, live_server):
    return Project(page, sign_in, people, project, live_server.url)


def test_from_nothing_to_a_benefit_handed_over(at):
    what_is_to_change(at)
    the_baseline(at)
    the_measurements(at)
    the_relapse(at)
    the_objection(at)
    the_plan(at)
    the_map(at)
    the_freed_time(at)
    who_carries_on(at)
    who_leads(at)


def what_is_to_change(at):
    """Pitfall 3 asks for a target; the target is one sentence, without its baseline yet."""
    assert at.causes("F3") == ["no_targets"]
    page = at.go("leader")
    at.concern("Ingen effektmål").get_by_role("link", name="Lag effektmål").click()
    page.locator("[name=direction]").select_option("-1")
    page.locator("[name=indicator]").select_option("sykefravaer_legemeldt")
    page.get_by_text("Nullpunktet er ikke målt ennå").click()
    said = {
        "scope": "pleie og omsorg",
        "baseline_due_on": "22.01.2015",
        "target_value": "8,0",
        "target_on": "2016",
        "population": "900",
    }
    for name, value in said.items():
        page.locator(f"[name={name}]").fill(value)
    at.press("Lagre effektmålet", "Effektmålet er lagret")


def the_baseline(at):
    """The sheet says while one types whether the change can be seen at all."""
    assert at.causes("F3") == []
    page = at.go("leader", "mal/1/endre/")
    page.locator("#id_baseline_value").fill("10,8")
    page.locator("#id_baseline_on").fill("2012")
    page.locator("#id_baseline_on").blur()
    page.locator("#slik").get_by_text("En endring under").wait_for()
    at.press("Lagre endringen", "Endringen er lagret.")
    assert at.causes("F3") == []


def the_measurements(at):
    """Three lines from a spreadsheet, read back before they are stored."""
    page = at.go("leader", "mal/1/")
    page.get_by_label("Lim inn tall").fill("31.12.2013 8,6\n31.03.2014\t8,4\n30.06.2014 8,5")
    page.get_by_role("button", name="Se hva Saman forstår").click()
    at.press("Lagre 3 målinger", "3 målinger er lagret.")
    assert page.locator(".fig-point").count() == 3


def the_relapse(at):
    """Going back to 0 is suspected from one figure, confirmed by the next, and over when the gain is back."""
    assert at.causes("R0") == []
    for on, value, causes in (
        ("30.09.2014", "10,9", ["possible_relapse"]),
        ("31.12.2014", "10,7", ["relapse_confirmed"]),
        ("15.01.2015", "8,9", []),
    ):
        page = at.go("leader", "mal/1/")
        page.locator("#id_measured_on").fill(on)
        page.locator("#id_value").fill(value)
        at.press("Lagre", "Målingen er lagret.")
        assert at.causes("R0") == causes
        if causes == ["relapse_confirmed"]:
            at.go("leader")
            assert "96 % av framgangen i effektmål 1" in at.concern("Tilbakefall").inner_text().replace("\u00a0", " ")


def the_objection(at):
    """Pitfall 2 from when the only group objects: lower when somebody has promised an answer, over when it is given."""
    assert at.causes("F2") == []
    page = at.go("leader", "interessenter/ny/")
    page.get_by_label("Hvilken gruppe?").select_option(label="Ansatte i tjenesten")
    page.get_by_label("Har innvendinger").check()
    page.get_by_label("Hva er innvendingen?").fill("Det blir flere helger på de samme.")
    page.get_by_label("Stor", exact=True).check()
    page.get_by_label("Hvor mange er de?").fill("40")
    at.press("Lagre", "Gruppen er lagt til.")
    assert at.causes("F2") == ["objection_unanswered"]
    page = at.go("leader")
    at.concern("Innvending uten svar").get_by_role("link", name="Svar på innvendingen").first.click()
    page.get_by_role("link", name="Svar på innvendingen: Ansatte i tjenesten").click()
    page.get_by_label("Hva er svaret på innvendingen?").fill("Ingen får flere helger enn i dag.")
    page.get_by_label("Hvilken rolle svarer?").fill("Enhetsleder")
    page.get_by_label("Innen").fill("01.03.2015")
    at.press("Lagre", "Svaret er planlagt.")
    assert at.causes("F2") == ["answers_promised"]
    page.get_by_role("button", name="Svaret er gitt: Ansatte i tjenesten").click()
    page.get_by_text("gitt 22. januar 2015").wait_for()
    assert at.causes("F2") == []


def the_plan(at):
    """Pitfall 1 until the owner has approved: the plan is made from the target, and names who carries the benefit."""
    assert at.causes("F1") == ["plan_unapproved"]
    page = at.go("leader")
    concern = at.concern("ikke godkjent")
    assert "sluttdato er 15. april 2015, og prosjekteier har ikke godkjent noen" in concern.inner_text()
    concern.get_by_role("link", name="Få planen godkjent").click()
    page.get_by_role("button", name="Lag gevinst fra E1").click()
    page.get_by_role("link", name="Fyll ut gevinstansvarlig for K1").click()
    page.get_by_label("Gevinstansvarlig: stilling i linjen").fill("leder for pleie og omsorg")
    at.press("Lagre", "Alt er fylt ut.")
    at.press("Send til prosjekteier", "Planen er sendt til prosjekteier.")
    assert at.causes("F1") == ["plan_unapproved"]
    page = at.go("owner", "plan/")
    page.get_by_role("radio", name="Godkjenn planen").check()
    at.press("Lagre beslutningen", "Planen er godkjent.")
    assert at.causes("F1") == []


def the_map(at):
    """Drawn from target and plan; what it lacks is named until it is there."""
    page = at.go("leader", "gevinstkart/")
    at.press("Lag kart av det som finnes", "Kartet har fått 2 bokser.")
    weak = page.get_by_role("region", name="Svake punkter i kartet")
    weak.get_by_text("Sykefravær, legemeldt bygger ikke på noe i kartet").wait_for()
    page.get_by_role("link", name="Legg til boks").click()
    page.get_by_label("Hva slags boks er det?").select_option("driver:attitudes")
    page.get_by_label("Hva boksen heter").fill("Vi ringer den som er borte")
    at.press("Legg til boks", "Boksen er lagt til.")
    page.locator("#valgt").get_by_role("link", name="Koble videre").click()
    page.locator("#id_til").select_option(label="Sykefravær, legemeldt")
    page.locator("main form button[type=submit]").first.click()
    page.get_by_text("Sammenhengen er lagt til.").wait_for()
    assert weak.get_by_text("bygger ikke på noe i kartet").count() == 0


def the_freed_time(at):
    """Pitfall 6 from the first freed hour until its use is decided; the line says that it is there."""
    assert at.causes("F6") == []
    page = at.go("leader", "frigitt-tid/")
    page.get_by_role("link", name="Registrer frigitt tid").click()
    page.get_by_label("Hva frigir tiden?").fill("Ny turnus i fem bofellesskap")
    page.get_by_label("Hvor mye tid i året?").fill("2,4")
    page.get_by_label("Fri fra").fill("01.01.2015")
    page.get_by_role("button", name="Registrer").first.click()
    page.get_by_role("heading", name="Hvor tiden kommer fra").wait_for()
    assert at.causes("F6") == ["freed_unallocated"]
    page = at.go("line", "frigitt-tid/")
    page.get_by_role("button", name="Bekreft at tiden er frigitt").click()
    page.get_by_text("bekreftet").first.wait_for()
    assert at.causes("F6") == ["freed_unused"]
    page = at.go("owner")
    concern = at.concern("Frigitt tid")
    assert "2,4" in concern.inner_text()
    concern.get_by_role("link", name="Bestem bruken").first.click()
    page.get_by_role("link", name="Bestem bruken av Ny turnus").click()
    page.get_by_label("Hva skal tiden brukes til?").select_option("skills")
    page.get_by_label("Hvor mye tid i året?").fill("2,4")
    page.get_by_label("Hvem bestemte det?").fill("Ledermøtet")
    at.press("Lagre", "Bruken er ført.")
    assert at.causes("F6") == []


def who_carries_on(at):
    """Pitfall 4 until it is decided who goes on after the project."""
    assert at.causes("F4") == ["continuation_missing"]
    page = at.go("owner")
    concern = at.concern("Beslutning om videreføring mangler")
    assert "15. april 2015" in concern.inner_text()
    concern.get_by_role("link", name="Registrer beslutningen").first.click()
    page.locator("main").get_by_role("link", name="Registrer beslutningen").click()
    page.get_by_role("radio", name="Videreføres i ordinær drift").check()
    page.get_by_label("Enheten eller stillingen").fill("Kommunalsjef helse og omsorg")
    at.press("Registrer beslutningen", "Beslutningen er registrert.")
    assert at.causes("F4") == []


def who_leads(at):
    """Pitfall 5 until what the leader carries is handed over and accepted, and the role has its successor."""
    assert at.causes("F5") == ["leader_leaving"]
    page = at.go("leader")
    concern = at.concern("Prosjektlederen slutter")
    assert "28. februar 2015" in concern.inner_text()
    concern.get_by_role("link", name="Utpek etterfølger").click()
    page.get_by_role("link", name="som blir stående hvis Lise Leder slutter").click()
    page.get_by_role("link", name="Lag overlevering").click()
    page.get_by_label("Hvem overtar?").select_option(label="Gunn Gevinst")
    page.get_by_label("Hva må den som overtar, vite?").fill("Turnusplanen ligger i mappa.")
    at.press("Registrer overleveringen", "De som overtar, må godta den.")
    page = at.go("line")
    page.goto(f"{at.root}/arbeid/")
    page.get_by_role("link", name="Godta overleveringen fra Lise Leder").click()
    at.press("Godta overleveringen", "Du har godtatt overleveringen.")
    at.sign_in(page, at.people["admin"])
    role = RoleAssignment.objects.get(person=at.people["leader"], superseded_at=None)
    page.goto(f"{at.root}/arbeid/oppsett/rolle/{role.pk}/avslutt/")
    page.get_by_label("Siste dag i rollen").fill("15.02.2015")
    page.get_by_label("E-postadressen til den som overtar rollen").fill(at.people["line"].email)
    at.press("Avslutt", "Rollen er avsluttet.")
    assert at.causes("F5") == []
