"""What a change of a threshold would do to the verdicts, found by running the engine without storing anything."""

from dataclasses import dataclass
from datetime import date

from benefits.actions.thresholds import proposed
from benefits.assessment import project_facts
from benefits.engine.assess import assess
from benefits.engine.verdicts import ProjectVerdict
from benefits.facts import measurements
from benefits.programme_thresholds import thresholds_on
from projects.models import Programme, Project

MOST_PROJECTS = 500  # about a second's work; larger programmes are tried on their first projects, and told so


@dataclass(frozen=True, slots=True)
class Difference:
    """A project that would be judged in another way: its verdicts before and after."""

    project: Project
    before: ProjectVerdict
    after: ProjectVerdict

    @property
    def targets(self) -> int:
        """How many of its targets would be judged in another way."""
        return sum(a.state != b.state for a, b in zip(self.before.targets, self.after.targets, strict=True))

    @property
    def concerns(self) -> tuple[int, int]:
        """How many concerns it has, and would have."""
        return len(self.before.concerns), len(self.after.concerns)


@dataclass(frozen=True, slots=True)
class Trial:
    """The projects a change would judge in another way, of those `tried`; `total` is how many there are."""

    differences: list[Difference]
    tried: int
    total: int


def try_threshold(programme: Programme, name: str, value: float | None, as_of: date) -> Trial:
    """Judge the programme's projects on a date with the threshold as it is and as it would be (None: the default)."""
    followed = Project.objects.filter(cohort__programme=programme, followed_since__lte=as_of).order_by("pk")
    projects = list(followed.select_related("cohort__programme")[:MOST_PROJECTS])
    facts = project_facts(projects, as_of, None)
    batch = measurements([project.pk for project in projects], as_of, None)
    now = thresholds_on([programme.pk], as_of)[programme.pk]
    before = assess(facts, batch, as_of, now)
    after = assess(facts, batch, as_of, proposed(now, name, value))
    pairs = zip(projects, before, after, strict=True)
    differences = [Difference(project, a, b) for project, a, b in pairs if _seen(a) != _seen(b)]
    return Trial(differences, len(projects), followed.count())


def _seen(verdict: ProjectVerdict) -> tuple[object, ...]:
    """What people would see of a verdict; the numbers behind it may differ without anybody noticing."""
    targets = tuple((target.target, target.state) for target in verdict.targets)
    concerns = tuple((concern.cause, concern.targets, concern.severity) for concern in verdict.concerns)
    pitfalls = tuple(sorted((code, severity) for code, severity in verdict.pitfalls.items() if severity is not None))
    return verdict.result, verdict.state, verdict.risk, targets, concerns, pitfalls, len(pitfalls)
