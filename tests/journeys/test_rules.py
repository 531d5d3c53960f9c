"""Each rule where people meet it: what it says on the project's page, and that doing what it asks for closes it."""

from datetime import date

import pytest

from benefits.actions import maps
from benefits.actions.maps import LinePlan
from benefits.models import PitfallWarning
from reporting.annual.actions import reviews
from tests import factories
from tests.journeys import house
from tests.journeys.house import Y12, Y13, Y14, Y15
from tests.reporting.annual.writing import a_round, act, read, sent_in

Y16 = date(2016, 12, 31)


def a_target(project, first=10.1, **changes):
    """Sick leave measured every year: a plan that lasts, and nothing late."""
    facts = {"frequency": "yearly", "baseline_on": Y12, "baseline_points": 1, "planned": (Y13, Y14, Y15, Y16)}
    made = factories.target(project, **{**facts, "population": 5000, **changes})
    factories.measurement(made, Y13, first)
    return made


def is_open(project, rule, cause):
    return PitfallWarning.objects.filter(project=project, rule=rule, cause=cause, closed_on=None).exists()


@pytest.fixture
def at(live_server, project):
    """`at(path)`: an address in the project."""
    return lambda path="": f"{live_server.url}/arbeid/prosjekt/{project.slug}/{path}"


@pytest.fixture
def meets(page, sign_in, at):
    """`meets(person, title)`: sign in, open the project, and find the concern with this title."""

    def go(person, title):
        sign_in(page, person)
        page.goto(at())
        concern = page.locator("article, li, section").filter(has=page.get_by_role("heading", name=title)).last
        concern.wait_for()
        return concern

    return go


def unfold(page):
    """Open what is folded in the full sheet."""
    page.evaluate("document.querySelectorAll('main details').forEach(one => { one.open = true; })")


def save_sheet(page):
    page.get_by_role("button", name="Lagre endringen").click()
    page.get_by_text("Endringen er lagret.").first.wait_for()


def test_the_sentence_and_the_level_are_mended_in_the_sheet(page, meets, project, leader, owner, at, look):
    a_target(project, is_main=True, statement="Ned til 8,0 % i 2015.")
    a_target(project, title="Kompetanseplaner", indicator="kompetanseplan", kind="register_share", direction=1,
             baseline_value=20, values={Y15: 80}, first=45)  # fmt: skip
    house.assess(project)
    meets(leader, "Setningen sier et annet tall").get_by_role("link", name="Rett setningen").click()
    page.locator("#slik").get_by_text("sier 8,0, men målet er satt til 9").wait_for()
    assert not (found := look(page)), "\n".join(found)
    page.get_by_label("Målet i én setning").fill("Ned til 9,0 % i 2015.")
    page.get_by_label("Målet i én setning").blur()
    page.locator("#slik").get_by_text("Setningen stemmer").wait_for()
    save_sheet(page)
    assert not is_open(project, "V7", "number_differs")

    meets(leader, "Målet måler det dere gjør").get_by_role("link", name="Rett målet").click()
    page.get_by_label("Hva slags mål er det?").select_option("output")
    save_sheet(page)
    assert not is_open(project, "V1", "measures_activity")


def test_a_figure_that_stands_still_is_defined_anew(page, meets, project, leader, owner):
    made = a_target(project, is_main=True, baseline_on=date(2011, 12, 31), values={Y15: 9}, first=10.7)
    factories.series(made, {Y12: 10.9, Y14: 10.8})
    house.assess(project)
    meets(leader, "Tallet står stille").get_by_role("link", name="Se på indikatoren").click()
    unfold(page)
    page.get_by_label("Tallet regnes ut på en ny måte fra nå av").check()
    page.get_by_label("Hvorfor endres målet?").fill("Vi teller nå bare fravær etter ny avtale.")
    save_sheet(page)
    assert not is_open(project, "V6", "inert")


def test_a_share_that_can_hardly_get_better_gets_a_baseline_with_room(page, meets, project, leader, owner):
    a_target(project, is_main=True, title="Svar innen fristen", kind="register_share", direction=1, baseline_value=96,
             values={Y15: 99}, first=96.5)  # fmt: skip
    house.assess(project)
    assert is_open(project, "V6", "at_edge")
    meets(leader, "Lite igjen å vinne").get_by_role("link", name="Se på indikatoren").click()
    unfold(page)
    page.locator("#id_baseline_value").fill("81")
    page.get_by_label("Hvorfor endres målet?").fill("Målt på nytt: bare svar til innbyggere telles.")
    save_sheet(page)
    assert not is_open(project, "V6", "at_edge")


def test_a_counter_that_recovers(page, meets, project, leader, owner):
    full_time = {"kind": "register_share", "direction": 1, "baseline_value": 30, "mmc": 3, "values": {Y15: 50}}
    a_target(project, is_main=True, title="Heltid", indicator="heltidsandel", first=45, **full_time)
    locum = a_target(project, title="Vikarbruk", indicator="vikarbruk", kind="index", declared_sd=0, baseline_value=8,
                     mmc=1, values={Y15: 6}, first=11)  # fmt: skip
    house.assess(project)
    concern = meets(leader, "Gevinsten kan være flyttet")
    assert "Vikarbruk (effektmål 2)" in concern.inner_text()
    concern.get_by_role("link", name="Finn sammenhengen").click()
    page.locator("#id_measured_on").fill("31.12.2014")
    page.locator("#id_value").fill("7,5")
    page.locator("#id_source").fill("Turnussystemet")
    page.locator("#ny").get_by_role("button", name="Lagre", exact=True).click()
    page.get_by_text("Målingen er lagret.").first.wait_for()
    assert locum.measurements.count() == 2
    assert not is_open(project, "V5", "counter_worse")


def test_a_double_claim_names_both_is_decided_and_closes_at_once(page, meets, project, leader, owner, at, look):
    same = {"indicator": "sykefravaer_legemeldt", "scope": "Pleie og omsorg"}
    a_target(project, is_main=True, title="Lavere sykefravær", **same)
    a_target(project, title="Flere på jobb", **same)
    house.assess(project)
    concern = meets(leader, "Det samme telles to ganger")
    assert "E1 Lavere sykefravær og E2 Flere på jobb teller den samme gevinsten." in concern.inner_text()
    concern.get_by_role("link", name="Bestem hvem som teller").click()
    for number, title in ((1, "Lavere sykefravær"), (2, "Flere på jobb")):
        link = page.locator("#par-1").get_by_role("link", name=f"E{number} {title}")
        assert link.get_attribute("href").endswith(f"/mal/{number}/")
    page.locator("#par-1 summary").click()
    assert not (found := look(page)), "\n".join(found)
    page.get_by_label("E2 Flere på jobb").check()
    page.get_by_role("button", name="Lagre").click()
    page.get_by_text("Rett én ting før du går videre").wait_for()
    assert page.get_by_label("E2 Flere på jobb").is_checked()
    assert not (found := look(page)), "\n".join(found)
    page.get_by_label("Hvorfor?").fill("Begge er målt i samme system, for de samme avdelingene.")
    page.get_by_role("button", name="Lagre").click()
    page.get_by_role("heading", name="Ingenting telles dobbelt").wait_for()
    page.get_by_text("telles ikke her – telles i").wait_for()
    assert not is_open(project, "V9", "claimed_twice")
    page.get_by_role("button", name="Tell her igjen").click()
    page.get_by_text("Begge teller igjen").wait_for()
    assert is_open(project, "V9", "claimed_twice")


def test_shares_beyond_the_whole_are_lowered_on_the_map(page, meets, project, leader, owner):
    a_target(project, is_main=True)
    first, second, effect = (factories.map_box(project, kind=kind) for kind in ("initiative", "deliverable", "effect"))
    by = house.by(leader)
    for origin in (first, second):
        maps.link(by=by, origin=origin, leads_to=effect, plan=LinePlan(share=60))
    house.assess(project)
    concern = meets(leader, "Bidragene er mer enn det hele")
    assert "står for 120 % til sammen" in concern.inner_text().replace("\u00a0", " ")
    concern.get_by_role("link", name="Se over bidragene").click()
    page.get_by_role("link", name=effect.title).click()
    page.get_by_role("link", name=f"Endre sammenhengen fra {first.title} til {effect.title}").click()
    page.locator("#id_share").fill("40")
    page.get_by_role("button", name="Lagre").click()
    page.get_by_text("Endringen er lagret.").first.wait_for()
    assert not is_open(project, "V9", "over_whole")


def test_too_few_points_and_nothing_after_the_end_are_planned_anew(page, meets, project, leader, owner):
    project.ends_on = date(2015, 6, 30)
    project.save()
    on = date(2015, 6, 1)
    factories.target(project, is_main=True, frequency="yearly", baseline_on=Y12, baseline_points=1, planned=(on,),
                     values={on: 9}, effect_starts_on=date(2015, 1, 1), population=5000)  # fmt: skip
    house.assess(project)
    assert is_open(project, "L2", "short_term")
    meets(leader, "For få målinger planlagt").get_by_role("link", name="Mål oftere").click()
    unfold(page)
    page.get_by_label("Hvor ofte måles det?").select_option("quarterly")
    page.get_by_label("Antall målinger nullpunktet er snitt av").fill("4")
    save_sheet(page)
    assert not is_open(project, "F3", "few_points")
    assert not is_open(project, "L2", "short_term")


def test_what_is_only_said_is_shown_where_it_is_edited_and_is_no_concern(page, sign_in, project, leader, owner, at):
    made = a_target(project, is_main=True, title="Antall kurs", population=30)
    house.assess(project)
    assert is_open(project, "V2", "sounds_like_activity")
    assert is_open(project, "V8", "within_chance")
    assert is_open(project, "L3", "no_step")
    sign_in(page, leader)
    page.goto(at())
    assert page.get_by_text("Høres ut som noe dere gjør").count() == 0
    page.goto(at(f"mal/{made.number}/"))
    page.locator(".checks").get_by_text("Høres ut som noe dere gjør").wait_for()
    page.locator(".checks").get_by_text("Endringen er stor nok til å vises").wait_for()
    page.goto(at(f"mal/{made.number}/endre/"))
    unfold(page)
    page.get_by_label("Navn på målet").fill("Lavere sykefravær")
    page.get_by_label("Hvor mange gjelder det?").fill("9000")
    page.get_by_label("Antall bak nullpunktet").fill("9000")
    save_sheet(page)
    assert not is_open(project, "V2", "sounds_like_activity")
    assert not is_open(project, "V8", "within_chance")
    page.goto(at("milepaler/"))
    page.get_by_text("Ingen milepæl og ikke noe prosessmål skal være nådd").wait_for()
    page.get_by_role("link", name="Ny milepæl").click()
    page.get_by_label("Milepæl", exact=True).fill("Ny turnus")
    page.get_by_label("Frist").fill("01.05.2015")
    page.locator("main form button[type=submit]").first.click()
    page.get_by_text("Milepælen er lagt til.").first.wait_for()
    assert not is_open(project, "L3", "no_step")


@pytest.fixture
def left_alone(project, leader, owner):
    """An ended project with a gain: measured to its end, then left by those who had it."""
    project.ends_on = date(2014, 9, 30)
    project.save()
    project.roles.update(ends_on=date(2014, 11, 30))
    made = a_target(project, is_main=True, values={Y13: 9}, planned=(Y12, Y13, Y14, Y16), first=8.5)
    factories.measurement(made, date(2014, 9, 30), 8.6)
    return project


def test_a_gain_nobody_carries_is_given_to_somebody(page, sign_in, live_server, left_alone, admin):
    linn = factories.user("Linn Linje")
    house.assess(left_alone)
    assert is_open(left_alone, "R0", "carrier_left")
    sign_in(page, admin)
    page.goto(f"{live_server.url}/arbeid/oppsett/prosjekt/{left_alone.slug}/ny-rolle/")
    page.locator("#id_email").fill(linn.email)
    page.locator("#id_role").select_option("benefit_owner")
    page.locator("#id_starts_on").fill("22.01.2015")
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url(f"**/prosjekt/{left_alone.slug}/")
    assert not is_open(left_alone, "R0", "carrier_left")


def register(page, on, value):
    page.locator("#id_measured_on").fill(on)
    page.locator("#id_value").fill(value)
    page.locator("#id_source").fill("Fraværssystemet")
    page.locator("#ny").get_by_role("button", name="Lagre", exact=True).click()
    page.get_by_text("Målingen er lagret.").first.wait_for()


def test_measuring_goes_on_after_the_end_and_often_enough(page, meets, project, leader, owner, at):
    project.ends_on = date(2014, 6, 30)
    project.save()
    planned = (date(2014, 3, 31), date(2014, 6, 30), date(2014, 9, 30), Y16)
    stopped = factories.target(project, is_main=True, baseline_on=Y12, planned=planned, values={Y16: 9})
    factories.series(stopped, {date(2013, month, day): 9.8 for month, day in ((3, 31), (6, 30), (9, 30), (12, 31))})
    factories.series(stopped, {date(2014, 3, 31): 9.7, date(2014, 6, 30): 9.6})
    house.assess(project)
    assert is_open(project, "R0", "measuring_stopped")
    meets(leader, "Målingen er for gammel").get_by_role("link", name="Registrer måling").click()
    register(page, "30.09.2014", "9,5")
    assert not is_open(project, "R0", "measuring_stopped")
    assert not is_open(project, "F3", "measurement_stale")


def test_the_second_measurement_is_found_in_the_archive(page, meets, project, leader, owner):
    for number in (1, 2):
        made = factories.target(project, is_main=number == 1, kind="index", declared_sd=0, baseline_points=1,
                                baseline_on=Y12, planned=(date(2014, 3, 31), date(2014, 6, 30), Y15, Y16))  # fmt: skip
        factories.measurement(made, Y14, 9.8)
    house.assess(project)
    meets(leader, "For få effektmål er målt").get_by_role("link", name="Registrer målinger").click()
    register(page, "30.06.2014", "9,9")
    assert not is_open(project, "L1", "few_measured")


def test_two_warnings_nobody_has_looked_at_are_seen(page, meets, project, leader, owner):
    for number in (1, 2):
        factories.target(project, is_main=number == 1, baseline_value=None, baseline_on=None)
    house.assess(project, on=date(2014, 11, 3))
    house.assess(project)
    assert is_open(project, "F4", "warnings_unanswered")
    meets(owner, "Nullpunkt mangler").get_by_role("button", name="Kvitter ut").click()
    page.get_by_text("Kvittert ut").first.wait_for()
    assert not is_open(project, "F4", "warnings_unanswered")
    assert is_open(project, "F3", "baseline_missing")


def test_a_comment_gets_its_reply_before_the_report_is_due_again(page, meets, project, leader, owner, adviser):
    report = sent_in(project, a_round(project.cohort.programme, year=2013), date(2014, 1, 20)).report
    review = read(report.submissions.get(), adviser, date(2015, 1, 5))
    by = act(adviser, date(2015, 1, 5))
    reviews.comment(by=by, review=review, section="gevinster", text="Hva med vikarene?")
    reviews.return_report(by=by, review=review, new_deadline=date(2015, 1, 26))
    house.assess(project)
    assert is_open(project, "L4", "comment_unanswered")
    meets(leader, "Kommentar uten svar").locator(".actions a").first.click()
    page.get_by_text("Hva med vikarene?").first.wait_for()
    page.get_by_label("Svaret til rådgiveren").fill("De er tatt med i tallene.")
    page.get_by_role("button", name="Lagre", exact=True).click()
    page.get_by_text("Lagret kl.").first.wait_for()
    assert not is_open(project, "L4", "comment_unanswered")


def test_an_indicator_of_something_else_is_explained_and_the_adviser_agrees(
    page, meets, sign_in, project, leader, owner, adviser, at, look
):
    a_target(project, is_main=True, title="Sykefravær", indicator="sykefravaer_legemeldt", concept="naervaer")
    house.assess(project)
    meets(leader, "Indikatoren måler noe annet").get_by_role("link", name="Begrunn indikatoren").click()
    page.get_by_label("Hvorfor kan indikatoren stå for det?").fill("Det er det vi har tall for hvert kvartal.")
    save_sheet(page)
    assert not is_open(project, "V3", "concept_differs")
    assert is_open(project, "V3", "concept_unconfirmed")
    sign_in(page, adviser)
    page.goto(at("mal/1/"))
    assert not (found := look(page)), "\n".join(found)
    page.get_by_role("button", name="Bekreft at indikatoren kan stå for det").click()
    page.get_by_text("Du har bekreftet at indikatoren kan stå for det målet gjelder.").first.wait_for()
    assert not is_open(project, "V3", "concept_unconfirmed")


def test_a_share_that_grew_because_others_left_is_explained_by_a_break(page, meets, project, leader, owner):
    made = factories.target(project, is_main=True, title="Heltid", kind="register_share", direction=1, mmc=2,
                            baseline_value=20, baseline_on=Y12, frequency="yearly", values={Y15: 30},
                            planned=(Y13, Y14, Y15, Y16), population=200)  # fmt: skip
    for on, of in ((Y13, 200), (Y14, 176)):
        factories.measurement(made, on, round(4000 / of, 4), numerator=40, denominator=of)
    house.assess(project)
    meets(leader, "Færre telles med").get_by_role("link", name="Se hvem som telles").click()
    page.get_by_text("Registrer et brudd").click()
    page.get_by_label("Tallene er annerledes fra og med").fill("01.07.2014")
    page.get_by_label("Hva har skjedd?").select_option("reorganisation")
    page.get_by_label("Forklar kort").fill("Natteam er flyttet til en annen enhet.")
    page.get_by_role("button", name="Lagre bruddet").click()
    page.get_by_text("Bruddet er lagret.").first.wait_for()
    assert not is_open(project, "V4", "only_fewer")


def test_freed_time_gets_its_use(page, meets, project, leader, owner, look):
    a_target(project, is_main=True)
    factories.freed_time(project, 1)
    house.assess(project)
    assert is_open(project, "F6", "freed_unallocated")
    concern = meets(owner, "Frigitt tid uten plan")
    assert "er bruken av 1,4 ikke bestemt" in concern.inner_text()
    concern.get_by_role("link", name="Bestem bruken").first.click()
    page.get_by_role("link", name="Bestem bruken av Ny turnus").click()
    page.get_by_label("Hva skal tiden brukes til?").select_option("skills")
    page.get_by_label("Hvor mye tid i året?").fill("1,5")
    page.get_by_label("Hvem bestemte det?").fill("Ledermøtet")
    page.get_by_role("button", name="Lagre", exact=True).click()
    page.get_by_text("Du har 2,4 årsverk frigitt og 1 disponert; 1,4 kan disponeres.").first.wait_for()
    assert not (found := look(page)), "\n".join(found)
    page.get_by_label("Hvor mye tid i året?").fill("1,4")
    page.get_by_role("button", name="Lagre", exact=True).click()
    page.get_by_text("Bruken er ført.").first.wait_for()
    assert not is_open(project, "F6", "freed_unallocated")


def test_an_objection_gets_its_answer(page, meets, at, project, leader, owner, benefit_owner, look):
    a_target(project, is_main=True)
    for kind in ("users", "union_reps", "finance"):
        factories.stakeholder(project, 0, 3, kind=kind, name="", recorded_by=owner)
    house.assess(project)
    assert not PitfallWarning.objects.filter(project=project, rule="F2").exists()
    meets(owner, "Ingenting akkurat nå")
    page.goto(at("interessenter/ny/"))
    page.get_by_label("Hvilken gruppe?").select_option(label="Ansatte i tjenesten")
    page.get_by_label("Navn på gruppen").fill("Kari Nordmann")
    page.get_by_label("Har innvendinger").check()
    page.get_by_label("Hva er innvendingen?").fill("Det blir flere helger på de samme.")
    page.get_by_label("Stor", exact=True).check()
    page.get_by_label("Hvor mange er de?").fill("40")
    page.get_by_role("button", name="Lagre", exact=True).click()
    page.get_by_text("ser ut som navnet på en person").first.wait_for()
    assert not (found := look(page)), "\n".join(found)
    page.get_by_label("Navn på gruppen").fill("Nattevaktene")
    page.get_by_role("button", name="Lagre", exact=True).click()
    page.get_by_text("Gruppen er lagt til.").first.wait_for()
    assert is_open(project, "F2", "objection_unanswered")  # assessed right after the save, before the page came
    concern = meets(leader, "Innvending uten svar")
    assert "Nattevaktene" in concern.inner_text()
    concern.get_by_role("link", name="Svar på innvendingen").first.click()
    page.get_by_role("link", name="Svar på innvendingen: Nattevaktene").click()
    page.get_by_label("Hva er svaret på innvendingen?").fill("Ingen får flere helger enn i dag.")
    page.get_by_label("Hvilken rolle svarer?").fill("Enhetsleder")
    page.get_by_label("Innen").fill("01.03.2015")
    assert not (found := look(page)), "\n".join(found)
    page.get_by_role("button", name="Lagre", exact=True).click()
    page.get_by_text("Svaret er planlagt.").first.wait_for()
    assert not (found := look(page)), "\n".join(found)
    assert not is_open(project, "F2", "objection_unanswered")
