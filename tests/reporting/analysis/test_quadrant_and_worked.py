"""Activity against outcome, and what worked where, on a handful of rows."""

from statistics import median
from types import SimpleNamespace

from reporting.analysis import quadrant, worked
from reporting.analysis.facts import Approved, Target, Tried

PROJECTS = {pk: SimpleNamespace(pk=pk, slug=f"p-{pk}", title=f"Prosjekt {pk}") for pk in range(1, 8)}


def target(pk, project, attainment, is_main=True, is_hidden=False):
    return Target(pk, project, pk, "Et mål", is_main, None, None, "on_track", attainment, 0.5, "", "", is_hidden)


def tried(project, share, *targets, kind="roster", is_stopped=False):
    return Tried(project, kind, share, is_stopped, targets)


def approved(*changes, hidden=()):
    return {
        pk: Approved(pk, pk, 1, f"Mål {pk}", None if pk in hidden else change, pk in hidden)
        for pk, change in enumerate(changes, 1)
    }


def test_a_project_is_placed_by_what_is_known_and_never_ranked():
    initiatives = [
        tried(1, 100),
        tried(1, 50),
        tried(1, None),
        tried(1, 100, is_stopped=True),
        tried(2, 0),
        tried(4, 100),
    ]
    targets = [target(1, 1, 0.2), target(2, 2, 0.9), target(3, 3, 0.5), target(4, 4, None, is_hidden=True)]
    figure = quadrant.activity_and_outcome(PROJECTS, initiatives, targets)
    assert [list(row) for row in figure.rows[:4]] == [
        ["Prosjekt 1", 2, 75, 20],
        ["Prosjekt 2", 1, 0, 90],
        ["Prosjekt 3", None, None, 50],
        ["Prosjekt 4", 1, 100, "skjult (gjelder få)"],
    ]
    assert figure.finding.startswith("Vet ikke: 5 av 7 prosjekter")
    assert "har ingen gjort minst halvparten av tiltakene og er minst halvveis, 1 har gjort" in figure.finding
    assert figure.plot["data"][0]["x"] == [0.75, 0.0]
    assert figure.plot["data"][0]["customdata"] == figure.links[:2] == [f"/arbeid/prosjekt/p-{n}/" for n in (1, 2)]
    assert [row[0] for row in figure.rows] == sorted(row[0] for row in figure.rows)


def test_without_a_main_target_the_only_one_counts_and_of_several_none():
    targets = [target(1, 1, 0.4, is_main=False), target(2, 2, 0.4, is_main=False), target(3, 2, 0.6, is_main=False)]
    found = {place.project.pk: place.way for place in quadrant.places(PROJECTS, [], targets)}
    assert (found[1], found[2]) == (0.4, None)


def test_kinds_are_counted_with_those_that_did_not_work():
    changes = [1.2, 0.4, 0.0, -0.5, 0.8, None, 0.3]
    initiatives = [tried(pk, 100, pk) for pk in range(1, 8)] + [tried(1, 50, 1), tried(2, 50, 2, kind="training")]
    figure = worked.by_kind(initiatives, approved(*changes, hidden={7}), PROJECTS)
    known = [change for change in changes[:6] if change is not None]
    first, second = (list(row) for row in figure.rows)
    assert first[1:] == [2, 5, 5, 2, -50, round(100 * median(known)), 120]
    assert second[1:] == [0, 1, 1, 0, 40, None, 40]  # one project: shown, and no median
    assert figure.finding.startswith("Vet ikke: 2 av 7 godkjente effektmål mangler tall.")
    assert "hadde 1 nådd målet, og 2 hadde ingen framgang" in figure.finding
    still = worked.without_progress(initiatives, approved(*changes, hidden={7}), PROJECTS)
    assert [(row[0], row[3]) for row in still.rows] == [("Prosjekt 3", 0), ("Prosjekt 4", -50)]
    assert all("30" not in str(cell) for row in [*figure.rows, *still.rows] for cell in row)


def test_nothing_approved_says_so():
    for figure in (worked.by_kind([], {}, PROJECTS), worked.without_progress([], {}, PROJECTS)):
        assert (figure.plot, list(figure.rows)) == (None, [])
        assert figure.finding.startswith("Ingen godkjente rapporter")
