"""The dashboard counted again from the rows of the tables, without the product's queries: for any day, any projects."""

import json
from dataclasses import dataclass, field
from datetime import UTC, date, timedelta

from django.db import connection

from benefits.engine.codes import CAUSES
from benefits.engine.verdicts import RESULT_OF, State
from projects.models import Programme
from tests.factories import OSLO

JUDGED = {"on_track", "behind", "at_risk", "relapse", "achieved", "not_achieved"}
PITFALLS = ("F1", "F2", "F3", "F4", "F5", "F6", "R0")  # as the columns stand; checked against the page's


def rows(table, where="1 = 1", *values):
    """A table's rows as they are stored, with dates and moments read."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table} WHERE {where} ORDER BY 1", values)
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def by(found, name):
    """Rows by one of their columns."""
    groups = {}
    for row in found:
        groups.setdefault(row[name], []).append(row)
    return groups


def read(value):
    """JSON as it is stored, whichever way the database hands it over."""
    return json.loads(value) if isinstance(value, str) else value


def on(moment):
    """The day in Norway of a moment as it is stored; SQLite hands it over without its zone, which is UTC."""
    if moment is None:
        return None
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(OSLO).date()


@dataclass
class Counted:
    """One project: what the page should say of it."""

    pk: int
    title: str
    cohort: str
    counties: set
    places: set
    themes: set
    result: str | None = None
    levels: dict = field(default_factory=dict)
    targets: list = field(default_factory=list)  # the day of the newest measurement that counts, or None
    concerns: int = 0
    grave: bool = False
    history: list = field(default_factory=list)
    reports: dict = field(default_factory=dict)  # year: (owed, the day it came, whether it is approved)
    reader: str = "ingen"

    @property
    def risk(self):
        known = [level for level in self.levels.values() if level is not None]
        worst = max(known, default=0)
        return worst or (None if None in self.levels.values() or not self.levels else 0)

    @property
    def signs(self):
        return [level for rule, level in self.levels.items() if rule in PITFALLS and (level or 0) >= 2]


def count(programme, day, today):
    """Every project in use on a day, and the titles of those that were not, as known that day."""
    used, unused = [], []
    cohorts = {row["id"]: row for row in rows("projects_cohort", "programme_id = %s", programme.pk)}
    tables = Tables(programme, day, today)
    for project in rows("projects_project"):
        if project["cohort_id"] not in cohorts or tables.has_left(project):
            continue
        if (since := tables.followed_since(project)) is None or since > day:
            unused.append(project["title"])
        else:
            used.append(tables.counted(project, cohorts[project["cohort_id"]]["slug"]))
    return used, unused


class Tables:
    """What is stored, by what it belongs to."""

    def __init__(self, programme, day, today):
        self.programme, self.day, self.today, self.is_past = programme, day, today, day < today
        self.counties = {row["id"]: row["number"] for row in rows("municipalities_county")}
        self.municipalities = {row["id"]: row for row in rows("municipalities_municipality")}
        self.places = by(rows("projects_projectmunicipality"), "project_id")
        self.frames = by(rows("projects_projectframe"), "project_id")
        self.theme_keys = {row["id"]: row["key"] for row in rows("projects_theme")}
        self.themes = by(rows("projects_projecttheme"), "project_id")
        self.targets = by(rows("benefits_effecttarget"), "project_id")
        self.versions = by(rows("benefits_targetversion"), "target_id")
        self.statuses = {row["target_id"]: row for row in rows("benefits_targetstatus")}
        self.measurements = by(rows("benefits_measurement"), "target_id")
        self.verdicts = {row["project_id"]: row for row in rows("benefits_assessment")}
        self.history = by(rows("benefits_assessmenthistory"), "project_id")
        self.concerns = by(rows("benefits_concern"), "project_id")
        self.warnings = by(rows("benefits_pitfallwarning"), "project_id")
        self.events = by(rows("benefits_warningevent"), "warning_id")
        rounds = rows("reporting_round", "programme_id = %s AND kind = 'year'", programme.pk)
        opened = [row for row in rounds if row["opens_on"] <= day and not row["is_test"]]
        self.rounds = sorted(opened, key=lambda row: row["period_end"], reverse=True)[:2]
        self.reports = by(rows("reporting_report"), "project_id")
        self.submissions = by(rows("reporting_submission", "test_round_id IS NULL"), "report_id")
        self.reviews = {row["submission_id"]: row for row in rows("reporting_review")}

    def known(self, moment):
        """Whether something had been stored by the end of the day."""
        return not self.is_past or on(moment) <= self.day

    def has_left(self, project):
        left = project["participation"] == "withdrawn"
        return left and not (self.is_past and (project["participation_decided_on"] or date.min) > self.day)

    def followed_since(self, project):
        frames = self.frames.get(project["id"], [])
        if not self.is_past or not frames:
            return project["followed_since"]
        known = [row for row in frames if self.known(row["recorded_at"])]
        valid = [row for row in known if row["valid_from"] <= self.day] or known[:1]
        return valid[-1]["followed_since"] if valid else None

    def counted(self, project, cohort):
        pk = project["id"]
        places = [self.municipalities[row["municipality_id"]] for row in self.places.get(pk, [])]
        one = Counted(
            pk, project["title"], cohort, {self.counties[row["county_id"]] for row in places},
            {row["name"] for row in places}, {self.theme_keys[row["theme_id"]] for row in self.themes.get(pk, [])},
        )  # fmt: skip
        past = [r for r in self.history.get(pk, []) if r["as_of"] <= self.day and self.known(r["recorded_at"])]
        past.sort(key=lambda row: (row["as_of"], row["id"]))
        one.history = [(row["as_of"], row["result"]) for row in past]
        verdict = (past[-1] if past else None) if self.is_past else self.verdicts.get(pk)
        if verdict:
            one.result, one.levels = verdict["result"], dict(read(verdict["pitfalls"]))
        self.hold_back(one, self.hidden_then(pk) if self.is_past else self.hidden_now(pk))
        self.count_targets(one, read(past[-1]["targets"]) if self.is_past and past else [])
        if not self.is_past:
            seen = [row for row in self.concerns.get(pk, []) if row["visible_on"] <= self.day]
            one.concerns, one.grave = len(seen), any(row["severity"] >= 3 for row in seen)
        self.count_reports(one)
        return one

    @staticmethod
    def hold_back(one, hidden):
        for rule, level in hidden.items():
            if rule in one.levels:
                one.levels[rule] = level

    def hidden_now(self, pk):
        own = [(row, read(row["rules"])) for row in self.concerns.get(pk, [])]
        held = {rule for row, rules in own if row["visible_on"] > self.day for rule in rules}
        return {
            rule: max((r["severity"] for r, rules in own if rule in rules and r["visible_on"] <= self.day), default=0)
            for rule in held
        }

    def hidden_then(self, pk):
        """Rules with a sign of which a concern had not opened yet: a Monday, or at once where progress is lost."""
        concerns = {}
        for warning in self.warnings.get(pk, []):
            steps = [e for e in self.events.get(warning["id"], []) if e["kind"] in ("opened", "severity", "cause")]
            steps = [e for e in steps if e["on"] <= self.day and self.known(e["recorded_at"])]
            if steps and (warning["closed_on"] is None or warning["closed_on"] > self.day):
                now = steps[-1]
                since = now["on"]
                for step in reversed(steps):
                    if step["cause"] != now["cause"]:
                        break
                    since = step["on"]
                key = now["cause"], warning["target_id"] if CAUSES[now["cause"]].kind == "R" else None
                concerns.setdefault(key, []).append((since, warning["rule"], now["severity"]))
        back = {
            (row["cause"], row["target_id"] if row["kind"] == "R" else None)
            for row in self.concerns.get(pk, [])
            if row["visible_on"] > self.today and row["opened_on"] <= self.day
        }
        shown, held = {}, set()
        for key, found in concerns.items():
            opens = min(since for since, _rule, _level in found)
            if CAUSES[key[0]].urgency and self.programme.concerns_open == Programme.ConcernsOpen.MONDAYS:
                opens += timedelta(days=-opens.weekday() % 7)
            for _since, rule, level in found:
                if key in back or opens > self.day:
                    held.add(rule)
                else:
                    shown[rule] = max(shown.get(rule, 0), level)
        return {rule: shown.get(rule, 0) for rule in held}

    def count_targets(self, one, then):
        states = {entry["target"]: str(RESULT_OF[State(entry["state"])]) for entry in then}
        chosen = set()
        for target in self.targets.get(one.pk, []):
            said = [
                v for v in self.versions[target["id"]] if v["valid_from"] <= self.day and self.known(v["recorded_at"])
            ]
            if not self.is_past:
                said = [version for version in said if version["superseded_at"] is None]
            if not said or (said[-1]["withdrawn_on"] or date.max) <= self.day:
                continue
            if said[-1]["theme_id"]:
                chosen.add(self.theme_keys[said[-1]["theme_id"]])
            if said[-1]["level"] == "effect":
                one.targets.append(self.measured(target["id"], states))
        one.themes = one.themes or chosen

    def measured(self, target, states):
        if not self.is_past:
            status = self.statuses.get(target)
            return status["measured_on"] if status and status["result"] in JUDGED else None
        days = [
            row["measured_on"]
            for row in self.measurements.get(target, [])
            if row["state"] != "draft" and row["measured_on"] <= self.day and self.known(row["recorded_at"])
            and (row["superseded_at"] is None or on(row["superseded_at"]) > self.day)
        ]  # fmt: skip
        return max(days) if states.get(target) in JUDGED else None

    def count_reports(self, one):
        newest = None
        for report in self.reports.get(one.pk, []):
            came = [row for row in self.submissions.get(report["id"], []) if on(row["received_at"]) <= self.day]
            for place, round_ in enumerate(self.rounds):
                if report["round_id"] == round_["id"]:
                    first = min((on(row["received_at"]) for row in came), default=None)
                    approved = on(report["approved_at"])
                    one.reports[place] = first, bool(approved and approved <= self.day)
            reviews = [
                self.reviews[row["id"]] for row in self.submissions.get(report["id"], []) if row["id"] in self.reviews
            ]
            for review in reviews:
                if self.known(review["opened_at"]) and (newest is None or review["opened_at"] > newest["opened_at"]):
                    newest = review
        one.reader = str(newest["opened_by_id"]) if newest and newest["opened_by_id"] else "ingen"
