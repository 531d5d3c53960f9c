"""No hidden figure can be worked out: every sum a reader is shown is an equation, and the equations are solved."""

import re
from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from benefits import freed_sums
from benefits.assessment import assess_projects
from benefits.models import Measurement
from benefits.queries import freed_time
from projects.models import Project, ProjectTheme, Theme
from tests import factories
from tests.factories import noon
from tests.reporting.portfolio.reading import section, text
from tests.reporting.portfolio.world import counties
from tests.reporting.solving import told
from tests.saman.sheets.reading import content, csv_frame

pytestmark = pytest.mark.django_db
SINCE, EARLIER, TODAY = date(2014, 9, 1), date(2014, 12, 1), date(2015, 1, 22)
SHOWN = re.compile(r"[\d,]+ av ([\d,]+) årsverk")
PLACES = {"9901": "Her", "9902": "Der", "9903": "Fjern"}
FILTERS = [  # what the dashboard is asked for, and the projects that are left
    ({}, {"en", "to", "felles", "fjernt"}),
    ({"pulje": "pulje-a"}, {"en", "felles"}),
    ({"pulje": "pulje-b"}, {"to", "fjernt"}),
    ({"fylke": "19"}, {"en", "to", "felles"}),
    ({"fylke": "18"}, {"fjernt"}),
    ({"tema": "heltid"}, {"en", "fjernt"}),
    ({"pulje": "pulje-b", "fylke": "19"}, {"to"}),
]


def test_a_total_and_all_but_one_tell_the_last():
    assert told([{"a", "b", "c"}, {"a"}, {"b"}], {"c"}) == {"c"}
    assert told([{"a", "b", "c"}, {"a"}], {"b", "c"}) == set()
    assert told([{"a", "b"}, {"b", "c"}, {"a", "c"}], {"a", "b", "c"}) == {"a", "b", "c"}
    assert told([], {"a"}) == set()


# Freed time: ledgers, municipalities, and the dashboard with each filter.


@pytest.fixture
def posts(programme):
    """(amount, project, place) by post: two projects in one municipality, a joint one, and one alone in its county."""
    first, second, *_ = counties()
    here, there, far = (
        factories.municipality(name, number=number, county=county)
        for (number, name), county in zip(PLACES.items(), (first, first, second), strict=True)
    )
    cohorts = [factories.cohort(programme=programme, slug=slug, name=slug) for slug in ("pulje-a", "pulje-b")]
    theme = Theme.objects.create(programme=programme, key="heltid", name_nb="Heltid")
    made = {
        "en": factories.project(here, cohort=cohorts[0], title="Prosjekt en"),
        "to": factories.project(here, cohort=cohorts[1], title="Prosjekt to"),
        "felles": factories.project(here, there, cohort=cohorts[0], title="Prosjekt felles"),
        "fjernt": factories.project(far, cohort=cohorts[1], title="Prosjekt fjernt"),
    }
    for name in ("en", "fjernt"):
        ProjectTheme.objects.create(project=made[name], theme=theme)
    found = {}
    for name, project, place, amount, count, since in (
        ("en 1", "en", None, "1.01", 12, SINCE),
        ("en 2", "en", None, "2.03", None, SINCE),
        ("to 1", "to", None, "4.07", 20, SINCE),
        ("to 2", "to", None, "0.31", 3, EARLIER),  # few, beside many, from a later day on
        ("felles her", "felles", here, "0.53", 2, SINCE),
        ("felles der", "felles", there, "8.11", 30, SINCE),
        ("felles uten sted", "felles", None, "1.13", 9, SINCE),
        ("fjernt", "fjernt", None, "0.77", 4, SINCE),
    ):
        kept = {"starts_on": since, "attested_on": since, "posts": count, "municipality": place}
        factories.freed_time(made[project], None, **kept, title=name, amount=Decimal(amount))
        found[name] = (Decimal(amount), project, (place or (here if project in ("en", "to") else far)).name, count)
    found["felles uten sted"] = (*found["felles uten sted"][:2], "", 9)
    return found


def the_few(posts):
    return {name for name, (_amount, _project, _place, count) in posts.items() if count and count < 5}


def freed_figures(client, programme, posts, on):
    """Each sum of freed time an adviser is shown, as the posts it is of; the number is checked against them."""
    begun = set(posts) - ({"to 2"} if on < EARLIER else set())
    assess_projects(Project.objects.values_list("pk", flat=True), as_of=on, now=noon(on))

    def of(project=None, place=None):
        return {n for n in begun if project in (None, posts[n][1]) and place in (None, posts[n][2])}

    def shown(number, names):
        assert Decimal(str(number).replace(",", ".")) == sum(posts[name][0] for name in names)
        return [names]

    def totals(address, part, **query):
        page = text(section(client.get(address, query).text, part)).replace("\u00a0", " ")
        return SHOWN.findall(page)

    def rows(name, *args):
        return csv_frame(content(client.get(reverse(name, args=[*args, "csv"])))).to_dict("records")

    projects = {title.removeprefix("Prosjekt "): slug for title, slug in Project.objects.values_list("title", "slug")}
    for query, names in (*FILTERS, *(({"q": name}, {name}) for name in projects)):
        for total in totals(reverse("dashboard", args=[programme.slug]), "k-frigitt", **query):
            yield from shown(total, set().union(*map(of, names)))
    for number, place in PLACES.items():
        for total in totals(reverse("municipality", args=[number]), "frigitt"):
            yield from shown(total, of(place=place))
        for row in rows("municipality_download", number):
            name = row["Prosjekt"].removeprefix("Prosjekt ")
            for column, there in (("Frigitt", place), ("Frigitt uten at kommunen er oppgitt", "")):
                if str(row[column])[:1].isdigit():
                    yield from shown(row[column], of(name, there))
    for slug in projects.values():
        for row in rows("freed_time_download", slug):
            yield from shown(row["Årsverk"], {row["Hva"]})


def test_freed_time_of_few_cannot_be_worked_out(client, programme, posts, adviser):
    """Nor by the difference of what was shown on two days."""
    client.force_login(adviser)
    equations = [one for on in (date(2014, 10, 1), TODAY) for one in freed_figures(client, programme, posts, on)]
    assert {frozenset(one) for one in equations} > {frozenset({"en 1"}), frozenset({"en 1", "en 2"})}
    assert not told(equations, the_few(posts))


def test_without_hiding_it_could(client, programme, posts, adviser, monkeypatch):
    """The collector reads the pages: with nothing hidden every figure of few is told."""
    for module in (freed_sums, freed_time):
        monkeypatch.setattr(module, "FEWEST", 0)
    client.force_login(adviser)
    assert told(list(freed_figures(client, programme, posts, TODAY)), the_few(posts)) == the_few(posts)


# Measurements of a joint project: the whole beside its parts, on the page of the target and in its files.


@pytest.fixture
def joint(programme):
    """A joint project of three, its share measured for the whole and for each; «C» is few, and so was «B» at first."""
    places = [factories.municipality(name) for name in ("A", "B", "C")]
    project = factories.project(*places, cohort=factories.cohort(programme=programme), title="Felles")
    target = factories.target(project, kind="register_share", unit="%", direction=1)

    def put(on, place, counted, people, **fields):
        sums = {"numerator": counted, "denominator": people, "n": people}
        return factories.measurement(target, on, 100 * counted / people, municipality=place, **sums, **fields)

    for place, counted, people in zip((None, *places), (40, 20, 17, 3), (160, 80, 64, 16), strict=True):
        put(SINCE, place, counted, people)
    put(EARLIER, None, 35, 140)
    put(EARLIER, places[0], 25, 100)
    first = put(EARLIER, places[1], 4, 40)
    Measurement.objects.filter(pk=first.pk).update(superseded_at=noon(TODAY))
    put(EARLIER, places[1], 10, 40, corrects=first, recorded_at=noon(TODAY))
    return target


def measured_figures(client, target):
    """The sums of each day, at each moment, and the figures that are shown of them."""
    slug, number = target.project.slug, target.number
    table = csv_frame(content(client.get(reverse("measurements_download", args=[slug, number, "csv"]))))
    every = list(Measurement.objects.filter(target=target).select_related("municipality"))
    live = {(str(one.measured_on), str(one.municipality or "")): one for one in every if one.superseded_at is None}
    equations = []
    for whole in (one for one in every if one.municipality is None):
        parts = [one for one in every if one.municipality and one.measured_on == whole.measured_on]
        equations.append({whole.pk, *(one.pk for one in parts if one.superseded_at is None)})
        equations.append({whole.pk, *(one.pk for one in parts if not one.corrects_id)})
    for row in table.astype(object).fillna("").to_dict("records"):
        one = live[str(row["Dato"])[:10], row["Kommune"]]
        equations += [{one.pk}] if str(row["Verdi"])[:1].isdigit() else []
        equations += [{one.corrects_id}] if str(row["Rettet fra"])[:1].isdigit() else []
    return equations


def test_a_part_of_few_does_not_follow_from_the_whole(client, joint, adviser):
    client.force_login(adviser)
    few = set(Measurement.objects.filter(numerator__lt=5).values_list("pk", flat=True))
    assert len(few) == 2
    equations = measured_figures(client, joint)
    assert not told(equations, few)
    assert sum(len(one) == 1 for one in equations) == 3  # and no more is hidden than must be
    page = text(client.get(reverse("target", args=[joint.project.slug, joint.number])).text)
    assert not {"18,75", "18,8"} & set(page.split())


def test_people_of_the_project_see_each_part(client, joint, leader):
    factories.role(leader, "leader", joint.project)
    client.force_login(leader)
    few = set(Measurement.objects.filter(numerator__lt=5).values_list("pk", flat=True))
    assert told(measured_figures(client, joint), few) == few
