"""Benefits: added, changed and withdrawn. Every change is a new version, and a code is never used again."""

from dataclasses import dataclass, field, fields, replace
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.db.models import F

from accounts.actor import Actor
from benefits.actions.targets import lock_for_writing
from benefits.models import Benefit, BenefitVersion, BenefitYear
from journal.actions import record
from projects.models import Project
from projects.revision import touch


class StaleBenefit(Exception):
    """Someone else has changed the benefit since the form was opened. `current` is what it says now."""

    def __init__(self, current: BenefitVersion) -> None:
        super().__init__("the benefit has changed")
        self.current = current


class ReasonMissing(Exception):
    """Whoever withdraws a benefit says why."""


@dataclass(frozen=True, slots=True)
class YearAmount:
    """What a benefit is worth in one year, in thousand kroner; None means not set."""

    year: int
    gross: Decimal | None = None
    net: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Profile:
    """What a benefit says. None means not set. See `BenefitVersion`; `initiatives` are the initiatives' row ids."""

    title: str
    form: str
    description: str = ""
    kind: str = ""
    arises: str = BenefitVersion.Arises.OWN
    is_dis_benefit: bool = False
    owner_id: int | None = None
    owner_position: str = ""
    owner_unit: str = ""
    target_id: int | None = None
    assumption: str = ""
    assumption_handled: str = ""
    importance: str = ""
    importance_reason: str = ""
    realised_from: date | None = None
    first_measured_after_end: date | None = None
    withdrawn_on: date | None = None
    withdrawn_reason: str = ""
    initiatives: tuple[int, ...] = field(default=())
    years: tuple[YearAmount, ...] = field(default=())


COLUMNS = [item.name for item in fields(Profile) if item.name not in {"initiatives", "years"}]


def profile_of(version: BenefitVersion) -> Profile:
    """What a stored version says, to change a part of it with `dataclasses.replace`."""
    return Profile(
        **{name: getattr(version, name) for name in COLUMNS},
        initiatives=tuple(sorted(one.pk for one in version.initiatives.all())),
        years=tuple(YearAmount(row.year, row.gross, row.net, row.low, row.high) for row in version.years.all()),
    )


@transaction.atomic
def create(*, by: Actor, project: Project, profile: Profile) -> Benefit:
    """Add a benefit to a project. Raises NotAllowed, NotFollowed."""
    project = lock_for_writing(by, project.pk)
    benefit = Benefit.objects.create(project=project, code=_next_code(project, profile.form), created_at=by.now)
    version = _insert(by, benefit, profile, "")
    _record(by, benefit, "benefit_created", version=version.pk)
    return benefit


@transaction.atomic
def create_first(*, by: Actor, project: Project, profile: Profile) -> Benefit | None:
    """Add a benefit unless its target measures one already (None then), so that pressing twice adds one.

    Raises as `create`.
    """
    project = lock_for_writing(by, project.pk)
    live_ones = BenefitVersion.objects.live().filter(benefit__project=project, withdrawn_on=None)
    if live_ones.filter(target=profile.target_id).exists():
        return None
    return create(by=by, project=project, profile=profile)


@transaction.atomic
def change(*, by: Actor, benefit: Benefit, version: int, profile: Profile, reason: str = "") -> BenefitVersion:
    """Let a benefit say something new from today; `version` is the number the form was opened on.

    Raises NotAllowed, NotFollowed, StaleBenefit.
    """
    lock_for_writing(by, benefit.project_id)
    return _replace(by, benefit, version, profile, reason, "benefit_changed")


@transaction.atomic
def withdraw(*, by: Actor, benefit: Benefit, version: int, reason: str) -> None:
    """Take a benefit out of the plan; it stays in the history. Raises ReasonMissing and as `change`."""
    lock_for_writing(by, benefit.project_id)
    if not reason.strip():
        raise ReasonMissing
    profile = replace(profile_of(live(benefit)), withdrawn_on=by.today, withdrawn_reason=reason)
    _replace(by, benefit, version, profile, reason, "benefit_withdrawn")


@transaction.atomic
def take_up(*, by: Actor, benefit: Benefit, version: int) -> None:
    """Take a withdrawn benefit into the plan again, under its own code. Raises as `change`."""
    lock_for_writing(by, benefit.project_id)
    profile = replace(profile_of(live(benefit)), withdrawn_on=None, withdrawn_reason="")
    _replace(by, benefit, version, profile, "", "benefit_taken_up")


def give_owner(*, by: Actor, benefit: Benefit, to: int) -> BenefitVersion:
    """Let someone else take a benefit out from today: a part of a handover, whose action has checked who may."""
    profile = replace(profile_of(live(benefit)), owner_id=to)
    return _replace(by, benefit, benefit.version, profile, "", "benefit_changed")


def live(benefit: Benefit) -> BenefitVersion:
    """What a benefit says now."""
    return BenefitVersion.objects.live().prefetch_related("initiatives", "years").get(benefit=benefit)


def _next_code(project: Project, form: str) -> str:
    """The next code of the form's letter, after every one the project has ever had."""
    letter = BenefitVersion.LETTERS[BenefitVersion.Form(form)]
    used = [int(code[1:]) for code in project.benefits.values_list("code", flat=True) if code.startswith(letter)]
    return f"{letter}{max(used, default=0) + 1}"


def _replace(by: Actor, benefit: Benefit, version: int, profile: Profile, reason: str, action: str) -> BenefitVersion:
    """Compare and set: the benefit must still be as the person saw it, or say already what is sent."""
    current = live(benefit)
    changed = Benefit.objects.filter(pk=benefit.pk, version=version).update(version=F("version") + 1)
    if not changed:
        if profile_of(current) == replace(profile, initiatives=tuple(sorted(profile.initiatives))):
            return current
        raise StaleBenefit(current)
    BenefitVersion.objects.filter(pk=current.pk).update(superseded_at=by.now)
    new = _insert(by, benefit, profile, reason)
    _record(by, benefit, action, version=new.pk, replaces=current.pk)
    return new


def _insert(by: Actor, benefit: Benefit, profile: Profile, reason: str) -> BenefitVersion:
    """A new version; a target or an initiative of another project is left out."""
    values = {name: getattr(profile, name) for name in COLUMNS}
    if profile.target_id and not benefit.project.targets.filter(pk=profile.target_id).exists():
        values["target_id"] = None
    version = BenefitVersion.objects.create(
        benefit=benefit,
        valid_from=by.today,
        recorded_at=by.now,
        recorded_by=by.user,
        change_reason=reason,
        **values,
    )
    version.initiatives.set(benefit.project.initiatives.filter(pk__in=profile.initiatives))
    BenefitYear.objects.bulk_create(
        BenefitYear(version=version, year=row.year, gross=row.gross, net=row.net, low=row.low, high=row.high)
        for row in profile.years
    )
    return version


def _record(by: Actor, benefit: Benefit, action: str, **data: object) -> None:
    record(
        stream=f"project:{benefit.project_id}",
        action=action,
        obj=("benefit", benefit.pk),
        actor_id=by.user_id,
        at=by.now,
        request_id=by.request_id,
        data=data,
    )
    touch(benefit.project_id)
