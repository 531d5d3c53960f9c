"""A project with a target and two measurements, in an open round, with its report begun."""

from datetime import date

import pytest

from tests import factories
from tests.reporting.annual.writing import a_round, begun


@pytest.fixture
def target(project):
    """Sick leave from 10,8 % to 9,0 %, measured twice."""
    made = factories.target(project, is_main=True)
    factories.measurement(made, date(2013, 12, 31), "10.4", n=200)
    factories.measurement(made, date(2014, 12, 31), "9.6", n=200)
    return made


@pytest.fixture
def round_(project, target, programme):
    """The round for 2014."""
    return a_round(programme)


@pytest.fixture
def report(project, leader, round_):
    """The project's report, begun by its leader."""
    return begun(project, leader, round_)
