"""The invented stakeholders: groups that were heard and answered, one that waits for its answer, one that cools."""

from datetime import date
from typing import TYPE_CHECKING

from accounts.actor import Actor
from benefits.actions import objections, stakeholder_sharing, stakeholders
from benefits.actions.objections import Promise
from benefits.actions.stakeholders import Seen
from benefits.models import ObjectionAnswer, StakeholderGroup, StakeholderRegistration
from reporting.demo.timeline import at

if TYPE_CHECKING:
    from reporting.demo.lives import Life

ASKED, CONFIRMED, SHARED = date(2014, 5, 20), date(2014, 5, 27), date(2014, 6, 11)
PROMISED, DUE, GIVEN, AGAIN = date(2014, 6, 4), date(2014, 6, 20), date(2014, 6, 16), date(2014, 11, 12)
STAFF = {"nb": "Nattevaktene", "nn": "Nattevaktene"}
OBJECTION = {
    ("heltid", "nb"): "Større stillinger blir til flere helger for de samme. De vil se turnusen før den blir bestemt.",
    (
        "heltid",
        "nn",
    ): "Større stillingar blir til fleire helger for dei same. Dei vil sjå turnusen før han blir bestemt.",
    ("sykefravaer", "nb"): "Tettere oppfølging kjennes som kontroll. De vil vite hvem som får se det som blir skrevet.",
    (
        "sykefravaer",
        "nn",
    ): "Tettare oppfølging kjennest som kontroll. Dei vil vite kven som får sjå det som blir skrive.",
}
ANSWER = {
    "nb": "Ingen får flere helger enn i dag. Gruppen er med og lager turnusen, og den prøves i åtte uker.",
    "nn": "Ingen får fleire helger enn i dag. Gruppa er med og lagar turnusen, og han blir prøvd i åtte veker.",
}
ROLE = {"nb": "Enhetsleder", "nn": "Einingsleiar"}
# kind, attitude, influence, how many
GROUPS = (("union_reps", 0, 3, 7), ("middle_managers", 1, 2, 12), ("users", 0, 2, 140))


def tell(life: "Life") -> None:
    """Put what the project knows of its stakeholders on the timeline."""
    if life.story.traits & {"heard", "objects", "cools"}:
        Hearing(life).tell()


class Hearing:
    """A round among the groups in May 2014; what they objected to, and what came of it."""

    def __init__(self, life: "Life") -> None:
        self.life = life
        self.staff: StakeholderGroup | None = None
        self.managers: StakeholderGroup | None = None
        self.answer: ObjectionAnswer | None = None

    def tell(self) -> None:
        """Put it on the timeline."""
        traits = self.life.story.traits
        steps = [(ASKED, self._ask)]
        if "heard" in traits:
            steps += [(PROMISED, self._promise), (GIVEN, self._give), (SHARED, self._share), (AGAIN, self._ask_again)]
        if "objects" in traits:
            steps += [(CONFIRMED, self._confirm)]
        if "cools" in traits:
            steps += [(AGAIN, self._cool)]
        for day, step in steps:
            self.life.timeline.add(at(day, 10), step)

    def _by(self, day: date) -> Actor:
        return Actor(self.life.cast.leader, at(day, 10))

    def _ask(self) -> None:
        by, language = self._by(ASKED), self.life.language
        for kind, attitude, influence, size in GROUPS:
            seen = Seen(ASKED, attitude, influence, size)
            made = stakeholders.add(by=by, project=self.life.project, kind=kind, name="", seen=seen)
            self.managers = made if kind == "middle_managers" else self.managers
        is_calm = "cools" in self.life.story.traits
        objection = "" if is_calm else OBJECTION[self.life.story.theme, language]
        seen = Seen(ASKED, 0 if is_calm else -1, 3, 34, objection)
        self.staff = stakeholders.add(by=by, project=self.life.project, kind="staff", name=STAFF[language], seen=seen)

    def _confirm(self) -> None:
        """The owner has heard the same; nobody has answered yet."""
        row = StakeholderRegistration.objects.live().get(group=self.staff)
        stakeholders.confirm(by=Actor(self.life.cast.owner, at(CONFIRMED, 10)), registration=row)

    def _promise(self) -> None:
        assert self.staff is not None
        promise = Promise(ANSWER[self.life.language], ROLE[self.life.language], DUE)
        self.answer = objections.plan(by=self._by(PROMISED), group=self.staff, promise=promise)

    def _give(self) -> None:
        assert self.answer is not None
        objections.give(by=self._by(GIVEN), answer=self.answer)

    def _share(self) -> None:
        stakeholder_sharing.share(by=Actor(self.life.cast.owner, at(SHARED, 10)), project=self.life.project)

    def _ask_again(self) -> None:
        assert self.staff is not None
        self._see(self.staff, Seen(AGAIN, 0, 3, 34))

    def _cool(self) -> None:
        assert self.managers is not None
        self._see(self.managers, Seen(AGAIN, 0, 2, 12))

    def _see(self, group: StakeholderGroup, seen: Seen) -> None:
        group.refresh_from_db()
        stakeholders.register(by=self._by(AGAIN), group=group, version=group.version, seen=seen)
