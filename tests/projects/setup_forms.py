"""What is typed into the set-up forms, and what comes back."""

from django.urls import reverse


def page_of(response):
    return response.content.decode()


def programme_fields(**changed):
    return {"name": "Velferdsløftet", "language": "nb", "concerns_open": "mondays", "head_start_days": "0", **changed}


def project_fields(place, **changed):
    return {"title": "Heltid på Stord", "places": [place.name], "language": "nn", **changed}


def role_fields(**changed):
    return {"email": "ny@kommunen.no", "name": "Ny Person", "role": "leader", "starts_on": "01.02.2015", **changed}


def new_project(browser, cohort, fields):
    return browser.post(reverse("setup_project_new", args=[cohort.programme.slug, cohort.slug]), fields)
