"""Effect targets, measurements and milestones."""

from django.urls import path

from benefits.views import milestones

PROJECT = "prosjekt/<slug:slug>/"

urlpatterns = [
    path(f"{PROJECT}milepaler/", milestones.milestones, name="milestones"),
    path(f"{PROJECT}milepaler/ny/", milestones.milestone_new, name="milestone_new"),
    path(f"{PROJECT}milepaler/<int:pk>/endre/", milestones.milestone_edit, name="milestone_edit"),
    path(f"{PROJECT}milepaler/<int:pk>/meld/", milestones.milestone_report, name="milestone_report"),
    path(f"{PROJECT}milepaler/<int:pk>/avgjor/", milestones.milestone_decide, name="milestone_decide"),
    path(f"{PROJECT}milepaler/<int:pk>/trekk/", milestones.milestone_withdraw, name="milestone_withdraw"),
]
