"""The invented ledgers of freed time: most of it put to use, some of it waiting for somebody to decide."""

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from accounts.actor import Actor
from benefits.actions import allocations, freed_time
from benefits.actions.allocations import Use
from benefits.actions.freed_time import Post
from benefits.models import FreedTime
from reporting.demo.timeline import at

if TYPE_CHECKING:
    from reporting.demo.lives import Life

TITLE = {"nb": "Ny turnus med færre vikarvakter", "nn": "Ny turnus med færre vikarvakter"}
SCATTERED = {"nb": "Kortere vaktskifte", "nn": "Kortare vaktskifte"}
COUNTED = {"nb": "Talt i turnussystemet før og etter.", "nn": "Talt i turnussystemet før og etter."}
TASK = {"nb": "Faste aktiviteter for de som bor hjemme", "nn": "Faste aktivitetar for dei som bur heime"}
FORUM = {"nb": "Rådmannens ledergruppe", "nn": "Leiargruppa til rådmannen"}
LINE = {"nb": "Budsjett 2015, pleie og omsorg, vikarer", "nn": "Budsjett 2015, pleie og omsorg, vikarar"}
TOLD, FREE, ATTESTED, DECIDED = date(2014, 8, 20), date(2014, 9, 1), date(2014, 9, 15), date(2014, 9, 3)
SOON_TOLD, SOON = date(2014, 12, 16), date(2015, 3, 1)
AMOUNT = Decimal("2.4")


def tell(life: "Life") -> None:
    """Put the project's ledger on the timeline."""
    if "freed" in life.story.traits:
        Freeing(life).tell()
    if "freed_waits" in life.story.traits:
        post = Post(title=TITLE[life.language], amount=AMOUNT, starts_on=SOON, note=COUNTED[life.language])
        by = Actor(life.cast.leader, at(SOON_TOLD, 10))
        life.timeline.add(by.now, lambda: freed_time.register(by=by, project=life.project, post=post))


class Freeing:
    """Time freed in the autumn of 2014, attested by the line, and used for two things that the owner decided."""

    def __init__(self, life: "Life") -> None:
        self.life = life
        self.post: FreedTime | None = None

    def tell(self) -> None:
        """Put it on the timeline."""
        for day, step in ((TOLD, self._register), (DECIDED, self._decide), (ATTESTED, self._attest)):
            self.life.timeline.add(at(day, 10), step)

    def _register(self) -> None:
        language, by = self.life.language, Actor(self.life.cast.leader, at(TOLD, 10))
        first, last = self._places()
        many = Post(
            municipality_id=last,
            title=SCATTERED[language],
            amount=Decimal(620),
            unit="hours",
            starts_on=FREE,
            posts=48,
            note=COUNTED[language],
        )
        main = Post(
            municipality_id=first,
            title=TITLE[language],
            amount=AMOUNT,
            planned=Decimal(3),
            starts_on=FREE,
            note=COUNTED[language],
        )
        self.post = freed_time.register(by=by, project=self.life.project, post=main)
        freed_time.register(by=by, project=self.life.project, post=many)

    def _places(self) -> tuple[int | None, int | None]:
        """Where the time was freed: the first and the last municipality of a joint project, not said in others."""
        places = sorted(self.life.project.participations.all(), key=lambda part: part.order)
        return (places[0].municipality_id, places[-1].municipality_id) if len(places) > 1 else (None, None)

    def _decide(self) -> None:
        language, by = self.life.language, Actor(self.life.cast.owner, at(DECIDED, 10))
        line = "" if "no_line" in self.life.story.traits else LINE[language]
        cut = Use("budget_cut", Decimal("0.8"), date(2015, 1, 1), FORUM[language], DECIDED, reference=line)
        task = Use("service", Decimal("1.4"), FREE, FORUM[language], DECIDED, description=TASK[language])
        assert self.post is not None
        for use in (cut, task):
            allocations.allocate(by=by, freed_time=self.post, use=use)

    def _attest(self) -> None:
        assert self.post is not None
        self.post.refresh_from_db()
        by = Actor(self.life.cast.line, at(ATTESTED, 10))
        freed_time.attest(by=by, freed_time=self.post, version=self.post.version)
