"""A report begun, as in the annual report's own tests."""

from tests.reporting.annual.conftest import report, round_, target  # noqa: F401
