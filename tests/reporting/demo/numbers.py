"""The demonstration's dashboard against a recount from the tables' rows; and as of today against as of a past day."""

from datetime import date

from django.urls import reverse

from accounts.models import User
from projects.models import Programme
from reporting.portfolio.queries import portfolio
from reporting.portfolio.then import portfolio_then
from saman import clock
from tests.reporting.portfolio.comparing import compare, matches
from tests.reporting.portfolio.reading import text
from tests.reporting.portfolio.recount import count

SAME = (
    "result", "risk", "levels", "places", "themes", "targets", "history", "report", "report_before", "adviser",
    "followed_since",
)  # fmt: skip
PAST = (date(2013, 4, 1), date(2014, 3, 1), date(2015, 1, 21))


def check_the_dashboard(client):
    """Each filter, today and on past days; the demonstration is loaded."""
    programme, today = Programme.objects.get(), clock.today()
    client.force_login(User.objects.get(email="radgiver@demo.example"))
    for day in (today, *PAST):
        used, unused = count(programme, day, today)
        assert used
        readers = sorted({one.reader for one in used})
        for query in (*queries(used), {"radgiver": readers[0]}):
            found = [one for one in used if matches(one, query)]
            per = {"per": day.isoformat()} if day < today else {}
            html = client.get(reverse("dashboard", args=[programme.slug]), {**query, **per}).text
            where = f"{query} per {day}"
            assert f"Viser {len(found)} av {len(used)} prosjekt" in text(html), where
            if found:
                everywhere = [one for one in used if matches(one, {**query, "fylke": ""})]
                try:
                    compare(html, found, everywhere, unused if not query else [], day, is_past=day < today)
                except AssertionError as error:
                    raise AssertionError(f"{where}: {error}") from error
    check_that_today_looked_back_at_is_today(programme, today)


def queries(used):
    """One of each filter that lets something through, and some together."""
    counties = sorted({county for one in used for county in one.counties})
    themes = sorted({theme for one in used for theme in one.themes})
    return (
        {},
        {"fylke": counties[0]},
        {"pulje": used[0].cohort},
        {"tema": themes[0]},
        {"status": "mangler"},
        {"status": "i-rute", "fylke": counties[-1]},
        {"risiko": "handteres"},
        {"fallgruve": "F3"},
        {"q": "heltid"},
    )


def check_that_today_looked_back_at_is_today(programme, today):
    now = {row.pk: row for row in portfolio(programme, today).listed}
    then = {row.pk: row for row in portfolio_then(programme, today, today).listed}
    assert now.keys() == then.keys()
    for pk, row in now.items():
        for name in SAME:
            assert getattr(row, name) == getattr(then[pk], name), (row.title, name)
