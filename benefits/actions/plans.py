"""The plan: written by the leader, sent to the owner, approved or sent back with a reason."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import F, Max

from accounts.actor import Actor, NotAllowed
from benefits.actions.targets import lock_for_writing
from benefits.models import Plan, PlanDecision, PlanText, PlanVersion
from benefits.plan_content import content_of
from journal.actions import record
from projects.access import may, roles_in
from projects.models import Project
from projects.revision import touch
from projects.roles import Access
from saman.canonical import canonical, sha256


class StalePlan(Exception):
    """Someone else has changed the plan's words since the page was opened. `current` is what they are now."""

    def __init__(self, current: PlanText | None) -> None:
        super().__init__("the plan has changed")
        self.current = current


class NothingToSubmit(Exception):
    """The plan has no benefit, and does not say that it is kept elsewhere."""


class PlanDiffers(Exception):
    """The plan is no longer what the person saw when they pressed."""


class AlreadyDecided(Exception):
    """The plan has been decided on, or a newer version has come in its place."""


class ReasonMissing(Exception):
    """An owner who sends a plan back says why."""


@dataclass(frozen=True, slots=True)
class Words:
    """What the plan says besides its benefits; see `PlanText`."""

    path: str = ""
    summary: str = ""
    assumptions: str = ""
    kept_elsewhere: str = ""


def words_of(text: PlanText | None) -> Words:
    """What a stored text says; nothing before there is one."""
    if text is None:
        return Words()
    return Words(text.path, text.summary, text.assumptions, text.kept_elsewhere)


def digest_of(project: Project) -> str:
    """The checksum of what a project's plan says now."""
    return sha256(canonical(content_of(project)))


@transaction.atomic
def write(*, by: Actor, project: Project, version: int, words: Words) -> PlanText:
    """Let the plan say something new; `version` is the number the page was opened on, 0 before there is a plan.

    What it says already, as when a form is sent twice, is not said again. Raises NotAllowed, NotFollowed, StalePlan.
    """
    lock_for_writing(by, project.pk)
    current = PlanText.objects.live().filter(plan__project=project).first()
    if version == 0 and current is None:
        plan = Plan.objects.create(project=project, created_at=by.now)
    else:
        if not Plan.objects.filter(project=project, version=version).update(version=F("version") + 1):
            if current is not None and words_of(current) == words:
                return current
            raise StalePlan(current)
        plan = Plan.objects.get(project=project)
        PlanText.objects.live().filter(plan=plan).update(superseded_at=by.now)
    text = PlanText.objects.create(
        plan=plan,
        valid_from=by.today,
        recorded_at=by.now,
        recorded_by=by.user,
        path=words.path,
        summary=words.summary,
        assumptions=words.assumptions,
        kept_elsewhere=words.kept_elsewhere,
    )
    _record(by, project.pk, "plan_written", ("plan", plan.pk))
    return text


@transaction.atomic
def submit(*, by: Actor, project: Project, digest: str, note: str = "") -> PlanVersion:
    """Send the plan to the owner as it stood when the person saw it; what waits already is then replaced.

    The same plan sent twice is one version. Raises NotAllowed, NotFollowed, NothingToSubmit, PlanDiffers.
    """
    project = lock_for_writing(by, project.pk)
    content = content_of(project)
    if not content["benefits"] and not content["kept_elsewhere"]:
        raise NothingToSubmit
    text = canonical(content)
    if sha256(text) != digest:
        raise PlanDiffers
    last = newest(project)
    if last is not None and last.digest == digest and not hasattr(last, "decision"):
        return last
    sent = PlanVersion.objects.create(
        project=project,
        number=(project.plan_versions.aggregate(Max("number"))["number__max"] or 0) + 1,
        content=text,
        digest=digest,
        change_note=note,
        submitted_on=by.today,
        submitted_at=by.now,
        submitted_by=by.user,
    )
    _record(by, project.pk, "plan_submitted", ("plan_version", sent.pk), digest=digest, number=sent.number)
    return sent


@transaction.atomic
def approve(*, by: Actor, plan: PlanVersion, note: str = "") -> PlanDecision:
    """The owner approves a plan. Raises NotAllowed, AlreadyDecided."""
    return _decide(by, plan, True, note)


@transaction.atomic
def send_back(*, by: Actor, plan: PlanVersion, reason: str) -> PlanDecision:
    """The owner sends a plan back with a reason. Raises NotAllowed, ReasonMissing, AlreadyDecided."""
    if not reason.strip():
        raise ReasonMissing
    return _decide(by, plan, False, reason)


def newest(project: Project) -> PlanVersion | None:
    """The version sent last, with its decision."""
    return project.plan_versions.select_related("decision").order_by("-number").first()


def _decide(by: Actor, plan: PlanVersion, is_approved: bool, reason: str) -> PlanDecision:
    project = Project.objects.select_for_update().get(pk=plan.project_id)
    if by.user is not None and not may(roles_in(by.user, project, by.today), Access.SIGN):
        raise NotAllowed
    last = newest(project)
    if last is None or last.pk != plan.pk or hasattr(last, "decision"):
        raise AlreadyDecided
    decision = PlanDecision.objects.create(
        plan_version=plan,
        is_approved=is_approved,
        reason=reason,
        decided_on=by.today,
        decided_at=by.now,
        decided_by=by.user,
    )
    action = "plan_approved" if is_approved else "plan_sent_back"
    _record(by, project.pk, action, ("plan_version", plan.pk), number=plan.number)
    return decision


def _record(by: Actor, project_id: int, action: str, obj: tuple[str, int], **data: object) -> None:
    record(
        stream=f"project:{project_id}",
        action=action,
        obj=obj,
        actor_id=by.user_id,
        at=by.now,
        request_id=by.request_id,
        data=data,
    )
    touch(project_id)
