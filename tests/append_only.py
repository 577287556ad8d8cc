"""For tests that commit: their clean-up empties every table, and the protected ones would rightly refuse it.

conftest.py imports the fixture; it works for the whole run by itself.
"""

from contextlib import ExitStack

import pytest
from django.db import connections
from django.test import TransactionTestCase

from backup_plan_site.staff import append_only


@pytest.fixture(scope="session", autouse=True)
def append_only_tables_can_be_emptied():
    """Lift the protection while a committing test is cleaned up, and put it back before the next one."""
    empty = TransactionTestCase._fixture_teardown

    def lift_and_empty(self):
        with ExitStack() as lifted:
            for alias in self._databases_names(include_mirrors=False):
                lifted.enter_context(append_only.lifted(connections[alias]))
            empty(self)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lift_and_empty)
        yield
