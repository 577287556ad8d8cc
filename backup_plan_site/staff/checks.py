"""`manage.py check` as first reviewer: no page without a rule, no protected table without its triggers."""

from django.conf import settings
from django.core import checks
from django.db import OperationalError, ProgrammingError, connections

from . import append_only, matrix


@checks.register(checks.Tags.urls)
def every_address_has_a_rule(app_configs, **kwargs):
    try:
        entries = matrix.load()
        for path in settings.MORE_ACCESS:
            entries |= matrix.load(path)
    except matrix.MatrixError as error:
        return [checks.Error(str(error), id="staff.E001")]
    sentences = matrix.disagreements(entries, matrix.urls())
    return [
        checks.Error(sentence, hint="backup_plan_site/staff/access.toml", id="staff.E002")
        for sentence in sentences
    ]


@checks.register(checks.Tags.database)
def protected_tables_are_protected(app_configs, databases=None, **kwargs):
    found = []
    for alias in databases or ():
        try:
            tables = append_only.missing(connections[alias])
        except (OperationalError, ProgrammingError):
            continue
        found += [
            checks.Error(
                f"The table {table} is append-only, but the database would let its rows change.",
                hint="A migration made the table anew: end it with append_only.protect().",
                id="staff.E003",
            )
            for table in tables
        ]
    return found
