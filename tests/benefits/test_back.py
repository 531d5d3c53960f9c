"""Back, a reload or a link to the address of a button leads to the page the button stands on."""

import pytest
from django.urls import reverse

from tests import factories

pytestmark = pytest.mark.django_db

TO_TARGET, TO_HANDOVER, TO_STAKEHOLDERS = ("target", 1), ("handover", 7), ("stakeholders",)
BUTTONS = [
    ("target_main", [1], TO_TARGET, ""),
    ("target_confirm", [1], TO_TARGET, ""),
    ("target_withdraw", [1], ("target_edit", 1), "#trekk"),
    ("measurement_withdraw", [1, 7], TO_TARGET, "#malinger"),
    ("evaluation_new", [1], TO_TARGET, "#evaluering"),
    ("evaluation_decide", [1, 7], TO_TARGET, "#evaluering"),
    ("evaluation_withdraw", [1, 7], TO_TARGET, "#evaluering"),
    ("break_new", [1], TO_TARGET, "#brudd"),
    ("break_withdraw", [1, 7], TO_TARGET, "#brudd"),
    ("handover_accept", [7], TO_HANDOVER, ""),
    ("handover_decline", [7], TO_HANDOVER, ""),
    ("handover_withdraw", [7], TO_HANDOVER, ""),
    ("plan_submit", [], ("plan",), "#send"),
    ("plan_decide", [], ("plan",), "#avgjor"),
    ("benefit_suggest", [1], ("plan",), ""),
    ("benefit_withdraw", [7], ("benefit_edit", 7), "#trekk"),
    ("initiative_resume", [7], ("initiatives",), ""),
    ("freed_time_attest", [7], ("freed_time",), ""),
    ("allocation_withdraw", [7], ("freed_time",), ""),
    ("counting_decide", [], ("counting",), ""),
    ("counting_take_back", [7], ("counting",), ""),
    ("stakeholders_share", [], TO_STAKEHOLDERS, ""),
    ("stakeholders_unshare", [], TO_STAKEHOLDERS, ""),
    ("stakeholder_confirm", [7], TO_STAKEHOLDERS, ""),
    ("stakeholder_remove", [7], TO_STAKEHOLDERS, ""),
    ("objection_give", [7, 7], TO_STAKEHOLDERS, ""),
    ("map_draw", [], ("benefit_map",), ""),
]


@pytest.mark.parametrize(("name", "more", "page", "where"), BUTTONS)
def test_a_buttons_address_leads_to_its_page(client, project, leader, name, more, page, where):
    factories.target(project)
    client.force_login(leader)
    answer = client.get(reverse(name, args=[project.slug, *more]))
    address = reverse(page[0], args=[project.slug, *page[1:]])
    assert (answer.status_code, answer.headers["Location"]) == (302, address + where)
    if 7 not in page:  # nothing has that number here: only that its own page is asked for
        assert client.get(address).status_code == 200


def test_who_may_not_see_the_page_is_told_nothing(client, project, stranger):
    client.force_login(stranger)
    answer = client.get(reverse("target_confirm", args=[project.slug, 1]), follow=True)
    assert answer.status_code == 404
