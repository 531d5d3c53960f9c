"""Eight projects in two cohorts and three counties, with verdicts written as the engine would store them."""

from datetime import date
from decimal import Decimal

from benefits.models import TargetStatus
from municipalities.models import County, Municipality
from projects.models import Programme, ProjectTheme, Theme
from tests import factories

TODAY = date(2015, 1, 22)  # the suite's fixed date
SLUG = "analysert"
COUNTIES = {"19": "Troms", "18": "Nordland", "01": "Østfold"}
SECRET = Decimal("37.0417")  # a measured value of three people: no answer may hold it, nor what tells it
# Project: cohort, county, theme, targets as (result, attainment, expected, due year)
PROJECTS = {
    "Ans": ("pulje-1", "19", "heltid", [("achieved", 1.1, 0.9, 2014), ("on_track", 0.6, 0.5, 2015)]),
    "Bø": ("pulje-1", "19", "heltid", [("missing", None, None, 2015)]),
    "Dal": ("pulje-1", "18", "sykefravaer", [("behind", 0.2, 0.6, 2015), ("at_risk", -0.3, 0.5, 2016)]),
    "Eid": ("pulje-1", "18", "sykefravaer", [("relapse", 0.0, 0.7, 2015), ("on_track", 2.2, 0.5, 2016)]),
    "Fet": ("pulje-2", "01", "heltid", [("not_started", None, 0.0, 2017), ("on_track", 0.4, 0.35, 2016)]),
    "Gol": ("pulje-2", "01", None, [("not_achieved", 0.3, 1.0, 2014), ("on_track", 0.7, 0.65, 2016)]),
    "Hol": ("pulje-2", "01", "heltid", []),
    "Jar": ("pulje-2", "19", "heltid", [("on_track", 0.5, 0.5, None)]),
}  # fmt: skip


def programme():
    return Programme.objects.get(slug=SLUG)


def build():
    made = factories.programme(name="Et analysert program", slug=SLUG)
    cohorts = {
        slug: factories.cohort(programme=made, slug=slug, name=slug.capitalize(), starts_on=date(2012, 1, 1))
        for slug in ("pulje-1", "pulje-2")
    }
    themes = {
        key: Theme.objects.create(programme=made, key=key, name_nb=name)
        for key, name in (("heltid", "Heltid"), ("sykefravaer", "Sykefravær"))
    }
    counties = {
        number: County.objects.update_or_create(number=number, valid_from=factories.START, defaults={"name": name})[0]
        for number, name in COUNTIES.items()
    }
    for order, (name, (cohort, county, theme, targets)) in enumerate(PROJECTS.items()):
        taken = Municipality.objects.filter(number__gte="9000").count()
        place = factories.municipality(name, county=counties[county], number=f"{9000 + taken}")
        project = factories.project(
            place, cohort=cohorts[cohort], title=f"<b>Prosjekt</b> {name} & co", slug=f"analysert-{order}",
            list_order=order,
        )  # fmt: skip
        if theme:
            ProjectTheme.objects.create(project=project, theme=themes[theme])
        for number, said in enumerate(targets):
            target_of(project, *said, is_main=number == 0)
    hidden_target(project)


def target_of(project, result, attainment, expected, due, **fields):
    """A target with its verdict; one nobody has judged where `result` is None."""
    target = factories.target(project, values={date(due, 12, 31): 9} if due else {}, **fields)
    if result is not None:
        TargetStatus.objects.create(
            target=target, state=result, result=result, attainment=attainment, expected=expected,
            measured_on=date(2014, 12, 31) if attainment is not None else None,
        )  # fmt: skip
    return target


def hidden_target(project):
    """A target of which a figure is about three people."""
    target = target_of(project, "behind", 0.370417, 0.8, 2015)
    TargetStatus.objects.filter(target=target).update(chance="likely")
    factories.measurement(target, date(2014, 12, 31), SECRET, n=3)
    return target
