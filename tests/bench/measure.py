"""What is measured, and how it is said: «ratio, goal, pass»."""

import math
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from decimal import Decimal
from statistics import median, quantiles
from typing import Any

from django.core.management import call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts.actor import Actor
from benefits.actions import measurements
from benefits.assessment import assess_projects
from benefits.engine.verdicts import ProjectVerdict
from benefits.models import (
    Assessment,
    AssessmentHistory,
    Concern,
    EffectTarget,
    Measurement,
    PitfallWarning,
    TargetStatus,
    WarningEvent,
)
from projects.models import Project, RoleAssignment
from projects.roles import Role
from tests.bench import naive
from tests.bench.world import TODAY, grow
from tests.factories import noon

CLOSE = 1e-9
SMALLEST, MIDDLE = 51, 510
DERIVED = (WarningEvent, PitfallWarning, Concern, AssessmentHistory, TargetStatus, Assessment)
DEMO = """
import time
from benefits.assessment import assess_projects
from benefits.models import Assessment
from saman import clock
from tests.bench.measure import forget, ids

every = ids()
assess_projects(every, as_of=clock.today(), now=clock.now())
forget()
before = time.process_time()
assess_projects(every, as_of=clock.today(), now=clock.now())
print(f"ANSWER{Assessment.objects.count()} {time.process_time() - before}")
"""


def run(sizes: list[int], repeats: int, saves: int, look: Callable[[int], None]) -> None:
    """Grow the same database from size to size and measure what each is asked; `look` at its pages at each size."""
    call_command("migrate", verbosity=0)
    print(f"{connection.vendor}, {', '.join(f'{size:,}' for size in sizes)} projects, {os.cpu_count()} cores\n")
    demonstration()
    full: dict[int, float] = {}
    latencies: dict[int, float] = {}
    for size in sizes:
        seconds = timed(lambda size=size: grow(size))
        points = Measurement.objects.count()
        print(f"\n{size:,} projects, {5 * size:,} targets, {points:,} points (made in {seconds:.0f} s)")
        if size == MIDDLE:
            against_naive(repeats)
        full[size] = recomputed(repeats if size <= MIDDLE else 1)
        latencies[size] = saving(saves)
        look(size)
    exponent(full)
    roll_forward(full[sizes[-1]])
    ratio = latencies[sizes[-1]] / latencies[sizes[0]]
    tell("5", f"save to new status: p95 at {sizes[-1]:,} / at {sizes[0]:,}", ratio, "at most", 1.8)


def tell(number: str, what: str, value: float, how: str, goal: float, unit: str = "x") -> None:
    """One line: the ratio, the goal, and whether it is met."""
    is_met = value >= goal if how == "at least" else value <= goal
    print(f"  {number}  {what}: {value:.2f} {unit}, goal {how} {goal:g}, {'pass' if is_met else 'NOT MET'}", flush=True)


def timed(call: Callable[[], Any]) -> float:
    """Seconds a call takes."""
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def demonstration() -> None:
    """CPU seconds to make every verdict of the demonstration anew, on an SQLite file: all of it in one process."""
    url = f"sqlite:///{os.environ['SAMAN_VAR']}/demo.sqlite3"
    environment = {**os.environ, "DATABASE_URL": url}
    said = ""
    for words in (
        ["migrate", "--verbosity", "0"],
        ["load_catalogue"],
        ["load_demo"],
        ["shell", "--no-imports", "-c", DEMO],
    ):
        command = [sys.executable, "manage.py", *words]
        said = subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout
    projects, seconds = said.rpartition("ANSWER")[2].split()
    tell("·", f"full recompute of the demonstration, {projects} projects", float(seconds), "at most", 1.0, "s of CPU")


def ids() -> list[int]:
    """Every project."""
    return list(Project.objects.order_by("pk").values_list("pk", flat=True))


def forget() -> None:
    """Take away everything the engine has said."""
    with connection.cursor() as cursor:
        for model in DERIVED:
            cursor.execute(f"DELETE FROM {model._meta.db_table}")


def recompute(on: date = TODAY) -> float:
    """Load facts, judge and store what differs; seconds."""
    return timed(lambda: assess_projects(ids(), as_of=on, now=noon(on)))


def recomputed(repeats: int) -> float:
    """Seconds of a full recompute from nothing: every verdict is made and stored."""
    times = []
    for _ in range(repeats):
        forget()
        times.append(recompute())
    again = recompute()
    print(f"  full recompute {median(times):.2f} s; again, with nothing new {again:.2f} s")
    return median(times)


def against_naive(repeats: int) -> None:
    """Goal 1: in turn, from nothing; every figure of every target must be the same."""
    ours, theirs = [], []
    differing = 0
    for _ in range(repeats):
        forget()
        verdicts: list[ProjectVerdict] = []
        theirs.append(timed(lambda verdicts=verdicts: verdicts.extend(naive.recompute(TODAY, noon(TODAY)))))
        forget()
        ours.append(recompute())
        differing += differences(verdicts)
    tell("1", "naive ORM loop / full recompute", median(theirs) / median(ours), "at least", 50)
    tell("1", "targets that differ", differing, "at most", 0, "")


def differences(verdicts: Iterable[ProjectVerdict]) -> int:
    """How many stored targets do not say what the verdicts say."""
    stored = {row.target_id: row for row in TargetStatus.objects.all()}
    found = 0
    for target in (target for verdict in verdicts for target in verdict.targets):
        row = stored[target.target]
        pairs = [(target.attainment, row.attainment), (target.expected, row.expected)]
        pairs += [(target.value, row.value), (target.expected_today, row.expected_today)]
        found += row.state != target.state or not all(is_close(a, b) for a, b in pairs)
    return found


def is_close(one: float | None, other: float | None) -> bool:
    """The same figure, or both unknown."""
    return one == other if one is None or other is None else abs(one - other) <= CLOSE


def exponent(full: dict[int, float]) -> None:
    """Goal 2: how cost grows with the number of projects, over the last decade measured."""
    (few, less), (many, more) = sorted(full.items())[-2:]
    power = math.log(more / less) / math.log(many / few)
    tell("2", f"cost exponent, {few:,} to {many:,} projects", power, "at most", 1.10, "")


def roll_forward(full: float) -> None:
    """Goal 4: what the next day costs, and whether its verdicts are those made from nothing."""
    tomorrow = TODAY + timedelta(days=1)
    rolled = recompute(tomorrow)
    after = said()
    forget()
    recompute(tomorrow)
    tell("4", "full recompute / the next day's roll-forward", full / rolled, "at least", 10)
    differing = sum(after[pk] != verdict for pk, verdict in said().items())
    tell("4", "projects whose result differs from one made from nothing", differing, "at most", 0, "")


def said() -> dict[int, tuple[Any, ...]]:
    """The words of every project and its targets."""
    words: dict[int, tuple[Any, ...]] = {
        pk: (result,) for pk, result in Assessment.objects.values_list("project", "result")
    }
    rows = TargetStatus.objects.order_by("target").values_list("target__project", "target", "state", "expected_today")
    for project, *rest in rows:
        words[project] += tuple(rest)
    return words


def saving(saves: int) -> float:
    """Goal 5: a plain save and a registered measurement with its new status, in turn; the latter's p95 in ms."""
    plain, whole, cpu = [], [], []
    targets = list(EffectTarget.objects.filter(number=2).select_related("project").order_by("pk")[:SMALLEST])
    for number in range(saves):
        target = targets[number % len(targets)]
        on = TODAY - timedelta(days=1 + number // len(targets))
        row = Measurement(target=target, measured_on=on, value=Decimal("9.9"), recorded_at=noon(TODAY), state="draft")
        plain.append(timed(transaction.atomic(row.save)))
        row.delete()
        by = leader(target, noon(TODAY))
        started = time.process_time()
        whole.append(timed(lambda by=by, t=target, on=on: _register(by, t, on)))
        cpu.append(time.process_time() - started)
    with CaptureQueriesContext(connection) as asked:  # by itself: it formats every statement, which takes time
        _register(leader(targets[0], noon(TODAY)), targets[0], TODAY)
    Measurement.objects.filter(source="Bench").delete()
    slow = 1000 * quantiles(whole, n=20)[-1]
    print(
        f"  save to new status, p50/p95: {milliseconds(whole)}, our own CPU {milliseconds(cpu)}, {len(asked)} queries; "
        f"a plain save {milliseconds(plain)}"
    )
    tell("5", "save to new status, p95", slow, "at most", 50, "ms")
    tell("5", "save to new status / a plain save, p50", median(whole) / median(plain), "at most", 6)
    return slow


def _register(by: Actor, target: EffectTarget, on: date) -> None:
    value = measurements.Value(measured_on=on, value=Decimal("9.9"), source="Bench", n=200)
    measurements.register(by=by, target=target, value=value)


def milliseconds(times: list[float]) -> str:
    """p50/p95."""
    return f"{1000 * median(times):.1f}/{1000 * quantiles(times, n=20)[-1]:.1f} ms"


def leader(target: EffectTarget, now: datetime) -> Actor:
    """The target's project's leader."""
    return Actor(RoleAssignment.objects.get(project=target.project, role=Role.LEADER).person, now)
