"""One page for the management meeting: what it says, in both written languages, and as documents."""

import re
from datetime import date
from decimal import Decimal
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.urls import reverse
from docx import Document

from benefits.models import BenefitVersion, Concern, PitfallWarning
from reporting.case.content import case_of
from reporting.case.documents import docx, pdf
from reporting.case.wording import CONSEQUENCES, next_budget
from saman import clock
from tests import factories
from tests.reporting.work.assessing import assess

pytestmark = pytest.mark.django_db
BUDGET = 15


@pytest.fixture
def target(project, leader, owner):
    target = factories.target(project, is_main=True)
    factories.measurement(target, date(2014, 12, 31), 10)
    return target


@pytest.fixture
def warning(project, target, owner):
    """The owner has left: somebody above the project must decide."""
    project.roles.filter(person=owner).update(ends_on=date(2014, 11, 1))
    assess(project)
    return PitfallWarning.objects.get(cause="owner_vacant")


def made(project, warning, **words):
    return case_of(
        project, warning.pk, frozenset({"leader"}), clock.today(), **{"language": "nb", "is_demo": False, **words}
    )


def text_of(document):
    opened = Document(BytesIO(document))
    lines = [paragraph.text for paragraph in opened.paragraphs]
    return "\n".join(lines + [cell.text for table in opened.tables for row in table.rows for cell in row.cells])


def test_the_page_says_what_who_and_by_when(client, leader, project, warning):
    client.force_login(leader)
    answer = client.get(reverse("case", args=[project.slug, warning.pk]))
    text = " ".join(answer.content.decode().split())
    assert answer.status_code == 200
    assert "Ingen prosjekteier" in text
    assert "Kommunedirektøren utpeker en prosjekteier" in text
    assert "Det er ikke registrert hva dette koster" in text, "what is not known is said"


def test_the_page_has_few_questions(client, leader, project, warning, django_assert_max_num_queries):
    client.force_login(leader)
    with django_assert_max_num_queries(BUDGET + 3):  # and who is signed in, with what role
        client.get(reverse("case", args=[project.slug, warning.pk]))


def test_the_document_can_be_written_on_and_reads_like_the_page(project, warning):
    case = made(project, warning)
    document = docx(case)
    opened = Document(BytesIO(document))
    headings = [row.text for row in opened.paragraphs if row.style.name.startswith("Heading")]
    assert headings == [
        case.title, "Bakgrunn", "Tall", "Forslag til beslutning", "Budsjett", "Hvis ingenting blir bestemt",
    ]  # fmt: skip
    for line in (*case.proposal, case.consequence, case.figures[0].target, case.figures[0].goal):
        assert line in text_of(document)
    assert 'w:val="nb-NO"' in ZipFile(BytesIO(document)).read("word/styles.xml").decode()


def test_the_pdf_is_one_tagged_page_in_its_language(project, warning):
    document = pdf(made(project, warning, language="nn"))
    assert document.startswith(b"%PDF-")
    assert len(re.findall(rb"/Type\s*/Page\b", document)) == 1
    assert b"/Lang" in document
    assert b"/MarkInfo" in document


def test_nynorsk_is_another_text(project, warning):
    nb, nn = made(project, warning), made(project, warning, language="nn")
    assert (nb.language, nn.language) == ("nb", "nn")
    assert all(one != other for one, other in zip(nb.proposal, nn.proposal, strict=True))
    assert nb.consequence != nn.consequence


def test_texts_are_printed_and_never_read_as_markup(project, target, warning):
    project.title = "#panic() *Heltid* <script>alert(1)</script> $x$ \U0001f600 漢"
    case = made(project, warning)
    assert pdf(case).startswith(b"%PDF-")
    assert project.title in text_of(docx(case))


def test_example_data_are_marked_in_both_documents(project, warning):
    case = made(project, warning, is_demo=True)
    assert "Eksempeldata" in text_of(docx(case))
    assert pdf(case) != pdf(made(project, warning))


def test_a_closed_warning_and_one_not_open_to_the_reader_have_no_case(client, adviser, leader, project, warning):
    Concern.objects.filter(project=project).update(visible_on=date(2015, 3, 2))
    client.force_login(adviser)
    assert client.get(reverse("case", args=[project.slug, warning.pk])).status_code == 404
    PitfallWarning.objects.filter(pk=warning.pk).update(closed_on=date(2015, 1, 20))
    client.force_login(leader)
    for name in ("case", "case_docx", "case_pdf"):
        assert client.get(reverse(name, args=[project.slug, warning.pk])).status_code == 404


def test_registered_money_replaces_what_is_unknown(project, warning):
    benefit = project.benefits.create(code="Ø1", created_at=clock.now())
    version = benefit.versions.create(
        title="Lavere vikarutgifter", form=BenefitVersion.Form.BUDGET,
        valid_from=date(2015, 1, 1), recorded_at=clock.now(),
    )  # fmt: skip
    version.years.create(year=2016, net=Decimal(250))
    text = " ".join(made(project, warning).budget)
    assert "250 000 kroner i 2016" in text.replace("\u202f", " ")
    assert "ikke registrert" not in text


@pytest.mark.parametrize(
    ("today", "year"),
    [(date(2015, 1, 22), 2016), (date(2015, 10, 31), 2016), (date(2015, 11, 1), 2017), (date(2015, 12, 31), 2017)],
)
def test_the_budget_a_decision_can_come_into(today, year):
    assert next_budget(today) == year


def test_every_kind_of_concern_says_what_follows():
    assert set(CONSEQUENCES) == set("ABCDEF")
