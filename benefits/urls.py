"""Effect targets, measurements and milestones."""

from django.urls import path

from benefits.views import breaks, measurements, milestones, target_edit, targets, thresholds

PROJECT = "prosjekt/<slug:slug>/"
TARGET = f"{PROJECT}mal/<int:number>/"
THRESHOLDS = "oppsett/program/<slug:programme>/terskler/"

urlpatterns = [
    path(f"{PROJECT}mal/nytt/", targets.new, name="target_new"),
    path(TARGET, targets.show, name="target"),
    path(f"{TARGET}endre/", target_edit.edit, name="target_edit"),
    path(f"{TARGET}hovedmal/", target_edit.choose_main, name="target_main"),
    path(f"{TARGET}trekk/", target_edit.withdraw, name="target_withdraw"),
    path(f"{TARGET}historikk/", target_edit.history, name="target_history"),
    path(f"{TARGET}malinger/ny/", measurements.new, name="measurement_new"),
    path(f"{TARGET}malinger/lim-inn/", measurements.paste, name="measurements_paste"),
    path(f"{TARGET}malinger.csv", targets.measurements_csv, name="measurements_csv"),
    path(f"{TARGET}malinger/<int:pk>/endre/", measurements.edit, name="measurement_edit"),
    path(f"{TARGET}malinger/<int:pk>/trekk/", measurements.withdraw, name="measurement_withdraw"),
    path(f"{TARGET}brudd/ny/", breaks.new, name="break_new"),
    path(f"{TARGET}brudd/<int:pk>/trekk/", breaks.withdraw, name="break_withdraw"),
    path(f"{PROJECT}milepaler/", milestones.milestones, name="milestones"),
    path(f"{PROJECT}milepaler/ny/", milestones.milestone_new, name="milestone_new"),
    path(f"{PROJECT}milepaler/<int:pk>/endre/", milestones.milestone_edit, name="milestone_edit"),
    path(f"{PROJECT}milepaler/<int:pk>/meld/", milestones.milestone_report, name="milestone_report"),
    path(f"{PROJECT}milepaler/<int:pk>/avgjor/", milestones.milestone_decide, name="milestone_decide"),
    path(f"{PROJECT}milepaler/<int:pk>/trekk/", milestones.milestone_withdraw, name="milestone_withdraw"),
    path(THRESHOLDS, thresholds.thresholds, name="setup_thresholds"),
    path(f"{THRESHOLDS}<slug:threshold>/", thresholds.threshold, name="setup_threshold"),
    path(f"{THRESHOLDS}<slug:threshold>/standard/", thresholds.threshold_default, name="setup_threshold_default"),
]
