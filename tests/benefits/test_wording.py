"""Every code of the engine has words, and every sentence can be written with the values that come with it."""

from types import SimpleNamespace

import pytest
from django.utils import translation

from benefits import wording
from benefits.engine import codes
from benefits.engine.rules import RULES
from benefits.engine.verdicts import Chance, State
from benefits.wording import actions, concerns, evidence, rules, states, trends

SAMPLES = {
    "state": "behind", "direction": -1, "number": 1, "years": 2, "breaks": 1, "points": 3, "verdicts": 1, "targets": 1,
    "needed": 4, "ratio": 2.0, "slot_missing": "when", "frequency": "quarterly", "numbers": "2",
    "baseline_points": 1, "baseline_needed": 4, "days_since_effect": 120, "days_late": 12, "days_left": 30,
    "days_vacant": 45, "days_without_owner": 45, "days_unsigned": 75,
    "report_year": "2014", "unrealised": 3, "orphans": 2, "orphan": 2, "open_points": 6, "persons_points": 5,
    "still_points": 3, "counter": 3, "counter_name": "sykefravær", "indicator_name": "Andel med plan",
    "said_date": "2014", "said_number": "9,0", "activity_words": "antall kurs", "indicator_level": "output",
    "population": 300, "unanswered": 2, "days_unanswered": 50, "comments": 2, "round": "2014", "target_number": 2,
    "points_planned": 2, "targets_due": 3, "unit": "%", "measured_twice": 1, "days_alone": 40,
    "concept": "større stillinger", "post": 3, "items_asked": 6, "items_said": 5, "days_without_plan": 200,
    "group": "staff", "groups_fallen": 2, "objections": 2, "benefits": 3, "beside": "F4", "judged_by": "leader",
    "initiatives": 2, "short_lived": 2, "initiative_code": "T1",
}  # fmt: skip


def sample(name):
    """A value of the kind that `name` has: a date as ISO text, a share or a number."""
    if name in SAMPLES:
        return SAMPLES[name]
    return "2014-12-31" if name.endswith("on") or name in {"latest", "since"} else 0.3


def a_concern(cause, **values):
    """A concern about target 2 of a project."""
    known = codes.CAUSES[cause]
    everything = {name: sample(name) for name in codes.CONCERN_VALUES}
    return SimpleNamespace(
        pk=1,
        project=SimpleNamespace(slug="heltid"),
        target=SimpleNamespace(number=2),
        cause=cause,
        action=known.action,
        values={**everything, **values},
    )


@pytest.fixture(autouse=True)
def _bokmal():
    with translation.override("nb"):
        yield


REAL_CAUSES = sorted(set(codes.CAUSES) - {"none"})


def test_nothing_is_worded_that_the_engine_cannot_say_and_nothing_is_left_out():
    assert set(states.STATES) == set(State)
    assert set(states.REASONS) == set(codes.REASONS)
    assert set(concerns.TITLES) == set(concerns.SENTENCES) == set(REAL_CAUSES)
    assert set(actions.ACTIONS) == set(actions.ADVICE) == set(codes.ACTIONS)
    assert set(rules.CLOSES_WHEN) == set(codes.CLOSES_WHEN)
    assert set(rules.INPUTS) == set(codes.INPUTS)
    assert set(evidence.LABELS) == set(codes.EVIDENCE)
    assert set(trends.SIGNALS) == set(codes.SIGNALS)
    assert set(trends.NO_FORECAST) == set(codes.NO_FORECAST)
    assert set(trends.CHANCES) == set(Chance)
    for table in (rules.TITLES, rules.HEADINGS, rules.SHORT, rules.KINDS, rules.FALSE_ALARMS):
        assert set(table) == set(RULES)


@pytest.mark.parametrize("code", sorted(codes.REASONS))
def test_a_reason_is_a_sentence_with_and_without_its_values(code):
    full = {name: sample(name) for name in codes.REASONS[code]}
    for values in (full, dict.fromkeys(full)):
        sentence = wording.reason_sentence({"code": code, "values": values}, "%")
        assert sentence.endswith(".")
        assert "%(" not in sentence
        assert "None" not in sentence
    assert wording.reason_sentence({"code": code, "values": full}, "%") != "Se grunnlaget."


@pytest.mark.parametrize("cause", REAL_CAUSES)
@pytest.mark.parametrize("targets", [1, 2])
def test_a_concern_is_one_sentence_with_one_action(cause, targets):
    concern = a_concern(cause, targets=targets, numbers="2" if targets == 1 else "2, 4")
    sentence = wording.concern_sentence(concern)
    assert sentence.endswith(".")
    assert sentence != "Se grunnlaget."
    assert "%(" not in sentence
    assert wording.concern_title(concern)
    assert wording.action_label(concern.action) != "Se prosjektet"
    assert wording.action_advice(concern.action).endswith((".", "?"))
    assert wording.closes_when_text(codes.CAUSES[cause].closes_when).startswith("Varselet lukkes når")


@pytest.mark.parametrize("cause", REAL_CAUSES)
def test_every_cause_can_be_said_when_only_the_targets_are_known(cause):
    bare = SimpleNamespace(cause=cause, values={"targets": 1, "numbers": "2"})
    assert "%(" not in wording.concern_sentence(bare)


def test_numbers_are_written_as_people_read_them():
    reason = {"code": "behind_plan", "values": {"attainment": 0.424, "expected": 0.6}}
    assert wording.reason_sentence(reason, "%").startswith(
        "Målt 42\u00a0% av veien til målet. Planen på samme dato var 60"
    )
    relapse = {"code": "relapse_confirmed", "values": {"plateau": 8.24, "recent": 2.5, "since": "2014-09-30"}}
    text = wording.reason_sentence(relapse, "%")
    assert "8,2\u00a0prosentpoeng" in text
    assert "2,5\u00a0prosentpoeng" in text
    assert "30. september 2014" in text


@pytest.mark.parametrize(
    ("left", "words"),
    [(0.4, "nesten alt borte: 0,4\u00a0prosentpoeng er igjen."), (0.04, "alt borte."), (-0.5, "alt borte.")],
)
def test_a_gain_that_is_gone_leaves_nothing_never_less(left, words):
    reason = {"code": "back_to_zero", "values": {"plateau": 8.8, "since": "2014-09-30", "recent": left}}
    assert wording.reason_sentence(reason, "%").endswith(f"Siden 30. september 2014 er {words}")


def test_nobody_loses_more_than_all():
    whole = wording.concern_sentence(a_concern("back_to_zero", lost_share=1.06, since="2014-09-30"))
    assert whole == "Hele framgangen i effektmål 2 har gått tapt siden 30. september 2014."
    most = wording.concern_sentence(a_concern("back_to_zero", lost_share=0.82, since="2014-09-30"))
    assert most == "82\u00a0% av framgangen i effektmål 2 har gått tapt siden 30. september 2014."
    assert wording.evidence_value({"label": "lost_share", "value": 1.06}) == "100\u00a0%"


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"achieved": 0.15, "required": 0.7}, "Farten er 15\u00a0% av veien i året. Det trengs 70\u00a0% i året"),
        ({"achieved": 0.15, "required": 24.0}, "Det er langt fra nok"),
        ({"achieved": -0.05, "required": 0.7}, "Det har ikke vært noen framgang fra nullpunktet. Det trengs"),
        ({"achieved": 0.0, "required": 24.0}, "for lite tid igjen"),
    ],
)
def test_a_pace_is_said_only_when_it_is_one(values, words):
    assert words in wording.reason_sentence({"code": "pace_too_slow", "values": {**values, "ratio": 2.0}}, "%")


def test_worse_than_the_start_is_said_with_how_much():
    values = {"attainment": -0.12, "expected": 0.4, "tolerance": 0.1, "attainment_sd": 0.05}
    text = wording.reason_sentence({"code": "below_baseline", "values": values}, "%")
    assert "12\u00a0% av veien bort fra målet" in text
    lost = {"plateau": 6.0, "recent": -1.5, "since": "2014-09-30", "needed": 2.0}
    text = wording.reason_sentence({"code": "below_baseline_after_gain", "values": lost}, "%")
    assert "1,5\u00a0prosentpoeng dårligere enn da prosjektet startet" in text


def test_a_target_in_line_though_below_its_plan_says_why():
    below = {"code": "on_plan", "values": {"attainment": 0.35, "expected": 0.5}}
    above = {"code": "on_plan", "values": {"attainment": 0.5, "expected": 0.35}}
    assert wording.reason_sentence(below, "%").endswith("og avstanden er innenfor det som er godtatt.")
    assert "godtatt" not in wording.reason_sentence(above, "%")


def test_several_targets_are_named_as_a_sentence_names_them():
    sentence = wording.concern_sentence(a_concern("baseline_missing", targets=3, numbers="1, 2, 4"))
    assert sentence == "Effektmål 1, 2 og 4 mangler nullpunkt, så framgang kan ikke måles."


def test_an_unknown_code_of_an_older_engine_is_no_error():
    assert wording.reason_sentence({"code": "long_gone", "values": {}}) == "Se grunnlaget."
    assert wording.state_word("") == ""


@pytest.mark.parametrize(
    ("item", "text"),
    [
        ({"label": "plateau", "value": 8.2, "unit": "%"}, "8,2\u00a0prosentpoeng"),
        ({"label": "target", "value": 9.0, "unit": "%"}, "9\u00a0%"),
        ({"label": "lost_share", "value": 0.78}, "78\u00a0%"),
        ({"label": "measured_on", "value": "2014-05-31"}, "31. mai 2014"),
        ({"label": "handover_recorded_on", "value": None}, "\u2013"),
        ({"label": "slot_missing", "value": "how_much"}, "hvor mye som skal endres"),
        ({"label": "days_vacant", "value": 45}, "45"),
    ],
)
def test_evidence_has_its_unit(item, text):
    assert wording.evidence_value(item) == text


def test_evidence_gathers_what_is_of_one_kind_and_says_a_date_once():
    items = [
        {"label": "project_ends_on", "value": "2014-12-31"},
        {"label": "since", "value": "2014-12-31"},
        {"label": "orphan", "value": 1},
        {"label": "orphan", "value": 3},
    ]
    assert wording.evidence_lines(items) == [
        ("Prosjektet avsluttes", "31. desember 2014"),
        ("Effektmål uten ansvarlig", "1 og 3"),
    ]


def test_the_limit_is_said_in_numbers():
    text = wording.threshold_text("relapse_confirmed", {"relapse_share": 0.5, "z": 2.0, "zero_share": 0.25})
    assert "minst 50\u00a0%" in text
    assert "mindre enn 25\u00a0%" in text
    assert wording.threshold_text("baseline_missing", {}) == ""


@pytest.mark.parametrize(
    ("counts", "sentence"),
    [
        ({"total": 5, "on_track": 3, "missing": 1}, "3 av 5 mål i rute, 1 mangler måling"),
        ({"total": 2, "on_track": 1, "achieved": 1}, "2 av 2 mål i rute eller nådd"),
        ({"total": 0}, ""),
        ({}, ""),
    ],
)
def test_how_many_targets_are_in_line(counts, sentence):
    assert wording.counts_sentence(counts) == sentence


def test_an_event_says_what_is_known_and_nothing_else():
    assert wording.event_text("measurement_registered", {"target": "Sykefravær", "value": "9,3 %"}) == (
        "Måling registrert: Sykefravær, 9,3 %"
    )
    assert wording.event_text("measurement_registered", {"target": "Sykefravær", "value": ""}) == (
        "Måling registrert: Sykefravær"
    )
    assert wording.event_text("measurement_registered", {}) == "Måling registrert"
    assert wording.event_text("role_ended", {"role": "leader"}) == "Rolle avsluttet: Prosjektleder"
    assert wording.event_text("warning_accepted", {"rule": "F5"}) == "Varsel godtatt til dato: Ingen har overtatt"
    assert wording.event_text("session_started", {}) == ""


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_every_signal_is_said_with_its_numbers_and_no_chance_as_a_percentage(language):
    values = {"run": 8, "most": 7, "useful": 12, "crossings": 1, "fewest": 3, "low": 3.2, "high": 5.1, "points": 13}
    with translation.override(language):
        for code, names in codes.SIGNALS.items():
            known = {name: values.get(name, sample(name)) for name in names}
            said = wording.signal_sentences([{"code": code, "values": known}], "dager")[0]
            assert said
            assert said != wording.values.ANSWER_LATER
            assert "%(" not in said
        assert not any(char.isdigit() or char == "%" for chance in Chance for char in wording.chance_word(chance))


def test_a_warning_says_its_figures_with_their_unit_and_the_limit_in_force():
    evidence = [{"label": "said_number", "value": "9,0"}, {"label": "target", "value": 7.5, "unit": "%"}]
    values = wording.finding_values(evidence, {}, 2)
    told = wording.cause_sentence("number_differs", values).replace("\u00a0", " ")
    assert told == "Setningen i effektmål 2 sier 9,0, men målet er satt til 7,5 %."
    assert "de neste 90 dagene" in wording.cause_sentence("no_step", wording.finding_values([], {"days": 90}))


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_a_rule_is_said_with_its_kind_once(language):
    with translation.override(language):
        assert wording.rule_line("F3") == f"{wording.rule_kind('F3')}: {wording.rule_title('F3')}"
        assert all(wording.rule_line(code).count(wording.rule_kind(code)) == 1 for code in RULES)


def test_a_group_is_told_by_its_own_name_and_several_are_counted():
    fell = {"groups_fallen": 1, "since": "2015-01-10", "group": "Nattevaktene"}
    assert wording.cause_sentence("attitude_fell", fell).endswith("sist 10. januar 2015: Nattevaktene.")
    assert wording.cause_sentence("attitude_fell", {**fell, "group": "staff"}).endswith(": ansatte i tjenesten.")
    assert wording.cause_sentence("attitude_fell", {**fell, "groups_fallen": 2}).startswith("2 grupper ser mer kritisk")
    one = {"objections": 1, "since": "2015-01-10", "group": "Elevrådet"}
    assert wording.cause_sentence("objection_unanswered", one).endswith("ikke har fått svar: Elevrådet.")
