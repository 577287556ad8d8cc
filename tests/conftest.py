"""What every test may ask for. The cast stands in cast.py, its patients in patients.py."""

import pytest

from tests.append_only import append_only_tables_can_be_emptied  # noqa: F401
from tests.cast import cast  # noqa: F401
from tests.patients import patients  # noqa: F401


def pytest_addoption(parser):
    parser.addoption("--long", action="store_true", help="also the tests that take minutes")


def pytest_collection_modifyitems(config, items):
    if config.getoption("--long"):
        return
    kept = [item for item in items if not item.get_closest_marker("long")]
    config.hook.pytest_deselected(items=[item for item in items if item.get_closest_marker("long")])
    items[:] = kept


@pytest.fixture(autouse=True)
def small_limits(settings):
    """Counters of tries start anew in each test: they live in a cache that a test would otherwise inherit."""
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "tests"}
    }
    from django.core.cache import cache

    cache.clear()
