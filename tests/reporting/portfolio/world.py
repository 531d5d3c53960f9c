"""A programme of any size, its verdicts written as the engine would store them: something of everything."""

from datetime import date, timedelta
from itertools import cycle
from uuid import uuid4

from benefits.engine.codes import CAUSES
from benefits.models import Assessment, AssessmentHistory, Concern, PitfallWarning, TargetStatus
from municipalities.models import County, Municipality
from projects.models import Programme, Project, ProjectTheme, Theme
from reporting.annual.models import FormVersion, Report, Review, Round, Submission
from tests import factories

TODAY = date(2015, 1, 22)  # the suite's fixed date
PLACES = [("19", "Troms", 1, 4), ("18", "Nordland", 2, 4), ("01", "Østfold", 7, 4), ("05", "Oppland", 5, 2)]
RESULTS = ["on_track", "missing", "achieved", "relapse", "behind", "on_track", "at_risk", "not_achieved", "not_started"]
F1 = [0]
F3 = [None, 0, 3, 2, 4, 0, 0]
F4 = [0, 0, 0, 0, 3, 0, 0, 0, 0, 2, 0]
F5 = [0, 0, 0, 4, 0, 1, 3, 0]
R0 = [0, None, 4, 0, 2]
CAUSE_OF = {
    "F1": "plan_missing",
    "F3": "baseline_missing",
    "F4": "owner_vacant",
    "F2": "objection_unanswered",
    "F5": "leader_vacant",
    "F6": "freed_unallocated",
    "R0": "relapse_confirmed",
}


def counties():
    """Four counties on the map, and one without projects."""
    made = [_county(number, name=name, tile_row=row, tile_column=column) for number, name, row, column in PLACES]
    _county("03", name="Oslo", tile_row=6, tile_column=3)
    return made


def _county(number, **fields):
    """A county of the map, also where a test's own has taken its number."""
    return County.objects.update_or_create(number=number, valid_from=factories.START, defaults=fields)[0]


def _place(name, county):
    """A municipality with a number that `factories` leaves alone: these rows are remembered from test to test."""
    taken = Municipality.objects.filter(number__gte="9000").count()
    return factories.municipality(name, county=county, number=f"{9000 + taken}")


def programme_of(size, programme=None):
    """A programme with `size` projects in use, in two cohorts and four counties."""
    programme = programme or factories.programme(name="Saman om ein betre kommune", slug="saman")
    cohorts = [
        factories.cohort(programme=programme, slug=f"pulje-{n}", name=f"Pulje {n}", starts_on=date(2011 + n, 1, 1))
        for n in (1, 2)
    ]
    themes = [
        Theme.objects.create(programme=programme, key=key, name_nb=name)
        for key, name in (("heltid", "Heltid/deltid"), ("omdomme", "Omdømme"))
    ]
    places = cycle(County.objects.exclude(number="03").order_by("number") or counties())
    wheels = {
        code: cycle(levels)
        for code, levels in (("F1", F1), ("F3", F3), ("F4", F4), ("F5", F5), ("F6", (0,)), ("R0", R0))
    }
    results = cycle(RESULTS)
    for index in range(size):
        names = [f"Kommune {index}", f"Nabo {index}"][: 2 if index % 10 == 9 else 1]
        county = next(places)
        project = factories.project(
            *(_place(name, county) for name in names),
            cohort=cohorts[index % 3 == 0],
            title=f"Prosjekt på Øya nummer {index} om heltid, nærvær og et navn som er langt",
            slug=f"p-{programme.pk}-{index}",
            list_order=index,
        )
        if index % 4:
            ProjectTheme.objects.create(project=project, theme=themes[index % 2])
        _verdict(project, index, next(results), {code: next(wheel) for code, wheel in wheels.items()})
    return programme


def _verdict(project, index, result, pitfalls):
    known = [level for level in pitfalls.values() if level is not None]
    worst = max(known)
    Assessment.objects.create(
        project=project,
        revision=project.revision,
        programme_revision=1,
        as_of=TODAY,
        rule_version=1,
        verdict_digest="",
        computed_at=factories.noon(TODAY),
        result=result,
        risk=worst or (None if None in pitfalls.values() else 0),
        pitfalls=pitfalls,
    )
    for month, was in ((index % 5 + 1, "missing"), (index % 5 + 7, "on_track"), (24, result)):
        on = date(2013 + (month - 1) // 12, (month - 1) % 12 + 1, 15)
        AssessmentHistory.objects.create(
            project=project, as_of=on, recorded_at=factories.noon(on), rule_version=1, result=was
        )
    for number in range(index % 4):
        target = factories.target(project, level="output" if number == 2 else "effect")
        state = "missing" if (index + number) % 5 == 0 else "on_track"
        TargetStatus.objects.create(
            target=target, state=state, result=state, measured_on=date(2014, 1 + (index + number) % 12, 1)
        )
    found = [(code, level) for code, level in pitfalls.items() if (level or 0) >= 2]
    for order, (code, level) in enumerate(sorted(found, key=lambda pair: CAUSES[CAUSE_OF[pair[0]]].urgency)):
        concern(project, code, level, order=order, due_on=TODAY + timedelta(days=index * 7 % 60))
        warning(project, code, level)


def concern(project, code, level, **fields):
    """A concern of one rule, visible since it opened."""
    cause = CAUSES[CAUSE_OF[code]]
    defaults = {"order": 0, "urgency": cause.urgency, "opened_on": date(2014, 12, 1), "visible_on": date(2014, 12, 1)}
    defaults["values"] = {"targets": 1, "numbers": "1", "days_vacant": 40, "lost_share": 0.6, "since": "2014-06-30"}
    return Concern.objects.create(
        project=project,
        kind=cause.kind,
        severity=level,
        cause=CAUSE_OF[code],
        action=cause.action,
        responsible=cause.roles[0],
        rules=[code],
        **{**defaults, **fields},
    )


def warning(project, code, level):
    """The open warning behind a level."""
    cause = CAUSES[CAUSE_OF[code]]
    return PitfallWarning.objects.create(
        project=project,
        rule=code,
        severity=level,
        cause=CAUSE_OF[code],
        evidence=[{"label": "since", "value": "2014-06-30", "source": "", "on": None, "unit": ""}],
        action=cause.action,
        closes_when=cause.closes_when,
        opened_on=date(2014, 12, 1),
        last_seen_on=TODAY,
    )


def entry(programme: Programme, title: str, **fields) -> Project:
    """An entry of the catalogue that is not in use."""
    return factories.project(
        _place(f"{title} kommune", County.objects.get(number="19")),
        cohort=programme.cohorts.get(slug="pulje-2"),
        title=title,
        **{"followed_since": None, "starts_on": None, **fields},
    )


def reports(programme: Programme) -> list[Submission]:
    """Two yearly rounds: in the one before, everybody reported; in this, every third has, and every sixth is read."""
    made = []
    adviser = factories.user("Kari Rådgiver")
    form = FormVersion.objects.create(programme=programme, created_at=factories.noon(TODAY))
    projects = list(Project.objects.filter(cohort__programme=programme, followed_since__isnull=False).order_by("pk"))
    for year, every in ((2013, 1), (2014, 3)):
        round_ = Round.objects.create(
            programme=programme, year=year, period_start=date(year, 1, 1), period_end=date(year, 12, 31),
            opens_on=date(year + 1, 1, 2), deadline=date(year + 1, 3, 1), form=form, created_at=factories.noon(TODAY),
        )  # fmt: skip
        for index, project in enumerate(projects):
            report = Report.objects.create(round=round_, project=project, form=round_.form)
            if index % every == 0:
                made.append(_submission(report, date(year + 1, 1, 3 + index % 19)))
                if index % (2 * every) == 0:
                    Review.objects.create(
                        submission=made[-1], opened_by=adviser, opened_at=factories.noon(TODAY), decided_by=adviser,
                    )  # fmt: skip
                    Report.objects.filter(pk=report.pk).update(state="approved", approved_at=factories.noon(TODAY))
    return made


def _submission(report: Report, on: date) -> Submission:
    return Submission.objects.create(
        report=report, revision=1, number=f"S-{report.pk}", idempotency_key=uuid4(), schema_version=1, snapshot="{}",
        sha256="", content_digest="", received_at=factories.noon(on), deadline=factories.noon(TODAY), is_late=False,
        is_signed=False,
    )  # fmt: skip
