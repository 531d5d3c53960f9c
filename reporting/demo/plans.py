"""The plan of each story: initiatives, a benefit for each effect target, sent to the owner, approved and revised."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from accounts.actor import Actor
from benefits.actions import benefits, initiatives, plans
from benefits.actions.benefits import Profile, YearAmount
from benefits.actions.initiatives import InitiativePlan
from benefits.models import Benefit, Initiative
from benefits.plan_content import targets_of
from reporting.demo import plan_texts as texts
from reporting.demo.lives import Life
from reporting.demo.timeline import at

# By the name in the catalogue. The rest has an approved plan, revised within the year.
NONE = frozenset({"Ibestad", "Salangen", "Båtsfjord", "Dønna"})
BEGUN = frozenset({"Åfjord"})  # nothing sent
RETURNED = frozenset({"Frøya", "Lenvik"})  # and not sent again
THIN = frozenset({"Andøy", "Øvre Eiker"})  # says too little
OLD = frozenset({"Vaksdal", "Oppdal"})  # never revised
ELSEWHERE = frozenset({"Kristiansund"})
WAITING = frozenset({"Hamar"})  # revised again, and waits on its owner
STOPPED_ONE = frozenset({"Rælingen", "Ørsta"})  # has stopped an initiative
HOMELESS = frozenset({"Grong"})  # an initiative has no place in daily operation
BRIEF = frozenset({"Kvæfjord"})  # short trials only, with no place to go on in
STILL_PAID = frozenset({"Andebu"})  # others still pay for an initiative
AGAIN = date(2015, 1, 16)  # the day the last revision was sent
FIRST_YEAR = 2015


class Planning:
    """One project's plan, put on the timeline after everything else is promised."""

    def __init__(self, life: Life) -> None:
        self.life, self.project, self.name = life, life.project, life.story.name
        self.begun = life.start + timedelta(days=80)
        self.initiatives: list[Initiative] = []
        self.benefits: list[Benefit] = []

    def tell(self) -> None:
        """What happens to the plan, in the order of time."""
        if self.name in NONE:
            return
        add = self.life.timeline.add
        add(at(self.begun, 13), self._write)
        if self.name in BEGUN:
            return
        add(at(self.begun + timedelta(days=21), 13), lambda: self._send(self.begun + timedelta(days=21)))
        add(at(self.begun + timedelta(days=30), 13), lambda: self._decide(self.begun + timedelta(days=30)))
        if self.name in RETURNED | OLD:
            return
        revised = min(self.begun + timedelta(days=300), self.life.ends_on - timedelta(days=20))
        add(at(revised, 13), lambda: self._revise(revised, 40))
        add(at(revised + timedelta(days=8), 13), lambda: self._decide(revised + timedelta(days=8)))
        if self.name in WAITING:
            add(at(AGAIN, 13), lambda: self._revise(AGAIN, 70))

    def _leader(self, day: date) -> Actor:
        return Actor(self.life.cast.leader, at(day, 13))

    def _text(self, words: dict[str, str]) -> str:
        return words[self.life.language]

    def _write(self) -> None:
        """The plan's own words, its initiatives and benefits."""
        by = self._leader(self.begun)
        elsewhere = self._text(texts.ELSEWHERE) if self.name in ELSEWHERE else ""
        summary, path = "" if elsewhere else self._text(texts.SUMMARY), "full" if self.name in THIN else ""
        words = plans.Words(path=path, summary=summary, kept_elsewhere=elsewhere)
        plans.write(by=by, project=self.project, version=0, words=words)
        if elsewhere:
            return
        targets = tuple(target.target_id for target in targets_of(self.project))
        for text in texts.INITIATIVES[self.life.story.theme]:
            plan = self._initiative(text, targets)
            self.initiatives.append(initiatives.create(by=by, project=self.project, plan=plan))
        for profile in self._profiles():
            self.benefits.append(benefits.create(by=by, project=self.project, profile=profile))

    def _initiative(self, text: texts.InitiativeText, targets: tuple[int, ...]) -> InitiativePlan:
        begins = self.begun + timedelta(days=30)
        has_home = self.name not in BRIEF and not (self.name in HOMELESS and self.initiatives)
        plan = InitiativePlan(
            title=self._text(text.title),
            kind=text.kind,
            starts_on=begins,
            ends_on=begins + timedelta(days=150) if self.name in BRIEF else self.life.ends_on,
            started_on=None,
            cost=Decimal(text.cost) if text.cost else None,
            external_share=50 if text.cost else None,
            evidence=self._text(text.evidence),
            targets=targets,
        )
        if not has_home:
            return plan
        return replace(
            plan,
            home_kind=text.home,
            home_reference=self._text(text.reference),
            home_unit=self._unit(),
            home_from=self.life.ends_on,
        )

    def _profiles(self) -> list[Profile]:
        """A benefit for each effect target; a thin plan says little more than its name."""
        made = []
        for target in targets_of(self.project):
            text = texts.BENEFITS.get(target.indicator, texts.OTHER)
            profile = Profile(title=self._text(text.title), form=text.form, target_id=target.target_id)
            if self.name not in THIN:
                profile = replace(
                    profile,
                    description=self._text(text.description),
                    kind=text.kind,
                    owner_id=self.life.cast.line.pk,
                    owner_position=self.life.cast.line.title,
                    owner_unit=target.scope,
                    assumption=self._text(text.assumption),
                    importance="" if text.gross else "high",
                    realised_from=self.life.ends_on + timedelta(days=1),
                    first_measured_after_end=self.life.ends_on + timedelta(days=180),
                    initiatives=tuple(one.pk for one in self.initiatives),
                    years=self._years(text.gross),
                )
            if self.name in RETURNED:
                profile = replace(profile, owner_id=None, owner_position="")
            made.append(profile)
        return made

    def _years(self, gross: int) -> tuple[YearAmount, ...]:
        """What it is worth in the first three years: half of it in the first."""
        if not gross:
            return ()
        return tuple(
            YearAmount(FIRST_YEAR + n, Decimal(part), Decimal(part) * 9 // 10, Decimal(part) * 7 // 10, Decimal(part))
            for n, part in enumerate((gross // 2, gross, gross))
        )

    def _unit(self) -> str:
        live = targets_of(self.project)
        return live[0].scope if live else self._text({"nb": "hele kommunen", "nn": "heile kommunen"})

    def _send(self, day: date, note: str = "") -> None:
        by = self._leader(day)
        plans.submit(by=by, project=self.project, digest=plans.digest_of(self.project), note=note)

    def _decide(self, day: date) -> None:
        """The owner's answer; a plan is sent back once, where the story says so."""
        plan = plans.newest(self.project)
        by = Actor(self.life.cast.owner, at(day, 13))
        if plan is None:
            return
        if self.name in RETURNED:
            plans.send_back(by=by, plan=plan, reason=self._text(texts.RETURNED))
        else:
            plans.approve(by=by, plan=plan)

    def _revise(self, day: date, done: int) -> None:
        """How far the initiatives have come, one of them stopped perhaps, and the plan sent again."""
        by = self._leader(day)
        for order, initiative in enumerate(self.initiatives):
            initiative.refresh_from_db()
            current = initiatives.live(initiative)
            if self.name in STOPPED_ONE and order == 1:
                version, reason = initiative.version, self._text(texts.STOPPED)
                initiatives.review(by=by, initiative=initiative, version=version, decision="stop", reason=reason)
                continue
            plan = replace(
                initiatives.plan_of(current),
                started_on=current.starts_on,
                done_share=min(done + 10 * order, 100),
                external_share=current.external_share if self.name in STILL_PAID else current.external_share and 0,
            )
            initiatives.change(by=by, initiative=initiative, version=initiative.version, plan=plan)
        if self.initiatives and self.name not in STOPPED_ONE:
            first = Initiative.objects.get(pk=self.initiatives[0].pk)
            reason = self._text(texts.KEPT)
            initiatives.review(by=by, initiative=first, version=first.version, decision="keep", reason=reason)
        if self.name in ELSEWHERE:
            self._attest_again(by)
        self._send(day, self._text(texts.REVISED))

    def _attest_again(self, by: Actor) -> None:
        """A plan kept elsewhere is looked at again there."""
        words = plans.Words(kept_elsewhere=f"{self._text(texts.ELSEWHERE)} ({by.today.year})")
        plans.write(by=by, project=self.project, version=1, words=words)
