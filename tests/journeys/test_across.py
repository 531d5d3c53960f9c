"""An adviser selects words in an answer with the mouse, and codes them; the page is accessible before and after."""

from playwright.sync_api import expect

from tests import factories
from tests.reporting.annual.writing import a_round, complete, save, send_in

ANSWER = "Felles kurs for alle. Det ble for langt fra hverdagen. Felles kurs for alle."
SELECT = """words => {
  const text = document.getElementById('ordene').firstChild, start = text.data.lastIndexOf(words);
  getSelection().setBaseAndExtent(text, start, text, start + words.length);
}"""


def test_an_adviser_marks_what_is_selected(
    page, live_server, sign_in, look, adviser, leader, owner, project, programme
):
    factories.target(project, is_main=True)
    report = complete(project, a_round(programme))
    save(report, leader, "fallgruver", virket_ikke=ANSWER)
    submission = send_in(report)
    sign_in(page, adviser)
    path = f"/arbeid/oversikt/{programme.slug}/arsrapporter/pa-tvers"
    page.goto(f"{live_server.url}{path}/?sporsmal=virket_ikke")
    page.get_by_role("link", name="Merk et sted").click()
    page.wait_for_url("**/svar/**")  # loaded, script and all
    page.evaluate(SELECT, "Felles kurs for alle.")
    expect(page.get_by_label("Ordene du vil merke")).to_have_value("Felles kurs for alle.")
    page.get_by_label("Læringspunkt").check()
    assert look(page) == []
    page.get_by_role("button", name="Gi stedet disse kodene").click()
    page.get_by_role("heading", name="Merket i svaret 1").wait_for()
    assert look(page) == []
    passage = submission.passages.get()
    assert (passage.start, passage.text) == (ANSWER.rindex("Felles"), "Felles kurs for alle."), "the place selected"
