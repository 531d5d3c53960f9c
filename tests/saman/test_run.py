"""Starting the product: which commands make its database ready."""

import pytest

from scripts.run import steps_of


@pytest.mark.parametrize(("name", "last"), [("demo", "load_demo"), ("saman", "load_catalogue")])
def test_the_demonstration_enters_its_own_catalogue_on_the_day_it_began(name, last):
    assert [words[0] for words in steps_of(name).values()] == ["migrate", last]
