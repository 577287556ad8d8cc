"""Pages that belong to no subject: health, and the calm pages for what went wrong."""

from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from backup_plan_site.staff.access import public
from backup_plan_site.web.held import hold


@public
@require_safe
def healthz(request):
    """The process answers."""
    return JsonResponse({"status": "ok"})


@public
@require_safe
def readyz(request):
    """Database reachable and migrated: 200; otherwise 503 with the name of what is missing."""
    try:
        executor = MigrationExecutor(connection)
        behind = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except OperationalError:
        return JsonResponse({"status": "no database"}, status=503)
    if behind:
        return JsonResponse({"status": "migrations to run"}, status=503)
    return JsonResponse({"status": "ready"})


def bad_request(request, exception=None):
    return render(request, "400.html", status=400)


def forbidden(request, exception=None):
    return render(request, "403.html", status=403)


def not_found(request, exception=None):
    return render(request, "404.html", status=404)


def server_error(request):
    return render(request, "500.html", status=500)


def csrf_failure(request, reason=""):
    """The page was open for too long, or cookies are off. Nothing was saved, and the page says so."""
    return hold(render(request, "csrf.html", status=403), "token")
