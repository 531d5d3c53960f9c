"""Every table to take away: whoever may see the page gets it in each form, with the same values and no formula."""

import pytest
from django.test import Client

from tests.architecture.access_table import KINDS, TABLE
from tests.architecture.test_access import address, world  # noqa: F401
from tests.saman.sheets.reading import content, rows_of

pytestmark = pytest.mark.django_db
DOWNLOADS = sorted(name for name in TABLE if name.endswith("_download"))


def visitor(name, world):  # noqa: F811
    """A browser of somebody who may see the table."""
    client = Client()
    let_in = KINDS[TABLE[name][0]][0]
    person = next((who for who in ("leader", "adviser", "admin") if who in let_in), None)
    client.force_login(world["people"][person])
    return client


def test_every_table_says_the_same_in_each_form(world):  # noqa: F811
    empty = []
    for name in DOWNLOADS:
        client, found = visitor(name, world), {}
        for form in ("csv", "xlsx", "ods"):
            response = client.get(address(name, {**world, "form": form}))
            assert response.status_code == 200, (name, form)
            assert "eksempeldata-" in response["Content-Disposition"]
            found[form] = rows_of(form, content(response))
        assert found["csv"] == found["xlsx"] == found["ods"], name
        if len(found["csv"]) < 2:
            empty.append(name)
        described = content(client.get(address(name, {**world, "form": "om"}))).decode("utf-8-sig")
        assert described.startswith("Eksempeldata")
        assert all(f"Kolonne: {head}" in described for head in found["csv"][0]), name
        assert client.get(address(name, {**world, "form": "pdf"})).status_code == 404
    assert set(empty) <= EMPTY, "an empty table shows nothing"


EMPTY = {
    "across_code_download", "across_download", "cohorts_download", "report_queue_download", "reported_download",
}  # fmt: skip
