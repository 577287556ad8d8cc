"""Who may open a page, said where the page is made. Every view carries one of these marks.

The same is written once more, for everybody to read, in access.toml; a system check compares the two.
"""

import functools

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.shortcuts import render

from backup_plan_site.web.held import hold

from .roles import Role

PUBLIC, PATIENT, SIGNED_IN = "public", "patient", "signed-in"


def mark(view, access):
    """Write on `view` who may open it and return it. For decorators that do their own checking."""
    view.access = access
    return view


def public(view):
    """Anybody may open this page, logged in or not."""
    return mark(view, PUBLIC)


def allow(*roles):
    """Only people of a practice who hold at least one of `roles`; others are refused before the view runs."""
    needed = frozenset(Role(role).value for role in roles)
    if not needed:
        raise TypeError("@allow needs at least one role.")

    def decorate(view):
        @functools.wraps(view)
        def guarded(request, *args, **kwargs):
            if not request.user.is_authenticated:
                return ask_to_log_in(request)
            if request.actor is None:
                return render(request, "staff/no_practice.html", status=403)
            if needed.isdisjoint(request.actor.roles):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return mark(guarded, {"staff": needed})

    return decorate


def signed_in(view):
    """Anybody who is logged in, also without a practice: pages about one's own login and nothing else."""

    @functools.wraps(view)
    def guarded(request, *args, **kwargs):
        return view(request, *args, **kwargs) if request.user.is_authenticated else ask_to_log_in(request)

    return mark(guarded, SIGNED_IN)


def ask_to_log_in(request):
    """Reading leads to the login page and back. What was sent is not kept, and a page says so (403)."""
    if request.method in ("GET", "HEAD"):
        return redirect_to_login(request.get_full_path())
    return hold(render(request, "staff/session_ended.html", status=403), "signed-out")
