"""Compares every number and table of a dashboard with the projects counted again."""

import re
from calendar import monthrange
from collections import Counter
from datetime import date, timedelta

from municipalities.models import County
from reporting.annual.models import Round
from saman import formatting
from saman.words import RESULTS
from tests.reporting.portfolio.reading import headings, section, table, text
from tests.reporting.portfolio.recount import PITFALLS

LEVELS = {0: "Ingen tegn", 1: "Ingen tegn", 2: "Følg med", 3: "Bør håndteres", 4: "Alvorlig", None: "Ikke vurderbar"}
WEEKS = (-8, -4, -2, -1, 0, 1, 4)


RISKS = {"alvorlig": (4,), "handteres": (3,), "folg-med": (2,), "ingen-tegn": (0, 1), "ikke-vurderbar": (None,)}


def matches(one, query):
    """Whether the filters of an address let a project through."""
    text_ = query.get("q", "").casefold()
    results = {sign.key: result for result, sign in RESULTS.items()}
    return (
        query.get("pulje", "") in ("", one.cohort)
        and (not query.get("fylke") or query["fylke"] in one.counties)
        and (not query.get("tema") or query["tema"] in one.themes)
        and (not query.get("status") or one.result == results[query["status"]])
        and (not query.get("risiko") or (one.result is not None and one.risk in RISKS[query["risiko"]]))
        and (not query.get("fallgruve") or (one.levels.get(query["fallgruve"]) or 0) >= 2)
        and query.get("radgiver", "") in ("", one.reader)
        and any(text_ in name.casefold() for name in (one.title, *one.places))
    )


def numbers(words):
    return [int(number) for number in re.findall(r"\d+", words)]


def of(part, whole):
    return f"{part} av {whole}" if whole else "–"


def compare(html, found, everywhere, unused, day, *, is_past):
    """Everything on the page; `everywhere`: the projects the filters let through but for the county."""
    headline_figures(html, found, unused)
    reports(html, found, day)
    over_time(html, found, day)
    matrix(html, found, is_past=is_past)
    counties(html, everywhere)
    assert bool(section(html, "hjelp")) == (not is_past)
    if not is_past:
        asked = sum(one.grave for one in found)
        assert section(html, "hjelp").count("<li><div>") == min(asked, 7)
        assert (f"Vis alle ({asked})" in text(section(html, "hjelp"))) == (asked > 7)


def headline_figures(html, found, unused):
    results = Counter(one.result for one in found)
    part = text(section(html, "k-status"))
    assert part.startswith(f"Prosjekter etter status {len(found)} prosjekt")
    for result, sign in RESULTS.items():
        assert (f"{results[result]} {sign.word}" in part) == bool(results[result]), result
    assert (f"{results['missing']} av {len(found)} mangler gyldig måling" in part) == bool(results["missing"])
    assert (f"{results[None]} prosjekt" in part and "ikke vurdert ennå" in part) == bool(results[None])
    if unused:
        assert f"{len(unused)} i katalogen er ikke i bruk" in part
        assert f"ikke i bruk: {len(unused)}" in text(section(html, "ubrukt"))
    targets = [measured for one in found for measured in one.targets]
    measured = sorted(day for day in targets if day)
    having = sum(bool(one.targets) for one in found)
    part = text(section(html, "k-malt"))
    assert f"{len(measured)} av {len(targets)} effektmål" in part or not targets
    assert f"{having} av {len(found)} prosjekt" in part
    if measured and 2 * having >= len(found):
        first, last = formatting.day_medium(measured[0]), formatting.day_medium(measured[-1])
        until = f" til {last}" if last != first else "."
        assert f"Målingene som teller, er fra {first}{until}" in part
    signs = [level for one in found for level in one.signs]
    part = text(section(html, "k-risiko"))
    expected = [len(signs), sum((one.risk or 0) >= 2 for one in found), *map(signs.count, (4, 3, 2))]
    assert numbers(part)[:5] == expected if signs else numbers(part)[:3] == [0, 0, 0]
    assert ("Ingen tegn" in part) == (not signs)
    unknown = sum(one.result is not None and one.risk is None for one in found)
    assert (f"{unknown} prosjekt" in part and "kan ikke vurderes" in part) == bool(unknown)


def reports(html, found, day):
    """What has come of the newest round and of the one before, as far from its own deadline."""
    owed = [[one.reports[place] for one in found if place in one.reports] for place in (0, 1)]
    assert bool(section(html, "mottatt")) == bool(section(html, "k-rapport")) == bool(owed[0])
    if not owed[0]:
        return
    came = [sorted(first for first, _approved in part if first) for part in owed]
    assert text(section(html, "k-rapport")).startswith(f"Årsrapporter mottatt {len(came[0])} av {len(owed[0])} rapport")
    opened = Round.objects.filter(kind="year", is_test=False, opens_on__lte=day).order_by("-period_end")
    dues = [round_.due_on for round_ in opened[:2]]
    moved = dues[0] - dues[1] if len(dues) > 1 else timedelta()
    for row, weeks in zip(table(section(html, "mottatt")), WEEKS, strict=True):
        until = dues[0] + timedelta(weeks=weeks)
        cells = [formatting.day_medium(until), str(sum(on <= until for on in came[0])) if until <= day else "–"]
        if owed[1]:
            cells.append(str(sum(on + moved <= until for on in came[1])))
        assert row == cells


def over_time(html, found, day):
    part = section(html, "tid")
    if "<tbody" not in part:
        return
    names = headings(part)[1:]
    lines = table(part)
    first = min(on for one in found for on, _result in one.history)
    assert len(lines) <= 24
    year, month = day.year, day.month
    for line in reversed(lines):
        until = min(date(year, month, monthrange(year, month)[1]), day)
        then = [[result for on, result in one.history if on <= until] for one in found]
        words = [str(RESULTS[results[-1]].word) for results in then if results]
        assert line == [formatting.month(until), *(str(words.count(name)) for name in names)]
        assert set(words) <= set(names)
        year, month = (year - 1, 12) if month == 1 else (year, month - 1)
    assert len(lines) == 24 or (year, month) < (first.year, first.month) or first < date(2013, 1, 1)


def matrix(html, found, *, is_past):
    part = section(html, "fallgruver")
    lines = {row[0]: row for row in table(part)}
    assert len(lines) == len(found)
    for one in found:
        status = str(RESULTS[one.result].word) if one.result else "Ikke vurdert ennå"
        not_used = "– Ikke i bruk" if one.result else "Ikke vurderbar"
        levels = [LEVELS[one.levels[rule]] if rule in one.levels else not_used for rule in PITFALLS]
        concerns = [] if is_past else [str(one.concerns or "–")]
        measured = of(sum(bool(on) for on in one.targets), len(one.targets))
        assert lines[one.title][3:] == [status, measured, *levels, *concerns], one.title
    for name, rule in zip(headings(part)[5:12], PITFALLS, strict=True):
        assert numbers(name)[-1:] == [sum((one.levels.get(rule) or 0) >= 2 for one in found)], (name, rule)


def counties(html, found):
    """Map, figures and reports by county: all counties, also where one is chosen."""
    tiles = text(section(html, "fylkene"))
    lines = {row[0]: row[1:] for row in table(section(html, "fylkestall"))} if section(html, "fylkestall") else {}
    came = {row[0]: row[1:] for row in table(section(html, "fylkesrapporter"))} if "fylkesrapporter" in html else {}
    names = dict(County.objects.order_by("-valid_from").values_list("number", "name"))
    expected = {}
    for number in {number for one in found for number in one.counties}:
        here = [one for one in found if number in one.counties]
        targets = [measured for one in here for measured in one.targets]
        signs = sum(len(one.signs) for one in here)
        measured = of(sum(bool(on) for on in targets), len(targets))
        expected[names[number]] = [str(len(here)), measured, str(signs or "–")]
        assert f"{names[number]} : {len(here)} prosjekt" in tiles
        owed = [one.reports[0] for one in here if 0 in one.reports]
        received = [approved for first, approved in owed if first]
        missing = len(owed) - len(received)
        if owed and came:
            line = [of(len(received), len(owed)), str(sum(received) or "–"), str(missing or "–")]
            assert came[names[number]] == line
    assert lines == expected
