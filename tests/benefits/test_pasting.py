"""Pasted lines that are no figures: said at once, however long they are."""

from datetime import date

import pytest

from benefits.models import TargetVersion
from benefits.pasting import MOST_GAPS, _splits, read_lines, without_figures

TODAY = date(2015, 1, 22)


@pytest.fixture
def version():
    return TargetVersion(kind="count", frequency="yearly")


@pytest.mark.parametrize(("text", "value"), [("31. desember 2013 12 345", 12345), ("1. kvartal 2014 7", 7)])
def test_a_line_may_hold_spaces_in_date_and_number(version, text, value):
    [line] = read_lines(text, version, {}, TODAY)
    assert (line.error, line.value) == ("", value)


def test_a_long_line_is_not_tried_at_every_space(version):
    assert len(list(_splits("1 " * 9999))) == MOST_GAPS
    [line] = read_lines("1 " * 9999, version, {}, TODAY)
    assert line.error


def test_lines_without_a_figure_are_named(version):
    text = "År\tAntall\n\n2013 7\nikke målt i fjor\n"
    assert [line.value for line in read_lines(text, version, {}, TODAY)] == [7]
    assert without_figures(text) == ["År\tAntall", "ikke målt i fjor"]
