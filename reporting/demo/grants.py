"""The grants of the demonstration: every answer «Klar for utbetaling» can give, and what each rests on."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from accounts.actor import Actor
from accounts.models import User
from projects.models import Project, RoleAssignment
from projects.roles import Role
from reporting.demo.lives import SEED
from reporting.demo.timeline import Timeline, at
from reporting.grants import actions
from reporting.grants.kinds import KINDS
from reporting.grants.models import GrantAccount, GrantCondition

# By the name in the catalogue. Nobody has registered the grants of the rest, which is not zero.
READY = ("Hamar", "Os", "Stord", "Spydeberg", "Høyanger", "Etne")
NOT_JUDGED = ("Nøtterøy", "Kvæfjord", "Kristiansund")
NOT_MET = ("Sørum", "Øvre Eiker", "Åsnes")
NOT_APPROVED = ("Surnadal", "Sunndal", "Frøya", "Tolga")
NO_ACCOUNTS = ("Oppegård", "Rælingen", "Båtsfjord", "Rissa", "Sogndal")
ALL_PAID = ("Grong", "Høylandet", "Porsgrunn")
PROMISED_ON = date(2013, 4, 8)
# bokmål, nynorsk; and by when.
CONDITIONS = (
    ("Prosjektplanen er vedtatt", "Prosjektplanen er vedteken", date(2013, 9, 1)),
    ("Nullpunktet er målt for hovedmålet", "Nullpunktet er målt for hovudmålet", date(2013, 12, 1)),
    ("De tillitsvalgte er med i styringsgruppen", "Dei tillitsvalde er med i styringsgruppa", date(2014, 6, 1)),
    ("Planen for videreføring er behandlet", "Planen for vidareføring er handsama", date(2015, 6, 1)),
)
SOURCES = (("Egne midler", "Eigne midlar"), ("Fylkesmannen, skjønnsmidler", "Fylkesmannen, skjønsmidlar"))


def tell(timeline: Timeline, projects: list[Project]) -> None:
    """Put the life of every grant on the timeline."""
    by_name = {project.catalogue_name: project for project in projects}
    for names in (READY, NOT_JUDGED, NOT_MET, NOT_APPROVED, NO_ACCOUNTS, ALL_PAID):
        for name in names:
            _Grant(timeline, by_name[name], name).tell()


@dataclass(slots=True)
class _Grant:
    """One project's grant. A step is left out when nobody is there to take it."""

    timeline: Timeline
    project: Project
    name: str

    def tell(self) -> None:
        """Promised, its conditions judged, paid in parts; accounts in the spring, last year's in January."""
        draw = random.Random(f"{SEED}/{self.name}/grant")
        promised = draw.randrange(6, 25) * 50_000
        number = draw.randint(100, 999)
        self._pay(PROMISED_ON, "promise", amount=promised, promised_on=PROMISED_ON, reference=f"13/{number}-2")
        for place, (nb, nn, due_on) in enumerate(CONDITIONS):
            text = (nb, nn)[self.project.language == "nn"]
            self._pay(PROMISED_ON + timedelta(days=1), "condition", text=text, due_on=due_on)
            if due_on < date(2015, 1, 1) and not (place == 2 and self.name in NOT_JUDGED):
                is_met = not (place == 2 and self.name in NOT_MET)
                self._as_adviser(due_on + timedelta(days=9), lambda by, n=place, met=is_met: self._judge(by, n, met))  # type: ignore[misc]
        shares = (40, 40, 20) if self.name in ALL_PAID else (40, 30)
        for share, day in zip(shares, (date(2013, 5, 6), date(2014, 4, 14), date(2014, 12, 8)), strict=False):
            amount = promised * share // 100
            self._pay(day, "payment", amount=amount, paid_on=day, reference=f"Bilag {draw.randint(2000, 9999)}")
        source = SOURCES[draw.randint(0, 1)][self.project.language == "nn"]
        own = draw.randrange(2, 12) * 25_000
        self._lead(date(2013, 6, 3), "funding", source=source, amount=own, reference="")
        self._account(draw, 2013, date(2014, 3, 3), promised * 45 // 100)
        if self.name not in NO_ACCOUNTS:
            self._account(draw, 2014, date(2015, 1, 14), promised * 35 // 100)

    def _account(self, draw: random.Random, year: int, day: date, spent: int) -> None:
        report = ("Prosjektregnskapet, ansvar", "Prosjektrekneskapen, ansvar")[self.project.language == "nn"]
        reference = f"{report} {draw.randint(1000, 4999)}"
        self._lead(day, "account", year=year, spent=spent, reference=reference)
        if year < 2014 or self.name not in NOT_APPROVED:
            self._step(day + timedelta(days=3), lambda by: self._approve(by, year), Role.OWNER)

    def _approve(self, by: Actor, year: int) -> None:
        row = GrantAccount.objects.filter(project=self.project, year=year, superseded_at=None).first()
        if row is not None and row.recorded_by_id != by.user_id:
            actions.approve(by=by, account=row)

    def _judge(self, by: Actor, place: int, is_met: bool) -> None:
        rows = list(GrantCondition.objects.filter(project=self.project, superseded_at=None))
        newest = rows[place].checks.first()
        actions.judge(
            by=by,
            condition=rows[place],
            is_met=is_met,
            judged_on=by.today,
            evidence=f"Sak {by.today.year % 100}/{place + 40}" if is_met else "",
            seen=newest.pk if newest else 0,
        )

    def _pay(self, day: date, kind: str, **values: Any) -> None:
        self._as_adviser(day, lambda by: actions.add(by=by, project=self.project, kind=KINDS[kind], values=values))

    def _lead(self, day: date, kind: str, **values: Any) -> None:
        self._step(day, lambda by: actions.add(by=by, project=self.project, kind=KINDS[kind], values=values))

    def _as_adviser(self, day: date, act: Callable[[Actor], object]) -> None:
        def step() -> None:
            act(Actor(User.objects.get(email="radgiver@demo.example"), at(day, 9)))

        self.timeline.add(at(day, 9), step)

    def _step(self, day: date, act: Callable[[Actor], object], role: Role = Role.LEADER) -> None:
        def step() -> None:
            rows = RoleAssignment.objects.active_on(day).filter(project=self.project, role=role)
            row = rows.select_related("person").first()
            if row is not None:
                act(Actor(row.person, at(day, 11)))

        self.timeline.add(at(day, 11), step)
