"""A project's tables as files, as one reader sees them: measurements, milestones, freed time, stakeholders,
initiatives, the map."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from benefits.models import Allocation, InitiativeReview, InitiativeVersion
from benefits.queries.benefit_map import BenefitMap, MapBox
from benefits.queries.freed_time import Ledger, PostRow
from benefits.queries.milestones import MilestoneRow
from benefits.queries.stakeholders import GroupRow
from benefits.queries.target_page import Earlier, Row, TargetPage
from benefits.suppression import Figure
from benefits.wording.maps import kind_words, line_words
from projects.models import Project
from saman import formatting
from saman.sheets import HIDDEN, Cell, Column, Sheet
from saman.words import result_sign

WHOLE = 100  # per cent of an initiative


def measurements_sheet(page: TargetPage) -> Sheet:
    """Every value that is live, the oldest first, with what it said before. What was withdrawn is told about the table.

    So the file can be read in again («Fra fil») and says nothing new.
    """
    unit, of_few = page.version.unit, _("Skjult når så få står bak tallet at noen kunne bli kjent igjen.")
    columns = [
        Column("measured_on", _("Dato"), "date", definition=_("Dagen målingen gjelder")),
        Column("value", _("Verdi"), "decimal", unit, of_few),
        Column("unit", _("Enhet")),
        Column("n", _("Antall bak tallet"), "integer", definition=of_few),
        Column("numerator", _("Teller"), "decimal", definition=of_few),
        Column("denominator", _("Nevner"), "decimal", definition=of_few),
        Column("planned", _("Plan"), "decimal", unit, _("Der målet skulle vært den dagen. Regnet ut.")),
        Column("deviation", _("Avvik"), "decimal", unit, _("Verdien minus planen")),
        Column("is_preliminary", _("Foreløpig")),
        Column("municipality", _("Kommune"), definition=_("I et fellesprosjekt. Tomt: hele prosjektet.")),
        Column("source", _("Kilde")),
        Column("reference", _("Dokumentasjon")),
        Column("note", _("Merknad")),
        Column("recorded_by", _("Registrert av")),
        Column("recorded_at", _("Registrert"), "moment"),
        Column("earlier", _("Rettet fra"), definition=_("Det som sto før, den nyeste rettelsen først")),
    ]
    withdrawn = [f"{formatting.day(one.measured_on)}: {_said(page, figure)}" for one, figure in page.withdrawn]
    gone = [(_("Trukket måling"), words) for words in withdrawn]
    about = [*_of(page.project), (_("Effektmål"), page.version.title), *gone]
    name = f"{page.project.slug}-mal-{page.target.number}"
    return Sheet(name, page.version.title, columns, (_measurement(page, row) for row in reversed(page.rows)), about)


def _measurement(page: TargetPage, row: Row) -> list[Cell]:
    one, figure, unit = row.measurement, row.figure, page.version.unit
    shown: list[Cell] = [figure.value, unit, figure.n, one.numerator, one.denominator]
    return [
        one.measured_on,
        *([HIDDEN, unit, HIDDEN, HIDDEN, HIDDEN] if figure.is_suppressed else shown),
        None if row.expected is None else round(row.expected, page.decimals),
        None if row.deviation is None else round(row.deviation, page.decimals),
        _("Ja") if one.is_preliminary else "",
        str(one.municipality) if one.municipality else None,
        one.source,
        one.reference,
        one.note,
        str(one.recorded_by or "Saman"),
        one.recorded_at,
        "\n".join(_earlier(page, earlier) for earlier in row.earlier),
    ]


def _earlier(page: TargetPage, earlier: Earlier) -> str:
    """What stood, and who changed it when and why."""
    after = earlier.replaced_by
    who = f"{after.recorded_by or 'Saman'}, {formatting.moment(after.recorded_at)}"
    return f"{_said(page, earlier.figure)} ({who}): {after.correction_reason}".removesuffix(": ")


def _said(page: TargetPage, figure: Figure) -> str:
    return str(HIDDEN) if figure.is_suppressed else formatting.with_unit(figure.value, page.version.unit)


def milestones_sheet(project: Project, groups: Mapping[str, list[MilestoneRow]]) -> Sheet:
    """One row a milestone, by date; withdrawn ones too."""
    columns = [
        Column("milestone", _("Milepæl")),
        Column("phase", _("Fase")),
        Column("due_on", _("Frist"), "date"),
        Column("state", _("Status")),
        Column("is_late", _("Etter fristen"), definition=_("Om den venter, og fristen er gått ut")),
        Column("description", _("Beskrivelse")),
        Column("said", _("Meldt og avgjort"), definition=_("Hvem som meldte og avgjorde, når, og det de skrev")),
    ]
    rows = sorted((row for found in groups.values() for row in found), key=lambda row: row.milestone.due_on)
    return Sheet(f"{project.slug}-milepaler", _("Milepæler"), columns, map(_milestone, rows), _of(project))


def _milestone(row: MilestoneRow) -> list[Cell]:
    one = row.milestone
    return [
        one.title,
        one.get_phase_display(),
        one.due_on,
        row.sign.word,
        _("Ja") if row.is_late else _("Nei"),
        one.description,
        "\n".join(f"{what}: {words}" if words else what for what, words in row.said),
    ]


def ledger_sheet(project: Project, ledger: Ledger) -> Sheet:
    """One row for what was freed, and below it one for each use. All of it is hidden where the page hides it."""
    columns = [
        Column("post", _("Post")),
        Column("kind", _("Slag"), definition=_("Om raden er frigitt tid, eller hva den brukes til")),
        Column("what", _("Hva")),
        Column("fte", _("Årsverk"), "decimal", _("årsverk")),
        Column("starts_on", _("Fra"), "date"),
        Column("ends_on", _("Til"), "date", definition=_("Tomt: inntil videre.")),
        Column("positions", _("Stillinger"), "integer", definition=_("Hvor mange stillinger tiden er fordelt på")),
        Column("municipality", _("Kommune")),
        Column("attested_on", pgettext("freed time", "Bekreftet"), "date"),
        Column("is_counted", _("Telles her"), definition=_("Nei når det samme telles et annet sted")),
        Column("decided_by", _("Bestemt av")),
        Column("decided_on", _("Bestemt"), "date"),
        Column("reference", _("Hvor det står")),
    ]
    about = _of(project)
    if ledger.is_hidden:
        about.append((_("Skjult"), _("Minst én av postene er fordelt på færre enn fem stillinger.")))
    rows = () if ledger.is_hidden else (line for row in ledger.rows for line in _post(row))
    return Sheet(f"{project.slug}-frigitt-tid", _("Frigitt tid"), columns, rows, about)


def _post(row: PostRow) -> Iterator[list[Cell]]:
    one = row.version
    place, counted = one.municipality.name if one.municipality else None, _("Ja") if row.is_counted else _("Nei")
    dated: list[Cell] = [one.fte, one.starts_on, one.ends_on, one.posts, place, one.attested_on, counted]
    yield [str(one.freed_time), _("Frigitt tid"), one.title, *dated, None, None, None]
    for use in row.uses:
        yield _use(str(one.freed_time), use, place, counted)


def _use(post: str, use: Allocation, place: str | None, counted: str) -> list[Cell]:
    what = f"{use.get_use_display()}: {use.description}" if use.description else use.get_use_display()
    dated: list[Cell] = [use.fte, use.starts_on, use.ends_on, None, place, None, counted]
    return [post, _("Bruk"), what, *dated, use.decided_by, use.decided_on, use.reference]


def stakeholders_sheet(project: Project, rows: Iterable[GroupRow]) -> Sheet:
    """One row a group, for the project's own people."""
    columns = [
        Column("group", _("Gruppe")),
        Column("attitude", _("Holdning")),
        Column("influence", _("Innflytelse")),
        Column("size", _("Antall"), "integer", _("personer"), _("Tomt: ikke kjent.")),
        Column("objection", _("Innvendingen")),
        Column("registered_on", _("Registrert"), "date"),
        Column("confirmed_at", pgettext("stakeholder", "Bekreftet"), "moment"),
        Column("needs_answer", pgettext("objection", "Venter på svar")),
        Column("answers", _("Svar")),
    ]
    return Sheet(f"{project.slug}-interessenter", _("Interessenter"), columns, map(_group, rows), _of(project))


def _group(row: GroupRow) -> list[Cell]:
    now = row.now
    return [
        str(row.group),
        now.get_attitude_display(),
        now.get_influence_display(),
        now.size,
        now.objection,
        now.on,
        now.confirmed_at,
        _("Ja") if row.needs_answer else _("Nei"),
        "\n".join(f"{answer.text} ({answer.responsible}, {formatting.day(answer.due_on)})" for answer in row.answers),
    ]


def map_sheet(project: Project, read: BenefitMap) -> Sheet:
    """One row a box, and what it contributes to."""
    columns = [
        Column("box", _("Boks")),
        Column("kind", _("Type")),
        Column("status", _("Status")),
        Column("figure", _("Tall")),
        Column("contributes_to", _("Bidrar til")),
        Column("responsible", _("Ansvarlig")),
    ]
    return Sheet(f"{project.slug}-gevinstkart", _("Gevinstkart"), columns, map(_box, read.boxes.values()), _of(project))


def _box(box: MapBox) -> list[Cell]:
    word = result_sign(box.status.result).word if box.status.result else None
    onwards = formatting.joined([line_words(line.leads_to.title, line.link) for line in box.onwards])
    return [box.title, kind_words(box.node), word, box.status.figure, onwards, box.responsible]


def initiatives_sheet(
    project: Project, rows: Iterable[InitiativeVersion], held: Mapping[int, Sequence[InitiativeReview]]
) -> Sheet:
    """One row an initiative, those stopped last. `held`: the reviews of each by its id, newest first."""
    columns = [
        Column("number", _("Nummer")),
        Column("initiative", _("Tiltak")),
        Column("kind", _("Type")),
        Column("status", _("Status")),
        Column("starts_on", _("Fra"), "date", definition=_("Planlagt")),
        Column("ends_on", _("Til"), "date", definition=_("Planlagt")),
        Column("done", _("Gjennomført"), "integer", "%", _("Tomt: ikke oppgitt.")),
        Column("targets", _("Virker på"), definition=_("Effektmålene tiltaket skal virke på")),
        Column("home", _("Innarbeidet i drift"), definition=_("Tomt: ikke avklart ennå.")),
        Column("cost", _("Kostnad i året"), "decimal", "kr", _("Tomt: ikke oppgitt.")),
        Column("external_share", _("Betalt av andre enn kommunen"), "integer", "%", _("Tomt: ikke oppgitt.")),
        Column("evidence", _("Bygger på")),
        Column("evidence_source", _("Kilde")),
        Column("stopped_on", _("Stoppet"), "date"),
        Column("stopped_reason", _("Hvorfor det ble stoppet")),
        Column("reviews", _("Vurderinger"), definition=_("Den nyeste først")),
    ]
    lines = (_initiative(row, held.get(row.initiative_id, ())) for row in rows)
    return Sheet(f"{project.slug}-tiltak", _("Tiltak"), columns, lines, _of(project))


def _initiative(row: InitiativeVersion, reviews: Sequence[InitiativeReview]) -> list[Cell]:
    home = [row.get_home_kind_display(), row.home_reference, row.home_unit] if row.has_home else []
    home += [formatting.day(row.home_from)] if row.has_home and row.home_from else []
    return [
        str(row.initiative),
        row.title,
        row.get_kind_display(),
        _initiative_state(row),
        row.starts_on,
        row.ends_on,
        row.done_share,
        ", ".join(str(target) for target in row.targets.all()),
        ", ".join(str(part) for part in home if part),
        row.cost,
        row.external_share,
        row.evidence,
        row.evidence_source,
        row.stopped_on,
        row.stopped_reason,
        "\n".join(f"{formatting.day(one.on)}, {one.get_decision_display()}: {one.reason}" for one in reviews),
    ]


def _initiative_state(row: InitiativeVersion) -> str:
    if row.stopped_on:
        return _("Stoppet")
    if row.done_share == WHOLE:
        return _("Gjennomført")
    return _("I gang") if row.started_on else _("Planlagt")


def _of(project: Project) -> list[tuple[str, str]]:
    return [(_("Prosjekt"), project.title)]
