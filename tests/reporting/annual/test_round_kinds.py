"""Start-up, half-year, yearly, final and follow-up reports: each with its own form and name, from round to receipt."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import translation

from reporting.annual.access import round_key
from reporting.annual.documents.pdf import pdf
from reporting.annual.models import FormVersion, Round
from reporting.annual.shipped import shipped
from tests.pdf_text import squeezed, text_of
from tests.reporting.annual.test_round_pages import values
from tests.reporting.annual.writing import a_round, begun, filled, signed, submitted

pytestmark = pytest.mark.django_db
NAMES = {
    "start_up": ("2014-oppstart", "Oppstartsrapport 2014", "Oppstartsrapport 2014", "Start-up report 2014"),
    "half_year": ("2014-halvar", "Halvårsrapport 2014", "Halvårsrapport 2014", "Half-year report 2014"),
    "year": ("2014", "Årsrapport 2014", "Årsrapport 2014", "Annual report 2014"),
    "final": ("2014-slutt", "Sluttrapport 2014", "Sluttrapport 2014", "Final report 2014"),
    "follow_up": ("2014-oppfolging", "Oppfølgingsrapport 2014", "Oppfølgingsrapport 2014", "Follow-up report 2014"),
}


@pytest.fixture(autouse=True)
def _in_january(settings):
    settings.DEMO, settings.DEMO_TODAY = True, date(2015, 1, 22)


@pytest.mark.parametrize("kind", Round.Kind.values)
def test_a_report_of_each_kind_goes_all_the_way(client, kind, project, target, programme, leader, owner):
    round_ = a_round(programme, kind=kind)
    key, *named = NAMES[kind]
    assert round_key(round_) == key
    for language, name in zip(("nb", "nn", "en"), named, strict=True):
        with translation.override(language):
            assert str(round_) == name
    assert [row.key for row in round_.form.sections.all()] == [row["key"] for row in shipped("full", kind)]
    report = filled(begun(project, leader, round_), leader)
    signed(report, owner)
    row = submitted(report, leader)
    client.force_login(leader)
    for address in (
        reverse("report_section", args=[project.slug, key, round_.form.sections.first().key]),
        reverse("report_receipt", args=[project.slug, row.number]),
        reverse("report_list", args=[project.slug]),
    ):
        assert named[0] in client.get(address, follow=True).content.decode()
    assert squeezed(named[0]) in squeezed(text_of(pdf(row, is_demo=False)))


@pytest.mark.parametrize("kind", [kind for kind in Round.Kind.values if kind != "year"])
def test_the_shipped_forms_of_the_other_kinds_are_whole(kind):
    """Every text in three languages, keys once, a ground for what is exempt, conditions that can be met."""
    sections = shipped("full", kind)
    questions = {question["key"]: question for section in sections for question in section["question"]}
    assert len(questions) == sum(len(section["question"]) for section in sections)
    assert all(section.get("is_public", False) != bool(section.get("ground")) for section in sections)
    parts = [*sections, *questions.values(), *(c for q in questions.values() for c in q.get("choices", []))]
    texts = [part[name] for part in parts for name in ("title", "help", "unit") if name in part]
    texts += [choice for question in questions.values() for choice in question.get("choices", [])]
    assert all(text[language].strip() for text in texts for language in ("nb", "nn", "en"))
    for question in questions.values():
        if "condition" in question:
            source = questions[question["condition"]["question"]]
            assert set(question["condition"]["in"]) <= {choice["key"] for choice in source["choices"]}


@pytest.mark.parametrize("kind", Round.Kind.values)
def test_an_administrator_makes_a_round_of_each_kind(client, kind, project, programme, admin):
    client.force_login(admin)
    new = reverse("setup_round_new", args=[programme.slug])
    sent = values(client.get(f"{new}?slag={kind}"))
    assert client.post(new, sent).status_code == 303
    made = Round.objects.get()
    assert (made.kind, made.form.round_kind, made.short_form is not None) == (kind, kind, kind == "year")
    page = client.get(reverse("setup_round_edit", args=[programme.slug, made.pk]))
    assert client.post(reverse("setup_round_edit", args=[programme.slug, made.pk]), values(page)).status_code == 303
    made.refresh_from_db()
    assert made.kind == kind


def test_each_kind_counts_its_own_versions(programme, project):
    for kind in ("year", "half_year", "final"):
        a_round(programme, kind=kind)
    assert sorted(FormVersion.objects.values_list("round_kind", "kind", "number")) == [
        ("final", "full", 1), ("half_year", "full", 1), ("year", "full", 1), ("year", "short", 1),
    ]  # fmt: skip
