"""Saving a draft: nobody's text is lost, nobody is overwritten in silence."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.actor import NotAllowed
from projects.roles import Role
from reporting.annual.actions import drafts, reports
from reporting.annual.merge import Change, merge
from reporting.annual.models import ConflictCopy, Report, SectionHistory
from saman.parsing import InvalidText
from tests import factories
from tests.reporting.annual.writing import act, begun, filled, save, submitted

pytestmark = pytest.mark.django_db


@pytest.fixture
def deputy(project):
    person = factories.user("Vara Vik")
    factories.role(person, Role.LEADER_DEPUTY, project)
    return person


def stored(report, key):
    return report.sections.get(key=key)


def change(report, person, section, base, **fields):
    """Save with what the page saw: {question: (old, new)}."""
    changes = {key: Change(*pair) for key, pair in fields.items()}
    return drafts.save_section(
        by=act(person), report=report, key=section, base_version=base, save_id=uuid4(), fields=changes
    )


def test_a_save_answers_with_the_version_it_is_stored_as(report, leader):
    saved = save(report, leader, "videre", neste="Vi utvider.")
    assert (saved.version, saved.data) == (2, {"neste": "Vi utvider."})
    assert stored(report, "videre").data == {"neste": "Vi utvider."}


def test_the_same_save_again_changes_nothing_and_answers_the_same_version(report, leader):
    save_id = uuid4()
    first = save(report, leader, "videre", save_id, neste="Vi utvider.")
    save(report, leader, "videre", neste="Vi utvider mer.")
    again = save(report, leader, "videre", save_id, base=1, neste="Vi utvider.")
    assert again.version == first.version
    assert stored(report, "videre").data == {"neste": "Vi utvider mer."}


def test_a_save_without_a_version_is_refused(report, leader):
    with pytest.raises(drafts.MissingVersion):
        drafts.save_section(by=act(leader), report=report, key="videre", base_version=None, save_id=uuid4(), fields={})


def test_changes_of_different_questions_are_joined(report, leader, deputy):
    change(report, leader, "videre", 1, neste=(None, "Vi utvider."))
    saved = change(report, deputy, "videre", 1, hjelp=(None, "Nettverk."))
    assert saved.data == {"neste": "Vi utvider.", "hjelp": "Nettverk."}
    assert saved.merged == {"neste": "Vi utvider."}


def test_both_texts_are_kept_when_two_change_the_same_answer(report, leader, deputy):
    change(report, leader, "videre", 1, neste=(None, "Vi utvider."))
    with pytest.raises(drafts.Conflict) as conflict:
        change(report, deputy, "videre", 1, neste=(None, "Vi venter."), hjelp=(None, "Nettverk."))
    found = conflict.value
    assert (found.mine, found.theirs) == ({"neste": "Vi venter."}, {"neste": "Vi utvider."})
    assert (found.who, found.when) == (leader, act(leader).now)
    assert stored(report, "videre").data == {"neste": "Vi utvider.", "hjelp": "Nettverk."}
    assert ConflictCopy.objects.get().mine == "Vi venter."


def test_the_same_text_from_two_is_no_conflict(report, leader, deputy):
    change(report, leader, "videre", 1, neste=(None, "Vi utvider."))
    assert change(report, deputy, "videre", 1, neste=(None, "Vi utvider.")).version == 2


def test_a_settled_conflict_leaves_the_answer_that_was_chosen(report, leader, deputy):
    change(report, leader, "videre", 1, neste=(None, "Vi utvider."))
    with pytest.raises(drafts.Conflict) as conflict:
        change(report, deputy, "videre", 1, neste=(None, "Vi venter."))
    copy = conflict.value.copies[0]
    drafts.settle(by=act(deputy), copy=copy, base_version=2, value="Vi venter og utvider.")
    assert stored(report, "videre").data == {"neste": "Vi venter og utvider."}
    copy.refresh_from_db()
    assert copy.settled_by == deputy


def test_typed_numbers_are_kept_as_typed(report, leader):
    save(report, leader, "gevinster", arsverk="ca. to")
    assert stored(report, "gevinster").data["arsverk"] == "ca. to"


@pytest.mark.parametrize(
    ("section", "answers"),
    [
        ("finnes_ikke", {"neste": "x"}),
        ("videre", {"finnes_ikke": "x"}),
        ("videre", {"neste": 7}),
        ("videre", {"viderefores": "kanskje"}),
        ("gevinster", {"bruk": "brukerne"}),
        ("gevinster", {"bruk": ["brukerne", {}]}),
        ("maal", {"effektmaal": "tallene mine"}),
        ("laering", {"laeringspunkter": [{"title": "x", "farge": "blå"}]}),
        ("laering", {"laeringspunkter": [{"title": "x", "outcome": "vet ikke"}]}),
        ("videre", {"neste": "x" * 20_001}),
        ("videre", {"unchanged": "ja"}),
    ],
)
def test_what_no_page_would_send_is_refused(report, leader, section, answers):
    fields = {key: Change(None, value) for key, value in answers.items()}
    with pytest.raises((drafts.UnknownField, InvalidText)):
        drafts.save_section(by=act(leader), report=report, key=section, base_version=1, save_id=uuid4(), fields=fields)
    assert not report.sections.filter(version__gt=1).exists()


def test_a_national_identity_number_is_never_stored(report, leader):
    with pytest.raises(InvalidText):
        save(report, leader, "videre", neste="Spør 010190 00083 om dette.")


@pytest.mark.parametrize("who", ["owner", "benefit_owner", "adviser", "reader", "admin", "stranger", "other_leader"])
def test_only_the_leader_writes(who, report, request):
    with pytest.raises(NotAllowed):
        save(report, request.getfixturevalue(who), "videre", neste="x")


def test_a_submitted_report_is_no_draft(report, leader, owner):
    submitted(filled(report, leader), leader, date(2015, 2, 2))
    with pytest.raises(drafts.NotWritable):
        save(report, leader, "videre", neste="x")


def test_editing_what_waits_for_the_owner_makes_it_a_draft_again(report, leader):
    reports.send_to_owner(by=act(leader), report=filled(report, leader))
    report.refresh_from_db()
    assert report.state == Report.State.AWAITING_SIGNATURE
    save(report, leader, "videre", neste="Noe annet.")
    report.refresh_from_db()
    assert report.state == Report.State.DRAFT


def test_autosave_does_not_make_the_project_due(report, leader, project):
    project.refresh_from_db()
    before = project.revision
    save(report, leader, "videre", neste="Vi utvider.")
    project.refresh_from_db()
    assert project.revision == before


def test_history_is_kept_every_ten_minutes_and_can_be_brought_back(report, leader):
    save(report, leader, "videre", neste="Første.")
    save(report, leader, "videre", minute=5, neste="Andre.")
    save(report, leader, "videre", minute=11, neste="Tredje.")
    assert list(SectionHistory.objects.order_by("version").values_list("version", flat=True)) == [2, 4]
    section = stored(report, "videre")
    drafts.restore(by=act(leader, minute=12), section=section, version=2, base_version=4)
    assert stored(report, "videre").data == {"neste": "Første."}
    with pytest.raises(drafts.StaleSection):
        drafts.restore(by=act(leader, minute=13), section=section, version=2, base_version=4)


def test_a_report_can_go_from_the_short_form_to_the_full_one_and_keep_its_answers(project, leader, round_):
    report = begun(project, leader, round_, short=True)
    save(report, leader, "videre", neste="Vi utvider.")
    begun(project, leader, round_)
    assert stored(report, "videre").data == {"neste": "Vi utvider."}
    assert report.sections.count() == 7


def test_a_round_that_is_closed_takes_no_text(report, leader, round_):
    round_.closed_on = act(leader).today - timedelta(days=1)
    round_.save()
    with pytest.raises(drafts.NotWritable):
        save(report, leader, "videre", neste="x")


KEYS = st.sampled_from("abcd")
TEXTS = st.one_of(st.none(), st.sampled_from(["x", "y", "z"]))
DATA = st.dictionaries(KEYS, st.sampled_from(["x", "y", "z"]))


@given(DATA, DATA, st.dictionaries(KEYS, TEXTS))
def test_merging_loses_nothing(ancestor, theirs, wanted):
    """Every answer afterwards is what one side wants; where both want something new and different, it is said."""
    changes = {key: Change(ancestor.get(key), new) for key, new in wanted.items()}
    merged = merge(theirs, changes)
    for key in "abcd":
        old, stored_, new = ancestor.get(key), theirs.get(key), wanted.get(key, ancestor.get(key))
        is_conflict = key in wanted and old != new and stored_ not in (old, new)
        assert (key in merged.conflicts) == is_conflict
        expected = new if key in wanted and stored_ == old and not is_conflict else stored_
        assert merged.data.get(key) == expected


@given(DATA, st.dictionaries(KEYS, TEXTS))
def test_merging_into_what_nobody_has_touched_is_the_change_itself(ancestor, wanted):
    changes = {key: Change(ancestor.get(key), new) for key, new in wanted.items()}
    merged = merge(ancestor, changes)
    assert merged.conflicts == ()
    assert merged.data == {key: value for key, value in {**ancestor, **wanted}.items() if value is not None}
    assert merge(merged.data, changes).data == merged.data
