"""How often a wrong code was typed: per browser, and by all together, in windows of a quarter of an hour.

Only numbers go in the shared cache. The counting is not exact when many guess at the very same moment; with codes of
six signs that live for hours, and a birth date behind them, it need not be.
"""

from django.core.cache import caches
from django.utils import timezone

WINDOW = 15 * 60
PER_BROWSER = 10
TOGETHER = 100
SESSION_KEY = "wrong_codes"


def may_try(session):
    """Whether this browser may try a code now. A right code is refused too while it may not."""
    return _own(session) < PER_BROWSER and caches["default"].get(_name(), 0) < TOGETHER


def count_wrong(session):
    """One wrong code more."""
    session[SESSION_KEY] = [_window(), _own(session) + 1]
    cache, name = caches["default"], _name()
    # Not `incr`: that would give the number the cache's own, shorter life.
    cache.set(name, cache.get(name, 0) + 1, 2 * WINDOW)


def _own(session):
    window, wrong = session.get(SESSION_KEY, (0, 0))
    return wrong if window == _window() else 0


def _name():
    return f"wrong-codes:{_window()}"


def _window():
    return int(timezone.now().timestamp()) // WINDOW
