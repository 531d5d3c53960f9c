"""The benefit a target suggests, so that a small project's plan is begun in one click (decision 18e)."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import override

from benefits.actions.benefits import Profile
from benefits.models import BenefitVersion, TargetVersion
from projects.models import Project

TITLE_ROOM = 120


def suggested(project: Project, target: TargetVersion) -> Profile:
    """A benefit with everything the target already says; what is left is for people to know."""
    values = list(target.values.all())
    return Profile(
        title=_title(project, target),
        form=BenefitVersion.Form.UNPRICED,
        kind=BenefitVersion.Kind.QUALITY,
        description=target.statement,
        target_id=target.target_id,
        owner_id=target.measurement_responsible_id,
        owner_position=target.line_owner or target.measures_after_end,
        realised_from=max((value.on for value in values), default=None),
        first_measured_after_end=_first_after(project, target),
    )


def _title(project: Project, target: TargetVersion) -> str:
    """The target's name with the way it is to move, in the project's language."""
    name = target.title[:1].lower() + target.title[1:]
    with override(project.language):
        if target.keep_min is not None or target.keep_max is not None:
            words = _("Holder seg: %(title)s")
        elif target.direction == TargetVersion.Direction.DOWN:
            words = _("Lavere %(title)s")
        else:
            words = _("Høyere %(title)s")
        first = words.split("%", 1)[0].strip().lower()
        return target.title if name.startswith(first) else (words % {"title": name})[:TITLE_ROOM]


def _first_after(project: Project, target: TargetVersion) -> date | None:
    """The first measurement that is planned after the project's end."""
    end = project.ends_on
    return min((point.on for point in target.planned.all() if end and point.on > end), default=None)
