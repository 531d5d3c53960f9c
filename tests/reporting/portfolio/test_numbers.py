"""Every number on the dashboard, counted again by questions of its own, with and without filters."""

import re
from calendar import monthrange
from datetime import date, timedelta

import pytest
from django.db.models import Count

from benefits.models import Assessment, AssessmentHistory, Concern, EffectTarget, TargetStatus
from municipalities.models import Municipality
from projects.models import Project
from reporting.annual.models import Report, Review
from reporting.portfolio.filters import PITFALLS
from saman import formatting
from saman.words import RESULTS
from tests.factories import noon
from tests.reporting.portfolio.reading import headings, section, table, text
from tests.reporting.portfolio.world import TODAY

pytestmark = pytest.mark.django_db

FILTERS = [
    ({}, {}),
    ({"fylke": "19"}, {"municipalities__county__number": "19"}),
    ({"pulje": "pulje-1"}, {"cohort__slug": "pulje-1"}),
    ({"tema": "heltid"}, {"themes__key": "heltid"}),
    ({"status": "tilbakefall"}, {"assessment__result": "relapse"}),
    ({"status": "mangler", "fylke": "18"}, {"assessment__result": "missing", "municipalities__county__number": "18"}),
    ({"risiko": "alvorlig"}, {"assessment__risk": 4}),
    ({"risiko": "ikke-vurderbar"}, {"assessment__risk": None}),
    ({"fallgruve": "F5"}, {}),
    ({"q": " nabo 2"}, {"municipalities__name__istartswith": "Nabo 2"}),
    ({"q": "ØYA NUMMER 4"}, {"title__contains": "Øya nummer 4"}),
    ({"radgiver": "ingen"}, {}),
]


@pytest.mark.parametrize(("query", "where"), FILTERS, ids=["-".join(query) or "none" for query, _ in FILTERS])
def test_every_number_is_right(query, where, big, dashboard):
    used = Project.objects.filter(cohort__programme=big, followed_since__isnull=False)
    found = set(used.filter(**where).values_list("pk", flat=True))
    if "fallgruve" in query:  # a comparison with JSON's null is not the same on every database
        found = {pk for pk in found if signs({pk}, [query["fallgruve"]])}
    if "radgiver" in query:
        found -= set(Review.objects.values_list("submission__report__project", flat=True))
    assert found
    assert bool(query) == (len(found) < 51)
    html = dashboard(**query).text
    assert f"Viser {len(found)} av 51 prosjekter i bruk" in text(html)
    for check in (results, measured_effect, pitfalls, help_list, over_time, matrix, reports):
        check(html, found)
    if "fylke" not in query:  # map and table show all counties then; see test_page
        counties(html, found)


def signs(found, rules=PITFALLS, severities=(2, 3, 4)):
    """How many pitfalls of some projects have some severities."""
    levels = Assessment.objects.filter(project__in=found).values_list("pitfalls", flat=True)
    return sum(pitfall.get(rule) in severities for pitfall in levels for rule in rules)


def numbers(words):
    return [int(number) for number in re.findall(r"\d+", words)]


def results(html, found):
    part = text(section(html, "k-status"))
    rows = Assessment.objects.filter(project__in=found).values_list("result").annotate(Count("pk"))
    assert part.startswith(f"Prosjekter etter status {len(found)} prosjekt")
    for result, sign in RESULTS.items():
        count = dict(rows).get(result, 0)
        assert (f"{count} {sign.word}" in part) == bool(count)
    missing = dict(rows).get("missing", 0)
    assert (f"{missing} av {len(found)} mangler gyldig måling" in part) == bool(missing)


def measured_effect(html, found):
    part = text(section(html, "k-malt"))
    targets = EffectTarget.objects.filter(project__in=found, versions__level="effect", versions__superseded_at=None)
    measured = TargetStatus.objects.filter(target__in=targets, result="on_track").order_by("measured_on")
    having = targets.values("project").distinct().count()
    assert f"{measured.count()} av {targets.count()} effektmål" in part
    assert f"{having} av {len(found)} prosjekter har effektmål" in part
    if measured:
        first, last = measured.first().measured_on, measured.last().measured_on
        until = f" til {formatting.day_medium(last)}" if last != first else "."
        assert f"fra {formatting.day_medium(first)}{until}" in part


def pitfalls(html, found):
    part = text(section(html, "k-risiko"))
    projects = Assessment.objects.filter(project__in=found, risk__gte=2).count()
    headline = [signs(found), projects] if signs(found) else []
    by_level = [signs(found, severities=[severity]) for severity in (4, 3, 2)]
    assert numbers(part)[: len(headline) + 3] == [*headline, *by_level]
    assert ("Ingen tegn" in part) == (not headline)
    unknown = Assessment.objects.filter(project__in=found, risk=None).count()
    assert (f"{unknown} prosjekt" in part and "kan ikke vurderes" in part) == bool(unknown)


def help_list(html, found):
    part = section(html, "hjelp")
    asked = Concern.objects.filter(project__in=found, severity__gte=3).values("project").distinct().count()
    assert len(re.findall(r"<li><div>", part)) == min(asked, 7)
    assert (f"Vis alle ({asked})" in text(part)) == (asked > 7)


def over_time(html, found):
    part = section(html, "tid")
    rows = table(part)
    assert 1 < len(rows) <= 24
    names = headings(part)[1:]
    months = [(2013 + n // 12, n % 12 + 1) for n in range(25)][-len(rows) :]
    for (year, month), row in zip(months, rows, strict=True):
        day = min(date(year, month, monthrange(year, month)[1]), TODAY)
        until = AssessmentHistory.objects.filter(project__in=found, as_of__lte=day).order_by("as_of")
        known = [str(RESULTS[last].word) for last in dict(until.values_list("project", "result")).values()]
        assert row == [formatting.month(day), *(str(known.count(name)) for name in names)]
        assert sum(numbers(" ".join(row[1:]))) == len(known)


def matrix(html, found):
    part = section(html, "fallgruver")
    rows = {row[0]: row for row in table(part)}
    assert len(rows) == len(found)
    words = {0: "Ingen tegn", 1: "Ingen tegn", 2: "Følg med", 3: "Bør håndteres", 4: "Alvorlig", None: "Ikke vurderbar"}
    words["unused"] = "– Ikke i bruk"
    for project in Project.objects.filter(pk__in=found).select_related("assessment"):
        targets = EffectTarget.objects.filter(project=project, versions__level="effect")
        measured = targets.filter(status__result="on_track").count()
        assert rows[project.title][3:] == [
            RESULTS[project.assessment.result].word,
            f"{measured} av {targets.count()}" if targets else "–",
            *(words[project.assessment.pitfalls.get(rule, "unused")] for rule in PITFALLS),
            str(Concern.objects.filter(project=project).count() or "–"),
        ]
    for name, rule in (
        ("Plan", "F1"),
        ("Motstand", "F2"),
        ("Måltall", "F3"),
        ("Ledelse", "F4"),
        ("Prosjektledelse", "F5"),
        ("Frigitt tid", "F6"),
        ("Tilbakefall", "R0"),
    ):
        assert f"{name} {signs(found, [rule])} prosjekter med tegn" in headings(part)


def came(found, year, until):
    """How many of some projects' reports had come by the end of a day."""
    rows = Report.objects.filter(project__in=found, round__year=year, submissions__received_at__lt=after(until))
    return rows.distinct().count()


def after(day):
    return noon(day) + timedelta(hours=12)


def reports(html, found):
    owed, now = len(found), came(found, 2014, TODAY)
    part = text(section(html, "k-rapport"))
    assert part.startswith(f"Årsrapporter mottatt {now} av {owed} rapport")
    race = section(html, "mottatt")
    before = came(found, 2013, TODAY - timedelta(days=364))  # 3 March 2014 and 2 March 2015: the first working days
    assert f"Årsrapport 2014: {now} av {owed}. Årsrapport 2013, like langt fra fristen: {before} av {owed}" in text(
        race
    )
    due = date(2015, 3, 2)
    for row, weeks in zip(table(race), (-8, -4, -2, -1, 0, 1, 4), strict=True):
        day = due + timedelta(weeks=weeks)
        expected = str(came(found, 2014, day)) if day <= TODAY else "–"
        assert row == [formatting.day_medium(day), expected, str(came(found, 2013, day - timedelta(days=364)))]


def counties(html, found):
    tiles = text(section(html, "fylkene"))
    lines = {row[0]: row for row in table(section(html, "fylkestall"))}
    for number, name in (("19", "Troms"), ("18", "Nordland"), ("01", "Østfold"), ("05", "Oppland")):
        here = Project.objects.filter(pk__in=found, municipalities__county__number=number).distinct()
        count = here.count()
        assert (f"{name} : {count} prosjekt" in tiles) == bool(count)
        assert (name in lines) == bool(count)
        if count:
            targets = EffectTarget.objects.filter(project__in=here, versions__level="effect")
            measured = targets.filter(status__result="on_track").count()
            expected = f"{measured} av {targets.count()}" if targets else "–"
            assert lines[name] == [name, str(count), expected, str(signs(here) or "–")]
            now, owed = came(here, 2014, TODAY), here.count()
            approved = Report.objects.filter(project__in=here, round__year=2014, state="approved").count()
            line = [name, f"{now} av {owed}", str(approved or "–"), str(owed - now or "–")]
            assert {row[0]: row for row in table(section(html, "fylkesrapporter"))}[name] == line


def test_the_head_and_what_is_not_in_use(big, dashboard):
    html = dashboard().text
    places = Municipality.objects.filter(
        projects__cohort__programme=big, projects__participation="confirmed"
    ).distinct()
    assert f"52 bekreftede prosjekter i {places.count()} kommuner, 1 uavklart ( Ringerike )" in text(html)
    unused = text(section(html, "ubrukt"))
    assert "ikke i bruk: 2" in unused
    assert "Ubrukt" in unused
    assert "Ringerike (uavklart)" in unused
    assert "Trukket ut" not in text(html)
