"""The grant of a project, and the grants of a programme."""

from django.urls import path

from reporting.grants.views import programme, record

GRANT = "prosjekt/<slug:slug>/tilskudd/"
# What the address calls each kind of row.
PLACES = {
    "promise": "tilsagn",
    "condition": "vilkar",
    "payment": "utbetaling",
    "funding": "annen-finansiering",
    "account": "regnskap",
}

urlpatterns = [
    path(GRANT, record.grant, name="grant"),
    path(f"{GRANT}last-ned/<slug:form>/", record.grant_download, name="grant_download"),
    *(
        path(f"{GRANT}{place}/ny/", record.entry_new, {"kind": kind}, name=f"grant_{kind}_new")
        for kind, place in PLACES.items()
    ),
    *(
        path(f"{GRANT}{place}/<int:{kind}>/", record.entry_edit, {"kind": kind}, name=f"grant_{kind}_edit")
        for kind, place in PLACES.items()
    ),
    path(f"{GRANT}vilkar/<int:condition>/vurder/", record.condition_judge, name="grant_condition_judge"),
    path(f"{GRANT}regnskap/<int:account>/godkjenn/", record.account_approve, name="grant_account_approve"),
    path("oversikt/<slug:programme>/tilskudd/", programme.grants, name="grants"),
    path("oversikt/<slug:programme>/tilskudd/last-ned/<slug:form>/", programme.grants_download, name="grants_download"),
]
