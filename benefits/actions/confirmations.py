"""An adviser's yes to an indicator that stands in for what a target is about."""

from django.db import transaction

from accounts.actor import Actor, NotAllowed
from benefits.models import EffectTarget, StandInConfirmation, TargetVersion
from benefits.stand_ins import is_stand_in
from journal.actions import record
from projects.access import may, roles_in
from projects.models import Project
from projects.revision import touch
from projects.roles import Access


class NothingToConfirm(Exception):
    """The target no longer says that its indicator stands in for something."""


@transaction.atomic
def confirm(*, by: Actor, target: EffectTarget) -> None:
    """Say yes to the reason a target gives for its indicator. Raises NotAllowed, NothingToConfirm."""
    project = Project.objects.select_for_update().get(pk=target.project_id)
    if by.user is not None and not may(roles_in(by.user, project, by.today), Access.REVIEW):
        raise NotAllowed
    version = TargetVersion.objects.live().get(target=target)
    if not is_stand_in(version):
        raise NothingToConfirm
    said = {"target": target, "concept": version.concept, "indicator": version.indicator}
    when = {"confirmed_on": by.today, "recorded_at": by.now, "recorded_by": by.user}
    row, is_new = StandInConfirmation.objects.get_or_create(**said, defaults=when)
    if not is_new:
        return
    record(
        stream=f"project:{project.pk}",
        action="stand_in_confirmed",
        obj=("target", target.pk),
        actor_id=by.user_id,
        at=by.now,
        request_id=by.request_id,
        data={"target": target.pk, "concept": row.concept, "indicator": row.indicator},
    )
    touch(project.pk)
