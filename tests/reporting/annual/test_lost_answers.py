"""A save whose answer never came: what is typed afterwards is no conflict with oneself, and nothing is lost."""

import random
from datetime import date
from uuid import UUID, uuid4, uuid5

import pytest
from django.urls import reverse

from reporting.annual.actions import drafts
from reporting.annual.merge import Change, PageSave
from reporting.annual.models import ConflictCopy, SaveReceipt
from tests import factories
from tests.reporting.annual.test_report_pages import asked, data_of, hidden, typed
from tests.reporting.annual.writing import act, save

pytestmark = pytest.mark.django_db
SECTION = "videre"
HTMX = {"HX-Request": "true", "HX-Request-Type": "partial"}
PRESS = {"HX-Request": "true", "HX-Request-Type": "full"}


@pytest.fixture(autouse=True)
def _in_january(settings):
    settings.DEMO, settings.DEMO_TODAY = True, date(2015, 1, 22)


@pytest.fixture
def url(project):
    return reverse("report_section", args=[project.slug, "2014", SECTION])


@pytest.fixture
def deputy(report):
    made = factories.user("Vara Vik")
    factories.role(made, "leader_deputy", report.project)
    return made


@pytest.fixture
def page(client, url, leader, report):
    """The section as the leader has it open, with an answer from before."""
    save(report, leader, SECTION, neste="Før")
    client.force_login(leader)
    return client.get(url)


@pytest.fixture
def send(client, url):
    """`send(page, turn, **answers)`: save while writing, from a page as it was."""

    def post(page, turn, **answers):
        return client.post(url, {**typed(page, list(answers), **answers), "nr": turn}, headers=HTMX)

    return post


def test_what_is_typed_after_a_lost_answer_is_stored(page, send, report):
    send(page, 1, neste="En")
    answer = send(page, 2, neste="En to")
    assert answer.status_code == 200
    assert data_of(report) == {"neste": "En to"}
    assert not ConflictCopy.objects.exists()
    assert "Noen andre har endret" not in answer.content.decode()
    assert send(answer, 3, neste="En to tre").status_code == 200
    assert data_of(report) == {"neste": "En to tre"}


def test_what_is_taken_back_after_a_lost_answer_is_taken_back(page, send, report):
    send(page, 1, neste="En", hjelp="Ny")
    answer = send(page, 2, neste="Før", hjelp="Ny")
    assert (answer.status_code, data_of(report)) == (200, {"neste": "Før", "hjelp": "Ny"})
    assert "Noen andre har endret" not in answer.content.decode()
    send(page, 3, neste="En", hjelp="Ny")
    assert data_of(report) == {"neste": "En", "hjelp": "Ny"}


def test_a_save_overtaken_on_the_way_changes_nothing(page, send, report):
    send(page, 2, neste="En to")
    assert send(page, 1, neste="En").status_code == 200
    assert data_of(report) == {"neste": "En to"}


def test_a_save_overtaken_by_one_that_took_it_back_changes_nothing(page, send, report):
    send(page, 2, neste="Før")
    send(page, 1, neste="En")
    assert data_of(report) == {"neste": "Før"}


def test_an_overtaken_press_settles_nothing(client, page, send, report, url, deputy):
    save(report, deputy, SECTION, neste="Varas")
    answer = send(page, 1, neste="En")
    waiting = {"avgjor": hidden(answer, "avgjor")}
    client.post(url, {**typed(answer, ["neste"], neste="En to"), **waiting, "nr": 3}, headers=HTMX)
    client.post(url, {**typed(answer, ["neste"], neste="En"), **waiting, "nr": 2, "go": "save"}, headers=PRESS)
    assert data_of(report) == {"neste": "Varas"}
    assert ConflictCopy.objects.get().settled_at is None


def test_the_same_turn_sent_again_is_stored_once(page, send, report):
    send(page, 1, neste="En")
    version = report.sections.get(key=SECTION).version
    assert send(page, 1, neste="En").status_code == 200
    assert report.sections.get(key=SECTION).version == version


def test_without_script_the_page_may_be_gone_back_to_and_sent_again(client, page, url, report):
    for text in ("En", "En to", "En"):
        assert client.post(url, {**typed(page, ["neste"], neste=text), "go": "save"}).status_code == 303
        assert data_of(report) == {"neste": text}


def test_someone_elses_change_in_between_is_still_a_conflict(page, send, report, deputy):
    send(page, 1, neste="En")
    save(report, deputy, SECTION, neste="Varas")
    answer = send(page, 2, neste="En to")
    assert answer.status_code == 409
    copy = ConflictCopy.objects.get()
    assert (copy.ancestor, copy.mine, copy.theirs, copy.theirs_by) == ("En", "En to", "Varas", deputy)
    assert data_of(report) == {"neste": "Varas"}


def test_someone_elses_change_elsewhere_is_merged_and_told(page, send, report, deputy):
    send(page, 1, neste="En")
    save(report, deputy, SECTION, hjelp="Varas")
    answer = send(page, 2, neste="En to")
    assert data_of(report) == {"neste": "En to", "hjelp": "Varas"}
    assert "Noen andre har endret andre svar her" in answer.content.decode()


def test_a_conflict_whose_answer_was_lost_keeps_the_newest_text_once(page, send, report, deputy):
    save(report, deputy, SECTION, neste="Varas")
    assert send(page, 1, neste="En").status_code == 409
    assert send(page, 2, neste="En to").status_code == 409
    assert [copy.mine for copy in ConflictCopy.objects.all()] == ["En to"]


def test_what_is_written_on_in_a_conflict_is_kept_until_it_is_settled(client, page, send, report, url, deputy):
    save(report, deputy, SECTION, neste="Varas")
    answer = send(page, 1, neste="En")
    going_on = {**typed(answer, ["neste"], neste="En to tre"), "avgjor": hidden(answer, "avgjor")}
    assert client.post(url, going_on, headers=HTMX).status_code == 200
    assert ConflictCopy.objects.get().mine == "En to tre"
    assert data_of(report) == {"neste": "Varas"}
    assert "En to tre</textarea>" in client.get(url).content.decode()


def test_the_other_ones_copy_does_not_stop_ones_own_writing(client, send, report, leader, deputy, url):
    """A deputy's text waits beside the leader's answer: the leader's own typing is saved as ever."""
    client.force_login(deputy)
    old = client.get(url)
    save(report, leader, SECTION, neste="Lederens")
    assert send(old, 1, neste="Varas").status_code == 409
    client.force_login(leader)
    shown = client.get(url)
    going_on = {**typed(shown, ["neste"], neste="Lederens, utvidet"), "avgjor": hidden(shown, "avgjor")}
    assert client.post(url, going_on, headers=HTMX).status_code == 200
    assert data_of(report) == {"neste": "Lederens, utvidet"}
    assert ConflictCopy.objects.get().settled_at is None
    chosen = {**typed(shown, ["neste"], neste="Begges"), "avgjor": hidden(shown, "avgjor"), "go": "save"}
    assert client.post(url, chosen).status_code == 303
    assert data_of(report) == {"neste": "Begges"}
    assert ConflictCopy.objects.get().settled_at is not None


def test_two_tabs_of_one_person_are_two_pages(client, page, send, report, url):
    other_tab = client.get(url)
    send(other_tab, 1, neste="I den andre fanen")
    assert send(page, 1, neste="I denne fanen").status_code == 409
    assert ConflictCopy.objects.get().mine == "I denne fanen"


def test_a_page_of_someone_else_is_nobodys_ground(report, leader, deputy):
    """The same page key from another person says nothing of what that person has seen."""
    shared = PageSave(uuid4(), 1)

    def store(person, text):
        by = {"by": act(person), "report": report, "key": SECTION, "base_version": 1, "save_id": uuid4()}
        return drafts.save_section(fields={"neste": Change(None, text)}, page=shared, **by)

    store(leader, "Lederens")
    with pytest.raises(drafts.Conflict) as conflict:
        store(deputy, "Varas")
    assert conflict.value.mine == {"neste": "Varas"}


@pytest.mark.parametrize("turn", ["-1", "to", "1" * 9, "²"])
def test_a_turn_no_page_would_send_is_refused(client, page, url, turn):
    assert client.post(url, {**typed(page, ["neste"], neste="En"), "nr": turn}).status_code == 400


def test_a_page_made_for_someone_else_stores_nothing_and_shows_nothing(client, page, url, leader, report, deputy):
    sent = {**typed(page, ["neste"], neste="Lederens hemmelige utkast"), "person": leader.pk}
    client.force_login(deputy)
    assert client.post(url, sent, headers=HTMX).status_code == 412
    assert client.post(url, {**sent, "go": "save"}, headers=PRESS).status_code == 412
    answer = client.post(url, {**sent, "go": "next"}, follow=True)
    assert "hemmelige" not in answer.content.decode()
    assert "åpnet av en annen bruker" in answer.content.decode()
    assert data_of(report) == {"neste": "Før"}


def test_a_press_that_saves_stays_on_the_page_and_says_when(client, page, url, report):
    answer = client.post(url, {**typed(page, ["neste"], neste="En"), "go": "save"}, headers=PRESS)
    text = answer.content.decode()
    assert (answer.status_code, data_of(report)) == (200, {"neste": "En"})
    assert 'id="lagret" class="stack tight" hx-swap-oob="true"' in text
    assert "Lagret kl." in text
    assert "<html" not in text


def test_a_press_that_is_refused_shows_the_page_with_what_was_typed(client, page, url):
    answer = client.post(url, {**typed(page, ["neste"], neste="01010112377"), "go": "save"}, headers=PRESS)
    assert answer.status_code == 422
    assert "01010112377</textarea>" in answer.content.decode()


def test_one_more_lesson_is_given_with_the_cursor_in_it(client, page, report, project):
    place = reverse("report_section", args=[project.slug, "2014", "laering"])
    shown = client.get(place)
    first = {"sv-laeringspunkter-0-title": "Mål tidlig", "sv-laeringspunkter-0-outcome": "worked"}
    sent = {**typed(shown, asked(shown)), **first, "go": "more"}
    plain = client.post(place, sent)
    assert plain.headers["Location"] == f"{place}#sv-laeringspunkter-1-title"
    text = client.post(place, sent, headers=PRESS).content.decode()
    assert 'id="sv-laeringspunkter-1-title" name="sv-laeringspunkter-1-title" value="" data-focus' in text
    assert data_of(report, "laering")["laeringspunkter"][0]["title"] == "Mål tidlig"


class Browser:
    """A page that types and saves over a net that loses requests, loses answers, and delivers requests late."""

    def __init__(self, report, person):
        self.report, self.person = report, person
        self.page, self.turn, self.late = uuid4(), 0, []
        self.was, self.base, self.text = None, 1, None

    def send(self):
        """The request as it stands now."""
        self.turn += 1
        return self.page, self.turn, self.base, Change(self.was, self.text)

    def arrive(self, request):
        """What the server does with it."""
        page, turn, base, change = request
        save_id = uuid5(page, f"{turn}{change.new}")
        fields, page = {"neste": change}, PageSave(page, turn)
        by = {"by": act(self.person), "report": self.report, "key": SECTION}
        return drafts.save_section(base_version=base, save_id=save_id, fields=fields, page=page, **by)

    def hear(self, request, saved):
        """An answer that comes: the next save builds on it."""
        self.page, self.was, self.base = uuid4(), request[3].new, saved.version


@pytest.mark.parametrize("seed", range(12))
def test_over_a_bad_net_the_last_words_stand_and_nobody_fights_oneself(seed, report, leader):
    chance, browser = random.Random(seed), Browser(report, leader)
    for n in range(12):
        browser.text = chance.choice([None, "a", "b", f"tekst {n}"])
        request = browser.send()
        fate = chance.choice(["answered", "answer lost", "request lost", "late"])
        if fate == "answered":
            browser.hear(request, browser.arrive(request))
        elif fate == "answer lost":
            browser.arrive(request)
        elif fate == "late":
            browser.late.append(request)
        if browser.late and chance.random() < 0.5:
            browser.arrive(browser.late.pop(chance.randrange(len(browser.late))))
    request = browser.send()
    browser.arrive(request)
    for each in browser.late:
        browser.arrive(each)
    assert data_of(report).get("neste") == browser.text
    assert not ConflictCopy.objects.exists()


def test_the_bad_net_makes_conflicts_where_pages_are_not_told_apart(report, leader):
    """The control: the same two saves, without saying which page they come from."""
    fields = [{"neste": Change(None, text)} for text in ("En", "En to")]
    by = {"by": act(leader), "report": report, "key": SECTION, "base_version": 1}
    drafts.save_section(save_id=UUID(int=1), fields=fields[0], **by)
    with pytest.raises(drafts.Conflict):
        drafts.save_section(save_id=UUID(int=2), fields=fields[1], **by)


def test_receipts_say_what_was_written_and_by_whom(page, send, leader):
    send(page, 1, neste="En", hjelp="")
    receipt = SaveReceipt.objects.get(turn=1)
    assert (receipt.wrote, receipt.by) == ({"neste": "En"}, leader)
